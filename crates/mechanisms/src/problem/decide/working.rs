//! The rules of putting a problem right: measures, progress, and its checks.

use crate::{
    Ask, Day,
    problem::{
        Command, Event, Measure, Problem, Refusal, Stage,
        guard::{in_order, past, reasoned, said},
    },
    require,
    roster::Power,
};

impl Problem {
    pub(super) fn work(
        &self,
        stage: Stage,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        match (stage, command) {
            (Stage::Registered, Command::SetMeasures { cause, target, criteria, measures }) => {
                self.needs_their_side(ask)?;
                said(&cause)?;
                said(&target)?;
                let measures = self.kept(measures);
                in_order(&measures, self.content.due_on)?;
                let criteria = self.criteria(criteria)?;
                Ok(Event::MeasuresSet { cause, target, criteria, measures })
            }
            (Stage::Rectifying, Command::ReturnMeasures { reason }) => {
                let watches = self.content.watcher == Some(ask.by.post);
                let may = watches || ask.roster.may(ask.by, Power::Issue);
                require(may, Refusal::NotWatcher)?;
                require(!self.is_theirs(ask.by.person, ask), Refusal::OwnWork)?;
                reasoned(&reason)?;
                Ok(Event::MeasuresReturned { reason })
            }
            (Stage::Rectifying, Command::Report { text, evidence, done }) => {
                self.needs_their_side(ask)?;
                said(&text)?;
                self.sound_done(&done, ask)?;
                evidence.iter().try_for_each(|one| past(one.true_for, ask))?;
                let number = self.progress.last().map_or(1, |one| one.number + 1);
                Ok(Event::Reported { number, text, evidence, done })
            }
            (Stage::Rectifying, Command::CorrectReport { text, evidence, done }) => {
                self.needs_their_side(ask)?;
                let newest = self.progress.last().ok_or(Refusal::NothingToCorrect)?;
                require(newest.check.is_none(), Refusal::AlreadyChecked)?;
                said(&text)?;
                self.sound_done(&done, ask)?;
                evidence.iter().try_for_each(|one| past(one.true_for, ask))?;
                let number = newest.number;
                Ok(Event::ReportCorrected { number, text, evidence, done })
            }
            (Stage::Rectifying, Command::CheckReport { number, sound, note }) => {
                self.needs_checker(ask)?;
                let found = self.progress.iter().find(|one| one.number == number);
                let report = found.ok_or(Refusal::UnknownReport { number })?;
                require(report.check.is_none(), Refusal::AlreadyChecked)?;
                if !sound {
                    reasoned(&note)?;
                }
                Ok(Event::ReportChecked { number, sound, note })
            }
            (stage, _) => Err(Refusal::OutOfOrder { stage }),
        }
    }

    /// What was done stays done when measures are set again; nothing begins as done.
    fn kept(&self, mut measures: Vec<Measure>) -> Vec<Measure> {
        for measure in &mut measures {
            let same = |old: &&Measure| old.number == measure.number && old.text == measure.text;
            measure.done_on = self.measures.iter().find(same).and_then(|old| old.done_on);
        }
        measures
    }

    /// The criteria that stand: those of the ledger, or where it had none, those of the road map.
    fn criteria(&self, given: Vec<String>) -> Result<Vec<String>, Refusal> {
        let given: Vec<String> = given.into_iter().filter(|one| !one.trim().is_empty()).collect();
        let now = &self.content.criteria;
        if now.is_empty() {
            require(!given.is_empty(), Refusal::CriteriaMissing)?;
            return Ok(given);
        }
        require(given.is_empty() || given == *now, Refusal::CriteriaFixed)?;
        Ok(now.clone())
    }

    fn sound_done(&self, done: &[(i64, Day)], ask: &Ask<'_>) -> Result<(), Refusal> {
        for (number, day) in done {
            let known = self.measures.iter().any(|measure| measure.number == *number);
            require(known, Refusal::UnknownMeasure { number: *number })?;
            past(*day, ask)?;
        }
        Ok(())
    }
}
