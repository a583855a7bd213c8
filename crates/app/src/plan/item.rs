//! One work item's page: the four questions, why its light is what it is, how far it has come,
//! where the rest is, and everything that has happened to it.
//!
//! `views.rs` has its cards, `record.rs` its history, `rest.rs` what the items below have left,

use askama::Template;
use axum::{
    extract::{Path, Query},
    response::Html,
};
use mechanisms::{
    Id, Mechanism, Refuses,
    light::Light,
    plan::{
        goal::Goal,
        item::{Account, Command, Item, Refusal, Stage},
    },
};
use serde::Deserialize;

use self::{
    record::Record,
    rest::Rest,
    views::{ClosingView, ExtensionView, Moved, ReminderView, ReportView},
};
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

mod record;
mod rest;
pub(super) mod views;

/// Reports shown before the rest is asked for.
const REPORTS: usize = 4;

/// What the address of the page may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Narrow {
    /// `all` shows every report.
    reports: String,
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
    chain: Vec<(String, bool)>,
    target: String,
    due: String,
    left: String,
    left_class: &'static str,
    forecast: Option<String>,
    /// What stands over the page: suspended since, object until, closed and by whom.
    banner: Option<(&'static str, String)>,
    whys: Vec<Why>,
    fired: i64,
    pack: (i64, String),
    recover: Option<String>,
    rest: Option<Rest>,
    curve: Option<String>,
    points: Vec<curve::Point>,
    unit: String,
    steps: Vec<Step>,
    reached: usize,
    reports: Vec<ReportView>,
    reports_total: usize,
    reminders: Vec<ReminderView>,
    next_rung: Option<(bool, String)>,
    extensions: Vec<ExtensionView>,
    closing: Option<ClosingView>,
    /// Since when a bad light has been on.
    since: Option<String>,
    record: Record,
    moved: Option<Vec<Moved>>,
    threes: Vec<Asked>,
    acts: Vec<Act>,
    may_report: bool,
    may_edit: bool,
    children: Vec<Line>,
    may_cascade: bool,
    above: Option<(i64, String)>,
}

impl ItemPage {
    /// Is this step offered to this officer?
    fn offers(&self, noun: &str) -> bool {
        self.acts.iter().any(|act| act.noun == noun)
    }

    /// The page's one filled button: the first step that is somebody's next move.
    fn first(&self) -> Option<Act> {
        let moves = self.acts.iter().find(|act| act.primary);
        moves.or_else(|| self.acts.iter().find(|act| act.noun == "reminder")).copied()
    }

    /// The steps beside it.
    fn beside(&self) -> Vec<Act> {
        self.others().take(2).collect()
    }

    /// The rest of them, in a menu.
    fn folded(&self) -> Vec<Act> {
        self.others().skip(2).collect()
    }

    fn others(&self) -> impl Iterator<Item = Act> {
        let first = self.first();
        let known = move |act: &Act| Some(*act) != first && !act.is_in_its_card();
        self.acts.iter().copied().filter(known)
    }
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

pub async fn item_page(
    me: Me,
    Path(id): Path<i64>,
    Query(narrow): Query<Narrow>,
) -> Result<Html<String>, Trouble> {
    let item = find(&me, id).await?;
    let w = Words::of(me.visit.lang);
    let (store, today) = (&me.house.store, me.today());
    let (calendar, lights) = (&me.calendar, store.lights());
    let goal = store.state::<Goal>(me.body.id, item.goal).await?;
    let light = item.light(lights, calendar, today);
    let open = item.stage.standing() == "open";
    let reasons =
        if open { lights.reasons(&item.facts(calendar), calendar, today) } else { Vec::new() };
    let whys: Vec<Why> = reasons.iter().map(|reason| why(reason, (id, &item), &me, &w)).collect();
    let fired = whys.iter().filter(|why| why.light == light && light != Light::Ok).count();
    let rest = rest::of(&me, id, &item, &w).await?;
    let (above, children) = family(&me, id, &item).await?;
    let record = record::read(&me, id, &w).await?;
    let curve = curve_of(&item, &me, light);
    let shown = if narrow.reports == "all" { usize::MAX } else { REPORTS };
    let due = item.due_on();
    let acts = acts::offered(&item, &me);
    let page = ItemPage {
        shell: Shell::of(&me, "/plan").await?,
        goal: goal.map_or((0, String::new(), String::new()), |goal| {
            (item.goal.0, goal.number.clone(), goal.title.clone())
        }),
        verdict: verdict(&item, light, &me, &w),
        chain: chain(&item, &me),
        target: target(&item),
        due: due_text(&item, &me, &w),
        left: left(&item, &me, &w),
        left_class: if open && due.is_some_and(|due| due < today) { "t-late" } else { "" },
        forecast: item.forecast_on().filter(|_| open).map(|day| w.day(&day.max(today), &today)),
        banner: banner(&item, &me, &w),
        fired: i64::try_from(fired).unwrap_or(0),
        pack: (lights.version, w.day(&lights.valid_from, &today)),
        recover: recover(&item, &me, &w).filter(|_| open),
        rest,
        points: curve::points(&curve, &w),
        curve: curve::draw(&curve, &w),
        unit: item.content.target.as_ref().map_or("%".into(), |target| target.unit.clone()),
        steps: steps(&item, &me, &w),
        reached: item.content.milestones.iter().filter(|s| s.reached_on.is_some()).count(),
        reports: views::reports(&item, shown, &me, &w),
        reports_total: item.reports.len(),
        reminders: views::reminders(&item, &me, &w),
        next_rung: views::next_rung(&item, &me, &w),
        extensions: views::extensions(&item, &me, &w),
        closing: views::closing(&item, &me, &w),
        since: record.since.filter(|_| fired > 0).map(|day| w.day(&day, &today)),
        record,
        moved: views::moved(&item, &me, &w),
        threes: threes(&item, &me, &w),
        may_report: open && may_report(&item, &me),
        may_edit: may_edit(&item, &me),
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

fn due_text(item: &Item, me: &Me, w: &Words) -> String {
    match item.due_on() {
        Some(due) => w.day(&due, &me.today()),
        None => item.undated_reason().unwrap_or("—").to_owned(),
    }
}

/// How long there is; the stage where that is no question.
fn left(item: &Item, me: &Me, w: &Words) -> String {
    match item.due_on().filter(|_| item.stage.standing() == "open") {
        Some(due) => w.left(&due, &me.today()),
        None => w.t(&format!("stage-{}", item.stage.word())),
    }
}

fn may_edit(item: &Item, me: &Me) -> bool {
    let content = item.content.clone();
    let command = Command::Amend { base: item.version, content };
    match Item::decide(Some(item), command, &me.ask()) {
        Ok(_) => true,
        // What the form itself would say is said there.
        Err(Refusal::Incomplete { .. }) => true,
        Err(refusal) => refusal.field().is_some(),
    }
}

fn target(item: &Item) -> String {
    let target = item.content.target.as_ref();
    target.map_or(String::new(), |target| format!("{} {}", grouped(target.amount), target.unit))
}

/// What the reader must know before anything else.
fn banner(item: &Item, me: &Me, w: &Words) -> Option<(&'static str, String)> {
    let day = |day: &mechanisms::Day| w.day(day, &me.today());
    match item.stage {
        Stage::Suspended => {
            let (reason, stamp) = item.suspended.as_ref()?;
            let args = [("day", &*day(&stamp.day)), ("reason", reason)];
            Some(("hold", w.a("banner-suspended", &args)))
        }
        Stage::Issued => {
            let until = item.objection_until(&me.calendar)?;
            Some(("accent", w.a("banner-issued", &[("day", &day(&until))])))
        }
        Stage::ClosingApplied => Some(("accent", w.t("banner-closing"))),
        Stage::Approved => {
            let missing = item.missing(&me.ask());
            let words: Vec<String> = missing.iter().map(|part| w.t(part.word())).collect();
            let missing = words.join(&w.t("list-comma"));
            (!words.is_empty())
                .then(|| ("warn", w.a("refused-incomplete", &[("missing", &missing)])))
        }
        _ => None,
    }
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
    let account = Account {
        amount: item.amount(),
        text: "-".into(),
        stuck: String::new(),
        needs: Vec::new(),
        evidence: Vec::new(),
        reached: Vec::new(),
    };
    Item::decide(Some(item), Command::Report { account }, &me.ask()).is_ok()
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

/// Sponsor, head, responsible person, co-units; whether it is the lead unit's own word.
fn chain(item: &Item, me: &Me) -> Vec<(String, bool)> {
    let content = &item.content;
    let title = |post: Id<_>| me.roster.post_title(post).to_owned();
    let head = content.lead.and_then(|unit| me.roster.head_of(unit));
    let mut chain: Vec<(String, bool)> =
        content.sponsor.map(title).into_iter().map(|sponsor| (sponsor, false)).collect();
    match head {
        Some(head) => chain.push((title(head), true)),
        None => {
            let lead = content.lead.map(|unit| me.roster.unit_name(unit).to_owned());
            chain.extend(lead.map(|lead| (lead, true)));
        }
    }
    chain
        .extend(content.owner.filter(|_| head != content.owner).map(title).map(|own| (own, false)));
    let names: Vec<String> =
        content.co_units.iter().map(|unit| me.roster.unit_name(*unit).to_owned()).collect();
    if !names.is_empty() {
        chain.push((names.join("、"), false));
    }
    chain
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
