//! How far a change reaches: the tasks behind it by their early dates, those before it by late.

use calendar::{BadInput, Expected, Place};

use super::{Edit, Live};
use crate::{
    Constraint,
    marks::Marks,
    network::{self, NONE, edge},
    pass::NEVER,
    swift,
};

impl Live {
    /// Puts a change into the plan, and gives what would take it back.
    pub(super) fn put(&mut self, edit: Edit) -> Result<Edit, BadInput> {
        let plan = &mut self.plan;
        let found = match &edit {
            Edit::Duration { task, .. }
            | Edit::Constraint { task, .. }
            | Edit::Deadline { task, .. }
            | Edit::Progress { task, .. } => *task < plan.tasks.len(),
            Edit::Lag { link, .. } => *link < plan.links.len(),
            Edit::Calendar { place, .. } => *place < plan.calendars.len(),
            Edit::Start(_) | Edit::Finish(_) | Edit::DataDate(_) => true,
        };
        if !found {
            let found = format!("{edit:?}");
            return Err(BadInput::new(Place::File, "task", found, Expected::KnownTask));
        }
        Ok(match edit {
            Edit::Duration { task, seconds } => {
                let seconds = std::mem::replace(&mut plan.tasks[task].duration, seconds);
                Edit::Duration { task, seconds }
            }
            Edit::Constraint { task, constraint } => {
                let constraint = std::mem::replace(&mut plan.tasks[task].constraint, constraint);
                Edit::Constraint { task, constraint }
            }
            Edit::Deadline { task, deadline } => {
                let deadline = std::mem::replace(&mut plan.tasks[task].deadline, deadline);
                Edit::Deadline { task, deadline }
            }
            Edit::Progress { task, progress } => {
                let progress = std::mem::replace(&mut plan.tasks[task].progress, progress);
                Edit::Progress { task, progress }
            }
            Edit::Lag { link, lag } => {
                let lag = std::mem::replace(&mut plan.links[link].lag, lag);
                Edit::Lag { link, lag }
            }
            Edit::Calendar { place, calendar } => {
                let calendar = std::mem::replace(&mut plan.calendars[place], calendar);
                Edit::Calendar { place, calendar }
            }
            Edit::Start(date) => Edit::Start(std::mem::replace(&mut plan.start, date)),
            Edit::Finish(date) => Edit::Finish(std::mem::replace(&mut plan.finish, date)),
            Edit::DataDate(date) => Edit::DataDate(std::mem::replace(&mut plan.data_date, date)),
        })
    }

    /// The one scheduled task whose dates a change can move by itself; none where all is to be
    /// worked out again.
    pub(super) fn touched(&self, edit: &Edit) -> Option<usize> {
        let (Edit::Duration { task, .. }
        | Edit::Constraint { task, .. }
        | Edit::Deadline { task, .. }
        | Edit::Progress { task, .. }) = edit
        else {
            return self.touched_by_link(edit);
        };
        let is_late = |constraint: &Constraint| *constraint == Constraint::AsLateAsPossible;
        let is_plain = !self.is_entangled && !is_late(&self.plan.tasks[*task].constraint);
        self.node(*task).filter(|_| is_plain)
    }

    fn touched_by_link(&self, edit: &Edit) -> Option<usize> {
        let Edit::Lag { link, .. } = edit else { return None };
        let link = &self.plan.links[*link];
        let is_leaf = !self.tree.is_summary(link.from) && !self.is_entangled;
        self.node(link.to).filter(|_| is_leaf)
    }

    /// Everything from the beginning.
    pub(super) fn again(&mut self) -> Result<(), BadInput> {
        *self = Self::of(self.plan.clone())?;
        Ok(())
    }

    /// Works out what a change to one task, or to a link to it, moves.
    pub(super) fn settle(&mut self, node: usize) -> Result<(), BadInput> {
        network::check_task(&self.plan, &self.plan.tasks[self.network.tasks[node] as usize])?;
        self.lay(node);
        let ends = (self.passes.start, self.passes.finish);
        if swift::fits(&self.network) {
            swift::run(&self.network, &mut self.passes);
        } else if self.network.is_backward {
            self.settle_late(node);
            if self.network.start.is_none() {
                self.passes.start = self.passes.first();
            }
            if self.passes.start == ends.0 {
                self.settle_early(node);
            } else {
                self.passes.forward(&self.network, false);
            }
        } else {
            self.settle_early(node);
            if self.network.finish.is_none() {
                self.passes.finish = self.passes.last(&self.network);
            }
            if self.passes.finish == ends.1 {
                self.settle_late(node);
            } else {
                self.passes.backward(&self.network);
            }
        }
        crate::dates::within_reach(&self.plan, &self.network, &self.passes)
    }

    /// Writes a task and its links anew into the network.
    fn lay(&mut self, node: usize) {
        let place = self.network.tasks[node] as usize;
        let task = &self.plan.tasks[place];
        let (floor, ceiling) = self.tree.bounds(place);
        let special = network::special(task, floor, ceiling);
        let kept = self.network.nodes[node].special;
        self.network.nodes[node] = network::node(&self.plan, task);
        self.network.nodes[node].special = match self.network.specials.get_mut(kept as usize) {
            Some(of) => {
                *of = special;
                kept
            }
            None if special == network::ORDINARY => NONE,
            None => {
                self.network.specials.push(special);
                self.network.specials.len() as u32 - 1
            }
        };
        let leads = self.followers.of_node(node).next().is_some();
        let laid = self.network.nodes[node].special as usize;
        if let Some(special) = self.network.specials.get_mut(laid) {
            special.leads = leads;
        }
        // A share of its duration may be the lag of a link behind it.
        let own = self.network.firsts[node] as usize..self.network.firsts[node + 1] as usize;
        let behind = self.followers.of_node(node).map(|(_, place)| place);
        for place in own.chain(behind) {
            let from = self.network.edges[place].from;
            let pred = &self.plan.tasks[self.network.tasks[from as usize] as usize];
            let link = &self.plan.links[self.network.link_of[place] as usize];
            self.network.edges[place] = edge(link, pred, from);
        }
    }

    fn settle_early(&mut self, node: usize) {
        let mut marks = Marks::new(self.network.len());
        marks.set(node);
        self.followers.of_node(node).for_each(|(follower, _)| marks.set(follower));
        let mut next = marks.next(0);
        while let Some(node) = next {
            let early = self.network.early(&self.passes, node, false);
            if early != (self.passes.es[node], self.passes.ef[node]) {
                (self.passes.es[node], self.passes.ef[node]) = early;
                self.followers.of_node(node).for_each(|(follower, _)| marks.set(follower));
            }
            next = marks.next(node + 1);
        }
    }

    fn settle_late(&mut self, node: usize) {
        let mut marks = Marks::new(self.network.len());
        marks.set(node);
        self.network.links(node).iter().for_each(|edge| marks.set(edge.from as usize));
        let mut next = marks.previous(self.network.len());
        while let Some(node) = next {
            let mut bound = NEVER;
            for (follower, place) in self.followers.of_node(node) {
                if self.network.special(follower).progress.finished.is_none() {
                    let edge = &self.network.edges[place];
                    bound = bound.min(self.network.finish_bound(&self.passes, follower, edge));
                }
            }
            let late = self.network.late(&self.passes, node, bound);
            if late != (self.passes.ls[node], self.passes.lf[node]) {
                (self.passes.ls[node], self.passes.lf[node]) = late;
                self.network.links(node).iter().for_each(|edge| marks.set(edge.from as usize));
            }
            next = marks.previous(node);
        }
    }
}
