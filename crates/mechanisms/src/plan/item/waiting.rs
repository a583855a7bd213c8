//! Whose move it is: what an item waits for, from whom, since when, by when.

use super::{Item, Stage, facts::early};
use crate::{
    Day, Id,
    roster::{Post, Power},
};

/// A move somebody owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// `sign`, `report`, `verify`, …: the word of the move and of its button.
    pub what: &'static str,
    pub post: Option<Id<Post>>,
    /// Whoever has this power, where it is nobody's in particular.
    pub power: Option<Power>,
    pub since: Day,
    pub due_on: Option<Day>,
}

impl Item {
    /// Every move the item waits for.
    pub fn waits_for(&self, calendar: &calendar::Calendar) -> Vec<Move> {
        let since = self.touched.day;
        let owner = |what, since, due_on| Move {
            what,
            post: self.content.owner,
            power: None,
            since,
            due_on,
        };
        let anyone = |what, power, since, due_on| Move {
            what,
            post: None,
            power: Some(power),
            since,
            due_on,
        };
        let mut moves = Vec::new();
        match self.stage {
            Stage::Submitted => moves.push(anyone("approve", Power::Approve, since, None)),
            Stage::Approved => moves.push(anyone("issue", Power::Issue, since, None)),
            Stage::Issued => moves.push(owner("sign", since, self.objection_until(calendar))),
            Stage::Signed => moves.push(owner("plan", since, None)),
            Stage::PlanProposed => {
                moves.push(anyone("approve-plan", Power::Issue, since, None));
            }
            Stage::UnderWay => {
                let due = self.report_due_on();
                moves.push(owner("report", due.unwrap_or(since), due));
            }
            Stage::ClosingApplied => {
                let applied = self.closing.as_ref().map_or(since, |closing| closing.2.day);
                moves.push(anyone("verify", Power::Verify, applied, None));
            }
            Stage::Done => moves.push(anyone("archive", Power::Archive, since, None)),
            _ => {}
        }
        if !matches!(self.stage.standing(), "open" | "hold") {
            return moves;
        }
        if let Some(reminder) = self.open_reminder() {
            moves.push(owner("answer", reminder.stamp.day, Some(reminder.answer_due)));
        }
        if let Some(extension) = self.open_extension() {
            let asked = extension.stamp.day;
            let due = self.due_on();
            moves.push(anyone("decide-extension", Power::Decide, asked, due));
        }
        if let Some(due) = self.three_due_on() {
            let asked = self.open_three().map(|three| three.stamp.day);
            moves.push(Move {
                what: "answer-three",
                post: self.content.sponsor,
                power: None,
                since: asked.unwrap_or(early(due)),
                due_on: Some(due),
            });
        }
        if let Some(report) = self.reports.last().filter(|report| report.check.is_none()) {
            moves.push(anyone("check", Power::Verify, report.stamp.day, None));
        }
        moves
    }
}
