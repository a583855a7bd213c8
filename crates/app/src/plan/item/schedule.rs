//! The backward schedule of an item (倒排), derived step by step: what is left, at which pace, how
//! many working days that takes, which days do not count, and so when it must start.

use askama::Template;
use axum::{extract::Path, response::Html};
use mechanisms::plan::item::Item;

use super::{grouped, views::asks};
use crate::{
    access::Me,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

struct Derived {
    left: String,
    pace: String,
    workdays: i64,
    due: String,
    start: String,
    /// Days past the latest start, or 0.
    past: i64,
    /// Days of rest between the two, with the holiday's name where it is one.
    skipped: Vec<(String, String)>,
    made_up: Vec<String>,
    provisional: bool,
    /// The day of the end when all is done at the best pace from today on.
    earliest: String,
    /// What a week would have to give.
    needed: Option<String>,
}

#[derive(Template)]
#[template(path = "plan/schedule.html")]
struct SchedulePage {
    shell: Shell,
    id: i64,
    number: String,
    title: String,
    derived: Option<Derived>,
    /// The words of what is missing for a derivation.
    lacks: &'static str,
    steps: Vec<(i64, String, String, String)>,
}

pub async fn schedule_page(me: Me, Path(id): Path<i64>) -> Result<Html<String>, Trouble> {
    let item = super::find(&me, id).await?;
    let w = Words::of(me.visit.lang);
    let lacks = match () {
        () if item.due_on().is_none() => "schedule-no-due",
        () if item.content.best_pace.is_none_or(|pace| pace <= 0) => "schedule-no-pace",
        () if item.remaining() == 0 => "schedule-nothing-left",
        () => "schedule-not-open",
    };
    let unit = item.content.target.as_ref().map_or("%", |target| target.unit.as_str());
    let steps = item.content.milestones.iter().map(|step| {
        let planned = w.day(&step.planned_on, &me.today());
        let amount = step.amount.map(|amount| format!("{} {unit}", grouped(amount)));
        (step.number, step.title.clone(), planned, amount.unwrap_or_default())
    });
    let page = SchedulePage {
        shell: Shell::of(&me, "/plan").await?,
        id,
        number: item.number.clone(),
        title: item.content.title.clone(),
        derived: derive(&item, &me, &w),
        lacks,
        steps: steps.collect(),
    };
    Ok(ui::page(&page)?)
}

fn derive(item: &Item, me: &Me, w: &Words) -> Option<Derived> {
    let ask = asks(me);
    let (due, start) = (item.due_on()?, item.latest_start_on(ask.calendar)?);
    let pace = item.content.best_pace.filter(|pace| *pace > 0)?;
    let left = item.remaining();
    let unit = item.content.target.as_ref().map_or("%", |target| target.unit.as_str());
    let amount = |n: i64| format!("{} {unit}", grouped(n));
    let workdays = (left * 5 + pace - 1) / pace;
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
        earliest: day(&ask.calendar.add_workdays(ask.today, workdays)),
        needed: item.needed_pace(ask.today).map(amount),
    })
}
