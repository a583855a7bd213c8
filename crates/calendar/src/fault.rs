//! What can be wrong with what is handed in, typed so that it can be said in any language.

use std::fmt;

use jiff::civil::Date;

use crate::Range;

/// Rules that make no calendar.
///
/// ```
/// use calendar::{Calendar, Fault, Rules};
/// let rules = Rules { week: Some(Default::default()), ..Rules::default() };
/// assert_eq!(Calendar::new(&rules), Err(Fault::NoWorkingTime));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// In no day of the week is there work: nothing could ever be finished.
    NoWorkingTime,
    /// Two ranges of one day overlap.
    Overlap(Range, Range),
    /// An exception or a season ends before it begins.
    Backwards {
        /// Where it begins.
        first: Date,
        /// Where it ends.
        last: Date,
    },
    /// A file that is not as it must be.
    File(BadInput),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWorkingTime => f.write_str("the calendar has no working time"),
            Self::Overlap(one, other) => write!(f, "the ranges {one} and {other} overlap"),
            Self::Backwards { first, last } => write!(f, "{last} lies before {first}"),
            Self::File(bad) => bad.fmt(f),
        }
    }
}

impl std::error::Error for Fault {}

impl From<BadInput> for Fault {
    fn from(bad: BadInput) -> Self {
        Self::File(bad)
    }
}

/// One thing wrong in an input: where, in which field, what was found and what was expected.
///
/// ```
/// use calendar::{Calendar, Expected, answer};
/// let bad = answer(&Calendar::china(), b"op,a,b\nadd_after,2015-02-29,3\n").unwrap_err();
/// assert_eq!(bad.expected, Expected::Date);
/// assert_eq!(bad.to_string(), "row 2, field a: found \"2015-02-29\", expected a date YYYY-MM-DD");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadInput {
    /// The row, task or entry.
    pub place: Place,
    /// The field's name, as the input's format calls it.
    pub field: String,
    /// What stood there.
    pub found: String,
    /// What should have stood there.
    pub expected: Expected,
}

/// Where in an input.
///
/// ```
/// assert_eq!(calendar::Place::Row(3).to_string(), "row 3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The input as a whole.
    File,
    /// A row, the header being row 1.
    Row(u64),
    /// A line of text, from 1.
    Line(u64),
    /// A task, by its number.
    Task(i64),
    /// A calendar, by its name or number.
    Calendar(String),
}

/// What an input should have held.
///
/// ```
/// assert_eq!(calendar::Expected::Date.to_string(), "a date YYYY-MM-DD");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `YYYY-MM-DD`, a day there is.
    Date,
    /// `YYYY-MM-DDTHH:MM`, a time there is.
    Moment,
    /// A whole number.
    Number,
    /// A whole number, not negative, of at most this.
    Amount(i64),
    /// A working range, `HH:MM-HH:MM`.
    Range,
    /// One of some words.
    OneOf(&'static str),
    /// Something at all.
    Something,
    /// A number no other has.
    Unique,
    /// The number of a task there is.
    KnownTask,
    /// The name of a calendar there is.
    KnownCalendar,
    /// Another task than itself.
    Other,
    /// An order without a cycle.
    NoCycle,
    /// A link such as `7:FS:0`.
    Link,
    /// A last day not before the first.
    Later,
    /// Some working time in the week.
    WorkingTime,
    /// A date between the years 1 and 9999.
    Writable,
    /// Text of the format, readable as such.
    Format(&'static str),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("the file"),
            Self::Row(row) => write!(f, "row {row}"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Task(task) => write!(f, "task {task}"),
            Self::Calendar(name) => write!(f, "calendar {name}"),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date => f.write_str("a date YYYY-MM-DD"),
            Self::Moment => f.write_str("a time YYYY-MM-DDTHH:MM"),
            Self::Number => f.write_str("a whole number"),
            Self::Amount(most) => write!(f, "a whole number from 0 to {most}"),
            Self::Range => f.write_str("a range such as 08:00-12:00"),
            Self::OneOf(words) => write!(f, "one of {words}"),
            Self::Something => f.write_str("a value"),
            Self::Unique => f.write_str("a number no other row has"),
            Self::KnownTask => f.write_str("the number of a task in this plan"),
            Self::KnownCalendar => f.write_str("the name of a calendar in this plan"),
            Self::Other => f.write_str("another task than itself"),
            Self::NoCycle => f.write_str("an order without a cycle"),
            Self::Link => f.write_str("links such as 7:FS:0"),
            Self::Later => f.write_str("a last day not before the first"),
            Self::WorkingTime => f.write_str("some working time in the week"),
            Self::Writable => f.write_str("dates between the years 1 and 9999"),
            Self::Format(format) => f.write_str(format),
        }
    }
}

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if !self.field.is_empty() {
            write!(f, ", field {}", self.field)?;
        }
        let found: String = self.found.chars().take(200).collect();
        write!(f, ": found {found:?}, expected {}", self.expected)
    }
}

impl std::error::Error for BadInput {}

impl BadInput {
    /// One wrong thing.
    ///
    /// ```
    /// use calendar::{BadInput, Expected, Place};
    /// let bad = BadInput::new(Place::Row(2), "uid", "x", Expected::Number);
    /// assert_eq!(bad.to_string(), "row 2, field uid: found \"x\", expected a whole number");
    /// ```
    pub fn new(place: Place, field: &str, found: impl Into<String>, expected: Expected) -> Self {
        Self { place, field: field.into(), found: found.into(), expected }
    }
}
