//! Questions about working time: adding it, taking it away, measuring it, to the second.

use crate::{
    Calendar, DAY, Moment, Range,
    line::Point,
    moment::{day_of, number_of},
};

impl Calendar {
    /// Seconds worked between two moments; negative where `to` is the earlier.
    ///
    /// ```
    /// let china = calendar::Calendar::china();
    /// let worked = china.worked_between("2015-09-30T16:00".parse()?, "2015-10-08T09:00".parse()?);
    /// assert_eq!(worked, 2 * 3600);
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    pub fn worked_between(&self, from: Moment, to: Moment) -> i64 {
        self.worked(to) - self.worked(from)
    }

    /// The moment at which so many more seconds have been worked. Work that ends with a range
    /// ends there, not at the beginning of the next. Negative amounts count back as
    /// [`Calendar::sub_time`] does; nothing added leaves the moment as it is.
    ///
    /// ```
    /// let china = calendar::Calendar::china();
    /// let finish = china.add_time("2015-09-30T13:00".parse()?, 8 * 3600);
    /// assert_eq!(finish.to_string(), "2015-10-08T12:00");
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    #[inline]
    pub fn add_time(&self, from: Moment, seconds: i64) -> Moment {
        if self.line().is_continuous {
            return from + seconds;
        }
        match seconds.signum() {
            0 => from,
            1 => self.reached(self.worked(from).saturating_add(seconds.min(FAR))),
            _ => self.held(self.worked(from).saturating_add(seconds.max(-FAR))),
        }
    }

    /// The moment from which so many seconds are worked up to the given one: the latest there
    /// is, so work that begins with a range begins there.
    ///
    /// ```
    /// let china = calendar::Calendar::china();
    /// let start = china.sub_time("2015-10-08T12:00".parse()?, 8 * 3600);
    /// assert_eq!(start.to_string(), "2015-09-30T13:00");
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    #[inline]
    pub fn sub_time(&self, to: Moment, seconds: i64) -> Moment {
        self.add_time(to, seconds.saturating_neg())
    }

    /// The moment itself while there is work, else the beginning of the next range.
    ///
    /// ```
    /// let china = calendar::Calendar::china();
    /// assert_eq!(china.next_start("2015-11-20T17:00".parse()?).to_string(), "2015-11-23T08:00");
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    #[inline]
    pub fn next_start(&self, moment: Moment) -> Moment {
        if self.line().is_continuous { moment } else { self.held(self.worked(moment)) }
    }

    /// The moment itself within a range or at its end, else the end of the range before: the
    /// same point of working time, written as a finish.
    ///
    /// ```
    /// let china = calendar::Calendar::china();
    /// assert_eq!(china.prev_finish("2015-11-23T08:00".parse()?).to_string(), "2015-11-20T17:00");
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    #[inline]
    pub fn prev_finish(&self, moment: Moment) -> Moment {
        if self.line().is_continuous { moment } else { self.reached(self.worked(moment)) }
    }

    /// When work of so many seconds starts and finishes that can begin at a moment:
    /// [`Calendar::next_start`], and [`Calendar::add_time`] from there.
    ///
    /// ```
    /// let china = calendar::Calendar::china();
    /// let (start, finish) = china.span_from("2015-11-20T17:00".parse()?, 3600);
    /// assert_eq!(start.to_string(), "2015-11-23T08:00");
    /// assert_eq!(finish.to_string(), "2015-11-23T09:00");
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    #[inline]
    pub fn span_from(&self, moment: Moment, seconds: i64) -> (Moment, Moment) {
        if self.line().is_continuous || seconds <= 0 {
            let start = self.next_start(moment);
            return (start, self.add_time(start, seconds));
        }
        let worked = self.worked(moment);
        (self.held(worked), self.reached(worked.saturating_add(seconds.min(FAR))))
    }

    /// When work of so many seconds starts and finishes that must end by a moment:
    /// [`Calendar::prev_finish`], and [`Calendar::sub_time`] from there.
    ///
    /// ```
    /// let china = calendar::Calendar::china();
    /// let (start, finish) = china.span_to("2015-11-23T08:00".parse()?, 3600);
    /// assert_eq!(start.to_string(), "2015-11-20T16:00");
    /// assert_eq!(finish.to_string(), "2015-11-20T17:00");
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    #[inline]
    pub fn span_to(&self, moment: Moment, seconds: i64) -> (Moment, Moment) {
        if self.line().is_continuous || seconds <= 0 {
            let finish = self.prev_finish(moment);
            return (self.sub_time(finish, seconds), finish);
        }
        let worked = self.worked(moment);
        (self.held(worked.saturating_sub(seconds.min(FAR))), self.reached(worked))
    }

    /// Has work just ended at this moment, or is it going on with work behind it?
    ///
    /// ```
    /// let china = calendar::Calendar::china();
    /// assert!(china.is_finish("2015-11-20T17:00".parse()?));
    /// assert!(!china.is_finish("2015-11-20T08:00".parse()?));
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    pub fn is_finish(&self, moment: Moment) -> bool {
        self.prev_finish(moment) == moment
    }

    /// Seconds worked up to a moment, counted from a day of the calendar's own.
    fn worked(&self, moment: Moment) -> i64 {
        let (day, clock) = (moment.0.div_euclid(DAY), moment.0.rem_euclid(DAY));
        let line = self.line();
        let (mut sum, hours) = line.day(day);
        for range in hours {
            if clock <= range.from {
                break;
            }
            sum += clock.min(range.to) - range.from;
        }
        sum
    }

    /// The earliest moment at which so much has been worked.
    fn reached(&self, worked: i64) -> Moment {
        let line = self.line();
        let Point { day, of_day: mut left, hours } = line.first_reaching(&line.seconds, worked);
        for Range { from, to } in hours {
            if left <= to - from {
                return Moment(day * DAY + from + left);
            }
            left -= to - from;
        }
        Moment((day + 1) * DAY)
    }

    /// The latest moment at which no more than so much has been worked.
    fn held(&self, worked: i64) -> Moment {
        let line = self.line();
        let Point { day, of_day: mut left, hours } = line.last_holding(&line.seconds, worked);
        for Range { from, to } in hours {
            if left < to - from {
                return Moment(day * DAY + from + left);
            }
            left -= to - from;
        }
        Moment((day + 1) * DAY)
    }

    /// The first moment of work on or after a day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let china = calendar::Calendar::china();
    /// assert_eq!(china.opening(date(2015, 10, 1)).to_string(), "2015-10-08T08:00");
    /// ```
    pub fn opening(&self, day: jiff::civil::Date) -> Moment {
        self.next_start(Moment(number_of(day) * DAY))
    }

    /// The last moment of work on or before a day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let china = calendar::Calendar::china();
    /// assert_eq!(china.closing(date(2015, 11, 22)).to_string(), "2015-11-20T17:00");
    /// ```
    pub fn closing(&self, day: jiff::civil::Date) -> Moment {
        self.prev_finish(Moment((number_of(day) + 1) * DAY))
    }

    /// The working day a moment of a finish belongs to: midnight at the end of work is the day
    /// before.
    ///
    /// ```
    /// let always = calendar::Calendar::continuous();
    /// let day = always.finish_day("2015-11-21T00:00".parse()?);
    /// assert_eq!(day, jiff::civil::date(2015, 11, 20));
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    pub fn finish_day(&self, finish: Moment) -> jiff::civil::Date {
        day_of((self.prev_finish(finish).0 - 1).div_euclid(DAY))
    }
}

/// More working time than lies between any two moments that can be written, and little enough
/// that a calendar of one second a week does not overflow.
const FAR: i64 = 1 << 42;
