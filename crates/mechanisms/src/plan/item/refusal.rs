//! Why a work item says no.

use super::Stage;
use crate::{Day, Refuses, reminder};

/// A part an item must have before it can be issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    What,
    How,
    LeadUnit,
    Owner,
    /// The responsible post is held by nobody.
    OwnerVacant,
    ByWhen,
}

impl Missing {
    pub fn word(self) -> &'static str {
        match self {
            Self::What => "missing-what",
            Self::How => "missing-how",
            Self::LeadUnit => "missing-lead-unit",
            Self::Owner => "missing-owner",
            Self::OwnerVacant => "missing-owner-vacant",
            Self::ByWhen => "missing-by-when",
        }
    }
}

/// The reasons, in the order in which they are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotDrafted,
    AlreadyDrafted,
    OutOfOrder {
        stage: Stage,
    },
    NoPower,
    NotLeadUnit,
    NotSponsor,
    /// The second person must be another one.
    SamePerson,
    /// The verifier stands in the chain of those who did the work.
    OwnChain,
    OwnWork,
    Incomplete {
        missing: Vec<Missing>,
    },
    NumberMissing,
    TitleMissing,
    ReasonMissing,
    TextMissing,
    EvidenceMissing,
    /// Somebody changed it after it was read.
    Changed {
        base: i64,
        now: i64,
    },
    /// The deadline moves only through an extension.
    DueNeedsExtension,
    LeadUnitFixed,
    NoSuchUnit,
    NoSuchPost,
    UnknownMilestone {
        number: i64,
    },
    MilestonesMissing,
    MilestoneAfterDue {
        number: i64,
        due_on: Day,
    },
    MilestonesOutOfOrder {
        number: i64,
    },
    /// The working days of a step, or a wait between two, cannot be meant.
    WorkdaysWrong {
        number: i64,
        most: i64,
    },
    /// Steps wait for each other in a circle.
    StepsCircular {
        numbers: String,
    },
    /// A step is planned later than the deadline, counted backwards, allows.
    StepAfterLatest {
        number: i64,
        latest: Day,
    },
    /// What an item waits for is not in its plan.
    WaitsForUnknown {
        number: String,
    },
    /// Items wait for each other in a circle.
    ItemsCircular {
        numbers: String,
    },
    StartAfterDue,
    ObjectionLate {
        until: Day,
    },
    AmountFalls {
        before: i64,
    },
    AmountNegative,
    NothingToCorrect,
    AlreadyChecked,
    UnknownReport {
        number: i64,
    },
    AnswerDuePast,
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
    /// The new schedule's own latest start has already passed.
    ScheduleTooLate {
        latest_start_on: Day,
    },
    ThreeOpen,
    NoThree,
    MilestonesOpen {
        numbers: String,
    },
    TargetNotReached {
        amount: i64,
        target: i64,
    },
    ChildrenOpen {
        count: usize,
    },
    UnknownChild,
    PeriodTaken {
        period: String,
    },
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NotDrafted => "refused-not-drafted",
            Self::AlreadyDrafted => "refused-already-drafted",
            Self::OutOfOrder { .. } => "refused-out-of-order",
            Self::NoPower => "refused-no-power",
            Self::NotLeadUnit => "refused-not-lead-unit",
            Self::NotSponsor => "refused-not-sponsor",
            Self::SamePerson => "refused-second-person",
            Self::OwnChain => "refused-own-chain",
            Self::OwnWork => "refused-own-work",
            Self::Incomplete { .. } => "refused-incomplete",
            Self::NumberMissing => "refused-number-missing",
            Self::TitleMissing => "refused-title-missing",
            Self::ReasonMissing => "refused-reason-missing",
            Self::TextMissing => "refused-text-missing",
            Self::EvidenceMissing => "refused-evidence-missing",
            Self::Changed { .. } => "refused-changed",
            Self::DueNeedsExtension => "refused-due-needs-extension",
            Self::LeadUnitFixed => "refused-lead-unit-fixed",
            Self::NoSuchUnit => "refused-no-such-unit",
            Self::NoSuchPost => "refused-no-such-post",
            Self::UnknownMilestone { .. } => "refused-unknown-milestone",
            Self::MilestonesMissing => "refused-milestones-missing",
            Self::MilestoneAfterDue { .. } => "refused-milestone-after-due",
            Self::MilestonesOutOfOrder { .. } => "refused-milestones-out-of-order",
            Self::WorkdaysWrong { .. } => "refused-workdays-wrong",
            Self::StepsCircular { .. } => "refused-steps-circular",
            Self::StepAfterLatest { .. } => "refused-step-after-latest",
            Self::WaitsForUnknown { .. } => "refused-waits-for-unknown",
            Self::ItemsCircular { .. } => "refused-items-circular",
            Self::StartAfterDue => "refused-start-after-due",
            Self::ObjectionLate { .. } => "refused-objection-late",
            Self::AmountFalls { .. } => "refused-amount-falls",
            Self::AmountNegative => "refused-amount-negative",
            Self::NothingToCorrect => "refused-nothing-to-correct",
            Self::AlreadyChecked => "refused-already-checked",
            Self::UnknownReport { .. } => "refused-unknown-report",
            Self::Reminder(refusal) => refusal.key(),
            Self::AnswerDuePast => "refused-answer-due-past",
            Self::ExtensionOpen => "refused-extension-open",
            Self::NoExtension => "refused-no-extension",
            Self::ExtensionAfterDue { .. } => "refused-extension-after-due",
            Self::ExtensionNotLater { .. } => "refused-extension-not-later",
            Self::TooManyExtensions { .. } => "refused-too-many-extensions",
            Self::ScheduleTooLate { .. } => "refused-schedule-too-late",
            Self::ThreeOpen => "refused-three-open",
            Self::NoThree => "refused-no-three",
            Self::MilestonesOpen { .. } => "refused-milestones-open",
            Self::TargetNotReached { .. } => "refused-target-not-reached",
            Self::ChildrenOpen { .. } => "refused-children-open",
            Self::UnknownChild => "refused-unknown-child",
            Self::PeriodTaken { .. } => "refused-period-taken",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::OutOfOrder { stage } => vec![("stage", format!("@stage-{}", stage.word()))],
            Self::Incomplete { missing } => {
                let words: Vec<String> =
                    missing.iter().map(|part| format!("@{}", part.word())).collect();
                vec![("missing", words.join(","))]
            }
            Self::Changed { base, now } => {
                vec![("base", base.to_string()), ("now", now.to_string())]
            }
            Self::UnknownMilestone { number }
            | Self::MilestonesOutOfOrder { number }
            | Self::UnknownReport { number } => vec![("number", number.to_string())],
            Self::Reminder(refusal) => refusal.facts(),
            Self::MilestoneAfterDue { number, due_on } => {
                vec![("number", number.to_string()), ("due", due_on.to_string())]
            }
            Self::WorkdaysWrong { number, most } => {
                vec![("number", number.to_string()), ("most", most.to_string())]
            }
            Self::StepAfterLatest { number, latest } => {
                vec![("number", number.to_string()), ("latest", latest.to_string())]
            }
            Self::WaitsForUnknown { number } => vec![("number", number.clone())],
            Self::StepsCircular { numbers } | Self::ItemsCircular { numbers } => {
                vec![("numbers", numbers.clone())]
            }
            Self::ObjectionLate { until } => vec![("until", until.to_string())],
            Self::AmountFalls { before } => vec![("before", before.to_string())],
            Self::ExtensionAfterDue { due_on } | Self::ExtensionNotLater { due_on } => {
                vec![("due", due_on.to_string())]
            }
            Self::TooManyExtensions { limit } => vec![("limit", limit.to_string())],
            Self::ScheduleTooLate { latest_start_on } => {
                vec![("start", latest_start_on.to_string())]
            }
            Self::MilestonesOpen { numbers } => vec![("numbers", numbers.clone())],
            Self::TargetNotReached { amount, target } => {
                vec![("amount", amount.to_string()), ("target", target.to_string())]
            }
            Self::ChildrenOpen { count } => vec![("count", count.to_string())],
            Self::PeriodTaken { period } => vec![("period", period.clone())],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::NumberMissing => "number",
            Self::TitleMissing => "title",
            Self::ReasonMissing | Self::ObjectionLate { .. } => "reason",
            Self::TextMissing => "text",
            Self::EvidenceMissing => "evidence",
            Self::DueNeedsExtension
            | Self::ExtensionAfterDue { .. }
            | Self::ExtensionNotLater { .. }
            | Self::StartAfterDue => "due_on",
            Self::LeadUnitFixed | Self::NoSuchUnit => "lead",
            Self::NoSuchPost => "owner",
            Self::UnknownMilestone { .. }
            | Self::MilestonesMissing
            | Self::MilestoneAfterDue { .. }
            | Self::MilestonesOutOfOrder { .. }
            | Self::WorkdaysWrong { .. }
            | Self::StepsCircular { .. }
            | Self::StepAfterLatest { .. }
            | Self::ScheduleTooLate { .. } => "milestones",
            Self::WaitsForUnknown { .. } | Self::ItemsCircular { .. } => "after",
            Self::AmountFalls { .. } | Self::AmountNegative | Self::TargetNotReached { .. } => {
                "amount"
            }
            Self::Reminder(refusal) => return refusal.field(),
            Self::AnswerDuePast => "answer_due",
            _ => return None,
        })
    }
}

impl From<reminder::Refusal> for Refusal {
    fn from(refusal: reminder::Refusal) -> Self {
        Self::Reminder(refusal)
    }
}
