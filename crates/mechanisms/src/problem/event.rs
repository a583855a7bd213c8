//! The facts of a problem, in the past tense. Variants are added, never edited.

use serde::{Deserialize, Serialize};

use super::{Against, Answer, Content, Ledger, Link, Measure, Problem, Tick};
use crate::{
    Day, Id,
    plan::item::Evidence,
    reminder::Level,
    roster::{Post, Unit},
};

/// What happened to a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Filed {
        ledger: Id<Ledger>,
        content: Box<Content>,
    },
    Amended {
        content: Box<Content>,
    },
    Registered {
        number: String,
    },
    Withdrawn {
        reason: String,
    },
    MeasuresSet {
        cause: String,
        target: String,
        criteria: Vec<String>,
        measures: Vec<Measure>,
    },
    MeasuresReturned {
        reason: String,
    },
    Reported {
        number: i64,
        text: String,
        evidence: Vec<Evidence>,
        done: Vec<(i64, Day)>,
    },
    ReportCorrected {
        number: i64,
        text: String,
        evidence: Vec<Evidence>,
        done: Vec<(i64, Day)>,
    },
    ReportChecked {
        number: i64,
        sound: bool,
        note: String,
    },
    Reminded {
        number: i64,
        level: Level,
        text: String,
        to: Vec<Id<Post>>,
        answer_due: Day,
        reason: String,
    },
    ReminderSigned {
        number: i64,
    },
    ReminderAnswered {
        number: i64,
        text: String,
    },
    ReminderRevoked {
        number: i64,
        reason: String,
    },
    Watched {
        post: Id<Post>,
    },
    DueMoved {
        due_on: Day,
        reason: String,
    },
    ExtensionAsked {
        number: i64,
        due_on: Day,
        reason: String,
    },
    ExtensionDecided {
        number: i64,
        granted: bool,
        reason: String,
    },
    SuspensionAsked {
        number: i64,
        reason: String,
    },
    SuspensionDecided {
        number: i64,
        granted: bool,
        reason: String,
    },
    Resumed {
        due_on: Option<Day>,
        reason: String,
    },
    Waived {
        until: Day,
        reason: String,
    },
    Applied {
        number: i64,
        text: String,
        evidence: Vec<Evidence>,
    },
    ApplicationCorrected {
        text: String,
        evidence: Vec<Evidence>,
    },
    Consulted {
        answer: Answer,
        note: String,
        on: Day,
    },
    Checked {
        finding: String,
    },
    Returned {
        reason: String,
    },
    /// `published_until`: the last day of the publication period, where there is one.
    Verified {
        finding: String,
        ticks: Vec<Tick>,
        look_back_on: Day,
        despite: String,
        published_until: Option<Day>,
    },
    VerificationUndone,
    PublicationEnded {
        note: String,
    },
    Archived,
    LookedBack {
        held: bool,
        finding: String,
        evidence: Vec<Evidence>,
        again_on: Option<Day>,
    },
    Relapsed {
        by_way_of: String,
        finding: String,
        due_on: Day,
    },
    Merged {
        into: Id<Problem>,
        number: String,
        reason: String,
    },
    Linked {
        link: Link,
    },
    /// Each unit with the post of its head, where it has one.
    Pushed {
        units: Vec<(Id<Unit>, Option<Id<Post>>)>,
        text: String,
        answer_due: Day,
    },
    PushAnswered {
        unit: Id<Unit>,
        found: Option<Link>,
        text: String,
    },
    Stated {
        text: String,
    },
    Objected {
        number: i64,
        against: Against,
        reason: String,
    },
    /// `undoes`: the conclusion it was about no longer holds.
    ObjectionDecided {
        number: i64,
        upheld: bool,
        undoes: bool,
        reason: String,
    },
    HandedOver {
        post: Id<Post>,
        from: String,
        to: String,
    },
}
