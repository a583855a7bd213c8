//! Why a problem says no.

use super::{Against, Stage};
use crate::{Day, Refuses, reminder};

/// A part a problem must have before it is taken on the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    What,
    Category,
    Owner,
    /// The responsible post is held by nobody.
    OwnerVacant,
    ByWhen,
}

impl Missing {
    pub fn word(self) -> &'static str {
        match self {
            Self::What => "missing-problem",
            Self::Category => "missing-category",
            Self::Owner => "missing-owner",
            Self::OwnerVacant => "missing-owner-vacant",
            Self::ByWhen => "missing-by-when",
        }
    }
}

/// The reasons, in the order in which they are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFiled,
    AlreadyFiled,
    OutOfOrder {
        stage: Stage,
    },
    NoPower,
    /// Not of the responsible unit.
    NotResponsible,
    /// The responsible unit's own side does not do this.
    OwnWork,
    /// Another person than the one before is needed.
    SamePerson,
    /// A post of theirs stands in the chain of the responsible unit.
    OwnChain,
    /// Neither the watcher nor of the supervision office.
    NotWatcher,
    /// Only the one who verified takes it back.
    NotVerifier,
    UndoLate {
        minutes: i64,
    },
    Incomplete {
        missing: Vec<Missing>,
    },
    NumberMissing,
    WhatMissing,
    ReasonMissing,
    TextMissing,
    EvidenceMissing,
    Changed {
        base: i64,
        now: i64,
    },
    NoSuchUnit,
    NoSuchPost,
    /// Once on the ledger, unit, source, find and number stay.
    FixedForLife,
    DueNeedsExtension,
    /// Criteria are the supervision office's once they are set.
    CriteriaFixed,
    CriteriaMissing,
    MeasuresMissing,
    MeasureAfterDue {
        number: i64,
        due_on: Day,
    },
    MeasuresOutOfOrder {
        number: i64,
    },
    UnknownMeasure {
        number: i64,
    },
    MeasuresOpen {
        numbers: String,
    },
    /// A day that has not come cannot be one on which something was done.
    DayAhead {
        day: Day,
    },
    /// A deadline that has passed already.
    DuePast,
    UnknownReport {
        number: i64,
    },
    NothingToCorrect,
    AlreadyChecked,
    Reminder(reminder::Refusal),
    ExtensionOpen,
    NoExtension,
    ExtensionAfterDue {
        due_on: Day,
    },
    ExtensionNotLater {
        due_on: Day,
    },
    TooManyExtensions {
        limit: usize,
    },
    SuspensionOpen,
    NoSuspension,
    /// A waiver ends on a day to come.
    WaiverPast,
    NoComplaint,
    /// The complainant must be asked before it is closed.
    NotConsulted,
    /// The complainant is not satisfied: closing nevertheless wants a reason.
    DespiteMissing,
    NotTicked {
        criteria: String,
    },
    LookBackMissing,
    /// Objections may still come in.
    StillPublished {
        until: Day,
    },
    RelapseDueMissing,
    UnknownRelapse,
    OwnNumber,
    AlreadyLinked,
    NoSiblings,
    NotPushed,
    AlreadyAnswered,
    /// Nothing was concluded that could be objected to.
    NoConclusion {
        against: Against,
    },
    ObjectionLate {
        until: Day,
    },
    ObjectionOpen,
    UnknownObjection {
        number: i64,
    },
    /// Who made the conclusion does not decide on the objection.
    OwnConclusion,
    AlreadyObjected,
    /// It is archived only after it was looked at again.
    LookBackOwed {
        on: Day,
    },
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NotFiled => "refused-problem-not-filed",
            Self::AlreadyFiled => "refused-problem-already-filed",
            Self::OutOfOrder { .. } => "refused-problem-out-of-order",
            Self::NoPower => "refused-no-power",
            Self::NotResponsible => "refused-not-responsible",
            Self::OwnWork => "refused-own-work",
            Self::SamePerson => "refused-another-person",
            Self::OwnChain => "refused-own-chain",
            Self::NotWatcher => "refused-not-watcher",
            Self::NotVerifier => "refused-not-verifier",
            Self::UndoLate { .. } => "refused-undo-minutes",
            Self::Incomplete { .. } => "refused-problem-incomplete",
            Self::NumberMissing => "refused-number-missing",
            Self::WhatMissing => "refused-problem-missing",
            Self::ReasonMissing => "refused-reason-missing",
            Self::TextMissing => "refused-text-missing",
            Self::EvidenceMissing => "refused-evidence-missing",
            Self::Changed { .. } => "refused-changed",
            Self::NoSuchUnit => "refused-no-such-unit",
            Self::NoSuchPost => "refused-no-such-post",
            Self::FixedForLife => "refused-fixed-for-life",
            Self::DueNeedsExtension => "refused-due-needs-extension",
            Self::CriteriaFixed => "refused-criteria-fixed",
            Self::CriteriaMissing => "refused-criteria-missing",
            Self::MeasuresMissing => "refused-measures-missing",
            Self::MeasureAfterDue { .. } => "refused-measure-after-due",
            Self::MeasuresOutOfOrder { .. } => "refused-measures-out-of-order",
            Self::UnknownMeasure { .. } => "refused-unknown-measure",
            Self::MeasuresOpen { .. } => "refused-measures-open",
            Self::DayAhead { .. } => "refused-day-ahead",
            Self::DuePast => "refused-due-past",
            Self::UnknownReport { .. } => "refused-unknown-report",
            Self::NothingToCorrect => "refused-nothing-to-correct",
            Self::AlreadyChecked => "refused-already-checked",
            Self::Reminder(refusal) => refusal.key(),
            Self::ExtensionOpen => "refused-extension-open",
            Self::NoExtension => "refused-no-extension",
            Self::ExtensionAfterDue { .. } => "refused-extension-after-due",
            Self::ExtensionNotLater { .. } => "refused-extension-not-later",
            Self::TooManyExtensions { .. } => "refused-too-many-extensions",
            Self::SuspensionOpen => "refused-suspension-open",
            Self::NoSuspension => "refused-no-suspension",
            Self::WaiverPast => "refused-waiver-past",
            Self::NoComplaint => "refused-no-complaint",
            Self::NotConsulted => "refused-not-consulted",
            Self::DespiteMissing => "refused-despite-missing",
            Self::NotTicked { .. } => "refused-not-ticked",
            Self::LookBackMissing => "refused-look-back-missing",
            Self::StillPublished { .. } => "refused-still-published",
            Self::RelapseDueMissing => "refused-relapse-due-missing",
            Self::UnknownRelapse => "refused-unknown-relapse",
            Self::OwnNumber => "refused-own-number",
            Self::AlreadyLinked => "refused-already-linked",
            Self::NoSiblings => "refused-no-siblings",
            Self::NotPushed => "refused-not-pushed",
            Self::AlreadyAnswered => "refused-push-answered",
            Self::NoConclusion { .. } => "refused-no-conclusion",
            Self::ObjectionLate { .. } => "refused-objection-days",
            Self::ObjectionOpen => "refused-objection-open",
            Self::UnknownObjection { .. } => "refused-unknown-objection",
            Self::OwnConclusion => "refused-own-conclusion",
            Self::AlreadyObjected => "refused-already-objected",
            Self::LookBackOwed { .. } => "refused-look-back-owed",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::OutOfOrder { stage } => {
                vec![("stage", format!("@problem-stage-{}", stage.word()))]
            }
            Self::Incomplete { missing } => {
                let words: Vec<String> =
                    missing.iter().map(|part| format!("@{}", part.word())).collect();
                vec![("missing", words.join(","))]
            }
            Self::UndoLate { minutes } => vec![("minutes", minutes.to_string())],
            Self::Changed { base, now } => {
                vec![("base", base.to_string()), ("now", now.to_string())]
            }
            Self::MeasureAfterDue { number, due_on } => {
                vec![("number", number.to_string()), ("due", due_on.to_string())]
            }
            Self::MeasuresOutOfOrder { number }
            | Self::UnknownMeasure { number }
            | Self::UnknownReport { number }
            | Self::UnknownObjection { number } => vec![("number", number.to_string())],
            Self::MeasuresOpen { numbers } => vec![("numbers", numbers.clone())],
            Self::LookBackOwed { on } => vec![("day", on.to_string())],
            Self::DayAhead { day } => vec![("day", day.to_string())],
            Self::Reminder(refusal) => refusal.facts(),
            Self::ExtensionAfterDue { due_on } | Self::ExtensionNotLater { due_on } => {
                vec![("due", due_on.to_string())]
            }
            Self::TooManyExtensions { limit } => vec![("limit", limit.to_string())],
            Self::NotTicked { criteria } => vec![("numbers", criteria.clone())],
            Self::StillPublished { until } | Self::ObjectionLate { until } => {
                vec![("until", until.to_string())]
            }
            Self::NoConclusion { against } => {
                vec![("against", format!("@against-{}", against.word()))]
            }
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::NumberMissing => "number",
            Self::WhatMissing => "what",
            Self::ReasonMissing => "reason",
            Self::TextMissing => "text",
            Self::EvidenceMissing => "evidence",
            Self::NoSuchUnit | Self::FixedForLife => "unit",
            Self::NoSuchPost => "owner",
            Self::CriteriaFixed | Self::CriteriaMissing => "criteria",
            Self::MeasuresMissing
            | Self::MeasureAfterDue { .. }
            | Self::MeasuresOutOfOrder { .. } => "measures",
            Self::UnknownMeasure { .. } | Self::DayAhead { .. } => "done",
            Self::Reminder(refusal) => return refusal.field(),
            Self::DueNeedsExtension
            | Self::DuePast
            | Self::ExtensionAfterDue { .. }
            | Self::ExtensionNotLater { .. }
            | Self::RelapseDueMissing => "due_on",
            Self::WaiverPast => "until",
            Self::DespiteMissing => "despite",
            Self::NotTicked { .. } => "ticks",
            Self::LookBackMissing => "look_back_on",
            Self::NoSiblings => "units",
            Self::ObjectionLate { .. } => "reason",
            _ => return None,
        })
    }
}

impl From<reminder::Refusal> for Refusal {
    fn from(refusal: reminder::Refusal) -> Self {
        Self::Reminder(refusal)
    }
}
