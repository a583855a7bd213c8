//! What an officer asks of a problem.

use super::{Against, Answer, Content, Ledger, LinkKind, Measure, Problem, Tick};
use crate::{
    Day, Id,
    plan::item::Evidence,
    reminder::Wish,
    roster::{Post, Unit},
};

#[derive(Clone, Debug)]
pub enum Command {
    /// Begins a problem in a ledger; it has no number yet.
    File {
        ledger: Id<Ledger>,
        content: Content,
    },
    /// Changes the content that was read as version `base`.
    Amend {
        base: i64,
        content: Content,
    },
    /// Takes it on the ledger under its number; asked in the turn in which the ledger gave it.
    Register {
        number: String,
    },
    Withdraw {
        reason: String,
    },
    /// The road map: cause, target and measures; criteria only where there are none yet.
    SetMeasures {
        cause: String,
        target: String,
        criteria: Vec<String>,
        measures: Vec<Measure>,
    },
    ReturnMeasures {
        reason: String,
    },
    Report {
        text: String,
        evidence: Vec<Evidence>,
        done: Vec<(i64, Day)>,
    },
    /// Corrects the newest report before anybody has checked it.
    CorrectReport {
        text: String,
        evidence: Vec<Evidence>,
        done: Vec<(i64, Day)>,
    },
    CheckReport {
        number: i64,
        sound: bool,
        note: String,
    },
    Remind(Wish),
    SignReminder {
        number: i64,
    },
    AnswerReminder {
        number: i64,
        text: String,
    },
    /// Its sender takes a reminder back that nobody has signed for.
    RevokeReminder {
        number: i64,
        reason: String,
    },
    /// Another officer watches.
    Watch {
        post: Id<Post>,
    },
    /// The supervision office moves the deadline itself.
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
    /// Corrects the application before anybody has checked it.
    CorrectApplication {
        text: String,
        evidence: Vec<Evidence>,
    },
    /// What the complainant said when asked.
    Consult {
        answer: Answer,
        note: String,
        on: Day,
    },
    /// The first check.
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
        /// Why, where the complainant is not satisfied.
        despite: String,
    },
    /// Takes the verification back, within ten minutes.
    UndoVerification,
    /// The publication period is over, and this is what came of it.
    EndPublication {
        note: String,
    },
    Archive,
    LookBack {
        held: bool,
        finding: String,
        evidence: Vec<Evidence>,
        /// Where it held: when to look again, if at all.
        again_on: Option<Day>,
        /// Where it did not hold: the new deadline.
        due_on: Option<Day>,
    },
    /// Somebody found it again; `by_way_of` is `finding` or `closure-audit`.
    Relapse {
        by_way_of: &'static str,
        finding: String,
        due_on: Day,
    },
    /// A duplicate of another number.
    Merge {
        into: Id<Problem>,
        number: String,
        reason: String,
    },
    Link {
        kind: LinkKind,
        other: Id<Problem>,
        number: String,
    },
    /// Asks sibling units to look at home.
    Push {
        units: Vec<Id<Unit>>,
        text: String,
        answer_due: Day,
    },
    /// A sibling unit answers: nothing there, or this new problem.
    AnswerPush {
        unit: Id<Unit>,
        found: Option<(Id<Problem>, String)>,
        text: String,
    },
    /// What the unit or the person has to say, at any stage.
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
    /// The post passed from one person to another.
    HandOver {
        post: Id<Post>,
        from: String,
        to: String,
    },
}
