//! The reminder ladder (催办阶梯): the named steps by which any kind of matter is urged.
//!
//! ```text
//! 提醒 ─unanswered─▶ 催办 ─unanswered─▶ 重点催办 ─unanswered─▶ 督办单 ─unanswered─▶ 提请约谈
//!   └── each: sent ─▶ signed for ─▶ answered; or revoked by its sender before it is signed for
//! ```
//!
//! A pack says of each rung after how many workdays it comes, to whom it goes, who may send it and
//! how soon it must be answered. So the next rung and its day are known beforehand, and silence
//! climbs along the real chain of the roster. One matter has one slip at a time; no rung is left
//! out unless the matter is urgent, and then with a reason.

use serde::{Deserialize, Serialize};

use crate::{
    Day, Id, Stamp,
    roster::{Post, Unit},
};

mod ladder;
mod refusal;
mod rules;
#[cfg(test)]
mod tests;

pub use ladder::{By, Ladder, Rung, To};
pub use refusal::Refusal;
pub use rules::{addressed, answer, revoke, sign};

/// The named rungs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// 提醒.
    Nudge,
    /// 催办.
    Urge,
    /// 重点催办.
    UrgeHard,
    /// 督办单.
    Order,
    /// 提请约谈.
    ProposeTalk,
}

impl Level {
    pub const ALL: &[Self] =
        &[Self::Nudge, Self::Urge, Self::UrgeHard, Self::Order, Self::ProposeTalk];

    pub fn word(self) -> &'static str {
        match self {
            Self::Nudge => "nudge",
            Self::Urge => "urge",
            Self::UrgeHard => "urge-hard",
            Self::Order => "order",
            Self::ProposeTalk => "propose-talk",
        }
    }

    /// The level of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.word() == word)
    }
}

/// A reminder on the record: sent, signed for and answered, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub number: i64,
    pub level: Level,
    pub text: String,
    /// The posts it went to, the one who must answer first. Reminders older than the ladder have
    /// none: they went to the responsible unit.
    pub to: Vec<Id<Post>>,
    pub answer_due: Day,
    /// Why it began higher than the ladder would have.
    pub reason: String,
    pub stamp: Stamp,
    pub signed: Option<Stamp>,
    pub answer: Option<(String, Stamp)>,
    pub revoked: Option<(String, Stamp)>,
}

impl Reminder {
    /// Still waits for an answer.
    pub fn is_open(&self) -> bool {
        self.answer.is_none() && self.revoked.is_none()
    }
}

/// Whom the reminders of a matter concern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    /// The responsible unit.
    pub unit: Option<Id<Unit>>,
    pub owner: Option<Id<Post>>,
    pub sponsor: Option<Id<Post>>,
    pub watcher: Option<Id<Post>>,
}

/// What the ladder knows of a matter.
#[derive(Clone, Copy, Debug)]
pub struct Urged<'a> {
    pub parties: Parties,
    pub due_on: Option<Day>,
    /// 急: it may begin higher.
    pub urgent: bool,
    pub given: &'a [Reminder],
}

/// The rung that comes next, and the first day on which it may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    pub level: Level,
    pub on: Day,
}

/// What an officer wants to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub level: Level,
    pub text: String,
    /// Where none is given, the rung's own.
    pub answer_due: Option<Day>,
    /// Why it begins higher than the ladder would.
    pub reason: String,
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub number: i64,
    pub level: Level,
    pub text: String,
    pub to: Vec<Id<Post>>,
    pub answer_due: Day,
    pub reason: String,
}

/// The newest reminder that still waits for an answer.
pub fn open(given: &[Reminder]) -> Option<&Reminder> {
    given.iter().rev().find(|one| one.revoked.is_none()).filter(|one| one.is_open())
}
