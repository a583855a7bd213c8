//! The wall chart (作战图): the whole plan on A3 sheets, as a page that prints and as SVG. A year
//! of thirty-eight goals fits one sheet; what does not goes on the next.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::Query,
    http::header,
    response::{Html, IntoResponse, Response},
};
use jiff::civil::date;
use mechanisms::{Day, Id, light::Light, roster::Role};
use paper::wall::{self, Area, Goal, Item, Mark, Sheet};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Row};

use crate::{
    access::Me,
    matters::{self, Filter, Line, goals, past},
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

/// The most goals a chart draws: more are cut into charts of single plans.
const MOST: usize = 2_000;

#[derive(Template)]
#[template(path = "plan/wall.html")]
struct WallPage {
    shell: Shell,
    filter: Filter,
    sheets: Vec<String>,
    within: bool,
}

/// Which sheet a file holds.
#[derive(Debug, Deserialize)]
pub struct Which {
    #[serde(default)]
    sheet: Option<usize>,
}

pub async fn wall_page(me: Me, Query(filter): Query<Filter>) -> Result<Html<String>, Trouble> {
    let me = me.looking_at(filter.as_of()).await?;
    let within = past::within(&me, &filter).await?;
    let sheets = sheets(&me, &filter).await?;
    let shell = Shell::of(&me, "/plan").await?;
    Ok(ui::page(&WallPage { shell, filter, sheets, within })?)
}

/// One sheet as a file of its own.
pub async fn wall_svg(
    me: Me,
    Query(filter): Query<Filter>,
    Query(which): Query<Which>,
) -> Result<Response, Trouble> {
    let me = me.looking_at(filter.as_of()).await?;
    let style = include_str!("../../../../web/css/wall-sheet.css");
    let sheets = sheets(&me, &filter).await?;
    let sheet = sheets.get(which.sheet.unwrap_or(1).max(1) - 1).ok_or(Trouble::NotFound)?;
    let svg = wall::alone(sheet, style);
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

/// The sheets of a plan, or of a year with all its plans.
async fn sheets(me: &Me, filter: &Filter) -> Result<Vec<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let span = matters::span(me, filter).await?;
    let plans = matters::plans(me).await?;
    let asked = filter.plan.or(span.new.first().copied().filter(|_| span.new.len() == 1));
    let plan = asked.and_then(|id| plans.iter().find(|plan| plan.id == id));
    let year = i16::try_from(plan.map_or(span.year, |plan| plan.year)).unwrap_or(2015);
    let title = plan.map_or_else(
        || format!("{} {}", w.a("year-of", &[("year", &year.to_string())]), w.t("nav-plan")),
        |plan| plan.title.clone(),
    );
    let counts = matters::counts(me, filter).await?;
    let areas = areas(me, filter, year).await?;
    let goals: usize = areas.iter().map(|area| area.goals.len()).sum();
    let legend = [Light::Late, Light::Warn, Light::Ok, Light::Done, Light::Hold];
    let parts = wall::sheets(&areas);
    let (pages, print) = (parts.len().to_string(), print_number(me).await?);
    let as_of = match me.past {
        Some(day) => w.a("wall-as-of-day", &[("day", &w.day(&day, &FIRST))]),
        None => {
            let time = me.now.local.strftime("%H:%M").to_string();
            w.a("wall-as-of", &[("day", &w.day(&me.today(), &FIRST)), ("time", &time)])
        }
    };
    let text = |key: &str| w.t(key);
    let draw = |(areas, page): (Vec<Area>, i64)| {
        wall::draw(&Sheet {
            title: title.clone(),
            subtitle: format!(
                "{}　{}　{as_of}",
                w.n("plan-goals", i64::try_from(goals).unwrap_or(0)),
                w.n("plan-items", counts.total()),
            ),
            legend: legend
                .iter()
                .map(|light| (mark(*light), format!("{} {}", w.light(light), counts.of(*light))))
                .collect(),
            bars: ["wall-bars", "wall-due", "today", "wall-leads"].map(text),
            heads: ["col-order", "four-what", "four-how", "four-who", "four-when"].map(text),
            subheads: ["wall-goals", "wall-items", "sponsor", "lead-unit"].map(text),
            months: (1..=12)
                .map(|month| w.a("month-name", &[("month", &month.to_string())]))
                .collect(),
            today: share(me.today(), year),
            today_label: format!(
                "{} {}",
                text(if me.past.is_some() { "until" } else { "today" }),
                me.today().strftime("%m-%d")
            ),
            areas,
            foot: foot(me, &w, &print, (page, &pages)),
        })
    };
    Ok(parts.into_iter().zip(1_i64..).map(draw).collect())
}

/// Any day of another year: a date on paper always says its year.
const FIRST: Day = date(1, 1, 1);

/// Who compiled, approved and issued the sheet: the office that keeps the plan, and two lines to
/// be signed by hand; then the print number, and which page it is.
fn foot(me: &Me, w: &Words, print: &str, (page, pages): (i64, &str)) -> [String; 3] {
    let heads = me.roster.posts().filter(|(_, post)| post.role == Role::SupervisionHead);
    let office = heads.map(|(_, post)| me.roster.unit_name(post.unit)).next().unwrap_or_default();
    let line = "＿＿＿＿＿＿";
    let signed = [
        w.a("wall-compiled", &[("who", if office.is_empty() { line } else { office })]),
        w.a("wall-approved", &[("who", line)]),
        w.a("wall-issued", &[("who", line)]),
    ];
    let page = page.to_string();
    let demo = if me.body.demo {
        format!("{}{}", w.t("demo-data"), w.t("list-stop"))
    } else {
        String::new()
    };
    [
        signed.join("　　"),
        format!("{demo}{}", w.t("wall-holds")),
        w.a("wall-printed", &[("number", print), ("page", &page), ("pages", pages)]),
    ]
}

/// The day, and how many entries the journal had: whoever holds the paper can tell which record
/// it was printed from.
async fn print_number(me: &Me) -> Result<String, Trouble> {
    let row = sqlx::query("select size from head where jurisdiction = $1")
        .bind(me.body.id)
        .fetch_one(me.house.store.reader())
        .await?;
    let size: i64 = row.try_get(0)?;
    Ok(format!("P-{}-{size:05}", me.now.day().strftime("%Y%m%d")))
}

async fn areas(me: &Me, filter: &Filter, year: i16) -> Result<Vec<Area>, Trouble> {
    let everything = Filter { all: Some(1), sort: Some("number".into()), ..filter.bounds() };
    let mut ids = goals::in_order(me, &everything).await?;
    ids.truncate(MOST);
    let lines = matters::of_goals(me, &ids, &everything).await?;
    let mut of_goal: HashMap<i64, Vec<Line>> = HashMap::new();
    for line in lines {
        of_goal.entry(line.goal).or_default().push(line);
    }
    let texts: Vec<String> = ids.iter().map(i64::to_string).collect();
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "select id, number, title, area, sponsor from matter where jurisdiction = $1 \
         and kind = 'goal' and id in ({}) order by plan, sort, id",
        texts.join(", ")
    );
    let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id);
    let mut areas: Vec<Area> = Vec::new();
    for row in &query.fetch_all(me.house.store.reader()).await? {
        let own = of_goal.remove(&row.try_get(0)?).unwrap_or_default();
        let sponsor: Option<i64> = row.try_get(4)?;
        let goal = Goal {
            number: row.try_get(1)?,
            title: row.try_get(2)?,
            sponsor: sponsor
                .map(|post| me.roster.post_title(Id::new(post)).to_owned())
                .unwrap_or_default(),
            ..drawn(me, &own, year)
        };
        let name: String = row.try_get::<Option<String>, _>(3)?.unwrap_or_default();
        match areas.last_mut().filter(|area| area.name == name) {
            Some(area) => area.goals.push(goal),
            None => areas.push(Area { name, goals: vec![goal] }),
        }
    }
    Ok(areas)
}

/// What the items of a goal make of its row.
fn drawn(me: &Me, own: &[Line], year: i16) -> Goal {
    let today = me.today();
    let on = |day: Option<Day>| day.map_or(0.0, |day| share(day, year));
    let ended = own.iter().all(|line| line.standing == "done");
    let last_done = own.iter().filter_map(|line| line.done_on).max();
    let lead = leading(own);
    Goal {
        number: String::new(),
        title: String::new(),
        sponsor: String::new(),
        lead: lead.map(|unit| me.roster.unit_name(Id::new(unit)).to_owned()).unwrap_or_default(),
        start: on(own.iter().filter_map(|line| line.start_on).min()),
        through: if ended { on(last_done) } else { share(today, year) },
        due: on(own.iter().filter_map(|line| line.due_on).max()),
        items: own
            .iter()
            .map(|line| Item {
                title: line.title.clone(),
                mark: mark(line.light),
                end: on(line
                    .done_on
                    .or(line.forecast_on.map(|day| day.max(today)))
                    .or(line.due_on)),
            })
            .collect(),
    }
}

/// The unit that leads most of the items, the first of them where several do.
fn leading(own: &[Line]) -> Option<i64> {
    let n = |unit: i64| own.iter().filter(|line| line.lead == Some(unit)).count();
    let mut leads: Vec<i64> = own.iter().filter_map(|line| line.lead).collect();
    leads.dedup();
    let most = leads.iter().map(|unit| n(*unit)).max()?;
    leads.into_iter().find(|unit| n(*unit) == most)
}

fn mark(light: Light) -> Mark {
    match light {
        Light::Late => Mark::Late,
        Light::Warn => Mark::Warn,
        Light::Ok => Mark::Ok,
        Light::Done => Mark::Done,
        Light::Hold => Mark::Hold,
        Light::Idle => Mark::Idle,
    }
}

/// How much of the year has passed by a day.
fn share(day: Day, year: i16) -> f64 {
    let days = date(year, 1, 1).until(day).map_or(0, |span| span.get_days());
    f64::from(days) / 365.0
}
