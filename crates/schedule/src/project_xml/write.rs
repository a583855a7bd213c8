//! Writing a plan, and its dates, as Microsoft Project XML.

mod calendars;

use calendar::{DAY, Moment};

use crate::{
    Constraint, Direction, Kind, Lag, Link, Mode, Plan, Progress, Schedule, Task, summary::Tree,
};
use calendars::Numbered;

/// XML being written: nothing but elements and text.
#[derive(Default)]
struct Paper {
    text: String,
    depth: usize,
}

impl Paper {
    fn open(&mut self, name: &str) {
        self.indent();
        self.text.push_str(&format!("<{name}>\n"));
        self.depth += 1;
    }

    fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.indent();
        self.text.push_str(&format!("</{name}>\n"));
    }

    fn indent(&mut self) {
        (0..self.depth).for_each(|_| self.text.push(' '));
    }

    fn put(&mut self, name: &str, text: impl std::fmt::Display) {
        self.indent();
        let text = text.to_string();
        let text = quick_xml::escape::escape(legible(&text));
        self.text.push_str(&format!("<{name}>{text}</{name}>\n"));
    }

    fn put_moment(&mut self, name: &str, moment: Option<Moment>) {
        if let Some(moment) = moment {
            self.put(name, clock(moment));
        }
    }

    fn put_if(&mut self, name: &str, is_set: bool) {
        self.put(name, u8::from(is_set));
    }
}

/// XML has no words for most control characters.
fn legible(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect()
}

/// `2015-11-20T08:00:00`
fn clock(moment: Moment) -> String {
    let second = moment.0.rem_euclid(DAY) % 60;
    format!("{moment}:{second:02}")
}

/// `PT12H30M0S`
fn length(seconds: i64) -> String {
    format!("PT{}H{}M{}S", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

impl Plan {
    /// Writes the plan as Microsoft Project XML, with its dates where they are handed in. What
    /// [`Plan::from_xml`] reads from it is the same plan; but summary tasks stand above their
    /// subtasks, shares in lags are whole percents, the data date is not read again, and
    /// characters XML has no words for are left out.
    ///
    /// ```
    /// use schedule::{Plan, Task, schedule};
    /// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
    /// plan.add(Task::new(7, "survey & report", 12 * 3600));
    /// let xml = plan.to_xml(Some(&schedule(&plan)?));
    /// assert!(xml.contains("<LateFinish>2015-11-23T12:00:00</LateFinish>"));
    /// assert_eq!(Plan::from_xml(xml.as_bytes())?.tasks, plan.tasks);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_xml(&self, dates: Option<&Schedule>) -> String {
        let numbered = Numbered::of(self);
        let mut paper = Paper::default();
        paper.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        paper.text.push_str("<Project xmlns=\"http://schemas.microsoft.com/project\">\n");
        paper.depth = 1;
        paper.put("SaveVersion", 14);
        if !self.name.trim().is_empty() {
            paper.put("Name", &self.name);
        }
        let is_forward = self.direction == Direction::Forward;
        paper.put_if("ScheduleFromStart", is_forward);
        paper.put_moment("StartDate", self.start.or(dates.map(Schedule::begins)));
        paper.put_moment("FinishDate", self.finish.or(dates.map(Schedule::ends)));
        paper.put_moment("StatusDate", self.data_date);
        paper.put("CalendarUID", numbered.number(self.calendar));
        paper.put("MinutesPerDay", MINUTES_PER_DAY);
        paper.put("CriticalSlackLimit", self.critical_slack / 60 / MINUTES_PER_DAY);
        numbered.write(&mut paper);
        paper.open("Tasks");
        let mut links: Vec<&Link> = self.links.iter().collect();
        links.sort_by_key(|link| link.to);
        let writing = Writing { plan: self, dates, numbered: &numbered, links };
        for (row, (task, level)) in order(self).into_iter().enumerate() {
            writing.task(&mut paper, task, level, row);
        }
        paper.close("Tasks");
        paper.text.push_str("</Project>\n");
        paper.text
    }
}

const MINUTES_PER_DAY: i64 = 480;

/// The tasks, summary tasks above their subtasks, with their outline level.
fn order(plan: &Plan) -> Vec<(usize, usize)> {
    let Ok(tree) = Tree::of(plan) else {
        // A ring of summary tasks is no outline: all stand side by side.
        return (0..plan.tasks.len()).map(|task| (task, 1)).collect();
    };
    let mut levels = vec![1; plan.tasks.len()];
    let downward = tree.downward().map(|task| {
        if let Some(parent) = plan.tasks[task].parent {
            levels[task] = levels[parent] + 1;
        }
        (task, levels[task])
    });
    downward.collect()
}

struct Writing<'a> {
    plan: &'a Plan,
    dates: Option<&'a Schedule>,
    numbered: &'a Numbered,
    /// By their successors.
    links: Vec<&'a Link>,
}

impl Writing<'_> {
    fn task(&self, paper: &mut Paper, place: usize, level: usize, row: usize) {
        let task = &self.plan.tasks[place];
        paper.open("Task");
        paper.put("UID", task.uid);
        paper.put("ID", row);
        if !task.name.trim().is_empty() {
            paper.put("Name", &task.name);
        }
        paper.put_if("Active", task.mode != Mode::Inactive);
        paper.put_if("Manual", matches!(task.mode, Mode::Manual { .. }));
        paper.put_if("ExternalTask", matches!(task.mode, Mode::External { .. }));
        paper.put("OutlineLevel", level);
        paper.put("Duration", length(task.duration));
        // Hours, by work or by the clock.
        paper.put("DurationFormat", if task.is_elapsed { 6 } else { 5 });
        paper.put_if("Milestone", task.is_milestone);
        if let Some(calendar) = task.calendar {
            paper.put("CalendarUID", self.numbered.number(calendar));
        }
        paper.put("ConstraintType", constraint_type(task.constraint));
        paper.put_moment("ConstraintDate", task.constraint.date());
        paper.put_moment("Deadline", task.deadline);
        paper.put("LevelingDelay", task.delay / 6);
        progress(paper, task.progress);
        self.dates(paper, place, task);
        let first = self.links.partition_point(|link| link.to < place);
        for link in self.links[first..].iter().take_while(|link| link.to == place) {
            self.link(paper, link);
        }
        paper.close("Task");
    }

    fn dates(&self, paper: &mut Paper, place: usize, task: &Task) {
        if let Mode::Manual { start, finish } | Mode::External { start, finish } = task.mode {
            paper.put_moment("Start", Some(start));
            paper.put_moment("Finish", Some(finish));
        }
        let row = self.dates.and_then(|dates| dates.rows().get(place));
        let Some(row) = row.filter(|row| row.is_scheduled) else { return };
        if matches!(task.mode, Mode::Auto | Mode::Inactive) {
            paper.put_moment("Start", Some(row.start));
            paper.put_moment("Finish", Some(row.finish));
        }
        paper.put_moment("EarlyStart", Some(row.early_start));
        paper.put_moment("EarlyFinish", Some(row.early_finish));
        paper.put_moment("LateStart", Some(row.late_start));
        paper.put_moment("LateFinish", Some(row.late_finish));
        // Tenths of a minute.
        paper.put("TotalSlack", row.total_slack / 6);
        paper.put("FreeSlack", row.free_slack / 6);
        paper.put_if("Critical", row.is_critical);
    }

    fn link(&self, paper: &mut Paper, link: &Link) {
        let (amount, format) = match link.lag {
            Lag::Working(seconds) => (seconds / 6, 5),
            Lag::Elapsed(seconds) => (seconds / 6, 6),
            Lag::Percent(share) => (share.round() as i64, 19),
            Lag::ElapsedPercent(share) => (share.round() as i64, 20),
        };
        let kind = match link.kind {
            Kind::FinishFinish => 0,
            Kind::FinishStart => 1,
            Kind::StartFinish => 2,
            Kind::StartStart => 3,
        };
        paper.open("PredecessorLink");
        paper.put("PredecessorUID", self.plan.tasks[link.from].uid);
        paper.put("Type", kind);
        paper.put("LinkLag", amount);
        paper.put("LagFormat", format);
        paper.close("PredecessorLink");
    }
}

fn constraint_type(constraint: Constraint) -> u8 {
    match constraint {
        Constraint::AsSoonAsPossible => 0,
        Constraint::AsLateAsPossible => 1,
        Constraint::MustStart(_) => 2,
        Constraint::MustFinish(_) => 3,
        Constraint::StartNoEarlier(_) => 4,
        Constraint::StartNoLater(_) => 5,
        Constraint::FinishNoEarlier(_) => 6,
        Constraint::FinishNoLater(_) => 7,
    }
}

fn progress(paper: &mut Paper, progress: Progress) {
    paper.put_moment("ActualStart", progress.started);
    paper.put_moment("ActualFinish", progress.finished);
    if let Some(left) = progress.remaining {
        paper.put("RemainingDuration", length(left));
    }
}
