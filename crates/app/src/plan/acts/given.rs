//! What a step's form holds, and the command it means.

use mechanisms::{
    Day,
    plan::item::{Command, Item, Milestone, ThreeAnswers},
    reminder::Wish,
};
use serde::Deserialize;

use super::super::{
    steps,
    typed::{Unreadable, day, evidence, level, number, sure_day},
};
use crate::{access::Me, evidence::Kept};

/// What a step's form may hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    pub reason: String,
    pub text: String,
    pub milestones: String,
    pub best_pace: String,
    pub level: String,
    pub answer_due: String,
    pub due_on: String,
    pub granted: String,
    pub sound: String,
    pub progress: String,
    pub breakthrough: String,
    pub result: String,
    pub evidence: String,
    pub true_for: String,
    /// The report a check is about; the newest where none is named.
    pub report: String,
}

impl Given {
    /// The value of a field, to show again what was typed.
    pub fn value(&self, field: &str) -> &str {
        match field {
            "reason" => &self.reason,
            "text" => &self.text,
            "milestones" => &self.milestones,
            "best_pace" => &self.best_pace,
            "level" => &self.level,
            "answer_due" => &self.answer_due,
            "due_on" => &self.due_on,
            "granted" => &self.granted,
            "sound" => &self.sound,
            "progress" => &self.progress,
            "breakthrough" => &self.breakthrough,
            "result" => &self.result,
            "evidence" => &self.evidence,
            "true_for" => &self.true_for,
            "report" => &self.report,
            _ => "",
        }
    }

    /// The steps and the pace of a plan, with the days that were left to be counted back.
    fn steps(
        &self,
        item: &Item,
        due_on: Option<Day>,
        me: &Me,
    ) -> Result<(Vec<Milestone>, Option<i64>), Unreadable> {
        let best_pace = number("best_pace", &self.best_pace)?;
        let typed = steps::read(&self.milestones)?;
        Ok((typed.dated(item, best_pace, due_on, &me.calendar)?, best_pace))
    }
}

/// The command of a step from what was typed.
pub fn command(
    noun: &str,
    given: &Given,
    files: &[Kept],
    item: &Item,
    me: &Me,
) -> Result<Command, Unreadable> {
    let reason = given.reason.trim().to_owned();
    let text = given.text.trim().to_owned();
    Ok(match noun {
        "submission" => Command::Submit,
        "approval" => Command::Approve,
        "return" => Command::Return { reason },
        "issue" => Command::Issue,
        "signature" => Command::Sign,
        "objection" => Command::Object { reason },
        "plan" => {
            let (milestones, best_pace) = given.steps(item, None, me)?;
            Command::ProposePlan { milestones, best_pace }
        }
        "plan-approval" => Command::ApprovePlan,
        "plan-return" => Command::ReturnPlan { reason },
        "reminder" => Command::Remind(Wish {
            level: level(&given.level)?,
            text,
            answer_due: day("answer_due", &given.answer_due)?,
            reason,
        }),
        "reminder-signature" => Command::SignReminder { number: open_reminder(item) },
        "reminder-answer" => Command::AnswerReminder { number: open_reminder(item), text },
        "three" => Command::AskThree { due_on: sure_day("answer_due", &given.answer_due)? },
        "three-answers" => Command::AnswerThree(ThreeAnswers {
            progress: given.progress.trim().to_owned(),
            breakthrough: given.breakthrough.trim().to_owned(),
            result: given.result.trim().to_owned(),
        }),
        "extension" => {
            let due_on = sure_day("due_on", &given.due_on)?;
            let (milestones, best_pace) = given.steps(item, Some(due_on), me)?;
            Command::AskExtension { due_on, reason, milestones, best_pace }
        }
        "extension-decision" => {
            Command::DecideExtension { granted: given.granted == "yes", reason }
        }
        "suspension" => Command::Suspend { reason },
        "resumption" => Command::Resume { due_on: day("due_on", &given.due_on)?, reason },
        "check" => Command::Check {
            report: match number("report", &given.report)? {
                Some(number) => number,
                None => item.reports.last().map_or(0, |report| report.number),
            },
            sound: given.sound != "no",
            note: reason,
        },
        "closing" => Command::ApplyToClose { text, evidence: evidence(given, files, me.today())? },
        "closing-return" => Command::ReturnClosing { reason },
        "verification" => Command::Verify { finding: text },
        "archive" => Command::Archive,
        "waiver" => Command::Waive { reason },
        "withdrawal" => Command::Withdraw { reason },
        "baseline" => Command::SaveBaseline,
        _ => return Err(Unreadable { field: "", why: "error-not-found", found: noun.into() }),
    })
}

fn open_reminder(item: &Item) -> i64 {
    item.open_reminder().map_or(0, |reminder| reminder.number)
}
