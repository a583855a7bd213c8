//! The facts of a work item, in the past tense. Variants are added, never edited.

use serde::{Deserialize, Serialize};

use super::{
    Account, Assessment, Content, Evidence, Goal, Item, Level, Milestone, Plan, ThreeAnswers,
};
use crate::{Day, Id, roster::Post};

/// What happened to a work item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Drafted {
        plan: Id<Plan>,
        goal: Id<Goal>,
        number: String,
        parent: Option<Id<Item>>,
        content: Box<Content>,
    },
    Amended {
        content: Box<Content>,
    },
    Submitted,
    Returned {
        reason: String,
    },
    Approved,
    Issued,
    Signed,
    Objected {
        reason: String,
    },
    PlanProposed {
        milestones: Vec<Milestone>,
        best_pace: Option<i64>,
    },
    PlanReturned {
        reason: String,
    },
    PlanApproved,
    Reported {
        number: i64,
        account: Account,
    },
    Corrected {
        number: i64,
        account: Account,
    },
    Checked {
        report: i64,
        sound: bool,
        note: String,
    },
    Reminded {
        number: i64,
        level: Level,
        text: String,
        answer_due: Day,
        /// The posts it went to; none before the ladder said it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        to: Vec<Id<Post>>,
        /// Why it began higher than the ladder would.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    ReminderRevoked {
        number: i64,
        reason: String,
    },
    ReminderSigned {
        number: i64,
    },
    ReminderAnswered {
        number: i64,
        text: String,
    },
    ExtensionAsked {
        number: i64,
        due_on: Day,
        reason: String,
        milestones: Vec<Milestone>,
        best_pace: Option<i64>,
    },
    ExtensionDecided {
        number: i64,
        granted: bool,
        reason: String,
    },
    Suspended {
        reason: String,
    },
    Resumed {
        due_on: Option<Day>,
        reason: String,
    },
    ThreeAsked {
        due_on: Day,
    },
    ThreeAnswered(ThreeAnswers),
    ClosingApplied {
        text: String,
        evidence: Vec<Evidence>,
    },
    ClosingReturned {
        reason: String,
    },
    Verified {
        finding: String,
    },
    Archived,
    Waived {
        reason: String,
    },
    Withdrawn {
        reason: String,
    },
    ChildAdded {
        child: Id<Item>,
    },
    ChildSettled {
        child: Id<Item>,
    },
    HandedOver {
        post: Id<Post>,
        from: String,
        to: String,
    },
    BaselineSaved,
    /// One reporting period's ratings, as given.
    Assessed {
        assessment: Assessment,
    },
}
