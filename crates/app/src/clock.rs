//! The one clock. Every page, turn and rule is handed its time from here; a demonstration's
//! clock stands still, and a test's moves only when the test moves it.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use mechanisms::Day;

/// What a door hands on: the instant, and the civil day and time of the body it happens in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// UTC, RFC 3339 with microseconds.
    pub at: String,
    pub instant: Timestamp,
    pub local: DateTime,
    /// Seconds since 1970, for expiries.
    pub second: i64,
}

impl Moment {
    pub fn day(&self) -> Day {
        self.local.date()
    }
}

/// Where time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    System(TimeZone),
    /// Stands where it was put, in that zone.
    Hand(Arc<Mutex<DateTime>>, TimeZone),
}

impl Clock {
    pub fn system(zone: TimeZone) -> Self {
        Self::System(zone)
    }

    pub fn standing_at(local: DateTime, zone: TimeZone) -> Self {
        Self::Hand(Arc::new(Mutex::new(local)), zone)
    }

    /// Moves a clock that stands; the system's clock is not moved.
    pub fn move_to(&self, local: DateTime) {
        if let Self::Hand(hand, _) = self {
            *hand.lock().unwrap_or_else(PoisonError::into_inner) = local;
        }
    }

    /// An instant as the body's own clock showed it: 11-19 16:20, not the universal time.
    pub fn local(&self, at: &str) -> Option<DateTime> {
        let (Self::System(zone) | Self::Hand(_, zone)) = self;
        at.parse::<Timestamp>().ok().map(|instant| zone.to_datetime(instant))
    }

    #[expect(clippy::disallowed_methods, reason = "the door itself: the only reading of the clock")]
    pub fn now(&self) -> Moment {
        match self {
            Self::System(zone) => moment(Timestamp::now(), zone),
            Self::Hand(hand, zone) => {
                let local = *hand.lock().unwrap_or_else(PoisonError::into_inner);
                moment(zone.to_timestamp(local).unwrap_or(Timestamp::UNIX_EPOCH), zone)
            }
        }
    }
}

fn moment(instant: Timestamp, zone: &TimeZone) -> Moment {
    Moment {
        at: format!("{instant:.6}"),
        instant,
        local: zone.to_datetime(instant),
        second: instant.as_second(),
    }
}
