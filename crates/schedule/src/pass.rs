//! The two passes: forward to the early dates, backward to the late ones.
//!
//! The rules are Microsoft Project's. Forward, a task starts when the last of what it waits for
//! lets it, and a constraint's date goes before the links. Backward, a task must be finished
//! before the first of what waits for it, and never after the plan's finish. Tasks as late as
//! possible take their late dates, and those who wait for them move with them.

mod late;

use calendar::{BadInput, Calendar, Expected, Moment, Place};

use crate::{
    Constraint, Kind, Mode, Network,
    network::{Edge, NONE, Node, Special},
    swift,
};

/// Early and late dates of every node of a network.
///
/// ```
/// use calendar::Calendar;
/// use schedule::{Network, Passes};
///
/// // Two tasks of one and two minutes, the second waiting for the first.
/// let start = "2015-11-20T00:00".parse()?;
/// let network = Network::plain(Calendar::continuous(), start, &[60, 120], &[0, 0, 1], &[0])?;
/// let passes = Passes::run(&network)?;
/// assert_eq!(passes.late_start(1), passes.early_start(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passes {
    pub(crate) es: Vec<Moment>,
    pub(crate) ef: Vec<Moment>,
    pub(crate) ls: Vec<Moment>,
    pub(crate) lf: Vec<Moment>,
    /// When the plan begins, and by when all of it must be finished.
    pub(crate) start: Moment,
    pub(crate) finish: Moment,
}

impl Passes {
    /// Runs both passes, and a third forward where tasks are as late as possible.
    ///
    /// # Errors
    /// A date past the year 9999, named with its task's place.
    ///
    /// ```
    /// # use schedule::{Network, Passes, Plan};
    /// let plan = Plan::starting("2015-11-20T08:00".parse()?);
    /// assert!(Passes::run(&Network::of(&plan)?).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn run(network: &Network) -> Result<Self, BadInput> {
        let passes = Self::run_unchecked(network);
        passes.check(network)?;
        Ok(passes)
    }

    pub(crate) fn run_unchecked(network: &Network) -> Self {
        let mut passes = Self::blank(network);
        if swift::fits(network) {
            swift::run(network, &mut passes);
        } else if network.is_backward {
            passes.run_backward(network);
        } else {
            passes.forward(network, false);
            passes.finish = network.finish.unwrap_or_else(|| passes.last(network));
            passes.backward(network);
            if network.has_late_tasks() {
                passes.forward(network, true);
            }
        }
        passes
    }

    /// From the deadline: the late dates first. A plan without a start begins when its first
    /// task must.
    fn run_backward(&mut self, network: &Network) {
        self.finish = network.finish.unwrap_or(self.start);
        if network.start.is_none() {
            self.backward(network);
            self.start = self.first();
        }
        self.forward(network, false);
        self.backward(network);
    }

    /// The early dates alone.
    pub(crate) fn forward_only(network: &Network) -> Result<Self, BadInput> {
        let mut passes = Self::blank(network);
        if network.is_backward && network.start.is_none() {
            passes.run_backward(network);
        }
        passes.forward(network, false);
        passes.check(network)?;
        Ok(passes)
    }

    fn blank(network: &Network) -> Self {
        let start = network.start.or(network.finish).unwrap_or_default();
        let dates = || vec![start; network.len()];
        let (es, ef, ls, lf) = (dates(), dates(), dates(), dates());
        Self { es, ef, ls, lf, start, finish: start }
    }

    /// When a task can start at the earliest.
    ///
    /// ```
    /// # use schedule::{Network, Passes, Plan, Task};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(1, "a", 3600));
    /// # let passes = Passes::run(&Network::of(&plan).unwrap()).unwrap();
    /// assert_eq!(passes.early_start(0).to_string(), "2015-11-20T08:00");
    /// ```
    pub fn early_start(&self, node: usize) -> Moment {
        self.es[node]
    }

    /// When a task can be finished at the earliest.
    ///
    /// ```
    /// # use schedule::{Network, Passes, Plan, Task};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(1, "a", 3600));
    /// # let passes = Passes::run(&Network::of(&plan).unwrap()).unwrap();
    /// assert_eq!(passes.early_finish(0).to_string(), "2015-11-20T09:00");
    /// ```
    pub fn early_finish(&self, node: usize) -> Moment {
        self.ef[node]
    }

    /// When a task must start at the latest.
    ///
    /// ```
    /// # use schedule::{Network, Passes, Plan, Task};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(1, "a", 3600));
    /// # let passes = Passes::run(&Network::of(&plan).unwrap()).unwrap();
    /// assert_eq!(passes.late_start(0).to_string(), "2015-11-20T08:00");
    /// ```
    pub fn late_start(&self, node: usize) -> Moment {
        self.ls[node]
    }

    /// When a task must be finished at the latest.
    ///
    /// ```
    /// # use schedule::{Network, Passes, Plan, Task};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(1, "a", 3600));
    /// # let passes = Passes::run(&Network::of(&plan).unwrap()).unwrap();
    /// assert_eq!(passes.late_finish(0).to_string(), "2015-11-20T09:00");
    /// ```
    pub fn late_finish(&self, node: usize) -> Moment {
        self.lf[node]
    }

    pub(crate) fn first(&self) -> Moment {
        self.ls.iter().copied().min().unwrap_or(self.finish)
    }

    pub(crate) fn last(&self, network: &Network) -> Moment {
        let active = self.ef.iter().copied().max();
        active.unwrap_or_else(|| network.start.unwrap_or_default())
    }

    pub(crate) fn forward(&mut self, network: &Network, late_known: bool) {
        for node in 0..network.len() {
            let (es, ef) = network.early(self, node, late_known);
            (self.es[node], self.ef[node]) = (es, ef);
        }
    }

    pub(crate) fn backward(&mut self, network: &Network) {
        self.lf.fill(NEVER);
        for node in (0..network.len()).rev() {
            (self.ls[node], self.lf[node]) = network.late(self, node, self.lf[node]);
            network.push_back(self, node, |passes, pred, bound| {
                passes.lf[pred] = passes.lf[pred].min(bound);
            });
        }
    }

    fn check(&self, network: &Network) -> Result<(), BadInput> {
        match self.out_of_reach(network) {
            None => Ok(()),
            Some(task) => {
                let found = format!("a date out of reach for entry {task}");
                Err(BadInput::new(Place::File, "duration_min", found, Expected::Writable))
            }
        }
    }

    /// The first task with a date that cannot be written, by its place in the plan.
    pub(crate) fn out_of_reach(&self, network: &Network) -> Option<usize> {
        let writable = |moments: &[Moment]| {
            let ends = |(least, most): (i64, i64), at: &Moment| (least.min(at.0), most.max(at.0));
            let (least, most) = moments.iter().fold((i64::MAX, i64::MIN), ends);
            moments.is_empty() || (Moment(least).is_writable() && Moment(most).is_writable())
        };
        if [&self.es, &self.ef, &self.ls, &self.lf].iter().all(|moments| writable(moments)) {
            return None;
        }
        let outside = |node: &usize| {
            let dates = [self.es[*node], self.ef[*node], self.ls[*node], self.lf[*node]];
            !dates.iter().all(|date| date.is_writable())
        };
        (0..network.len()).find(outside).map(|node| network.tasks[node] as usize)
    }
}

/// Later than everything: no successor has spoken yet.
pub(crate) const NEVER: Moment = Moment(i64::MAX);

impl Network {
    pub(crate) fn has_late_tasks(&self) -> bool {
        self.specials.iter().any(|one| one.constraint == Constraint::AsLateAsPossible)
    }

    /// The early dates of one node, its predecessors' being known.
    pub(crate) fn early(&self, dates: &Passes, node: usize, late_known: bool) -> (Moment, Moment) {
        let (at, special, calendar) =
            (&self.nodes[node], self.special(node), self.calendar_of(node));
        if let Mode::Manual { start, finish } | Mode::External { start, finish } = special.mode {
            return (start, finish);
        }
        if let Some(started) = special.progress.started {
            return self.begun(at, special, calendar, started);
        }
        let constraint = special.constraint;
        let links = self.links(node);
        let mut finish = None;
        let driven = if links.is_empty() {
            match constraint {
                Constraint::StartNoEarlier(date) => date,
                Constraint::FinishNoEarlier(date) => {
                    finish = Some(date);
                    minus(at, calendar, date)
                }
                _ if special.delay == 0 => next_start(at, calendar, dates.start),
                _ => next_start(at, calendar, dates.start) + special.delay,
            }
        } else {
            let bound = |edge: &Edge| self.start_bound(dates, node, edge, late_known);
            links.iter().map(bound).max().unwrap_or(dates.start)
        };
        let floored = special.floor.map_or(driven, |floor| driven.max(floor));
        let finish = finish.filter(|_| floored == driven);
        let driven = floored;
        if at.special == NONE && self.data_date.is_none() && !at.is_elapsed && !at.is_milestone {
            return calendar.span_from(driven, at.duration);
        }
        let (mut start, mut finish) = (next_start(at, calendar, driven), finish);
        match constraint {
            Constraint::AsSoonAsPossible | Constraint::AsLateAsPossible => {}
            Constraint::StartNoEarlier(date) => start = start.max(date),
            Constraint::FinishNoEarlier(date) => start = start.max(minus(at, calendar, date)),
            Constraint::StartNoLater(date) => start = start.min(date),
            Constraint::FinishNoLater(date) => start = start.min(minus(at, calendar, date)),
            Constraint::MustStart(date) => start = date,
            Constraint::MustFinish(date) => {
                finish = Some(date);
                start = minus(at, calendar, date);
            }
        }
        if let Some(date) = self.data_date.filter(|date| start < *date) {
            // What is not begun by then cannot begin before then.
            (start, finish) = (next_start(at, calendar, date), None);
        }
        (start, finish.unwrap_or_else(|| plus(at, calendar, start)))
    }

    /// The dates of a task that has begun: what is done stays, what remains is done after the
    /// data date.
    fn begun(
        &self,
        at: &Node,
        special: &Special,
        calendar: &Calendar,
        started: Moment,
    ) -> (Moment, Moment) {
        if let Some(finished) = special.progress.finished {
            return (started, finished);
        }
        let whole = plus(at, calendar, started);
        let finish = match (self.data_date, special.progress.remaining) {
            (Some(date), Some(left)) => {
                let resumed = next_start(at, calendar, started.max(date));
                shifted(at, calendar, resumed, left)
            }
            (Some(date), None) => whole.max(next_start(at, calendar, date)),
            (None, _) => whole,
        };
        match special.constraint {
            Constraint::FinishNoEarlier(date) => (started, finish.max(date)),
            _ => (started, finish),
        }
    }

    /// When a link lets its successor start.
    pub(crate) fn start_bound(
        &self,
        dates: &Passes,
        node: usize,
        edge: &Edge,
        late_known: bool,
    ) -> Moment {
        let pred = edge.from as usize;
        let (at, calendar) = (&self.nodes[node], self.calendar_of(node));
        let is_late = late_known
            && self.special(pred).constraint == Constraint::AsLateAsPossible
            && self.special(pred).progress.finished.is_none()
            && self.special(node).constraint != Constraint::AsLateAsPossible;
        let (start, finish) = if is_late {
            (self.special(pred).progress.started.unwrap_or(dates.ls[pred]), dates.lf[pred])
        } else {
            (dates.es[pred], dates.ef[pred])
        };
        match edge.kind {
            Kind::FinishStart => lagged(calendar, finish, edge, 1),
            Kind::StartStart => lagged(calendar, start, edge, 1),
            Kind::FinishFinish => {
                let left = self.remaining(node);
                let begins = shifted(at, calendar, finish, -left);
                lagged(calendar, begins, edge, 1).max(dates.start)
            }
            Kind::StartFinish => lagged(calendar, minus(at, calendar, start), edge, 1),
        }
    }

    pub(crate) fn remaining(&self, node: usize) -> i64 {
        let progress = &self.special(node).progress;
        let duration = self.nodes[node].duration;
        match (progress.finished, progress.remaining) {
            (Some(_), _) => 0,
            (None, Some(left)) => left,
            (None, None) => duration,
        }
    }
}

fn next_start(at: &Node, calendar: &Calendar, moment: Moment) -> Moment {
    // A milestone can stand at the end of a range.
    if at.is_milestone && calendar.is_finish(moment) { moment } else { calendar.next_start(moment) }
}

fn plus(at: &Node, calendar: &Calendar, start: Moment) -> Moment {
    shifted(at, calendar, start, at.duration)
}

fn minus(at: &Node, calendar: &Calendar, finish: Moment) -> Moment {
    shifted(at, calendar, finish, -at.duration)
}

fn shifted(at: &Node, calendar: &Calendar, moment: Moment, seconds: i64) -> Moment {
    if at.is_elapsed { moment + seconds } else { calendar.add_time(moment, seconds) }
}

/// A moment with a link's lag added, or taken away where the sign is -1.
fn lagged(calendar: &Calendar, moment: Moment, edge: &Edge, sign: i64) -> Moment {
    match edge.lag {
        0 => moment,
        lag if edge.is_elapsed => moment + sign * lag,
        lag => calendar.add_time(moment, sign * lag),
    }
}
