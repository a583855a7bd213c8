//! Terms as statutes state them: days, working days, months.

use std::fmt;

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

/// A term from the day of issue, which itself is not counted (民法典 art. 201).
///
/// ```
/// use calendar::{Calendar, Term};
/// use jiff::civil::date;
/// let due = Calendar::china().deadline(date(2015, 11, 20), Term::Workdays(7)).due;
/// assert_eq!(due, date(2015, 12, 1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Calendar days; a last day of rest rolls on to the next working day.
    Days(i64),
    /// Working days.
    Workdays(i64),
    /// Months, to the day of the same number or the month's last; rolls on as days do.
    Months(i64),
}

impl Term {
    /// The day plain counting leads to; none for working days. Terms are held within 10,000
    /// years.
    pub(crate) fn counted(self, issued: Date) -> Option<Date> {
        match self {
            Self::Workdays(_) => None,
            Self::Days(n) => Some(issued.saturating_add(Span::new().days(n.clamp(0, 3_650_000)))),
            Self::Months(n) => Some(issued.saturating_add(Span::new().months(n.clamp(0, 119_000)))),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, one) = match self {
            Self::Days(n) => (n, "day"),
            Self::Workdays(n) => (n, "working day"),
            Self::Months(n) => (n, "month"),
        };
        write!(f, "{n} {one}{}", if *n == 1 { "" } else { "s" })
    }
}
