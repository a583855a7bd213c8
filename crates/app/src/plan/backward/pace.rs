//! The latest start by pace, derived step by step: what is left, at which pace, how many working
//! days that takes, which days do not count, and so when it must start.

use mechanisms::plan::item::Item;

use super::super::item::grouped;
use crate::{access::Me, ui::words::Words};

pub(super) struct Derived {
    pub(super) left: String,
    pub(super) pace: String,
    pub(super) workdays: i64,
    pub(super) due: String,
    pub(super) start: String,
    /// Days past the latest start, or 0.
    pub(super) past: i64,
    /// Days of rest between the two, with the holiday's name where it is one.
    pub(super) skipped: Vec<(String, String)>,
    pub(super) made_up: Vec<String>,
    pub(super) provisional: bool,
    /// The day of the end when all is done at the best pace from today on.
    pub(super) earliest: String,
    /// What a week would have to give.
    pub(super) needed: Option<String>,
}

pub(super) fn derive(item: &Item, me: &Me, w: &Words) -> Option<Derived> {
    let ask = me.ask();
    let due = item.due_on()?;
    let pace = item.content.best_pace.filter(|pace| *pace > 0)?;
    let left = item.remaining();
    let start = item.latest_start_by_pace(ask.calendar)?;
    let unit = item.content.target.as_ref().map_or("%", |target| target.unit.as_str());
    let amount = |n: i64| format!("{} {unit}", grouped(n));
    let workdays = item.remaining_workdays()?;
    let derivation = ask.calendar.derive_workdays(start.yesterday().ok()?, workdays);
    let day = |day: &mechanisms::Day| w.day(day, &ask.today);
    let past = start.until(ask.today).map_or(0, |span| i64::from(span.get_days()));
    Some(Derived {
        left: amount(left),
        pace: amount(pace),
        workdays,
        due: day(&due),
        start: day(&start),
        past: past.max(0),
        skipped: derivation
            .skipped
            .iter()
            .map(|one| {
                let name = one.holiday.clone().unwrap_or_else(|| w.weekday(&one.day));
                (day(&one.day), name)
            })
            .collect(),
        made_up: derivation.made_up.iter().map(day).collect(),
        provisional: ask.calendar.is_provisional(due),
        earliest: day(&ask.calendar.add_workdays(ask.today.yesterday().ok()?, workdays)),
        needed: item.needed_pace(ask.today).map(amount),
    })
}
