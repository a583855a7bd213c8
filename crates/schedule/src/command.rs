//! The command `schedule`: a plan's bytes and options in, a table and an explanation out.

use calendar::{BadInput, Calendar, Expected, Moment, Place};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    Conflict, Direction, Network, Plan, Relaxations, Schedule, Step, Table, dates::passed,
    summary::Tree,
};

/// A plan as it comes.
///
/// ```
/// let csv = schedule::Source::Csv(b"uid,name,duration_min,predecessors\n");
/// assert!(format!("{csv:?}").starts_with("Csv"));
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// The bytes of Microsoft Project XML.
    Xml(&'a [u8]),
    /// The bytes of a CSV table.
    Csv(&'a [u8]),
    /// The rows of a spreadsheet with their numbers, the header first.
    Rows(&'a [(u64, Vec<String>)]),
}

/// What the command line says beside the plan. What is given goes before what the plan says.
///
/// ```
/// assert!(schedule::Options::default().calendar.is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// From which end.
    pub direction: Option<Direction>,
    /// When work can begin.
    pub start: Option<Moment>,
    /// When all of it must be finished.
    pub deadline: Option<Moment>,
    /// The plan's calendar; a table without one works the calendar of China.
    pub calendar: Option<Calendar>,
    /// The day a forward table without a start begins on.
    pub today: Option<Date>,
    /// Write an explanation.
    pub explain: bool,
}

/// What the command prints.
///
/// ```
/// use schedule::{Options, Source, command};
/// let options = Options { start: Some("2015-11-20T08:00".parse()?), ..Options::default() };
/// let csv = b"uid,name,duration_min,predecessors\n7,survey,480,\n";
/// let printed = command(Source::Csv(csv), &options)?;
/// assert_eq!(printed.csv.lines().count(), 2);
/// assert!(printed.is_feasible && printed.explanation.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Printed {
    /// The table, for stdout.
    pub csv: String,
    /// The explanation, one JSON object, for stderr; where it was asked for.
    pub explanation: Option<String>,
    /// No task has less than no slack. If one has, the exit code is 3: the answer is no.
    pub is_feasible: bool,
}

/// An explanation as it is written.
#[derive(Debug, Serialize)]
struct Explanation {
    feasible: bool,
    /// The facts that cannot all hold, none fewer. Slack can fall short by the rounding of
    /// elapsed tasks alone; then there are none.
    conflict: Option<Conflict>,
    /// Each single change that would remove it.
    relaxations: Option<Relaxations>,
    /// Why the last task finishes when it does.
    driving_chain: Vec<Step>,
    /// The tasks with less than no slack, in minutes.
    late: Vec<Late>,
}

#[derive(Debug, Serialize)]
struct Late {
    task: i64,
    total_slack_min: f64,
}

/// Schedules a plan and prints it.
///
/// # Errors
/// What is wrong with the plan, with its row or task and its field: exit code 2.
///
/// ```
/// use schedule::{Direction, Options, Source, command};
/// let csv = b"uid,name,duration_min,predecessors\n7,a,480,8:FS:0\n8,b,480,7:FS:0\n";
/// let deadline = Some("2015-11-20T17:00".parse()?);
/// let direction = Some(Direction::Backward);
/// let options = Options { direction, deadline, ..Options::default() };
/// let cycle = command(Source::Csv(csv), &options).unwrap_err();
/// assert_eq!(
///     cycle.to_string(),
///     "row 2, field predecessors: found \"7 → 8 → 7\", expected an order without a cycle",
/// );
/// # Ok::<(), calendar::NotAMoment>(())
/// ```
pub fn command(source: Source<'_>, options: &Options) -> Result<Printed, BadInput> {
    let (mut plan, rows) = read(source, options)?;
    steer(&mut plan, options)?;
    let placed = |bad: BadInput| in_row(bad, &plan, &rows);
    let tree = Tree::of(&plan).map_err(placed)?;
    let network = Network::of(&plan).map_err(placed)?;
    let passes = passed(&plan, &network).map_err(placed)?;
    let schedule = Schedule::of(&plan, network, passes, &tree);
    let csv = schedule.to_csv(&plan);
    let is_feasible = !schedule.is_late();
    let explanation = options.explain.then(|| explain(&plan, &schedule, is_feasible));
    Ok(Printed { csv, explanation, is_feasible })
}

fn read(source: Source<'_>, options: &Options) -> Result<(Plan, Vec<u64>), BadInput> {
    let calendar = options.calendar.clone().unwrap_or_default();
    let table = match source {
        Source::Xml(bytes) => {
            let mut plan = Plan::from_xml(bytes)?;
            if let Some(calendar) = &options.calendar {
                plan.calendars.push(calendar.clone());
                plan.calendar = plan.calendars.len() - 1;
            }
            return Ok((plan, Vec::new()));
        }
        Source::Csv(bytes) => Table::from_csv(bytes, &calendar)?,
        Source::Rows(rows) => {
            Table::from_rows(rows.iter().map(|(row, cells)| (*row, cells)), &calendar)?
        }
    };
    Ok((table.plan, table.rows))
}

/// Puts what the options say over what the plan says.
fn steer(plan: &mut Plan, options: &Options) -> Result<(), BadInput> {
    let missing = |field| BadInput::new(Place::File, field, "", Expected::Moment);
    plan.direction = options.direction.unwrap_or(plan.direction);
    match plan.direction {
        Direction::Forward => {
            let calendar = &plan.calendars[plan.calendar];
            let today = options.today.map(|today| calendar.opening(today));
            plan.start = options.start.or(plan.start).or(today);
            plan.finish = options.deadline;
            plan.start.map(|_| ()).ok_or_else(|| missing("--start"))
        }
        Direction::Backward => {
            plan.start = options.start;
            plan.finish = options.deadline.or(plan.finish);
            plan.finish.map(|_| ()).ok_or_else(|| missing("--deadline"))
        }
    }
}

/// In a table, a task's place is its row.
fn in_row(mut bad: BadInput, plan: &Plan, rows: &[u64]) -> BadInput {
    if let Place::Task(uid) = bad.place {
        let task = plan.tasks.iter().position(|task| task.uid == uid);
        if let Some(row) = task.and_then(|task| rows.get(task)) {
            bad.place = Place::Row(*row);
        }
    }
    bad
}

fn explain(plan: &Plan, schedule: &Schedule, is_feasible: bool) -> String {
    let network = &schedule.network;
    let conflict = if is_feasible { None } else { Conflict::smallest(plan, network) };
    let relaxations = conflict.as_ref().map(|conflict| Relaxations::of(plan, network, conflict));
    let is_last = |task: &usize| {
        let row = schedule.row(*task);
        row.is_scheduled && network.of_task[*task] != crate::network::NONE
    };
    let last = (0..plan.tasks.len())
        .filter(is_last)
        .max_by_key(|task| (schedule.row(*task).early_finish, std::cmp::Reverse(*task)));
    let driving_chain = last.map(|task| schedule.why_starts(plan, task)).unwrap_or_default();
    let rows = plan.tasks.iter().zip(schedule.rows());
    let late = rows
        .filter(|(_, row)| row.is_scheduled && row.total_slack < 0)
        .map(|(task, row)| Late { task: task.uid, total_slack_min: row.total_slack as f64 / 60.0 });
    let late = late.collect();
    let whole = Explanation { feasible: is_feasible, conflict, relaxations, driving_chain, late };
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}
