//! The draw of an audit: its ceremony, replayed from what was published.

use std::collections::{HashMap, HashSet};

use draw::{Bundle, Ceremony, Design, Frame, TeamTerms};

use super::{Audit, Framed, Picked, Refusal, Terms};
use crate::{Ask, Id, problem::Problem, roster::Person};

/// Inspectors for every problem of the sample.
const PER_PROBLEM: usize = 2;

type Recusals = Vec<(Id<Person>, Id<Problem>)>;

/// Inspectors do not go where a post of theirs stands in the unit's chain, nor where they had a
/// hand in the matter.
pub(super) fn recusals(terms: &Terms, frame: &[Framed], ask: &Ask<'_>) -> Recusals {
    let mut pairs = Vec::new();
    for one in frame {
        for who in &terms.inspectors {
            let inside = ask.roster.person_in_chain(*who, &[one.unit], ask.today);
            if inside || one.hands.contains(who) {
                pairs.push((*who, one.problem));
            }
        }
    }
    pairs
}

/// The numbers of problems to which fewer than two inspectors could go.
pub(super) fn unmanned(terms: &Terms, frame: &[Framed], recusals: &Recusals) -> Vec<String> {
    let recusals: HashSet<&(Id<Person>, Id<Problem>)> = recusals.iter().collect();
    let free = |one: &&Framed| {
        let recused = |who: &&Id<Person>| recusals.contains(&(**who, one.problem));
        terms.inspectors.iter().filter(|who| !recused(who)).count() < PER_PROBLEM
    };
    frame.iter().filter(free).map(|one| one.number.clone()).collect()
}

/// The ceremony with frame and secret published.
pub(super) fn ceremony(
    terms: &Terms,
    frame: &[Framed],
    recusals: &[(Id<Person>, Id<Problem>)],
) -> Result<Ceremony, Refusal> {
    let take = usize::try_from(terms.take).unwrap_or(usize::MAX);
    let played = playing(terms, frame, recusals, 0, take);
    let mut ceremony = Ceremony::new(&terms.title, units(frame)?, played, &[])?;
    ceremony.publish_frame(&terms.at)?;
    ceremony.publish_secret(&terms.sealed, &terms.at)?;
    Ok(ceremony)
}

fn units(frame: &[Framed]) -> Result<Frame, Refusal> {
    let units = frame.iter().map(|one| draw::Unit::plain(&one.number)).collect();
    Frame::new(units).map_err(|_| Refusal::FrameEmpty)
}

fn playing(
    terms: &Terms,
    frame: &[Framed],
    recusals: &[(Id<Person>, Id<Problem>)],
    drop: usize,
    take: usize,
) -> draw::Terms {
    let numbers: HashMap<Id<Problem>, &str> =
        frame.iter().map(|one| (one.problem, one.number.as_str())).collect();
    let pair = |(who, problem): &(Id<Person>, Id<Problem>)| {
        numbers.get(problem).map(|number| (who.to_string(), (*number).to_owned()))
    };
    draw::Terms {
        design: Design::Simple { drop, take, with_replacement: false },
        teams: Some(TeamTerms {
            inspectors: terms.inspectors.iter().map(ToString::to_string).collect(),
            recusals: recusals.iter().filter_map(pair).collect(),
            per_object: PER_PROBLEM,
            most: None,
        }),
    }
}

impl Audit {
    /// The ceremony as far as it has come, without the reveal.
    pub(super) fn ceremony(&self) -> Result<Ceremony, Refusal> {
        let mut ceremony = ceremony(&self.terms, &self.frame, &self.recusals)?;
        if let Some((number, at)) = &self.number {
            ceremony.publish_number(number, &self.terms.source, at)?;
        }
        Ok(ceremony)
    }

    /// The fingerprints of frame and terms, as they were published when it was opened.
    pub fn fingerprints(&self) -> Option<(String, String)> {
        let frame = units(&self.frame).ok()?;
        let take = usize::try_from(self.terms.take).unwrap_or(usize::MAX);
        let terms = playing(&self.terms, &self.frame, &self.recusals, 0, take);
        Some((frame.fingerprint(), terms.fingerprint()))
    }

    /// The bundle anybody can recompute the first sample from; none before the secret is revealed.
    pub fn bundle(&self) -> Option<Bundle> {
        let (secret, at) = self.secret.as_ref()?;
        self.ceremony().ok()?.reveal(secret, at).ok()
    }

    /// The next so many in the order of the draw, with their teams.
    pub(super) fn next(&self, more: usize) -> Result<Vec<Picked>, Refusal> {
        let bundle = self.bundle().ok_or(Refusal::OutOfOrder { stage: self.stage })?;
        let drop = self.sample.len();
        let terms = playing(&self.terms, &self.frame, &self.recusals, drop, more);
        let outcome = terms.draw(&units(&self.frame)?, &bundle.seed)?;
        Ok(self.picked(&outcome.drawn, &outcome.teams))
    }

    pub(super) fn picked(&self, drawn: &[draw::Drawn], teams: &[draw::Team]) -> Vec<Picked> {
        let framed: HashMap<&str, Id<Problem>> =
            self.frame.iter().map(|one| (one.number.as_str(), one.problem)).collect();
        let teams: HashMap<&str, &[(String, f64)]> =
            teams.iter().map(|(unit, team)| (unit.as_str(), team.as_slice())).collect();
        let pick = |one: &draw::Drawn| {
            let problem = *framed.get(one.id.as_str())?;
            let members = teams.get(one.id.as_str()).copied().unwrap_or_default();
            let person = |(who, _): &(String, f64)| who.parse().ok().map(Id::new);
            let team = members.iter().filter_map(person).collect();
            Some(Picked { problem, team })
        };
        drawn.iter().filter_map(pick).collect()
    }
}
