//! The facts a plan rests on, and whether all of them can hold at once.
//!
//! Links win here, unlike in the passes: each task starts as early as the lower facts force it,
//! and every upper fact is held against that. Working time is a function that never falls, so
//! this earliest schedule breaks an upper fact if and only if every schedule breaks one.

use calendar::{Calendar, Moment};
use serde::Serialize;

use crate::{
    Constraint, Kind, Mode, Network,
    network::{Edge, Node},
};

/// One thing that fixes dates: what an officer could change. Tasks are named by their numbers.
///
/// ```
/// use schedule::Fact;
/// let due = Fact::Deadline { task: 7, date: "2015-11-20T17:00".parse()? };
/// assert_eq!(
///     serde_json::to_string(&due)?,
///     r#"{"fact":"deadline","task":7,"date":"2015-11-20T17:00"}"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// Work begins no earlier than the plan's start.
    Start {
        /// The plan's start.
        date: Moment,
    },
    /// All of it is finished by the plan's deadline.
    Finish {
        /// The plan's deadline.
        date: Moment,
    },
    /// What is not done by the data date is done after it.
    DataDate {
        /// The data date.
        date: Moment,
    },
    /// A task's constraint.
    Constraint {
        /// The task.
        task: i64,
        /// MSO, MFO, SNET, SNLT, FNET or FNLT.
        constraint: &'static str,
        /// Its date.
        date: Moment,
    },
    /// A task's deadline.
    Deadline {
        /// The task.
        task: i64,
        /// Its date.
        date: Moment,
    },
    /// What a summary task above fixes: its constraint or its deadline.
    Above {
        /// The task below.
        task: i64,
        /// The date it may not start before, or not be finished after.
        date: Moment,
    },
    /// A task placed by hand, or in another plan, or begun.
    Placed {
        /// The task.
        task: i64,
        /// When it starts, or started.
        date: Moment,
    },
    /// A link.
    Link {
        /// The predecessor.
        from: i64,
        /// The successor.
        to: i64,
        /// FS, SS, FF or SF.
        kind: Kind,
        /// Its lag, in minutes.
        lag_min: f64,
    },
}

/// What forces a task from below without any link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Start,
    DataDate,
    Floor,
    Constraint,
    Placed,
}

/// What holds a task from above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Finish,
    Ceiling,
    Deadline,
    Constraint,
}

/// An upper fact that is broken: by how many working seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Broken {
    pub(crate) limit: Limit,
    pub(crate) by: i64,
}

impl Network {
    pub(crate) fn ends(&self, node: usize, start: Moment) -> Moment {
        match (self.special(node).mode, self.special(node).progress.finished) {
            (Mode::Manual { finish, .. } | Mode::External { finish, .. }, _) => finish,
            (_, Some(finished)) => finished,
            _ => shifted(&self.nodes[node], self.calendar_of(node), start, self.left(node)),
        }
    }

    fn left(&self, node: usize) -> i64 {
        let (at, special) = (&self.nodes[node], self.special(node));
        match (special.progress.started, special.progress.remaining, self.data_date) {
            (Some(_), Some(left), Some(_)) => left,
            _ => at.duration,
        }
    }

    /// Is the task's start beyond what links can do to it?
    pub(crate) fn is_placed(&self, node: usize) -> bool {
        let special = self.special(node);
        let is_auto = matches!(special.mode, Mode::Auto | Mode::Inactive);
        !is_auto || special.progress.started.is_some()
    }

    /// Every lower fact of a task that is no link, with the start it forces.
    pub(crate) fn sources(&self, node: usize) -> impl Iterator<Item = (Source, Moment)> {
        let (at, special, calendar) =
            (&self.nodes[node], self.special(node), self.calendar_of(node));
        let opens = |moment: Moment| open(at, calendar, moment);
        if self.is_placed(node) {
            let placed = match (special.mode, special.progress.started, self.data_date) {
                (Mode::Manual { start, .. } | Mode::External { start, .. }, ..) => Some(start),
                (_, Some(started), Some(date)) if special.progress.finished.is_none() => {
                    Some(opens(started.max(date)))
                }
                (_, started, _) => started,
            };
            let is_open = special.mode == Mode::Auto && special.progress.finished.is_none();
            let ends = match special.constraint {
                Constraint::FinishNoEarlier(date) if is_open => {
                    Some(shifted(at, calendar, date, -self.left(node)))
                }
                _ => None,
            };
            let by_constraint = ends.map(|start| (Source::Constraint, start));
            return [placed.map(|start| (Source::Placed, start)), by_constraint, None, None]
                .into_iter()
                .flatten();
        }
        let by_constraint = match special.constraint {
            Constraint::MustStart(date) | Constraint::StartNoEarlier(date) => Some(date),
            Constraint::MustFinish(date) | Constraint::FinishNoEarlier(date) => {
                Some(shifted(at, calendar, date, -at.duration))
            }
            _ => None,
        };
        [
            by_constraint.map(|start| (Source::Constraint, start)),
            special.floor.map(|floor| (Source::Floor, opens(floor))),
            self.data_date.map(|date| (Source::DataDate, opens(date))),
            self.start.map(|start| (Source::Start, opens(start) + special.delay)),
        ]
        .into_iter()
        .flatten()
    }

    /// Every upper fact of a task: whether its start is held, or its finish, and the date.
    pub(crate) fn limits(&self, node: usize) -> impl Iterator<Item = (Limit, bool, Moment)> {
        let (at, special, calendar) =
            (&self.nodes[node], self.special(node), self.calendar_of(node));
        let is_open = special.progress.finished.is_none();
        let is_placed = self.is_placed(node);
        let by_constraint = match special.constraint {
            _ if matches!(special.mode, Mode::External { .. }) => None,
            // Where it starts is no longer asked; when it is finished is.
            Constraint::MustStart(date) | Constraint::StartNoLater(date) if is_placed => {
                Some((false, shifted(at, calendar, date, at.duration)))
            }
            Constraint::MustFinish(date) if is_placed => Some((false, date)),
            Constraint::MustStart(date) | Constraint::StartNoLater(date) => Some((true, date)),
            Constraint::MustFinish(date) => Some((true, shifted(at, calendar, date, -at.duration))),
            Constraint::FinishNoLater(date) => Some((false, date)),
            _ => None,
        };
        [
            by_constraint.map(|(is_start, date)| (Limit::Constraint, is_start, date)),
            special.deadline.map(|date| (Limit::Deadline, false, date)),
            special.ceiling.map(|date| (Limit::Ceiling, false, date)),
            self.finish.map(|date| (Limit::Finish, false, date)),
        ]
        .into_iter()
        .flatten()
        .filter(move |_| is_open)
    }

    /// The start a link forces on its successor, the predecessor's start being forced.
    pub(crate) fn forced_by(&self, node: usize, edge: &Edge, pred_start: Moment) -> Moment {
        let (at, calendar) = (&self.nodes[node], self.calendar_of(node));
        let pred_finish = self.ends(edge.from as usize, pred_start);
        let bound = match edge.kind {
            Kind::FinishStart => lagged(calendar, pred_finish, edge),
            Kind::StartStart => lagged(calendar, pred_start, edge),
            Kind::FinishFinish => {
                lagged(calendar, shifted(at, calendar, pred_finish, -at.duration), edge)
            }
            Kind::StartFinish => {
                lagged(calendar, shifted(at, calendar, pred_start, -at.duration), edge)
            }
        };
        open(at, calendar, bound)
    }

    /// The upper facts of a task that a start breaks.
    pub(crate) fn broken(&self, node: usize, start: Moment) -> impl Iterator<Item = Broken> {
        let calendar = self.calendar_of(node);
        let finish = self.ends(node, start);
        self.limits(node).filter_map(move |(limit, is_start, date)| {
            let reached = if is_start { start } else { finish };
            let by = calendar.worked_between(date, reached);
            (by > 0).then_some(Broken { limit, by })
        })
    }

    /// The start every task is forced to when all facts hold from below; none is forced by none.
    pub(crate) fn forced(&self) -> Vec<Option<Moment>> {
        let mut forced: Vec<Option<Moment>> = Vec::with_capacity(self.len());
        for node in 0..self.len() {
            let mut start = self.sources(node).map(|(_, start)| start).max();
            if !self.is_placed(node) {
                for edge in self.links(node) {
                    if let Some(pred) = forced[edge.from as usize] {
                        start = start.max(Some(self.forced_by(node, edge, pred)));
                    }
                }
            }
            forced.push(start);
        }
        forced
    }

    /// Can all facts hold at once?
    pub(crate) fn is_feasible(&self) -> bool {
        let forced = self.forced();
        (0..self.len()).all(|node| match forced[node] {
            Some(start) => self.broken(node, start).next().is_none(),
            None => true,
        })
    }
}

pub(crate) fn shifted(at: &Node, calendar: &Calendar, moment: Moment, seconds: i64) -> Moment {
    if at.is_elapsed { moment + seconds } else { calendar.add_time(moment, seconds) }
}

fn open(at: &Node, calendar: &Calendar, moment: Moment) -> Moment {
    if at.is_milestone && calendar.is_finish(moment) { moment } else { calendar.next_start(moment) }
}

fn lagged(calendar: &Calendar, moment: Moment, edge: &Edge) -> Moment {
    if edge.is_elapsed { moment + edge.lag } else { calendar.add_time(moment, edge.lag) }
}
