//! The plan (四个干运行图): the chart of one unit for one year, its goals, and their items.
//!
//! ```text
//! plan ─▶ goals (goal.rs) ─▶ work items (item.rs) ─▶ milestones, reports, closing
//! ```
//!
//! A unit below may have a plan of its own whose items hang under an item above: one level
//! grips the next.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    Ask, Id, Mechanism, Refuses, Stamp, require,
    roster::{Power, Unit},
};

pub mod goal;
pub mod item;
pub mod phrases;

/// The chart of one unit for one year.
#[derive(Clone, Debug)]
pub struct Plan {
    pub year: i64,
    pub title: String,
    pub unit: Id<Unit>,
    /// The plan of the level above, where there is one.
    pub parent: Option<Id<Plan>>,
    /// Goals by their number.
    pub goals: Arc<BTreeMap<String, Id<goal::Goal>>>,
    /// The plans of units below that hang under this one.
    pub branches: Arc<BTreeMap<Id<Unit>, Id<Plan>>>,
    pub withdrawn: bool,
}

#[derive(Clone, Debug)]
pub enum Command {
    Open {
        year: i64,
        title: String,
        unit: Id<Unit>,
        parent: Option<Id<Plan>>,
    },
    Rename {
        title: String,
    },
    /// A goal takes its number in the plan; asked in the turn that drafts the goal.
    Number {
        number: String,
        goal: Id<goal::Goal>,
    },
    /// Gives numbers back when an import is undone.
    Unnumber {
        number: String,
    },
    /// A unit's own plan hangs under this one; asked in the turn that opens it.
    Branch {
        unit: Id<Unit>,
        plan: Id<Plan>,
    },
    Withdraw,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Opened { year: i64, title: String, unit: Id<Unit>, parent: Option<Id<Plan>> },
    Renamed { title: String },
    Numbered { number: String, goal: Id<goal::Goal> },
    Unnumbered { number: String },
    Branched { unit: Id<Unit>, plan: Id<Plan> },
    Withdrawn,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotOpened,
    AlreadyOpened,
    NoPower,
    TitleMissing,
    YearOutOfRange {
        year: i64,
    },
    NoSuchUnit,
    NumberMissing,
    NumberTaken {
        number: String,
    },
    /// The unit has a plan under this one already.
    BranchTaken,
    Withdrawn,
    HasGoals {
        count: usize,
    },
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NotOpened => "refused-plan-not-opened",
            Self::AlreadyOpened => "refused-plan-already-opened",
            Self::NoPower => "refused-no-power",
            Self::TitleMissing => "refused-title-missing",
            Self::YearOutOfRange { .. } => "refused-year-out-of-range",
            Self::NoSuchUnit => "refused-no-such-unit",
            Self::NumberMissing => "refused-number-missing",
            Self::NumberTaken { .. } => "refused-number-taken",
            Self::BranchTaken => "refused-branch-taken",
            Self::Withdrawn => "refused-plan-withdrawn",
            Self::HasGoals { .. } => "refused-plan-has-goals",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::YearOutOfRange { year } => vec![("year", year.to_string())],
            Self::NumberTaken { number } => vec![("number", number.clone())],
            Self::HasGoals { count } => vec![("count", count.to_string())],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::TitleMissing => Some("title"),
            Self::YearOutOfRange { .. } => Some("year"),
            Self::NoSuchUnit => Some("unit"),
            Self::NumberMissing | Self::NumberTaken { .. } => Some("number"),
            _ => None,
        }
    }
}

/// Who may draft in the plan of a unit: the supervision office, or a head at or above the unit.
pub(crate) fn may_draft(unit: Id<Unit>, ask: &Ask<'_>) -> bool {
    let heads = ask
        .roster
        .post(ask.by.post)
        .is_some_and(|post| post.head && ask.roster.unit_and_ancestors(unit).contains(&post.unit));
    heads || ask.roster.may(ask.by, Power::Register)
}

impl Mechanism for Plan {
    const KIND: &'static str = "plan";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(
        state: Option<&Self>,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let Some(plan) = state else {
            let Command::Open { year, title, unit, parent } = command else {
                return Err(Refusal::NotOpened);
            };
            require(ask.roster.unit(unit).is_some(), Refusal::NoSuchUnit)?;
            require(may_draft(unit, ask), Refusal::NoPower)?;
            require(!title.trim().is_empty(), Refusal::TitleMissing)?;
            require((1949..=2100).contains(&year), Refusal::YearOutOfRange { year })?;
            return Ok(vec![Event::Opened { year, title, unit, parent }]);
        };
        require(!plan.withdrawn, Refusal::Withdrawn)?;
        if let Command::Branch { unit, plan: lower } = command {
            require(may_draft(unit, ask), Refusal::NoPower)?;
            require(unit != plan.unit, Refusal::BranchTaken)?;
            require(!plan.branches.contains_key(&unit), Refusal::BranchTaken)?;
            return Ok(vec![Event::Branched { unit, plan: lower }]);
        }
        require(may_draft(plan.unit, ask), Refusal::NoPower)?;
        Ok(vec![match command {
            Command::Open { .. } | Command::Branch { .. } => return Err(Refusal::AlreadyOpened),
            Command::Rename { title } => {
                require(!title.trim().is_empty(), Refusal::TitleMissing)?;
                Event::Renamed { title }
            }
            Command::Number { number, goal } => {
                require(!number.trim().is_empty(), Refusal::NumberMissing)?;
                let taken = plan.goals.contains_key(&number);
                require(!taken, Refusal::NumberTaken { number: number.clone() })?;
                Event::Numbered { number, goal }
            }
            Command::Unnumber { number } => Event::Unnumbered { number },
            Command::Withdraw => {
                let count = plan.goals.len();
                require(count == 0, Refusal::HasGoals { count })?;
                Event::Withdrawn
            }
        }])
    }

    fn apply(state: Option<Self>, event: &Event, _: &Stamp) -> Self {
        match (state, event.clone()) {
            (None, Event::Opened { year, title, unit, parent }) => {
                let (goals, branches) = (Arc::default(), Arc::default());
                Self { year, title, unit, parent, goals, branches, withdrawn: false }
            }
            (Some(mut plan), event) => {
                match event {
                    Event::Opened { .. } => {}
                    Event::Renamed { title } => plan.title = title,
                    Event::Numbered { number, goal } => {
                        Arc::make_mut(&mut plan.goals).insert(number, goal);
                    }
                    Event::Unnumbered { number } => {
                        Arc::make_mut(&mut plan.goals).remove(&number);
                    }
                    Event::Branched { unit, plan: lower } => {
                        Arc::make_mut(&mut plan.branches).insert(unit, lower);
                    }
                    Event::Withdrawn => plan.withdrawn = true,
                }
                plan
            }
            // The journal begins every plan with its opening: decide refuses anything else.
            (None, other) => unreachable!("a plan that begins with {other:?}"),
        }
    }
}
