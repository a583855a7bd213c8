//! Tasks and links of a Microsoft Project XML file.

use std::collections::HashMap;

use calendar::{BadInput, Expected, Moment, Place};

use super::{Fields, calendars::Calendars, is_elapsed};
use crate::{Constraint, Direction, Kind, Lag, Link, Mode, Plan, Progress, Task, element::Element};

impl Plan {
    /// Reads a plan from Microsoft Project XML. Dates that Microsoft Project has computed are
    /// not looked at; blank rows are left out.
    ///
    /// # Errors
    /// What is not as it must be, with the task and the field.
    ///
    /// ```
    /// use schedule::Plan;
    ///
    /// let xml = r#"<Project xmlns="http://schemas.microsoft.com/project">
    ///   <StartDate>2015-11-20T08:00:00</StartDate>
    ///   <Tasks><Task><UID>1</UID><Name>survey</Name><Duration>PT8H0M0S</Duration></Task></Tasks>
    /// </Project>"#;
    /// let plan = Plan::from_xml(xml.as_bytes())?;
    /// assert_eq!(plan.tasks[0].duration, 8 * 3600);
    /// # Ok::<(), calendar::BadInput>(())
    /// ```
    pub fn from_xml(xml: &[u8]) -> Result<Self, BadInput> {
        let root = Element::read(xml)?;
        if root.name != "Project" {
            let format = Expected::Format("Microsoft Project XML");
            return Err(BadInput::new(Place::File, "Project", root.name, format));
        }
        let project = Fields { place: Place::File, of: &root };
        let mut calendars = Calendars::of(&root);
        let own = calendars.used(project.number("CalendarUID")?.unwrap_or(-1), None)?;
        let is_backward = root.get("ScheduleFromStart") == Some("0");
        let mut reading = Reading::default();
        for element in root.all("Tasks", "Task") {
            reading.task(element, &mut calendars, is_backward)?;
        }
        let links = reading.links()?;
        let (start, finish) = (project.moment("StartDate")?, project.moment("FinishDate")?);
        let per_day = project.number("MinutesPerDay")?.unwrap_or(480).clamp(0, 1440);
        let slack = project.number("CriticalSlackLimit")?.unwrap_or(0).clamp(0, 10_000);
        Ok(Self {
            name: root.get("Name").or(root.get("Title")).unwrap_or_default().to_owned(),
            direction: if is_backward { Direction::Backward } else { Direction::Forward },
            start: if is_backward { None } else { start },
            finish: if is_backward { finish } else { None },
            data_date: None,
            calendars: calendars.into_list(),
            calendar: own,
            tasks: reading.tasks,
            links,
            critical_slack: slack * per_day * 60,
        })
    }
}

#[derive(Default)]
struct Reading<'a> {
    tasks: Vec<Task>,
    elements: Vec<&'a Element>,
    of_uid: HashMap<i64, usize>,
    blank: Vec<i64>,
    /// The tasks whose outline is open, with their level.
    outline: Vec<(i64, usize)>,
}

impl<'a> Reading<'a> {
    fn task(
        &mut self,
        element: &'a Element,
        calendars: &mut Calendars<'_>,
        is_backward: bool,
    ) -> Result<(), BadInput> {
        let whole = Fields { place: Place::File, of: element };
        let uid = whole.number("UID")?.ok_or_else(|| whole.wrong("UID", Expected::Number))?;
        let fields = Fields { place: Place::Task(uid), of: element };
        if fields.is_set("IsNull") {
            self.blank.push(uid);
            return Ok(());
        }
        let place = self.tasks.len();
        if self.of_uid.insert(uid, place).is_some() {
            return Err(fields.wrong("UID", Expected::Unique));
        }
        let duration = fields.duration("Duration")?.unwrap_or(0);
        let mut task = Task::new(uid, element.get("Name").unwrap_or_default(), duration);
        task.is_elapsed = fields.number("DurationFormat")?.is_some_and(is_elapsed);
        task.is_milestone = fields.is_set("Milestone") || duration == 0;
        task.calendar = match fields.number("CalendarUID")? {
            None | Some(-1) => None,
            Some(number) => Some(calendars.used(number, Some(uid))?),
        };
        task.constraint = constraint(&fields, is_backward)?;
        task.deadline = fields.moment("Deadline")?;
        // Tenths of a minute, by the clock.
        task.delay = fields.number("LevelingDelay")?.unwrap_or(0).clamp(0, 10_000_000_000) * 6;
        task.progress = progress(&fields)?;
        task.mode = mode(&fields)?;
        let level = fields.number("OutlineLevel")?.unwrap_or(1);
        while self.outline.last().is_some_and(|(open, _)| *open >= level) {
            self.outline.pop();
        }
        task.parent = self.outline.last().map(|(_, parent)| *parent);
        self.outline.push((level, place));
        self.tasks.push(task);
        self.elements.push(element);
        Ok(())
    }

    fn links(&self) -> Result<Vec<Link>, BadInput> {
        let mut links = Vec::new();
        for (to, element) in self.elements.iter().enumerate() {
            let own = element.children.iter().filter(|child| child.name == "PredecessorLink");
            for link in own {
                let fields = Fields { place: Place::Task(self.tasks[to].uid), of: link };
                let number = fields.number("PredecessorUID")?;
                let uid = number.ok_or_else(|| fields.wrong("PredecessorUID", Expected::Number))?;
                if fields.is_set("CrossProject") || self.blank.contains(&uid) {
                    continue;
                }
                let from = self.of_uid.get(&uid).copied();
                let from =
                    from.ok_or_else(|| fields.wrong("PredecessorUID", Expected::KnownTask))?;
                if from == to {
                    return Err(fields.wrong("PredecessorUID", Expected::Other));
                }
                let kind = match fields.number("Type")? {
                    Some(0) => Kind::FinishFinish,
                    None | Some(1) => Kind::FinishStart,
                    Some(2) => Kind::StartFinish,
                    Some(3) => Kind::StartStart,
                    _ => return Err(fields.wrong("Type", Expected::OneOf("0, 1, 2, 3"))),
                };
                links.push(Link { from, to, kind, lag: lag(&fields)? });
            }
        }
        Ok(links)
    }
}

/// A lag in tenths of a minute, or in percent.
fn lag(fields: &Fields<'_>) -> Result<Lag, BadInput> {
    let lag = fields.number("LinkLag")?.unwrap_or(0);
    if lag.unsigned_abs() > crate::network::LONGEST as u64 / 6 {
        return Err(fields.wrong("LinkLag", Expected::Amount(crate::network::LONGEST / 6)));
    }
    Ok(match fields.number("LagFormat")?.unwrap_or(7) {
        19 | 51 => Lag::Percent(lag as f64),
        20 | 52 => Lag::ElapsedPercent(lag as f64),
        format if is_elapsed(format) => Lag::Elapsed(lag * 6),
        _ => Lag::Working(lag * 6),
    })
}

fn constraint(fields: &Fields<'_>, is_backward: bool) -> Result<Constraint, BadInput> {
    let known = "0, 1, 2, 3, 4, 5, 6, 7";
    let date = fields.moment("ConstraintDate")?;
    let dated = || date.ok_or_else(|| fields.wrong("ConstraintDate", Expected::Moment));
    Ok(match fields.number("ConstraintType")?.unwrap_or(0) {
        0 => Constraint::AsSoonAsPossible,
        // Scheduled from the finish, every task is as late as possible.
        1 if is_backward => Constraint::AsSoonAsPossible,
        1 => Constraint::AsLateAsPossible,
        2 => Constraint::MustStart(dated()?),
        3 => Constraint::MustFinish(dated()?),
        4 => Constraint::StartNoEarlier(dated()?),
        5 => Constraint::StartNoLater(dated()?),
        6 => Constraint::FinishNoEarlier(dated()?),
        7 => Constraint::FinishNoLater(dated()?),
        _ => return Err(fields.wrong("ConstraintType", Expected::OneOf(known))),
    })
}

fn progress(fields: &Fields<'_>) -> Result<Progress, BadInput> {
    let started = fields.moment("ActualStart")?;
    let finished = fields.moment("ActualFinish")?;
    let started = started.or(finished);
    let remaining = match started {
        Some(_) => fields.duration("RemainingDuration")?,
        None => None,
    };
    Ok(Progress { started, finished, remaining })
}

fn mode(fields: &Fields<'_>) -> Result<Mode, BadInput> {
    let dates = || -> Result<Option<(Moment, Moment)>, BadInput> {
        Ok(fields.moment("Start")?.zip(fields.moment("Finish")?))
    };
    if fields.of.get("Active") == Some("0") {
        return Ok(Mode::Inactive);
    }
    if fields.is_set("Manual") {
        let manual = |(start, finish)| Mode::Manual { start, finish };
        return Ok(dates()?.map_or(Mode::Auto, manual));
    }
    if fields.is_set("ExternalTask") {
        let external = |(start, finish)| Mode::External { start, finish };
        return Ok(dates()?.map_or(Mode::Auto, external));
    }
    Ok(Mode::Auto)
}
