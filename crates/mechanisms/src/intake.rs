//! The intake (导入): one file brought in by one turn, and taken back by one turn while nothing
//! it made has moved on.
//!
//! ```text
//! Record ─▶ recorded ─undo within 24 hours─▶ undone
//! ```

use serde::{Deserialize, Serialize};

use crate::{
    Ask, Id, Mechanism, Refuses, Stamp,
    plan::{Plan, goal::Goal, item::Item},
    require,
    roster::Power,
};

/// Hours within which an import can be undone.
pub const UNDO_HOURS: i64 = 24;

/// One import.
#[derive(Clone, Debug)]
pub struct Intake {
    pub file: String,
    /// SHA-256 of the file.
    pub hash: String,
    pub rows: i64,
    pub plan: Id<Plan>,
    pub goals: Vec<Id<Goal>>,
    pub items: Vec<Id<Item>>,
    pub recorded: Stamp,
    pub undone: Option<Stamp>,
}

#[derive(Clone, Debug)]
pub enum Command {
    Record {
        file: String,
        hash: String,
        rows: i64,
        plan: Id<Plan>,
        goals: Vec<Id<Goal>>,
        items: Vec<Id<Item>>,
    },
    /// `moved_on`: how many of its matters are no longer as they were brought in. `now`: the
    /// instant, UTC, RFC 3339.
    Undo { moved_on: i64, now: String },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Recorded {
        file: String,
        hash: String,
        rows: i64,
        plan: Id<Plan>,
        goals: Vec<Id<Goal>>,
        items: Vec<Id<Item>>,
    },
    Undone,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotRecorded,
    AlreadyRecorded,
    NoPower,
    AlreadyUndone,
    MovedOn { count: i64 },
    TooLate { hours: i64 },
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NotRecorded => "refused-intake-not-recorded",
            Self::AlreadyRecorded => "refused-intake-already-recorded",
            Self::NoPower => "refused-no-power",
            Self::AlreadyUndone => "refused-intake-already-undone",
            Self::MovedOn { .. } => "refused-intake-moved-on",
            Self::TooLate { .. } => "refused-intake-too-late",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::MovedOn { count } => vec![("count", count.to_string())],
            Self::TooLate { hours } => vec![("hours", hours.to_string())],
            _ => Vec::new(),
        }
    }
}

impl Mechanism for Intake {
    const KIND: &'static str = "intake";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(
        state: Option<&Self>,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower)?;
        let event = match (state, command) {
            (None, Command::Record { file, hash, rows, plan, goals, items }) => {
                Event::Recorded { file, hash, rows, plan, goals, items }
            }
            (None, Command::Undo { .. }) => return Err(Refusal::NotRecorded),
            (Some(_), Command::Record { .. }) => return Err(Refusal::AlreadyRecorded),
            (Some(intake), Command::Undo { moved_on, now }) => {
                require(intake.undone.is_none(), Refusal::AlreadyUndone)?;
                let hours = hours_between(&intake.recorded.at, &now);
                require(hours < UNDO_HOURS, Refusal::TooLate { hours: UNDO_HOURS })?;
                require(moved_on == 0, Refusal::MovedOn { count: moved_on })?;
                Event::Undone
            }
        };
        Ok(vec![event])
    }

    fn apply(state: Option<Self>, event: &Event, stamp: &Stamp) -> Self {
        match (state, event.clone()) {
            (None, Event::Recorded { file, hash, rows, plan, goals, items }) => {
                let recorded = stamp.clone();
                Self { file, hash, rows, plan, goals, items, recorded, undone: None }
            }
            (Some(mut intake), event) => {
                if event == Event::Undone {
                    intake.undone = Some(stamp.clone());
                }
                intake
            }
            // The journal begins every intake with its record: decide refuses anything else.
            (None, other) => unreachable!("an intake that begins with {other:?}"),
        }
    }
}

/// Whole hours from one instant to another; far past the limit where one cannot be read.
fn hours_between(from: &str, to: &str) -> i64 {
    let second = |text: &str| text.parse::<jiff::Timestamp>().map(|at| at.as_second());
    match (second(from), second(to)) {
        (Ok(from), Ok(to)) => (to - from) / 3_600,
        _ => UNDO_HOURS,
    }
}
