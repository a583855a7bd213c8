//! One work item's page: the four questions, why its light is what it is, how far it has come,
//! and everything that has happened to it.

use askama::Template;
use axum::{extract::Path, response::Html};
use mechanisms::{
    Id, Officer, Stamp,
    light::Light,
    plan::{
        goal::Goal,
        item::{Item, Report},
    },
};
use sqlx::Row;

use super::{
    acts::{self, Act},
    why::{Step, Why, curve_of, recover, steps, why},
};
use crate::{
    access::{Me, Part},
    matters::{Filter, Line, lines},
    trouble::Trouble,
    ui::{self, Shell, curve, words::Words},
};

/// One thing that happened.
struct Happened {
    text: String,
    when: String,
    who: String,
    number: i64,
}

struct ReportView {
    number: i64,
    text: String,
    stuck: String,
    amount: i64,
    when: String,
    who: String,
    evidence: Vec<(String, Option<String>, String)>,
    check: Option<(bool, String)>,
    corrected: bool,
}

/// The application to close, and who verified it.
struct ClosingView {
    text: String,
    when: String,
    who: String,
    evidence: Vec<(String, Option<String>, String)>,
    verified: Option<String>,
}

struct ReminderView {
    level: String,
    text: String,
    when: String,
    state: String,
}

#[derive(Template)]
#[template(path = "plan/item.html")]
struct ItemPage {
    shell: Shell,
    id: i64,
    item: Item,
    goal: (i64, String, String),
    light: Light,
    verdict: String,
    chain: Vec<String>,
    target: String,
    due: String,
    left: String,
    left_class: &'static str,
    forecast: Option<String>,
    whys: Vec<Why>,
    fired: i64,
    pack: i64,
    recover: Option<String>,
    curve: Option<String>,
    unit: String,
    steps: Vec<Step>,
    reached: usize,
    reports: Vec<ReportView>,
    reminders: Vec<ReminderView>,
    closing: Option<ClosingView>,
    record: Vec<Happened>,
    record_total: i64,
    threes: Vec<Asked>,
    acts: Vec<Act>,
    may_report: bool,
    may_edit: bool,
    children: Vec<Line>,
    may_cascade: bool,
    above: Option<(i64, String)>,
}

/// The three questions: their day, and progress, breakthrough and result where answered.
type Asked = (String, Option<(String, String, String)>);

/// The item behind an address, for those who may see it.
pub async fn find(me: &Me, id: i64) -> Result<Item, Trouble> {
    let found = me.house.store.state::<Item>(me.body.id, Id::new(id)).await?;
    let item = found.ok_or(Trouble::NotFound)?;
    let content = &item.content;
    let units = content.lead.iter().chain(&content.co_units);
    let posts = [content.sponsor, content.owner, content.watcher];
    let parts: Vec<Part> = units
        .map(|unit| Part { unit: Some(unit.0), post: None })
        .chain(posts.iter().flatten().map(|post| Part { unit: None, post: Some(post.0) }))
        .collect();
    if me.scope.sees(&parts) { Ok(item) } else { Err(Trouble::NotFound) }
}

pub async fn item_page(me: Me, Path(id): Path<i64>) -> Result<Html<String>, Trouble> {
    let item = find(&me, id).await?;
    let w = Words::of(me.visit.lang);
    let (store, today) = (&me.house.store, me.today());
    let (calendar, lights) = (&*me.calendar, store.lights());
    let goal = store.state::<Goal>(me.body.id, item.goal).await?;
    let light = item.light(lights, calendar, today);
    let open = item.stage.standing() == "open";
    let reasons =
        if open { lights.reasons(&item.facts(calendar), calendar, today) } else { Vec::new() };
    let whys: Vec<Why> = reasons.iter().map(|reason| why(reason, &item, &me, &w)).collect();
    let fired = whys.iter().filter(|why| why.light == light && light != Light::Ok).count();
    let (record, record_total) = record(&me, id, &w).await?;
    let (above, children) = family(&me, id, &item).await?;
    let acts = acts::offered(&item, &me);
    let due = item.due_on();
    let page =
        ItemPage {
            shell: Shell::of(&me, "/plan").await?,
            goal: goal.map_or((0, String::new(), String::new()), |goal| {
                (item.goal.0, goal.number.clone(), goal.title.clone())
            }),
            verdict: verdict(&item, light, &me, &w),
            chain: chain(&item, &me),
            target: item.content.target.as_ref().map_or(String::new(), |target| {
                format!("{} {}", grouped(target.amount), target.unit)
            }),
            due: due.map_or_else(
                || item.undated_reason().unwrap_or("—").to_owned(),
                |due| w.day(&due, &today),
            ),
            left: match due.filter(|_| open) {
                Some(due) => w.left(&due, &today),
                None => w.t(&format!("stage-{}", item.stage.word())),
            },
            left_class: if open && due.is_some_and(|due| due < today) { "t-late" } else { "" },
            forecast: item.forecast_on().filter(|_| open).map(|day| w.day(&day.max(today), &today)),
            fired: i64::try_from(fired).unwrap_or(0),
            pack: lights.version,
            recover: recover(&item, &me, &w),
            curve: curve::draw(&curve_of(&item, &me, light), &w),
            unit: item.content.target.as_ref().map_or("%".into(), |target| target.unit.clone()),
            steps: steps(&item, &me, &w),
            reached: item.content.milestones.iter().filter(|s| s.reached_on.is_some()).count(),
            reports: item.reports.iter().rev().map(|report| report_view(report, &me, &w)).collect(),
            reminders: reminders(&item, &me, &w),
            closing: closing(&item, &me, &w),
            record,
            record_total,
            threes: threes(&item, &me, &w),
            may_report: open && may_report(&item, &me),
            may_edit: !matches!(item.stage.standing(), "done" | "gone" | "hold")
                && (me.may(mechanisms::roster::Power::Issue)
                    || item.drafted.by.person == me.officer.person),
            children,
            may_cascade: open
                && (may_report(&item, &me) || me.may(mechanisms::roster::Power::Register)),
            above,
            whys,
            acts,
            light,
            id,
            item,
        };
    Ok(ui::page(&page)?)
}

/// The item above with its name, and the items below.
async fn family(
    me: &Me,
    id: i64,
    item: &Item,
) -> Result<(Option<(i64, String)>, Vec<Line>), Trouble> {
    let below = Filter { above: Some(id), sort: Some("number".into()), ..Filter::default() };
    let children =
        if item.children.is_empty() { Vec::new() } else { lines(me, &below, 100, 0).await? };
    let Some(parent) = item.parent else { return Ok((None, children)) };
    let above = me.house.store.state::<Item>(me.body.id, parent).await?;
    let named = |above: Item| (parent.0, format!("{} {}", above.number, above.content.title));
    Ok((above.map(named), children))
}

/// May this officer report now? Asked of the rules themselves.
pub fn may_report(item: &Item, me: &Me) -> bool {
    let ask = mechanisms::Ask {
        by: me.officer,
        today: me.today(),
        roster: &me.roster,
        calendar: &me.calendar,
        lights: me.house.store.lights(),
    };
    let account = mechanisms::plan::item::Account {
        amount: item.amount(),
        text: "-".into(),
        stuck: String::new(),
        needs: Vec::new(),
        evidence: Vec::new(),
        reached: Vec::new(),
    };
    let command = mechanisms::plan::item::Command::Report { account };
    <Item as mechanisms::Mechanism>::decide(Some(item), command, &ask).is_ok()
}

fn verdict(item: &Item, light: Light, me: &Me, w: &Words) -> String {
    let name = w.t(&format!("light-{}", light.word()));
    if light != Light::Late && light != Light::Warn {
        return w.t(&format!("stage-{}", item.stage.word()));
    }
    let forecast = item.forecast_on().unwrap_or(me.today()).max(me.today());
    match item.due_on().and_then(|due| due.until(forecast).ok()) {
        Some(span) if span.get_days() > 0 => {
            let days = span.get_days().to_string();
            w.a("verdict-late", &[("light", &name), ("n", &days)])
        }
        _ => name,
    }
}

fn chain(item: &Item, me: &Me) -> Vec<String> {
    let content = &item.content;
    let title = |post: Id<_>| me.roster.post_title(post).to_owned();
    let head = content.lead.and_then(|unit| me.roster.head_of(unit));
    let mut chain: Vec<String> = content.sponsor.map(title).into_iter().collect();
    if head != content.owner {
        match head {
            Some(head) => chain.push(title(head)),
            None => chain.extend(content.lead.map(|unit| me.roster.unit_name(unit).to_owned())),
        }
    }
    chain.extend(content.owner.map(title));
    let names: Vec<String> =
        content.co_units.iter().map(|unit| me.roster.unit_name(*unit).to_owned()).collect();
    if !names.is_empty() {
        chain.push(names.join("、"));
    }
    chain
}

fn report_view(report: &Report, me: &Me, w: &Words) -> ReportView {
    let account = &report.account;
    ReportView {
        number: report.number,
        text: account.text.clone(),
        stuck: account.stuck.clone(),
        amount: account.amount,
        when: when(&report.stamp, me, w),
        who: who(report.stamp.by, me),
        evidence: account.evidence.iter().map(piece).collect(),
        check: report.check.as_ref().map(|check| (check.0, check.1.clone())),
        corrected: report.corrected,
    }
}

/// Its name, the hash of its file, and the day it was true for.
fn piece(one: &mechanisms::plan::item::Evidence) -> (String, Option<String>, String) {
    (one.name.clone(), one.hash.clone(), one.true_for.to_string())
}

fn closing(item: &Item, me: &Me, w: &Words) -> Option<ClosingView> {
    let (text, evidence, stamp) = item.closing.as_ref()?;
    let verified = item.verified.as_ref();
    Some(ClosingView {
        text: text.clone(),
        when: when(stamp, me, w),
        who: who(stamp.by, me),
        evidence: evidence.iter().map(piece).collect(),
        verified: verified.map(|by| format!("{}　{}", when(by, me, w), who(by.by, me))),
    })
}

fn reminders(item: &Item, me: &Me, w: &Words) -> Vec<ReminderView> {
    let state = |one: &mechanisms::plan::item::Reminder| match (&one.answer, &one.signed) {
        (Some(_), _) => w.t("reminder-answered"),
        (None, Some(_)) => w.t("reminder-signed"),
        _ => w.t("reminder-sent"),
    };
    item.reminders
        .iter()
        .rev()
        .map(|one| ReminderView {
            level: w.t(&format!("level-{}", one.level.word())),
            text: one.text.clone(),
            when: when(&one.stamp, me, w),
            state: state(one),
        })
        .collect()
}

fn threes(item: &Item, me: &Me, w: &Words) -> Vec<Asked> {
    let answers = |three: &mechanisms::plan::item::Three| {
        let answer = three.answer.as_ref()?;
        let (progress, breakthrough) = (answer.0.progress.clone(), answer.0.breakthrough.clone());
        Some((progress, breakthrough, answer.0.result.clone()))
    };
    item.threes
        .iter()
        .rev()
        .map(|three| (w.day(&three.due_on, &me.today()), answers(three)))
        .collect()
}

async fn record(me: &Me, id: i64, w: &Words) -> Result<(Vec<Happened>, i64), Trouble> {
    let rows = sqlx::query(
        "select number, act, at, day, person, post from entry where jurisdiction = $1 \
         and kind = 'item' and matter = $2 order by number desc limit 12",
    )
    .bind(me.body.id)
    .bind(id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut list = Vec::new();
    for row in &rows {
        let act: String = row.try_get(1)?;
        let day: String = row.try_get(3)?;
        let post: i64 = row.try_get(5)?;
        let day = day.parse().map(|day| w.short(&day, &me.today())).unwrap_or(day);
        list.push(Happened {
            text: w.t(&format!("act-{}", kebab(&act))),
            when: day,
            who: me.roster.post_title(Id::new(post)).to_owned(),
            number: row.try_get(0)?,
        });
    }
    let row = sqlx::query(
        "select count(*) from entry where jurisdiction = $1 and kind = 'item' and matter = $2",
    )
    .bind(me.body.id)
    .bind(id)
    .fetch_one(me.house.store.reader())
    .await?;
    Ok((list, row.try_get(0)?))
}

fn when(stamp: &Stamp, me: &Me, w: &Words) -> String {
    w.short(&stamp.day, &me.today())
}

fn who(officer: Officer, me: &Me) -> String {
    me.roster.post_title(officer.post).to_owned()
}

/// `ThreeAsked` as `three-asked`.
pub fn kebab(act: &str) -> String {
    let mut out = String::new();
    for (place, c) in act.chars().enumerate() {
        if c.is_ascii_uppercase() && place > 0 {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// 1,026.
pub fn grouped(amount: i64) -> String {
    let digits = amount.abs().to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if amount < 0 { format!("-{out}") } else { out }
}
