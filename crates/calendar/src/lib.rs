//! Working days of a public body: counting and adding them, on the State Council's holidays and
//! make-up days, with the derivation of every deadline.
//!
//! ```
//! use calendar::Calendar;
//! use jiff::civil::date;
//!
//! let china = Calendar::china();
//! // Saturday 10 October 2015 was a make-up day after the National Day week.
//! assert!(china.is_workday(date(2015, 10, 10)));
//! assert_eq!(china.add_workdays(date(2015, 9, 30), 3), date(2015, 10, 10));
//! ```

mod pack;

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use jiff::{Span, civil::Date};

/// Working days: weekdays, less the holidays, plus the make-up days.
///
/// Counting and adding cost O(log n) over prefix sums of the years that have a notice; outside
/// them Monday to Friday count, and [`Calendar::is_provisional`] says so.
#[derive(Clone, Debug)]
pub struct Calendar {
    days: Arc<Days>,
}

/// A deadline and its derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    pub from: Date,
    pub workdays: i64,
    /// Days of rest between, in order.
    pub skipped: Vec<Date>,
    /// Make-up days between that counted.
    pub made_up: Vec<Date>,
    pub due: Date,
    pub provisional: bool,
}

#[derive(Debug)]
struct Days {
    first: Date,
    last: Date,
    /// Working days in `[first, first + i)`.
    before: Vec<i64>,
    exceptions: BTreeMap<Date, Exception>,
}

static CHINA: LazyLock<Arc<Days>> =
    LazyLock::new(|| Arc::new(Days::from_pack(&pack::Pack::china())));

/// Why a day is not what its weekday says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exception {
    /// A day of rest, with the holiday's name.
    Off(String),
    /// A weekend day that is worked.
    Worked,
}

impl Exception {
    fn is_worked(&self) -> bool {
        matches!(self, Self::Worked)
    }
}

impl Calendar {
    /// Working days of China, 2004 to 2026, as the State Council's notices arranged them.
    pub fn china() -> Self {
        Self { days: CHINA.clone() }
    }

    /// Is this a working day?
    pub fn is_workday(&self, day: Date) -> bool {
        self.days.before(next(day)) > self.days.before(day)
    }

    /// Working days in `[from, to]`; none where `to` lies before `from`.
    pub fn count_workdays(&self, from: Date, to: Date) -> i64 {
        if to < from { 0 } else { self.days.before(next(to)) - self.days.before(from) }
    }

    /// The `n`-th working day strictly after a day; the day itself for `n` of 0 or less.
    pub fn add_workdays(&self, day: Date, n: i64) -> Date {
        if n <= 0 { day } else { self.days.nth(self.days.before(next(day)) + n) }
    }

    /// The `n`-th working day strictly before a day; the day itself for `n` of 0 or less.
    pub fn sub_workdays(&self, day: Date, n: i64) -> Date {
        if n <= 0 { day } else { self.days.nth(self.days.before(day) - n + 1) }
    }

    /// The day itself when it is a working day, else the next one.
    pub fn next_or_same(&self, day: Date) -> Date {
        if self.is_workday(day) { day } else { self.add_workdays(day, 1) }
    }

    /// The day itself when it is a working day, else the one before.
    pub fn prev_or_same(&self, day: Date) -> Date {
        if self.is_workday(day) { day } else { self.sub_workdays(day, 1) }
    }

    /// Why a day is not what its weekday says, where it is not.
    pub fn exception(&self, day: Date) -> Option<&Exception> {
        self.days.exceptions.get(&day)
    }

    /// How a deadline of `n` working days came about: the days passed over on the way.
    pub fn derive_workdays(&self, day: Date, n: i64) -> Derivation {
        let due = self.add_workdays(day, n);
        let mut skipped = Vec::new();
        let mut made_up = Vec::new();
        let mut passing = next(day);
        while passing < due {
            if !self.is_workday(passing) {
                skipped.push(passing);
            } else if !is_weekday(passing) {
                made_up.push(passing);
            }
            passing = next(passing);
        }
        let provisional = self.is_provisional(due);
        Derivation { from: day, workdays: n, skipped, made_up, due, provisional }
    }

    /// Past the last published year: the answer may change with the next notice.
    pub fn is_provisional(&self, day: Date) -> bool {
        day > self.days.last
    }
}

impl Days {
    fn from_pack(pack: &pack::Pack) -> Self {
        let (first, last) = (pack.first(), pack.published_until);
        let mut before = Vec::with_capacity(8_500);
        let (mut day, mut count) = (first, 0);
        while day <= last {
            before.push(count);
            let works = pack.exception(day).map_or(is_weekday(day), |kind| kind.is_worked());
            count += i64::from(works);
            day = next(day);
        }
        before.push(count);
        let exceptions = pack.exceptions();
        Self { first, last, before, exceptions }
    }

    /// Working days from `first` up to but not including a day; negative before `first`.
    fn before(&self, day: Date) -> i64 {
        let place = days_between(self.first, day);
        match usize::try_from(place) {
            Err(_) => -weekdays(day, self.first),
            Ok(place) => match self.before.get(place) {
                Some(count) => *count,
                None => self.total() + weekdays(next(self.last), day),
            },
        }
    }

    fn total(&self) -> i64 {
        self.before.last().copied().unwrap_or(0)
    }

    /// The working day with exactly `count` working days up to and including it.
    fn nth(&self, count: i64) -> Date {
        if count > self.total() {
            return nth_weekday(next(self.last), count - self.total());
        }
        if count <= 0 {
            return nth_weekday_back(self.first, 1 - count);
        }
        let place = self.before.partition_point(|before| *before < count);
        plus(self.first, i64::try_from(place).unwrap_or(0) - 1)
    }
}

fn is_weekday(day: Date) -> bool {
    day.weekday().to_monday_one_offset() <= 5
}

/// Weekdays Monday to Friday in `[from, to)`.
fn weekdays(from: Date, to: Date) -> i64 {
    let days = days_between(from, to);
    let (weeks, rest) = (days.div_euclid(7), days.rem_euclid(7));
    let start = i64::from(from.weekday().to_monday_zero_offset());
    let odd = (0..rest).filter(|step| (start + step) % 7 < 5).count();
    weeks * 5 + i64::try_from(odd).unwrap_or(0)
}

/// The `n`-th weekday on or after a day, `n` from 1.
fn nth_weekday(from: Date, n: i64) -> Date {
    let mut day = plus(from, (n - 1) / 5 * 7);
    let mut left = (n - 1) % 5;
    while !is_weekday(day) {
        day = next(day);
    }
    while left > 0 {
        day = next(day);
        left -= i64::from(is_weekday(day));
    }
    day
}

/// The `n`-th weekday strictly before a day, `n` from 1.
fn nth_weekday_back(from: Date, n: i64) -> Date {
    let mut day = plus(from, -((n - 1) / 5 * 7) - 1);
    let mut left = (n - 1) % 5;
    while !is_weekday(day) {
        day = plus(day, -1);
    }
    while left > 0 {
        day = plus(day, -1);
        left -= i64::from(is_weekday(day));
    }
    day
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days.clamp(-3_000_000, 3_000_000)))
}

fn next(day: Date) -> Date {
    plus(day, 1)
}

#[cfg(test)]
mod tests;
