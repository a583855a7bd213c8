//! A plan whose dates follow every change, and what would follow from changes not yet made.
//!
//! A change reaches the tasks behind it, as far as their early dates move, and the tasks before
//! it, as far as their late dates do. Only when the finish of the whole plan moves are all late
//! dates worked out again.

use calendar::{BadInput, Calendar, Moment};

use crate::{
    Constraint, Lag, Network, Passes, Plan, Progress, Row, Schedule, chain::Followers,
    dates::passed, network::NONE, summary::Tree,
};

mod settle;

/// One change to a plan; tasks and links are named by their places.
///
/// ```
/// let longer = schedule::Edit::Duration { task: 0, seconds: 16 * 3600 };
/// assert_eq!(longer.clone(), longer);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A task's duration.
    Duration {
        /// The task.
        task: usize,
        /// Seconds of working time, or of clock time where it is elapsed.
        seconds: i64,
    },
    /// A task's constraint.
    Constraint {
        /// The task.
        task: usize,
        /// What fixes its dates.
        constraint: Constraint,
    },
    /// A task's deadline.
    Deadline {
        /// The task.
        task: usize,
        /// The last moment it should be finished at; none takes it away.
        deadline: Option<Moment>,
    },
    /// What has been done of a task.
    Progress {
        /// The task.
        task: usize,
        /// What has been done.
        progress: Progress,
    },
    /// How long a link waits.
    Lag {
        /// The link.
        link: usize,
        /// Its lag.
        lag: Lag,
    },
    /// One of the plan's calendars, as when next year's holidays are published.
    Calendar {
        /// Its place in the plan's calendars.
        place: usize,
        /// What holds instead.
        calendar: Calendar,
    },
    /// When the plan begins.
    Start(Option<Moment>),
    /// When all of it must be finished.
    Finish(Option<Moment>),
    /// The day up to which progress is known.
    DataDate(Option<Moment>),
}

/// A plan with its dates kept up to date.
///
/// ```
/// use schedule::{Edit, Kind, Lag, Link, Live, Plan, Task};
/// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
/// let survey = plan.add(Task::new(1, "survey", 8 * 3600));
/// let build = plan.add(Task::new(2, "build", 16 * 3600));
/// plan.links.push(Link { from: survey, to: build, kind: Kind::FinishStart, lag: Lag::NONE });
///
/// let mut live = Live::of(plan)?;
/// let moved = live.change(Edit::Duration { task: survey, seconds: 16 * 3600 })?;
/// assert_eq!(moved, [survey, build]);
/// assert_eq!(live.schedule().row(build).start.to_string(), "2015-11-24T08:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Live {
    plan: Plan,
    tree: Tree,
    network: Network,
    followers: Followers,
    passes: Passes,
    /// Links by the start of summary tasks, or tasks as late as possible: dates decide which
    /// dates count, so all is worked out again.
    is_entangled: bool,
}

/// One task's dates before and after.
///
/// ```
/// use schedule::{Edit, Live, Plan, Task};
/// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
/// plan.add(Task::new(7, "survey", 3600));
/// let shifts = Live::of(plan)?.what_if(&[Edit::Duration { task: 0, seconds: 7200 }])?;
/// assert_eq!((shifts[0].task, shifts[0].slip()), (7, 3600));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// The task's number.
    pub task: i64,
    /// Its dates as they stand.
    pub before: Row,
    /// Its dates as they would be.
    pub after: Row,
}

impl Shift {
    /// By how much the planned finish moves, in seconds by the clock; negative is earlier.
    ///
    /// ```
    /// # use schedule::{Edit, Live, Plan, Task};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(7, "survey", 3600));
    /// let shifts = Live::of(plan)?.what_if(&[Edit::Duration { task: 0, seconds: 1800 }])?;
    /// assert_eq!(shifts[0].slip(), -1800);
    /// # Ok::<(), calendar::BadInput>(())
    /// ```
    pub fn slip(&self) -> i64 {
        self.after.finish - self.before.finish
    }
}

impl Live {
    /// Schedules a plan and keeps it.
    ///
    /// # Errors
    /// Those of [`crate::schedule`].
    ///
    /// ```
    /// let plan = schedule::Plan::starting("2015-11-20T08:00".parse()?);
    /// assert!(schedule::Live::of(plan)?.schedule().rows().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(plan: Plan) -> Result<Self, BadInput> {
        let network = Network::of(&plan)?;
        let passes = passed(&plan, &network)?;
        let tree = Tree::of(&plan)?;
        let followers = Followers::of(&network);
        let is_entangled = network.has_late_tasks() || tree.has_links_by_start(&plan);
        Ok(Self { plan, tree, network, followers, passes, is_entangled })
    }

    /// The plan as it stands.
    ///
    /// ```
    /// let plan = schedule::Plan::starting("2015-11-20T08:00".parse()?);
    /// assert_eq!(*schedule::Live::of(plan.clone())?.plan(), plan);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The early dates of a task, start and finish; none for a summary or inactive task.
    ///
    /// ```
    /// # use schedule::{Live, Plan, Task};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(7, "survey", 3600));
    /// let (_, finish) = Live::of(plan)?.early(0).unwrap();
    /// assert_eq!(finish.to_string(), "2015-11-20T09:00");
    /// # Ok::<(), calendar::BadInput>(())
    /// ```
    pub fn early(&self, task: usize) -> Option<(Moment, Moment)> {
        self.node(task).map(|node| (self.passes.es[node], self.passes.ef[node]))
    }

    /// The late dates of a task, start and finish; none for a summary or inactive task.
    ///
    /// ```
    /// # use schedule::{Live, Plan, Task};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(7, "survey", 3600));
    /// let (start, _) = Live::of(plan)?.late(0).unwrap();
    /// assert_eq!(start.to_string(), "2015-11-20T08:00");
    /// # Ok::<(), calendar::BadInput>(())
    /// ```
    pub fn late(&self, task: usize) -> Option<(Moment, Moment)> {
        self.node(task).map(|node| (self.passes.ls[node], self.passes.lf[node]))
    }

    /// The whole schedule, with slack and summary tasks.
    ///
    /// ```
    /// # use schedule::{Live, Plan, Task};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(7, "survey", 3600));
    /// let live = Live::of(plan)?;
    /// assert_eq!(live.schedule().rows(), schedule::schedule(live.plan())?.rows());
    /// # Ok::<(), calendar::BadInput>(())
    /// ```
    pub fn schedule(&self) -> Schedule {
        Schedule::of(&self.plan, self.network.clone(), self.passes.clone(), &self.tree)
    }

    /// Makes a change, and says which scheduled tasks' dates moved, early or late, by their
    /// places in rising order.
    ///
    /// # Errors
    /// Those of [`crate::schedule`]; the plan then stays as it was.
    ///
    /// ```
    /// # use schedule::{Edit, Live, Plan, Task};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(7, "survey", 3600));
    /// let mut live = Live::of(plan)?;
    /// assert!(live.change(Edit::Duration { task: 0, seconds: -1 }).is_err());
    /// assert!(live.change(Edit::Duration { task: 0, seconds: 3600 })?.is_empty());
    /// # Ok::<(), calendar::BadInput>(())
    /// ```
    pub fn change(&mut self, edit: Edit) -> Result<Vec<usize>, BadInput> {
        let undo = self.put(edit)?;
        let old = self.passes.clone();
        let node = self.touched(&undo);
        let settled = match node {
            Some(node) => self.settle(node),
            None => self.again(),
        };
        if let Err(bad) = settled {
            self.put(undo)?;
            self.again()?;
            return Err(bad);
        }
        let mut moved = Vec::new();
        for node in 0..self.network.len() {
            let early =
                (old.es[node], old.ef[node]) != (self.passes.es[node], self.passes.ef[node]);
            let late = (old.ls[node], old.lf[node]) != (self.passes.ls[node], self.passes.lf[node]);
            if early || late {
                moved.push(self.network.tasks[node] as usize);
            }
        }
        moved.sort_unstable();
        Ok(moved)
    }

    /// What changes would do, without making them: every task, summary tasks too, whose row
    /// would be another, in the plan's order. A change of a calendar shows so, before it comes
    /// into use, which dates it moves.
    ///
    /// # Errors
    /// Those of [`Live::change`].
    ///
    /// ```
    /// # use schedule::{Edit, Live, Plan, Task};
    /// # let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// # plan.add(Task::new(7, "survey", 3600));
    /// let live = Live::of(plan)?;
    /// let shifts = live.what_if(&[Edit::Duration { task: 0, seconds: 7200 }])?;
    /// assert_eq!(shifts[0].after.finish.to_string(), "2015-11-20T10:00");
    /// assert_eq!(live.plan().tasks[0].duration, 3600);
    ///
    /// // Without rest on the weekend, what took until Monday is finished on Saturday.
    /// let always = calendar::Calendar::continuous();
    /// let edits = [
    ///     Edit::Duration { task: 0, seconds: 36 * 3600 },
    ///     Edit::Calendar { place: 0, calendar: always },
    /// ];
    /// let shifts = live.what_if(&edits)?;
    /// assert_eq!(shifts[0].after.finish.to_string(), "2015-11-21T20:00");
    /// # Ok::<(), calendar::BadInput>(())
    /// ```
    pub fn what_if(&self, edits: &[Edit]) -> Result<Vec<Shift>, BadInput> {
        let mut other = self.clone();
        for edit in edits {
            other.change(edit.clone())?;
        }
        let (before, after) = (self.schedule(), other.schedule());
        let rows = before.rows().iter().zip(after.rows()).zip(&self.plan.tasks);
        let shifts = rows.filter(|((before, after), _)| before != after);
        Ok(shifts
            .map(|((before, after), task)| Shift { task: task.uid, before: *before, after: *after })
            .collect())
    }

    fn node(&self, task: usize) -> Option<usize> {
        let node = self.network.of_task.get(task).copied().filter(|node| *node != NONE);
        node.map(|node| node as usize)
    }
}
