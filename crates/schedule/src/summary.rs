//! Summary tasks: who belongs to whom, which subtask starts first, and dates rolled up.

use std::collections::HashMap;

use calendar::{BadInput, Expected, Moment, Place};

use crate::{Constraint, Kind, Link, Mode, Network, Passes, Plan};

/// Who belongs to whom.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    /// The children of each task, packed.
    firsts: Vec<u32>,
    children: Vec<u32>,
    /// Every task, parents before their children and families together.
    downward: Vec<u32>,
    /// The leaves in that order, and which of them belong to each task.
    leaves: Vec<u32>,
    belonging: Vec<(u32, u32)>,
    /// What the summary tasks above fix: not before, and not after. Empty where none does.
    bounds: Vec<Bounds>,
}

/// Not before, and not after.
pub(crate) type Bounds = (Option<Moment>, Option<Moment>);

impl Tree {
    pub(crate) fn of(plan: &Plan) -> Result<Self, BadInput> {
        let tasks = plan.tasks.len();
        let mut firsts = vec![0_u32; tasks + 1];
        for (place, task) in plan.tasks.iter().enumerate() {
            let Some(parent) = task.parent else { continue };
            if parent >= tasks || parent == place {
                let place = Place::Task(task.uid);
                return Err(BadInput::new(place, "parent", task.uid.to_string(), Expected::Other));
            }
            firsts[parent + 1] += 1;
        }
        for task in 0..tasks {
            firsts[task + 1] += firsts[task];
        }
        let mut next = firsts.clone();
        let mut children = vec![0; firsts[tasks] as usize];
        for (place, task) in plan.tasks.iter().enumerate() {
            if let Some(parent) = task.parent {
                children[next[parent] as usize] = place as u32;
                next[parent] += 1;
            }
        }
        let (downward, leaves, belonging, bounds) = Default::default();
        let mut tree = Self { firsts, children, downward, leaves, belonging, bounds };
        tree.walk(plan)?;
        tree.bind(plan);
        Ok(tree)
    }

    /// Goes down from the outermost tasks. Who is not reached is inside themselves.
    fn walk(&mut self, plan: &Plan) -> Result<(), BadInput> {
        let tasks = plan.tasks.len();
        self.belonging = vec![(u32::MAX, u32::MAX); tasks];
        let outermost = |task: &usize| plan.tasks[*task].parent.is_none();
        let mut below: Vec<u32> =
            (0..tasks).rev().filter(outermost).map(|task| task as u32).collect();
        while let Some(task) = below.pop() {
            self.downward.push(task);
            let begins = self.leaves.len() as u32;
            let children = self.children(task as usize).iter().rev().copied();
            below.extend(children);
            if !self.is_summary(task as usize) && plan.tasks[task as usize].mode != Mode::Inactive {
                self.leaves.push(task);
            }
            self.belonging[task as usize] = (begins, self.leaves.len() as u32);
        }
        for task in self.downward.iter().rev().map(|task| *task as usize) {
            let last = self.children(task).last().map(|last| self.belonging[*last as usize].1);
            if let Some(ends) = last {
                self.belonging[task].1 = ends;
            }
        }
        match self.belonging.iter().position(|range| range.0 == u32::MAX) {
            None => Ok(()),
            Some(inside) => {
                let uid = plan.tasks[inside].uid;
                let found = format!("task {uid} inside itself");
                Err(BadInput::new(Place::Task(uid), "parent", found, Expected::NoCycle))
            }
        }
    }

    /// Hands down what summary tasks fix.
    fn bind(&mut self, plan: &Plan) {
        let binds = |task: &usize| {
            let summary = &plan.tasks[*task];
            summary.deadline.is_some() || summary.constraint.date().is_some()
        };
        if !(0..plan.tasks.len()).any(|task| self.is_summary(task) && binds(&task)) {
            return;
        }
        self.bounds = vec![(None, None); plan.tasks.len()];
        for task in self.downward.iter().map(|task| *task as usize) {
            let Some(parent) = plan.tasks[task].parent else { continue };
            let summary = &plan.tasks[parent];
            let (mut floor, mut ceiling) = self.bounds[parent];
            if let Constraint::StartNoEarlier(date) = summary.constraint {
                floor = floor.max(Some(date));
            }
            let last = match summary.constraint {
                Constraint::FinishNoLater(date) => Some(date),
                _ => None,
            };
            for date in [last, summary.deadline].into_iter().flatten() {
                ceiling = Some(ceiling.map_or(date, |ceiling| ceiling.min(date)));
            }
            self.bounds[task] = (floor, ceiling);
        }
    }

    pub(crate) fn children(&self, task: usize) -> &[u32] {
        &self.children[self.firsts[task] as usize..self.firsts[task + 1] as usize]
    }

    pub(crate) fn is_summary(&self, task: usize) -> bool {
        self.firsts[task] < self.firsts[task + 1]
    }

    /// The scheduled tasks a task stands for: itself, or its subtasks at any depth.
    pub(crate) fn leaves(&self, task: usize) -> &[u32] {
        let (from, to) = self.belonging[task];
        &self.leaves[from as usize..to as usize]
    }

    /// Is one of two tasks above the other? Such a link would make work wait for itself.
    pub(crate) fn is_one_within_other(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.belonging[one], self.belonging[other]);
        let holds = |outer: (u32, u32), inner: (u32, u32)| {
            inner.0 < inner.1 && outer.0 <= inner.0 && inner.1 <= outer.1
        };
        holds(one, other) || holds(other, one)
    }

    /// Every task, parents before their children and families together.
    pub(crate) fn downward(&self) -> impl Iterator<Item = usize> {
        self.downward.iter().map(|task| *task as usize)
    }

    /// All scheduled tasks, in the plan's order.
    pub(crate) fn all_leaves(&self, plan: &Plan) -> Vec<u32> {
        let takes_part =
            |task: &usize| !self.is_summary(*task) && plan.tasks[*task].mode != Mode::Inactive;
        (0..plan.tasks.len()).filter(takes_part).map(|task| task as u32).collect()
    }

    /// What the summary tasks above a task fix for it.
    pub(crate) fn bounds(&self, task: usize) -> Bounds {
        self.bounds.get(task).copied().unwrap_or_default()
    }

    fn goes_by_start(&self, link: &Link) -> bool {
        matches!(link.kind, Kind::StartStart | Kind::StartFinish) && self.is_summary(link.from)
    }

    /// Does any link go by the start of a summary task?
    pub(crate) fn has_links_by_start(&self, plan: &Plan) -> bool {
        plan.links.iter().any(|link| self.goes_by_start(link))
    }

    /// For each link that goes by the start of a summary task: the subtask that starts first
    /// when links to and from summary tasks are left out. None where there is no such link.
    pub(crate) fn earliest_subtasks(&self, plan: &Plan) -> Result<Option<Earliest>, BadInput> {
        if !self.has_links_by_start(plan) {
            return Ok(None);
        }
        let mut bare = plan.clone();
        bare.links.retain(|link| !self.is_summary(link.from) && !self.is_summary(link.to));
        let network = Network::of(&bare)?;
        let passes = Passes::forward_only(&network)?;
        let begins = |task: &u32| passes.early_start(network.of_task[*task as usize] as usize);
        // Children before parents, so that no subtask is looked at for every task above it.
        let mut first_of: Vec<Option<u32>> = vec![None; plan.tasks.len()];
        for task in self.downward.iter().rev().map(|task| *task as usize) {
            first_of[task] = match self.is_summary(task) {
                true => {
                    let firsts = self.children(task).iter().filter_map(|at| first_of[*at as usize]);
                    firsts.min_by_key(begins)
                }
                false => self.leaves(task).first().copied(),
            };
        }
        let mut earliest = Earliest::new();
        for (place, link) in
            plan.links.iter().enumerate().filter(|(_, link)| self.goes_by_start(link))
        {
            earliest.extend(first_of[link.from].map(|first| (place, first)));
        }
        Ok(Some(earliest))
    }
}

/// For a link, the subtask of its predecessor that starts first.
pub(crate) type Earliest = HashMap<usize, u32>;

/// The dates of one row, before they are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) early: (Moment, Moment),
    pub(crate) late: (Moment, Moment),
    pub(crate) planned: (Moment, Moment),
    /// Has it begun, or anything below it? Is it finished, and all below it?
    pub(crate) is_begun: bool,
    pub(crate) is_done: bool,
}

/// Rolls the dates of subtasks up to their summary tasks, children before parents.
pub(crate) fn roll_up(plan: &Plan, tree: &Tree, spans: &mut [Option<Span>]) {
    for task in tree.downward.iter().rev().map(|task| *task as usize) {
        if !tree.is_summary(task) {
            continue;
        }
        let children = tree.children(task).iter().map(|child| *child as usize);
        let spans_of = children.filter_map(|child| seen_from_above(plan, tree, spans, child));
        spans[task] = spans_of.reduce(|one, other| Span {
            early: joined(one.early, other.early),
            late: joined(one.late, other.late),
            planned: joined(one.planned, other.planned),
            is_begun: one.is_begun || other.is_begun,
            is_done: one.is_done && other.is_done,
        });
    }
}

/// What a summary task sees of a subtask: one as late as possible at its late dates alone, one
/// placed by hand where it is placed, one of another plan not at all. Microsoft Project's rules.
fn seen_from_above(plan: &Plan, tree: &Tree, spans: &[Option<Span>], child: usize) -> Option<Span> {
    let span = spans[child]?;
    let task = &plan.tasks[child];
    match task.mode {
        _ if tree.is_summary(child) => Some(span),
        Mode::External { .. } => None,
        Mode::Manual { .. } => Some(Span { late: span.early, ..span }),
        _ if task.constraint == Constraint::AsLateAsPossible => {
            Some(Span { early: span.late, ..span })
        }
        _ => Some(span),
    }
}

fn joined(one: (Moment, Moment), other: (Moment, Moment)) -> (Moment, Moment) {
    (one.0.min(other.0), one.1.max(other.1))
}
