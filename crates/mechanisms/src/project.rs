//! The key project (重点项目): one leader, one team, a goal, a day, and a coordination meeting
//! (周协调会) every working week, whose decisions become matters.
//!
//! ```text
//! Running ─meet, adopt, amend ⟲─▶ Running ─end, by somebody outside the team─▶ Ended
//! ```
//!
//! A week without a meeting cannot be repaired afterwards: minutes are recorded within five
//! working days of the meeting, and the page shows both days.

use serde::{Deserialize, Serialize};

use crate::{
    Ask, Day, Id, Mechanism, Stamp, light::Turns, plan::goal::Goal, plan::item::Item, roster::Post,
    roster::Unit,
};

mod decide;
mod refusal;
mod week;

pub use refusal::Refusal;
pub use week::{Held, Week};

/// What a project is for, and who answers for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charter {
    pub title: String,
    /// What will be true when it is done.
    pub aim: String,
    /// The unit that keeps it.
    pub unit: Id<Unit>,
    /// 一个领导: exactly one.
    pub leader: Id<Post>,
    /// 一个推进班子: the team, the leader not among it.
    pub team: Vec<Id<Post>>,
    pub start_on: Day,
    pub due_on: Day,
}

/// What a meeting decided: what, how, who, by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub text: String,
    pub how: String,
    pub lead: Id<Unit>,
    pub owner: Id<Post>,
    pub due_on: Day,
}

/// The minutes of a coordination meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    pub held_on: Day,
    /// Who chaired it: the leader, or the one who stood in.
    pub chair: Id<Post>,
    pub present: Vec<Id<Post>>,
    /// Problems put on the table, and those solved there.
    pub raised: i64,
    pub solved: i64,
    pub text: String,
}

/// A coordination meeting on the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub number: i64,
    pub minutes: Minutes,
    /// Each with the item it became, once the supervision office has taken it up.
    pub decisions: Vec<(Decision, Option<Id<Item>>)>,
    pub stamp: Stamp,
}

/// A key project.
#[derive(Clone, Debug)]
pub struct Project {
    /// The goal of a plan under which its decisions become items.
    pub goal: Id<Goal>,
    pub charter: Charter,
    /// How many times the charter was changed.
    pub version: i64,
    pub meetings: Vec<Meeting>,
    pub registered: Stamp,
    /// How it ended, by whom.
    pub ended: Option<(String, Stamp)>,
}

#[derive(Clone, Debug)]
pub enum Command {
    Register {
        goal: Id<Goal>,
        charter: Charter,
    },
    /// Changes the charter that was read as version `base`; the leader and the team change as a
    /// whole, so that there is never none and never two.
    Amend {
        base: i64,
        charter: Charter,
    },
    /// Records a meeting and what it decided.
    Meet {
        minutes: Minutes,
        decisions: Vec<Decision>,
    },
    /// A decision becomes the item drafted in the same turn. `place` counts from 1.
    Adopt {
        meeting: i64,
        place: usize,
        item: Id<Item>,
    },
    End {
        result: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Registered { goal: Id<Goal>, charter: Charter },
    Amended { charter: Charter },
    Met { number: i64, minutes: Minutes, decisions: Vec<Decision> },
    Adopted { meeting: i64, place: usize, item: Id<Item> },
    Ended { result: String },
}

impl Mechanism for Project {
    const KIND: &'static str = "project";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(
        state: Option<&Self>,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        decide::decide(state, command, ask).map(|event| vec![event])
    }

    fn apply(state: Option<Self>, event: &Event, stamp: &Stamp) -> Self {
        match (state, event.clone()) {
            (None, Event::Registered { goal, charter }) => {
                let (meetings, registered) = (Vec::new(), stamp.clone());
                Self { goal, charter, version: 0, meetings, registered, ended: None }
            }
            (Some(mut project), event) => {
                match event {
                    Event::Registered { .. } => {}
                    Event::Amended { charter } => {
                        project.charter = charter;
                        project.version += 1;
                    }
                    Event::Met { number, minutes, decisions } => {
                        let stamp = stamp.clone();
                        let decisions = decisions.into_iter().map(|one| (one, None)).collect();
                        project.meetings.push(Meeting { number, minutes, decisions, stamp });
                        project.meetings.sort_by_key(|meeting| meeting.minutes.held_on);
                    }
                    Event::Adopted { meeting, place, item } => project.adopt(meeting, place, item),
                    Event::Ended { result } => project.ended = Some((result, stamp.clone())),
                }
                project
            }
            // The journal begins every project with its registration: decide refuses the rest.
            (None, other) => unreachable!("a project that begins with {other:?}"),
        }
    }
}

impl Project {
    fn adopt(&mut self, meeting: i64, place: usize, item: Id<Item>) {
        let found = self.meetings.iter_mut().find(|one| one.number == meeting);
        let decided = found.and_then(|one| one.decisions.get_mut(place.saturating_sub(1)));
        if let Some(decided) = decided {
            decided.1 = Some(item);
        }
    }

    /// The decision of a meeting, and the item it became. `place` counts from 1.
    pub fn decision(&self, meeting: i64, place: usize) -> Option<&(Decision, Option<Id<Item>>)> {
        let found = self.meetings.iter().find(|one| one.number == meeting)?;
        found.decisions.get(place.checked_sub(1)?)
    }

    /// Decisions that are not yet anybody's item.
    pub fn unadopted(&self) -> usize {
        let all = self.meetings.iter().flat_map(|meeting| &meeting.decisions);
        all.filter(|decided| decided.1.is_none()).count()
    }

    /// `open` or `done`.
    pub fn standing(&self) -> &'static str {
        if self.ended.is_some() { "done" } else { "open" }
    }

    /// Yellow on the last working day of a week that has no meeting yet, or a week before the
    /// deadline; red once the week, or the deadline, has passed.
    pub fn turns(&self, calendar: &calendar::Calendar) -> Turns {
        if self.ended.is_some() {
            return Turns::default();
        }
        let next = self.next_week(calendar);
        let after = |day: Day| day.tomorrow().unwrap_or(day);
        let due = self.charter.due_on;
        let warned = calendar.sub_workdays(due, 5);
        Turns {
            yellow_on: Some(next.last_workday.map_or(warned, |day| day.min(warned))),
            red_on: Some(after(next.sunday()).min(after(due))),
        }
    }
}

#[cfg(test)]
mod tests;
