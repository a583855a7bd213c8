//! Who may ask what of a problem, and what must be true of what they say.

use super::{Content, Measure, Missing, Problem, Refusal, Source, Stage};
use crate::{
    Ask, Day, Id, Stamp,
    plan::item::Evidence,
    require,
    roster::{Person, Power, Role},
};

impl Problem {
    /// The officer acts for the responsible unit.
    pub fn is_their_side(&self, ask: &Ask<'_>) -> bool {
        self.parties().is_their_side(ask)
    }

    pub(super) fn needs_their_side(&self, ask: &Ask<'_>) -> Result<(), Refusal> {
        require(self.is_their_side(ask), Refusal::NotResponsible)
    }

    /// The person, in whatever post, belongs to the responsible unit.
    pub(super) fn is_theirs(&self, person: Id<Person>, ask: &Ask<'_>) -> bool {
        let owner = self.content.owner.and_then(|owner| ask.roster.holder(owner, ask.today));
        owner == Some(person) || belongs(person, self.content.unit, ask)
    }

    /// A power of the post, held by somebody who is not of the responsible unit.
    pub(super) fn needs_from_outside(&self, power: Power, ask: &Ask<'_>) -> Result<(), Refusal> {
        require(ask.roster.may(ask.by, power), Refusal::NoPower)?;
        require(!self.is_theirs(ask.by.person, ask), Refusal::OwnWork)
    }

    /// Who checks first: the watcher, or the supervision office; not of the responsible unit, and
    /// nobody who had a hand in putting it right.
    pub(super) fn needs_checker(&self, ask: &Ask<'_>) -> Result<(), Refusal> {
        let watches = self.content.watcher == Some(ask.by.post);
        require(watches || ask.roster.may(ask.by, Power::Verify), Refusal::NotWatcher)?;
        require(!self.is_theirs(ask.by.person, ask), Refusal::OwnWork)?;
        require(!self.doers().any(|doer| doer.person == ask.by.person), Refusal::SamePerson)
    }

    /// Who verifies or looks back: holds the power, had no hand in it, holds none of the problem's
    /// own posts, and no post at all in the chain of the responsible unit.
    pub(super) fn needs_outsider(&self, ask: &Ask<'_>) -> Result<(), Refusal> {
        let person = ask.by.person;
        require(ask.roster.may(ask.by, Power::Verify), Refusal::NoPower)?;
        require(!self.doers().any(|doer| doer.person == person), Refusal::SamePerson)?;
        let own = [self.content.sponsor, self.content.owner];
        let part = own.iter().flatten().any(|post| {
            ask.by.post == *post || ask.roster.holder(*post, ask.today) == Some(person)
        });
        require(!part, Refusal::OwnWork)?;
        let inside = ask.roster.person_in_chain(person, &[self.content.unit], ask.today);
        require(!inside, Refusal::OwnChain)
    }

    /// Whoever decides on an objection: the one who decides, or a leader; nobody of the unit, and
    /// not the one who made the conclusion.
    pub(super) fn needs_judge(&self, conclusion: &Stamp, ask: &Ask<'_>) -> Result<(), Refusal> {
        let leads = ask.roster.post(ask.by.post).is_some_and(|post| post.role == Role::Leader);
        require(leads || ask.roster.may(ask.by, Power::Decide), Refusal::NoPower)?;
        require(!self.is_theirs(ask.by.person, ask), Refusal::OwnWork)?;
        require(conclusion.by.person != ask.by.person, Refusal::OwnConclusion)
    }

    /// What is still missing before it is taken on the ledger.
    pub fn missing(&self, ask: &Ask<'_>) -> Vec<Missing> {
        let content = &self.content;
        let vacant =
            content.owner.is_some_and(|owner| ask.roster.holder(owner, ask.today).is_none());
        let parts = [
            (content.what.trim().is_empty(), Missing::What),
            (content.category.trim().is_empty(), Missing::Category),
            (content.owner.is_none(), Missing::Owner),
            (vacant, Missing::OwnerVacant),
            (content.due_on.is_none(), Missing::ByWhen),
        ];
        parts.into_iter().filter(|part| part.0).map(|part| part.1).collect()
    }
}

/// A post of the person stands in the unit or below it.
fn belongs(person: Id<Person>, unit: Id<crate::roster::Unit>, ask: &Ask<'_>) -> bool {
    let units = ask.roster.posts_of(person, ask.today).into_iter();
    let mut units = units.filter_map(|post| ask.roster.unit_of(post));
    units.any(|held| ask.roster.unit_and_ancestors(held).contains(&unit))
}

/// Who may write the content: the supervision office anything, a unit what it found itself.
pub(super) fn may_file(content: &Content, ask: &Ask<'_>) -> bool {
    let own = content.source == Source::SelfCheck && belongs(ask.by.person, content.unit, ask);
    own || ask.roster.may(ask.by, Power::Register)
}

/// Units and posts exist, and nothing is found before its day.
pub(super) fn sound(content: &Content, ask: &Ask<'_>) -> Result<(), Refusal> {
    require(!content.what.trim().is_empty(), Refusal::WhatMissing)?;
    require(ask.roster.unit(content.unit).is_some(), Refusal::NoSuchUnit)?;
    for post in [content.sponsor, content.owner, content.watcher].iter().flatten() {
        require(ask.roster.post(*post).is_some(), Refusal::NoSuchPost)?;
    }
    past(content.found_on, ask)
}

/// A day that has come.
pub(super) fn past(day: Day, ask: &Ask<'_>) -> Result<(), Refusal> {
    require(day <= ask.today, Refusal::DayAhead { day })
}

/// Measures rise in number, say something, and end by the deadline.
pub(super) fn in_order(measures: &[Measure], due_on: Option<Day>) -> Result<(), Refusal> {
    require(!measures.is_empty(), Refusal::MeasuresMissing)?;
    for pair in measures.windows(2) {
        let rises = pair[1].number > pair[0].number;
        require(rises, Refusal::MeasuresOutOfOrder { number: pair[1].number })?;
    }
    for measure in measures {
        let number = measure.number;
        require(!measure.text.trim().is_empty(), Refusal::TextMissing)?;
        if let Some(due_on) = due_on.filter(|due| measure.due_on > *due) {
            return Err(Refusal::MeasureAfterDue { number, due_on });
        }
    }
    Ok(())
}

/// There is evidence, and none of it is of a day to come.
pub(super) fn evident(evidence: &[Evidence], ask: &Ask<'_>) -> Result<(), Refusal> {
    require(!evidence.is_empty(), Refusal::EvidenceMissing)?;
    evidence.iter().try_for_each(|one| past(one.true_for, ask))
}

/// A reason of at least one visible character.
pub(super) fn reasoned(reason: &str) -> Result<(), Refusal> {
    require(!reason.trim().is_empty(), Refusal::ReasonMissing)
}

/// A text of at least one visible character.
pub(super) fn said(text: &str) -> Result<(), Refusal> {
    require(!text.trim().is_empty(), Refusal::TextMissing)
}

/// It is worked on: with measures or still without.
pub(super) fn is_working(stage: Stage) -> bool {
    matches!(stage, Stage::Registered | Stage::Rectifying)
}
