//! The work item (具体工作): what, how, who and by when, carried from a draft to a verified end.
//!
//! ```text
//! Draft ─submit─▶ Submitted ─approve─▶ Approved ─issue─▶ Issued ─sign─▶ Signed
//!   ▲                │return              ▲                 │object        │propose plan
//!   └────────────────┘                    └─────────────────┘              ▼
//!                                                    PlanProposed ◀─return─┤
//!                                                          │approve        │
//!   Suspended ◀─suspend/resume─▶ UnderWay ◀────────────────┘◀──────────────┘
//!                                 ⟲ report, remind, extend, ask three
//!                                    │apply to close       ▲return
//!                                    ▼                     │
//!                               ClosingApplied ────────────┘
//!                                    │verify, by somebody outside the chain
//!                                    ▼
//!                                  Done ─archive─▶ Archived
//!
//! Waived (with reason and approver) and Withdrawn (never issued) are the side exits.
//! ```

use serde::{Deserialize, Serialize};

use super::{Plan, goal::Goal};
use crate::{
    Ask, Day, Id, Mechanism, Officer, Stamp,
    reminder::{Parties, Urged, Wish},
    roster::Post,
};

mod apply;
pub mod backward;
mod decide;
mod event;
mod facts;
mod guard;
mod parts;
mod refusal;
#[cfg(test)]
mod tests;
mod waiting;

pub use event::Event;
pub use facts::{Pace, Timeliness};
pub use parts::{
    Account, After, Assessment, Content, Due, Evidence, Extension, Milestone, Report, Target,
    Three, ThreeAnswers, WaitsFor,
};
pub use refusal::{Missing, Refusal};
pub use waiting::Move;

pub use crate::reminder::{Level, Reminder};

/// Where an item is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    Draft,
    Submitted,
    Approved,
    Issued,
    Signed,
    PlanProposed,
    UnderWay,
    Suspended,
    ClosingApplied,
    Done,
    Archived,
    Waived,
    Withdrawn,
}

impl Stage {
    pub const ALL: &[Self] = &[
        Self::Draft,
        Self::Submitted,
        Self::Approved,
        Self::Issued,
        Self::Signed,
        Self::PlanProposed,
        Self::UnderWay,
        Self::Suspended,
        Self::ClosingApplied,
        Self::Done,
        Self::Archived,
        Self::Waived,
        Self::Withdrawn,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Issued => "issued",
            Self::Signed => "signed",
            Self::PlanProposed => "plan-proposed",
            Self::UnderWay => "under-way",
            Self::Suspended => "suspended",
            Self::ClosingApplied => "closing-applied",
            Self::Done => "done",
            Self::Archived => "archived",
            Self::Waived => "waived",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What the stage amounts to for every kind of matter.
    pub fn standing(self) -> &'static str {
        match self {
            Self::Draft | Self::Submitted | Self::Approved => "draft",
            Self::Issued
            | Self::Signed
            | Self::PlanProposed
            | Self::UnderWay
            | Self::ClosingApplied => "open",
            Self::Suspended => "hold",
            Self::Done | Self::Archived => "done",
            Self::Waived | Self::Withdrawn => "gone",
        }
    }
}

/// A work item.
#[derive(Clone, Debug)]
pub struct Item {
    pub plan: Id<Plan>,
    pub goal: Id<Goal>,
    /// The number people say: 27-1.
    pub number: String,
    pub parent: Option<Id<Item>>,
    pub stage: Stage,
    pub content: Content,
    /// How many times the content was amended.
    pub version: i64,
    /// What was agreed when the item was issued, or saved since.
    pub baseline: Option<Box<Content>>,
    pub first_due_on: Option<Day>,
    pub drafted: Stamp,
    pub submitted: Option<Stamp>,
    pub issued: Option<Stamp>,
    pub signed: Option<Stamp>,
    pub plan_proposed: Option<Stamp>,
    pub reports: Vec<Report>,
    pub reminders: Vec<Reminder>,
    pub extensions: Vec<Extension>,
    pub threes: Vec<Three>,
    pub closing: Option<(String, Vec<Evidence>, Stamp)>,
    pub verified: Option<Stamp>,
    pub suspended: Option<(String, Stamp)>,
    pub done_on: Option<Day>,
    pub assessments: Vec<Assessment>,
    /// Items below, and whether each has ended.
    pub children: Vec<(Id<Item>, bool)>,
    /// The last fact of any kind.
    pub touched: Stamp,
}

/// What an officer asks of an item.
#[derive(Clone, Debug)]
pub enum Command {
    Draft {
        plan: Id<Plan>,
        goal: Id<Goal>,
        number: String,
        parent: Option<Id<Item>>,
        content: Content,
    },
    /// Changes the content that was read as version `base`.
    Amend {
        base: i64,
        content: Content,
    },
    Submit,
    Return {
        reason: String,
    },
    Approve,
    Issue,
    Sign,
    Object {
        reason: String,
    },
    ProposePlan {
        milestones: Vec<Milestone>,
        best_pace: Option<i64>,
    },
    ReturnPlan {
        reason: String,
    },
    ApprovePlan,
    Report {
        account: Account,
    },
    /// Corrects the newest report before anybody has checked it.
    Correct {
        account: Account,
    },
    Check {
        report: i64,
        sound: bool,
        note: String,
    },
    Remind(Wish),
    /// Its sender takes a reminder back that nobody has signed for.
    RevokeReminder {
        number: i64,
        reason: String,
    },
    SignReminder {
        number: i64,
    },
    AnswerReminder {
        number: i64,
        text: String,
    },
    AskExtension {
        due_on: Day,
        reason: String,
        milestones: Vec<Milestone>,
        best_pace: Option<i64>,
    },
    DecideExtension {
        granted: bool,
        reason: String,
    },
    Suspend {
        reason: String,
    },
    /// Takes it up again, with a new deadline where the old one no longer holds.
    Resume {
        due_on: Option<Day>,
        reason: String,
    },
    AskThree {
        due_on: Day,
    },
    AnswerThree(ThreeAnswers),
    ApplyToClose {
        text: String,
        evidence: Vec<Evidence>,
    },
    ReturnClosing {
        reason: String,
    },
    Verify {
        finding: String,
    },
    Archive,
    Waive {
        reason: String,
    },
    Withdraw {
        reason: String,
    },
    /// An item below was drafted, or has ended.
    AddChild {
        child: Id<Item>,
    },
    SettleChild {
        child: Id<Item>,
    },
    /// The post passed from one person to another.
    HandOver {
        post: Id<Post>,
        from: String,
        to: String,
    },
    SaveBaseline,
    /// Brings in the ratings of a reporting period; a period is rated once.
    Assess {
        assessment: Assessment,
    },
}

impl Mechanism for Item {
    const KIND: &'static str = "item";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(
        state: Option<&Self>,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        decide::decide(state, command, ask)
    }

    fn apply(state: Option<Self>, event: &Event, stamp: &Stamp) -> Self {
        apply::apply(state, event, stamp)
    }
}

impl Item {
    /// The deadline, where there is one.
    pub fn due_on(&self) -> Option<Day> {
        match self.content.due {
            Some(Due::On(day)) => Some(day),
            _ => None,
        }
    }

    /// The reminder that still waits for a signature or an answer.
    pub fn open_reminder(&self) -> Option<&Reminder> {
        crate::reminder::open(&self.reminders)
    }

    /// What the reminder ladder knows of it. An item may begin higher, with a reason.
    pub fn urged(&self) -> Urged<'_> {
        let parties = Parties {
            unit: self.content.lead,
            owner: self.content.owner,
            sponsor: self.content.sponsor,
            watcher: self.content.watcher,
        };
        Urged { parties, due_on: self.due_on(), urgent: true, given: &self.reminders }
    }

    /// The extension that still waits for a decision.
    pub fn open_extension(&self) -> Option<&Extension> {
        self.extensions.last().filter(|extension| extension.decision.is_none())
    }

    /// The three questions that still wait for the sponsor.
    pub fn open_three(&self) -> Option<&Three> {
        self.threes.last().filter(|three| three.answer.is_none())
    }

    /// Everybody who has had a hand in doing this item, as officers.
    pub(crate) fn doers(&self) -> impl Iterator<Item = Officer> {
        let reports = self.reports.iter().map(|report| report.stamp.by);
        let applied = self.closing.iter().map(|closing| closing.2.by);
        let signed = self.signed.iter().map(|stamp| stamp.by);
        reports.chain(applied).chain(signed)
    }
}
