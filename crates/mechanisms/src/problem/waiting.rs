//! Whose move it is: what a problem waits for, from whom, since when, by when.

use super::{Problem, Stage};
use crate::{
    Day, Id,
    plan::item::Move,
    roster::{Post, Power},
};

impl Problem {
    /// Every move the problem waits for.
    pub fn waits_for(&self, calendar: &calendar::Calendar) -> Vec<Move> {
        let _ = calendar;
        let since = self.touched.day;
        let mut moves: Vec<Move> = self.next_step(since).into_iter().collect();
        for push in self.pushes.iter().filter(|push| push.answer.is_none()) {
            let due = Some(push.answer_due);
            moves.push(by_post("answer-push", push.head, push.stamp.day, due));
        }
        if let Some(objection) = self.open_objection() {
            let (on, due) = (objection.stamp.day, Some(objection.decide_by));
            moves.push(by_power("decide-objection", Power::Decide, on, due));
        }
        if !matches!(self.stage.standing(), "open" | "hold") {
            return moves;
        }
        if let Some(reminder) = self.open_reminder() {
            let to = reminder.to.first().copied().or(self.content.owner);
            let due = Some(reminder.answer_due);
            moves.push(by_post("answer", to, reminder.stamp.day, due));
        }
        if let Some(extension) = self.open_extension() {
            let (on, due) = (extension.stamp.day, self.content.due_on);
            moves.push(by_power("decide-extension", Power::Decide, on, due));
        }
        if let Some(suspension) = self.open_suspension() {
            let on = suspension.stamp.day;
            moves.push(by_power("decide-suspension", Power::Decide, on, None));
        }
        if self.stage == Stage::Rectifying
            && let Some(report) = self.progress.last().filter(|one| one.check.is_none())
        {
            moves.push(self.checker("check-report", report.stamp.day));
        }
        moves
    }

    /// The move on the straight way to being closed, and looked at again.
    fn next_step(&self, since: Day) -> Option<Move> {
        let owner = |what, since, due| by_post(what, self.content.owner, since, due);
        let due = self.content.due_on;
        Some(match self.stage {
            Stage::Registered => owner("measures", since, due),
            Stage::Rectifying if self.is_ready() => owner("apply", since, due),
            Stage::Rectifying => {
                let open = self.measures.iter().filter(|measure| measure.done_on.is_none());
                let next = open.map(|measure| measure.due_on).min();
                let planned = self.planned.as_ref().map_or(since, |stamp| stamp.day);
                owner("rectify", planned, next.or(due))
            }
            Stage::Applied => self.checker("first-check", self.applied_on().unwrap_or(since)),
            Stage::Checked => {
                let checked = self.application().and_then(|one| one.check.as_ref());
                let on = checked.map_or(since, |check| check.1.day);
                by_power("verify", Power::Verify, on, due)
            }
            Stage::Publishing => {
                let over = self.published_until.and_then(|day| day.tomorrow().ok());
                let on = over.unwrap_or(since);
                by_power("end-publication", Power::Verify, on, Some(on))
            }
            Stage::Closed | Stage::Archived => match self.look_back_on {
                Some(on) => by_power("look-back", Power::Verify, early(on), Some(on)),
                None if self.stage == Stage::Closed => {
                    by_power("archive", Power::Archive, since, None)
                }
                None => return None,
            },
            // The day after the waiver ends it is the owner's again, by itself.
            Stage::Waived => {
                let over = self.waiver.as_ref().and_then(|one| one.until.tomorrow().ok());
                let on = over.unwrap_or(since);
                owner("rectify", on, Some(on))
            }
            Stage::Suspended | Stage::Filed | Stage::Merged | Stage::Withdrawn => return None,
        })
    }

    /// The day of the application that is being checked.
    pub fn applied_on(&self) -> Option<Day> {
        self.application().map(|application| application.stamp.day)
    }

    /// The watcher's move, or that of whoever verifies.
    fn checker(&self, what: &'static str, since: Day) -> Move {
        match self.content.watcher {
            Some(watcher) => by_post(what, Some(watcher), since, self.content.due_on),
            None => by_power(what, Power::Verify, since, self.content.due_on),
        }
    }
}

/// Where there is nobody in particular, whoever registers sees to it.
fn by_post(what: &'static str, post: Option<Id<Post>>, since: Day, due_on: Option<Day>) -> Move {
    let power = post.is_none().then_some(Power::Register);
    Move { what, post, power, since, due_on }
}

fn by_power(what: &'static str, power: Power, since: Day, due_on: Option<Day>) -> Move {
    Move { what, post: None, power: Some(power), since, due_on }
}

/// A look-back comes up a week before its day.
fn early(day: Day) -> Day {
    day.saturating_sub(jiff::Span::new().days(7))
}
