//! Why a task starts when it does, and why it must be finished when it must: chains of drivers.
//!
//! ```text
//! why_starts   what it waits for, what that waits for, back to what waits for nothing
//! why_due      what waits for it, what waits for that, on to a fixed date or the plan's finish
//! why          both, and the room between them: critical where there is none
//! ```

use calendar::Moment;
use serde::Serialize;

use crate::{Constraint, Kind, Mode, Network, Plan, Schedule, conflict::uid};

/// One task of a chain, and what drives it.
///
/// ```
/// use schedule::{Because, Plan, Task, schedule};
/// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
/// let task = plan.add(Task::new(7, "survey", 3600));
/// let chain = schedule(&plan)?.why_starts(&plan, task);
/// assert_eq!(chain[0].because, Because::Start);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The task.
    pub task: i64,
    /// When it starts, early or late as the chain asks.
    pub start: Moment,
    /// When it is finished.
    pub finish: Moment,
    /// What fixes that.
    #[serde(flatten)]
    pub because: Because,
}

/// What fixes a task's dates.
///
/// ```
/// assert_eq!(serde_json::to_string(&schedule::Because::Start)?, r#"{"because":"start"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum Because {
    /// The plan's start.
    Start,
    /// The plan's finish: its deadline, or the finish of its last task.
    Finish,
    /// The data date: it has not begun by then.
    DataDate,
    /// It has begun, or is finished; that stays.
    Done,
    /// It is placed by hand or in another plan.
    Placed,
    /// A summary task above it.
    Above,
    /// Its deadline.
    Deadline,
    /// Its constraint.
    Constraint {
        /// MSO, MFO, SNET, SNLT, FNET, FNLT or ALAP.
        constraint: &'static str,
    },
    /// A link: it waits for this task, or this task waits for it. The next step is that task.
    Link {
        /// The other task.
        other: i64,
        /// FS, SS, FF or SF.
        kind: Kind,
        /// The lag, in minutes.
        lag_min: f64,
    },
}

/// Both chains of a task and the room between them.
///
/// ```
/// use schedule::{Because, Plan, Task, schedule};
/// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
/// let task = plan.add(Task::new(7, "survey", 3600));
/// let why = schedule(&plan)?.why(&plan, task);
/// assert_eq!((why.starts[0].because, why.due[0].because), (Because::Start, Because::Finish));
/// assert!(why.is_critical && !why.is_planned_late);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why {
    /// Why it cannot start earlier.
    pub starts: Vec<Step>,
    /// Why it must be finished when it must.
    pub due: Vec<Step>,
    /// Working seconds between the two; critical where they are no more than the plan allows.
    #[serde(rename = "total_slack_min", serialize_with = "crate::relax::in_minutes")]
    pub total_slack: i64,
    /// It has no slack to spare.
    pub is_critical: bool,
    /// It is planned at its late dates, as all of a plan scheduled backward is: then `due` says
    /// why it starts when it does, otherwise `starts`.
    pub is_planned_late: bool,
}

impl Schedule {
    /// Why a task has the dates it has, and why it is critical or not. For a summary task: the
    /// chain of the subtask that starts first, and of the one that must be finished last.
    ///
    /// ```
    /// use schedule::{Because, Kind, Lag, Link, Plan, Task, schedule};
    /// // 倒排: the report is due on Friday; the survey has to begin on Monday for its sake.
    /// let mut plan = Plan::due("2015-11-20T17:00".parse()?);
    /// let survey = plan.add(Task::new(1, "survey", 24 * 3600));
    /// let report = plan.add(Task::new(2, "report", 16 * 3600));
    /// plan.links.push(Link { from: survey, to: report, kind: Kind::FinishStart, lag: Lag::NONE });
    /// let why = schedule(&plan)?.why(&plan, survey);
    /// assert!(why.is_planned_late);
    /// assert_eq!(why.due[0].start.to_string(), "2015-11-16T08:00");
    /// assert!(matches!(why.due[0].because, Because::Link { other: 2, .. }));
    /// assert_eq!(why.due[1].because, Because::Finish);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// When the plan has no such place.
    pub fn why(&self, plan: &Plan, task: usize) -> Why {
        let row = self.row(task);
        let leaves: Vec<usize> = self.leaves_of(plan, task).collect();
        let first = leaves.iter().min_by_key(|leaf| self.row(**leaf).early_start);
        let last = leaves.iter().max_by_key(|leaf| self.row(**leaf).late_finish);
        Why {
            starts: first.map(|first| self.why_starts(plan, *first)).unwrap_or_default(),
            due: last.map(|last| self.why_due(plan, *last)).unwrap_or_default(),
            total_slack: row.total_slack,
            is_critical: row.is_critical,
            is_planned_late: crate::dates::is_late_planned(plan, task),
        }
    }

    /// The scheduled tasks a task stands for: itself, or those below it.
    fn leaves_of<'a>(&'a self, plan: &'a Plan, task: usize) -> impl Iterator<Item = usize> + 'a {
        let is_below = move |leaf: &usize| {
            let mut at = Some(*leaf);
            while at.is_some_and(|at| at != task) {
                at = at.and_then(|at| plan.tasks[at].parent);
            }
            at.is_some()
        };
        (0..plan.tasks.len()).filter(|leaf| self.node(*leaf).is_some()).filter(is_below)
    }

    /// Why a task starts when it does: the task, what it waits for, what that waits for, back to
    /// what waits for nothing. Empty for a summary task or an inactive one.
    ///
    /// ```
    /// use schedule::{Because, Kind, Lag, Link, Plan, Task, schedule};
    /// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
    /// let (a, b) = (plan.add(Task::new(7, "a", 3600)), plan.add(Task::new(8, "b", 3600)));
    /// plan.links.push(Link { from: a, to: b, kind: Kind::FinishStart, lag: Lag::NONE });
    /// let chain = schedule(&plan)?.why_starts(&plan, b);
    /// assert!(matches!(chain[0].because, Because::Link { other: 7, .. }));
    /// assert_eq!(chain[1].because, Because::Start);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn why_starts(&self, plan: &Plan, task: usize) -> Vec<Step> {
        let (network, passes) = (&self.network, &self.passes);
        let mut chain = Vec::new();
        let mut next = self.node(task);
        while let Some(node) = next {
            let (because, driver) = self.drives_start(plan, node);
            chain.push(Step {
                task: uid(plan, network, node),
                start: passes.es[node],
                finish: passes.ef[node],
                because,
            });
            next = driver;
        }
        chain
    }

    /// Why a task must be finished when it must: the task, what waits for it, what waits for
    /// that, on to the plan's finish or a fixed date. A task is critical when this chain leaves
    /// no room to [`Schedule::why_starts`].
    ///
    /// ```
    /// use schedule::{Because, Plan, Task, schedule};
    /// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
    /// let task = plan.add(Task::new(7, "survey", 3600));
    /// plan.tasks[task].deadline = Some("2015-11-20T08:30".parse()?);
    /// let chain = schedule(&plan)?.why_due(&plan, task);
    /// assert_eq!(chain[0].because, Because::Deadline);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn why_due(&self, plan: &Plan, task: usize) -> Vec<Step> {
        let (network, passes) = (&self.network, &self.passes);
        let mut chain = Vec::new();
        let followers = Followers::of(network);
        let mut next = self.node(task);
        while let Some(node) = next {
            let (because, driver) = self.drives_finish(plan, &followers, node);
            chain.push(Step {
                task: uid(plan, network, node),
                start: passes.ls[node],
                finish: passes.lf[node],
                because,
            });
            next = driver;
        }
        chain
    }

    fn node(&self, task: usize) -> Option<usize> {
        let node = self.network.of_task.get(task).copied();
        node.filter(|node| *node != crate::network::NONE).map(|node| node as usize)
    }

    fn drives_start(&self, plan: &Plan, node: usize) -> (Because, Option<usize>) {
        let (network, passes) = (&self.network, &self.passes);
        let (special, start) = (network.special(node), passes.es[node]);
        if special.progress.started.is_some() {
            return (Because::Done, None);
        }
        if special.mode != Mode::Auto {
            return (Because::Placed, None);
        }
        let calendar = network.calendar_of(node);
        let reaches = |bound: Moment| bound == start || calendar.next_start(bound) == start;
        if network.data_date.is_some_and(|date| reaches(date) && passes.start < date) {
            return (Because::DataDate, None);
        }
        let by_constraint = (Because::Constraint { constraint: special.constraint.code() }, None);
        if let Constraint::MustStart(_) | Constraint::MustFinish(_) = special.constraint {
            return by_constraint;
        }
        let links = network.links(node);
        let late_known = network.has_late_tasks() && !network.is_backward;
        let driver =
            links.iter().find(|edge| reaches(network.start_bound(passes, node, edge, late_known)));
        if let Some(edge) = driver {
            let pred = edge.from as usize;
            let other = uid(plan, network, pred);
            let because = Because::Link { other, kind: edge.kind, lag_min: minutes(edge.lag) };
            return (because, Some(pred));
        }
        if special.floor.is_some_and(reaches) {
            return (Because::Above, None);
        }
        if special.constraint.date().is_some() && !reaches(passes.start) {
            return by_constraint;
        }
        (Because::Start, None)
    }

    fn drives_finish(
        &self,
        plan: &Plan,
        followers: &Followers,
        node: usize,
    ) -> (Because, Option<usize>) {
        let (network, passes) = (&self.network, &self.passes);
        let (special, finish) = (network.special(node), passes.lf[node]);
        if special.progress.finished.is_some() {
            return (Because::Done, None);
        }
        if let Mode::External { .. } = special.mode {
            return (Because::Placed, None);
        }
        let calendar = network.calendar_of(node);
        let reaches = |bound: Moment| calendar.prev_finish(bound) == finish;
        for (succ, place) in followers.of_node(node) {
            let edge = &network.edges[place];
            let is_done = network.special(succ).progress.finished.is_some();
            let bound = network.finish_bound(passes, succ, edge);
            if !is_done && reaches(bound) && bound < passes.finish {
                let other = uid(plan, network, succ);
                let because = Because::Link { other, kind: edge.kind, lag_min: minutes(edge.lag) };
                return (because, Some(succ));
            }
        }
        if special.deadline.is_some_and(reaches) {
            return (Because::Deadline, None);
        }
        if special.ceiling.is_some_and(reaches) {
            return (Because::Above, None);
        }
        if reaches(passes.finish) {
            return (Because::Finish, None);
        }
        (Because::Constraint { constraint: special.constraint.code() }, None)
    }
}

/// The links of a network by predecessor.
#[derive(Clone, Debug)]
pub(crate) struct Followers {
    firsts: Vec<u32>,
    edges: Vec<(u32, u32)>,
}

impl Followers {
    pub(crate) fn of(network: &Network) -> Self {
        let mut firsts = vec![0_u32; network.len() + 1];
        for edge in &network.edges {
            firsts[edge.from as usize + 1] += 1;
        }
        for node in 0..network.len() {
            firsts[node + 1] += firsts[node];
        }
        let mut next = firsts.clone();
        let mut edges = vec![(0, 0); network.edges.len()];
        for node in 0..network.len() {
            for place in network.firsts[node]..network.firsts[node + 1] {
                let slot = &mut next[network.edges[place as usize].from as usize];
                edges[*slot as usize] = (node as u32, place);
                *slot += 1;
            }
        }
        Self { firsts, edges }
    }

    /// The successors of a node, with the places of their links.
    pub(crate) fn of_node(&self, node: usize) -> impl Iterator<Item = (usize, usize)> {
        let range = self.firsts[node] as usize..self.firsts[node + 1] as usize;
        self.edges[range].iter().map(|(succ, place)| (*succ as usize, *place as usize))
    }
}

fn minutes(seconds: i64) -> f64 {
    seconds as f64 / 60.0
}
