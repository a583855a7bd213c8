//! Why the roster says no.

use crate::Refuses;

/// Why the roster says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFounded,
    AlreadyFounded,
    NoPower,
    NameMissing,
    NoSuchUnit,
    NoSuchPost,
    NoSuchPerson,
    IdTaken,
    /// A unit under itself.
    Circle,
    UnitHasUnits {
        count: usize,
    },
    UnitHasPosts {
        count: usize,
    },
    /// The matters it bears would be nobody's.
    BearsMatters {
        count: i64,
    },
    PostTaken {
        by: String,
    },
    NotHolder,
    SamePerson,
    /// The three administrators are three people.
    AdminsSeparate,
    BeforeStart,
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NotFounded => "refused-not-founded",
            Self::AlreadyFounded => "refused-already-founded",
            Self::NoPower => "refused-no-power",
            Self::NameMissing => "refused-name-missing",
            Self::NoSuchUnit => "refused-no-such-unit",
            Self::NoSuchPost => "refused-no-such-post",
            Self::NoSuchPerson => "refused-no-such-person",
            Self::IdTaken => "refused-id-taken",
            Self::Circle => "refused-unit-circle",
            Self::UnitHasUnits { .. } => "refused-unit-has-units",
            Self::UnitHasPosts { .. } => "refused-unit-has-posts",
            Self::BearsMatters { .. } => "refused-bears-matters",
            Self::PostTaken { .. } => "refused-post-taken",
            Self::NotHolder => "refused-not-holder",
            Self::SamePerson => "refused-same-person",
            Self::AdminsSeparate => "refused-admins-separate",
            Self::BeforeStart => "refused-before-start",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnitHasUnits { count } | Self::UnitHasPosts { count } => {
                vec![("count", count.to_string())]
            }
            Self::BearsMatters { count } => vec![("count", count.to_string())],
            Self::PostTaken { by } => vec![("by", by.clone())],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NameMissing => Some("name"),
            Self::NoSuchUnit | Self::Circle => Some("unit"),
            Self::NoSuchPerson | Self::SamePerson => Some("person"),
            Self::BeforeStart => Some("day"),
            _ => None,
        }
    }
}
