//! Every rule of a closure audit.

use super::{Audit, Command, Event, Framed, Refusal, Stage, Terms, Verdict, drawing};
use crate::{
    Ask, Id, Officer,
    problem::Problem,
    require,
    roster::{Post, Power},
};

pub(super) fn decide(
    state: Option<&Audit>,
    command: Command,
    ask: &Ask<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(audit) = state else {
        let Command::Open { terms, closed } = command else { return Err(Refusal::NotOpened) };
        return open(terms, closed, ask).map(|event| vec![event]);
    };
    let registers = || require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower);
    let event = match (audit.stage, command) {
        (_, Command::Open { .. }) => return Err(Refusal::AlreadyOpened),
        (Stage::Open, Command::Announce { number, at }) => {
            registers()?;
            audit.ceremony()?.publish_number(&number, &audit.terms.source, &at)?;
            Event::Announced { number, at }
        }
        (Stage::Announced, Command::Reveal { secret, at }) => {
            registers()?;
            let bundle = audit.ceremony()?.reveal(&secret, &at)?;
            let sample = audit.picked(&bundle.drawn, &bundle.teams);
            Event::Drawn { secret, at, sample }
        }
        (Stage::Drawn, Command::Record { problem, held, finding }) => {
            audit.record(problem, held, finding, ask)?
        }
        (Stage::Drawn, Command::Widen { more }) => {
            registers()?;
            audit.all_recorded()?;
            require(audit.statement().verdict != Verdict::Stop, Refusal::Enough)?;
            let most = audit.frame.len() - audit.sample.len();
            let more = usize::try_from(more).unwrap_or(0);
            require((1..=most).contains(&more), Refusal::TakeWrong { most })?;
            Event::Widened { sample: audit.next(more)? }
        }
        (Stage::Drawn, Command::Conclude { text }) => {
            registers()?;
            audit.all_recorded()?;
            let left = audit.frame.len() - audit.sample.len();
            let verdict = audit.statement().verdict;
            let open = verdict == Verdict::RecheckAll && left > 0;
            require(!open, Refusal::RecheckAll { left })?;
            let said = verdict != Verdict::GoOn || !text.trim().is_empty();
            require(said, Refusal::GoOn)?;
            Event::Concluded { text }
        }
        (Stage::Open | Stage::Announced, Command::Cancel { reason }) => {
            registers()?;
            require(!reason.trim().is_empty(), Refusal::TextMissing)?;
            Event::Cancelled { reason }
        }
        (stage, _) => return Err(Refusal::OutOfOrder { stage }),
    };
    Ok(vec![event])
}

fn open(terms: Terms, mut closed: Vec<Framed>, ask: &Ask<'_>) -> Result<Event, Refusal> {
    require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower)?;
    require(!terms.title.trim().is_empty(), Refusal::TitleMissing)?;
    require(!terms.source.trim().is_empty(), Refusal::SourceMissing)?;
    require(!closed.is_empty(), Refusal::FrameEmpty)?;
    let most = closed.len();
    let fits = |count: i64, least: usize| {
        usize::try_from(count).is_ok_and(|count| (least..=most).contains(&count))
    };
    require(fits(terms.take, 1), Refusal::TakeWrong { most })?;
    require(fits(terms.tolerable, 0), Refusal::TolerableWrong { most })?;
    require(terms.inspectors.len() >= 2, Refusal::TooFewInspectors)?;
    for who in &terms.inspectors {
        let posts = ask.roster.posts_of(*who, ask.today);
        let may =
            |post: &Id<Post>| ask.roster.may(Officer { person: *who, post: *post }, Power::Verify);
        let name = ask.roster.person(*who).map_or(String::new(), |person| person.name.clone());
        require(posts.iter().any(may), Refusal::InspectorPowerless { who: name })?;
    }
    closed.sort_by(|one, other| one.number.cmp(&other.number));
    let recusals = drawing::recusals(&terms, &closed, ask);
    let unmanned = drawing::unmanned(&terms, &closed, &recusals);
    require(unmanned.is_empty(), Refusal::Recused { numbers: unmanned.join("、") })?;
    drawing::ceremony(&terms, &closed, &recusals)?;
    Ok(Event::Opened { terms, frame: closed, recusals })
}

impl Audit {
    fn record(
        &self,
        problem: Id<Problem>,
        held: bool,
        finding: String,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        let found = self.sample.iter().find(|(picked, _)| picked.problem == problem);
        let (picked, outcome) = found.ok_or(Refusal::NotInSample)?;
        require(picked.team.contains(&ask.by.person), Refusal::NotDrawn)?;
        require(ask.roster.may(ask.by, Power::Verify), Refusal::NoPower)?;
        // The roster may have moved since the frame was fixed.
        let framed = self.framed(problem).ok_or(Refusal::NotInSample)?;
        let inside = ask.roster.person_in_chain(ask.by.person, &[framed.unit], ask.today);
        require(!inside, Refusal::NotDrawn)?;
        require(outcome.is_none(), Refusal::AlreadyRecorded)?;
        require(!finding.trim().is_empty(), Refusal::TextMissing)?;
        Ok(Event::Recorded { problem, held, finding })
    }

    fn all_recorded(&self) -> Result<(), Refusal> {
        let count = self.unrecorded().count();
        require(count == 0, Refusal::ResultsMissing { count })
    }
}
