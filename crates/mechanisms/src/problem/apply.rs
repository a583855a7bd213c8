//! The problem after a fact. No rule is here, and nothing can be refused.

use super::{Event, Extension, Measure, Problem, Progress, Push, Stage, Suspension, Waiver};
use crate::{Day, Stamp, reminder::Reminder};

mod concluded;

pub(super) fn apply(state: Option<Problem>, event: &Event, stamp: &Stamp) -> Problem {
    let mut problem = match (state, event) {
        (None, Event::Filed { ledger, content }) => {
            return Problem {
                ledger: *ledger,
                number: None,
                stage: Stage::Filed,
                content: (**content).clone(),
                version: 0,
                measures: Vec::new(),
                filed: stamp.clone(),
                registered: None,
                planned: None,
                first_due_on: None,
                owed_on: None,
                progress: Vec::new(),
                reminders: Vec::new(),
                extensions: Vec::new(),
                suspensions: Vec::new(),
                waiver: None,
                applications: Vec::new(),
                published_until: None,
                done_on: None,
                closed: None,
                look_back_on: None,
                look_backs: Vec::new(),
                relapses: Vec::new(),
                merged: None,
                links: Vec::new(),
                pushes: Vec::new(),
                statements: Vec::new(),
                objections: Vec::new(),
                touched: stamp.clone(),
            };
        }
        (Some(problem), _) => problem,
        // The journal begins every problem with its filing: decide refuses anything else.
        (None, other) => unreachable!("a problem that begins with {other:?}"),
    };
    // A waiver that has ended is none, whatever happens next.
    problem.stage = problem.stage_on(stamp.day);
    problem.touched = stamp.clone();
    problem.take(event, stamp);
    problem
}

impl Problem {
    fn take(&mut self, event: &Event, stamp: &Stamp) {
        match event {
            Event::Filed { .. } | Event::HandedOver { .. } => {}
            Event::Amended { content } => {
                self.content = (**content).clone();
                self.version += 1;
            }
            Event::Registered { number } => {
                self.stage = Stage::Registered;
                self.number = Some(number.clone());
                self.registered = Some(stamp.clone());
                self.first_due_on = self.content.due_on;
                self.owed_on = self.content.due_on;
            }
            Event::Withdrawn { .. } => self.stage = Stage::Withdrawn,
            Event::MeasuresSet { cause, target, criteria, measures } => {
                self.stage = Stage::Rectifying;
                self.planned = Some(stamp.clone());
                self.content.cause.clone_from(cause);
                self.content.target.clone_from(target);
                self.content.criteria.clone_from(criteria);
                self.measures.clone_from(measures);
            }
            Event::MeasuresReturned { .. } => self.stage = Stage::Registered,
            Event::Watched { post } => self.content.watcher = Some(*post),
            Event::DueMoved { due_on, .. } => self.move_due(*due_on, stamp.day),
            Event::Resumed { due_on, reason } => {
                self.stage = self.working_stage();
                if let Some(due_on) = due_on {
                    self.move_due(*due_on, stamp.day);
                }
                if let Some(last) = self.suspensions.last_mut() {
                    last.resumed = Some((reason.clone(), stamp.clone()));
                }
            }
            Event::Waived { until, reason } => {
                let (before, reason) = (self.working_stage(), reason.clone());
                let (until, stamp) = (*until, stamp.clone());
                self.waiver = Some(Waiver { until, reason, stamp, before });
                self.stage = Stage::Waived;
            }
            Event::Merged { into, number, .. } => {
                self.stage = Stage::Merged;
                self.merged = Some((*into, number.clone()));
            }
            Event::Linked { link } => self.links.push(link.clone()),
            Event::Archived => self.stage = Stage::Archived,
            _ => self.take_talk(event, stamp),
        }
    }

    /// The stage of one that is worked on: with measures, or still without.
    fn working_stage(&self) -> Stage {
        if self.measures.is_empty() { Stage::Registered } else { Stage::Rectifying }
    }

    /// A deadline that was moved by a decision. After a relapse the clock of being on time stands.
    /// Measures that are late by then move with it.
    fn move_due(&mut self, due_on: Day, on: Day) {
        self.content.due_on = Some(due_on);
        let late = |one: &&mut Measure| one.done_on.is_none() && one.due_on < on;
        self.measures.iter_mut().filter(late).for_each(|one| one.due_on = due_on);
        if !self.has_relapsed() {
            self.owed_on = Some(due_on);
        }
    }

    /// Progress, statements, and what siblings say.
    fn take_talk(&mut self, event: &Event, stamp: &Stamp) {
        match event {
            Event::Reported { number, text, evidence, done } => {
                self.mark_done(done);
                self.progress.push(Progress {
                    number: *number,
                    text: text.clone(),
                    evidence: evidence.clone(),
                    done: done.clone(),
                    stamp: stamp.clone(),
                    corrected: None,
                    check: None,
                });
            }
            Event::ReportCorrected { number, text, evidence, done } => {
                self.correct(*number, (text, evidence, done), stamp);
            }
            Event::ReportChecked { number, sound, note } => {
                let mut undone = Vec::new();
                if let Some(one) = self.progress.iter_mut().find(|one| one.number == *number) {
                    one.check = Some((*sound, note.clone(), stamp.clone()));
                    undone.extend(one.done.iter().map(|done| done.0).filter(|_| !*sound));
                }
                self.mark_open(&undone);
            }
            Event::Stated { text } => self.statements.push((text.clone(), stamp.clone())),
            Event::Pushed { units, text, answer_due } => {
                self.pushes.extend(units.iter().map(|(unit, head)| Push {
                    unit: *unit,
                    head: *head,
                    text: text.clone(),
                    answer_due: *answer_due,
                    stamp: stamp.clone(),
                    answer: None,
                }));
            }
            Event::PushAnswered { unit, found, text } => {
                let asked = |one: &&mut Push| one.unit == *unit && one.answer.is_none();
                if let Some(push) = self.pushes.iter_mut().find(asked) {
                    push.answer = Some((found.clone(), text.clone(), stamp.clone()));
                }
                self.links.extend(found.clone());
            }
            _ => self.take_time(event, stamp),
        }
    }

    /// More time asked for and decided on.
    fn take_time(&mut self, event: &Event, stamp: &Stamp) {
        match event {
            Event::ExtensionAsked { number, due_on, reason } => self.extensions.push(Extension {
                number: *number,
                due_on: *due_on,
                reason: reason.clone(),
                stamp: stamp.clone(),
                decision: None,
            }),
            Event::ExtensionDecided { number, granted, reason } => {
                let found = self.extensions.iter_mut().find(|one| one.number == *number);
                let Some(extension) = found else { return };
                extension.decision = Some((*granted, reason.clone(), stamp.clone()));
                let due_on = extension.due_on;
                if *granted {
                    self.move_due(due_on, stamp.day);
                }
            }
            Event::SuspensionAsked { number, reason } => self.suspensions.push(Suspension {
                number: *number,
                reason: reason.clone(),
                stamp: stamp.clone(),
                decision: None,
                resumed: None,
            }),
            Event::SuspensionDecided { number, granted, reason } => {
                let found = self.suspensions.iter_mut().find(|one| one.number == *number);
                let Some(suspension) = found else { return };
                suspension.decision = Some((*granted, reason.clone(), stamp.clone()));
                if *granted {
                    self.stage = Stage::Suspended;
                }
            }
            _ => self.take_reminded(event, stamp),
        }
    }

    fn take_reminded(&mut self, event: &Event, stamp: &Stamp) {
        let (number, stamp) = match event {
            Event::Reminded { number, level, text, to, answer_due, reason } => {
                return self.reminders.push(Reminder {
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
                });
            }
            Event::ReminderSigned { number }
            | Event::ReminderAnswered { number, .. }
            | Event::ReminderRevoked { number, .. } => (*number, stamp.clone()),
            _ => return self.take_conclusion(event, stamp),
        };
        let found = self.reminders.iter_mut().find(|one| one.number == number);
        let Some(reminder) = found else { return };
        match event {
            Event::ReminderAnswered { text, .. } => {
                reminder.signed.get_or_insert_with(|| stamp.clone());
                reminder.answer = Some((text.clone(), stamp));
            }
            Event::ReminderRevoked { reason, .. } => {
                reminder.revoked = Some((reason.clone(), stamp));
            }
            _ => reminder.signed = Some(stamp),
        }
    }

    fn correct(
        &mut self,
        number: i64,
        (text, evidence, done): (&str, &[crate::plan::item::Evidence], &[(i64, Day)]),
        stamp: &Stamp,
    ) {
        let found = self.progress.iter_mut().find(|one| one.number == number);
        let Some(progress) = found else { return };
        let before: Vec<i64> = progress.done.iter().map(|one| one.0).collect();
        text.clone_into(&mut progress.text);
        evidence.clone_into(&mut progress.evidence);
        done.clone_into(&mut progress.done);
        progress.corrected = Some(stamp.clone());
        self.mark_open(&before);
        self.mark_done(done);
    }

    fn mark_done(&mut self, done: &[(i64, Day)]) {
        for (number, day) in done {
            for measure in self.measures.iter_mut().filter(|one| one.number == *number) {
                measure.done_on = Some(*day);
            }
        }
    }

    fn mark_open(&mut self, numbers: &[i64]) {
        for measure in &mut self.measures {
            if numbers.contains(&measure.number) {
                measure.done_on = None;
            }
        }
    }
}
