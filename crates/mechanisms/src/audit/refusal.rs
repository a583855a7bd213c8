//! Why a closure audit says no.

use super::Stage;
use crate::Refuses;

/// The reasons, in the order in which they are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotOpened,
    AlreadyOpened,
    OutOfOrder {
        stage: Stage,
    },
    NoPower,
    TitleMissing,
    SourceMissing,
    TextMissing,
    /// Nothing was closed up to that day.
    FrameEmpty,
    /// The sample is larger than the frame, or empty.
    TakeWrong {
        most: usize,
    },
    TolerableWrong {
        most: usize,
    },
    /// At least two inspectors for every problem.
    TooFewInspectors,
    /// An inspector holds no post that may verify.
    InspectorPowerless {
        who: String,
    },
    /// Too many inspectors are recused from these problems.
    Recused {
        numbers: String,
    },
    /// The ceremony of the draw says no: its own word, and what it found.
    Draw {
        key: &'static str,
        found: String,
    },
    NotInSample,
    /// Not of the team drawn for this problem.
    NotDrawn,
    AlreadyRecorded,
    /// Results of the sample are still missing.
    ResultsMissing {
        count: usize,
    },
    /// The verdict is that enough was looked at.
    Enough,
    /// The verdict is to re-check all: it is not concluded before.
    RecheckAll {
        left: usize,
    },
    /// The verdict is to go on: to stop nevertheless wants a reason.
    GoOn,
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NotOpened => "refused-audit-not-opened",
            Self::AlreadyOpened => "refused-audit-already-opened",
            Self::OutOfOrder { .. } => "refused-audit-out-of-order",
            Self::NoPower => "refused-no-power",
            Self::TitleMissing => "refused-title-missing",
            Self::SourceMissing => "refused-source-missing",
            Self::TextMissing => "refused-text-missing",
            Self::FrameEmpty => "refused-frame-empty",
            Self::TakeWrong { .. } => "refused-take-wrong",
            Self::TolerableWrong { .. } => "refused-tolerable-wrong",
            Self::TooFewInspectors => "refused-too-few-inspectors",
            Self::InspectorPowerless { .. } => "refused-inspector-powerless",
            Self::Recused { .. } => "refused-inspectors-recused",
            Self::Draw { key, .. } => key,
            Self::NotInSample => "refused-not-in-sample",
            Self::NotDrawn => "refused-not-drawn",
            Self::AlreadyRecorded => "refused-already-recorded",
            Self::ResultsMissing { .. } => "refused-results-missing",
            Self::Enough => "refused-audit-enough",
            Self::RecheckAll { .. } => "refused-recheck-all",
            Self::GoOn => "refused-audit-go-on",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::OutOfOrder { stage } => vec![("stage", format!("@audit-stage-{}", stage.word()))],
            Self::TakeWrong { most } | Self::TolerableWrong { most } => {
                vec![("most", most.to_string())]
            }
            Self::InspectorPowerless { who } => vec![("who", who.clone())],
            Self::Recused { numbers } => vec![("numbers", numbers.clone())],
            Self::Draw { found, .. } => vec![("found", found.clone())],
            Self::ResultsMissing { count } => vec![("count", count.to_string())],
            Self::RecheckAll { left } => vec![("left", left.to_string())],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::TitleMissing => "title",
            Self::SourceMissing => "source",
            Self::TextMissing | Self::GoOn => "text",
            Self::FrameEmpty => "up_to",
            Self::TakeWrong { .. } => "take",
            Self::TolerableWrong { .. } => "tolerable",
            Self::TooFewInspectors | Self::InspectorPowerless { .. } | Self::Recused { .. } => {
                "inspectors"
            }
            Self::Draw { key, .. } => match *key {
                "refused-draw-name" => "title",
                "refused-draw-other-secret" | "refused-draw-short-secret" => "secret",
                _ => "number",
            },
            _ => return None,
        })
    }
}

impl From<draw::Refused> for Refusal {
    fn from(refused: draw::Refused) -> Self {
        use draw::Refused as Is;
        let (key, found) = match refused {
            Is::Time(at) => ("refused-draw-time", at),
            Is::AfterNumber { at, .. } => ("refused-draw-after-number", at),
            Is::NotYet(what) => ("refused-draw-not-yet", what.to_owned()),
            Is::Already(what) => ("refused-draw-already", what.to_owned()),
            Is::RevealedEarly { number_at, .. } => ("refused-draw-revealed-early", number_at),
            Is::OtherSecret { published, .. } => ("refused-draw-other-secret", published),
            Is::ShortSecret(found) => ("refused-draw-short-secret", found.to_string()),
            Is::Stale { what: "name", round } => ("refused-draw-name", round),
            Is::Stale { round, .. } => ("refused-draw-stale", round),
            Is::Unplayable(why) => return why.into(),
        };
        Self::Draw { key, found }
    }
}

impl From<draw::Unplayable> for Refusal {
    fn from(why: draw::Unplayable) -> Self {
        match why {
            draw::Unplayable::Teams(_) => {
                Self::Draw { key: "refused-draw-teams", found: String::new() }
            }
            _ => Self::Draw { key: "refused-draw-impossible", found: String::new() },
        }
    }
}
