//! Who may ask what of an item, and what an item must be before it may go on.

use super::{Content, Due, Item, Milestone, Missing, Refusal, backward::Backward};
use crate::{
    Ask, Day, Id, require,
    roster::{Power, Role, Unit},
};

impl Item {
    /// The officer stands in for the lead unit: the responsible post itself, or a post of the
    /// lead unit or of one below it.
    pub(super) fn is_lead_side(&self, ask: &Ask<'_>) -> bool {
        let own = self.content.owner == Some(ask.by.post);
        own || self.content.lead.is_some_and(|lead| {
            let unit = ask.roster.unit_of(ask.by.post);
            unit.is_some_and(|unit| ask.roster.unit_and_ancestors(unit).contains(&lead))
        })
    }

    pub(super) fn needs_lead_side(&self, ask: &Ask<'_>) -> Result<(), Refusal> {
        require(self.is_lead_side(ask), Refusal::NotLeadUnit)
    }

    /// A power of the post, or the word of a head above the lead unit (the body's root excepted):
    /// a unit runs its own cascade, but nobody verifies inside it.
    pub(super) fn needs(&self, power: Power, ask: &Ask<'_>) -> Result<(), Refusal> {
        let holds = ask.roster.may(ask.by, power);
        require(holds || commands(self.content.lead, ask), Refusal::NoPower)
    }

    /// Every unit that does the work.
    pub fn working_units(&self) -> Vec<Id<Unit>> {
        self.content.lead.into_iter().chain(self.content.co_units.iter().copied()).collect()
    }

    /// Whoever checks must hold the power and stand outside: not a doer, not the applicant, no
    /// post of theirs in the chain of a working unit, and none of the item's own posts.
    pub(super) fn needs_outsider(&self, ask: &Ask<'_>) -> Result<(), Refusal> {
        require(ask.roster.may(ask.by, Power::Verify), Refusal::NoPower)?;
        require(!self.doers().any(|doer| doer.person == ask.by.person), Refusal::OwnWork)?;
        let own_posts = [self.content.sponsor, self.content.owner];
        let posts = ask.roster.posts_of(ask.by.person, ask.today);
        let part = own_posts.iter().flatten().any(|post| {
            posts.contains(post) || ask.roster.holder(*post, ask.today) == Some(ask.by.person)
        });
        require(!part, Refusal::OwnWork)?;
        let units = self.working_units();
        let inside = ask.roster.person_in_chain(ask.by.person, &units, ask.today);
        require(!inside, Refusal::OwnChain)
    }

    /// 干什么、怎么干、谁来干、什么时间干成: all parts that are still missing.
    pub fn missing(&self, ask: &Ask<'_>) -> Vec<Missing> {
        let content = &self.content;
        let mut missing = Vec::new();
        let mut note = |absent: bool, part| {
            if absent {
                missing.push(part);
            }
        };
        note(content.what.trim().is_empty(), Missing::What);
        note(content.how.iter().all(|measure| measure.trim().is_empty()), Missing::How);
        note(content.lead.is_none(), Missing::LeadUnit);
        note(content.owner.is_none(), Missing::Owner);
        let vacant =
            content.owner.is_some_and(|owner| ask.roster.holder(owner, ask.today).is_none());
        note(vacant, Missing::OwnerVacant);
        let dated = match &content.due {
            Some(Due::On(_)) => true,
            Some(Due::Never { reason }) => !reason.trim().is_empty(),
            None => false,
        };
        note(!dated, Missing::ByWhen);
        missing
    }
}

/// Does the officer head a unit above the lead unit, or the lead unit's own body of sections?
pub(super) fn commands(lead: Option<Id<Unit>>, ask: &Ask<'_>) -> bool {
    let Some(lead) = lead else { return false };
    let Some(post) = ask.roster.post(ask.by.post).filter(|post| post.head) else { return false };
    let above = ask.roster.unit_and_ancestors(lead);
    post.role == Role::UnitHead && above.iter().skip(1).any(|unit| *unit == post.unit)
}

/// Units and posts exist, steps are in order and end by the deadline.
pub(super) fn sound(content: &Content, ask: &Ask<'_>) -> Result<(), Refusal> {
    require(!content.title.trim().is_empty(), Refusal::TitleMissing)?;
    let units = content.lead.iter().chain(&content.co_units);
    for unit in units {
        require(ask.roster.unit(*unit).is_some(), Refusal::NoSuchUnit)?;
    }
    for post in [content.sponsor, content.owner, content.watcher].iter().flatten() {
        require(ask.roster.post(*post).is_some(), Refusal::NoSuchPost)?;
    }
    let due = match &content.due {
        Some(Due::On(day)) => Some(*day),
        _ => None,
    };
    if let (Some(start), Some(due)) = (content.start_on, due) {
        require(start <= due, Refusal::StartAfterDue)?;
    }
    in_order(&content.milestones, due)
}

/// Steps rise in number, day and amount, and none lies after the deadline.
pub(super) fn in_order(milestones: &[Milestone], due: Option<Day>) -> Result<(), Refusal> {
    for pair in milestones.windows(2) {
        let falls = pair[1].number <= pair[0].number
            || pair[1].planned_on < pair[0].planned_on
            || pair[1].amount.zip(pair[0].amount).is_some_and(|(later, before)| later < before);
        require(!falls, Refusal::MilestonesOutOfOrder { number: pair[1].number })?;
    }
    for step in milestones {
        if let Some(due_on) = due.filter(|due| step.planned_on > *due) {
            return Err(Refusal::MilestoneAfterDue { number: step.number, due_on });
        }
    }
    connected(milestones)
}

/// More working days than this, or a longer wait, is a slip of the pen.
const LONGEST: i64 = 10_000;

/// Steps wait for steps that are there, and never for each other in a circle.
fn connected(milestones: &[Milestone]) -> Result<(), Refusal> {
    for step in milestones {
        let number = step.number;
        let days = step.workdays.into_iter();
        let sound = days.clone().all(|days| (0..=LONGEST).contains(&days));
        let waits = step.after.iter().all(|after| after.lag.abs() <= LONGEST);
        require(sound && waits, Refusal::WorkdaysWrong { number, most: LONGEST })?;
        for after in &step.after {
            let known = milestones.iter().any(|one| one.number == after.step);
            require(known, Refusal::UnknownMilestone { number: after.step })?;
        }
    }
    let mut waiting: Vec<(i64, Vec<i64>)> = Vec::new();
    for (place, step) in milestones.iter().enumerate() {
        let named = step.after.iter().map(|after| after.step).collect();
        let before = place.checked_sub(1).and_then(|at| milestones.get(at));
        let follows = before.map(|before| before.number).into_iter().collect();
        waiting.push((step.number, if step.after.is_empty() { follows } else { named }));
    }
    loop {
        let left: Vec<i64> = waiting.iter().map(|one| one.0).collect();
        waiting.retain(|one| one.1.iter().any(|number| left.contains(number)));
        if waiting.len() == left.len() {
            let numbers: Vec<String> = left.iter().map(i64::to_string).collect();
            let numbers = numbers.join("、");
            return require(left.is_empty(), Refusal::StepsCircular { numbers });
        }
    }
}

impl Item {
    /// What remains, begun today, still ends by the deadline.
    pub(super) fn needs_feasible(&self, ask: &Ask<'_>) -> Result<(), Refusal> {
        let own = [(Id::new(0), self)];
        let Ok(back) = Backward::of(&own, ask.calendar, ask.today) else { return Ok(()) };
        let lines = back.lines();
        let late = lines.iter().filter(|line| line.slack < 0);
        match late.map(|line| line.late_start).min() {
            Some(latest_start_on) => Err(Refusal::ScheduleTooLate { latest_start_on }),
            None => Ok(()),
        }
    }

    /// Where the steps can all be kept, none is planned later than the deadline allows it.
    pub(super) fn kept_by_steps(&self, ask: &Ask<'_>) -> Result<(), Refusal> {
        let id = Id::new(0);
        let Ok(back) = Backward::of(&[(id, self)], ask.calendar, ask.today) else { return Ok(()) };
        if !self.is_stepped() || !back.is_feasible() {
            return Ok(());
        }
        for step in self.content.milestones.iter().filter(|step| step.reached_on.is_none()) {
            let number = step.number;
            if let Some(line) = back.step(id, number) {
                let latest = line.late_finish;
                require(step.planned_on <= latest, Refusal::StepAfterLatest { number, latest })?;
            }
        }
        Ok(())
    }
}

/// A reason of at least one visible character.
pub(super) fn reasoned(reason: &str) -> Result<(), Refusal> {
    require(!reason.trim().is_empty(), Refusal::ReasonMissing)
}
