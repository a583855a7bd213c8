//! The backward schedule (倒排工期): the steps of items as a network on working days, counted back
//! from each deadline to the last day on which work can begin, and forward from what is done.
//!
//! A step takes its working days and waits for what it names, or else for the step before it; of
//! a step with a quantity, only what is left of it is still to be done. An item without such
//! steps is one piece of work: what remains, at the best pace its unit has committed to. Items
//! wait for items in the same way.

use std::collections::BTreeMap;

use calendar::{BadInput, Calendar, Moment};
use schedule::{
    Conflict, Constraint, Kind, Lag, Link, Network, Plan, Progress, Relaxations, Schedule, Task,
    schedule,
};

use super::{After, Due, Item, Milestone, facts::workdays_at};
use crate::{Day, Id};

/// Numbers of the network that belong to one item: itself, and its steps.
const SEATS: i64 = 100_000;

/// How many years the finish of a network lies beyond its last deadline.
const BEYOND_YEARS: i64 = 10;

/// What a task of the network is: an item, or one of its steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    pub item: Id<Item>,
    /// The step's number; none is the item as a whole.
    pub step: Option<i64>,
}

/// One line of the backward schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub seat: Seat,
    /// Working days still to be done; none where nobody has said how long it takes.
    pub workdays: Option<i64>,
    pub early_start: Day,
    pub early_finish: Day,
    /// 最迟开工.
    pub late_start: Day,
    pub late_finish: Day,
    /// 机动: whole working days it may slip; negative is how many are missing.
    pub slack: i64,
    pub is_critical: bool,
    /// Why it begins when it does, back to what waits for nothing.
    pub begins: Vec<schedule::Step>,
    /// Why it must end when it must, on to the deadline.
    pub due: Vec<schedule::Step>,
}

/// Items and their steps, scheduled.
#[derive(Debug)]
pub struct Backward {
    plan: Plan,
    dates: Schedule,
    seats: Vec<(Seat, Option<i64>)>,
    /// Seconds of a working day.
    day: i64,
}

impl Backward {
    /// Schedules items and what they wait for; what is not done is done after `today`.
    ///
    /// # Errors
    /// Steps or items that wait for each other in a circle.
    pub fn of(
        items: &[(Id<Item>, &Item)],
        calendar: &Calendar,
        today: Day,
    ) -> Result<Self, BadInput> {
        let first = items.iter().map(|(_, item)| begins(item)).min().unwrap_or(today);
        let last = items.iter().filter_map(|(_, item)| item.due_on()).max();
        let mut laid = Laid::new(calendar, first, last);
        laid.plan.data_date = Some(calendar.opening(today));
        for (id, item) in items {
            laid.item(*id, item, Reached::Kept);
        }
        for (id, item) in items {
            laid.waits(*id, item);
        }
        let dates = schedule(&laid.plan)?;
        Ok(Self { dates, plan: laid.plan, seats: laid.seats, day: laid.day })
    }

    /// Every line, in the order of the items and their steps.
    pub fn lines(&self) -> Vec<Placed> {
        (0..self.seats.len()).map(|place| self.line(place)).collect()
    }

    fn line(&self, place: usize) -> Placed {
        let (row, calendar) = (self.dates.row(place), &self.plan.calendars[0]);
        let (seat, workdays) = self.seats[place];
        Placed {
            seat,
            workdays,
            early_start: row.early_start.day(),
            early_finish: calendar.finish_day(row.early_finish),
            late_start: row.late_start.day(),
            late_finish: calendar.finish_day(row.late_finish),
            slack: row.total_slack.div_euclid(self.day),
            is_critical: row.is_critical,
            begins: self.dates.why_starts(&self.plan, place),
            due: self.dates.why_due(&self.plan, place),
        }
    }

    /// The line of a step of an item.
    pub fn step(&self, item: Id<Item>, number: i64) -> Option<Placed> {
        let seat = Seat { item, step: Some(number) };
        self.seats.iter().position(|one| one.0 == seat).map(|place| self.line(place))
    }

    /// Can everything still be kept?
    pub fn is_feasible(&self) -> bool {
        !self.dates.is_late()
    }

    /// The fewest facts that cannot hold together, and every single change that would do.
    pub fn conflict(&self) -> Option<(Conflict, Relaxations)> {
        let network = Network::of(&self.plan).ok()?;
        let conflict = Conflict::smallest(&self.plan, &network)?;
        let ways = Relaxations::of(&self.plan, &network, &conflict);
        Some((conflict, ways))
    }

    /// What a number of the network stands for.
    pub fn seat(&self, uid: i64) -> Option<Seat> {
        let place = self.plan.tasks.iter().position(|task| task.uid == uid)?;
        self.seats.get(place).map(|seat| seat.0)
    }

    /// Seconds of working time as whole working days, rounded up.
    pub fn workdays(&self, seconds: i64) -> i64 {
        (seconds + self.day - 1).div_euclid(self.day)
    }

    /// When everything would be done, as it stands.
    pub fn ends_on(&self) -> Option<Day> {
        let calendar = &self.plan.calendars[0];
        let rows = self.dates.rows().iter().filter(|row| row.is_scheduled);
        rows.map(|row| calendar.finish_day(row.early_finish)).max()
    }
}

/// Are steps that were reached part of the network?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reached {
    /// With their days: what waits for them may have a lag.
    Kept,
    Dropped,
}

/// A network being laid.
struct Laid {
    plan: Plan,
    seats: Vec<(Seat, Option<i64>)>,
    /// The places of whole items.
    wholes: BTreeMap<Id<Item>, usize>,
    day: i64,
}

impl Laid {
    fn new(calendar: &Calendar, first: Day, last: Option<Day>) -> Self {
        let mut plan = Plan::starting(calendar.opening(first));
        plan.calendars = vec![calendar.clone()];
        // Each item has its own deadline. The plan's finish lies beyond all of them, so that it
        // leaves room to what waits for a deadline and is never itself what cannot be kept.
        plan.finish = last
            .map(|day| calendar.closing(day.saturating_add(jiff::Span::new().years(BEYOND_YEARS))));
        let usual = calendar.next_or_same(first);
        let day =
            calendar.worked_between(Moment::at(usual, 0), Moment::at(usual, calendar::DAY)).max(1);
        Self { plan, seats: Vec::new(), wholes: BTreeMap::new(), day }
    }

    fn add(&mut self, task: Task, seat: Seat, workdays: Option<i64>) -> usize {
        self.seats.push((seat, workdays));
        self.plan.add(task)
    }

    /// An item: with its steps where one of them has working days, as one piece otherwise.
    fn item(&mut self, id: Id<Item>, item: &Item, reached: Reached) {
        let calendar = self.plan.calendars[0].clone();
        let base = i64::try_from(self.wholes.len()).unwrap_or(i64::MAX) * SEATS;
        let due = item.due_on().map(|day| calendar.closing(day));
        let floor = Constraint::StartNoEarlier(calendar.opening(begins(item)));
        let is_stepped = item.is_stepped();
        let workdays = if is_stepped { None } else { item.remaining_workdays() };
        let mut whole = Task::new(base, &item.content.title, workdays.unwrap_or(0) * self.day);
        if !is_stepped {
            whole.deadline = due;
            whole.constraint = floor;
            whole.progress = done(item.done_on, &calendar);
        }
        let place = self.add(whole, Seat { item: id, step: None }, workdays);
        self.wholes.insert(id, place);
        if !is_stepped {
            return;
        }
        let mut places = BTreeMap::new();
        for step in &item.content.milestones {
            if reached == Reached::Dropped && step.reached_on.is_some() {
                continue;
            }
            let workdays = item.step_workdays(step);
            let seconds = workdays.unwrap_or(0) * self.day;
            let mut task = Task::new(base + step.number, &step.title, seconds);
            task.parent = Some(place);
            task.deadline = due.filter(|_| item.is_last(step.number));
            task.constraint = floor;
            task.progress = done(step.reached_on.or(item.done_on), &calendar);
            let seat = Seat { item: id, step: Some(step.number) };
            places.insert(step.number, self.add(task, seat, workdays));
        }
        for (to, after) in item.waits_between_steps() {
            let ends = places.get(&after.step).copied().zip(places.get(&to).copied());
            if let Some((from, to)) = ends {
                self.link(from, to, after.kind, after.lag);
            }
        }
    }

    /// What an item waits for, among the items that were laid.
    fn waits(&mut self, id: Id<Item>, item: &Item) {
        let Some(to) = self.wholes.get(&id).copied() else { return };
        for wait in &item.content.after {
            if let Some(from) = self.wholes.get(&wait.item).copied() {
                self.link(from, to, wait.kind, wait.lag);
            }
        }
    }

    fn link(&mut self, from: usize, to: usize, kind: Kind, lag: i64) {
        let lag = Lag::Working(lag * self.day);
        self.plan.links.push(Link { from, to, kind, lag });
    }
}

/// The day before which no work on the item is meant.
fn begins(item: &Item) -> Day {
    let agreed = item.issued.as_ref().map_or(item.drafted.day, |stamp| stamp.day);
    item.content.start_on.unwrap_or(agreed)
}

fn done(on: Option<Day>, calendar: &Calendar) -> Progress {
    let at = on.map(|day| calendar.closing(day));
    Progress { started: at, finished: at, remaining: None }
}

impl Item {
    /// The item as it would be with other steps, pace and deadline.
    pub fn with_steps(
        &self,
        milestones: &[Milestone],
        best_pace: Option<i64>,
        due_on: Option<Day>,
    ) -> Self {
        let mut item = self.clone();
        item.replan(milestones, best_pace);
        if let Some(day) = due_on {
            item.content.due = Some(Due::On(day));
        }
        item
    }

    /// 倒排: the steps of these numbers get the last day on which each can end for the deadline
    /// still to be kept. Others stay; without a deadline, or in a circle, all do.
    pub fn counted_back(&self, undated: &[i64], calendar: &Calendar) -> Vec<Milestone> {
        let mut steps = self.content.milestones.clone();
        if undated.is_empty() || self.due_on().is_none() {
            return steps;
        }
        let id = Id::new(0);
        let Ok(back) = Backward::of(&[(id, self)], calendar, begins(self)) else { return steps };
        for step in steps.iter_mut().filter(|step| undated.contains(&step.number)) {
            if let Some(line) = back.step(id, step.number) {
                step.planned_on = line.late_finish;
            }
        }
        steps
    }

    /// One of its steps says how many working days it takes.
    pub fn is_stepped(&self) -> bool {
        self.content.milestones.iter().any(|step| step.workdays.is_some())
    }

    /// Every step's number with what it waits for: what it names, or else the step before it.
    fn waits_between_steps(&self) -> Vec<(i64, After)> {
        let steps = &self.content.milestones;
        let mut waits = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|at| steps.get(at));
            let follows = before.filter(|_| step.after.is_empty());
            let follows = follows.map(|before| After {
                step: before.number,
                kind: Kind::FinishStart,
                lag: 0,
            });
            let named = step.after.iter().cloned();
            waits.extend(follows.into_iter().chain(named).map(|after| (step.number, after)));
        }
        waits
    }

    /// No other step waits for the end of this one: the deadline is its own.
    fn is_last(&self, number: i64) -> bool {
        let ends = |kind| matches!(kind, Kind::FinishStart | Kind::FinishFinish);
        let waits = self.waits_between_steps();
        !waits.iter().any(|(_, after)| after.step == number && ends(after.kind))
    }

    /// The working days the rest takes at the best pace; none without one.
    pub fn remaining_workdays(&self) -> Option<i64> {
        workdays_at(self.content.best_pace, self.remaining())
    }

    /// The working days a step still takes: of a step with a quantity, what is left of it.
    pub fn step_workdays(&self, step: &Milestone) -> Option<i64> {
        let workdays = step.workdays?;
        if step.reached_on.is_some() {
            return Some(0);
        }
        let Some(until) = step.amount else { return Some(workdays) };
        let steps = self.content.milestones.iter();
        let before = steps.take_while(|one| one.number != step.number);
        let from = before.filter_map(|one| one.amount).max().unwrap_or(0);
        let (span, left) = (until - from, (until - self.amount()).clamp(0, until - from));
        if span <= 0 {
            return Some(workdays);
        }
        Some((workdays * left + span - 1) / span)
    }

    /// The last day on which the steps that have not begun can begin, and on which a step of a
    /// quantity can go on, with everything still ending by the deadline. Nothing where no step
    /// says how long it takes.
    pub(super) fn steps_latest_start(&self, calendar: &Calendar) -> Option<Day> {
        let due = self.due_on()?;
        if !self.is_stepped() {
            return None;
        }
        let mut laid = Laid::new(calendar, begins(self), Some(due));
        let own = Id::new(0);
        laid.item(own, self, Reached::Dropped);
        let dates = schedule(&laid.plan).ok()?;
        let open = |place: &usize| {
            let (seat, workdays) = laid.seats[*place];
            let steps = &self.content.milestones;
            let step = steps.iter().find(|step| Some(step.number) == seat.step);
            workdays.is_some_and(|days| days > 0)
                && step.is_some_and(|step| step.amount.is_some() || !self.has_begun(step))
        };
        let places = (0..laid.seats.len()).filter(open);
        places.map(|place| dates.row(place).late_start.day()).min()
    }

    /// A step without a quantity has begun once the steps were reached whose end it waits for;
    /// the first one, once something was reported.
    fn has_begun(&self, step: &Milestone) -> bool {
        let steps = &self.content.milestones;
        let reached = |number: i64| {
            let known = steps.iter().find(|one| one.number == number);
            known.is_none_or(|one| one.reached_on.is_some())
        };
        let waits = self.waits_between_steps();
        let mut ends = waits.iter().filter(|(to, _)| *to == step.number).map(|wait| &wait.1);
        let waited = ends.all(|after| after.kind != Kind::FinishStart || reached(after.step));
        waited && !self.reports.is_empty()
    }
}

#[cfg(test)]
mod tests;
