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
    roster::{Post, Unit},
};

mod apply;
mod decide;
mod event;
mod facts;
mod guard;
mod refusal;
mod waiting;

pub use event::Event;
pub use facts::{Pace, Timeliness};
pub use refusal::{Missing, Refusal};
pub use waiting::Move;

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

/// By when: a day, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Due {
    On(Day),
    Never { reason: String },
}

/// A quantity to reach, in whole units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub amount: i64,
    /// 台, 公里, 户, %.
    pub unit: String,
}

/// A dated step, with the cumulative quantity planned by then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    pub number: i64,
    pub title: String,
    pub planned_on: Day,
    pub amount: Option<i64>,
    pub reached_on: Option<Day>,
}

/// The four questions, answered as far as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub title: String,
    /// 干什么: what will be true when it is done.
    pub what: String,
    pub target: Option<Target>,
    /// 怎么干: the measures.
    pub how: Vec<String>,
    /// 谁来干: one lead unit.
    pub lead: Option<Id<Unit>>,
    pub co_units: Vec<Id<Unit>>,
    /// 分包领导.
    pub sponsor: Option<Id<Post>>,
    /// 责任人.
    pub owner: Option<Id<Post>>,
    /// 盯办人.
    pub watcher: Option<Id<Post>>,
    pub start_on: Option<Day>,
    /// 什么时间干成.
    pub due: Option<Due>,
    pub milestones: Vec<Milestone>,
    /// The most the unit can do in a week, in units of the target.
    pub best_pace: Option<i64>,
    /// Days between two reports.
    pub report_every: i64,
}

/// A document or file that shows something, and the day it shows it for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub name: String,
    /// A document number or place; no photo is ever required.
    pub reference: String,
    /// SHA-256 of the kept file, where there is one.
    pub hash: Option<String>,
    pub true_for: Day,
}

/// What the lead unit says has been done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Cumulative quantity, in units of the target (points of 100 without one).
    pub amount: i64,
    pub text: String,
    /// 卡在哪里.
    pub stuck: String,
    /// 需要谁协调.
    pub needs: Vec<Id<Unit>>,
    pub evidence: Vec<Evidence>,
    /// Milestones reached, with the day.
    pub reached: Vec<(i64, Day)>,
}

/// A progress report on the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub number: i64,
    pub account: Account,
    pub stamp: Stamp,
    pub corrected: bool,
    /// Sound or sent back, with a note, by whom and when.
    pub check: Option<(bool, String, Stamp)>,
}

/// The named steps of the reminder ladder that an item itself can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// 提醒.
    Nudge,
    /// 催办.
    Urge,
    /// 重点催办.
    UrgeHard,
    /// 督办单.
    Order,
}

impl Level {
    pub const ALL: &[Self] = &[Self::Nudge, Self::Urge, Self::UrgeHard, Self::Order];

    pub fn word(self) -> &'static str {
        match self {
            Self::Nudge => "nudge",
            Self::Urge => "urge",
            Self::UrgeHard => "urge-hard",
            Self::Order => "order",
        }
    }
}

/// A reminder, signed for and answered, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub number: i64,
    pub level: Level,
    pub text: String,
    pub answer_due: Day,
    pub stamp: Stamp,
    pub signed: Option<Stamp>,
    pub answer: Option<(String, Stamp)>,
}

/// A wish for more time, with the new backward schedule it must bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    pub number: i64,
    pub due_on: Day,
    pub reason: String,
    pub milestones: Vec<Milestone>,
    pub best_pace: Option<i64>,
    pub stamp: Stamp,
    /// Granted or not, why, by whom.
    pub decision: Option<(bool, String, Stamp)>,
}

/// 要进度、要突破、要成果: three separate answers of the sponsor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Three {
    pub due_on: Day,
    pub stamp: Stamp,
    pub answer: Option<(ThreeAnswers, Stamp)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreeAnswers {
    pub progress: String,
    pub breakthrough: String,
    pub result: String,
}

/// The ratings of one reporting period: the owner's own, and the independent one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    pub period: String,
    /// The self rating, as the owner gave it.
    pub own: Option<String>,
    /// The independent rating.
    pub independent: Option<String>,
    pub text: String,
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
    Remind {
        level: Level,
        text: String,
        answer_due: Day,
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
    Assess { assessment: Assessment },
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
        self.reminders.last().filter(|reminder| reminder.answer.is_none())
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
