//! Working hours: ranges of a day, seven days a week, and the days on which it is otherwise.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::DAY;

/// One range of working time in a day, in seconds after midnight; the end is not worked.
///
/// Written `08:00-12:00`; a range may end at `24:00`.
///
/// ```
/// let morning: calendar::Range = "08:00-12:00".parse()?;
/// assert_eq!((morning.from, morning.to), (8 * 3600, 12 * 3600));
/// assert_eq!(morning.to_string(), "08:00-12:00");
/// # Ok::<(), calendar::NotARange>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range {
    /// Seconds after midnight at which work begins.
    pub from: i64,
    /// Seconds after midnight at which work ends, at most a day.
    pub to: i64,
}

/// The text is not a range: `HH:MM-HH:MM`, the end later than the beginning, was expected.
///
/// ```
/// assert!("12:00-08:00".parse::<calendar::Range>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotARange;

impl fmt::Display for NotARange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a range of the form 08:00-12:00 that ends later than it begins")
    }
}

impl std::error::Error for NotARange {}

impl Range {
    /// A range in seconds after midnight; `None` unless `0 ≤ from < to ≤ 24 h`.
    ///
    /// ```
    /// use calendar::Range;
    /// assert!(Range::new(0, 24 * 3600).is_some());
    /// assert!(Range::new(3600, 3600).is_none());
    /// ```
    pub const fn new(from: i64, to: i64) -> Option<Self> {
        if 0 <= from && from < to && to <= DAY { Some(Self { from, to }) } else { None }
    }
}

impl FromStr for Range {
    type Err = NotARange;
    fn from_str(text: &str) -> Result<Self, NotARange> {
        let (from, to) = text.trim().split_once('-').ok_or(NotARange)?;
        Self::new(time_of_day(from)?, time_of_day(to)?).ok_or(NotARange)
    }
}

fn time_of_day(text: &str) -> Result<i64, NotARange> {
    let mut seconds = 0;
    let mut parts = 0;
    for (part, scale) in text.trim().split(':').zip([3600, 60, 1]) {
        let is_plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let value: i64 = part.parse().map_err(|_| NotARange)?;
        if !is_plain || (scale < 3600 && value > 59) {
            return Err(NotARange);
        }
        seconds += value * scale;
        parts += 1;
    }
    if parts < 2 || text.trim().split(':').count() > 3 { Err(NotARange) } else { Ok(seconds) }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |seconds: i64| (seconds / 3600, seconds / 60 % 60, seconds % 60);
        for (sign, seconds) in [("", self.from), ("-", self.to)] {
            let (hour, minute, second) = clock(seconds);
            write!(f, "{sign}{hour:02}:{minute:02}")?;
            if second > 0 {
                write!(f, ":{second:02}")?;
            }
        }
        Ok(())
    }
}

impl Serialize for Range {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Range {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The working ranges of one day, in any order; none is a day off.
pub type Hours = Vec<Range>;

/// The working ranges of a week, Monday first.
pub type Week = [Hours; 7];

/// Office hours, 08:00–12:00 and 13:00–17:00, eight hours.
///
/// ```
/// let hours = calendar::office_hours();
/// assert_eq!(hours.iter().map(|range| range.to - range.from).sum::<i64>(), 28_800);
/// ```
pub fn office_hours() -> Hours {
    vec![Range { from: 8 * 3600, to: 12 * 3600 }, Range { from: 13 * 3600, to: 17 * 3600 }]
}

/// Office hours from Monday to Friday.
///
/// ```
/// let week = calendar::office_week();
/// assert!(week[4] == calendar::office_hours() && week[5].is_empty());
/// ```
pub fn office_week() -> Week {
    let (on, off) = (office_hours(), Hours::new());
    [on.clone(), on.clone(), on.clone(), on.clone(), on, off.clone(), off]
}

/// Days on which the week does not hold: a holiday, or weekend days that are worked.
///
/// ```
/// use calendar::{Exception, office_hours};
/// use jiff::civil::date;
///
/// let made_up = Exception {
///     first: date(2015, 10, 10),
///     last: date(2015, 10, 10),
///     working: office_hours(),
///     name: "国庆节".into(),
/// };
/// assert!(made_up.is_worked());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The first day.
    pub first: Date,
    /// The last day, at least the first.
    pub last: Date,
    /// What is worked on each of these days; nothing makes them days off.
    #[serde(default)]
    pub working: Hours,
    /// Why: the holiday's name.
    #[serde(default)]
    pub name: String,
}

impl Exception {
    /// Is there work on these days?
    ///
    /// ```
    /// # use jiff::civil::date;
    /// let (first, last) = (date(2015, 10, 1), date(2015, 10, 7));
    /// let week = calendar::Exception { first, last, working: vec![], name: "国庆节".into() };
    /// assert!(!week.is_worked());
    /// ```
    pub fn is_worked(&self) -> bool {
        !self.working.is_empty()
    }
}

/// What a calendar is made of, as an office edits it and a file holds it.
///
/// Where exceptions overlap, the later in the list holds.
///
/// ```
/// use calendar::{Calendar, Rules};
///
/// let rules = Rules { name: "office".into(), ..Rules::default() };
/// let office = Calendar::new(&rules)?;
/// assert!(!office.is_workday(jiff::civil::date(2015, 11, 21)));
/// # Ok::<(), calendar::Fault>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The calendar's name.
    pub name: String,
    /// The working ranges by weekday; none takes the base's week, or office hours without a base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week: Option<Week>,
    /// Weeks of their own for a time: first day, last day, ranges by weekday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seasons: Vec<Season>,
    /// The days on which the week does not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Exception>,
    /// The last day of the last published notice; answers past it are provisional. None is a
    /// calendar that waits for no notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_until: Option<Date>,
}

/// A week that holds for a time: summer hours, for instance. Exceptions go before it.
///
/// ```
/// use calendar::{Calendar, Rules, Season};
/// use jiff::civil::date;
///
/// let mut week = calendar::office_week();
/// week[4].clear();
/// let summer = Season { first: date(2015, 7, 1), last: date(2015, 8, 31), week };
/// let rules = Rules { name: "summer".into(), seasons: vec![summer], ..Rules::default() };
/// let office = Calendar::new(&rules)?;
/// assert!(!office.is_workday(date(2015, 7, 10)) && office.is_workday(date(2015, 9, 11)));
/// # Ok::<(), calendar::Fault>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Season {
    /// The first day.
    pub first: Date,
    /// The last day, at least the first.
    pub last: Date,
    /// The working ranges by weekday, Monday first.
    pub week: Week,
}
