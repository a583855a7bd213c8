//! Every rule of a key project.

use super::{Charter, Command, Decision, Event, Minutes, Project, Refusal};
use crate::{
    Ask, require,
    roster::{Power, Role},
};

/// Working days after a meeting within which its minutes may still be recorded.
pub const RECORD_WORKDAYS: i64 = 5;

pub(super) fn decide(
    state: Option<&Project>,
    command: Command,
    ask: &Ask<'_>,
) -> Result<Event, Refusal> {
    let Some(project) = state else {
        let Command::Register { goal, charter } = command else {
            return Err(Refusal::NotRegistered);
        };
        require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower)?;
        sound(&charter, ask)?;
        return Ok(Event::Registered { goal, charter });
    };
    require(project.ended.is_none(), Refusal::HasEnded)?;
    match command {
        Command::Register { .. } => Err(Refusal::AlreadyRegistered),
        Command::Amend { base, charter } => {
            require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower)?;
            let now = project.version;
            require(base == now, Refusal::Changed { base, now })?;
            sound(&charter, ask)?;
            Ok(Event::Amended { charter })
        }
        Command::Meet { minutes, decisions } => meet(project, minutes, decisions, ask),
        Command::Adopt { meeting, place, item } => {
            require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower)?;
            let decided = project.decision(meeting, place).ok_or(Refusal::UnknownDecision)?;
            require(decided.1.is_none(), Refusal::AlreadyAdopted)?;
            Ok(Event::Adopted { meeting, place, item })
        }
        Command::End { result } => {
            let count = project.unadopted();
            require(count == 0, Refusal::DecisionsOpen { count })?;
            require(ask.roster.may(ask.by, Power::Verify), Refusal::NoPower)?;
            require(!project.is_inside(ask), Refusal::OwnProject)?;
            require(!result.trim().is_empty(), Refusal::TextMissing)?;
            Ok(Event::Ended { result })
        }
    }
}

fn meet(
    project: &Project,
    minutes: Minutes,
    decisions: Vec<Decision>,
    ask: &Ask<'_>,
) -> Result<Event, Refusal> {
    let may = project.is_inside(ask) || ask.roster.may(ask.by, Power::Register);
    require(may, Refusal::NotOfTheTeam)?;
    require(minutes.held_on <= ask.today, Refusal::MeetingAhead)?;
    let since = project.charter.start_on;
    require(minutes.held_on >= since, Refusal::MeetingBefore { since })?;
    let until = ask.calendar.add_workdays(minutes.held_on, RECORD_WORKDAYS);
    require(ask.today <= until, Refusal::RecordedLate { until })?;
    let twice = project.meetings.iter().any(|one| one.minutes.held_on == minutes.held_on);
    require(!twice, Refusal::MeetingTaken { day: minutes.held_on })?;
    for post in minutes.present.iter().chain([&minutes.chair]) {
        require(ask.roster.post(*post).is_some(), Refusal::NoSuchPost)?;
    }
    let counted = minutes.raised >= 0 && (0..=minutes.raised).contains(&minutes.solved);
    require(counted, Refusal::MoreSolvedThanRaised)?;
    require(!minutes.text.trim().is_empty(), Refusal::TextMissing)?;
    for decision in &decisions {
        require(!decision.text.trim().is_empty(), Refusal::DecisionWithoutText)?;
        require(ask.roster.unit(decision.lead).is_some(), Refusal::NoSuchUnit)?;
        require(ask.roster.post(decision.owner).is_some(), Refusal::NoSuchPost)?;
        let due = decision.due_on;
        require(due >= minutes.held_on, Refusal::DecisionDuePast { due })?;
    }
    let number = i64::try_from(project.meetings.len()).unwrap_or(i64::MAX - 1) + 1;
    Ok(Event::Met { number, minutes, decisions })
}

/// One leader, at least one in the team, nobody twice, a day after the start.
fn sound(charter: &Charter, ask: &Ask<'_>) -> Result<(), Refusal> {
    require(!charter.title.trim().is_empty(), Refusal::TitleMissing)?;
    require(!charter.aim.trim().is_empty(), Refusal::AimMissing)?;
    require(ask.roster.unit(charter.unit).is_some(), Refusal::NoSuchUnit)?;
    let leader = ask.roster.post(charter.leader).ok_or(Refusal::NoSuchLeader)?;
    require(leader.role == Role::Leader, Refusal::NotALeader)?;
    require(ask.roster.holder(charter.leader, ask.today).is_some(), Refusal::LeaderVacant)?;
    require(!charter.team.is_empty(), Refusal::TeamMissing)?;
    for (place, post) in charter.team.iter().enumerate() {
        require(ask.roster.post(*post).is_some(), Refusal::NoSuchPost)?;
        let twice = charter.team[..place].contains(post) || *post == charter.leader;
        require(!twice, Refusal::TwiceInTeam)?;
    }
    require(charter.start_on <= charter.due_on, Refusal::StartAfterDue)
}

impl Project {
    /// The officer is its leader or of its team, in this or another of their posts.
    pub fn is_inside(&self, ask: &Ask<'_>) -> bool {
        let posts = ask.roster.posts_of(ask.by.person, ask.today);
        let mut own = self.charter.team.iter().chain([&self.charter.leader]);
        own.any(|post| *post == ask.by.post || posts.contains(post))
    }
}
