//! Exceptions that come again: daily, weekly, monthly, yearly, by date or by position.

use calendar::{BadInput, Place};
use jiff::{
    Span,
    civil::{Date, date},
};

use super::{Fields, calendars::spend};
use crate::element::Element;

/// Microsoft Project repeats an exception at most 999 times.
const MOST: usize = 999;

/// So many steps are looked at before a rule that never meets a day is given up.
const PATIENCE: i64 = 20_000;

/// The days, or runs of days, of an exception within its period.
pub(super) fn days(
    of: &Element,
    place: &Place,
    (first, last): (Date, Date),
    room: &mut i64,
) -> Result<Vec<(Date, Date)>, BadInput> {
    let fields = Fields { place: place.clone(), of };
    let number = |name: &str, otherwise: i64| Ok(fields.number(name)?.unwrap_or(otherwise));
    let every = number("Period", 1)?.max(1);
    let kind = number("Type", 1)?;
    let occurrences = number("Occurrences", 0)?;
    let most = match occurrences {
        1.. if fields.is_set("EnteredByOccurrences") => (occurrences as usize).min(MOST),
        _ => MOST,
    };
    if !(matches!(kind, 2..=6) || kind == 1 && every > 1) {
        spend(room, 1, place)?;
        return Ok(vec![(first, last)]);
    }
    let rule = Rule {
        kind,
        every,
        weekdays: number("DaysOfWeek", 0)?,
        item: number("MonthItem", 0)?,
        position: number("MonthPosition", 0)?,
        month: number("Month", 0)?,
        month_day: number("MonthDay", 1)?,
    };
    let mut found = Vec::new();
    for step in 0..PATIENCE {
        spend(room, 1, place)?;
        let met = rule.met(first, step);
        let Some(day) = met else { break };
        if day.0 > last || found.len() >= most {
            break;
        }
        found.extend(day.1.filter(|day| (first..=last).contains(day)).map(|day| (day, day)));
    }
    Ok(found)
}

struct Rule {
    kind: i64,
    every: i64,
    weekdays: i64,
    item: i64,
    position: i64,
    month: i64,
    month_day: i64,
}

impl Rule {
    /// What one step of the rule looks at: a day that lies no later than anything later steps
    /// look at, and the day met, if any.
    fn met(&self, first: Date, step: i64) -> Option<(Date, Option<Date>)> {
        match self.kind {
            1 => {
                let day = plus(first, Span::new().try_days(step.checked_mul(self.every)?).ok()?)?;
                Some((day, Some(day)))
            }
            6 => {
                // Weeks begin on Sunday, as the bits of the weekdays do.
                let day = plus(first, Span::new().days(step))?;
                let sunday = |day: Date| i64::from(day.weekday().to_sunday_zero_offset());
                let weeks = (step + sunday(first)) / 7;
                let is_met = weeks % self.every == 0 && self.weekdays >> sunday(day) & 1 == 1;
                Some((day, is_met.then_some(day)))
            }
            4 | 5 => {
                // A day of the month that has passed by the first day is first met a month later.
                let has_passed = self.kind == 4 && self.month_day < i64::from(first.day());
                let months = step.checked_mul(self.every)?.checked_add(i64::from(has_passed))?;
                let month = plus(first.first_of_month(), Span::new().try_months(months).ok()?)?;
                Some((month, self.in_month(month, self.kind == 4)))
            }
            _ => {
                let years = i16::try_from(i64::from(first.year()) + step).ok()?;
                let month = i8::try_from(self.month.clamp(0, 11) + 1).ok()?;
                let month = Date::new(years, month, 1).ok()?;
                Some((month, self.in_month(month, self.kind == 2)))
            }
        }
    }

    fn in_month(&self, month: Date, by_date: bool) -> Option<Date> {
        if by_date {
            // The 31st of a shorter month is its last day.
            let day = i8::try_from(self.month_day).ok()?.min(month.days_in_month());
            return Date::new(month.year(), month.month(), day).ok();
        }
        let is_item = |day: &Date| match self.item {
            0 => true,
            1 => day.weekday().to_monday_zero_offset() < 5,
            2 => day.weekday().to_monday_zero_offset() >= 5,
            item => i64::from(day.weekday().to_sunday_zero_offset()) == item.saturating_sub(3),
        };
        let days = (1..=month.days_in_month()).map(|day| date(month.year(), month.month(), day));
        let mut days = days.filter(is_item);
        match self.position {
            0..=3 => days.nth(self.position as usize),
            _ => days.next_back(),
        }
    }
}

fn plus(day: Date, span: Span) -> Option<Date> {
    day.checked_add(span).ok()
}
