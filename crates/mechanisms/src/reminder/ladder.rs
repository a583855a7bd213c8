//! The pack of the ladder: its rungs, and what comes next.

use serde::Deserialize;

use super::{Level, Next, Parties, Reminder};
use crate::{
    Ask, Day, Id,
    roster::{Post, Power, Roster, UnitKind},
};

/// A set of rungs with its version.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    pub version: i64,
    pub valid_from: Day,
    #[serde(rename = "rung")]
    pub rungs: Vec<Rung>,
}

/// One rung.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    #[serde(deserialize_with = "level")]
    pub level: Level,
    /// Workdays after the deadline (first rung), or after the reply of the rung before was due.
    pub after: i64,
    /// Workdays within which it must be answered.
    pub reply: i64,
    /// Who gets it; the first must answer.
    pub to: Vec<To>,
    /// Who may send it.
    pub by: Vec<By>,
    /// Where it comes from, in the office's own words.
    #[serde(default)]
    pub source: String,
}

/// A recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum To {
    /// 责任人.
    Owner,
    /// 责任单位主要负责人.
    UnitHead,
    /// The nearest head above the responsible unit, up the real chain.
    Above,
    /// 分包领导.
    Sponsor,
}

/// A sender: a part in the matter, or a power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// 盯办人.
    Watcher,
    /// 分包领导.
    Sponsor,
    Remind,
    Issue,
    Decide,
}

/// Why a pack cannot be used.
pub type LadderError = toml::de::Error;

fn level<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Level, D::Error> {
    let word = String::deserialize(from)?;
    Level::of(&word).ok_or_else(|| serde::de::Error::custom(format!("no rung is named {word:?}")))
}

impl Ladder {
    /// Reads a pack; an error names its line.
    pub fn parse(text: &str) -> Result<Self, LadderError> {
        toml::from_str(text)
    }

    /// The pack that ships.
    pub fn standard() -> Result<Self, LadderError> {
        Self::parse(include_str!("../../../../packs/reminders.toml"))
    }

    pub fn rung(&self, level: Level) -> Option<&Rung> {
        self.rungs.iter().find(|rung| rung.level == level)
    }

    /// The rung above another one.
    pub fn above(&self, level: Level) -> Option<&Rung> {
        let place = self.rungs.iter().position(|rung| rung.level == level)?;
        self.rungs.get(place + 1)
    }

    /// The next rung of an open matter and the first day on which it may be sent, if nothing
    /// more happens; none above the highest, and none for a matter without a deadline and without
    /// a reminder.
    pub fn next(
        &self,
        due_on: Option<Day>,
        given: &[Reminder],
        calendar: &calendar::Calendar,
    ) -> Option<Next> {
        let last = given.iter().rev().find(|one| one.revoked.is_none());
        let Some(last) = last else {
            let first = self.rungs.first()?;
            let on = calendar.add_workdays(due_on?, first.after.max(1));
            return Some(Next { level: first.level, on });
        };
        let rung = self.above(last.level)?;
        // An answer is no silence: the ladder is climbed on only once the deadline has passed too.
        let since = match last.answer {
            Some(_) => last.answer_due.max(due_on?),
            None => last.answer_due,
        };
        Some(Next { level: rung.level, on: calendar.add_workdays(since, rung.after.max(1)) })
    }

    /// The posts a rung goes to, vacant ones passed over, each once.
    pub fn recipients(&self, level: Level, parties: &Parties, ask: &Ask<'_>) -> Vec<Id<Post>> {
        let Some(rung) = self.rung(level) else { return Vec::new() };
        let mut posts = Vec::new();
        for to in &rung.to {
            let found = match to {
                To::Owner => parties.owner,
                To::Sponsor => parties.sponsor,
                To::UnitHead => parties.head(ask.roster, ask.today),
                To::Above => parties.above(ask.roster, ask.today),
            };
            let held = found.filter(|post| ask.roster.holder(*post, ask.today).is_some());
            if let Some(post) = held.filter(|post| !posts.contains(post)) {
                posts.push(post);
            }
        }
        posts
    }
}

impl Rung {
    /// May the officer send it, by their part in the matter or by a power?
    pub fn may(&self, parties: &Parties, ask: &Ask<'_>) -> bool {
        self.by.iter().any(|by| match by {
            By::Watcher => parties.watcher == Some(ask.by.post),
            By::Sponsor => parties.sponsor == Some(ask.by.post),
            By::Remind => ask.roster.may(ask.by, Power::Remind),
            By::Issue => ask.roster.may(ask.by, Power::Issue),
            By::Decide => ask.roster.may(ask.by, Power::Decide),
        })
    }
}

impl Parties {
    /// The head of the responsible body: of the unit itself, or where it is a section, of the
    /// counted unit it belongs to.
    fn head(&self, roster: &Roster, day: Day) -> Option<Id<Post>> {
        let units = roster.unit_and_ancestors(self.unit?);
        let body = units
            .iter()
            .position(|unit| roster.unit(*unit).is_some_and(|unit| unit.kind != UnitKind::Section));
        units.into_iter().skip(body.unwrap_or(0)).find_map(|unit| held_head(unit, roster, day))
    }

    /// The nearest head above the responsible body; at the top, the leader in charge, or else the
    /// head of the leadership.
    fn above(&self, roster: &Roster, day: Day) -> Option<Id<Post>> {
        let head = self.head(roster, day);
        let body = head.and_then(|head| roster.unit_of(head)).or(self.unit)?;
        let above = roster.unit_and_ancestors(body).into_iter().skip(1);
        let found = above.clone().find_map(|unit| held_head(unit, roster, day));
        let top = above.last().unwrap_or(body);
        let leaders = roster.children_of(top).iter().copied().filter(|unit| {
            roster.unit(*unit).is_some_and(|unit| unit.kind == UnitKind::Leadership)
        });
        let leader = leaders.into_iter().find_map(|unit| held_head(unit, roster, day));
        found.or(self.sponsor).or(leader)
    }
}

fn held_head(unit: Id<crate::roster::Unit>, roster: &Roster, day: Day) -> Option<Id<Post>> {
    roster.head_of(unit).filter(|post| roster.holder(*post, day).is_some())
}
