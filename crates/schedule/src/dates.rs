//! A plan scheduled: a row for every task, summary tasks rolled up, slack and what is critical.

use calendar::{BadInput, Expected, Moment, Place};
use serde::Serialize;

use crate::{
    Constraint, Direction, Kind, Network, Passes, Plan,
    network::{NONE, edge},
    summary::{Span, Tree, roll_up},
};

/// Schedules a plan.
///
/// # Errors
/// Those of [`Network::of`] and [`Passes::run`].
///
/// ```
/// use schedule::{Kind, Lag, Link, Plan, Task, schedule};
///
/// // 倒排: the report is due on Friday 20 November; when must the survey begin?
/// let mut plan = Plan::due("2015-11-20T17:00".parse()?);
/// let survey = plan.add(Task::new(1, "survey", 24 * 3600));
/// let report = plan.add(Task::new(2, "report", 16 * 3600));
/// plan.links.push(Link { from: survey, to: report, kind: Kind::FinishStart, lag: Lag::NONE });
/// let dates = schedule(&plan)?;
/// assert_eq!(dates.row(survey).start.to_string(), "2015-11-16T08:00");
/// assert!(dates.row(survey).is_critical && !dates.is_late());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn schedule(plan: &Plan) -> Result<Schedule, BadInput> {
    let network = Network::of(plan)?;
    let passes = passed(plan, &network)?;
    let tree = Tree::of(plan)?;
    Ok(Schedule::of(plan, network, passes, &tree))
}

/// Runs the passes; a task that is out of reach is named by its number.
pub(crate) fn passed(plan: &Plan, network: &Network) -> Result<Passes, BadInput> {
    let passes = Passes::run_unchecked(network);
    within_reach(plan, network, &passes)?;
    Ok(passes)
}

/// Can every date be written?
pub(crate) fn within_reach(
    plan: &Plan,
    network: &Network,
    passes: &Passes,
) -> Result<(), BadInput> {
    match passes.out_of_reach(network) {
        None => Ok(()),
        Some(task) => {
            let at = network.of_task[task] as usize;
            let lags = network.links(at).iter().map(|edge| edge.lag);
            let longest = lags.max_by_key(|lag| lag.unsigned_abs()).unwrap_or(0);
            // Of the task's own figures, the larger is the likelier mistake.
            let duration = plan.tasks[task].duration;
            let (field, seconds) = if longest.unsigned_abs() > duration.unsigned_abs() {
                ("predecessors", longest)
            } else {
                ("duration_min", duration)
            };
            let place = Place::Task(plan.tasks[task].uid);
            Err(BadInput::new(place, field, (seconds / 60).to_string(), Expected::Writable))
        }
    }
}

/// The dates of every task of a plan.
///
/// ```
/// use schedule::{Plan, Task, schedule};
/// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
/// plan.add(Task::new(1, "survey", 3600));
/// assert_eq!(schedule(&plan)?.rows().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Schedule {
    pub(crate) network: Network,
    pub(crate) passes: Passes,
    rows: Vec<Row>,
}

/// The dates of one task.
///
/// ```
/// use schedule::{Plan, Task, schedule};
/// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
/// let task = plan.add(Task::new(1, "survey", 3600));
/// let row = schedule(&plan)?.row(task);
/// assert_eq!((row.start, row.total_slack), (row.early_start, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The earliest it can start.
    pub early_start: Moment,
    /// The earliest it can be finished.
    pub early_finish: Moment,
    /// The latest it may start: 最迟开工.
    pub late_start: Moment,
    /// The latest it may be finished.
    pub late_finish: Moment,
    /// When it is planned to start: early, or late where it is as late as possible.
    pub start: Moment,
    /// When it is planned to be finished.
    pub finish: Moment,
    /// Working seconds it may slip before the plan's finish, a deadline or a fixed date slips;
    /// negative is how much is missing.
    pub total_slack: i64,
    /// Working seconds it may slip before another task does.
    pub free_slack: i64,
    /// It has no slack to spare.
    pub is_critical: bool,
    /// It takes part; an inactive task does not, and its dates mean nothing.
    pub is_scheduled: bool,
}

impl Schedule {
    pub(crate) fn of(plan: &Plan, network: Network, passes: Passes, tree: &Tree) -> Self {
        let mut spans: Vec<Option<Span>> = vec![None; plan.tasks.len()];
        for node in 0..network.len() {
            spans[network.tasks[node] as usize] = Some(span(plan, &network, &passes, node));
        }
        roll_up(plan, tree, &mut spans);
        let rows = rows(plan, tree, &spans, passes.start);
        Self { network, passes, rows }
    }

    /// The dates of a task, by its place in the plan.
    ///
    /// # Panics
    /// When the plan has no such place.
    ///
    /// ```
    /// # use schedule::{Plan, Task, schedule};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # let task = plan.add(Task::new(1, "a", 3600));
    /// assert_eq!(schedule(&plan)?.row(task).finish.to_string(), "2015-11-20T09:00");
    /// # Ok::<(), calendar::BadInput>(())
    /// ```
    pub fn row(&self, task: usize) -> Row {
        self.rows[task]
    }

    /// The dates of all tasks, in the plan's order.
    ///
    /// ```
    /// # use schedule::{Plan, schedule};
    /// # let plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// assert!(schedule(&plan)?.rows().is_empty());
    /// # Ok::<(), calendar::BadInput>(())
    /// ```
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// When the plan begins: its start, or, backward without one, the start of its first task.
    ///
    /// ```
    /// # use schedule::{Plan, Task, schedule};
    /// let mut plan = Plan::due("2015-11-20T17:00".parse()?);
    /// plan.add(Task::new(1, "report", 8 * 3600));
    /// assert_eq!(schedule(&plan)?.begins().to_string(), "2015-11-20T08:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn begins(&self) -> Moment {
        self.passes.start
    }

    /// When all of it is finished: the deadline handed in, or the last early finish.
    ///
    /// ```
    /// # use schedule::{Plan, Task, schedule};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(1, "a", 3600));
    /// assert_eq!(schedule(&plan)?.ends().to_string(), "2015-11-20T09:00");
    /// # Ok::<(), calendar::BadInput>(())
    /// ```
    pub fn ends(&self) -> Moment {
        self.passes.finish
    }

    /// Has any task less than no slack? Then the plan cannot be kept as it stands.
    ///
    /// ```
    /// # use schedule::{Plan, Task, schedule};
    /// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
    /// let task = plan.add(Task::new(1, "report", 16 * 3600));
    /// plan.tasks[task].deadline = Some("2015-11-20T17:00".parse()?);
    /// assert!(schedule(&plan)?.is_late());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_late(&self) -> bool {
        self.rows.iter().any(|row| row.is_scheduled && row.total_slack < 0)
    }
}

/// Is a task planned at its late dates?
pub(crate) fn is_late_planned(plan: &Plan, task: usize) -> bool {
    plan.direction == Direction::Backward
        || plan.tasks[task].constraint == Constraint::AsLateAsPossible
}

fn span(plan: &Plan, network: &Network, passes: &Passes, node: usize) -> Span {
    let task = network.tasks[node] as usize;
    let progress = plan.tasks[task].progress;
    let early = (passes.es[node], passes.ef[node]);
    let late = (progress.started.unwrap_or(passes.ls[node]), passes.lf[node]);
    let (start, finish) = if is_late_planned(plan, task) { late } else { early };
    let planned = (progress.started.unwrap_or(start), progress.finished.unwrap_or(finish));
    let (is_begun, is_done) = (progress.started.is_some(), progress.finished.is_some());
    Span { early, late, planned, is_begun, is_done }
}

fn total_slack(plan: &Plan, tree: &Tree, task: usize, span: &Span) -> i64 {
    let of = &plan.tasks[task];
    if of.constraint == Constraint::AsLateAsPossible && !tree.is_summary(task) {
        return 0;
    }
    let calendar = &plan.calendars[plan.calendar_of(of)];
    let by_finish = calendar.worked_between(span.early.1, span.late.1);
    match span.is_begun {
        true => by_finish,
        false => by_finish.min(calendar.worked_between(span.early.0, span.late.0)),
    }
}

fn rows(plan: &Plan, tree: &Tree, spans: &[Option<Span>], start: Moment) -> Vec<Row> {
    let mut rows = Vec::with_capacity(spans.len());
    for (task, found) in spans.iter().enumerate() {
        let nowhere = (start, start);
        let span = found.unwrap_or(Span {
            early: nowhere,
            late: nowhere,
            planned: nowhere,
            is_begun: false,
            is_done: false,
        });
        let slack = total_slack(plan, tree, task, &span);
        rows.push(Row {
            early_start: span.early.0,
            early_finish: span.early.1,
            late_start: span.late.0,
            late_finish: span.late.1,
            start: span.planned.0,
            finish: span.planned.1,
            total_slack: slack,
            free_slack: i64::MAX,
            is_critical: found.is_some() && !span.is_done && slack <= plan.critical_slack,
            is_scheduled: found.is_some(),
        });
    }
    free_slacks(plan, tree, spans, &mut rows);
    rows
}

/// The least room any link of a task leaves it; the total slack where it has none. The lag is
/// taken off as it stands, an elapsed one too: Microsoft Project does.
fn free_slacks(plan: &Plan, tree: &Tree, spans: &[Option<Span>], rows: &mut [Row]) {
    for link in &plan.links {
        let (pred, succ) = (&plan.tasks[link.from], &plan.tasks[link.to]);
        let (before, after) = (rows[link.from], rows[link.to]);
        let counts = before.is_scheduled && after.is_scheduled;
        if !counts || succ.progress.finished.is_some() || tree.is_summary(link.from) {
            continue;
        }
        let calendar = &plan.calendars[plan.calendar_of(pred)];
        let (before_dates, after_dates) =
            (dates(plan, link.from, &before), dates(plan, link.to, &after));
        let leaves = match link.kind {
            Kind::FinishStart | Kind::FinishFinish => before_dates.1,
            Kind::StartStart | Kind::StartFinish => before_dates.0,
        };
        let reaches = match link.kind {
            Kind::FinishStart | Kind::StartStart => after_dates.0,
            Kind::FinishFinish | Kind::StartFinish => after_dates.1,
        };
        let lag = edge(link, pred, NONE).lag;
        let room = calendar.worked_between(leaves, reaches) - lag;
        rows[link.from].free_slack = before.free_slack.min(room);
    }
    for (task, row) in rows.iter_mut().enumerate() {
        let room = if row.free_slack == i64::MAX { row.total_slack } else { row.free_slack };
        let is_done = spans[task].is_some_and(|span| span.is_done);
        row.free_slack = if is_done { 0 } else { room.max(0) };
    }
}

/// The dates others wait for: late ones of a task as late as possible.
fn dates(plan: &Plan, task: usize, row: &Row) -> (Moment, Moment) {
    if is_late_planned(plan, task) {
        (row.late_start, row.late_finish)
    } else {
        (row.early_start, row.early_finish)
    }
}
