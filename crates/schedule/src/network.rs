//! A plan compiled: leaf tasks in an order in which nobody comes before whom they wait for, and
//! the links between them packed by successor.

use calendar::{BadInput, Calendar, Expected, Moment, Place};

mod check;

use check::check;
pub(crate) use check::check_task;

use crate::{
    Constraint, Direction, Kind, Lag, Link, Mode, Plan, Progress, Task, order,
    summary::{Earliest, Tree},
};

/// No node, no task, nothing special.
pub(crate) const NONE: u32 = u32::MAX;

/// The longest duration or lag, in seconds: 10^9 minutes, 1,900 years.
pub(crate) const LONGEST: i64 = 60_000_000_000;

/// More links than this, links to summary tasks taken apart, are refused.
const MOST_LINKS: usize = 8_000_000;

/// A plan ready for the passes: leaf tasks in order, links packed.
///
/// ```
/// use schedule::{Network, Plan, Task};
/// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
/// plan.add(Task::new(1, "survey", 3600));
/// assert_eq!(Network::of(&plan)?.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Network {
    pub(crate) start: Option<Moment>,
    pub(crate) finish: Option<Moment>,
    pub(crate) data_date: Option<Moment>,
    pub(crate) is_backward: bool,
    pub(crate) calendars: Vec<Calendar>,
    pub(crate) calendar: usize,
    pub(crate) nodes: Vec<Node>,
    pub(crate) specials: Vec<Special>,
    /// Where each node's links begin; one more than there are nodes.
    pub(crate) firsts: Vec<u32>,
    pub(crate) edges: Vec<Edge>,
    /// The plan's link that each edge stands for.
    pub(crate) link_of: Vec<u32>,
    /// The task of each node, and the node of each task.
    pub(crate) tasks: Vec<u32>,
    pub(crate) of_task: Vec<u32>,
}

/// One leaf task, in 16 bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) duration: i64,
    /// The place of what is not ordinary about it.
    pub(crate) special: u32,
    pub(crate) calendar: u16,
    pub(crate) is_elapsed: bool,
    pub(crate) is_milestone: bool,
}

/// What is not ordinary about a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Special {
    pub(crate) constraint: Constraint,
    pub(crate) deadline: Option<Moment>,
    pub(crate) progress: Progress,
    pub(crate) mode: Mode,
    pub(crate) delay: i64,
    /// From the summary tasks above: not before, and not after.
    pub(crate) floor: Option<Moment>,
    pub(crate) ceiling: Option<Moment>,
    /// Somebody waits for it.
    pub(crate) leads: bool,
}

pub(crate) const ORDINARY: Special = Special {
    constraint: Constraint::AsSoonAsPossible,
    deadline: None,
    progress: Progress { started: None, finished: None, remaining: None },
    mode: Mode::Auto,
    delay: 0,
    floor: None,
    ceiling: None,
    leads: false,
};

/// A link seen from its successor, in 16 bytes; the lag is in seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) lag: i64,
    pub(crate) from: u32,
    pub(crate) kind: Kind,
    pub(crate) is_elapsed: bool,
}

impl Network {
    /// Compiles a plan.
    ///
    /// # Errors
    /// What makes the plan no plan: a number twice, a negative or endless duration, a link to
    /// itself, a summary task inside itself, a cycle, a start or a deadline that is missing.
    ///
    /// ```
    /// use schedule::{Kind, Lag, Link, Network, Plan, Task};
    /// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
    /// let (a, b) = (plan.add(Task::new(7, "a", 60)), plan.add(Task::new(8, "b", 60)));
    /// for (from, to) in [(a, b), (b, a)] {
    ///     plan.links.push(Link { from, to, kind: Kind::FinishStart, lag: Lag::NONE });
    /// }
    /// let cycle = Network::of(&plan).unwrap_err();
    /// assert_eq!(cycle.found, "7 → 8 → 7");
    /// # Ok::<(), calendar::NotAMoment>(())
    /// ```
    pub fn of(plan: &Plan) -> Result<Self, BadInput> {
        check(plan)?;
        let tree = Tree::of(plan)?;
        let earliest = tree.earliest_subtasks(plan)?.unwrap_or_default();
        Self::linked(plan, &tree, &earliest)
    }

    /// A network of finish-to-start links on one calendar, without a plan: task `i` waits for
    /// `preds[firsts[i]..firsts[i + 1]]`, all of them before it; durations in seconds.
    ///
    /// # Errors
    /// A place out of order, or out of range.
    ///
    /// ```
    /// use calendar::Calendar;
    /// use schedule::{Network, Passes};
    ///
    /// let start = "2015-11-20T00:00".parse()?;
    /// let network = Network::plain(Calendar::continuous(), start, &[60, 120], &[0, 0, 1], &[0])?;
    /// assert_eq!(Passes::run(&network)?.early_finish(1).to_string(), "2015-11-20T00:03");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plain(
        calendar: Calendar,
        start: Moment,
        durations: &[i64],
        firsts: &[u32],
        preds: &[u32],
    ) -> Result<Self, BadInput> {
        let wrong = |found: String| BadInput::new(Place::File, "", found, Expected::Link);
        if firsts.len() != durations.len() + 1 || firsts.last() != Some(&(preds.len() as u32)) {
            return Err(wrong(format!("{} offsets", firsts.len())));
        }
        for (task, pair) in firsts.windows(2).enumerate() {
            let row = preds.get(pair[0] as usize..pair[1] as usize);
            let row = row.ok_or_else(|| wrong(format!("offset {}", pair[1])))?;
            if let Some(pred) = row.iter().find(|pred| **pred as usize >= task) {
                return Err(wrong(format!("{task} waits for {pred}")));
            }
        }
        if let Some(wrong_one) = durations.iter().find(|one| !(0..=LONGEST).contains(*one)) {
            return Err(wrong(format!("a duration of {wrong_one}")));
        }
        let node = |duration: &i64| Node {
            duration: *duration,
            special: NONE,
            calendar: 0,
            is_elapsed: false,
            is_milestone: *duration == 0,
        };
        let edge =
            |from: &u32| Edge { lag: 0, from: *from, kind: Kind::FinishStart, is_elapsed: false };
        Ok(Self {
            start: Some(start),
            finish: None,
            data_date: None,
            is_backward: false,
            calendars: vec![calendar],
            calendar: 0,
            nodes: durations.iter().map(node).collect(),
            specials: Vec::new(),
            firsts: firsts.to_vec(),
            edges: preds.iter().map(edge).collect(),
            link_of: Vec::new(),
            tasks: (0..durations.len() as u32).collect(),
            of_task: Vec::new(),
        })
    }

    /// How many tasks are scheduled: all but summary tasks and inactive ones.
    ///
    /// ```
    /// let plan = schedule::Plan::starting("2015-11-20T08:00".parse()?);
    /// assert_eq!(schedule::Network::of(&plan)?.len(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Is nothing scheduled?
    ///
    /// ```
    /// let plan = schedule::Plan::starting("2015-11-20T08:00".parse()?);
    /// assert!(schedule::Network::of(&plan)?.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub(crate) fn special(&self, node: usize) -> &Special {
        self.specials.get(self.nodes[node].special as usize).unwrap_or(&ORDINARY)
    }

    pub(crate) fn calendar_of(&self, node: usize) -> &Calendar {
        &self.calendars[usize::from(self.nodes[node].calendar)]
    }

    pub(crate) fn links(&self, node: usize) -> &[Edge] {
        &self.edges[self.firsts[node] as usize..self.firsts[node + 1] as usize]
    }

    /// Lays out nodes and edges. `earliest` has, for each link whose predecessor is a summary
    /// task that others start with, the subtask that starts first.
    fn linked(plan: &Plan, tree: &Tree, earliest: &Earliest) -> Result<Self, BadInput> {
        let pairs = pairs(plan, tree, earliest)?;
        let tasks = order::ordered(plan, tree, &pairs)?;
        let mut of_task = vec![NONE; plan.tasks.len()];
        for (node, task) in tasks.iter().enumerate() {
            of_task[*task as usize] = node as u32;
        }
        let mut network = Self {
            start: plan.start,
            finish: plan.finish,
            data_date: plan.data_date,
            is_backward: plan.direction == Direction::Backward,
            calendars: plan.calendars.clone(),
            calendar: plan.calendar,
            nodes: Vec::with_capacity(tasks.len()),
            specials: Vec::new(),
            firsts: vec![0; tasks.len() + 1],
            edges: Vec::new(),
            link_of: Vec::new(),
            tasks,
            of_task,
        };
        network.lay_nodes(plan, tree);
        network.lay_edges(plan, &pairs);
        Ok(network)
    }

    fn lay_nodes(&mut self, plan: &Plan, tree: &Tree) {
        for place in self.tasks.iter().map(|task| *task as usize) {
            let task = &plan.tasks[place];
            let (floor, ceiling) = tree.bounds(place);
            let special = special(task, floor, ceiling);
            let mut node = node(plan, task);
            if special != ORDINARY {
                node.special = self.specials.len() as u32;
                self.specials.push(special);
            }
            self.nodes.push(node);
        }
    }

    /// Sorts the links by successor, by counting.
    fn lay_edges(&mut self, plan: &Plan, pairs: &[(u32, u32, u32)]) {
        for (_, to, _) in pairs {
            self.firsts[self.of_task[*to as usize] as usize + 1] += 1;
        }
        for node in 0..self.nodes.len() {
            self.firsts[node + 1] += self.firsts[node];
        }
        let empty = Edge { lag: 0, from: 0, kind: Kind::FinishStart, is_elapsed: false };
        self.edges = vec![empty; pairs.len()];
        self.link_of = vec![0; pairs.len()];
        let mut next = self.firsts.clone();
        for (from, to, link) in pairs {
            let slot = &mut next[self.of_task[*to as usize] as usize];
            let from_node = self.of_task[*from as usize];
            self.edges[*slot as usize] =
                edge(&plan.links[*link as usize], &plan.tasks[*from as usize], from_node);
            self.link_of[*slot as usize] = *link;
            *slot += 1;
            let special = self.nodes[from_node as usize].special as usize;
            if let Some(special) = self.specials.get_mut(special) {
                special.leads = true;
            }
        }
    }
}

pub(crate) fn special(task: &Task, floor: Option<Moment>, ceiling: Option<Moment>) -> Special {
    Special {
        constraint: task.constraint,
        deadline: task.deadline,
        progress: task.progress,
        mode: task.mode,
        delay: task.delay,
        floor,
        ceiling,
        leads: false,
    }
}

pub(crate) fn node(plan: &Plan, task: &Task) -> Node {
    Node {
        duration: task.duration,
        special: NONE,
        calendar: plan.calendar_of(task) as u16,
        is_elapsed: task.is_elapsed,
        is_milestone: task.is_milestone,
    }
}

/// A link with its lag worked out in seconds.
pub(crate) fn edge(link: &Link, pred: &Task, from: u32) -> Edge {
    let share = |percent: f64| (pred.duration as f64 * percent / 100.0).floor() as i64;
    let (lag, is_elapsed) = match link.lag {
        Lag::Working(seconds) => (seconds, false),
        Lag::Elapsed(seconds) => (seconds, true),
        Lag::Percent(percent) => (share(percent), pred.is_elapsed),
        Lag::ElapsedPercent(percent) => (share(percent), true),
    };
    Edge { lag: lag.clamp(-LONGEST, LONGEST), from, kind: link.kind, is_elapsed }
}

/// The links between leaf tasks: predecessor, successor, the plan's link.
fn pairs(plan: &Plan, tree: &Tree, earliest: &Earliest) -> Result<Vec<(u32, u32, u32)>, BadInput> {
    let mut pairs = Vec::with_capacity(plan.links.len());
    for (place, link) in plan.links.iter().enumerate() {
        let starts = matches!(link.kind, Kind::StartStart | Kind::StartFinish);
        let from = match earliest.get(&place) {
            Some(first) => std::slice::from_ref(first),
            // Without a subtask that is scheduled, nobody waits.
            None if starts && tree.is_summary(link.from) => &[],
            None => tree.leaves(link.from),
        };
        let to = tree.leaves(link.to);
        if tree.is_one_within_other(link.from, link.to) {
            let (pred, succ) = (plan.tasks[link.from].uid, plan.tasks[link.to].uid);
            let found = format!("{pred} → {succ}, one part of the other");
            return Err(BadInput::new(Place::Task(succ), "predecessors", found, Expected::NoCycle));
        }
        if pairs.len() + from.len() * to.len() > MOST_LINKS {
            let found = format!("more than {MOST_LINKS} links between subtasks");
            let place = Place::Task(plan.tasks[link.to].uid);
            let fewer = Expected::Format("fewer links to summary tasks");
            return Err(BadInput::new(place, "predecessors", found, fewer));
        }
        for from in from {
            pairs.extend(to.iter().map(|to| (*from, *to, place as u32)));
        }
    }
    Ok(pairs)
}
