//! What may be sent, signed for, answered and taken back.

use super::{Ladder, Level, Parties, Refusal, Reminder, Sent, Urged, Wish, open};
use crate::{Ask, require};

impl Ladder {
    /// Checks a wish against the ladder, and says what is sent.
    ///
    /// The first rung may be sent as long as the matter is open, before the deadline too: it costs
    /// nobody anything. Every other one waits for its day.
    pub fn send(&self, wish: Wish, urged: &Urged<'_>, ask: &Ask<'_>) -> Result<Sent, Refusal> {
        let rung = self.rung(wish.level).ok_or(Refusal::NoSuchRung)?;
        let last = urged.given.iter().rev().find(|one| one.revoked.is_none());
        if let Some(open) = open(urged.given) {
            let until = open.answer_due;
            require(ask.today > until, Refusal::Open { until })?;
        }
        require(rung.may(&urged.parties, ask), Refusal::NoPower)?;
        self.in_its_turn(&wish, last, urged, ask)?;
        require(!wish.text.trim().is_empty(), Refusal::TextMissing)?;
        let usual = ask.calendar.add_workdays(ask.today, rung.reply.max(1));
        let answer_due = wish.answer_due.unwrap_or(usual);
        require(answer_due >= ask.today, Refusal::AnswerDuePast)?;
        let to = self.recipients(wish.level, &urged.parties, ask);
        require(!to.is_empty(), Refusal::NoRecipient)?;
        let number = urged.given.last().map_or(1, |one| one.number + 1);
        let Wish { level, text, reason, .. } = wish;
        Ok(Sent { number, level, text, to, answer_due, reason })
    }

    /// The rungs this officer could send today, with what they would have to say.
    pub fn offered(&self, urged: &Urged<'_>, ask: &Ask<'_>) -> Vec<Level> {
        let said = || "-".to_owned();
        let wish = |level| Wish { level, text: said(), answer_due: None, reason: said() };
        let may = |level: &Level| self.send(wish(*level), urged, ask).is_ok();
        self.rungs.iter().map(|rung| rung.level).filter(may).collect()
    }

    /// A rung is not left out, does not come before its day, and is not taken back to a lower one.
    fn in_its_turn(
        &self,
        wish: &Wish,
        last: Option<&Reminder>,
        urged: &Urged<'_>,
        ask: &Ask<'_>,
    ) -> Result<(), Refusal> {
        let reasoned = !wish.reason.trim().is_empty();
        let Some(last) = last else {
            let first = self.rungs.first().map_or(Level::Nudge, |rung| rung.level);
            require(wish.level == first || urged.urgent, Refusal::Skipped { next: first })?;
            return require(wish.level == first || reasoned, Refusal::UrgentReasonMissing);
        };
        require(wish.level >= last.level, Refusal::Falls { reached: last.level })?;
        if wish.level == last.level {
            // The same rung again: the last one was answered, or should have been.
            let until = last.answer_due;
            return require(ask.today > until, Refusal::Open { until });
        }
        let Some(next) = self.next(urged.due_on, urged.given, ask.calendar) else {
            return Err(Refusal::Falls { reached: last.level });
        };
        require(wish.level == next.level, Refusal::Skipped { next: next.level })?;
        // An urgent matter need not wait for the day, once the last one was answered or due.
        let come = ask.today >= next.on || (urged.urgent && reasoned);
        require(come, Refusal::Early { on: next.on })
    }
}

impl Parties {
    /// Stands in for the responsible unit: the responsible post, or a post of the unit or below.
    pub fn is_their_side(&self, ask: &Ask<'_>) -> bool {
        let own = self.owner == Some(ask.by.post);
        own || self.unit.is_some_and(|lead| {
            let unit = ask.roster.unit_of(ask.by.post);
            unit.is_some_and(|unit| ask.roster.unit_and_ancestors(unit).contains(&lead))
        })
    }
}

/// The newest reminder, by its number, if it still waits and the officer may answer for it.
pub fn addressed<'a>(
    number: i64,
    urged: &Urged<'a>,
    ask: &Ask<'_>,
) -> Result<&'a Reminder, Refusal> {
    let newest = urged.given.iter().rev().find(|one| one.revoked.is_none());
    let found = newest.filter(|one| one.number == number);
    let reminder = found.ok_or(Refusal::Unknown { number })?;
    let named = reminder.to.contains(&ask.by.post);
    require(named || urged.parties.is_their_side(ask), Refusal::NotAddressed)?;
    require(reminder.answer.is_none(), Refusal::AlreadyAnswered)?;
    Ok(reminder)
}

/// A reminder may be signed for once.
pub fn sign(number: i64, urged: &Urged<'_>, ask: &Ask<'_>) -> Result<(), Refusal> {
    let reminder = addressed(number, urged, ask)?;
    require(reminder.signed.is_none(), Refusal::AlreadySigned)
}

/// An answer says something.
pub fn answer(number: i64, text: &str, urged: &Urged<'_>, ask: &Ask<'_>) -> Result<(), Refusal> {
    addressed(number, urged, ask)?;
    require(!text.trim().is_empty(), Refusal::TextMissing)
}

/// Its sender takes a reminder back while nobody has signed for it or answered.
pub fn revoke(number: i64, reason: &str, urged: &Urged<'_>, ask: &Ask<'_>) -> Result<(), Refusal> {
    let newest = urged.given.iter().rev().find(|one| one.revoked.is_none());
    let found = newest.filter(|one| one.number == number);
    let reminder = found.ok_or(Refusal::Unknown { number })?;
    require(reminder.stamp.by.person == ask.by.person, Refusal::NotSender)?;
    require(reminder.signed.is_none(), Refusal::AlreadySigned)?;
    require(reminder.answer.is_none(), Refusal::AlreadyAnswered)?;
    require(!reason.trim().is_empty(), Refusal::ReasonMissing)
}
