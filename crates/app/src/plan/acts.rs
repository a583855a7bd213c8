//! The steps of an item as doors: `GET /items/7/extension` asks, `POST` carries out. Which steps
//! an officer is offered is not a second set of rules: each is tried on the item, and what the
//! rules would refuse this officer is not shown.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Ask, Day, Id, Mechanism, Refuses,
    plan::item::{Command, Item, Level, Milestone, Refusal, ThreeAnswers},
};
use serde::Deserialize;

use super::{
    steps,
    typed::{Unreadable, day, evidence, level, number},
};
use crate::{
    House,
    access::Me,
    evidence::{Filled, Kept},
    store::Stop,
    trouble::Trouble,
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

/// One step: the noun in its address, and whether it asks for anything first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    pub noun: &'static str,
    pub fields: &'static [&'static str],
    /// Shown as the page's one filled button.
    pub primary: bool,
}

/// Every step, in the order pages offer them.
pub const ACTS: &[Act] = &[
    act("submission", &[], true),
    act("approval", &[], true),
    act("return", &["reason"], false),
    act("issue", &[], true),
    act("signature", &[], true),
    act("objection", &["reason"], false),
    act("plan", &["milestones", "best_pace"], true),
    act("plan-approval", &[], true),
    act("plan-return", &["reason"], false),
    act("reminder-answer", &["text"], true),
    act("reminder-signature", &[], false),
    act("three-answers", &["progress", "breakthrough", "result"], true),
    act("extension-decision", &["granted", "reason"], true),
    act("verification", &["text"], true),
    act("closing-return", &["reason"], false),
    act("check", &["sound", "reason"], true),
    act("closing", &["text", "evidence", "file", "true_for"], false),
    act("extension", &["due_on", "reason", "milestones", "best_pace"], false),
    act("reminder", &["level", "text", "answer_due"], false),
    act("three", &["answer_due"], false),
    act("suspension", &["reason"], false),
    act("resumption", &["due_on", "reason"], true),
    act("archive", &[], true),
    act("waiver", &["reason"], false),
    act("withdrawal", &["reason"], false),
    act("baseline", &[], false),
];

const fn act(noun: &'static str, fields: &'static [&'static str], primary: bool) -> Act {
    Act { noun, fields, primary }
}

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
            _ => "",
        }
    }
}

impl Given {
    /// The steps and the pace of a plan, with the days that were left to be counted back.
    fn steps(
        &self,
        item: &Item,
        due_on: Option<Day>,
        me: &Me,
    ) -> Result<(Vec<Milestone>, Option<i64>), Unreadable> {
        let best_pace = number("best_pace", &self.best_pace)?;
        let calendar = &*me.calendar;
        let steps = steps::read(&self.milestones)?.dated(item, best_pace, due_on, calendar)?;
        Ok((steps, best_pace))
    }
}

/// The steps the rules would let this officer take now.
pub fn offered(item: &Item, me: &Me) -> Vec<Act> {
    let ask = Ask {
        by: me.officer,
        today: me.today(),
        roster: &me.roster,
        calendar: &me.calendar,
        lights: me.house.store.lights(),
    };
    let blank = Given {
        reason: "-".into(),
        text: "-".into(),
        level: Level::Nudge.word().into(),
        answer_due: me.today().to_string(),
        ..Given::default()
    };
    ACTS.iter()
        .copied()
        .filter(|act| {
            let Ok(command) = command(act.noun, &blank, &[], item, me) else { return true };
            match Item::decide(Some(item), command, &ask) {
                Ok(_) => true,
                Err(refusal) => is_about_content(&refusal),
            }
        })
        .filter(|act| act.noun != "reminder-signature" || item.open_reminder().is_some())
        .collect()
}

/// A refusal that better input may lift: the step is offered, and says so on its form.
fn is_about_content(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Incomplete { .. }
            | Refusal::TextMissing
            | Refusal::EvidenceMissing
            | Refusal::MilestonesMissing
            | Refusal::MilestonesOpen { .. }
            | Refusal::TargetNotReached { .. }
            | Refusal::ChildrenOpen { .. }
            | Refusal::LevelFalls
            | Refusal::ExtensionNotLater { .. }
            | Refusal::ExtensionAfterDue { .. }
            | Refusal::ScheduleTooLate { .. }
            | Refusal::StepAfterLatest { .. }
    )
}

/// The command of a step from what was typed.
pub fn command(
    noun: &str,
    given: &Given,
    files: &[Kept],
    item: &Item,
    me: &Me,
) -> Result<Command, Unreadable> {
    let today = me.today();
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
        "reminder" => Command::Remind {
            level: level(&given.level)?,
            text,
            answer_due: day("answer_due", &given.answer_due)?.unwrap_or(today),
        },
        "reminder-signature" => Command::SignReminder { number: open_reminder(item) },
        "reminder-answer" => Command::AnswerReminder { number: open_reminder(item), text },
        "three" => {
            Command::AskThree { due_on: day("answer_due", &given.answer_due)?.unwrap_or(today) }
        }
        "three-answers" => Command::AnswerThree(ThreeAnswers {
            progress: given.progress.trim().to_owned(),
            breakthrough: given.breakthrough.trim().to_owned(),
            result: given.result.trim().to_owned(),
        }),
        "extension" => {
            let due_on = day("due_on", &given.due_on)?.unwrap_or(today);
            let (milestones, best_pace) = given.steps(item, Some(due_on), me)?;
            Command::AskExtension { due_on, reason, milestones, best_pace }
        }
        "extension-decision" => {
            Command::DecideExtension { granted: given.granted == "yes", reason }
        }
        "suspension" => Command::Suspend { reason },
        "resumption" => Command::Resume { due_on: day("due_on", &given.due_on)?, reason },
        "check" => Command::Check {
            report: item.reports.last().map_or(0, |report| report.number),
            sound: given.sound != "no",
            note: reason,
        },
        "closing" => Command::ApplyToClose { text, evidence: evidence(given, files, today)? },
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

#[derive(Template)]
#[template(path = "plan/act.html")]
struct ActPage {
    shell: Shell,
    id: i64,
    number: String,
    title: String,
    act: Act,
    given: Given,
    /// Files kept for an earlier try.
    kept: Vec<Kept>,
    error: Option<(String, String)>,
    levels: Vec<&'static str>,
}

pub async fn act_page(me: Me, Path((id, noun)): Path<(i64, String)>) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let act = find(&noun)?;
    let tomorrow = me.calendar.add_workdays(me.today(), 3);
    let given = Given {
        milestones: steps::text(&item.content.milestones),
        best_pace: item.content.best_pace.map(|pace| pace.to_string()).unwrap_or_default(),
        answer_due: tomorrow.to_string(),
        true_for: me.today().to_string(),
        ..Given::default()
    };
    let page = view(&me, id, &item, act, given, None).await?;
    Ok(ui::page(&page)?.into_response())
}

pub async fn carry_out(
    State(house): State<House>,
    me: Me,
    Path((id, noun)): Path<(i64, String)>,
    filled: Filled<Given>,
) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let act = find(&noun)?;
    let Filled { form: given, files, refused } = filled;
    let asked = command(act.noun, &given, &files, &item, &me);
    let refused: Box<dyn Refuses> = match (refused, asked) {
        (Some(not_taken), _) => Box::new(not_taken),
        (None, Err(unreadable)) => Box::new(unreadable),
        (None, Ok(command)) => {
            let asked = super::ask_item(&house, me.hand(), Id::new(id), command).await;
            match asked {
                Ok(()) => return Ok(Redirect::to(&format!("/items/{id}")).into_response()),
                Err(Stop::Refused(refusal)) => refusal,
                Err(stop) => return Err(stop.into()),
            }
        }
    };
    let w = Words::of(me.visit.lang);
    let error = (
        refused.field().unwrap_or_default().to_owned(),
        sentence(&w, refused.key(), &refused.facts()),
    );
    let page = ActPage { kept: files, ..view(&me, id, &item, act, given, Some(error)).await? };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

fn find(noun: &str) -> Result<Act, Trouble> {
    ACTS.iter().copied().find(|act| act.noun == noun).ok_or(Trouble::NotFound)
}

async fn view(
    me: &Me,
    id: i64,
    item: &Item,
    act: Act,
    given: Given,
    error: Option<(String, String)>,
) -> Result<ActPage, Trouble> {
    Ok(ActPage {
        shell: Shell::of(me, "/plan").await?,
        id,
        number: item.number.clone(),
        title: item.content.title.clone(),
        act,
        given,
        kept: Vec::new(),
        error,
        levels: Level::ALL.iter().map(|level| level.word()).collect(),
    })
}
