//! The overview (总览): how the year's commitments stand, what waits for a decision today, what is
//! late, who keeps their dates, and twelve weeks of red and amber. Of any past day, too.

use askama::Template;
use axum::{extract::Query, response::Html};
use mechanisms::{Day, Id, plan::item::Timeliness};

use super::{
    strands::{self, Duties, Meetings, duties, meetings},
    todo::{self, Asked, Waiting, noted, waiting},
    weeks::{self, Week},
};
use crate::{
    access::Me,
    failure::Failure,
    matters::{
        self, Counts, Filter, Groups, Line, Origin, goals, past,
        problems::{Filter as Everything, Funnel},
    },
    trouble::Trouble,
    ui::{self, Shell, funnel, trend, words::Words},
};

/// Decisions, and late items, on the first page.
const DECISIONS: usize = 5;
const LATE: i64 = 8;
/// Lead units in the table of timeliness.
const UNITS: usize = 4;

/// A line of the table of timeliness.
struct Timely {
    name: String,
    href: String,
    /// Each number with the query of its list.
    cells: Vec<(i64, String)>,
    total: (i64, String),
}

/// A week of the trend, with the queries of its day and of its lists.
struct WeekLine {
    day: Day,
    late: i64,
    warn: i64,
    query: String,
    late_query: String,
    warn_query: String,
}

#[derive(Template)]
#[template(path = "home/overview.html")]
struct OverviewPage {
    shell: Shell,
    filter: Filter,
    counts: Counts,
    lede: String,
    goals: i64,
    done_share: String,
    strip: String,
    /// On time, late, not yet due, overdue, undated.
    groups: Groups,
    kept_share: Option<String>,
    groups_strip: String,
    meetings: Option<Meetings>,
    duties: Option<Duties>,
    reported_share: String,
    waiting: Vec<Waiting>,
    waiting_total: i64,
    late: Vec<(Line, String, String)>,
    within: bool,
    lines: Vec<Timely>,
    trend: String,
    weeks: Vec<WeekLine>,
    /// How many problems there are, and how far they came.
    problems: Option<String>,
    upd: String,
}

pub async fn overview(me: Me, Query(filter): Query<Filter>) -> Result<Html<String>, Trouble> {
    let filter = filter.bounds();
    let me = me.looking_at(filter.as_of()).await?;
    let w = Words::of(me.visit.lang);
    let counts = matters::counts(&me, &filter).await?;
    let shell = Shell::of(&me, "/").await?;
    let within = past::within(&me, &filter).await?;
    let split = match within {
        true => matters::timely(&me, &filter).await?,
        false => [[0; 5]; 2],
    };
    let groups: Groups = std::array::from_fn(|place| split[0][place] + split[1][place]);
    let weeks = weeks::read(&me, &filter, &counts).await?;
    let duties = duties(&me, &filter, &counts).await?;
    let on_time = duties.map_or(0, |duties| duties.under_way - duties.report);
    let came = if me.past.is_none() { problems(&me).await? } else { None };
    let lede = lede(&filter, &counts, shell.waiting, &me, &w);
    let page = OverviewPage {
        lede: came.as_ref().map_or(lede.clone(), |came| format!("{lede}{}", about(came, &w))),
        problems: came.map(|came| funnel::of(&came, &Everything::everything(), &w)),
        goals: goals::count(&me, &filter).await?,
        done_share: share(counts.done, counts.total()),
        strip: trend::strip(&counts, &w),
        kept_share: (groups[0] + groups[1] > 0).then(|| share(groups[0], groups[0] + groups[1])),
        groups_strip: groups_strip(&groups, &w),
        meetings: if me.past.is_none() { meetings(&me).await? } else { None },
        reported_share: share(on_time, duties.map_or(0, |duties| duties.under_way)),
        duties,
        waiting: if me.past.is_none() { decisions(&me, &w).await? } else { Vec::new() },
        waiting_total: shell.waiting,
        late: late(&me, &filter, &w).await?,
        lines: if within { lines(&me, &filter, &split, &counts).await? } else { Vec::new() },
        trend: trend::columns(&weeks, &filter, &w),
        upd: match me.past {
            Some(day) => w.a("as-of-end", &[("day", &w.day(&day, &me.now.day()))]),
            None => w.a("as-of", &[("time", &me.now.local.strftime("%H:%M").to_string())]),
        },
        groups,
        weeks: week_lines(&weeks, &filter, me.today()),
        within,
        counts,
        filter,
        shell,
    };
    Ok(ui::page(&page)?)
}

/// The closing funnel, where there is a problem the officer sees.
async fn problems(me: &Me) -> Result<Option<Funnel>, Failure> {
    let came = matters::problems::funnel(me, &Everything::everything()).await?;
    Ok(Some(came).filter(|came| came.steps[0] > 0))
}

/// How the problems stand, for the sentence over the page.
fn about(came: &Funnel, w: &Words) -> String {
    let args = [
        ("all", came.steps[0].to_string()),
        ("closed", came.steps[4].to_string()),
        ("late", came.overdue.to_string()),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, &**value)).collect();
    let links = [
        ("problems", "/problems?show=all"),
        ("closed", "/problems?step=closed"),
        ("overdue", "/problems?due=overdue"),
    ];
    w.linked("overview-lede-problems", &args, &links)
}

/// The weeks as a table, newest first.
fn week_lines(weeks: &[Week], filter: &Filter, today: Day) -> Vec<WeekLine> {
    let line = |(day, late, warn): &Week| {
        let on = filter.on(*day, today);
        WeekLine {
            day: *day,
            late: *late,
            warn: *warn,
            query: on.with("page", ""),
            late_query: on.with("light", "late"),
            warn_query: on.with("light", "warn"),
        }
    };
    weeks.iter().rev().map(line).collect()
}

/// A share in tenths of a percent, rounded down: what is nearly done is not done.
fn share(part: i64, whole: i64) -> String {
    let tenths = part * 1000 / whole.max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn lede(filter: &Filter, counts: &Counts, waiting: i64, me: &Me, w: &Words) -> String {
    if counts.total() == 0 {
        return w.t("overview-lede-empty");
    }
    let to = |light: &str| format!("/items{}", filter.with("light", light));
    let n = |n: i64| n.to_string();
    let key = if me.past.is_some() { "overview-lede-past" } else { "overview-lede" };
    let (items, done, late) = (n(counts.total()), n(counts.done), n(counts.late));
    let (warn, todo) = (n(counts.warn), n(waiting));
    let day = w.day(&me.today(), &me.now.day());
    w.linked(
        key,
        &[
            ("items", &items),
            ("done", &done),
            ("late", &late),
            ("warn", &warn),
            ("todo", &todo),
            ("day", &day),
        ],
        &[
            ("items", &to("")),
            ("done", &to("done")),
            ("late", &to("late")),
            ("warn", &to("warn")),
            ("todo", "/todo"),
        ],
    )
}

fn groups_strip(groups: &Groups, w: &Words) -> String {
    let classes = ["f-done", "f-done", "f-ok", "f-late", "f-idle"];
    let parts: Vec<(&str, bool, i64, String)> = Timeliness::ALL
        .iter()
        .enumerate()
        .map(|(place, group)| {
            let hatched = matches!(group, Timeliness::DoneLate | Timeliness::Overdue);
            (classes[place], hatched, groups[place], w.timeliness(group.word()))
        })
        .collect();
    trend::bar(&parts, w)
}

async fn late(me: &Me, filter: &Filter, w: &Words) -> Result<Vec<(Line, String, String)>, Failure> {
    let narrowed = Filter { light: Some("late".into()), ..filter.clone() };
    let lines = matters::lines(me, &narrowed, LATE, 0).await?;
    let days = |line: &Line| line.slip(me.today()).unwrap_or(0);
    let mut late: Vec<(Line, String, String)> = lines
        .into_iter()
        .map(|line| {
            let unit = line.lead.map(|id| me.roster.unit_name(Id::new(id)).to_owned());
            let told = match days(&line) {
                n if n > 0 => w.n("late-days", n),
                _ => w.t("light-late"),
            };
            (line, unit.unwrap_or_default(), told)
        })
        .collect();
    late.sort_by_key(|one| -days(&one.0));
    Ok(late)
}

/// What waits for a decision: what has a day before what has none, and what only tidies up last.
/// A kind with many moves is one line, unless there is room to show them one by one.
async fn decisions(me: &Me, w: &Words) -> Result<Vec<Waiting>, Failure> {
    let whose = ui::shell::seats(me).join(", ");
    let question = format!("decisions of {whose} in {:?}", me.visit.lang);
    me.remember(&question, read_decisions(me, w)).await
}

async fn read_decisions(me: &Me, w: &Words) -> Result<Vec<Waiting>, Failure> {
    let mut kinds = todo::kinds(me).await?;
    let tidies = |what: &str| matches!(what, "archive" | "check");
    kinds.sort_by_key(|(what, _, due)| (tidies(what), due.is_none(), what == "archive"));
    kinds.truncate(DECISIONS);
    let mut shown: Vec<usize> = kinds
        .iter()
        .map(|kind| if kind.1 <= 3 { usize::try_from(kind.1).unwrap_or(1) } else { 1 })
        .collect();
    let spare = DECISIONS.saturating_sub(shown.iter().sum());
    let many = kinds.iter().zip(&mut shown).filter(|(kind, _)| kind.1 > 3);
    if let Some((_, room)) = many.min_by_key(|(kind, _)| kind.1) {
        *room += spare;
    }
    let mut list = Vec::new();
    for ((what, n, _), room) in kinds.into_iter().zip(shown) {
        let asked = Asked { what: Some(what.clone()), ..Asked::default() };
        let limit = i64::try_from(room.max(3)).unwrap_or(3);
        let mut of = waiting(me, &asked, (limit, 0)).await?;
        if n <= 3 || room > 1 {
            of.truncate(room);
            noted(me, &mut of).await?;
            list.extend(of);
        } else {
            list.extend(together(of, (&what, n), &asked, w));
        }
    }
    list.truncate(DECISIONS);
    Ok(list)
}

/// Many moves of one kind as one line.
fn together(of: Vec<Waiting>, (what, n): (&str, i64), asked: &Asked, w: &Words) -> Option<Waiting> {
    let titles: Vec<&str> = of.iter().map(|one| one.title.as_str()).collect();
    let (titles, n) = (titles.join(&w.t("list-comma")), n.to_string());
    let note = w.a("decide-many-note", &[("titles", &titles), ("n", &n)]);
    let first = of.into_iter().next()?;
    Some(Waiting {
        title: w.a(&format!("many-{what}"), &[("n", &n)]),
        number: String::new(),
        unit: String::new(),
        href: format!("/todo{}", asked.with("page", "")),
        note,
        ..first
    })
}

/// Timeliness: what earlier years left, what is new, and the lead units with most overdue.
async fn lines(
    me: &Me,
    filter: &Filter,
    split: &[Groups; 2],
    counts: &Counts,
) -> Result<Vec<Timely>, Failure> {
    let w = Words::of(me.visit.lang);
    let mut lines: Vec<Timely> = Origin::ALL
        .into_iter()
        .zip(split)
        .map(|(origin, groups)| {
            let narrowed = Filter { origin: Some(origin.word().into()), ..filter.clone() };
            timely(w.t(&format!("origin-{}", origin.word())), &narrowed, groups)
        })
        .collect();
    if !strands::counts_units(counts) {
        return Ok(lines);
    }
    let mut units: Vec<(i64, Groups)> = Vec::new();
    for (id, split) in matters::by_unit(me, filter).await? {
        let groups = std::array::from_fn(|place| split[0][place] + split[1][place]);
        units.extend(id.map(|id| (id, groups)));
    }
    units.sort_by_key(|(id, groups)| (-groups[3], -groups[1], -groups.iter().sum::<i64>(), *id));
    for (id, groups) in units.into_iter().take(UNITS) {
        let name = me.roster.unit_name(Id::new(id)).to_owned();
        let level = Some("own".to_owned());
        let narrowed = Filter { lead: Some(id), level, ..filter.clone() };
        lines.push(timely(name, &narrowed, &groups));
    }
    Ok(lines)
}

/// Drafts are in no group, so that a line's sum is that of its groups: a list has one too.
fn timely(name: String, filter: &Filter, groups: &Groups) -> Timely {
    let link = |word: &str| format!("/items{}", filter.with("timeliness", word));
    let cells = Timeliness::ALL.iter().zip(groups).map(|(group, n)| (*n, link(group.word())));
    Timely {
        href: format!("/items{}", filter.with("page", "")),
        name,
        cells: cells.collect(),
        total: (groups.iter().sum(), link("issued")),
    }
}
