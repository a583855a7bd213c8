//! Questions about working days.

use jiff::civil::Date;

use crate::{
    Calendar, Exception, Range,
    moment::{day_of, number_of},
};

impl Calendar {
    /// Is this a working day, one with any working time?
    ///
    /// ```
    /// let china = calendar::Calendar::china();
    /// assert!(china.is_workday(jiff::civil::date(2015, 10, 10)));
    /// ```
    pub fn is_workday(&self, day: Date) -> bool {
        !self.hours(day).is_empty()
    }

    /// The ranges worked on a day, in order.
    ///
    /// ```
    /// let hours = calendar::Calendar::china();
    /// let hours = hours.hours(jiff::civil::date(2015, 11, 20));
    /// assert_eq!(hours.len(), 2);
    /// assert_eq!(hours[0].to_string(), "08:00-12:00");
    /// ```
    pub fn hours(&self, day: Date) -> &[Range] {
        self.line().hours(number_of(day))
    }

    /// Working days in the closed range `[from, to]`; none where `to` lies before `from`.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let china = calendar::Calendar::china();
    /// assert_eq!(china.count_workdays(date(2015, 10, 1), date(2015, 10, 31)), 18);
    /// ```
    pub fn count_workdays(&self, from: Date, to: Date) -> i64 {
        if to < from { 0 } else { self.before(number_of(to) + 1) - self.before(number_of(from)) }
    }

    /// The `n`-th working day strictly after a day; the day itself for `n` of 0 or less.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let china = calendar::Calendar::china();
    /// assert_eq!(china.add_workdays(date(2015, 9, 30), 1), date(2015, 10, 8));
    /// ```
    pub fn add_workdays(&self, day: Date, n: i64) -> Date {
        if n <= 0 {
            return day;
        }
        let reached = self.before(number_of(day) + 1).saturating_add(n.min(FAR));
        day_of(self.line().first_reaching(&self.line().days, reached).day)
    }

    /// The `n`-th working day strictly before a day; the day itself for `n` of 0 or less.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let china = calendar::Calendar::china();
    /// assert_eq!(china.sub_workdays(date(2015, 10, 8), 1), date(2015, 9, 30));
    /// ```
    pub fn sub_workdays(&self, day: Date, n: i64) -> Date {
        if n <= 0 {
            return day;
        }
        let reached = self.before(number_of(day)).saturating_sub(n.min(FAR)) + 1;
        day_of(self.line().first_reaching(&self.line().days, reached).day)
    }

    /// The day itself when it is a working day, else the next one.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let china = calendar::Calendar::china();
    /// assert_eq!(china.next_or_same(date(2015, 11, 21)), date(2015, 11, 23));
    /// ```
    pub fn next_or_same(&self, day: Date) -> Date {
        if self.is_workday(day) { day } else { self.add_workdays(day, 1) }
    }

    /// The day itself when it is a working day, else the one before.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let china = calendar::Calendar::china();
    /// assert_eq!(china.prev_or_same(date(2015, 11, 22)), date(2015, 11, 20));
    /// ```
    pub fn prev_or_same(&self, day: Date) -> Date {
        if self.is_workday(day) { day } else { self.sub_workdays(day, 1) }
    }

    /// Past the last published notice: the answer may change with the next one. Never for a
    /// calendar that waits for no notice.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let china = calendar::Calendar::china();
    /// assert!(china.is_provisional(date(2027, 1, 1)));
    /// assert!(!china.is_provisional(date(2026, 12, 28)));
    /// ```
    pub fn is_provisional(&self, day: Date) -> bool {
        self.published_until().is_some_and(|until| day > until)
    }

    /// Why a day is not what its weekday says, where it is not.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let china = calendar::Calendar::china();
    /// let parade = china.exception(date(2015, 9, 3)).map(|holiday| holiday.name.as_str());
    /// assert_eq!(parade, Some("中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"));
    /// assert!(china.exception(date(2015, 11, 20)).is_none());
    /// ```
    pub fn exception(&self, day: Date) -> Option<&Exception> {
        let place = self.line().exception(number_of(day))?;
        self.kept.exceptions.get(place)
    }

    fn before(&self, day: i64) -> i64 {
        self.line().before(&self.line().days, day)
    }
}

/// More working days than any date that can be written is away.
const FAR: i64 = 10_000_000;
