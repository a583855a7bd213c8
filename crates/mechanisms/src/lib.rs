//! What may happen: one module per mechanism, all on the shared idea of a matter (事项).
//!
//! ```text
//! Command ──▶ decide(state, command, ask) ──▶ events ──▶ apply(state, event, stamp) ──▶ state
//!                                    └─▶ Refusal
//! ```
//!
//! `decide` holds every rule and changes nothing; `apply` holds no rule and cannot refuse. This
//! crate knows no database, clock, chance or journal: all a rule knows of the world is [`Ask`].

pub mod audit;
pub mod intake;
pub mod light;
pub mod plan;
pub mod problem;
pub mod project;
pub mod reminder;
pub mod roster;
pub mod workdays;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod world;

use std::{fmt, hash, marker::PhantomData};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A civil day. Deadlines are days, never instants.
pub type Day = jiff::civil::Date;

/// The number of a matter of one mechanism. `Id<Item>` and `Id<Goal>` are different types.
pub struct Id<T>(pub i64, PhantomData<fn() -> T>);

impl<T> Id<T> {
    pub const fn new(number: i64) -> Self {
        Self(number, PhantomData)
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i64::deserialize(deserializer).map(Self::new)
    }
}

/// One mechanism: its states, its rules, its facts.
pub trait Mechanism: Clone + fmt::Debug + Send + Sync + Sized + 'static {
    /// The root word: it names the module, the table, the route, the templates, the tests and
    /// the kind under which the journal keeps this mechanism's facts.
    const KIND: &'static str;
    type Command: fmt::Debug + Send;
    /// Facts, in the past tense, kept for good: variants are added, never edited.
    type Event: Serialize + DeserializeOwned + fmt::Debug + Clone + Send + Sync;
    type Refusal: Refuses;

    /// Every rule: what the command makes happen, or the named reason why it may not.
    fn decide(
        state: Option<&Self>,
        command: Self::Command,
        ask: &Ask<'_>,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// The state after a fact. Holds no rule and cannot refuse.
    fn apply(state: Option<Self>, event: &Self::Event, stamp: &Stamp) -> Self;
}

/// A refusal is a value: a named reason, meant for an officer, with words in every language.
pub trait Refuses: fmt::Debug + Send + Sync + 'static {
    /// The key of the words, e.g. `refused-own-work`, from an exhaustive match.
    fn key(&self) -> &'static str;
    /// What the words need: names, days, counts; `(name, value)`. A value that is itself a word
    /// to be translated (a missing part, a stage) is given as its key with a leading `@`,
    /// several joined by `,`.
    fn facts(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    /// The form field the reason belongs to, where there is one.
    fn field(&self) -> Option<&'static str> {
        None
    }
}

/// Who holds the pen: a person, acting in one of their posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    pub person: Id<roster::Person>,
    pub post: Id<roster::Post>,
}

/// What the journal knows beside the fact itself: its place, its time, its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The entry's number in the jurisdiction's journal, from 0.
    pub number: i64,
    /// The day the officer acted on.
    pub day: Day,
    /// The instant it was received, UTC, RFC 3339 with microseconds.
    pub at: String,
    pub by: Officer,
}

/// All a rule knows of the world.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    pub by: Officer,
    pub today: Day,
    /// The instant, for what holds for minutes only.
    pub at: jiff::Timestamp,
    /// Units, posts and people as they stand before this turn's next command.
    pub roster: &'a roster::Roster,
    /// Working days of the jurisdiction.
    pub calendar: &'a calendar::Calendar,
    /// When matters turn yellow and red.
    pub lights: &'a light::Pack,
    /// How matters are urged.
    pub ladder: &'a reminder::Ladder,
}

/// The guard of a rule: `require(is_outside, Refusal::OwnChain)?`.
pub fn require<R>(holds: bool, otherwise: R) -> Result<(), R> {
    if holds { Ok(()) } else { Err(otherwise) }
}
