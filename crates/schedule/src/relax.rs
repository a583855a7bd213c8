//! Each single change that removes a conflict, and how large it must be.
//!
//! Whatever removes every conflict of a plan removes the smallest one, so only its facts, and the
//! durations and lags along its path, come into question. How much is found by trying: the
//! missing time first, then by halving; once for the conflict itself, once for the whole plan.

use calendar::Moment;
use serde::Serialize;

use crate::{
    Conflict, Fact, Network, Plan,
    conflict::uid,
    fact::{Limit, Source},
    network::LONGEST,
};

/// One change that alone removes a conflict.
///
/// ```
/// use schedule::{Change, Conflict, Network, Plan, Relaxations, Task};
/// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
/// let task = plan.add(Task::new(7, "report", 16 * 3600));
/// plan.tasks[task].deadline = Some("2015-11-20T17:00".parse()?);
///
/// let network = Network::of(&plan)?;
/// let conflict = Conflict::smallest(&plan, &network).unwrap();
/// let found = Relaxations::of(&plan, &network, &conflict);
/// // Begin a day earlier, take a day less, or finish a day later.
/// assert_eq!(found.single.len(), 3);
/// assert!(found.single.iter().all(|one| one.by == 8 * 3600 && one.whole_plan == Some(one.by)));
/// assert!(matches!(&found.single[1].change, Change::Shorten { task: 7, .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relaxation {
    /// What is changed.
    #[serde(flatten)]
    pub change: Change,
    /// By how much: seconds of working time, or of clock time where the duration or the lag is
    /// elapsed. No less is enough, to the minute.
    #[serde(rename = "by_min", serialize_with = "in_minutes")]
    pub by: i64,
    /// By how much to make the whole plan feasible, when it can: other conflicts may need more,
    /// or may not be reached by this change at all.
    #[serde(rename = "whole_plan_by_min", serialize_with = "perhaps_in_minutes")]
    pub whole_plan: Option<i64>,
}

/// What a relaxation changes.
///
/// ```
/// let shorter = schedule::Change::Shorten { task: 7, from: 57_600, to: 28_800 };
/// assert!(serde_json::to_string(&shorter)?.contains(r#""change":"shorten""#));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// The date of a fact, to another.
    Move {
        /// The fact as it stands.
        of: Fact,
        /// Its new date.
        to: Moment,
    },
    /// A task's duration.
    Shorten {
        /// The task.
        task: i64,
        /// Its duration in seconds.
        #[serde(rename = "from_min", serialize_with = "in_minutes")]
        from: i64,
        /// Its new duration in seconds.
        #[serde(rename = "to_min", serialize_with = "in_minutes")]
        to: i64,
    },
    /// A link's lag, so that the successor waits less or overlaps.
    Overlap {
        /// The link as it stands.
        of: Fact,
        /// Its new lag in seconds.
        #[serde(rename = "lag_to_min", serialize_with = "in_minutes")]
        to: i64,
    },
}

/// All single changes that remove a conflict.
///
/// ```
/// let none = schedule::Relaxations::default();
/// assert!(none.single.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Relaxations {
    /// The changes, in the order of the conflict's path.
    pub single: Vec<Relaxation>,
    /// All were tried on the whole plan; in a very large one some are not, or not at all.
    pub is_complete: bool,
}

/// How many tasks and links are looked at in all before trying stops.
const WORK: usize = 12_000_000;

/// What can be changed, by its place in the network.
#[derive(Clone, Copy, Debug)]
enum Knob {
    Source,
    Duration(usize),
    Lag(u32),
    Limit,
}

impl Relaxations {
    /// Finds the changes for a plan's smallest conflict.
    ///
    /// ```
    /// # use schedule::{Conflict, Network, Plan, Relaxations, Task};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(7, "report", 16 * 3600));
    /// plan.finish = Some("2015-11-20T17:00".parse()?);
    /// let network = Network::of(&plan)?;
    /// let conflict = Conflict::smallest(&plan, &network).unwrap();
    /// assert!(Relaxations::of(&plan, &network, &conflict).is_complete);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(plan: &Plan, network: &Network, conflict: &Conflict) -> Self {
        // The ends first: where trying stops early, these are known.
        let mut knobs = vec![(0, Knob::Source), (usize::MAX, Knob::Limit)];
        for (place, (node, edge)) in conflict.path.nodes.iter().enumerate() {
            if *edge != crate::network::NONE {
                knobs.push((2 * place + 1, Knob::Lag(*edge)));
            }
            knobs.push((2 * place + 2, Knob::Duration(*node)));
        }
        let mut trying = Trying { plan, network: network.clone(), conflict, work: 0 };
        let (mut single, mut is_complete) = (Vec::new(), true);
        for (place, knob) in knobs {
            if trying.work > WORK {
                is_complete = false;
                break;
            }
            let Some(by) = trying.least(knob, conflict.missing, false) else { continue };
            let is_tried = trying.work <= WORK;
            is_complete &= is_tried;
            let whole_plan = if is_tried { trying.least(knob, by, true) } else { None };
            single.push((place, Relaxation { change: trying.change(knob, by), by, whole_plan }));
        }
        single.sort_by_key(|(place, _)| *place);
        Self { single: single.into_iter().map(|(_, one)| one).collect(), is_complete }
    }
}

struct Trying<'a> {
    plan: &'a Plan,
    network: Network,
    conflict: &'a Conflict,
    work: usize,
}

impl Trying<'_> {
    /// The least amount of a change that is enough, if any is; `guess` is a likely one.
    fn least(&mut self, knob: Knob, guess: i64, whole: bool) -> Option<i64> {
        let most = match knob {
            Knob::Duration(node) => self.network.nodes[node].duration,
            _ => LONGEST / 60,
        };
        let (mut too_little, mut enough) = (0, guess.clamp(60, most.max(60)));
        while enough <= most && !self.is_enough(knob, enough, whole) {
            let is_last = enough == most || self.work > 2 * WORK;
            (too_little, enough) =
                if is_last { (enough, most + 1) } else { (enough, (enough * 2).min(most)) };
        }
        if enough > most {
            return None;
        }
        // The guess is often exact: then a minute less is too little.
        let almost = enough - 60;
        if almost > too_little {
            if self.is_enough(knob, almost, whole) { enough = almost } else { too_little = almost }
        }
        while enough - too_little > 60 {
            let half = too_little + ((enough - too_little) / 120).max(1) * 60;
            if self.is_enough(knob, half, whole) { enough = half } else { too_little = half }
        }
        Some(enough)
    }

    /// Is the conflict gone, or the whole plan feasible, with a change of this amount?
    fn is_enough(&mut self, knob: Knob, by: i64, whole: bool) -> bool {
        let before = self.turn(knob, by);
        let is_enough = if whole {
            self.work += self.network.len() + self.network.edges.len();
            self.network.is_feasible()
        } else {
            let path = &self.conflict.path;
            let is_single = path.nodes.len() == 1 && path.is_everywhere();
            self.work += if is_single { self.network.len() } else { path.nodes.len() };
            let is_held = |node| self.network.missing(&path.of_one(node)) == 0;
            self.network.missing(path) == 0 && (!is_single || (0..self.network.len()).all(is_held))
        };
        self.restore(before);
        is_enough
    }

    fn ends(&self) -> (usize, usize) {
        let node = |place: Option<&(usize, u32)>| place.map_or(0, |(node, _)| *node);
        (node(self.conflict.path.nodes.first()), node(self.conflict.path.nodes.last()))
    }

    /// Where a date moves to: earlier for what forces, later for what holds.
    fn moved(&self, knob: Knob, by: i64) -> (Fact, Moment) {
        let (first, last) = self.ends();
        let facts = &self.conflict.facts;
        let (fact, node, sign) = match knob {
            Knob::Source => (facts.first(), first, -1),
            _ => (facts.last(), last, 1),
        };
        let fact = fact.cloned().unwrap_or(Fact::Start { date: Moment::default() });
        let (date, is_plan) = match &fact {
            Fact::Start { date } | Fact::Finish { date } | Fact::DataDate { date } => (*date, true),
            Fact::Constraint { date, .. }
            | Fact::Deadline { date, .. }
            | Fact::Above { date, .. }
            | Fact::Placed { date, .. } => (*date, false),
            Fact::Link { .. } => (Moment::default(), false),
        };
        let calendar = if is_plan {
            &self.network.calendars[self.network.calendar]
        } else {
            self.network.calendar_of(node)
        };
        (fact, calendar.add_time(date, sign * by))
    }

    fn turn(&mut self, knob: Knob, by: i64) -> Before {
        match knob {
            Knob::Duration(node) => {
                self.network.nodes[node].duration -= by;
                Before::Duration(node, by)
            }
            Knob::Lag(edge) => {
                self.network.edges[edge as usize].lag -= by;
                Before::Lag(edge, by)
            }
            Knob::Source | Knob::Limit => self.turn_date(knob, by),
        }
    }

    fn turn_date(&mut self, knob: Knob, by: i64) -> Before {
        let (first, last) = self.ends();
        let to = self.moved(knob, by).1;
        let (source, limit) = (self.conflict.path.source, self.conflict.path.limit);
        let is_source = matches!(knob, Knob::Source);
        let network = &mut self.network;
        let ends = (network.start, network.finish, network.data_date);
        match (is_source, source, limit) {
            (true, Source::Start, _) => network.start = Some(to),
            (true, Source::DataDate, _) => network.data_date = Some(to),
            (false, _, Limit::Finish) => network.finish = Some(to),
            _ => {
                let node = if is_source { first } else { last };
                let place = network.nodes[node].special as usize;
                let Some(special) = network.specials.get_mut(place) else {
                    return Before::Ends(ends);
                };
                let before = *special;
                match (is_source, source, limit) {
                    (true, Source::Floor, _) => special.floor = Some(to),
                    // What has happened cannot be moved.
                    (true, Source::Placed, _) => {}
                    (false, _, Limit::Ceiling) => special.ceiling = Some(to),
                    (false, _, Limit::Deadline) => special.deadline = Some(to),
                    _ => special.constraint = before.constraint.moved(to),
                }
                return Before::Special(place, before);
            }
        }
        Before::Ends(ends)
    }

    fn restore(&mut self, before: Before) {
        match before {
            Before::Duration(node, by) => self.network.nodes[node].duration += by,
            Before::Lag(edge, by) => self.network.edges[edge as usize].lag += by,
            Before::Special(place, special) => self.network.specials[place] = special,
            Before::Ends((start, finish, data_date)) => {
                (self.network.start, self.network.finish) = (start, finish);
                self.network.data_date = data_date;
            }
        }
    }

    fn change(&self, knob: Knob, by: i64) -> Change {
        match knob {
            Knob::Source | Knob::Limit => {
                let (of, to) = self.moved(knob, by);
                Change::Move { of, to }
            }
            Knob::Duration(node) => {
                let from = self.network.nodes[node].duration;
                let task = uid(self.plan, &self.network, node);
                Change::Shorten { task, from, to: from - by }
            }
            Knob::Lag(edge) => {
                let place = self.conflict.path.nodes.iter().position(|(_, leads)| *leads == edge);
                let of = self.conflict.facts[place.unwrap_or(0)].clone();
                Change::Overlap { of, to: self.network.edges[edge as usize].lag - by }
            }
        }
    }
}

/// What to put back after a try.
enum Before {
    Duration(usize, i64),
    Lag(u32, i64),
    Special(usize, crate::network::Special),
    Ends((Option<Moment>, Option<Moment>, Option<Moment>)),
}

pub(crate) fn in_minutes<S: serde::Serializer>(
    seconds: &i64,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if seconds % 60 == 0 {
        serializer.serialize_i64(seconds / 60)
    } else {
        serializer.serialize_f64(*seconds as f64 / 60.0)
    }
}

fn perhaps_in_minutes<S: serde::Serializer>(
    seconds: &Option<i64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match seconds {
        Some(seconds) => in_minutes(seconds, serializer),
        None => serializer.serialize_none(),
    }
}
