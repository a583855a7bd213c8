//! The rules of an item that has been issued: reporting, reminding, extending, closing.

use crate::{
    Ask, Id,
    plan::item::{
        Account, Command, Event, Evidence, Item, Refusal, Stage,
        decide::EXTENSIONS,
        facts::{early, standing},
        guard::{in_order, reasoned},
    },
    reminder::{self, Sent},
    require,
    roster::Power,
};

/// One of the four steps of a reminder.
fn is_reminding(command: &Command) -> bool {
    matches!(
        command,
        Command::Remind(_)
            | Command::SignReminder { .. }
            | Command::AnswerReminder { .. }
            | Command::RevokeReminder { .. }
    )
}

impl Item {
    pub(super) fn decide_issued(
        &self,
        stage: Stage,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        let running = matches!(stage, Stage::UnderWay | Stage::Suspended | Stage::ClosingApplied);
        let issued =
            running || matches!(stage, Stage::Issued | Stage::Signed | Stage::PlanProposed);
        match command {
            Command::Report { account } if stage == Stage::UnderWay => self.report(account, ask),
            Command::Correct { account } if stage == Stage::UnderWay => self.correct(account, ask),
            Command::Check { report, sound, note } if running => {
                self.check(report, sound, note, ask)
            }
            Command::Remind(_) if stage == Stage::Suspended => Err(Refusal::OutOfOrder { stage }),
            command if issued && is_reminding(&command) => self.reminder(command, ask),
            Command::AskExtension { .. } if stage == Stage::UnderWay => self.extend(command, ask),
            Command::DecideExtension { granted, reason } if running => {
                self.decide_extension(granted, reason, ask)
            }
            Command::Suspend { reason } if stage == Stage::UnderWay => {
                self.needs(Power::Decide, ask)?;
                reasoned(&reason)?;
                Ok(Event::Suspended { reason })
            }
            Command::Resume { due_on, reason } if stage == Stage::Suspended => {
                self.needs(Power::Decide, ask)?;
                reasoned(&reason)?;
                in_order(&self.content.milestones, due_on)?;
                Ok(Event::Resumed { due_on, reason })
            }
            Command::AskThree { .. } | Command::AnswerThree(_) if issued => {
                self.three(command, ask)
            }
            Command::ApplyToClose { text, evidence } if stage == Stage::UnderWay => {
                self.apply_to_close(text, evidence, ask)
            }
            Command::ReturnClosing { reason } if stage == Stage::ClosingApplied => {
                self.needs_outsider(ask)?;
                reasoned(&reason)?;
                Ok(Event::ClosingReturned { reason })
            }
            Command::Verify { finding } if stage == Stage::ClosingApplied => {
                self.needs_outsider(ask)?;
                require(!finding.trim().is_empty(), Refusal::TextMissing)?;
                self.children_ended()?;
                Ok(Event::Verified { finding })
            }
            Command::Waive { reason } if issued => self.waive(reason, ask),
            Command::AddChild { child } if issued => {
                let may = self.is_lead_side(ask) || ask.roster.may(ask.by, Power::Register);
                require(may, Refusal::NotLeadUnit)?;
                Ok(Event::ChildAdded { child })
            }
            Command::SettleChild { child } => self.settle_child(child),
            Command::HandOver { post, from, to } => Ok(Event::HandedOver { post, from, to }),
            Command::SaveBaseline if issued => {
                require(ask.roster.may(ask.by, Power::Issue), Refusal::NoPower)?;
                Ok(Event::BaselineSaved)
            }
            _ => Err(Refusal::OutOfOrder { stage }),
        }
    }

    fn settle_child(&self, child: Id<Item>) -> Result<Event, Refusal> {
        require(self.children.contains(&(child, false)), Refusal::UnknownChild)?;
        Ok(Event::ChildSettled { child })
    }

    fn report(&self, account: Account, ask: &Ask<'_>) -> Result<Event, Refusal> {
        self.needs_lead_side(ask)?;
        self.sound_account(&account, self.amount(), ask)?;
        let number = self.reports.last().map_or(1, |report| report.number + 1);
        Ok(Event::Reported { number, account })
    }

    fn correct(&self, account: Account, ask: &Ask<'_>) -> Result<Event, Refusal> {
        self.needs_lead_side(ask)?;
        let (newest, older) = self.reports.split_last().ok_or(Refusal::NothingToCorrect)?;
        require(newest.check.is_none(), Refusal::AlreadyChecked)?;
        self.sound_account(&account, standing(older), ask)?;
        Ok(Event::Corrected { number: newest.number, account })
    }

    /// A cumulative amount never falls below what stands: a smaller one is a correction, which is
    /// open and carries no penalty. What was sent back does not stand.
    fn sound_account(&self, account: &Account, before: i64, ask: &Ask<'_>) -> Result<(), Refusal> {
        require(account.amount >= 0, Refusal::AmountNegative)?;
        require(account.amount >= before, Refusal::AmountFalls { before })?;
        require(!account.text.trim().is_empty(), Refusal::TextMissing)?;
        for unit in &account.needs {
            require(ask.roster.unit(*unit).is_some(), Refusal::NoSuchUnit)?;
        }
        for (number, _) in &account.reached {
            let known = self.content.milestones.iter().any(|step| step.number == *number);
            require(known, Refusal::UnknownMilestone { number: *number })?;
        }
        Ok(())
    }

    fn check(
        &self,
        number: i64,
        sound: bool,
        note: String,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        self.needs_outsider(ask)?;
        let found = self.reports.iter().find(|report| report.number == number);
        let report = found.ok_or(Refusal::UnknownReport { number })?;
        require(report.check.is_none(), Refusal::AlreadyChecked)?;
        if !sound {
            reasoned(&note)?;
        }
        Ok(Event::Checked { report: number, sound, note })
    }

    fn reminder(&self, command: Command, ask: &Ask<'_>) -> Result<Event, Refusal> {
        let urged = self.urged();
        Ok(match command {
            Command::Remind(wish) => {
                let Sent { number, level, text, to, answer_due, reason } =
                    ask.ladder.send(wish, &urged, ask)?;
                Event::Reminded { number, level, text, answer_due, to, reason }
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

    /// More time is asked for before the deadline, a limited number of times, and only with a
    /// new backward schedule that can still be kept.
    fn extend(&self, command: Command, ask: &Ask<'_>) -> Result<Event, Refusal> {
        let Command::AskExtension { due_on, reason, milestones, best_pace } = command else {
            return Err(Refusal::NoPower);
        };
        self.needs_lead_side(ask)?;
        require(self.open_extension().is_none(), Refusal::ExtensionOpen)?;
        let granted = |extension: &&super::super::Extension| {
            extension.decision.as_ref().is_some_and(|decision| decision.0)
        };
        let used = self.extensions.iter().filter(granted).count();
        require(used < EXTENSIONS, Refusal::TooManyExtensions { limit: EXTENSIONS })?;
        if let Some(due) = self.due_on() {
            require(ask.today <= due, Refusal::ExtensionAfterDue { due_on: due })?;
            require(due_on > due, Refusal::ExtensionNotLater { due_on: due })?;
        }
        reasoned(&reason)?;
        require(!milestones.is_empty(), Refusal::MilestonesMissing)?;
        in_order(&milestones, Some(due_on))?;
        let extended = self.with_steps(&milestones, best_pace, Some(due_on));
        extended.needs_feasible(ask)?;
        extended.kept_by_steps(ask)?;
        let number = self.extensions.last().map_or(1, |extension| extension.number + 1);
        Ok(Event::ExtensionAsked { number, due_on, reason, milestones, best_pace })
    }

    fn decide_extension(
        &self,
        granted: bool,
        reason: String,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        self.needs(Power::Decide, ask)?;
        let extension = self.open_extension().ok_or(Refusal::NoExtension)?;
        require(extension.stamp.by.person != ask.by.person, Refusal::SamePerson)?;
        reasoned(&reason)?;
        Ok(Event::ExtensionDecided { number: extension.number, granted, reason })
    }

    fn three(&self, command: Command, ask: &Ask<'_>) -> Result<Event, Refusal> {
        match command {
            Command::AskThree { due_on } => {
                require(ask.roster.may(ask.by, Power::Remind), Refusal::NoPower)?;
                require(self.content.sponsor.is_some(), Refusal::NotSponsor)?;
                require(self.open_three().is_none(), Refusal::ThreeOpen)?;
                require(due_on >= ask.today, Refusal::AnswerDuePast)?;
                Ok(Event::ThreeAsked { due_on })
            }
            Command::AnswerThree(answers) => {
                require(self.content.sponsor == Some(ask.by.post), Refusal::NotSponsor)?;
                let due = self.three_due_on().is_some_and(|due| early(due) <= ask.today);
                require(self.open_three().is_some() || due, Refusal::NoThree)?;
                let parts = [&answers.progress, &answers.breakthrough, &answers.result];
                let all = parts.iter().all(|part| !part.trim().is_empty());
                require(all, Refusal::TextMissing)?;
                Ok(Event::ThreeAnswered(answers))
            }
            _ => Err(Refusal::OutOfOrder { stage: self.stage }),
        }
    }

    fn apply_to_close(
        &self,
        text: String,
        evidence: Vec<Evidence>,
        ask: &Ask<'_>,
    ) -> Result<Event, Refusal> {
        self.needs_lead_side(ask)?;
        require(!text.trim().is_empty(), Refusal::TextMissing)?;
        require(!evidence.is_empty(), Refusal::EvidenceMissing)?;
        let open: Vec<String> = self
            .content
            .milestones
            .iter()
            .filter(|step| step.reached_on.is_none())
            .map(|step| step.number.to_string())
            .collect();
        let numbers = open.join("、");
        require(open.is_empty(), Refusal::MilestonesOpen { numbers })?;
        if let Some(target) = &self.content.target {
            let amount = self.amount();
            let short = Refusal::TargetNotReached { amount, target: target.amount };
            require(amount >= target.amount, short)?;
        }
        self.children_ended()?;
        Ok(Event::ClosingApplied { text, evidence })
    }

    fn waive(&self, reason: String, ask: &Ask<'_>) -> Result<Event, Refusal> {
        self.needs(Power::Decide, ask)?;
        require(!self.is_lead_side(ask), Refusal::OwnWork)?;
        reasoned(&reason)?;
        self.children_ended()?;
        Ok(Event::Waived { reason })
    }

    fn children_ended(&self) -> Result<(), Refusal> {
        let count = self.children.iter().filter(|child| !child.1).count();
        require(count == 0, Refusal::ChildrenOpen { count })
    }
}
