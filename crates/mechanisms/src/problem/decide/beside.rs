//! The rules beside the way: reminding, watching, more time, suspending, waiving, merging, linking,
//! and asking siblings to look at home.

use crate::{
    Ask, Day, Id,
    problem::{
        Command, EXTENSIONS, Event, Link, LinkKind, Problem, Push, Refusal, Stage,
        guard::{is_working, reasoned, said},
    },
    reminder::{self, Sent},
    require,
    roster::{Power, Unit},
};

impl Problem {
    pub(super) fn beside(
        &self,
        stage: Stage,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        let (working, standing) = (is_working(stage), stage.standing());
        let running = matches!(standing, "open" | "hold");
        match command {
            Command::Remind(_) if working => self.remind(command, ask),
            Command::SignReminder { .. }
            | Command::AnswerReminder { .. }
            | Command::RevokeReminder { .. }
                if running =>
            {
                self.remind(command, ask)
            }
            Command::Watch { post } if running => {
                self.needs_from_outside(Power::Register, ask)?;
                let unit = ask.roster.unit_of(post).ok_or(Refusal::NoSuchPost)?;
                let theirs = ask.roster.unit_and_ancestors(unit).contains(&self.content.unit);
                require(!theirs, Refusal::OwnChain)?;
                Ok(Event::Watched { post })
            }
            Command::MoveDue { .. }
            | Command::AskExtension { .. }
            | Command::DecideExtension { .. }
            | Command::AskSuspension { .. }
            | Command::DecideSuspension { .. }
                if working =>
            {
                self.more_time(command, ask)
            }
            Command::Resume { due_on, reason } if stage == Stage::Suspended => {
                self.needs_from_outside(Power::Decide, ask)?;
                reasoned(&reason)?;
                require(due_on.is_none_or(|day| day >= ask.today), Refusal::DuePast)?;
                Ok(Event::Resumed { due_on, reason })
            }
            Command::Waive { until, reason }
                if working || matches!(stage, Stage::Suspended | Stage::Waived) =>
            {
                self.needs_from_outside(Power::Decide, ask)?;
                reasoned(&reason)?;
                require(until >= ask.today, Refusal::WaiverPast)?;
                Ok(Event::Waived { until, reason })
            }
            Command::Merge { into, number, reason }
                if working || matches!(stage, Stage::Filed | Stage::Suspended) =>
            {
                self.needs_from_outside(Power::Register, ask)?;
                require(self.number.as_ref() != Some(&number), Refusal::OwnNumber)?;
                reasoned(&reason)?;
                Ok(Event::Merged { into, number, reason })
            }
            Command::Link { kind, other, number } if standing != "gone" => {
                require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower)?;
                require(self.number.as_ref() != Some(&number), Refusal::OwnNumber)?;
                let known = self.links.iter().any(|link| link.other == other && link.kind == kind);
                require(!known, Refusal::AlreadyLinked)?;
                Ok(Event::Linked { link: Link { kind, other, number } })
            }
            Command::Push { units, text, answer_due } if running || standing == "done" => {
                self.push(units, text, answer_due, ask)
            }
            Command::AnswerPush { unit, found, text } => self.answer_push(unit, found, text, ask),
            Command::HandOver { post, from, to } => Ok(Event::HandedOver { post, from, to }),
            _ => Err(Refusal::OutOfOrder { stage }),
        }
    }

    fn remind(&self, command: Command, ask: &Ask<'_>) -> Result<Event, Refusal> {
        let urged = self.urged();
        Ok(match command {
            Command::Remind(wish) => {
                let Sent { number, level, text, to, answer_due, reason } =
                    ask.ladder.send(wish, &urged, ask)?;
                Event::Reminded { number, level, text, to, answer_due, reason }
            }
            Command::SignReminder { number } => {
                reminder::sign(number, &urged, ask)?;
                Event::ReminderSigned { number }
            }
            Command::AnswerReminder { number, text } => {
                reminder::answer(number, &text, &urged, ask)?;
                Event::ReminderAnswered { number, text }
            }
            Command::RevokeReminder { number, reason } => {
                reminder::revoke(number, &reason, &urged, ask)?;
                Event::ReminderRevoked { number, reason }
            }
            _ => return Err(Refusal::OutOfOrder { stage: self.stage }),
        })
    }

    /// The deadline, moved by decision or on asking; putting it off on asking.
    fn more_time(&self, command: Command, ask: &Ask<'_>) -> Result<Event, Refusal> {
        let other =
            |asked: Id<crate::roster::Person>| require(asked != ask.by.person, Refusal::SamePerson);
        match command {
            Command::MoveDue { due_on, reason } => {
                self.needs_from_outside(Power::Decide, ask)?;
                reasoned(&reason)?;
                require(due_on >= ask.today, Refusal::DuePast)?;
                Ok(Event::DueMoved { due_on, reason })
            }
            Command::AskExtension { due_on, reason } => {
                self.needs_their_side(ask)?;
                require(self.open_extension().is_none(), Refusal::ExtensionOpen)?;
                let granted = self
                    .extensions
                    .iter()
                    .filter(|one| one.decision.as_ref().is_some_and(|decision| decision.0));
                let limit = EXTENSIONS;
                require(granted.count() < limit, Refusal::TooManyExtensions { limit })?;
                if let Some(due) = self.content.due_on {
                    require(ask.today <= due, Refusal::ExtensionAfterDue { due_on: due })?;
                    require(due_on > due, Refusal::ExtensionNotLater { due_on: due })?;
                }
                reasoned(&reason)?;
                let number = self.extensions.last().map_or(1, |one| one.number + 1);
                Ok(Event::ExtensionAsked { number, due_on, reason })
            }
            Command::DecideExtension { granted, reason } => {
                self.needs_from_outside(Power::Decide, ask)?;
                let asked = self.open_extension().ok_or(Refusal::NoExtension)?;
                other(asked.stamp.by.person)?;
                reasoned(&reason)?;
                Ok(Event::ExtensionDecided { number: asked.number, granted, reason })
            }
            Command::AskSuspension { reason } => {
                self.needs_their_side(ask)?;
                require(self.open_suspension().is_none(), Refusal::SuspensionOpen)?;
                reasoned(&reason)?;
                let number = self.suspensions.last().map_or(1, |one| one.number + 1);
                Ok(Event::SuspensionAsked { number, reason })
            }
            Command::DecideSuspension { granted, reason } => {
                self.needs_from_outside(Power::Decide, ask)?;
                let asked = self.open_suspension().ok_or(Refusal::NoSuspension)?;
                other(asked.stamp.by.person)?;
                reasoned(&reason)?;
                Ok(Event::SuspensionDecided { number: asked.number, granted, reason })
            }
            _ => Err(Refusal::OutOfOrder { stage: self.stage }),
        }
    }

    fn push(
        &self,
        units: Vec<Id<Unit>>,
        text: String,
        answer_due: Day,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        require(ask.roster.may(ask.by, Power::Register), Refusal::NoPower)?;
        said(&text)?;
        let mut asked: Vec<(Id<Unit>, Option<Id<crate::roster::Post>>)> = Vec::new();
        for unit in units {
            require(ask.roster.unit(unit).is_some(), Refusal::NoSuchUnit)?;
            let open = |push: &Push| push.unit == unit && push.answer.is_none();
            let repeated = asked.iter().any(|one| one.0 == unit);
            let left_out = unit == self.content.unit || self.pushes.iter().any(open) || repeated;
            if !left_out {
                asked.push((unit, ask.roster.head_of(unit)));
            }
        }
        require(!asked.is_empty(), Refusal::NoSiblings)?;
        require(answer_due >= ask.today, Refusal::DuePast)?;
        Ok(Event::Pushed { units: asked, text, answer_due })
    }

    fn answer_push(
        &self,
        unit: Id<Unit>,
        found: Option<(Id<Problem>, String)>,
        text: String,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        let asked = self.pushes.iter().filter(|push| push.unit == unit);
        let open = asked.clone().any(|push| push.answer.is_none());
        require(asked.count() > 0, Refusal::NotPushed)?;
        let own = ask.roster.unit_of(ask.by.post);
        let inside = own.is_some_and(|own| ask.roster.unit_and_ancestors(own).contains(&unit));
        require(inside, Refusal::NotResponsible)?;
        require(open, Refusal::AlreadyAnswered)?;
        said(&text)?;
        let found = found.map(|(other, number)| Link { kind: LinkKind::Sibling, other, number });
        Ok(Event::PushAnswered { unit, found, text })
    }
}
