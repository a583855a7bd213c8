//! Working days and working time of an office: counting them, adding them, and saying how every
//! deadline came about.
//!
//! ```text
//! Rules (a week, seasons, exceptions) ──▶ Calendar ──▶ working days: count, add, next, previous
//!   ▲ own TOML file, over a base calendar      │  └────▶ working time: the same, to the second
//!   └ packs: China 2004–2026                   └──▶ Derivation: issued, skipped and why, due
//! ```
//!
//! The State Council moves working days about each year: holidays off, weekend days made up. A
//! [`Calendar`] holds them as data and answers in O(log n) of its exceptions, far outside the
//! published years too, where [`Calendar::is_provisional`] says that the next notice may change
//! the answer.
//!
//! ```
//! use calendar::Calendar;
//! use jiff::civil::date;
//!
//! let china = Calendar::china();
//! // Saturday 10 October 2015 was a make-up day after the National Day week.
//! assert!(china.is_workday(date(2015, 10, 10)));
//! assert_eq!(china.add_workdays(date(2015, 9, 30), 3), date(2015, 10, 10));
//! assert_eq!(
//!     china.derive_workdays(date(2015, 11, 2), 5).to_string(),
//!     "issued 2015-11-02, 5 working days, skips 2015-11-07, 2015-11-08, due 2015-11-09",
//! );
//! ```
//!
//! This crate reads no clock, no file and no network: what it needs is handed in.

mod command;
mod days;
mod derivation;
mod fault;
mod file;
mod hours;
mod line;
mod moment;
mod pack;
mod steps;
mod term;
mod time;
mod version;

use std::sync::{Arc, LazyLock};

pub use command::{Answers, answer};
pub use derivation::{Derivation, Skipped};
pub use fault::{BadInput, Expected, Fault, Place};
pub use hours::{
    Exception, Hours, NotARange, Range, Rules, Season, Week, office_hours, office_week,
};
pub use moment::{DAY, Moment, NotAMoment};
pub use term::Term;
pub use version::{Difference, Edition, Editions, Shift, differences, shifts};

use jiff::civil::Date;
use line::Line;

/// Working days and working time: a week, less the holidays, plus the days made up.
///
/// A clone shares the data. Two calendars are equal when their rules are.
///
/// ```
/// let china = calendar::Calendar::china();
/// assert_eq!(china.name(), "cn");
/// assert_eq!(china.clone(), china);
/// ```
#[derive(Clone, Debug)]
pub struct Calendar {
    kept: Arc<Kept>,
}

#[derive(Debug)]
struct Kept {
    rules: Rules,
    base: Option<Calendar>,
    /// The exceptions of the bases and its own, those that go first last.
    exceptions: Vec<Exception>,
    line: Line,
}

static CHINA: LazyLock<Option<Calendar>> =
    LazyLock::new(|| Calendar::new(&pack::china().ok()?).ok());

impl Calendar {
    /// A calendar of its own rules; without a week it works office hours from Monday to Friday.
    ///
    /// # Errors
    /// Ranges of a day that overlap, an exception that ends before it begins, or a week in which
    /// nobody works.
    ///
    /// ```
    /// use calendar::{Calendar, Fault, Rules};
    /// let never = Rules { week: Some(Default::default()), ..Rules::default() };
    /// assert_eq!(Calendar::new(&never).unwrap_err(), Fault::NoWorkingTime);
    /// ```
    pub fn new(rules: &Rules) -> Result<Self, Fault> {
        Self::lay(rules, None)
    }

    /// A calendar derived from this one: its rules, and the own ones over them. An own exception
    /// goes before the base's, the base's exceptions go before an own week.
    ///
    /// # Errors
    /// Those of [`Calendar::new`].
    ///
    /// ```
    /// use calendar::{Calendar, Exception, Rules};
    /// use jiff::civil::date;
    ///
    /// let day = date(2015, 7, 28);
    /// let memorial = Exception { first: day, last: day, working: vec![], name: "纪念日".into() };
    /// let own = Rules { name: "示范市".into(), exceptions: vec![memorial], ..Rules::default() };
    /// let city = Calendar::china().derive(&own)?;
    /// assert!(!city.is_workday(day) && Calendar::china().is_workday(day));
    /// # Ok::<(), calendar::Fault>(())
    /// ```
    pub fn derive(&self, own: &Rules) -> Result<Self, Fault> {
        Self::lay(own, Some(self.clone()))
    }

    fn lay(rules: &Rules, base: Option<Self>) -> Result<Self, Fault> {
        let mut layers = vec![rules];
        let mut below = base.as_ref();
        while let Some(calendar) = below {
            layers.insert(0, &calendar.kept.rules);
            below = calendar.kept.base.as_ref();
        }
        let exceptions: Vec<Exception> =
            layers.iter().flat_map(|rules| rules.exceptions.clone()).collect();
        let line = Line::lay(&layers, &exceptions)?;
        let rules = rules.clone();
        Ok(Self { kept: Arc::new(Kept { rules, base, exceptions, line }) })
    }

    /// Working days of China, 2004 to 2026, as the State Council's notices arranged them; office
    /// hours 08:00–12:00 and 13:00–17:00. Checked day by day against `chinesecalendar` 1.11.0.
    ///
    /// ```
    /// let china = calendar::Calendar::china();
    /// assert!(!china.is_workday(jiff::civil::date(2015, 9, 3)));
    /// ```
    pub fn china() -> Self {
        // The pack is part of the program and a test reads it whole: the fallback is never met.
        CHINA.clone().unwrap_or_else(Self::office)
    }

    /// Office hours from Monday to Friday, without holidays.
    ///
    /// ```
    /// let office = calendar::Calendar::office();
    /// assert!(office.is_workday(jiff::civil::date(2015, 9, 3)));
    /// ```
    pub fn office() -> Self {
        Self::plain("office", office_week())
    }

    /// Every minute of every day.
    ///
    /// ```
    /// let always = calendar::Calendar::continuous();
    /// assert!(always.is_continuous() && always.is_workday(jiff::civil::date(2015, 11, 22)));
    /// ```
    pub fn continuous() -> Self {
        Self::plain("continuous", std::array::from_fn(|_| vec![Range { from: 0, to: DAY }]))
    }

    fn plain(name: &str, week: Week) -> Self {
        let rules = Rules { name: name.into(), week: Some(week), ..Rules::default() };
        match Self::new(&rules) {
            Ok(calendar) => calendar,
            Err(_) => unreachable!("a whole week of plain ranges has working time"),
        }
    }

    /// The calendar's name.
    ///
    /// ```
    /// assert_eq!(calendar::Calendar::continuous().name(), "continuous");
    /// ```
    pub fn name(&self) -> &str {
        &self.kept.rules.name
    }

    /// Its own rules, without those of its base.
    ///
    /// ```
    /// assert!(calendar::Calendar::china().rules().exceptions.len() > 300);
    /// ```
    pub fn rules(&self) -> &Rules {
        &self.kept.rules
    }

    /// The calendar it is derived from.
    ///
    /// ```
    /// use calendar::{Calendar, Rules};
    /// let own = Calendar::china().derive(&Rules::default())?;
    /// assert_eq!(own.base().map(Calendar::name), Some("cn"));
    /// # Ok::<(), calendar::Fault>(())
    /// ```
    pub fn base(&self) -> Option<&Self> {
        self.kept.base.as_ref()
    }

    /// Is every minute of every day worked?
    ///
    /// ```
    /// assert!(!calendar::Calendar::china().is_continuous());
    /// ```
    pub fn is_continuous(&self) -> bool {
        self.kept.line.is_continuous
    }

    /// The last day of the last published notice; none where no notice is waited for. A derived
    /// calendar's own day goes before its base's.
    ///
    /// ```
    /// let until = calendar::Calendar::china().published_until();
    /// assert_eq!(until, Some(jiff::civil::date(2026, 12, 28)));
    /// ```
    pub fn published_until(&self) -> Option<Date> {
        let own = self.kept.rules.published_until;
        own.or_else(|| self.kept.base.as_ref().and_then(Self::published_until))
    }

    fn line(&self) -> &Line {
        &self.kept.line
    }
}

impl Default for Calendar {
    /// The calendar of China.
    fn default() -> Self {
        Self::china()
    }
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.kept, &other.kept)
            || (self.kept.rules == other.kept.rules && self.kept.base == other.kept.base)
    }
}

impl Eq for Calendar {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
