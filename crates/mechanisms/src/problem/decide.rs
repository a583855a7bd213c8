//! Every rule of a problem. One arm per arrow in the drawing; what is not written is refused.

use super::{
    Command, Content, Event, Ledger, Problem, Refusal, Stage,
    guard::{is_working, may_file, reasoned, sound},
};
use crate::{Ask, Id, require, roster::Power};

mod after;
mod beside;
mod closing;
mod working;

pub(super) fn decide(
    state: Option<&Problem>,
    command: Command,
    ask: &Ask<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(problem) = state else {
        let Command::File { ledger, content } = command else { return Err(Refusal::NotFiled) };
        return file(ledger, content, ask).map(|event| vec![event]);
    };
    // A waiver that has ended is none.
    let stage = problem.stage_on(ask.today);
    match command {
        Command::File { .. } => Err(Refusal::AlreadyFiled),
        Command::Amend { base, content } => problem.amend(stage, base, content, ask).map(one),
        Command::Register { number } => problem.register(stage, number, ask).map(one),
        Command::Withdraw { reason } => problem.withdraw(stage, reason, ask).map(one),
        Command::SetMeasures { .. }
        | Command::ReturnMeasures { .. }
        | Command::Report { .. }
        | Command::CorrectReport { .. }
        | Command::CheckReport { .. } => problem.work(stage, command, ask).map(one),
        Command::Apply { .. }
        | Command::CorrectApplication { .. }
        | Command::Consult { .. }
        | Command::Check { .. }
        | Command::Return { .. }
        | Command::Verify { .. }
        | Command::UndoVerification
        | Command::EndPublication { .. } => problem.closing(stage, command, ask).map(one),
        Command::Archive
        | Command::LookBack { .. }
        | Command::Relapse { .. }
        | Command::State { .. }
        | Command::Object { .. }
        | Command::DecideObjection { .. } => problem.after(stage, command, ask),
        _ => problem.beside(stage, command, ask).map(one),
    }
}

fn one(event: Event) -> Vec<Event> {
    vec![event]
}

fn file(ledger: Id<Ledger>, content: Content, ask: &Ask<'_>) -> Result<Event, Refusal> {
    require(may_file(&content, ask), Refusal::NoPower)?;
    sound(&content, ask)?;
    Ok(Event::Filed { ledger, content: Box::new(content) })
}

impl Problem {
    /// Before it is on the ledger, by those who file; then by the supervision office, and what it
    /// was found to be stays.
    fn amend(
        &self,
        stage: Stage,
        base: i64,
        content: Content,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        let open = stage == Stage::Filed || is_working(stage);
        require(open, Refusal::OutOfOrder { stage })?;
        if stage == Stage::Filed {
            require(may_file(&self.content, ask) && may_file(&content, ask), Refusal::NoPower)?;
        } else {
            self.needs_from_outside(Power::Register, ask)?;
        }
        require(base == self.version, Refusal::Changed { base, now: self.version })?;
        sound(&content, ask)?;
        if stage != Stage::Filed {
            let now = &self.content;
            let same = (now.unit, now.source, now.found_on, &now.what, &now.complaint)
                == (
                    content.unit,
                    content.source,
                    content.found_on,
                    &content.what,
                    &content.complaint,
                );
            require(same, Refusal::FixedForLife)?;
            require(now.due_on == content.due_on, Refusal::DueNeedsExtension)?;
            let kept = !content.criteria.is_empty() || now.criteria.is_empty();
            require(kept, Refusal::CriteriaMissing)?;
        }
        Ok(Event::Amended { content: Box::new(content) })
    }

    /// What a unit filed, another person takes on the ledger.
    fn register(&self, stage: Stage, number: String, ask: &Ask<'_>) -> Result<Event, Refusal> {
        require(stage == Stage::Filed, Refusal::OutOfOrder { stage })?;
        require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower)?;
        let own = self.is_theirs(self.filed.by.person, ask);
        let other = self.filed.by.person != ask.by.person;
        require(other || !own, Refusal::SamePerson)?;
        require(!number.trim().is_empty(), Refusal::NumberMissing)?;
        let missing = self.missing(ask);
        require(missing.is_empty(), Refusal::Incomplete { missing })?;
        Ok(Event::Registered { number })
    }

    fn withdraw(&self, stage: Stage, reason: String, ask: &Ask<'_>) -> Result<Event, Refusal> {
        match stage {
            Stage::Filed => require(may_file(&self.content, ask), Refusal::NoPower)?,
            Stage::Registered => self.needs_from_outside(Power::Decide, ask)?,
            _ => return Err(Refusal::OutOfOrder { stage }),
        }
        reasoned(&reason)?;
        Ok(Event::Withdrawn { reason })
    }
}
