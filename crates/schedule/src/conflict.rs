//! The smallest set of facts that cannot hold together.
//!
//! Lower facts reach upper ones along links, so every smallest conflict is a path: one fact that
//! forces a task from below, the links from there, one fact that holds a task from above.
//! Searching by the number of links, the first broken upper fact ends a path with the fewest.

use calendar::Moment;
use serde::Serialize;

use crate::{
    Fact, Network, Plan,
    fact::{Limit, Source},
    network::NONE,
};

/// Facts that cannot all hold, and no fewer do.
///
/// ```
/// use schedule::{Conflict, Fact, Network, Plan, Task};
/// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
/// let task = plan.add(Task::new(7, "report", 16 * 3600));
/// plan.tasks[task].deadline = Some("2015-11-20T17:00".parse()?);
///
/// let conflict = Conflict::smallest(&plan, &Network::of(&plan)?).unwrap();
/// assert_eq!(conflict.facts.len(), 2);
/// assert!(matches!(conflict.facts[1], Fact::Deadline { task: 7, .. }));
/// assert_eq!(conflict.missing, 8 * 3600);
/// assert!(conflict.is_smallest && conflict.is_minimal);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conflict {
    /// The facts: what forces from below, the links, what holds from above.
    pub facts: Vec<Fact>,
    /// The tasks along the way, by their numbers.
    pub tasks: Vec<i64>,
    /// Working seconds by which the facts miss each other.
    #[serde(rename = "missing_min", serialize_with = "crate::relax::in_minutes")]
    pub missing: i64,
    /// No conflict of the plan has fewer facts. In a very large plan only minimality is shown.
    pub is_smallest: bool,
    /// Shown by removing each in turn: without any one of them the others can hold.
    pub is_minimal: bool,
    #[serde(skip)]
    pub(crate) path: Path,
}

/// A path of nodes with what begins and what ends it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Path {
    pub(crate) source: Source,
    /// The nodes in order; each but the first with the place of the edge that leads to it.
    pub(crate) nodes: Vec<(usize, u32)>,
    pub(crate) limit: Limit,
}

impl Path {
    /// Do both ends hold for every task, and not for one alone?
    pub(crate) fn is_everywhere(&self) -> bool {
        !matches!(self.source, Source::Constraint | Source::Placed)
            && matches!(self.limit, Limit::Finish | Limit::Ceiling)
    }

    /// The same ends with one task between them.
    pub(crate) fn of_one(&self, node: usize) -> Self {
        Self { source: self.source, nodes: vec![(node, NONE)], limit: self.limit }
    }
}

/// So many table entries are searched for the fewest links before the driving path is taken.
const SEARCHED: usize = 4_000_000;

impl Conflict {
    /// The smallest conflict of a plan; none where all facts can hold.
    ///
    /// ```
    /// # use schedule::{Conflict, Network, Plan};
    /// let plan = Plan::starting("2015-11-20T08:00".parse()?);
    /// assert!(Conflict::smallest(&plan, &Network::of(&plan)?).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn smallest(plan: &Plan, network: &Network) -> Option<Self> {
        let forced = network.forced();
        let is_broken = |node: &usize| {
            forced[*node].is_some_and(|start| network.broken(*node, start).next().is_some())
        };
        let broken = (0..network.len()).find(is_broken)?;
        let fewest = network.fewest_links();
        let is_smallest = fewest.is_some();
        let path = fewest.unwrap_or_else(|| network.driving_path(&forced, broken));
        let missing = network.missing(&path);
        let facts = facts(plan, network, &path);
        let uid = |(node, _): &(usize, u32)| uid(plan, network, *node);
        let tasks = path.nodes.iter().map(uid).collect();
        let is_minimal = missing > 0 && network.is_minimal(&path);
        Some(Self { facts, tasks, missing, is_smallest, is_minimal, path })
    }
}

impl Network {
    /// The path with the fewest links that breaks an upper fact; none where the search would be
    /// too long.
    fn fewest_links(&self) -> Option<Path> {
        let sourced = (0..self.len()).map(|node| self.sources(node).map(|(_, at)| at).max());
        let mut layers: Vec<Vec<Option<Moment>>> = vec![sourced.collect()];
        let mut parents: Vec<Vec<u32>> = vec![vec![NONE; self.len()]];
        loop {
            let layer = layers.last()?;
            if let Some(node) = (0..self.len()).find(|node| {
                layer[*node].is_some_and(|start| self.broken(*node, start).next().is_some())
            }) {
                return self.traced(&layers, &parents, node);
            }
            if layers.len().saturating_mul(self.len()) > SEARCHED {
                return None;
            }
            let (next, from) = self.one_link_on(layer);
            if next.iter().all(Option::is_none) {
                return None;
            }
            layers.push(next);
            parents.push(from);
        }
    }

    /// What every task is forced to by paths of one link more.
    fn one_link_on(&self, layer: &[Option<Moment>]) -> (Vec<Option<Moment>>, Vec<u32>) {
        let mut next = vec![None; self.len()];
        let mut from = vec![NONE; self.len()];
        for node in (0..self.len()).filter(|node| !self.is_placed(*node)) {
            for place in self.firsts[node]..self.firsts[node + 1] {
                let edge = &self.edges[place as usize];
                let Some(pred) = layer[edge.from as usize] else { continue };
                let start = Some(self.forced_by(node, edge, pred));
                if start > next[node] {
                    (next[node], from[node]) = (start, place);
                }
            }
        }
        (next, from)
    }

    fn traced(
        &self,
        layers: &[Vec<Option<Moment>>],
        parents: &[Vec<u32>],
        end: usize,
    ) -> Option<Path> {
        let start = layers.last()?[end]?;
        let limit = self.broken(end, start).max_by_key(|broken| broken.by)?.limit;
        let mut nodes = Vec::new();
        let mut node = end;
        for from in parents.iter().rev() {
            nodes.push((node, from[node]));
            if from[node] != NONE {
                node = self.edges[from[node] as usize].from as usize;
            }
        }
        nodes.reverse();
        let source = self.sources(node).max_by_key(|(_, at)| *at)?.0;
        Some(Path { source, nodes, limit })
    }

    /// The path that drives a broken task, cut to the shortest end of it that still breaks.
    fn driving_path(&self, forced: &[Option<Moment>], broken: usize) -> Path {
        let mut nodes = Vec::new();
        let mut node = broken;
        loop {
            let by_source = self.worst_source(node).map(|one| one.1);
            let driver = (self.firsts[node]..self.firsts[node + 1]).find(|place| {
                let edge = &self.edges[*place as usize];
                let start = forced[edge.from as usize];
                start.map(|start| self.forced_by(node, edge, start)) == forced[node]
            });
            match driver {
                Some(place) if by_source < forced[node] && !self.is_placed(node) => {
                    nodes.push((node, place));
                    node = self.edges[place as usize].from as usize;
                }
                _ => break,
            }
        }
        nodes.push((node, NONE));
        nodes.reverse();
        self.cut(nodes)
    }

    /// The shortest end of a path whose last task is still broken. Any end of it that is broken
    /// by whatever forces one of its tasks breaks the longer ends too: halving finds it.
    fn cut(&self, nodes: Vec<(usize, u32)>) -> Path {
        let last = nodes.last().map_or(0, |(node, _)| *node);
        let breaks = |begin: usize| {
            let start = self.run(&nodes[begin..], |node| self.worst_source(node).map(|one| one.1));
            start.is_some_and(|start| self.broken(last, start).next().is_some())
        };
        let (mut begin, mut beyond) = (0, nodes.len());
        while beyond - begin > 1 {
            let half = begin + (beyond - begin) / 2;
            if breaks(half) { begin = half } else { beyond = half }
        }
        let mut nodes = nodes[begin..].to_vec();
        if let Some(first) = nodes.first_mut() {
            first.1 = NONE;
        }
        let source = self.worst_source(nodes.first().map_or(last, |(node, _)| *node));
        let start = self.run(&nodes, |node| {
            source.filter(|_| nodes.first().is_some_and(|first| first.0 == node)).map(|one| one.1)
        });
        let worst = start.and_then(|start| self.broken(last, start).max_by_key(|one| one.by));
        let limit = worst.map_or(Limit::Finish, |worst| worst.limit);
        Path { source: source.map_or(Source::Start, |one| one.0), nodes, limit }
    }

    fn worst_source(&self, node: usize) -> Option<(Source, Moment)> {
        self.sources(node).max_by_key(|(_, at)| *at)
    }

    /// Where the last task of a path starts when `forces` says what forces each of them beside
    /// the link from the one before.
    fn run(
        &self,
        nodes: &[(usize, u32)],
        forces: impl Fn(usize) -> Option<Moment>,
    ) -> Option<Moment> {
        let mut start = None;
        for (node, place) in nodes {
            let linked = start.map(|start| self.linked_start(*node, *place, start));
            start = linked.max(forces(*node));
        }
        start
    }

    fn linked_start(&self, node: usize, place: u32, start: Moment) -> Moment {
        match self.edges.get(place as usize) {
            Some(edge) => self.forced_by(node, edge, start),
            None => start,
        }
    }

    /// Where a path leads: the start of its last task.
    fn end_of(&self, path: &Path) -> Option<Moment> {
        let (first, _) = path.nodes.first()?;
        let mut sources = self.sources(*first);
        let mut start = sources.find(|(source, _)| *source == path.source)?.1;
        for (node, place) in &path.nodes[1..] {
            start = self.forced_by(*node, &self.edges[*place as usize], start);
        }
        Some(start)
    }

    pub(crate) fn missing(&self, path: &Path) -> i64 {
        let last = path.nodes.last().map(|(node, _)| *node);
        let Some((start, last)) = self.end_of(path).zip(last) else { return 0 };
        let mut broken = self.broken(last, start).filter(|broken| broken.limit == path.limit);
        broken.next().map_or(0, |broken| broken.by)
    }

    /// Removes each fact in turn and looks whether what is left can hold. Without the first or
    /// the last fact nothing is left to force or to hold. Without a link the path falls in two:
    /// the second half is forced by nothing, unless a fact of the set forces it too, which the
    /// plan's start, its data date and a summary task's date do; the first half is held by
    /// nothing, unless by the plan's finish or a summary task's. So a path is minimal when no
    /// part of it breaks.
    fn is_minimal(&self, path: &Path) -> bool {
        let everywhere = !matches!(path.source, Source::Constraint | Source::Placed);
        let holds_everywhere = matches!(path.limit, Limit::Finish | Limit::Ceiling);
        let source = |node: usize| self.sources(node).find(|one| one.0 == path.source);
        let is_broken = |node: usize, start: Option<Moment>| {
            let mut broken = start.into_iter().flat_map(|start| self.broken(node, start));
            broken.any(|broken| broken.limit == path.limit)
        };
        let last = path.nodes.len() - 1;
        // From the beginning, and from anywhere after it.
        let (mut whole, mut part) = (None, None);
        for (place, (node, edge)) in path.nodes.iter().enumerate() {
            let own = source(*node).map(|one| one.1);
            let linked =
                |start: Option<Moment>| start.map(|start| self.linked_start(*node, *edge, start));
            (whole, part) = (linked(whole), linked(part));
            if place == 0 {
                whole = own;
            } else if everywhere {
                part = part.max(own);
            }
            let is_held = place == last || holds_everywhere;
            if is_held && (is_broken(*node, part) || (place < last && is_broken(*node, whole))) {
                return false;
            }
        }
        true
    }
}

pub(crate) fn uid(plan: &Plan, network: &Network, node: usize) -> i64 {
    plan.tasks[network.tasks[node] as usize].uid
}

fn facts(plan: &Plan, network: &Network, path: &Path) -> Vec<Fact> {
    let mut facts = Vec::with_capacity(path.nodes.len() + 1);
    let (Some((first, _)), Some((last, _))) = (path.nodes.first(), path.nodes.last()) else {
        return facts;
    };
    facts.push(from_below(plan, network, *first, path.source));
    for (node, place) in &path.nodes[1..] {
        let edge = &network.edges[*place as usize];
        facts.push(Fact::Link {
            from: uid(plan, network, edge.from as usize),
            to: uid(plan, network, *node),
            kind: edge.kind,
            lag_min: edge.lag as f64 / 60.0,
        });
    }
    facts.push(from_above(plan, network, *last, path.limit));
    facts
}

fn from_below(plan: &Plan, network: &Network, node: usize, source: Source) -> Fact {
    let (task, special) = (uid(plan, network, node), network.special(node));
    let date = |date: Option<Moment>| date.unwrap_or_default();
    match source {
        Source::Start => Fact::Start { date: date(network.start) },
        Source::DataDate => Fact::DataDate { date: date(network.data_date) },
        Source::Floor => Fact::Above { task, date: date(special.floor) },
        Source::Constraint => constraint(task, special.constraint),
        Source::Placed => {
            let at = network.sources(node).map(|(_, at)| at).next();
            Fact::Placed { task, date: date(at) }
        }
    }
}

fn from_above(plan: &Plan, network: &Network, node: usize, limit: Limit) -> Fact {
    let (task, special) = (uid(plan, network, node), network.special(node));
    let date = |date: Option<Moment>| date.unwrap_or_default();
    match limit {
        Limit::Finish => Fact::Finish { date: date(network.finish) },
        Limit::Ceiling => Fact::Above { task, date: date(special.ceiling) },
        Limit::Deadline => Fact::Deadline { task, date: date(special.deadline) },
        Limit::Constraint => constraint(task, special.constraint),
    }
}

fn constraint(task: i64, constraint: crate::Constraint) -> Fact {
    let date = constraint.date().unwrap_or_default();
    Fact::Constraint { task, constraint: constraint.code(), date }
}
