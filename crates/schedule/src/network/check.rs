//! What makes a plan no plan, as far as a look at each task and link can find.

use calendar::{BadInput, Expected, Place};

use super::LONGEST;
use crate::{Direction, Plan, Task, numbers::Numbers};

/// Everything a single look at each task and link can find.
pub(super) fn check(plan: &Plan) -> Result<(), BadInput> {
    let mut uids = Numbers::default();
    for (place, task) in plan.tasks.iter().enumerate() {
        if !uids.insert(task.uid, place) {
            return wrong(task, "uid", task.uid.to_string(), Expected::Unique);
        }
        check_task(plan, task)?;
    }
    check_links(plan)?;
    check_ends(plan)
}

fn wrong<T>(task: &Task, field: &str, found: String, expected: Expected) -> Result<T, BadInput> {
    Err(BadInput::new(Place::Task(task.uid), field, found, expected))
}

/// What one task can have wrong by itself.
pub(crate) fn check_task(plan: &Plan, task: &Task) -> Result<(), BadInput> {
    if !(0..=LONGEST).contains(&task.duration) {
        let found = (task.duration / 60).to_string();
        return wrong(task, "duration_min", found, Expected::Amount(LONGEST / 60));
    }
    let progress = task.progress;
    let done = [progress.started, progress.finished];
    let dates = [task.constraint.date(), task.deadline, done[0], done[1]];
    if let Some(date) = dates.into_iter().flatten().find(|date| !date.is_writable()) {
        return wrong(task, "constraint_date", date.0.to_string(), Expected::Writable);
    }
    if plan.calendars.len() <= plan.calendar_of(task) || plan.calendars.len() > 60_000 {
        let found = plan.calendar_of(task).to_string();
        return wrong(task, "calendar", found, Expected::KnownCalendar);
    }
    Ok(())
}

fn check_links(plan: &Plan) -> Result<(), BadInput> {
    for link in &plan.links {
        let (Some(from), Some(to)) = (plan.tasks.get(link.from), plan.tasks.get(link.to)) else {
            let found = format!("{} {}", link.from, link.to);
            return Err(BadInput::new(Place::File, "predecessors", found, Expected::KnownTask));
        };
        if link.from == link.to {
            return wrong(to, "predecessors", from.uid.to_string(), Expected::Other);
        }
    }
    Ok(())
}

fn check_ends(plan: &Plan) -> Result<(), BadInput> {
    let (field, end) = match plan.direction {
        Direction::Forward => ("start", plan.start),
        Direction::Backward => ("deadline", plan.finish),
    };
    let ends = [plan.start, plan.finish, plan.data_date];
    match ends.into_iter().flatten().find(|date| !date.is_writable()) {
        Some(date) => {
            Err(BadInput::new(Place::File, "start", date.0.to_string(), Expected::Writable))
        }
        None if end.is_none() => Err(BadInput::new(Place::File, field, "", Expected::Moment)),
        None => Ok(()),
    }
}
