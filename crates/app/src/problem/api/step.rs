//! The steps of a problem as programs send them.

use mechanisms::{
    Day, Id,
    plan::item::Evidence,
    problem::{Against, Answer, Command, Content, LinkKind, Measure, Tick},
    reminder::{Level, Wish},
};
use serde::Deserialize;

use super::super::Asked;

/// A step of a problem.
#[derive(Debug, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// Takes it on the ledger, which gives the number.
    Register,
    Amend {
        base: i64,
        content: Content,
    },
    Withdraw {
        reason: String,
    },
    SetMeasures {
        cause: String,
        target: String,
        #[serde(default)]
        criteria: Vec<String>,
        measures: Vec<Measure>,
    },
    ReturnMeasures {
        reason: String,
    },
    Report {
        text: String,
        #[serde(default)]
        evidence: Vec<Evidence>,
        #[serde(default)]
        done: Vec<(i64, Day)>,
    },
    CorrectReport {
        text: String,
        #[serde(default)]
        evidence: Vec<Evidence>,
        #[serde(default)]
        done: Vec<(i64, Day)>,
    },
    CheckReport {
        number: i64,
        sound: bool,
        note: String,
    },
    Remind {
        level: Level,
        text: String,
        /// Where none is given, as the rung of the ladder says.
        #[serde(default)]
        answer_due: Option<Day>,
        #[serde(default)]
        reason: String,
    },
    SignReminder {
        number: i64,
    },
    AnswerReminder {
        number: i64,
        text: String,
    },
    RevokeReminder {
        number: i64,
        reason: String,
    },
    Watch {
        post: i64,
    },
    MoveDue {
        due_on: Day,
        reason: String,
    },
    AskExtension {
        due_on: Day,
        reason: String,
    },
    DecideExtension {
        granted: bool,
        reason: String,
    },
    AskSuspension {
        reason: String,
    },
    DecideSuspension {
        granted: bool,
        reason: String,
    },
    Resume {
        due_on: Option<Day>,
        reason: String,
    },
    Waive {
        until: Day,
        reason: String,
    },
    Apply {
        text: String,
        evidence: Vec<Evidence>,
    },
    CorrectApplication {
        text: String,
        evidence: Vec<Evidence>,
    },
    Consult {
        answer: Answer,
        note: String,
        on: Day,
    },
    Check {
        finding: String,
    },
    Return {
        reason: String,
    },
    Verify {
        finding: String,
        ticks: Vec<Tick>,
        look_back_on: Day,
        #[serde(default)]
        despite: String,
    },
    UndoVerification,
    EndPublication {
        note: String,
    },
    Archive,
    LookBack {
        held: bool,
        finding: String,
        #[serde(default)]
        evidence: Vec<Evidence>,
        #[serde(default)]
        again_on: Option<Day>,
        #[serde(default)]
        due_on: Option<Day>,
    },
    Relapse {
        finding: String,
        due_on: Day,
    },
    Merge {
        into: i64,
        reason: String,
    },
    Link {
        kind: LinkKind,
        other: i64,
    },
    Push {
        units: Vec<i64>,
        text: String,
        answer_due: Day,
    },
    AnswerPush {
        unit: i64,
        #[serde(default)]
        found: Option<Box<Content>>,
        text: String,
    },
    State {
        text: String,
    },
    Object {
        against: Against,
        reason: String,
    },
    DecideObjection {
        number: i64,
        upheld: bool,
        reason: String,
    },
}

impl Step {
    /// What it names as evidence.
    pub fn evidence(&self) -> &[Evidence] {
        match self {
            Self::Report { evidence, .. }
            | Self::CorrectReport { evidence, .. }
            | Self::Apply { evidence, .. }
            | Self::CorrectApplication { evidence, .. }
            | Self::LookBack { evidence, .. } => evidence,
            _ => &[],
        }
    }
}

impl From<Step> for Asked {
    fn from(step: Step) -> Self {
        let command = match step {
            Step::Register => return Self::Register,
            Step::Merge { into, reason } => return Self::Merge { into: Id::new(into), reason },
            Step::Link { kind, other } => return Self::Link { kind, other: Id::new(other) },
            Step::AnswerPush { unit, found, text } => {
                return Self::AnswerPush { unit: Id::new(unit), found, text };
            }
            Step::Amend { base, content } => Command::Amend { base, content },
            Step::Withdraw { reason } => Command::Withdraw { reason },
            Step::SetMeasures { cause, target, criteria, measures } => {
                Command::SetMeasures { cause, target, criteria, measures }
            }
            Step::ReturnMeasures { reason } => Command::ReturnMeasures { reason },
            Step::Report { text, evidence, done } => Command::Report { text, evidence, done },
            Step::CorrectReport { text, evidence, done } => {
                Command::CorrectReport { text, evidence, done }
            }
            Step::CheckReport { number, sound, note } => {
                Command::CheckReport { number, sound, note }
            }
            Step::Remind { level, text, answer_due, reason } => {
                Command::Remind(Wish { level, text, answer_due, reason })
            }
            Step::SignReminder { number } => Command::SignReminder { number },
            Step::AnswerReminder { number, text } => Command::AnswerReminder { number, text },
            Step::RevokeReminder { number, reason } => Command::RevokeReminder { number, reason },
            step => return Self::Plain(later(step)),
        };
        Self::Plain(command)
    }
}

/// The steps beside the way, of closing and after it.
fn later(step: Step) -> Command {
    match step {
        Step::Watch { post } => Command::Watch { post: Id::new(post) },
        Step::MoveDue { due_on, reason } => Command::MoveDue { due_on, reason },
        Step::AskExtension { due_on, reason } => Command::AskExtension { due_on, reason },
        Step::DecideExtension { granted, reason } => Command::DecideExtension { granted, reason },
        Step::AskSuspension { reason } => Command::AskSuspension { reason },
        Step::DecideSuspension { granted, reason } => Command::DecideSuspension { granted, reason },
        Step::Resume { due_on, reason } => Command::Resume { due_on, reason },
        Step::Waive { until, reason } => Command::Waive { until, reason },
        Step::Apply { text, evidence } => Command::Apply { text, evidence },
        Step::CorrectApplication { text, evidence } => {
            Command::CorrectApplication { text, evidence }
        }
        Step::Consult { answer, note, on } => Command::Consult { answer, note, on },
        Step::Check { finding } => Command::Check { finding },
        Step::Return { reason } => Command::Return { reason },
        Step::Verify { finding, ticks, look_back_on, despite } => {
            Command::Verify { finding, ticks, look_back_on, despite }
        }
        Step::UndoVerification => Command::UndoVerification,
        Step::EndPublication { note } => Command::EndPublication { note },
        Step::LookBack { held, finding, evidence, again_on, due_on } => {
            Command::LookBack { held, finding, evidence, again_on, due_on }
        }
        Step::Relapse { finding, due_on } => {
            Command::Relapse { by_way_of: "finding", finding, due_on }
        }
        Step::Push { units, text, answer_due } => {
            let units = units.into_iter().map(Id::new).collect();
            Command::Push { units, text, answer_due }
        }
        Step::State { text } => Command::State { text },
        Step::Object { against, reason } => Command::Object { against, reason },
        Step::DecideObjection { number, upheld, reason } => {
            Command::DecideObjection { number, upheld, reason }
        }
        // All but the last were read before; named, so that a new step is not forgotten.
        Step::Register
        | Step::Merge { .. }
        | Step::Link { .. }
        | Step::AnswerPush { .. }
        | Step::Amend { .. }
        | Step::Withdraw { .. }
        | Step::SetMeasures { .. }
        | Step::ReturnMeasures { .. }
        | Step::Report { .. }
        | Step::CorrectReport { .. }
        | Step::CheckReport { .. }
        | Step::Remind { .. }
        | Step::SignReminder { .. }
        | Step::AnswerReminder { .. }
        | Step::RevokeReminder { .. }
        | Step::Archive => Command::Archive,
    }
}
