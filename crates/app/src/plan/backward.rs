//! The backward schedule (倒排工期) of an item: how long each step takes, what it waits for, when
//! it can begin and when it must, and why.
//!
//! Where the deadline cannot be kept, the page names the fewest facts that cannot hold together
//! and every single change that would do. Other durations, paces and days can be tried in the
//! address: nothing of that is saved.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query},
    response::Html,
};
use mechanisms::{
    Day, Id,
    plan::item::{
        Item,
        backward::{Backward, Placed, Seat},
    },
};

use super::{
    acts::{self, Act},
    steps, waits,
};
use crate::{
    access::{Me, Part},
    failure::Failure,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

pub(super) mod api;
mod pace;
mod told;

use told::{End, Told};

/// What is tried: `due_on`, `start_on`, `best_pace`, and `step-2` for the working days of step 2.
type Tried = BTreeMap<String, String>;

/// One line of the table.
struct Line {
    number: String,
    title: String,
    /// The page of another item, where the officer may see it.
    href: Option<String>,
    is_whole: bool,
    placed: Placed,
    after: String,
    planned: String,
    early: String,
    late: String,
    /// `3`, `−5`.
    slack: String,
    /// The latest start has passed, or there is no slack left to spare.
    class: &'static str,
    begins: Vec<String>,
    due: Vec<String>,
    /// How many days the trial moves its earliest end.
    moved: String,
}

/// A field that can be tried.
struct Field {
    name: String,
    label: String,
    value: String,
    is_wrong: bool,
}

#[derive(Template)]
#[template(path = "plan/backward.html")]
struct BackwardPage {
    shell: Shell,
    id: i64,
    number: String,
    title: String,
    sentence: String,
    is_feasible: bool,
    lines: Vec<Line>,
    /// The latest start by pace, derived.
    derived: Option<pace::Derived>,
    told: Option<Told>,
    fields: Vec<Field>,
    is_trial: bool,
    /// Steps wait for each other in a circle: nothing can be computed.
    circle: Option<String>,
    /// The steps a schedule can be handed in with.
    acts: Vec<Act>,
}

pub async fn backward_page(
    me: Me,
    Path(id): Path<i64>,
    Query(tried): Query<Tried>,
) -> Result<Html<String>, Trouble> {
    let item = super::item::find(&me, id).await?;
    let w = Words::of(me.visit.lang);
    let (trial, fields) = trial(&item, &tried, &w);
    let laid = Laid::of(&me, Id::new(id), trial.as_ref()).await?;
    let is_trial = trial.is_some();
    let shown = trial.as_ref().unwrap_or(&item);
    let mut page = BackwardPage {
        shell: Shell::of(&me, "/plan").await?,
        id,
        number: item.number.clone(),
        title: item.content.title.clone(),
        sentence: String::new(),
        is_feasible: true,
        lines: Vec::new(),
        derived: pace::derive(shown, &me, &w),
        told: None,
        fields,
        is_trial,
        circle: None,
        acts: acts::offered(&item, &me)
            .into_iter()
            .filter(|act| act.fields.contains(&"milestones"))
            .collect(),
    };
    match laid.schedule(&me) {
        Err(circle) => page.circle = Some(circle),
        Ok(back) => {
            let before = if is_trial {
                Laid::of(&me, Id::new(id), None).await?.schedule(&me).ok()
            } else {
                None
            };
            page.sentence = sentence(shown, &back, &me, &w);
            page.is_feasible = back.is_feasible();
            page.lines = laid.lines(&back, before.as_ref(), &me, &w);
            page.told = Told::of(&back, |seat| laid.name(seat, &w), &w, me.today());
        }
    }
    Ok(ui::page(&page)?)
}

/// The items of one network, the one asked about first.
struct Laid {
    own: Id<Item>,
    items: Vec<(Id<Item>, Item)>,
    /// Those the officer may open.
    seen: Vec<Id<Item>>,
}

impl Laid {
    async fn of(me: &Me, own: Id<Item>, trial: Option<&Item>) -> Result<Self, Failure> {
        let mut items = waits::connected(me, own).await?;
        let mut seen = Vec::new();
        for (id, item) in &mut items {
            if *id == own
                && let Some(trial) = trial
            {
                item.clone_from(trial);
            }
            let content = &item.content;
            let units = content.lead.iter().chain(&content.co_units);
            let units = units.map(|unit| Part { unit: Some(unit.0), post: None });
            let posts = [content.sponsor, content.owner, content.watcher];
            let posts = posts.into_iter().flatten();
            let posts = posts.map(|post| Part { unit: None, post: Some(post.0) });
            if me.scope.sees(&units.chain(posts).collect::<Vec<_>>()) {
                seen.push(*id);
            }
        }
        Ok(Self { own, items, seen })
    }

    /// The schedule, or the numbers that wait for each other.
    fn schedule(&self, me: &Me) -> Result<Backward, String> {
        let items: Vec<(Id<Item>, &Item)> = self.items.iter().map(|one| (one.0, &one.1)).collect();
        Backward::of(&items, &me.calendar, me.today()).map_err(|circle| circle.found)
    }

    fn item(&self, id: Id<Item>) -> Option<&Item> {
        self.items.iter().find(|one| one.0 == id).map(|one| &one.1)
    }

    /// What an item or a step is called in a sentence.
    fn name(&self, seat: Seat, w: &Words) -> String {
        let Some(item) = self.item(seat.item) else { return String::new() };
        let steps = item.content.milestones.iter();
        let step = seat.step.and_then(|number| steps.clone().find(|step| step.number == number));
        match step {
            Some(step) if seat.item == self.own => w.a("quoted", &[("text", &step.title)]),
            Some(step) => {
                let quoted = w.a("quoted", &[("text", &step.title)]);
                format!("{} {quoted}", item.number)
            }
            None => format!("{} {}", item.number, item.content.title),
        }
    }

    fn lines(&self, back: &Backward, before: Option<&Backward>, me: &Me, w: &Words) -> Vec<Line> {
        let old: Vec<Placed> = before.map(Backward::lines).unwrap_or_default();
        let lines = back.lines().into_iter();
        lines.filter_map(|placed| self.line(placed, back, &old, me, w)).collect()
    }

    fn line(
        &self,
        placed: Placed,
        back: &Backward,
        old: &[Placed],
        me: &Me,
        w: &Words,
    ) -> Option<Line> {
        let item = self.item(placed.seat.item)?;
        let today = me.today();
        let steps = item.content.milestones.iter();
        let step = placed.seat.step.and_then(|at| steps.clone().find(|step| step.number == at));
        let is_own = placed.seat.item == self.own;
        let is_seen = self.seen.contains(&placed.seat.item);
        let done = step.map_or(item.done_on, |step| step.reached_on);
        let span = |from: &Day, to: &Day| {
            let (from, to) = done.as_ref().map_or((from, to), |day| (day, day));
            let (from, to) = (w.short(from, &today), w.short(to, &today));
            if from == to { from } else { format!("{from} – {to}") }
        };
        let name = |seat: Seat| self.name(seat, w);
        let planned = step.map(|step| step.planned_on).or(item.due_on());
        let before = old.iter().find(|one| one.seat == placed.seat);
        let moved = before.map_or(0, |one| days(one.early_finish, placed.early_finish));
        Some(Line {
            number: step.map_or(item.number.clone(), |step| step.number.to_string()),
            title: step.map_or(item.content.title.clone(), |step| step.title.clone()),
            href: (is_seen && !is_own).then(|| format!("/items/{}", placed.seat.item)),
            is_whole: step.is_none(),
            after: step.map_or(String::new(), steps::after_text),
            planned: planned.map_or("—".into(), |day| w.short(&day, &today)),
            early: span(&placed.early_start, &placed.early_finish),
            late: match item.due_on() {
                Some(_) => span(&placed.late_start, &placed.late_finish),
                None => "—".into(),
            },
            slack: if item.due_on().is_none() {
                "—".into()
            } else if placed.slack < 0 {
                format!("−{}", -placed.slack)
            } else {
                placed.slack.to_string()
            },
            class: match placed.slack {
                _ if done.is_some() => "muted",
                slack if slack < 0 => "t-late b",
                0 => "t-warn",
                _ => "",
            },
            begins: told::chain(&placed.begins, End::Begins, back, name, (w, today)),
            due: told::chain(&placed.due, End::Due, back, name, (w, today)),
            moved: match moved {
                0 => String::new(),
                later if later > 0 => w.n("slip-late", later),
                sooner => w.n("slip-early", -sooner),
            },
            placed,
        })
    }
}

/// The item as it is tried, and the fields it can be tried with.
fn trial(item: &Item, tried: &Tried, w: &Words) -> (Option<Item>, Vec<Field>) {
    let mut trial = item.clone();
    let mut is_trial = false;
    let mut fields = Vec::new();
    let mut field = |name: String, label: String, now: String| {
        let given = tried.get(&name).map(|text| text.trim().to_owned());
        let value = given.clone().unwrap_or_else(|| now.clone());
        fields.push(Field { name, label, value: value.clone(), is_wrong: false });
        given.filter(|given| *given != now)
    };
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut wrong = Vec::new();
    for name in ["due_on", "start_on"] {
        let now = if name == "due_on" { item.due_on() } else { item.content.start_on };
        if let Some(given) = field(name.into(), w.field(name), day(now)) {
            match given.parse::<Day>() {
                Ok(day) if name == "due_on" => {
                    trial.content.due = Some(mechanisms::plan::item::Due::On(day));
                }
                Ok(day) => trial.content.start_on = Some(day),
                Err(_) => wrong.push(name.to_owned()),
            }
            is_trial = true;
        }
    }
    let pace = item.content.best_pace.map(|pace| pace.to_string()).unwrap_or_default();
    if let Some(given) = field("best_pace".into(), w.field("best_pace"), pace) {
        match given.parse::<i64>() {
            Ok(pace) if pace > 0 => trial.content.best_pace = Some(pace),
            _ => wrong.push("best_pace".to_owned()),
        }
        is_trial = true;
    }
    for step in trial.content.milestones.iter_mut().filter(|step| step.reached_on.is_none()) {
        let (name, now) = (format!("step-{}", step.number), step.workdays);
        let now = now.map(|days| days.to_string()).unwrap_or_default();
        let label = w.a("try-step", &[("title", &step.title)]);
        if let Some(given) = field(name.clone(), label, now) {
            match given.parse::<i64>() {
                Ok(days) if (0..=10_000).contains(&days) => step.workdays = Some(days),
                _ => wrong.push(name),
            }
            is_trial = true;
        }
    }
    for field in &mut fields {
        field.is_wrong = wrong.contains(&field.name);
    }
    (is_trial.then_some(trial), fields)
}

/// What an item's own schedule says in one sentence, for those who decide on it.
pub fn in_a_sentence(item: &Item, me: &Me, w: &Words) -> String {
    let own = [(Id::new(0), item)];
    let back = Backward::of(&own, &me.calendar, me.today());
    back.map(|back| sentence(item, &back, me, w)).unwrap_or_default()
}

/// What the table says in one sentence.
fn sentence(item: &Item, back: &Backward, me: &Me, w: &Words) -> String {
    let (calendar, today) = (&*me.calendar, me.today());
    let day = |day: Day| w.day(&day, &today);
    let Some(due) = item.due_on() else { return w.t("backward-undated") };
    let due = day(due);
    let ends = back.ends_on().map(day).unwrap_or_default();
    match item.latest_start_on(calendar) {
        _ if !back.is_feasible() => w.a("backward-cannot", &[("due", &due), ("ends", &ends)]),
        Some(start) if start < today => {
            let late = days(start, today).to_string();
            w.a("backward-passed", &[("due", &due), ("start", &day(start)), ("n", &late)])
        }
        Some(start) => w.a("backward-latest", &[("due", &due), ("start", &day(start))]),
        None => w.a("backward-unknown", &[("due", &due)]),
    }
}

fn days(from: Day, to: Day) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
