//! Weeks, and whether the project met in them.

use super::Project;
use crate::Day;

/// What is true of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// At least one meeting was held in it.
    Met,
    /// It has passed without one.
    Missed,
    /// It is not over yet.
    Ahead,
    /// It has no working day: none was due.
    Free,
}

impl Held {
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Ahead => "ahead",
            Self::Free => "free",
        }
    }
}

/// A week from Monday to Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    pub monday: Day,
    pub held: Held,
    /// Its last working day, make-up days included.
    pub last_workday: Option<Day>,
}

impl Week {
    pub fn sunday(&self) -> Day {
        self.monday.saturating_add(jiff::Span::new().days(6))
    }
}

/// The Monday of a day's week.
fn monday(day: Day) -> Day {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.saturating_sub(jiff::Span::new().days(back))
}

fn last_workday(monday: Day, calendar: &calendar::Calendar) -> Option<Day> {
    let days = (0..7).rev().map(|place| monday.saturating_add(jiff::Span::new().days(place)));
    days.into_iter().find(|day| calendar.is_workday(*day))
}

impl Project {
    /// Every week from the project's start to `today`, oldest first. A project that has ended
    /// has none after its end.
    pub fn weeks(&self, calendar: &calendar::Calendar, today: Day) -> Vec<Week> {
        let until = self.ended.as_ref().map_or(today, |ended| ended.1.day.min(today));
        let mut weeks = Vec::new();
        let mut next = monday(self.charter.start_on);
        while next <= until {
            weeks.push(self.week(next, calendar, until));
            next = next.saturating_add(jiff::Span::new().days(7));
        }
        weeks
    }

    fn week(&self, monday: Day, calendar: &calendar::Calendar, today: Day) -> Week {
        let last_workday = last_workday(monday, calendar);
        let mut week = Week { monday, held: Held::Free, last_workday };
        let met = self
            .meetings
            .iter()
            .any(|meeting| (monday..=week.sunday()).contains(&meeting.minutes.held_on));
        week.held = match last_workday {
            _ if met => Held::Met,
            None => Held::Free,
            Some(_) if week.sunday() < today => Held::Missed,
            Some(_) => Held::Ahead,
        };
        week
    }

    /// How many weeks have passed without a meeting that was due.
    pub fn missed(&self, calendar: &calendar::Calendar, today: Day) -> usize {
        let weeks = self.weeks(calendar, today);
        weeks.iter().filter(|week| week.held == Held::Missed).count()
    }

    /// The first week after the last meeting in which one is due.
    pub fn next_week(&self, calendar: &calendar::Calendar) -> Week {
        let last = self.meetings.last().map(|meeting| meeting.minutes.held_on);
        let mut next = last.map_or(monday(self.charter.start_on), |day| {
            monday(day).saturating_add(jiff::Span::new().days(7))
        });
        // No country closes for a month; a calendar that did would end the search here.
        for _ in 0..5 {
            if last_workday(next, calendar).is_some() {
                break;
            }
            next = next.saturating_add(jiff::Span::new().days(7));
        }
        let last_workday = last_workday(next, calendar);
        Week { monday: next, held: Held::Ahead, last_workday }
    }
}
