//! The four questions as text: what the form shows of an item, and what an item is made of
//! what was typed.

use std::collections::BTreeMap;

use mechanisms::{
    Id, Mechanism, Stamp,
    plan::item::{Content, Due, Event, Item, Target},
};
use serde::{Deserialize, Serialize};

use super::{
    steps,
    typed::{self, Unreadable},
};
use crate::{access::Me, typed as named};

/// The four questions as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub goal: String,
    pub number: String,
    pub title: String,
    pub what: String,
    pub target: String,
    pub unit: String,
    pub how: String,
    pub lead: String,
    pub co_units: String,
    pub sponsor: String,
    pub owner: String,
    pub watcher: String,
    pub start_on: String,
    pub due_on: String,
    pub no_due: String,
    pub milestones: String,
    pub best_pace: String,
    pub report_every: String,
    pub three_every: String,
    /// Other items its work waits for: `27-2、27-3FS+5`.
    pub after: String,
    /// The version the form was opened with.
    pub base: String,
}

/// The fields a conflict is shown for, in the form's order.
pub const FIELDS: &[&str] = &[
    "title",
    "what",
    "target",
    "unit",
    "how",
    "lead",
    "co_units",
    "sponsor",
    "owner",
    "watcher",
    "start_on",
    "due_on",
    "no_due",
    "milestones",
    "best_pace",
    "report_every",
    "three_every",
    "after",
];

impl Draft {
    /// Every field by name.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let value = serde_json::to_value(self).unwrap_or_default();
        let fields = value.as_object().cloned().unwrap_or_default();
        fields
            .into_iter()
            .map(|(key, value)| {
                let text = value.as_str().unwrap_or_default();
                (key, text.replace("\r\n", "\n").trim().to_owned())
            })
            .collect()
    }

    /// The other way round.
    pub fn from_fields(fields: &BTreeMap<String, String>) -> Self {
        let pairs = fields.iter().map(|(k, v)| (k.clone(), v.clone().into()));
        let value = serde_json::Value::Object(pairs.collect());
        serde_json::from_value(value).unwrap_or_default()
    }

    /// A content as the form shows it, less what it waits for.
    pub fn of_content(content: &Content, me: &Me) -> Self {
        let unit = |id: Id<_>| me.roster.unit_name(id).to_owned();
        let post = |id: Option<Id<_>>| {
            id.map(|id| me.roster.post_title(id).to_owned()).unwrap_or_default()
        };
        let day = |day: Option<mechanisms::Day>| day.map(|d| d.to_string()).unwrap_or_default();
        let co: Vec<String> = content.co_units.iter().map(|id| unit(*id)).collect();
        let (due_on, no_due) = match &content.due {
            Some(Due::On(due)) => (due.to_string(), String::new()),
            Some(Due::Never { reason }) => (String::new(), reason.clone()),
            None => (String::new(), String::new()),
        };
        let target = content.target.as_ref();
        Self {
            title: content.title.clone(),
            what: content.what.clone(),
            target: target.map(|target| target.amount.to_string()).unwrap_or_default(),
            unit: target.map(|target| target.unit.clone()).unwrap_or_default(),
            how: content.how.join("\n"),
            lead: content.lead.map(unit).unwrap_or_default(),
            co_units: co.join("、"),
            sponsor: post(content.sponsor),
            owner: post(content.owner),
            watcher: post(content.watcher),
            start_on: day(content.start_on),
            due_on,
            no_due,
            milestones: steps::text(&content.milestones),
            best_pace: content.best_pace.map(|pace| pace.to_string()).unwrap_or_default(),
            report_every: content.report_every.to_string(),
            three_every: content.three_every.to_string(),
            ..Self::default()
        }
    }

    /// The content these texts say, or the field that cannot be read; what the item waits for
    /// is read by [`super::waits`], since it names other items.
    pub fn content(&self, me: &Me) -> Result<Content, Unreadable> {
        let unit = |field, name: &str| named::unit(&me.roster, field, name);
        let post = |field, title: &str| named::post(&me.roster, field, title);
        let target = typed::number("target", &self.target)?.map(|amount| {
            let unit = self.unit.trim();
            Target { amount, unit: if unit.is_empty() { "%".into() } else { unit.to_owned() } }
        });
        let due = match typed::day("due_on", &self.due_on)? {
            Some(day) => Some(Due::On(day)),
            None if !self.no_due.trim().is_empty() => {
                Some(Due::Never { reason: self.no_due.trim().to_owned() })
            }
            None => None,
        };
        let mut co_units = Vec::new();
        for name in self.co_units.split(['、', ',', '，']).filter(|name| !name.trim().is_empty())
        {
            co_units.extend(unit("co_units", name)?);
        }
        let how = self.how.lines().map(str::trim).filter(|line| !line.is_empty());
        let typed = steps::read(&self.milestones)?;
        let mut content = Content {
            title: self.title.trim().to_owned(),
            what: self.what.trim().to_owned(),
            target,
            how: how.map(str::to_owned).collect(),
            lead: unit("lead", &self.lead)?,
            co_units,
            sponsor: post("sponsor", &self.sponsor)?,
            owner: post("owner", &self.owner)?,
            watcher: post("watcher", &self.watcher)?,
            start_on: typed::day("start_on", &self.start_on)?,
            due,
            milestones: Vec::new(),
            best_pace: typed::number("best_pace", &self.best_pace)?,
            report_every: typed::number("report_every", &self.report_every)?.unwrap_or(7),
            three_every: typed::number("three_every", &self.three_every)?.unwrap_or(0),
            after: Vec::new(),
        };
        let (sketch, pace) = (sketch(&content, me), content.best_pace);
        content.milestones = typed.dated(&sketch, pace, None, &me.calendar)?;
        Ok(content)
    }
}

/// An item of this content that nobody has drafted yet.
fn sketch(content: &Content, me: &Me) -> Item {
    let draft = Event::Drafted {
        plan: Id::new(0),
        goal: Id::new(0),
        number: String::new(),
        parent: None,
        content: Box::new(content.clone()),
    };
    let stamp = Stamp { number: 0, day: me.today(), at: String::new(), by: me.officer };
    Item::apply(None, &draft, &stamp)
}
