//! What an item is made of: the four answers, and what is said about it on its way.

use schedule::Kind;
use serde::{Deserialize, Serialize};

use super::Item;
use crate::{
    Day, Id, Stamp,
    roster::{Post, Unit},
};

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
    /// 工期: the working days its work takes, where they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workdays: Option<i64>,
    /// 紧前: what its work waits for; where nothing is named, the step before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<After>,
}

impl Milestone {
    /// A step of which only the day is known.
    pub fn on(number: i64, title: &str, planned_on: Day) -> Self {
        Self {
            number,
            title: title.to_owned(),
            planned_on,
            amount: None,
            reached_on: None,
            workdays: None,
            after: Vec::new(),
        }
    }
}

/// A step waits for another one of the same item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    /// The number of the step waited for.
    pub step: i64,
    pub kind: Kind,
    /// Working days between; negative overlaps.
    pub lag: i64,
}

/// An item waits for another one of the same plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitsFor {
    pub item: Id<Item>,
    pub kind: Kind,
    /// Working days between; negative overlaps.
    pub lag: i64,
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
    /// Days between two answers of the sponsor to 要进度、要突破、要成果; 0 only when asked.
    #[serde(default)]
    pub three_every: i64,
    /// Other items that this one's work waits for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<WaitsFor>,
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
