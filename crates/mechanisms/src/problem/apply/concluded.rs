//! What an application, a check, a verification, a look-back, a relapse and an objection leave.

use crate::{
    Day, Stamp,
    problem::{
        Against, Application, Consultation, Event, LookBack, OBJECTION_DAYS, Objection, Problem,
        Relapse, Stage, Verification,
    },
};

impl Problem {
    pub(super) fn take_conclusion(&mut self, event: &Event, stamp: &Stamp) {
        match event {
            Event::Applied { number, text, evidence } => {
                self.stage = Stage::Applied;
                self.applications.push(Application {
                    number: *number,
                    text: text.clone(),
                    evidence: evidence.clone(),
                    stamp: stamp.clone(),
                    corrected: None,
                    consulted: Vec::new(),
                    check: None,
                    verification: None,
                    returned: None,
                });
            }
            Event::PublicationEnded { .. } => self.close(stamp),
            Event::LookedBack { held, finding, evidence, again_on } => {
                self.look_back_on = *again_on;
                self.look_backs.push(LookBack {
                    held: *held,
                    finding: finding.clone(),
                    evidence: evidence.clone(),
                    stamp: stamp.clone(),
                });
            }
            Event::Relapsed { by_way_of, finding, due_on } => {
                self.relapse((by_way_of, finding, *due_on), stamp);
            }
            Event::Objected { number, against, reason } => {
                let conclusion = self.conclusion(*against).cloned();
                self.objections.push(Objection {
                    number: *number,
                    against: *against,
                    reason: reason.clone(),
                    conclusion: conclusion.unwrap_or_else(|| stamp.clone()),
                    stamp: stamp.clone(),
                    decide_by: later(stamp.day, OBJECTION_DAYS),
                    decision: None,
                });
            }
            Event::ObjectionDecided { number, upheld, undoes, reason } => {
                let found = self.objections.iter_mut().find(|one| one.number == *number);
                let Some(objection) = found else { return };
                objection.decision = Some((*upheld, reason.clone(), stamp.clone()));
                let against = objection.against;
                if *undoes {
                    self.overturn(against, reason, stamp);
                }
            }
            _ => self.take_check(event, stamp),
        }
    }

    fn take_check(&mut self, event: &Event, stamp: &Stamp) {
        let Some(application) = self.applications.last_mut() else { return };
        match event {
            Event::ApplicationCorrected { text, evidence } => {
                application.text.clone_from(text);
                application.evidence.clone_from(evidence);
                application.corrected = Some(stamp.clone());
            }
            Event::Consulted { answer, note, on } => application.consulted.push(Consultation {
                answer: *answer,
                note: note.clone(),
                on: *on,
                stamp: stamp.clone(),
            }),
            Event::Checked { finding } => {
                application.check = Some((finding.clone(), stamp.clone()));
                self.stage = Stage::Checked;
            }
            Event::Returned { reason } => {
                application.returned = Some((reason.clone(), stamp.clone()));
                application.verification = None;
                (self.published_until, self.look_back_on) = (None, None);
                self.stage = Stage::Rectifying;
            }
            Event::Verified { finding, ticks, look_back_on, despite, published_until } => {
                application.verification = Some(Verification {
                    finding: finding.clone(),
                    ticks: ticks.clone(),
                    look_back_on: *look_back_on,
                    despite: despite.clone(),
                    stamp: stamp.clone(),
                });
                self.look_back_on = Some(*look_back_on);
                self.published_until = *published_until;
                self.stage = Stage::Publishing;
                if published_until.is_none() {
                    self.close(stamp);
                }
            }
            Event::VerificationUndone => {
                application.verification = None;
                (self.published_until, self.look_back_on) = (None, None);
                (self.closed, self.done_on) = (None, None);
                self.stage = Stage::Checked;
            }
            _ => {}
        }
    }

    fn close(&mut self, stamp: &Stamp) {
        self.stage = Stage::Closed;
        self.published_until = None;
        self.closed = Some(stamp.clone());
        self.done_on = self.applications.last().map(|application| application.stamp.day);
    }

    /// Open again under the same number: found on the same day, owed on the same day.
    fn relapse(&mut self, (by_way_of, finding, due_on): (&str, &str, Day), stamp: &Stamp) {
        self.relapses.push(Relapse {
            by_way_of: by_way_of.to_owned(),
            finding: finding.to_owned(),
            due_on,
            stamp: stamp.clone(),
            done_on: self.done_on,
            before: self.stage,
            look_back_on: self.look_back_on,
            due_before: self.content.due_on,
            measures: std::mem::take(&mut self.measures),
            closed: self.closed.take(),
            overturned: false,
        });
        self.done_on = None;
        self.look_back_on = None;
        self.content.due_on = Some(due_on);
        self.stage = Stage::Registered;
    }

    /// An objection was upheld: the conclusion no longer holds.
    fn overturn(&mut self, against: Against, reason: &str, stamp: &Stamp) {
        match against {
            Against::Registration => self.stage = Stage::Withdrawn,
            Against::Return => {
                if let Some(application) = self.applications.last_mut() {
                    application.returned = None;
                    application.check = None;
                    self.stage = Stage::Applied;
                }
            }
            Against::Relapse => {
                let Some(relapse) = self.relapses.last_mut() else { return };
                relapse.overturned = true;
                self.stage = relapse.before;
                self.done_on = relapse.done_on;
                self.look_back_on = relapse.look_back_on;
                self.content.due_on = relapse.due_before;
                self.measures = std::mem::take(&mut relapse.measures);
                self.closed = relapse.closed.take();
            }
            Against::RefusedExtension => {
                let Some(extension) = self.extensions.last_mut() else { return };
                extension.decision = Some((true, reason.to_owned(), stamp.clone()));
                let due_on = extension.due_on;
                self.move_due(due_on, stamp.day);
            }
        }
    }
}

/// So many days later.
pub(super) fn later(day: Day, days: i64) -> Day {
    day.saturating_add(jiff::Span::new().days(days))
}
