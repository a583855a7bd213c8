//! The late dates: what every task is allowed by those that wait for it.

use calendar::Moment;

use super::{NEVER, Passes, lagged, plus, shifted};
use crate::{
    Constraint, Kind, Mode, Network,
    network::{Edge, NONE},
};

impl Network {
    /// The late dates of one node, `bound` being the least of what its successors allow.
    pub(crate) fn late(&self, dates: &Passes, node: usize, bound: Moment) -> (Moment, Moment) {
        let (at, special, calendar) =
            (&self.nodes[node], self.special(node), self.calendar_of(node));
        if let Mode::External { start, finish } = special.mode {
            return (start, finish);
        }
        if let Some(finished) = special.progress.finished {
            return (shifted(at, calendar, finished, -self.remaining(node)), finished);
        }
        let mut finish = if bound == NEVER { dates.finish } else { bound };
        // A milestone that has begun stays, unless it is only finished after the data date.
        if let (true, Some(started)) = (at.duration == 0, special.progress.started)
            && bound != NEVER
            && self.data_date.is_none()
        {
            finish = started;
        }
        match special.constraint {
            Constraint::MustStart(date) => finish = plus(at, calendar, date),
            Constraint::MustFinish(date) => finish = date,
            Constraint::StartNoLater(date) => finish = finish.min(plus(at, calendar, date)),
            Constraint::FinishNoLater(date) => finish = finish.min(date),
            _ => {}
        }
        for cap in [special.deadline, special.ceiling].into_iter().flatten() {
            finish = finish.min(cap);
        }
        if at.special == NONE && !at.is_elapsed && at.duration > 0 {
            return calendar.span_to(finish, at.duration);
        }
        // At the beginning of a range the work has ended with the range before. From a deadline a
        // milestone stays where the work after it begins.
        let is_kept = self.is_backward && at.duration == 0;
        let finish = if is_kept { finish } else { calendar.prev_finish(finish) };
        let left = match special.mode {
            Mode::Manual { .. } => at.duration,
            _ => self.remaining(node),
        };
        (shifted(at, calendar, finish, -left), finish)
    }

    /// Tells every predecessor of a node when it must be finished for the node's sake.
    pub(crate) fn push_back(
        &self,
        dates: &mut Passes,
        node: usize,
        mut tell: impl FnMut(&mut Passes, usize, Moment),
    ) {
        if self.special(node).progress.finished.is_some() {
            return;
        }
        for edge in self.links(node) {
            let bound = self.finish_bound(dates, node, edge);
            tell(dates, edge.from as usize, bound);
        }
    }

    /// When a link's predecessor must be finished for the successor's late dates.
    pub(crate) fn finish_bound(&self, dates: &Passes, node: usize, edge: &Edge) -> Moment {
        let pred = edge.from as usize;
        let (at, calendar) = (&self.nodes[pred], self.calendar_of(pred));
        let own = self.calendar_of(node);
        let finish = match edge.kind {
            Kind::FinishStart => lagged(own, dates.ls[node], edge, -1),
            Kind::FinishFinish => lagged(own, dates.lf[node], edge, -1),
            // What has begun and goes on after the data date is held by its start no more.
            Kind::StartFinish if self.data_date.is_some() && self.has_begun(pred) => dates.finish,
            Kind::StartFinish => lagged(own, plus(at, calendar, dates.lf[node]), edge, -1),
            Kind::StartStart => match self.start_start_bound(dates, node, pred) {
                Some(fixed) => fixed,
                None => {
                    let start = lagged(own, calendar.next_start(dates.ls[node]), edge, -1);
                    plus(at, calendar, start)
                }
            },
        };
        finish.min(dates.finish)
    }

    fn has_begun(&self, node: usize) -> bool {
        self.special(node).progress.started.is_some()
    }

    /// Where one side of a start-to-start link has begun or is placed by hand, its start no
    /// longer waits for the other's.
    fn start_start_bound(&self, dates: &Passes, node: usize, pred: usize) -> Option<Moment> {
        let (before, after) = (self.special(pred), self.special(node));
        if self.has_begun(pred) {
            return Some(dates.finish);
        }
        if let Some(started) = after.progress.started {
            if !after.leads {
                return Some(dates.finish);
            }
            let (at, calendar) = (&self.nodes[node], self.calendar_of(node));
            let done = at.duration - self.remaining(node);
            let reached = shifted(at, calendar, started, done);
            return Some(plus(&self.nodes[pred], self.calendar_of(pred), reached));
        }
        match before.mode {
            Mode::Manual { .. } => Some(dates.finish),
            _ => None,
        }
    }
}
