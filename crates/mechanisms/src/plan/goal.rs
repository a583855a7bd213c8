//! The goal (目标): what a plan wants to reach; its items are how.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Plan, item::Item, may_draft};
use crate::{
    Ask, Id, Mechanism, Refuses, Stamp, require,
    roster::{Post, Unit},
};

/// A goal of a plan.
#[derive(Clone, Debug)]
pub struct Goal {
    pub plan: Id<Plan>,
    /// The unit whose plan this is.
    pub unit: Id<Unit>,
    pub number: String,
    /// 领域.
    pub area: String,
    pub title: String,
    pub sponsor: Option<Id<Post>>,
    /// Items by their number.
    pub items: Arc<BTreeMap<String, Id<Item>>>,
    /// How many times it was amended.
    pub version: i64,
    pub withdrawn: bool,
}

#[derive(Clone, Debug)]
pub enum Command {
    Draft {
        plan: Id<Plan>,
        unit: Id<Unit>,
        number: String,
        area: String,
        title: String,
        sponsor: Option<Id<Post>>,
    },
    Amend {
        base: i64,
        area: String,
        title: String,
        sponsor: Option<Id<Post>>,
    },
    /// An item takes its number; asked in the turn that drafts the item.
    Number {
        number: String,
        item: Id<Item>,
    },
    Unnumber {
        number: String,
    },
    Withdraw,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Drafted {
        plan: Id<Plan>,
        unit: Id<Unit>,
        number: String,
        area: String,
        title: String,
        sponsor: Option<Id<Post>>,
    },
    Amended {
        area: String,
        title: String,
        sponsor: Option<Id<Post>>,
    },
    Numbered {
        number: String,
        item: Id<Item>,
    },
    Unnumbered {
        number: String,
    },
    Withdrawn,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotDrafted,
    AlreadyDrafted,
    NoPower,
    TitleMissing,
    NumberMissing,
    NumberTaken { number: String },
    NoSuchPost,
    Changed { base: i64, now: i64 },
    Withdrawn,
    HasItems { count: usize },
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NotDrafted => "refused-goal-not-drafted",
            Self::AlreadyDrafted => "refused-already-drafted",
            Self::NoPower => "refused-no-power",
            Self::TitleMissing => "refused-title-missing",
            Self::NumberMissing => "refused-number-missing",
            Self::NumberTaken { .. } => "refused-number-taken",
            Self::NoSuchPost => "refused-no-such-post",
            Self::Changed { .. } => "refused-changed",
            Self::Withdrawn => "refused-goal-withdrawn",
            Self::HasItems { .. } => "refused-goal-has-items",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NumberTaken { number } => vec![("number", number.clone())],
            Self::Changed { base, now } => {
                vec![("base", base.to_string()), ("now", now.to_string())]
            }
            Self::HasItems { count } => vec![("count", count.to_string())],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::TitleMissing => Some("title"),
            Self::NumberMissing | Self::NumberTaken { .. } => Some("number"),
            Self::NoSuchPost => Some("sponsor"),
            _ => None,
        }
    }
}

impl Mechanism for Goal {
    const KIND: &'static str = "goal";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(
        state: Option<&Self>,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let known =
            |post: Option<Id<Post>>| post.is_none_or(|post| ask.roster.post(post).is_some());
        let Some(goal) = state else {
            let Command::Draft { plan, unit, number, area, title, sponsor } = command else {
                return Err(Refusal::NotDrafted);
            };
            require(may_draft(unit, ask), Refusal::NoPower)?;
            require(!number.trim().is_empty(), Refusal::NumberMissing)?;
            require(!title.trim().is_empty(), Refusal::TitleMissing)?;
            require(known(sponsor), Refusal::NoSuchPost)?;
            return Ok(vec![Event::Drafted { plan, unit, number, area, title, sponsor }]);
        };
        require(may_draft(goal.unit, ask), Refusal::NoPower)?;
        require(!goal.withdrawn, Refusal::Withdrawn)?;
        Ok(vec![match command {
            Command::Draft { .. } => return Err(Refusal::AlreadyDrafted),
            Command::Amend { base, area, title, sponsor } => {
                require(base == goal.version, Refusal::Changed { base, now: goal.version })?;
                require(!title.trim().is_empty(), Refusal::TitleMissing)?;
                require(known(sponsor), Refusal::NoSuchPost)?;
                Event::Amended { area, title, sponsor }
            }
            Command::Number { number, item } => {
                require(!number.trim().is_empty(), Refusal::NumberMissing)?;
                let taken = goal.items.contains_key(&number);
                require(!taken, Refusal::NumberTaken { number: number.clone() })?;
                Event::Numbered { number, item }
            }
            Command::Unnumber { number } => Event::Unnumbered { number },
            Command::Withdraw => {
                let count = goal.items.len();
                require(count == 0, Refusal::HasItems { count })?;
                Event::Withdrawn
            }
        }])
    }

    fn apply(state: Option<Self>, event: &Event, _: &Stamp) -> Self {
        match (state, event.clone()) {
            (None, Event::Drafted { plan, unit, number, area, title, sponsor }) => {
                let items = Arc::default();
                let withdrawn = false;
                Self { plan, unit, number, area, title, sponsor, items, version: 0, withdrawn }
            }
            (Some(mut goal), event) => {
                match event {
                    Event::Drafted { .. } => {}
                    Event::Amended { area, title, sponsor } => {
                        (goal.area, goal.title, goal.sponsor) = (area, title, sponsor);
                        goal.version += 1;
                    }
                    Event::Numbered { number, item } => {
                        Arc::make_mut(&mut goal.items).insert(number, item);
                    }
                    Event::Unnumbered { number } => {
                        Arc::make_mut(&mut goal.items).remove(&number);
                    }
                    Event::Withdrawn => goal.withdrawn = true,
                }
                goal
            }
            // The journal begins every goal with its draft: decide refuses anything else.
            (None, other) => unreachable!("a goal that begins with {other:?}"),
        }
    }
}
