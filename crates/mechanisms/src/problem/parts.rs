//! What a problem is made of, and what is said about it on its way.

use serde::{Deserialize, Serialize};

use super::{Problem, Stage};
use crate::{
    Day, Id, Stamp,
    plan::item::Evidence,
    roster::{Post, Unit},
};

/// A list of words: an enum whose every value has one.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum $name { $($(#[$doc])* $value,)+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$value,)+];

            pub fn word(self) -> &'static str {
                match self { $(Self::$value => $word,)+ }
            }

            /// The value of a word.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// Where a problem comes from (来源).
    Source {
        /// 自查.
        SelfCheck = "self-check",
        /// 督导通报.
        Supervision = "supervision",
        /// 群众反映.
        Public = "public",
        /// 审计.
        Audit = "audit",
        /// 上级交办.
        Superior = "superior",
        /// 公众评议.
        Survey = "survey",
        /// 约谈.
        Talk = "talk",
    }
}

words! {
    /// What it is measured against (对照).
    Yardstick {
        /// 党规党纪.
        PartyRules = "party-rules",
        /// 国家法律.
        Law = "law",
        /// 正反典型.
        Examples = "examples",
    }
}

words! {
    /// What it touches (联系).
    Aspect {
        /// 思想.
        Thought = "thought",
        /// 工作.
        Work = "work",
        /// 生活.
        Life = "life",
        /// 作风.
        Conduct = "conduct",
        /// 成长.
        Growth = "growth",
    }
}

words! {
    /// How long it takes (时限类型).
    Horizon {
        /// 立行立改.
        Short = "short",
        /// 限期整改.
        Middle = "middle",
        /// 长期坚持.
        Long = "long",
    }
}

words! {
    /// Who may read it (公开范围).
    Scope {
        /// 不公开: the parties and the supervision office.
        None = "none",
        /// 单位内.
        Unit = "unit",
        /// 全市各单位.
        Body = "body",
        /// 社会公开.
        Public = "public",
    }
}

words! {
    /// What the complainant said.
    Answer {
        Satisfied = "satisfied",
        NotSatisfied = "not-satisfied",
        NotReached = "not-reached",
    }
}

words! {
    /// How another number belongs to this one.
    LinkKind {
        Duplicate = "duplicate",
        Recurrence = "recurrence",
        /// Found by another unit when asked to look at home.
        Sibling = "sibling",
    }
}

words! {
    /// A conclusion that may be objected to.
    Against {
        Registration = "registration",
        Return = "return",
        Relapse = "relapse",
        RefusedExtension = "refused-extension",
    }
}

/// What a problem says: found by whom, about what, whose, and when it counts as put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub source: Source,
    pub yardstick: Option<Yardstick>,
    pub aspect: Option<Aspect>,
    /// 类别: the office's own word.
    pub category: String,
    /// 问题表现, as it was found.
    pub what: String,
    /// 原因.
    pub cause: String,
    /// 整改目标.
    pub target: String,
    pub horizon: Horizon,
    /// 责任领导.
    pub sponsor: Option<Id<Post>>,
    /// 责任单位.
    pub unit: Id<Unit>,
    /// 责任人.
    pub owner: Option<Id<Post>>,
    /// 盯办人.
    pub watcher: Option<Id<Post>>,
    /// 验收标准: what the verifier ticks, one by one.
    pub criteria: Vec<String>,
    pub scope: Scope,
    /// Workdays it is published before it is closed; 0 for none.
    pub publication_workdays: i64,
    /// The reference number of a complaint, never an identity.
    pub complaint: Option<String>,
    pub found_on: Day,
    pub due_on: Option<Day>,
    /// 急.
    pub urgent: bool,
}

/// A measure (整改措施) with its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    pub number: i64,
    pub text: String,
    pub due_on: Day,
    pub done_on: Option<Day>,
}

/// What the unit says has been done so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub number: i64,
    pub text: String,
    pub evidence: Vec<Evidence>,
    /// Measures done, with the day.
    pub done: Vec<(i64, Day)>,
    pub stamp: Stamp,
    /// Corrected before anybody checked it: no fault.
    pub corrected: Option<Stamp>,
    /// Sound or sent back, with a note.
    pub check: Option<(bool, String, Stamp)>,
}

/// A wish for more time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    pub number: i64,
    pub due_on: Day,
    pub reason: String,
    pub stamp: Stamp,
    pub decision: Option<(bool, String, Stamp)>,
}

/// A wish to put it off, until the reason has gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    pub number: i64,
    pub reason: String,
    pub stamp: Stamp,
    pub decision: Option<(bool, String, Stamp)>,
    pub resumed: Option<(String, Stamp)>,
}

/// Excused until a day, by the one who decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    pub until: Day,
    pub reason: String,
    pub stamp: Stamp,
    /// The stage it returns to by itself.
    pub before: Stage,
}

/// An application to close, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    pub number: i64,
    pub text: String,
    pub evidence: Vec<Evidence>,
    pub stamp: Stamp,
    /// Corrected before anybody checked it: no fault.
    pub corrected: Option<Stamp>,
    /// What the complainant said.
    pub consulted: Vec<Consultation>,
    /// The first check.
    pub check: Option<(String, Stamp)>,
    pub verification: Option<Verification>,
    pub returned: Option<(String, Stamp)>,
}

/// The complainant was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    pub answer: Answer,
    pub note: String,
    /// When they were asked.
    pub on: Day,
    pub stamp: Stamp,
}

/// One criterion, seen to be met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// The place of the criterion, from 1.
    pub criterion: i64,
    /// What was seen.
    pub note: String,
}

/// The third person's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    pub finding: String,
    pub ticks: Vec<Tick>,
    pub look_back_on: Day,
    /// Why it is closed although the complainant is not satisfied.
    pub despite: String,
    pub stamp: Stamp,
}

/// A look at a closed problem (回头看).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookBack {
    pub held: bool,
    pub finding: String,
    pub evidence: Vec<Evidence>,
    pub stamp: Stamp,
}

/// It came back, or never went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relapse {
    /// `look-back`, `closure-audit` or `finding`.
    pub by_way_of: String,
    pub finding: String,
    pub due_on: Day,
    pub stamp: Stamp,
    /// When it had counted as put right.
    pub done_on: Option<Day>,
    /// The stage and the look-back it left, for an objection that is upheld.
    pub before: Stage,
    pub look_back_on: Option<Day>,
    /// The deadline before it.
    pub due_before: Option<Day>,
    /// The road map that did not hold, and the closing it undid.
    pub measures: Vec<Measure>,
    pub closed: Option<Stamp>,
    /// An objection to it was upheld.
    pub overturned: bool,
}

/// Another number that belongs to this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub kind: LinkKind,
    pub other: Id<Problem>,
    pub number: String,
}

/// A sibling unit asked to look at home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    pub unit: Id<Unit>,
    /// The post of its head when it was asked.
    pub head: Option<Id<Post>>,
    pub text: String,
    pub answer_due: Day,
    pub stamp: Stamp,
    /// Nothing there, or the new problem; what was looked at.
    pub answer: Option<(Option<Link>, String, Stamp)>,
}

/// An objection to a conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    pub number: i64,
    pub against: Against,
    pub reason: String,
    /// The conclusion it is about.
    pub conclusion: Stamp,
    pub stamp: Stamp,
    pub decide_by: Day,
    pub decision: Option<(bool, String, Stamp)>,
}
