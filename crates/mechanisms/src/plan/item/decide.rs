//! Every rule of a work item. One arm per arrow in the drawing; what is not written is refused.

use super::{
    Assessment, Command, Content, Due, Event, Item, Refusal, Stage,
    guard::{commands, in_order, reasoned, sound},
};
use crate::{Ask, require, roster::Power};

mod under_way;

/// Working days within which a unit may object to what it was sent (petition rule).
pub const OBJECTION_WORKDAYS: i64 = 5;
/// How often a deadline may be extended.
pub const EXTENSIONS: usize = 2;

pub(super) fn decide(
    state: Option<&Item>,
    command: Command,
    ask: &Ask<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(item) = state else { return draft(command, ask).map(|event| vec![event]) };
    let event = match (item.stage, command) {
        (_, Command::Draft { .. }) => return Err(Refusal::AlreadyDrafted),
        (stage, Command::Amend { base, content }) => item.amend(stage, base, content, ask)?,
        (Stage::Draft, Command::Submit) => {
            item.needs_author(ask)?;
            Event::Submitted
        }
        (Stage::Submitted, Command::Return { reason }) => {
            item.needs(Power::Approve, ask)?;
            reasoned(&reason)?;
            Event::Returned { reason }
        }
        (Stage::Submitted, Command::Approve) => {
            item.needs(Power::Approve, ask)?;
            let submitted = item.submitted.as_ref().map(|stamp| stamp.by.person);
            require(submitted != Some(ask.by.person), Refusal::SamePerson)?;
            Event::Approved
        }
        (Stage::Approved, Command::Issue) => {
            item.needs(Power::Issue, ask)?;
            let missing = item.missing(ask);
            require(missing.is_empty(), Refusal::Incomplete { missing })?;
            Event::Issued
        }
        (Stage::Issued, Command::Sign) => {
            item.needs_lead_side(ask)?;
            Event::Signed
        }
        (Stage::Issued, Command::Object { reason }) => item.object(reason, ask)?,
        (Stage::Signed, Command::ProposePlan { milestones, best_pace }) => {
            item.needs_lead_side(ask)?;
            require(!milestones.is_empty(), Refusal::MilestonesMissing)?;
            in_order(&milestones, item.due_on())?;
            item.with_steps(&milestones, best_pace, None).kept_by_steps(ask)?;
            Event::PlanProposed { milestones, best_pace }
        }
        (Stage::PlanProposed, Command::ReturnPlan { reason }) => {
            item.needs(Power::Issue, ask)?;
            reasoned(&reason)?;
            Event::PlanReturned { reason }
        }
        (Stage::PlanProposed, Command::ApprovePlan) => {
            item.needs(Power::Issue, ask)?;
            let proposed = item.plan_proposed.as_ref().map(|stamp| stamp.by.person);
            require(proposed != Some(ask.by.person), Refusal::SamePerson)?;
            Event::PlanApproved
        }
        (Stage::Done, Command::Archive) => {
            require(ask.roster.may(ask.by, Power::Archive), Refusal::NoPower)?;
            Event::Archived
        }
        (Stage::Draft | Stage::Submitted | Stage::Approved, Command::Withdraw { reason }) => {
            item.needs_author(ask)?;
            reasoned(&reason)?;
            Event::Withdrawn { reason }
        }
        (stage, Command::Assess { assessment }) if stage.standing() != "gone" => {
            item.assess(assessment, ask)?
        }
        (stage, command) => item.decide_issued(stage, command, ask)?,
    };
    Ok(vec![event])
}

fn draft(command: Command, ask: &Ask<'_>) -> Result<Event, Refusal> {
    let Command::Draft { plan, goal, number, parent, mut content } = command else {
        return Err(Refusal::NotDrafted);
    };
    let may = ask.roster.may(ask.by, Power::Register)
        || commands(content.lead, ask)
        || heads(&content, ask);
    require(may, Refusal::NoPower)?;
    require(!number.trim().is_empty(), Refusal::NumberMissing)?;
    sound(&content, ask)?;
    if content.report_every <= 0 {
        content.report_every = 7;
    }
    Ok(Event::Drafted { plan, goal, number, parent, content: Box::new(content) })
}

/// The head of a unit drafts the unit's own items.
fn heads(content: &Content, ask: &Ask<'_>) -> bool {
    let post = ask.roster.post(ask.by.post);
    content.lead.is_some_and(|lead| post.is_some_and(|post| post.head && post.unit == lead))
}

impl Item {
    fn needs_author(&self, ask: &Ask<'_>) -> Result<(), Refusal> {
        let own = self.drafted.by.person == ask.by.person;
        require(own || ask.roster.may(ask.by, Power::Register), Refusal::NoPower)
    }

    fn amend(
        &self,
        stage: Stage,
        base: i64,
        mut content: Content,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        let open = matches!(
            stage,
            Stage::Draft | Stage::Approved | Stage::Signed | Stage::PlanProposed | Stage::UnderWay
        );
        require(open, Refusal::OutOfOrder { stage })?;
        let issued = self.issued.is_some();
        if issued {
            require(ask.roster.may(ask.by, Power::Issue), Refusal::NoPower)?;
        } else {
            self.needs_author(ask)?;
        }
        require(base == self.version, Refusal::Changed { base, now: self.version })?;
        sound(&content, ask)?;
        if issued {
            require(content.due == self.content.due, Refusal::DueNeedsExtension)?;
            require(content.lead == self.content.lead, Refusal::LeadUnitFixed)?;
            let missing = Self { content: content.clone(), ..self.clone() }.missing(ask);
            require(missing.is_empty(), Refusal::Incomplete { missing })?;
            for step in &mut content.milestones {
                let before = self.content.milestones.iter().find(|old| old.number == step.number);
                step.reached_on = before.and_then(|old| old.reached_on);
            }
        }
        content.report_every = content.report_every.max(1);
        content.three_every = content.three_every.max(0);
        Ok(Event::Amended { content: Box::new(content) })
    }

    fn assess(&self, assessment: Assessment, ask: &Ask<'_>) -> Result<Event, Refusal> {
        require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower)?;
        let known = self.assessments.iter().any(|one| one.period == assessment.period);
        let period = assessment.period.clone();
        require(!known, Refusal::PeriodTaken { period })?;
        Ok(Event::Assessed { assessment })
    }

    fn object(&self, reason: String, ask: &Ask<'_>) -> Result<Event, Refusal> {
        self.needs_lead_side(ask)?;
        reasoned(&reason)?;
        if let Some(issued) = &self.issued {
            let until = ask.calendar.add_workdays(issued.day, OBJECTION_WORKDAYS);
            require(ask.today <= until, Refusal::ObjectionLate { until })?;
        }
        Ok(Event::Objected { reason })
    }

    /// The last day on which the unit may object.
    pub fn objection_until(&self, calendar: &calendar::Calendar) -> Option<crate::Day> {
        self.issued.as_ref().map(|issued| calendar.add_workdays(issued.day, OBJECTION_WORKDAYS))
    }

    /// The reason given for having no deadline.
    pub fn undated_reason(&self) -> Option<&str> {
        match &self.content.due {
            Some(Due::Never { reason }) => Some(reason),
            _ => None,
        }
    }
}
