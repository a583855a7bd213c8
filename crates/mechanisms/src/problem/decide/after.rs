//! The rules after a conclusion: look-back, relapse, archive; statement, objection, decision.

use crate::{
    Ask,
    problem::{
        Against, Command, Event, OBJECTION_DAYS, Objection, Problem, Refusal, Stage,
        guard::{is_working, reasoned, said},
    },
    require,
    roster::Power,
};

impl Problem {
    pub(super) fn after(
        &self,
        stage: Stage,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let closed = matches!(stage, Stage::Closed | Stage::Archived);
        Ok(vec![match command {
            Command::Archive if stage == Stage::Closed => {
                require(ask.roster.may(ask.by, Power::Archive), Refusal::NoPower)?;
                if let Some(on) = self.look_back_on {
                    return Err(Refusal::LookBackOwed { on });
                }
                Event::Archived
            }
            Command::LookBack { .. } if closed => return self.look_back(command, ask),
            Command::Relapse { by_way_of, finding, due_on } if closed => {
                require(
                    ["finding", "closure-audit"].contains(&by_way_of),
                    Refusal::UnknownRelapse,
                )?;
                let may = [Power::Verify, Power::Remind, Power::Register];
                require(may.iter().any(|one| ask.roster.may(ask.by, *one)), Refusal::NoPower)?;
                require(!self.is_theirs(ask.by.person, ask), Refusal::OwnWork)?;
                said(&finding)?;
                require(due_on >= ask.today, Refusal::DuePast)?;
                Event::Relapsed { by_way_of: by_way_of.to_owned(), finding, due_on }
            }
            Command::State { text } => {
                let sponsor = self.content.sponsor == Some(ask.by.post);
                require(sponsor || self.is_their_side(ask), Refusal::NotResponsible)?;
                said(&text)?;
                Event::Stated { text }
            }
            Command::Object { against, reason } => self.object(stage, against, reason, ask)?,
            Command::DecideObjection { number, upheld, reason } => {
                let found = self.objections.iter().find(|one| one.number == number);
                let open = found.filter(|one| one.decision.is_none());
                let objection = open.ok_or(Refusal::UnknownObjection { number })?;
                self.needs_judge(&objection.conclusion, ask)?;
                reasoned(&reason)?;
                let undoes = upheld && self.may_undo(stage, objection);
                Event::ObjectionDecided { number, upheld, undoes, reason }
            }
            _ => return Err(Refusal::OutOfOrder { stage }),
        }])
    }

    fn look_back(&self, command: Command, ask: &Ask<'_>) -> Result<Vec<Event>, Refusal> {
        let Command::LookBack { held, finding, evidence, again_on, due_on } = command else {
            return Err(Refusal::OutOfOrder { stage: self.stage });
        };
        self.needs_outsider(ask)?;
        said(&finding)?;
        if held {
            let later = again_on.is_none_or(|day| day > ask.today);
            require(later, Refusal::LookBackMissing)?;
            return Ok(vec![Event::LookedBack { held, finding, evidence, again_on }]);
        }
        let due_on = due_on.ok_or(Refusal::RelapseDueMissing)?;
        require(due_on >= ask.today, Refusal::DuePast)?;
        let by_way_of = "look-back".to_owned();
        let looked = Event::LookedBack { held, finding: finding.clone(), evidence, again_on: None };
        Ok(vec![looked, Event::Relapsed { by_way_of, finding, due_on }])
    }

    fn object(
        &self,
        stage: Stage,
        against: Against,
        reason: String,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        require(stage.standing() != "gone", Refusal::OutOfOrder { stage })?;
        self.needs_their_side(ask)?;
        let none = Refusal::NoConclusion { against };
        let conclusion = self.conclusion(against).ok_or(none)?;
        require(self.open_objection().is_none(), Refusal::ObjectionOpen)?;
        let known = self.objections.iter().any(|one| one.conclusion == *conclusion);
        require(!known, Refusal::AlreadyObjected)?;
        reasoned(&reason)?;
        let until = conclusion.day.saturating_add(jiff::Span::new().days(OBJECTION_DAYS));
        require(ask.today <= until, Refusal::ObjectionLate { until })?;
        let number = self.objections.last().map_or(1, |one| one.number + 1);
        Ok(Event::Objected { number, against, reason })
    }

    /// Does the conclusion still stand as it did, so that upholding the objection undoes it?
    fn may_undo(&self, stage: Stage, objection: &Objection) -> bool {
        let stands = self.conclusion(objection.against) == Some(&objection.conclusion);
        stands
            && match objection.against {
                Against::Registration => matches!(stage.standing(), "open" | "hold"),
                Against::Return => stage == Stage::Rectifying,
                Against::Relapse => is_working(stage),
                Against::RefusedExtension => {
                    let asked = self.extensions.last().map(|one| one.due_on);
                    is_working(stage) && asked > self.content.due_on
                }
            }
    }
}
