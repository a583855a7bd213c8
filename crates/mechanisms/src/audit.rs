//! The closure audit (销号抽查): what a random sample of closed problems, looked at again by people
//! drawn outside their chains, says about all of them.
//!
//! ```text
//! Open: frame and secret published by their fingerprints
//!   ─announce the public number─▶ Announced ─reveal the secret─▶ Drawn: sample and teams
//!                                                                ⟲ record each result
//!                                        ┌──── widen (same order) ◀── all of the sample recorded
//!                                        └─▶ Drawn                          │conclude
//!                                                                           ▼
//!                                                     Concluded, with what is stated of all
//! ```
//!
//! The order of the draw decides who is looked at next, so widening takes the next in that order.
//! After every result the exact bound on the false closures and the sequential verdict are computed
//! (`draw::audit`); a verdict of re-checking all leaves no other way. A false closure re-opens its
//! problem in the turn that records it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    Ask, Day, Id, Mechanism, Stamp,
    problem::Problem,
    roster::{Person, Unit},
};

mod decide;
mod drawing;
mod facts;
mod refusal;
#[cfg(test)]
mod tests;

pub use facts::{Statement, Verdict};
pub use refusal::Refusal;

/// The risk of every statement: 5 %, so that it holds with 95 % confidence.
pub const RISK: f64 = 0.05;

/// Where an audit is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Frame and secret are published; the public number has not come.
    Open,
    Announced,
    Drawn,
    Concluded,
    Cancelled,
}

impl Stage {
    pub const ALL: &[Self] =
        &[Self::Open, Self::Announced, Self::Drawn, Self::Concluded, Self::Cancelled];

    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Announced => "announced",
            Self::Drawn => "drawn",
            Self::Concluded => "concluded",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A closed problem in the frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framed {
    pub problem: Id<Problem>,
    pub number: String,
    pub unit: Id<Unit>,
    /// Everybody who had a hand in putting it right or closing it.
    pub hands: Vec<Id<Person>>,
}

/// A problem of the sample, and who goes there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picked {
    pub problem: Id<Problem>,
    pub team: Vec<Id<Person>>,
}

/// What its team found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub held: bool,
    pub finding: String,
    pub stamp: Stamp,
}

/// The terms fixed before the public number is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The round's name, which no other audit has.
    pub title: String,
    /// Problems closed up to this day are in the frame.
    pub up_to: Day,
    /// How many are looked at first.
    pub take: i64,
    /// So many false closures of all would still be tolerable.
    pub tolerable: i64,
    /// Who may be drawn to inspect.
    pub inspectors: Vec<Id<Person>>,
    /// Where the public number will come from.
    pub source: String,
    /// The fingerprint of the secret.
    pub sealed: String,
    /// When, by the body's own clock: `YYYY-MM-DDTHH:MM`.
    pub at: String,
}

/// One audit.
#[derive(Clone, Debug)]
pub struct Audit {
    pub stage: Stage,
    pub terms: Terms,
    /// By number.
    pub frame: Arc<Vec<Framed>>,
    /// Pairs of inspector and problem that must not meet, as they stood when it was opened.
    pub recusals: Arc<Vec<(Id<Person>, Id<Problem>)>>,
    pub opened: Stamp,
    /// The public number and when it was published.
    pub number: Option<(String, String)>,
    /// The secret and when it was revealed.
    pub secret: Option<(String, String)>,
    /// The sample, in the order of the draw, with the results.
    pub sample: Vec<(Picked, Option<Outcome>)>,
    /// How many the sample held after each drawing.
    pub widened: Vec<(i64, Stamp)>,
    pub concluded: Option<(String, Stamp)>,
}

#[derive(Clone, Debug)]
pub enum Command {
    Open {
        terms: Terms,
        closed: Vec<Framed>,
    },
    Announce {
        number: String,
        at: String,
    },
    Reveal {
        secret: String,
        at: String,
    },
    /// What an inspector of the team found.
    Record {
        problem: Id<Problem>,
        held: bool,
        finding: String,
    },
    /// Looks at so many more, next in the order of the draw.
    Widen {
        more: i64,
    },
    Conclude {
        text: String,
    },
    Cancel {
        reason: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Opened { terms: Terms, frame: Vec<Framed>, recusals: Vec<(Id<Person>, Id<Problem>)> },
    Announced { number: String, at: String },
    Drawn { secret: String, at: String, sample: Vec<Picked> },
    Recorded { problem: Id<Problem>, held: bool, finding: String },
    Widened { sample: Vec<Picked> },
    Concluded { text: String },
    Cancelled { reason: String },
}

impl Mechanism for Audit {
    const KIND: &'static str = "audit";
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
            (None, Event::Opened { terms, frame, recusals }) => Self {
                stage: Stage::Open,
                terms: terms.clone(),
                frame: Arc::new(frame.clone()),
                recusals: Arc::new(recusals.clone()),
                opened: stamp.clone(),
                number: None,
                secret: None,
                sample: Vec::new(),
                widened: Vec::new(),
                concluded: None,
            },
            (Some(mut audit), event) => {
                audit.take(event, stamp);
                audit
            }
            // The journal begins every audit with its opening: decide refuses anything else.
            (None, other) => unreachable!("an audit that begins with {other:?}"),
        }
    }
}

impl Audit {
    fn take(&mut self, event: &Event, stamp: &Stamp) {
        match event {
            Event::Opened { .. } => {}
            Event::Announced { number, at } => {
                self.stage = Stage::Announced;
                self.number = Some((number.clone(), at.clone()));
            }
            Event::Drawn { secret, at, sample } => {
                self.stage = Stage::Drawn;
                self.secret = Some((secret.clone(), at.clone()));
                self.pick(sample, stamp);
            }
            Event::Widened { sample } => self.pick(sample, stamp),
            Event::Recorded { problem, held, finding } => {
                let found = self.sample.iter_mut().find(|(picked, _)| picked.problem == *problem);
                if let Some((_, outcome)) = found {
                    let (held, finding, stamp) = (*held, finding.clone(), stamp.clone());
                    *outcome = Some(Outcome { held, finding, stamp });
                }
            }
            Event::Concluded { text } => {
                self.stage = Stage::Concluded;
                self.concluded = Some((text.clone(), stamp.clone()));
            }
            Event::Cancelled { reason } => {
                self.stage = Stage::Cancelled;
                self.concluded = Some((reason.clone(), stamp.clone()));
            }
        }
    }

    fn pick(&mut self, sample: &[Picked], stamp: &Stamp) {
        self.sample.extend(sample.iter().cloned().map(|picked| (picked, None)));
        let count = i64::try_from(self.sample.len()).unwrap_or(i64::MAX);
        self.widened.push((count, stamp.clone()));
    }

    /// The closed problem of the frame.
    pub fn framed(&self, problem: Id<Problem>) -> Option<&Framed> {
        self.frame.iter().find(|one| one.problem == problem)
    }

    /// Whose results are still missing.
    pub fn unrecorded(&self) -> impl Iterator<Item = &Picked> {
        self.sample.iter().filter(|(_, outcome)| outcome.is_none()).map(|(picked, _)| picked)
    }
}
