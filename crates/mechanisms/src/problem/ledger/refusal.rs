//! Why a batch ledger says no.

use crate::{Day, Refuses};

/// The reasons, in the order in which they are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotOpened,
    AlreadyOpened,
    Closed,
    NoPower,
    /// Neither the unit's own side nor the supervision office.
    NotTheUnit,
    NoSuchUnit,
    /// Sections file with the unit they belong to.
    NotCounted,
    OrdinalWrong,
    TitleMissing,
    ReasonMissing,
    FileByPast,
    /// The unit's last list still waits.
    ListWaits {
        since: Day,
    },
    NoList,
    /// A list without problems says what was looked at.
    LookedAtMissing,
    /// The same problem twice.
    Repeated,
    /// Another person than the one who filed it approves.
    SamePerson,
    /// Lists still wait for a decision.
    ListsWait {
        count: usize,
    },
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NotOpened => "refused-ledger-not-opened",
            Self::AlreadyOpened => "refused-ledger-already-opened",
            Self::Closed => "refused-ledger-closed",
            Self::NoPower => "refused-no-power",
            Self::NotTheUnit => "refused-not-the-unit",
            Self::NoSuchUnit => "refused-no-such-unit",
            Self::NotCounted => "refused-not-counted",
            Self::OrdinalWrong => "refused-ordinal-wrong",
            Self::TitleMissing => "refused-title-missing",
            Self::ReasonMissing => "refused-reason-missing",
            Self::FileByPast => "refused-file-by-past",
            Self::ListWaits { .. } => "refused-list-waits",
            Self::NoList => "refused-no-list",
            Self::LookedAtMissing => "refused-looked-at-missing",
            Self::Repeated => "refused-list-repeated",
            Self::SamePerson => "refused-another-person",
            Self::ListsWait { .. } => "refused-lists-wait",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::ListWaits { since } => vec![("since", since.to_string())],
            Self::ListsWait { count } => vec![("count", count.to_string())],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::OrdinalWrong => "ordinal",
            Self::TitleMissing => "title",
            Self::ReasonMissing => "reason",
            Self::FileByPast => "file_by",
            Self::NoSuchUnit | Self::NotCounted => "unit",
            Self::LookedAtMissing => "looked_at",
            _ => return None,
        })
    }
}
