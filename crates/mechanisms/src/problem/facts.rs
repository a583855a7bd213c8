//! What can be computed of a problem: its lights, its timeliness, what may be objected to.

use super::{Against, Problem};
use crate::{
    Day, Stamp,
    light::{Facts, Light, Pack, Turns},
    plan::item::Timeliness,
};

impl Problem {
    /// Measures done, of all.
    pub fn measures_done(&self) -> (usize, usize) {
        let done = self.measures.iter().filter(|measure| measure.done_on.is_some()).count();
        (done, self.measures.len())
    }

    /// What the rules of the lights watch: the deadline, and the earliest measure not done. While
    /// a waiver holds, its last day stands for both.
    pub fn facts(&self) -> Facts {
        let open = self.measures.iter().filter(|measure| measure.done_on.is_none());
        let waiver = self.waiver.as_ref().filter(|_| self.stage == super::Stage::Waived);
        let milestone_on = open.map(|measure| measure.due_on).min();
        Facts {
            due_on: waiver.map(|waiver| waiver.until).or(self.content.due_on),
            milestone_on: milestone_on.filter(|_| waiver.is_none()),
            forecast_on: None,
            reported_on: None,
            latest_start_on: None,
            plan: Vec::new(),
            done: 0,
            report_due_on: None,
        }
    }

    /// The days on which the light turns, if nothing more happens. Only open problems have them.
    pub fn turns(&self, pack: &Pack, calendar: &calendar::Calendar) -> Turns {
        match self.stage {
            // What is published has been put right.
            super::Stage::Publishing => Turns::default(),
            stage if stage.standing() == "open" => pack.turns(&self.facts(), calendar),
            _ => Turns::default(),
        }
    }

    /// The light on a day.
    pub fn light(&self, pack: &Pack, calendar: &calendar::Calendar, today: Day) -> Light {
        match self.stage.standing() {
            "draft" | "gone" => Light::Idle,
            "hold" => Light::Hold,
            "done" => Light::Done,
            _ => self.turns(pack, calendar).light(today),
        }
    }

    /// Which of the five official groups it counts in. One that came back is never on time.
    pub fn timeliness(&self, today: Day) -> Timeliness {
        match (self.owed_on, self.done_on) {
            (None, _) => Timeliness::Undated,
            (Some(due), Some(done)) if done <= due && !self.has_relapsed() => {
                Timeliness::DoneOnTime
            }
            (Some(_), Some(_)) => Timeliness::DoneLate,
            (Some(due), None) if today <= due => Timeliness::NotYetDue,
            (Some(_), None) => Timeliness::Overdue,
        }
    }

    /// The newest conclusion of a kind that may be objected to.
    pub fn conclusion(&self, against: Against) -> Option<&Stamp> {
        match against {
            Against::Registration => self.registered.as_ref(),
            Against::Return => {
                let returned = self.applications.last().and_then(|one| one.returned.as_ref());
                returned.map(|returned| &returned.1)
            }
            Against::Relapse => {
                self.relapses.last().filter(|one| !one.overturned).map(|one| &one.stamp)
            }
            Against::RefusedExtension => {
                let last = self.extensions.last().and_then(|one| one.decision.as_ref());
                last.filter(|decision| !decision.0).map(|decision| &decision.2)
            }
        }
    }
}
