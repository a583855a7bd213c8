//! Why the ladder says no.

use super::Level;
use crate::{Day, Refuses};

/// The reasons, in the order in which they are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The pack has no such rung.
    NoSuchRung,
    /// One matter, one slip at a time: the last one may still be answered.
    Open {
        until: Day,
    },
    /// Neither by a part in the matter nor by a power.
    NoPower,
    /// A rung lower than the one reached.
    Falls {
        reached: Level,
    },
    /// Rungs would be left out.
    Skipped {
        next: Level,
    },
    /// It begins higher, and says not why.
    UrgentReasonMissing,
    /// The rung's day has not come.
    Early {
        on: Day,
    },
    TextMissing,
    AnswerDuePast,
    /// Nobody holds a post it would go to.
    NoRecipient,
    Unknown {
        number: i64,
    },
    NotAddressed,
    AlreadySigned,
    AlreadyAnswered,
    /// Only its sender takes it back.
    NotSender,
    ReasonMissing,
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NoSuchRung => "refused-no-such-rung",
            Self::Open { .. } => "refused-reminder-open",
            Self::NoPower => "refused-no-power",
            Self::Falls { .. } => "refused-level-falls",
            Self::Skipped { .. } => "refused-rung-skipped",
            Self::UrgentReasonMissing => "refused-urgent-reason-missing",
            Self::Early { .. } => "refused-rung-early",
            Self::TextMissing => "refused-text-missing",
            Self::AnswerDuePast => "refused-answer-due-past",
            Self::NoRecipient => "refused-no-recipient",
            Self::Unknown { .. } => "refused-unknown-reminder",
            Self::NotAddressed => "refused-not-addressed",
            Self::AlreadySigned => "refused-reminder-signed",
            Self::AlreadyAnswered => "refused-reminder-answered",
            Self::NotSender => "refused-not-sender",
            Self::ReasonMissing => "refused-reason-missing",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Open { until } => vec![("until", until.to_string())],
            Self::Falls { reached } => vec![("level", format!("@level-{}", reached.word()))],
            Self::Skipped { next } => vec![("level", format!("@level-{}", next.word()))],
            Self::Early { on } => vec![("day", on.to_string())],
            Self::Unknown { number } => vec![("number", number.to_string())],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NoSuchRung | Self::Falls { .. } | Self::Skipped { .. } | Self::Early { .. } => {
                Some("level")
            }
            Self::UrgentReasonMissing | Self::ReasonMissing => Some("reason"),
            Self::TextMissing => Some("text"),
            Self::AnswerDuePast => Some("answer_due"),
            _ => None,
        }
    }
}
