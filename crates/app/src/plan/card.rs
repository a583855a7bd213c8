//! The card of a row of the run chart (责任链、卡在哪里): who answers for the item, whose move it is,
//! when the rest must begin and where it leads. It opens on hover, on focus and, for a finger, by
//! its address; no script is needed.

use std::collections::BTreeMap;

use mechanisms::{
    Day, Id,
    light::Light,
    plan::item::{Item, Stage},
    roster::Power,
};

use super::chart::ItemRow;
use crate::{
    access::Me,
    failure::Failure,
    matters::{Line, past::replayed},
    ui::words::Words,
};

/// One link of the chain of responsibility.
#[derive(Clone, Debug)]
pub struct Link {
    pub part: String,
    pub who: String,
    /// 卡在这里.
    pub here: bool,
}

/// What the card of an item says.
#[derive(Clone, Debug, Default)]
pub struct Card {
    pub days: String,
    pub chain: Vec<Link>,
    pub latest_start: Option<String>,
    pub forecast: Option<String>,
    /// 卡在哪里, in the words of the last report.
    pub stuck: Option<String>,
    /// The verdict may be opened; a reminder may be sent.
    pub why: bool,
    pub may_remind: bool,
}

/// The states of the red and amber items among some lines, as they stood on the page's day.
pub async fn states<'l>(
    me: &Me,
    lines: impl Iterator<Item = &'l Line>,
) -> Result<BTreeMap<i64, Item>, Failure> {
    let urgent = lines.filter(|line| matches!(line.light, Light::Late | Light::Warn));
    let ids: Vec<String> = urgent.map(|line| line.id.to_string()).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let which = format!(" and m.id in ({})", ids.join(", "));
    Ok(replayed(me, &which, me.today()).await?.into_iter().collect())
}

/// The card of a row. Where it is stuck is known only from its state.
pub fn card(me: &Me, row: &ItemRow, state: Option<&Item>, w: &Words) -> Card {
    let (line, today) = (&row.line, me.today());
    let open = line.standing == "open";
    let urgent = matches!(line.light, Light::Late | Light::Warn);
    let stuck = state.and_then(|item| item.reports.last()).map(|report| &report.account.stuck);
    Card {
        days: days(line, today, w),
        chain: chain(me, row, state, w),
        latest_start: line.latest_start_on.filter(|_| open).map(|day| {
            let left = today.until(day).map_or(0, |span| i64::from(span.get_days()));
            let told = if left < 0 { w.n("days-passed", -left) } else { w.left(&day, &today) };
            w.a("pop-on", &[("day", &w.day(&day, &today)), ("told", &told)])
        }),
        forecast: line.forecast_on.filter(|_| open).map(|day| {
            let day = w.day(&day.max(today), &today);
            match line.due_on {
                Some(due) => w.a("pop-planned", &[("day", &day), ("due", &w.day(&due, &today))]),
                None => day,
            }
        }),
        stuck: stuck.filter(|text| urgent && !text.trim().is_empty()).cloned(),
        why: urgent,
        may_remind: urgent && me.past.is_none() && me.may(Power::Remind),
    }
}

/// 晚 19 天, 早 6 天, 按期; the stage where there is nothing to be early or late for.
fn days(line: &Line, today: Day, w: &Words) -> String {
    if line.standing != "open" {
        return w.t(&format!("stage-{}", line.stage));
    }
    match line.slip(today) {
        None => w.t("timeliness-undated"),
        Some(0) => w.t("slip-none"),
        Some(days) if days > 0 => w.n("late-days", days),
        Some(days) => w.n("early-days", -days),
    }
}

fn chain(me: &Me, row: &ItemRow, state: Option<&Item>, w: &Words) -> Vec<Link> {
    let line = &row.line;
    let link = |key: &str, who: String| Link { part: w.t(key), who, here: false };
    let mut chain = Vec::new();
    if !row.sponsor.is_empty() {
        chain.push(link("sponsor", row.sponsor.clone()));
    }
    let head = line.lead.and_then(|unit| me.roster.head_of(Id::new(unit)));
    if head.map(|post| post.0) != line.owner || line.owner.is_none() {
        let who = head.map_or(row.lead.clone(), |post| me.roster.post_title(post).to_owned());
        if !who.is_empty() {
            chain.push(link("lead-unit", who));
        }
    }
    if !row.owner.is_empty() {
        chain.push(link("pop-owner", row.owner.clone()));
    }
    if let Some(item) = state {
        held_up(me, item, &mut chain, w);
    }
    chain
}

/// Marks whose move it is: those the last report needs, those who verify or decide, else the one
/// who does the work.
fn held_up(me: &Me, item: &Item, chain: &mut Vec<Link>, w: &Words) {
    let here = |who: String| Link { part: w.t("pop-stuck"), who, here: true };
    let needs = item.reports.last().map(|report| &report.account.needs);
    let names: Vec<&str> =
        needs.into_iter().flatten().map(|unit| me.roster.unit_name(*unit)).collect();
    if !names.is_empty() {
        chain.push(here(names.join(&w.t("list-comma"))));
        return;
    }
    let office = match item.stage {
        Stage::ClosingApplied => Some("todo-verify"),
        Stage::PlanProposed => Some("todo-approve-plan"),
        _ if item.open_extension().is_some() => Some("todo-decide-extension"),
        _ => None,
    };
    match (office, chain.last_mut()) {
        (Some(key), _) => chain.push(here(w.t(key))),
        (None, Some(last)) => *last = here(last.who.clone()),
        (None, None) => {}
    }
}
