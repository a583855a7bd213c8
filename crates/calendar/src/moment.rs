//! A moment: local clock time without a zone, in whole seconds.
//!
//! Deadlines of a public body are local; no office works across a change of the clock. So time is
//! one number, and adding elapsed time is adding numbers.

use std::{fmt, str::FromStr};

use jiff::civil::{Date, DateTime, date};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Seconds in a day.
pub const DAY: i64 = 86_400;

const EPOCH: Date = date(1970, 1, 1);

/// A local clock time, in whole seconds since 1970-01-01T00:00, without a zone.
///
/// Written and read as `YYYY-MM-DDTHH:MM`; reading also takes seconds, a space instead of the
/// `T`, and a bare date, which is its midnight.
///
/// ```
/// use calendar::Moment;
///
/// let start: Moment = "2015-11-20T09:00".parse()?;
/// assert_eq!((start + 90 * 60).to_string(), "2015-11-20T10:30");
/// assert_eq!("2015-11-20".parse::<Moment>()?.to_string(), "2015-11-20T00:00");
/// # Ok::<(), calendar::NotAMoment>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// The text is not a moment: `YYYY-MM-DDTHH:MM` was expected.
///
/// ```
/// assert!("2015-02-29T08:00".parse::<calendar::Moment>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMoment;

impl fmt::Display for NotAMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a time of the form YYYY-MM-DDTHH:MM")
    }
}

impl std::error::Error for NotAMoment {}

impl Moment {
    /// The last moment that can be written: the end of the year 9999.
    ///
    /// ```
    /// assert_eq!(calendar::Moment::LAST.to_string(), "9999-12-31T23:59");
    /// ```
    pub const LAST: Self = Self(253_402_300_799);
    /// The first moment that can be written: the beginning of the year 1.
    ///
    /// ```
    /// assert_eq!(calendar::Moment::FIRST.to_string(), "0001-01-01T00:00");
    /// ```
    pub const FIRST: Self = Self(-62_135_596_800);

    /// A time of day, in seconds after midnight, on a day.
    ///
    /// ```
    /// use calendar::Moment;
    /// let noon = Moment::at(jiff::civil::date(2015, 11, 20), 12 * 3600);
    /// assert_eq!(noon.to_string(), "2015-11-20T12:00");
    /// ```
    pub fn at(day: Date, seconds: i64) -> Self {
        Self(number_of(day) * DAY + seconds)
    }

    /// The day this moment lies on; midnight belongs to the day it begins.
    ///
    /// ```
    /// let late: calendar::Moment = "2015-11-20T23:59".parse()?;
    /// assert_eq!(late.day(), jiff::civil::date(2015, 11, 20));
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    pub fn day(self) -> Date {
        day_of(self.0.div_euclid(DAY))
    }

    /// Can this moment be written, between the years 1 and 9999?
    ///
    /// ```
    /// use calendar::Moment;
    /// assert!(Moment::LAST.is_writable());
    /// assert!(!(Moment::LAST + 1).is_writable());
    /// ```
    #[inline]
    pub fn is_writable(self) -> bool {
        (Self::FIRST..=Self::LAST).contains(&self)
    }
}

impl From<DateTime> for Moment {
    fn from(clock: DateTime) -> Self {
        let (hour, minute) = (i64::from(clock.hour()), i64::from(clock.minute()));
        Self::at(clock.date(), hour * 3600 + minute * 60 + i64::from(clock.second()))
    }
}

impl std::ops::Add<i64> for Moment {
    type Output = Self;
    /// This many seconds of elapsed time later.
    fn add(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

impl std::ops::Sub for Moment {
    type Output = i64;
    /// Elapsed seconds between two moments.
    fn sub(self, other: Self) -> i64 {
        self.0 - other.0
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0.rem_euclid(DAY) / 60;
        write!(f, "{}T{:02}:{:02}", self.day(), minutes / 60, minutes % 60)
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;
    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let text = text.trim();
        // Only the forms of the file formats: no zone, no fraction, no week dates.
        let plain = |c: char| c.is_ascii_digit() || matches!(c, '-' | ':' | 'T' | ' ');
        if !text.chars().all(plain) || text.len() < 10 {
            return Err(NotAMoment);
        }
        if text.len() == 10 {
            return text.parse::<Date>().map(|day| Self::at(day, 0)).map_err(|_| NotAMoment);
        }
        text.parse::<DateTime>().map(Self::from).map_err(|_| NotAMoment)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Days since 1970-01-01.
pub(crate) fn number_of(day: Date) -> i64 {
    EPOCH.until(day).map_or(0, |span| i64::from(span.get_days()))
}

/// The day that many days after 1970-01-01, held within the years that can be written.
pub(crate) fn day_of(number: i64) -> Date {
    let span = jiff::Span::new().days(number.clamp(-4_000_000, 4_000_000));
    EPOCH.saturating_add(span)
}
