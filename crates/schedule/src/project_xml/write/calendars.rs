//! The calendars of a plan as Microsoft Project XML: base calendars first, then those over them.

use calendar::{Calendar, Hours, Week, office_week};
use jiff::civil::Date;

use super::Paper;
use crate::Plan;

/// Every calendar a plan needs, bases before those derived from them.
pub(super) struct Numbered {
    /// Each with the place of its base.
    list: Vec<(Calendar, Option<usize>)>,
    /// Where each of the plan's own stands.
    places: Vec<usize>,
}

impl Numbered {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut numbered = Self { list: Vec::new(), places: Vec::new() };
        for calendar in &plan.calendars {
            // Two alike stay two: tasks name them by place.
            let base = calendar.base().map(|base| numbered.base(base));
            numbered.list.push((calendar.clone(), base));
            numbered.places.push(numbered.list.len() - 1);
        }
        numbered
    }

    fn base(&mut self, calendar: &Calendar) -> usize {
        if let Some(place) = self.list.iter().position(|(known, _)| known == calendar) {
            return place;
        }
        let base = calendar.base().map(|base| self.base(base));
        self.list.push((calendar.clone(), base));
        self.list.len() - 1
    }

    /// The number of one of the plan's calendars, from 1.
    pub(super) fn number(&self, place: usize) -> usize {
        self.places.get(place).map_or(0, |place| place + 1)
    }

    pub(super) fn write(&self, paper: &mut Paper) {
        paper.open("Calendars");
        for (place, (calendar, base)) in self.list.iter().enumerate() {
            paper.open("Calendar");
            paper.put("UID", place + 1);
            paper.put("Name", calendar.name());
            paper.put_if("IsBaseCalendar", base.is_none());
            if let Some(base) = base {
                paper.put("BaseCalendarUID", base + 1);
            }
            write_rules(paper, calendar);
            paper.close("Calendar");
        }
        paper.close("Calendars");
    }
}

/// The week that holds where a calendar says nothing else.
fn week_of(calendar: &Calendar) -> Week {
    match (&calendar.rules().week, calendar.base()) {
        (Some(week), _) => week.clone(),
        (None, Some(base)) => week_of(base),
        (None, None) => office_week(),
    }
}

fn write_rules(paper: &mut Paper, calendar: &Calendar) {
    let rules = calendar.rules();
    write_week(paper, &week_of(calendar));
    if !rules.exceptions.is_empty() {
        paper.open("Exceptions");
        for exception in &rules.exceptions {
            paper.open("Exception");
            period(paper, exception.first, exception.last);
            paper.put("Name", &exception.name);
            paper.put("Type", 1);
            working(paper, &exception.working);
            paper.close("Exception");
        }
        paper.close("Exceptions");
    }
    if !rules.seasons.is_empty() {
        paper.open("WorkWeeks");
        for season in &rules.seasons {
            paper.open("WorkWeek");
            period(paper, season.first, season.last);
            write_week(paper, &season.week);
            paper.close("WorkWeek");
        }
        paper.close("WorkWeeks");
    }
}

fn write_week(paper: &mut Paper, week: &Week) {
    paper.open("WeekDays");
    for (place, hours) in week.iter().enumerate() {
        paper.open("WeekDay");
        // Sunday is 1, and last here.
        paper.put("DayType", (place + 1) % 7 + 1);
        working(paper, hours);
        paper.close("WeekDay");
    }
    paper.close("WeekDays");
}

fn period(paper: &mut Paper, first: Date, last: Date) {
    paper.open("TimePeriod");
    paper.put("FromDate", format!("{first}T00:00:00"));
    paper.put("ToDate", format!("{last}T23:59:00"));
    paper.close("TimePeriod");
}

fn working(paper: &mut Paper, hours: &Hours) {
    paper.put_if("DayWorking", !hours.is_empty());
    if hours.is_empty() {
        return;
    }
    paper.open("WorkingTimes");
    for range in hours {
        paper.open("WorkingTime");
        paper.put("FromTime", time(range.from));
        paper.put("ToTime", time(range.to));
        paper.close("WorkingTime");
    }
    paper.close("WorkingTimes");
}

/// `08:00:00`; the end of the day is written as its beginning.
fn time(seconds: i64) -> String {
    let hour = seconds / 3600 % 24;
    format!("{hour:02}:{:02}:{:02}", seconds / 60 % 60, seconds % 60)
}
