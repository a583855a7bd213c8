//! How a deadline came about: issued when, which days were passed over and why, due when.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    Calendar, Term,
    moment::{day_of, number_of},
};

/// A deadline with its whole derivation. `Display` writes it in English; the parts are there for
/// words in other languages.
///
/// ```
/// use calendar::{Calendar, Skipped};
/// use jiff::civil::date;
///
/// let derived = Calendar::china().derive_workdays(date(2015, 9, 30), 2);
/// assert_eq!(derived.due, date(2015, 10, 9));
/// assert_eq!(derived.skipped.len(), 7);
/// assert_eq!(derived.skipped[0], Skipped { day: date(2015, 10, 1), holiday: Some("国庆节".into()) });
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Derivation {
    /// The day the count starts from; it is not counted itself.
    pub issued: Date,
    /// What was counted.
    pub term: Term,
    /// Where plain counting of days or months led before rolling on; the due day itself where
    /// working days were counted.
    pub counted_to: Date,
    /// Days of rest passed over, in order.
    pub skipped: Vec<Skipped>,
    /// Weekend days that were worked and so counted, in order; the due day among them.
    pub made_up: Vec<Date>,
    /// The last day of the term.
    pub due: Date,
    /// The due day lies past the last published notice.
    pub provisional: bool,
}

/// A day of rest that did not count.
///
/// ```
/// let derived = calendar::Calendar::china().derive_workdays(jiff::civil::date(2015, 11, 20), 1);
/// assert!(derived.skipped.iter().all(|skipped| skipped.holiday.is_none()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The day.
    pub day: Date,
    /// The holiday's name; none is an ordinary weekend.
    pub holiday: Option<String>,
}

/// So many days are listed at most: a derivation is read by a person.
const LISTED: i64 = 4_000;

impl Calendar {
    /// The deadline `n` working days after a day, derived. Of a term that passes over more than
    /// 4,000 days the first ones are listed.
    ///
    /// ```
    /// let china = calendar::Calendar::china();
    /// let derived = china.derive_workdays(jiff::civil::date(2026, 12, 25), 5);
    /// assert!(derived.provisional);
    /// ```
    pub fn derive_workdays(&self, day: Date, n: i64) -> Derivation {
        self.derived(day, Term::Workdays(n.max(0)), day, self.add_workdays(day, n))
    }

    /// The deadline of a term counted from a day, derived.
    ///
    /// A term of days or months whose last day is a day of rest ends on the next working day
    /// (民法典 art. 203); a month ends on the day of the same number, or the month's last (202).
    /// The day of issue is not counted (201).
    ///
    /// ```
    /// use calendar::{Calendar, Term};
    /// use jiff::civil::date;
    ///
    /// let china = Calendar::china();
    /// // 30 days from 1 September 2015 end in the National Day week, so the term runs on.
    /// assert_eq!(china.deadline(date(2015, 9, 1), Term::Days(30)).due, date(2015, 10, 8));
    /// assert_eq!(china.deadline(date(2015, 1, 30), Term::Months(1)).due, date(2015, 2, 28));
    /// ```
    pub fn deadline(&self, issued: Date, term: Term) -> Derivation {
        let Some(counted_to) = term.counted(issued) else {
            let Term::Workdays(n) = term else { return self.derived(issued, term, issued, issued) };
            return self.derive_workdays(issued, n);
        };
        let due = self.next_or_same(counted_to);
        self.derived(issued, term, counted_to, due)
    }

    /// Lists the days passed over after `from` and up to the due day.
    fn derived(&self, issued: Date, term: Term, from: Date, due: Date) -> Derivation {
        let mut skipped = Vec::new();
        let mut made_up = Vec::new();
        let is_counting = matches!(term, Term::Workdays(_));
        let (first, last) = (number_of(from) + i64::from(is_counting), number_of(due));
        for day in (first..=last.min(first + LISTED)).map(day_of) {
            let is_weekend = day.weekday().to_monday_one_offset() > 5;
            if !self.is_workday(day) {
                let name = |holiday: &crate::Exception| holiday.name.clone();
                let holiday = self.exception(day).map(name).filter(|name| !name.is_empty());
                skipped.push(Skipped { day, holiday });
            } else if is_weekend && self.exception(day).is_some() {
                made_up.push(day);
            }
        }
        let counted_to = if is_counting { due } else { from };
        let provisional = self.is_provisional(due);
        Derivation { issued, term, counted_to, skipped, made_up, due, provisional }
    }
}

impl fmt::Display for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "issued {}, {}", self.issued, self.term)?;
        if self.counted_to != self.due {
            write!(f, ", ends {}", self.counted_to)?;
        }
        list(f, ", skips ", self.skipped.iter().map(|s| (s.day, s.holiday.as_deref())))?;
        list(f, ", counts made-up ", self.made_up.iter().map(|day| (*day, None)))?;
        write!(f, ", due {}", self.due)?;
        if self.provisional { f.write_str(" (provisional)") } else { Ok(()) }
    }
}

fn list<'a>(
    f: &mut fmt::Formatter<'_>,
    before: &'static str,
    days: impl Iterator<Item = (Date, Option<&'a str>)>,
) -> fmt::Result {
    let mut between = before;
    for (day, name) in days {
        write!(f, "{between}{day}")?;
        if let Some(name) = name {
            write!(f, " {name}")?;
        }
        between = ", ";
    }
    Ok(())
}
