//! Every rule of a batch ledger.

use super::{Command, Event, Ledger, Refusal};
use crate::{
    Ask, Id, require,
    roster::{Power, Unit},
};

pub(super) fn decide(
    state: Option<&Ledger>,
    command: Command,
    ask: &Ask<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(ledger) = state else {
        let Command::Open { ordinal, title, file_by } = command else {
            return Err(Refusal::NotOpened);
        };
        require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower)?;
        require(ordinal > 0, Refusal::OrdinalWrong)?;
        require(!title.trim().is_empty(), Refusal::TitleMissing)?;
        require(file_by >= ask.today, Refusal::FileByPast)?;
        return Ok(vec![Event::Opened { ordinal, title, file_by }]);
    };
    let registers = || require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower);
    let event = match command {
        Command::Open { .. } => return Err(Refusal::AlreadyOpened),
        _ if ledger.closed.is_some() => return Err(Refusal::Closed),
        Command::Rename { title } => {
            registers()?;
            require(!title.trim().is_empty(), Refusal::TitleMissing)?;
            Event::Renamed { title }
        }
        Command::MoveFileBy { file_by, reason } => {
            registers()?;
            require(!reason.trim().is_empty(), Refusal::ReasonMissing)?;
            require(file_by >= ask.today, Refusal::FileByPast)?;
            Event::FileByMoved { file_by, reason }
        }
        Command::FileList { unit, problems, looked_at } => {
            ledger.file(unit, problems, looked_at, ask)?
        }
        Command::ApproveList { unit } => {
            registers()?;
            let list = ledger.waiting_list(unit).ok_or(Refusal::NoList)?;
            require(list.filed.by.person != ask.by.person, Refusal::SamePerson)?;
            let count = i64::try_from(list.problems.len()).unwrap_or(i64::MAX);
            Event::ListApproved { unit, first: ledger.last + 1, count }
        }
        Command::ReturnList { unit, reason } => {
            registers()?;
            ledger.waiting_list(unit).ok_or(Refusal::NoList)?;
            require(!reason.trim().is_empty(), Refusal::ReasonMissing)?;
            Event::ListReturned { unit, reason }
        }
        Command::Number { problem } => {
            registers()?;
            Event::Numbered { problem, number: ledger.last + 1 }
        }
        Command::Close { reason } => {
            registers()?;
            require(!reason.trim().is_empty(), Refusal::ReasonMissing)?;
            let waits = |unit: &&Id<Unit>| ledger.waiting_list(**unit).is_some();
            let count = ledger.lists.keys().filter(waits).count();
            require(count == 0, Refusal::ListsWait { count })?;
            Event::Closed { reason }
        }
    };
    Ok(vec![event])
}

impl Ledger {
    fn file(
        &self,
        unit: Id<Unit>,
        problems: Vec<Id<super::Problem>>,
        looked_at: String,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        let found = ask.roster.unit(unit).ok_or(Refusal::NoSuchUnit)?;
        require(found.kind.is_counted(), Refusal::NotCounted)?;
        let own = ask.roster.unit_of(ask.by.post);
        let inside = own.is_some_and(|own| ask.roster.unit_and_ancestors(own).contains(&unit));
        let registers = ask.roster.may(ask.by, Power::Register);
        require(inside || registers, Refusal::NotTheUnit)?;
        if let Some(waiting) = self.waiting_list(unit) {
            return Err(Refusal::ListWaits { since: waiting.filed.day });
        }
        let repeated = problems.iter().enumerate().any(|(at, one)| problems[..at].contains(one));
        require(!repeated, Refusal::Repeated)?;
        let said = !problems.is_empty() || !looked_at.trim().is_empty();
        require(said, Refusal::LookedAtMissing)?;
        let last = self.lists.get(&unit).and_then(|lists| lists.last());
        let number = last.map_or(1, |list| list.number + 1);
        Ok(Event::ListFiled { unit, number, problems, looked_at })
    }
}
