//! A calendar over time: editions of one jurisdiction, what differs between two, and which
//! deadlines a new one moves.

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    Calendar, Term,
    moment::{day_of, number_of},
};

/// One edition of a jurisdiction's calendar.
///
/// ```
/// use calendar::{Calendar, Edition};
/// let since = jiff::civil::date(2015, 1, 1);
/// let first = Edition { number: 1, since, note: "国办发明电".into(), calendar: Calendar::china() };
/// assert_eq!(first.calendar.name(), "cn");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its number, from 1.
    pub number: u32,
    /// The day it came into use.
    pub since: Date,
    /// Why: the notice it follows.
    pub note: String,
    /// What holds.
    pub calendar: Calendar,
}

/// The editions of a jurisdiction's calendar, oldest first.
///
/// ```
/// use calendar::{Calendar, Editions};
/// use jiff::civil::date;
///
/// let mut editions = Editions::default();
/// editions.add(date(2015, 1, 1), "first", Calendar::office());
/// editions.add(date(2015, 6, 1), "second", Calendar::china());
/// assert_eq!(editions.in_use(date(2015, 5, 31)).map(|edition| edition.number), Some(1));
/// assert_eq!(editions.in_use(date(2015, 6, 1)).map(|edition| edition.number), Some(2));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editions {
    editions: Vec<Edition>,
}

impl Editions {
    /// Adds an edition after those there are; its number is the next. It cannot come into use
    /// before the one it follows, so an earlier day is moved to that one's.
    ///
    /// ```
    /// let mut editions = calendar::Editions::default();
    /// let since = jiff::civil::date(2015, 1, 1);
    /// assert_eq!(editions.add(since, "first", calendar::Calendar::china()).number, 1);
    /// ```
    pub fn add(&mut self, since: Date, note: &str, calendar: Calendar) -> &Edition {
        let place = self.editions.len();
        let since = self.editions.last().map_or(since, |last| last.since.max(since));
        let number = u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1);
        self.editions.push(Edition { number, since, note: note.into(), calendar });
        &self.editions[place]
    }

    /// All editions, oldest first.
    ///
    /// ```
    /// assert!(calendar::Editions::default().all().is_empty());
    /// ```
    pub fn all(&self) -> &[Edition] {
        &self.editions
    }

    /// The edition in use on a day: the newest that had come into use.
    ///
    /// ```
    /// let day = jiff::civil::date(2015, 1, 1);
    /// assert!(calendar::Editions::default().in_use(day).is_none());
    /// ```
    pub fn in_use(&self, day: Date) -> Option<&Edition> {
        self.editions.iter().rev().find(|edition| edition.since <= day)
    }
}

/// A day on which two calendars differ.
///
/// ```
/// use calendar::{Calendar, differences};
/// use jiff::civil::date;
/// let (office, china) = (Calendar::office(), Calendar::china());
/// let found = differences(&office, &china, date(2015, 9, 1), date(2015, 9, 6));
/// let days: Vec<_> = found.iter().map(|one| (one.day.day(), one.is_workday)).collect();
/// assert_eq!(days, [(3, false), (4, false), (6, true)]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The day.
    pub day: Date,
    /// Was it a working day before?
    pub was_workday: bool,
    /// Is it one now? Both are the same where only the hours differ.
    pub is_workday: bool,
    /// The new calendar's reason, where it has one.
    pub name: Option<String>,
}

/// The days in `[from, to]`, at most 100 years of them, on which the hours worked differ.
///
/// ```
/// use calendar::{Calendar, differences};
/// use jiff::civil::date;
/// let china = Calendar::china();
/// assert!(differences(&china, &china, date(2015, 1, 1), date(2015, 12, 31)).is_empty());
/// ```
pub fn differences(old: &Calendar, new: &Calendar, from: Date, to: Date) -> Vec<Difference> {
    let (first, last) = (number_of(from), number_of(to));
    let days = (first..=last.min(first + 36_525)).map(day_of);
    let differing = days.filter(|day| old.hours(*day) != new.hours(*day));
    let described = differing.map(|day| Difference {
        day,
        was_workday: old.is_workday(day),
        is_workday: new.is_workday(day),
        name: new.exception(day).map(|exception| exception.name.clone()),
    });
    described.collect()
}

/// A deadline that another calendar moves.
///
/// ```
/// use calendar::{Calendar, Term, shifts};
/// use jiff::civil::date;
///
/// let terms = [(date(2015, 9, 1), Term::Workdays(5)), (date(2015, 9, 7), Term::Workdays(5))];
/// let moved = shifts(&Calendar::office(), &Calendar::china(), terms);
/// assert_eq!(moved.len(), 1);
/// assert_eq!((moved[0].before, moved[0].after), (date(2015, 9, 8), date(2015, 9, 9)));
/// assert_eq!(moved[0].days, 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shift {
    /// Which of the terms handed in, from 0.
    pub place: usize,
    /// The day it was issued.
    pub issued: Date,
    /// Its term.
    pub term: Term,
    /// When it was due.
    pub before: Date,
    /// When it would be due.
    pub after: Date,
    /// Calendar days between; positive is later.
    pub days: i64,
}

/// The deadlines that a new calendar would move, shown before it comes into use.
///
/// ```
/// use calendar::{Calendar, Term, shifts};
/// let (china, day) = (Calendar::china(), jiff::civil::date(2015, 9, 1));
/// assert!(shifts(&china, &china, [(day, Term::Days(30))]).is_empty());
/// ```
pub fn shifts(
    old: &Calendar,
    new: &Calendar,
    terms: impl IntoIterator<Item = (Date, Term)>,
) -> Vec<Shift> {
    let due = |calendar: &Calendar, issued: Date, term: Term| match term {
        Term::Workdays(n) => calendar.add_workdays(issued, n),
        _ => calendar.next_or_same(term.counted(issued).unwrap_or(issued)),
    };
    let mut moved = Vec::new();
    for (place, (issued, term)) in terms.into_iter().enumerate() {
        let (before, after) = (due(old, issued, term), due(new, issued, term));
        if before != after {
            let days = number_of(after) - number_of(before);
            moved.push(Shift { place, issued, term, before, after, days });
        }
    }
    moved
}
