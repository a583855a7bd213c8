//! Where a problem is in its life, and in which of the five boxes of the ledger.

use serde::{Deserialize, Serialize};

use super::Problem;
use crate::Day;

/// Where a problem is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// In a list that waits for approval; without a number yet.
    Filed,
    /// 待定措施.
    Registered,
    /// 整改中; 待申请 once every measure is done.
    Rectifying,
    /// 待初核.
    Applied,
    /// 待复核.
    Checked,
    /// 公示中.
    Publishing,
    /// 已销号.
    Closed,
    Archived,
    /// 中止.
    Suspended,
    /// 豁免, until a day.
    Waived,
    /// 合并: a duplicate of another number.
    Merged,
    Withdrawn,
}

impl Stage {
    pub const ALL: &[Self] = &[
        Self::Filed,
        Self::Registered,
        Self::Rectifying,
        Self::Applied,
        Self::Checked,
        Self::Publishing,
        Self::Closed,
        Self::Archived,
        Self::Suspended,
        Self::Waived,
        Self::Merged,
        Self::Withdrawn,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Registered => "registered",
            Self::Rectifying => "rectifying",
            Self::Applied => "applied",
            Self::Checked => "checked",
            Self::Publishing => "publishing",
            Self::Closed => "closed",
            Self::Archived => "archived",
            Self::Suspended => "suspended",
            Self::Waived => "waived",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What the stage amounts to for every kind of matter. A waived problem is open: it turns red
    /// by itself on the day after its waiver ends.
    pub fn standing(self) -> &'static str {
        match self {
            Self::Filed => "draft",
            Self::Registered
            | Self::Rectifying
            | Self::Applied
            | Self::Checked
            | Self::Publishing
            | Self::Waived => "open",
            Self::Suspended => "hold",
            Self::Closed | Self::Archived => "done",
            Self::Merged | Self::Withdrawn => "gone",
        }
    }
}

/// The five boxes of the ledger (走到哪一步).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// 待定措施.
    ToPlan,
    /// 整改中.
    Rectifying,
    /// 待申请.
    ToApply,
    /// 待复核.
    ToVerify,
    /// 已销号.
    Closed,
}

impl Step {
    pub const ALL: &[Self] =
        &[Self::ToPlan, Self::Rectifying, Self::ToApply, Self::ToVerify, Self::Closed];

    pub fn word(self) -> &'static str {
        match self {
            Self::ToPlan => "to-plan",
            Self::Rectifying => "rectifying",
            Self::ToApply => "to-apply",
            Self::ToVerify => "to-verify",
            Self::Closed => "closed",
        }
    }

    /// The stage words of rows in this box.
    pub fn stage_words(self) -> &'static [&'static str] {
        match self {
            Self::ToPlan => &["registered"],
            Self::Rectifying => &["rectifying"],
            Self::ToApply => &["to-apply"],
            Self::ToVerify => &["applied", "checked", "publishing"],
            Self::Closed => &["closed", "archived"],
        }
    }
}

impl Problem {
    /// The stage on a day: a waiver that has ended is none.
    pub fn stage_on(&self, day: Day) -> Stage {
        match (&self.waiver, self.stage) {
            (Some(waiver), Stage::Waived) if day > waiver.until => waiver.before,
            (_, stage) => stage,
        }
    }

    /// The stage word of its row: 待申请 has a word of its own.
    pub fn stage_word(&self) -> &'static str {
        match self.stage {
            Stage::Rectifying if self.is_ready() => "to-apply",
            stage => stage.word(),
        }
    }

    /// The box it is in, where it is in one.
    pub fn step(&self) -> Option<Step> {
        let word = self.stage_word();
        Step::ALL.iter().copied().find(|step| step.stage_words().contains(&word))
    }
}
