//! What a plan is made of: tasks, links, constraints, calendars.

use calendar::{Calendar, Moment};
use serde::Serialize;

use crate::Link;

/// A network of tasks, ready to be scheduled. Tasks and calendars are named by their place.
///
/// ```
/// use schedule::{Kind, Lag, Link, Plan, Task, schedule};
///
/// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
/// let survey = plan.add(Task::new(1, "survey", 8 * 3600));
/// let build = plan.add(Task::new(2, "build", 16 * 3600));
/// plan.links.push(Link { from: survey, to: build, kind: Kind::FinishStart, lag: Lag::NONE });
/// let dates = schedule(&plan)?;
/// assert_eq!(dates.row(build).early_start.to_string(), "2015-11-23T08:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What the plan is called.
    pub name: String,
    /// From which end it is scheduled.
    pub direction: Direction,
    /// When work can begin. A plan scheduled backward may leave it open: it then begins when
    /// its first task must.
    pub start: Option<Moment>,
    /// When all of it must be finished. A plan scheduled backward needs it.
    pub finish: Option<Moment>,
    /// The day up to which progress is known: what is not done yet is scheduled after it.
    pub data_date: Option<Moment>,
    /// The calendars of the plan; never empty.
    pub calendars: Vec<Calendar>,
    /// The place of the plan's own calendar, which tasks without one work by.
    pub calendar: usize,
    /// The tasks, in the order they are shown.
    pub tasks: Vec<Task>,
    /// What waits for what.
    pub links: Vec<Link>,
    /// A task is critical when its total slack, in seconds, is no more than this.
    pub critical_slack: i64,
}

impl Plan {
    /// A forward plan without tasks on the calendar of China.
    ///
    /// ```
    /// let plan = schedule::Plan::starting("2015-11-20T08:00".parse()?);
    /// assert!(plan.tasks.is_empty());
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    pub fn starting(start: Moment) -> Self {
        Self {
            name: String::new(),
            direction: Direction::Forward,
            start: Some(start),
            finish: None,
            data_date: None,
            calendars: vec![Calendar::china()],
            calendar: 0,
            tasks: Vec::new(),
            links: Vec::new(),
            critical_slack: 0,
        }
    }

    /// A backward plan without tasks on the calendar of China: every task as late as possible.
    ///
    /// ```
    /// use schedule::{Plan, Task, schedule};
    /// let mut plan = Plan::due("2015-11-20T17:00".parse()?);
    /// let task = plan.add(Task::new(1, "report", 16 * 3600));
    /// assert_eq!(schedule(&plan)?.row(task).start.to_string(), "2015-11-19T08:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn due(finish: Moment) -> Self {
        let plan = Self::starting(finish);
        Self { direction: Direction::Backward, start: None, finish: Some(finish), ..plan }
    }

    /// Adds a task and says its place.
    ///
    /// ```
    /// # let mut plan = schedule::Plan::starting("2015-11-20T08:00".parse().unwrap());
    /// assert_eq!(plan.add(schedule::Task::new(7, "survey", 3600)), 0);
    /// ```
    pub fn add(&mut self, task: Task) -> usize {
        self.tasks.push(task);
        self.tasks.len() - 1
    }

    /// The calendar a task works by.
    pub(crate) fn calendar_of(&self, task: &Task) -> usize {
        task.calendar.unwrap_or(self.calendar)
    }
}

/// From which end a plan is scheduled.
///
/// ```
/// assert_eq!(schedule::Direction::default(), schedule::Direction::Forward);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the start, as early as possible.
    #[default]
    Forward,
    /// From the deadline, as late as possible: 倒排.
    Backward,
}

/// One task, milestone or summary task.
///
/// ```
/// use schedule::{Constraint, Task};
/// let mut task = Task::new(3, "inspection", 4 * 3600);
/// task.constraint = Constraint::StartNoEarlier("2015-12-01T08:00".parse()?);
/// assert!(!task.is_milestone && !task.is_elapsed);
/// # Ok::<(), calendar::NotAMoment>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its number, which links and reports use; no other task of the plan has it.
    pub uid: i64,
    /// What is done.
    pub name: String,
    /// How long it takes, in seconds of working time, or of clock time where it is elapsed.
    pub duration: i64,
    /// Its duration passes by the clock, day and night.
    pub is_elapsed: bool,
    /// Its own calendar, by place.
    pub calendar: Option<usize>,
    /// What else fixes its dates.
    pub constraint: Constraint,
    /// The last moment it should be finished at; it caps the late dates and moves nothing.
    pub deadline: Option<Moment>,
    /// The summary task it belongs to, by place.
    pub parent: Option<usize>,
    /// It may stand at the end of a working range instead of the beginning of the next.
    pub is_milestone: bool,
    /// Time to wait after the plan's start when nothing else drives it, elapsed seconds.
    pub delay: i64,
    /// What has been done of it.
    pub progress: Progress,
    /// Is it scheduled at all?
    pub mode: Mode,
}

impl Task {
    /// A task as early as possible, of so many seconds of working time.
    ///
    /// ```
    /// assert!(schedule::Task::new(1, "opening", 0).is_milestone);
    /// ```
    pub fn new(uid: i64, name: &str, duration: i64) -> Self {
        Self {
            uid,
            name: name.into(),
            duration,
            is_elapsed: false,
            calendar: None,
            constraint: Constraint::AsSoonAsPossible,
            deadline: None,
            parent: None,
            is_milestone: duration == 0,
            delay: 0,
            progress: Progress::default(),
            mode: Mode::Auto,
        }
    }
}

/// What fixes a task's dates beside its links: Microsoft Project's eight.
///
/// ```
/// let date = "2015-12-01T08:00".parse()?;
/// assert_eq!(schedule::Constraint::MustStart(date).date(), Some(date));
/// # Ok::<(), calendar::NotAMoment>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Constraint {
    /// ASAP.
    #[default]
    AsSoonAsPossible,
    /// ALAP: scheduled at its late dates.
    AsLateAsPossible,
    /// MSO.
    MustStart(Moment),
    /// MFO.
    MustFinish(Moment),
    /// SNET.
    StartNoEarlier(Moment),
    /// SNLT.
    StartNoLater(Moment),
    /// FNET.
    FinishNoEarlier(Moment),
    /// FNLT.
    FinishNoLater(Moment),
}

impl Constraint {
    /// The date, where the constraint has one.
    ///
    /// ```
    /// assert_eq!(schedule::Constraint::AsLateAsPossible.date(), None);
    /// ```
    pub fn date(self) -> Option<Moment> {
        match self {
            Self::AsSoonAsPossible | Self::AsLateAsPossible => None,
            Self::MustStart(date)
            | Self::MustFinish(date)
            | Self::StartNoEarlier(date)
            | Self::StartNoLater(date)
            | Self::FinishNoEarlier(date)
            | Self::FinishNoLater(date) => Some(date),
        }
    }

    /// The four letters plans are written with.
    ///
    /// ```
    /// assert_eq!(schedule::Constraint::AsSoonAsPossible.code(), "ASAP");
    /// ```
    pub fn code(self) -> &'static str {
        match self {
            Self::AsSoonAsPossible => "ASAP",
            Self::AsLateAsPossible => "ALAP",
            Self::MustStart(_) => "MSO",
            Self::MustFinish(_) => "MFO",
            Self::StartNoEarlier(_) => "SNET",
            Self::StartNoLater(_) => "SNLT",
            Self::FinishNoEarlier(_) => "FNET",
            Self::FinishNoLater(_) => "FNLT",
        }
    }

    /// The same constraint at another date.
    pub(crate) fn moved(self, to: Moment) -> Self {
        match self {
            Self::AsSoonAsPossible | Self::AsLateAsPossible => self,
            Self::MustStart(_) => Self::MustStart(to),
            Self::MustFinish(_) => Self::MustFinish(to),
            Self::StartNoEarlier(_) => Self::StartNoEarlier(to),
            Self::StartNoLater(_) => Self::StartNoLater(to),
            Self::FinishNoEarlier(_) => Self::FinishNoEarlier(to),
            Self::FinishNoLater(_) => Self::FinishNoLater(to),
        }
    }
}

/// What has been done of a task.
///
/// ```
/// let not_begun = schedule::Progress::default();
/// assert!(not_begun.started.is_none() && not_begun.remaining.is_none());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// When it began; that stays.
    pub started: Option<Moment>,
    /// When it was finished; that stays.
    pub finished: Option<Moment>,
    /// Seconds of its duration still to be done; none is all of it, or nothing once finished.
    pub remaining: Option<i64>,
}

/// Is a task scheduled, and by whom?
///
/// ```
/// assert_eq!(schedule::Mode::default(), schedule::Mode::Auto);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// By the network.
    #[default]
    Auto,
    /// By hand, at these dates: others wait for it, it waits for nobody.
    Manual {
        /// When it starts.
        start: Moment,
        /// When it finishes.
        finish: Moment,
    },
    /// A task of another plan, at these dates, both early and late.
    External {
        /// When it starts.
        start: Moment,
        /// When it finishes.
        finish: Moment,
    },
    /// Not at all: it takes no part.
    Inactive,
}
