//! Calendars of a Microsoft Project XML file: base calendars, those derived from them, exceptions
//! and working weeks.

use std::collections::HashMap;

use calendar::{
    BadInput, Calendar, Exception, Expected, Fault, Hours, Place, Range, Rules, Season, Week,
    office_hours, office_week,
};
use jiff::civil::Date;

use super::{Fields, recurrence};
use crate::element::Element;

/// The calendars of a file, compiled when a task or the plan uses them.
pub(super) struct Calendars<'a> {
    elements: HashMap<i64, &'a Element>,
    compiled: HashMap<i64, (Calendar, Week)>,
    list: Vec<Calendar>,
    places: HashMap<i64, usize>,
    /// How many more days of exceptions may be laid out before the file is refused.
    room: i64,
}

/// Exceptions laid out for all calendars of a file, those of bases again for each that is
/// derived from them: 2,000 calendars of 1,000 exceptions.
const ROOM: i64 = 2_000_000;

/// More calendars one under the other than this are a ring.
const DEEPEST: usize = 100;

impl<'a> Calendars<'a> {
    pub(super) fn of(root: &'a Element) -> Self {
        let numbered = root.all("Calendars", "Calendar").filter_map(|calendar| {
            let number = calendar.get("UID").and_then(|number| number.parse().ok());
            number.map(|number| (number, calendar))
        });
        let elements = numbered.collect();
        let (compiled, list, places) = (HashMap::new(), Vec::new(), HashMap::new());
        Self { elements, compiled, list, places, room: ROOM }
    }

    pub(super) fn into_list(self) -> Vec<Calendar> {
        self.list
    }

    /// The place of a calendar that the plan, or a task, uses. A plan that names none works
    /// office hours.
    pub(super) fn used(&mut self, number: i64, task: Option<i64>) -> Result<usize, BadInput> {
        if let Some(place) = self.places.get(&number) {
            return Ok(*place);
        }
        let calendar = if self.elements.contains_key(&number) {
            self.compile(number, 0)?.0
        } else if task.is_none() && (number == -1 || self.elements.is_empty()) {
            Calendar::office()
        } else {
            let place = task.map_or(Place::File, Place::Task);
            let expected = Expected::KnownCalendar;
            return Err(BadInput::new(place, "CalendarUID", number.to_string(), expected));
        };
        self.list.push(calendar);
        self.places.insert(number, self.list.len() - 1);
        Ok(self.list.len() - 1)
    }

    /// A calendar and its week.
    fn compile(&mut self, number: i64, depth: usize) -> Result<(Calendar, Week), BadInput> {
        if let Some(compiled) = self.compiled.get(&number) {
            return Ok(compiled.clone());
        }
        let place = Place::Calendar(number.to_string());
        let element = self.elements.get(&number).copied().filter(|_| depth < DEEPEST);
        let element = element.ok_or_else(|| {
            BadInput::new(
                place.clone(),
                "BaseCalendarUID",
                number.to_string(),
                Expected::KnownCalendar,
            )
        })?;
        let fields = Fields { place: place.clone(), of: element };
        let base = match fields.number("BaseCalendarUID")? {
            None | Some(-1 | 0) => None,
            Some(base) if base == number || !self.elements.contains_key(&base) => None,
            Some(base) => Some(self.compile(base, depth + 1)?),
        };
        let inherited = base.as_ref().map_or_else(office_week, |(_, week)| week.clone());
        let mut own = Own::default();
        own.read(element, &place, &inherited, &mut self.room)?;
        let mut layer = base.as_ref().map(|(base, _)| base);
        while let Some(below) = layer {
            self.room -= (below.rules().exceptions.len() + below.rules().seasons.len()) as i64;
            layer = below.base();
        }
        spend(&mut self.room, own.seasons.len() as i64, &place)?;
        let rules = Rules {
            name: element.get("Name").unwrap_or_default().to_owned(),
            week: Some(own.week.clone()),
            seasons: own.seasons,
            exceptions: own.exceptions,
            published_until: None,
        };
        let calendar = match &base {
            Some((base, _)) => base.derive(&rules),
            None => Calendar::new(&rules),
        };
        let calendar = calendar.map_err(|fault| placed(place, fault))?;
        self.compiled.insert(number, (calendar.clone(), own.week.clone()));
        Ok((calendar, own.week))
    }
}

/// What one calendar says itself.
#[derive(Default)]
struct Own {
    week: Week,
    seasons: Vec<Season>,
    exceptions: Vec<Exception>,
}

impl Own {
    fn read(
        &mut self,
        of: &Element,
        place: &Place,
        inherited: &Week,
        room: &mut i64,
    ) -> Result<(), BadInput> {
        self.week = week(of, place, inherited)?;
        for element in of.all("WorkWeeks", "WorkWeek") {
            let (first, last) = period(element, place)?;
            let week = week(element, place, &self.week)?;
            self.seasons.push(Season { first, last, week });
        }
        // Before 2007 exceptions were days of the week without a weekday.
        for element in of.all("WeekDays", "WeekDay").filter(|day| day.get("DayType") == Some("0")) {
            let (first, last) = period(element, place)?;
            let working = hours(element, place)?;
            self.exceptions.push(Exception { first, last, working, name: String::new() });
        }
        for element in of.all("Exceptions", "Exception") {
            let name = element.get("Name").unwrap_or_default();
            let working = hours(element, place)?;
            for (first, last) in recurrence::days(element, place, period(element, place)?, room)? {
                let exception =
                    Exception { first, last, working: working.clone(), name: name.into() };
                self.exceptions.push(exception);
            }
        }
        Ok(())
    }
}

/// The days of a week that an element gives, the others as inherited.
fn week(of: &Element, place: &Place, inherited: &Week) -> Result<Week, BadInput> {
    let mut week = inherited.clone();
    for element in of.all("WeekDays", "WeekDay") {
        let fields = Fields { place: place.clone(), of: element };
        let day = fields.number("DayType")?.unwrap_or(0);
        // Sunday is 1, and last here.
        if let 1..=7 = day {
            week[(day as usize + 5) % 7] = hours(element, place)?;
        }
    }
    Ok(week)
}

/// The working times of a day or an exception; working without times is office hours.
fn hours(of: &Element, place: &Place) -> Result<Hours, BadInput> {
    let fields = Fields { place: place.clone(), of };
    if !fields.is_set("DayWorking") {
        return Ok(Hours::new());
    }
    let mut hours = Hours::new();
    for element in of.all("WorkingTimes", "WorkingTime") {
        let fields = Fields { place: place.clone(), of: element };
        let (Some(from), Some(to)) = (element.get("FromTime"), element.get("ToTime")) else {
            continue;
        };
        // Work that ends at midnight ends with the day.
        let to = if to.starts_with("00:00") { "24:00" } else { to };
        let range = format!("{from}-{to}").parse::<Range>();
        hours.push(range.map_err(|_| fields.wrong("ToTime", Expected::Range))?);
    }
    if of.child("WorkingTimes").is_none() { Ok(office_hours()) } else { Ok(hours) }
}

/// Takes from the room there is; where there is none left the file is refused.
pub(super) fn spend(room: &mut i64, days: i64, place: &Place) -> Result<(), BadInput> {
    *room -= days;
    if *room >= 0 {
        return Ok(());
    }
    let fewer = Expected::Format("fewer exceptions in all calendars together");
    Err(BadInput::new(place.clone(), "Exceptions", format!("more than {ROOM} days"), fewer))
}

/// The first and the last day of an element's period.
fn period(of: &Element, place: &Place) -> Result<(Date, Date), BadInput> {
    let nothing = Element::default();
    let period = of.child("TimePeriod").unwrap_or(&nothing);
    let fields = Fields { place: place.clone(), of: period };
    let day = |name: &str| {
        let moment = fields.moment(name)?;
        let day = moment.map(calendar::Moment::day);
        day.ok_or_else(|| fields.wrong(name, Expected::Moment))
    };
    let (first, last) = (day("FromDate")?, day("ToDate")?);
    if last < first { Err(fields.wrong("ToDate", Expected::Later)) } else { Ok((first, last)) }
}

fn placed(place: Place, fault: Fault) -> BadInput {
    match fault {
        Fault::NoWorkingTime => {
            BadInput::new(place, "WeekDays", "no working time", Expected::WorkingTime)
        }
        Fault::Overlap(one, other) => {
            let apart = Expected::Format("ranges that do not overlap");
            BadInput::new(place, "WorkingTime", format!("{one} {other}"), apart)
        }
        Fault::Backwards { last, .. } => {
            BadInput::new(place, "ToDate", last.to_string(), Expected::Later)
        }
        Fault::File(bad) => bad,
    }
}
