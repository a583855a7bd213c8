//! The rules of striking a problem off: applicant, first checker and verifier are three persons.

use crate::{
    Ask, Day,
    problem::{
        Answer, Application, Command, Event, Problem, Refusal, Scope, Stage, Tick, UNDO_MINUTES,
        guard::{evident, past, reasoned, said},
    },
    require,
};

impl Problem {
    pub(super) fn closing(
        &self,
        stage: Stage,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        match (stage, command) {
            (Stage::Rectifying, Command::Apply { text, evidence }) => {
                self.needs_their_side(ask)?;
                said(&text)?;
                evident(&evidence, ask)?;
                let open = self.measures.iter().filter(|measure| measure.done_on.is_none());
                let open: Vec<String> = open.map(|one| one.number.to_string()).collect();
                require(open.is_empty(), Refusal::MeasuresOpen { numbers: open.join("、") })?;
                let number = self.applications.last().map_or(1, |one| one.number + 1);
                Ok(Event::Applied { number, text, evidence })
            }
            (Stage::Applied, Command::CorrectApplication { text, evidence }) => {
                self.needs_their_side(ask)?;
                said(&text)?;
                evident(&evidence, ask)?;
                Ok(Event::ApplicationCorrected { text, evidence })
            }
            (Stage::Applied | Stage::Checked, Command::Consult { answer, note, on }) => {
                require(self.content.complaint.is_some(), Refusal::NoComplaint)?;
                self.needs_checker(ask)?;
                if answer != Answer::Satisfied {
                    said(&note)?;
                }
                past(on, ask)?;
                Ok(Event::Consulted { answer, note, on })
            }
            (Stage::Applied, Command::Check { finding }) => {
                self.needs_checker(ask)?;
                said(&finding)?;
                Ok(Event::Checked { finding })
            }
            (Stage::Applied | Stage::Checked | Stage::Publishing, Command::Return { reason }) => {
                self.needs_checker(ask)?;
                reasoned(&reason)?;
                Ok(Event::Returned { reason })
            }
            (Stage::Checked, Command::Verify { finding, ticks, look_back_on, despite }) => {
                self.verify((finding, ticks, look_back_on, despite), ask)
            }
            (Stage::Publishing | Stage::Closed, Command::UndoVerification) => self.undo(ask),
            (Stage::Publishing, Command::EndPublication { note }) => {
                self.needs_outsider(ask)?;
                if let Some(until) = self.published_until {
                    require(ask.today > until, Refusal::StillPublished { until })?;
                }
                said(&note)?;
                Ok(Event::PublicationEnded { note })
            }
            (stage, _) => Err(Refusal::OutOfOrder { stage }),
        }
    }

    fn verify(
        &self,
        (finding, ticks, look_back_on, despite): (String, Vec<Tick>, Day, String),
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        self.needs_outsider(ask)?;
        let out_of_order = Refusal::OutOfOrder { stage: self.stage };
        let application = self.application().ok_or(out_of_order)?;
        let checker = application.check.as_ref().map(|check| check.1.by.person);
        require(checker != Some(ask.by.person), Refusal::SamePerson)?;
        self.consulted(application, &despite)?;
        said(&finding)?;
        let seen = |place: i64| {
            ticks.iter().any(|tick| tick.criterion == place && !tick.note.trim().is_empty())
        };
        let places = (1_i64..).zip(&self.content.criteria).map(|(place, _)| place);
        let left: Vec<String> =
            places.filter(|place| !seen(*place)).map(|place| place.to_string()).collect();
        require(left.is_empty(), Refusal::NotTicked { criteria: left.join("、") })?;
        require(look_back_on > ask.today, Refusal::LookBackMissing)?;
        let workdays = self.content.publication_workdays;
        let shown = workdays > 0 && matches!(self.content.scope, Scope::Body | Scope::Public);
        let published_until = shown.then(|| ask.calendar.add_workdays(ask.today, workdays));
        Ok(Event::Verified { finding, ticks, look_back_on, despite, published_until })
    }

    /// Where somebody complained they are asked first; if they are not satisfied, it says why it is
    /// closed nevertheless.
    fn consulted(&self, application: &Application, despite: &str) -> Result<(), Refusal> {
        if self.content.complaint.is_none() {
            return Ok(());
        }
        let last = application.consulted.last().ok_or(Refusal::NotConsulted)?;
        let content = last.answer != Answer::NotSatisfied;
        require(content || !despite.trim().is_empty(), Refusal::DespiteMissing)
    }

    fn undo(&self, ask: &Ask<'_>) -> Result<Event, Refusal> {
        let application = self.applications.last();
        let verified = application.and_then(|one| one.verification.as_ref());
        let stamp = &verified.ok_or(Refusal::OutOfOrder { stage: self.stage })?.stamp;
        require(stamp.by.person == ask.by.person, Refusal::NotVerifier)?;
        let late = Refusal::UndoLate { minutes: UNDO_MINUTES };
        let at: jiff::Timestamp = stamp.at.parse().map_err(|_| late.clone())?;
        let passed = ask.at.as_second() - at.as_second();
        require((0..=UNDO_MINUTES * 60).contains(&passed), late)?;
        Ok(Event::VerificationUndone)
    }
}
