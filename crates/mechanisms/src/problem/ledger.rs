//! The batch ledger (批次台账): which units must file a list of problems, and the numbers given.
//!
//! ```text
//! Open ─▶ file a list ─▶ approve (numbers for life) ─▶ file a further list ─▶ …
//!             ▲   │return
//!             └───┘                 number one problem (found by others) · close
//! ```
//!
//! A list may say that nothing was found, and then what was looked at. Coverage (覆盖) is the
//! counted units of the day with an approved list, out of all of them; the missing ones by name.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::Problem;
use crate::{
    Ask, Day, Id, Mechanism, Stamp,
    roster::{Roster, Unit},
};

mod decide;
mod refusal;
#[cfg(test)]
mod tests;

pub use refusal::Refusal;

/// One batch.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// First part of its numbers.
    pub ordinal: i64,
    pub title: String,
    pub opened_on: Day,
    /// The day by which every counted unit files.
    pub file_by: Day,
    pub opened: Stamp,
    /// Lists by unit, oldest first.
    pub lists: Arc<BTreeMap<Id<Unit>, Vec<List>>>,
    /// The last number given.
    pub last: i64,
    pub closed: Option<(String, Stamp)>,
}

/// A unit's list (清单).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its place among the unit's lists, from 1.
    pub number: i64,
    pub problems: Vec<Id<Problem>>,
    /// What was looked at; must be said where nothing was found.
    pub looked_at: String,
    pub filed: Stamp,
    /// Approved or returned, with the reason.
    pub decision: Option<(bool, String, Stamp)>,
}

/// What a unit's lists amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filing {
    Missing,
    Waiting,
    Returned,
    Approved,
}

impl Filing {
    pub const ALL: &[Self] = &[Self::Missing, Self::Waiting, Self::Returned, Self::Approved];

    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Waiting => "waiting",
            Self::Returned => "returned",
            Self::Approved => "approved",
        }
    }
}

/// Who has filed, of all that must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Every counted unit of the day with what its lists amount to, by id.
    pub units: Vec<(Id<Unit>, Filing)>,
}

#[derive(Clone, Debug)]
pub enum Command {
    Open {
        ordinal: i64,
        title: String,
        file_by: Day,
    },
    Rename {
        title: String,
    },
    MoveFileBy {
        file_by: Day,
        reason: String,
    },
    FileList {
        unit: Id<Unit>,
        problems: Vec<Id<Problem>>,
        looked_at: String,
    },
    /// Approves the unit's waiting list and numbers its problems in their order.
    ApproveList {
        unit: Id<Unit>,
    },
    ReturnList {
        unit: Id<Unit>,
        reason: String,
    },
    /// Numbers one problem that others than its unit found.
    Number {
        problem: Id<Problem>,
    },
    Close {
        reason: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Opened {
        ordinal: i64,
        title: String,
        file_by: Day,
    },
    Renamed {
        title: String,
    },
    FileByMoved {
        file_by: Day,
        reason: String,
    },
    ListFiled {
        unit: Id<Unit>,
        number: i64,
        problems: Vec<Id<Problem>>,
        looked_at: String,
    },
    /// `first`: the number of the list's first problem; the others follow in order.
    ListApproved {
        unit: Id<Unit>,
        first: i64,
        count: i64,
    },
    ListReturned {
        unit: Id<Unit>,
        reason: String,
    },
    Numbered {
        problem: Id<Problem>,
        number: i64,
    },
    Closed {
        reason: String,
    },
}

impl Mechanism for Ledger {
    const KIND: &'static str = "ledger";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(
        state: Option<&Self>,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        decide::decide(state, command, ask)
    }

    fn apply(state: Option<Self>, event: &Event, stamp: &Stamp) -> Self {
        match (state, event) {
            (None, Event::Opened { ordinal, title, file_by }) => Self {
                ordinal: *ordinal,
                title: title.clone(),
                opened_on: stamp.day,
                file_by: *file_by,
                opened: stamp.clone(),
                lists: Arc::default(),
                last: 0,
                closed: None,
            },
            (Some(mut ledger), event) => {
                ledger.take(event, stamp);
                ledger
            }
            // The journal begins every ledger with its opening: decide refuses anything else.
            (None, other) => unreachable!("a ledger that begins with {other:?}"),
        }
    }
}

impl Ledger {
    fn take(&mut self, event: &Event, stamp: &Stamp) {
        match event {
            Event::Opened { .. } => {}
            Event::Renamed { title } => self.title.clone_from(title),
            Event::FileByMoved { file_by, .. } => self.file_by = *file_by,
            Event::ListFiled { unit, number, problems, looked_at } => {
                let list = List {
                    number: *number,
                    problems: problems.clone(),
                    looked_at: looked_at.clone(),
                    filed: stamp.clone(),
                    decision: None,
                };
                Arc::make_mut(&mut self.lists).entry(*unit).or_default().push(list);
            }
            Event::ListApproved { unit, first, count } => {
                self.settle(*unit, (true, String::new(), stamp.clone()));
                self.last = self.last.max(first + count - 1);
            }
            Event::ListReturned { unit, reason } => {
                self.settle(*unit, (false, reason.clone(), stamp.clone()));
            }
            Event::Numbered { number, .. } => self.last = self.last.max(*number),
            Event::Closed { reason } => self.closed = Some((reason.clone(), stamp.clone())),
        }
    }

    fn settle(&mut self, unit: Id<Unit>, decision: (bool, String, Stamp)) {
        let lists = Arc::make_mut(&mut self.lists).get_mut(&unit);
        if let Some(list) = lists.and_then(|lists| lists.last_mut()) {
            list.decision = Some(decision);
        }
    }

    /// The list of a unit that waits for a decision.
    pub fn waiting_list(&self, unit: Id<Unit>) -> Option<&List> {
        self.lists.get(&unit)?.last().filter(|list| list.decision.is_none())
    }

    /// The number a place in the ledger has: 2-118.
    pub fn number(&self, place: i64) -> String {
        format!("{}-{place:03}", self.ordinal)
    }

    /// What a unit's lists amount to.
    pub fn filing(&self, unit: Id<Unit>) -> Filing {
        let lists = self.lists.get(&unit).map_or(&[][..], Vec::as_slice);
        let approved = |list: &List| list.decision.as_ref().is_some_and(|decision| decision.0);
        match lists.last() {
            None => Filing::Missing,
            _ if lists.iter().any(approved) => Filing::Approved,
            Some(list) if list.decision.is_none() => Filing::Waiting,
            Some(_) => Filing::Returned,
        }
    }

    /// The counted units that exist on a day, and whether each has an approved list.
    pub fn coverage(&self, roster: &Roster, day: Day) -> Coverage {
        let exists = |unit: &Unit| unit.from <= day && unit.to.is_none_or(|to| day <= to);
        let counted = roster.units().filter(|(_, unit)| unit.kind.is_counted() && exists(unit));
        Coverage { units: counted.map(|(id, _)| (id, self.filing(id))).collect() }
    }
}

impl Coverage {
    pub fn all(&self) -> usize {
        self.units.len()
    }

    /// Units with an approved list.
    pub fn covered(&self) -> usize {
        self.units.iter().filter(|(_, filing)| *filing == Filing::Approved).count()
    }

    /// Units without one.
    pub fn uncovered(&self) -> impl Iterator<Item = (Id<Unit>, Filing)> {
        self.units.iter().copied().filter(|(_, filing)| *filing != Filing::Approved)
    }
}
