//! What waits for what, which end for which, and how long.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// One task waits for another.
///
/// ```
/// use schedule::{Kind, Lag, Link};
/// let link = Link { from: 0, to: 1, kind: Kind::StartStart, lag: Lag::Working(8 * 3600) };
/// assert_eq!(link.kind.code(), "SS");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The predecessor, by place.
    pub from: usize,
    /// The successor, by place.
    pub to: usize,
    /// Which end waits for which.
    pub kind: Kind,
    /// How long after; negative is how long before.
    pub lag: Lag,
}

/// Which end of the predecessor the successor's start or finish waits for.
///
/// ```
/// assert_eq!("FF".parse(), Ok(schedule::Kind::FinishFinish));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// FS: the successor starts when the predecessor has finished.
    #[default]
    #[serde(rename = "FS")]
    FinishStart,
    /// SS: the successor starts when the predecessor has started.
    #[serde(rename = "SS")]
    StartStart,
    /// FF: the successor finishes when the predecessor has finished.
    #[serde(rename = "FF")]
    FinishFinish,
    /// SF: the successor finishes when the predecessor has started.
    #[serde(rename = "SF")]
    StartFinish,
}

impl Kind {
    /// The two letters plans are written with.
    ///
    /// ```
    /// assert_eq!(schedule::Kind::FinishStart.code(), "FS");
    /// ```
    pub fn code(self) -> &'static str {
        match self {
            Self::FinishStart => "FS",
            Self::StartStart => "SS",
            Self::FinishFinish => "FF",
            Self::StartFinish => "SF",
        }
    }
}

impl FromStr for Kind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "FS" => Ok(Self::FinishStart),
            "SS" => Ok(Self::StartStart),
            "FF" => Ok(Self::FinishFinish),
            "SF" => Ok(Self::StartFinish),
            _ => Err(()),
        }
    }
}

/// How long a successor waits.
///
/// ```
/// use schedule::Lag;
/// assert_eq!(Lag::Working(3600).to_string(), "60");
/// assert_eq!(Lag::Elapsed(86_400).to_string(), "1440e");
/// assert_eq!(Lag::Percent(50.0).to_string(), "50%");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lag {
    /// Seconds of working time on the successor's calendar.
    Working(i64),
    /// Seconds by the clock.
    Elapsed(i64),
    /// A share of the predecessor's duration, in percent; elapsed where that is.
    Percent(f64),
    /// A share of the predecessor's duration, in percent, by the clock.
    ElapsedPercent(f64),
}

impl Lag {
    /// No waiting.
    ///
    /// ```
    /// assert_eq!(schedule::Lag::NONE, schedule::Lag::Working(0));
    /// ```
    pub const NONE: Self = Self::Working(0);
}

impl fmt::Display for Lag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Working(seconds) => write!(f, "{}", *seconds as f64 / 60.0),
            Self::Elapsed(seconds) => write!(f, "{}e", *seconds as f64 / 60.0),
            Self::Percent(share) => write!(f, "{share}%"),
            Self::ElapsedPercent(share) => write!(f, "{share}e%"),
        }
    }
}
