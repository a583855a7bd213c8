//! The item after a fact. No rule is here, and nothing can be refused.

use super::{Due, Event, Extension, Item, Milestone, Reminder, Report, Stage, Three, ThreeAnswers};
use crate::{Day, Stamp};

pub(super) fn apply(state: Option<Item>, event: &Event, stamp: &Stamp) -> Item {
    let mut item = match (state, event) {
        (None, Event::Drafted { plan, goal, number, parent, content }) => {
            return Item {
                plan: *plan,
                goal: *goal,
                number: number.clone(),
                parent: *parent,
                stage: Stage::Draft,
                content: (**content).clone(),
                version: 0,
                baseline: None,
                first_due_on: None,
                drafted: stamp.clone(),
                submitted: None,
                issued: None,
                signed: None,
                plan_proposed: None,
                reports: Vec::new(),
                reminders: Vec::new(),
                extensions: Vec::new(),
                threes: Vec::new(),
                closing: None,
                verified: None,
                suspended: None,
                done_on: None,
                assessments: Vec::new(),
                children: Vec::new(),
                touched: stamp.clone(),
            };
        }
        (Some(item), _) => item,
        // The journal begins every item with its draft: decide refuses anything else.
        (None, other) => unreachable!("an item that begins with {other:?}"),
    };
    item.touched = stamp.clone();
    item.take(event, stamp);
    item
}

impl Item {
    fn take(&mut self, event: &Event, stamp: &Stamp) {
        match event {
            Event::Drafted { .. } => {}
            Event::Amended { content } => {
                self.content = (**content).clone();
                self.version += 1;
            }
            Event::Submitted => {
                self.stage = Stage::Submitted;
                self.submitted = Some(stamp.clone());
            }
            Event::Returned { .. } => self.stage = Stage::Draft,
            Event::Approved | Event::Objected { .. } => self.stage = Stage::Approved,
            Event::Issued => {
                self.stage = Stage::Issued;
                self.issued = Some(stamp.clone());
                self.first_due_on = self.first_due_on.or(self.due_on());
                self.baseline = Some(Box::new(self.content.clone()));
            }
            Event::Signed => {
                self.stage = Stage::Signed;
                self.signed = Some(stamp.clone());
            }
            Event::PlanProposed { milestones, best_pace } => {
                self.stage = Stage::PlanProposed;
                self.plan_proposed = Some(stamp.clone());
                self.replan(milestones, *best_pace);
            }
            Event::PlanReturned { .. } => self.stage = Stage::Signed,
            Event::PlanApproved => {
                self.stage = Stage::UnderWay;
                self.baseline = Some(Box::new(self.content.clone()));
            }
            Event::BaselineSaved => self.baseline = Some(Box::new(self.content.clone())),
            Event::Suspended { reason } => {
                self.stage = Stage::Suspended;
                self.suspended = Some((reason.clone(), stamp.clone()));
            }
            Event::Resumed { due_on, .. } => {
                self.stage = Stage::UnderWay;
                self.suspended = None;
                if let Some(day) = due_on {
                    self.content.due = Some(Due::On(*day));
                }
            }
            Event::ClosingApplied { text, evidence } => {
                self.stage = Stage::ClosingApplied;
                self.closing = Some((text.clone(), evidence.clone(), stamp.clone()));
            }
            Event::ClosingReturned { .. } => self.stage = Stage::UnderWay,
            Event::Verified { .. } => {
                self.stage = Stage::Done;
                self.verified = Some(stamp.clone());
                self.done_on = self.closing.as_ref().map(|closing| closing.2.day);
            }
            Event::Archived => self.stage = Stage::Archived,
            Event::Waived { .. } => self.stage = Stage::Waived,
            Event::Withdrawn { .. } => self.stage = Stage::Withdrawn,
            Event::ChildAdded { child } => self.children.push((*child, false)),
            Event::ChildSettled { child } => {
                for (_, ended) in self.children.iter_mut().filter(|known| known.0 == *child) {
                    *ended = true;
                }
            }
            Event::HandedOver { .. } => {}
            _ => self.take_talk(event, stamp),
        }
    }

    /// Reports, reminders, extensions and the three questions.
    /// A periodic question has no fact of its own: its answer opens and closes it.
    fn answer_three(&mut self, answers: &ThreeAnswers, stamp: &Stamp) {
        if self.open_three().is_none() {
            let due_on = self.three_due_on().unwrap_or(stamp.day);
            self.threes.push(Three { due_on, stamp: stamp.clone(), answer: None });
        }
        if let Some(three) = self.threes.last_mut() {
            three.answer = Some((answers.clone(), stamp.clone()));
        }
    }

    fn take_talk(&mut self, event: &Event, stamp: &Stamp) {
        match event {
            Event::Reported { number, account } => {
                self.reach(&account.reached);
                self.reports.push(Report {
                    number: *number,
                    account: account.clone(),
                    stamp: stamp.clone(),
                    corrected: false,
                    check: None,
                });
            }
            Event::Corrected { number, account } => {
                self.reach(&account.reached);
                for report in self.reports.iter_mut().filter(|one| one.number == *number) {
                    (report.account, report.corrected) = (account.clone(), true);
                }
            }
            Event::Checked { report, sound, note } => {
                if let Some(report) = self.reports.iter_mut().find(|one| one.number == *report) {
                    report.check = Some((*sound, note.clone(), stamp.clone()));
                }
            }
            Event::ExtensionAsked { number, due_on, reason, milestones, best_pace } => {
                self.extensions.push(Extension {
                    number: *number,
                    due_on: *due_on,
                    reason: reason.clone(),
                    milestones: milestones.clone(),
                    best_pace: *best_pace,
                    stamp: stamp.clone(),
                    decision: None,
                });
            }
            Event::ExtensionDecided { number, granted, reason } => {
                self.decide_extended(*number, *granted, reason, stamp);
            }
            Event::Assessed { assessment } => self.assessments.push(assessment.clone()),
            Event::ThreeAsked { due_on } => {
                self.threes.push(Three { due_on: *due_on, stamp: stamp.clone(), answer: None });
            }
            Event::ThreeAnswered(answers) => self.answer_three(answers, stamp),
            _ => self.take_reminder(event, stamp),
        }
    }

    fn take_reminder(&mut self, event: &Event, stamp: &Stamp) {
        match event {
            Event::Reminded { number, level, text, answer_due, to, reason } => {
                self.reminders.push(Reminder {
                    number: *number,
                    level: *level,
                    text: text.clone(),
                    to: to.clone(),
                    answer_due: *answer_due,
                    reason: reason.clone(),
                    stamp: stamp.clone(),
                    signed: None,
                    answer: None,
                    revoked: None,
                })
            }
            Event::ReminderSigned { number } => {
                if let Some(one) = self.reminders.iter_mut().find(|one| one.number == *number) {
                    one.signed = Some(stamp.clone());
                }
            }
            Event::ReminderAnswered { number, text } => {
                if let Some(one) = self.reminders.iter_mut().find(|one| one.number == *number) {
                    one.signed.get_or_insert_with(|| stamp.clone());
                    one.answer = Some((text.clone(), stamp.clone()));
                }
            }
            Event::ReminderRevoked { number, reason } => {
                if let Some(one) = self.reminders.iter_mut().find(|one| one.number == *number) {
                    one.revoked = Some((reason.clone(), stamp.clone()));
                }
            }
            _ => {}
        }
    }

    fn decide_extended(&mut self, number: i64, granted: bool, reason: &str, stamp: &Stamp) {
        let found = self.extensions.iter_mut().find(|one| one.number == number);
        let Some(extension) = found else { return };
        extension.decision = Some((granted, reason.to_owned(), stamp.clone()));
        if granted {
            let (due_on, pace) = (extension.due_on, extension.best_pace);
            let milestones = extension.milestones.clone();
            self.content.due = Some(Due::On(due_on));
            self.replan(&milestones, pace);
        }
    }

    /// New steps; what has been reached stays reached.
    pub(super) fn replan(&mut self, milestones: &[Milestone], best_pace: Option<i64>) {
        let before = std::mem::take(&mut self.content.milestones);
        self.content.milestones = milestones.to_vec();
        for step in &mut self.content.milestones {
            let old = before.iter().find(|old| old.number == step.number);
            step.reached_on = old.and_then(|old| old.reached_on);
        }
        self.content.best_pace = best_pace.or(self.content.best_pace);
    }

    fn reach(&mut self, reached: &[(i64, Day)]) {
        for (number, day) in reached {
            for step in self.content.milestones.iter_mut().filter(|step| step.number == *number) {
                step.reached_on = Some(*day);
            }
        }
    }
}
