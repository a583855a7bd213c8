//! The working calendar (工作日历): the days of the State Council's notices, and over them what
//! the body itself arranged: a holiday of its own, a day made up, a day of storm.
//!
//! ```text
//! (the State Council's days) ─▶ edition 1 ─Arrange─▶ edition 2 ─▶ …   the newest holds
//! ```
//!
//! An edition is the whole list of the body's own days. It moves deadlines that are counted in
//! working days, so it is shown what it would move before it is carried out, and it may change
//! no day that has passed.

use calendar::{Calendar, Exception, Rules, differences, office_hours};
use serde::{Deserialize, Serialize};

use crate::{Ask, Day, Mechanism, Refuses, Stamp, require, roster::Power};

/// So many own days are listed at most.
pub const MOST: usize = 400;
/// A span of own days is no longer than this many days.
const SPAN: i64 = 366;

/// The calendar of one body. Every jurisdiction has one at most, numbered 1.
#[derive(Clone, Debug)]
pub struct Workdays {
    pub editions: Vec<Edition>,
    calendar: Calendar,
}

/// One edition: what the body arranged, why, by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    pub days: Vec<Arranged>,
    /// The notice it follows.
    pub reason: String,
    pub stamp: Stamp,
}

/// Days the body arranged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arranged {
    pub first: Day,
    pub last: Day,
    /// 上班, or 休息.
    pub works: bool,
    pub name: String,
}

#[derive(Clone, Debug)]
pub enum Command {
    /// The body's own days from now on, all of them.
    Arrange { days: Vec<Arranged>, reason: String },
}

/// Facts, kept for good: variants are added, never edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Arranged { days: Vec<Arranged>, reason: String },
}

/// Why the calendar says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NoPower,
    ReasonMissing,
    NameMissing {
        day: Day,
    },
    SpanWrong {
        day: Day,
    },
    TooMany {
        most: usize,
    },
    Overlap {
        day: Day,
    },
    Unchanged,
    /// A day that has passed cannot be arranged otherwise afterwards.
    DayPast {
        day: Day,
    },
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NoPower => "refused-no-power",
            Self::ReasonMissing => "refused-reason-missing",
            Self::NameMissing { .. } => "refused-day-name-missing",
            Self::SpanWrong { .. } => "refused-day-span",
            Self::TooMany { .. } => "refused-days-too-many",
            Self::Overlap { .. } => "refused-days-overlap",
            Self::Unchanged => "refused-days-unchanged",
            Self::DayPast { .. } => "refused-day-past",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NameMissing { day }
            | Self::SpanWrong { day }
            | Self::Overlap { day }
            | Self::DayPast { day } => vec![("day", day.to_string())],
            Self::TooMany { most } => vec![("most", most.to_string())],
            Self::NoPower | Self::ReasonMissing | Self::Unchanged => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NoPower => None,
            Self::ReasonMissing => Some("reason"),
            _ => Some("days"),
        }
    }
}

impl Mechanism for Workdays {
    const KIND: &'static str = "workdays";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(
        state: Option<&Self>,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let Command::Arrange { days, reason } = command;
        require(ask.roster.may(ask.by, Power::Decide), Refusal::NoPower)?;
        require(!reason.trim().is_empty(), Refusal::ReasonMissing)?;
        sound(&days)?;
        let before = state.map_or_else(Calendar::china, |state| state.calendar.clone());
        let after = over_china(&days);
        let changed = changed(&before, &after, &days, state);
        let first = changed.first().copied().ok_or(Refusal::Unchanged)?;
        require(first >= ask.today, Refusal::DayPast { day: first })?;
        Ok(vec![Event::Arranged { days, reason }])
    }

    fn apply(state: Option<Self>, event: &Event, stamp: &Stamp) -> Self {
        let Event::Arranged { days, reason } = event;
        let mut editions = state.map(|state| state.editions).unwrap_or_default();
        let stamp = stamp.clone();
        editions.push(Edition { days: days.clone(), reason: reason.clone(), stamp });
        Self { editions, calendar: over_china(days) }
    }
}

/// Spans are in order of their days, named, and apart.
fn sound(days: &[Arranged]) -> Result<(), Refusal> {
    require(days.len() <= MOST, Refusal::TooMany { most: MOST })?;
    for span in days {
        let day = span.first;
        let length = i64::from(day.until(span.last).map_or(-1, |span| span.get_days()));
        require((0..SPAN).contains(&length), Refusal::SpanWrong { day })?;
        require(!span.name.trim().is_empty(), Refusal::NameMissing { day })?;
    }
    let mut sorted: Vec<&Arranged> = days.iter().collect();
    sorted.sort_by_key(|span| span.first);
    for pair in sorted.windows(2) {
        require(pair[0].last < pair[1].first, Refusal::Overlap { day: pair[1].first })?;
    }
    Ok(())
}

/// The body's own days over the State Council's. What cannot be laid changes nothing.
fn over_china(days: &[Arranged]) -> Calendar {
    let exception = |span: &Arranged| Exception {
        first: span.first,
        last: span.last,
        working: if span.works { office_hours() } else { Vec::new() },
        name: span.name.clone(),
    };
    let exceptions = days.iter().map(exception).collect();
    let rules = Rules { name: "own".into(), exceptions, ..Rules::default() };
    let china = Calendar::china();
    china.derive(&rules).unwrap_or(china)
}

/// The days on which two editions differ: only days that one of them names can.
fn changed(
    before: &Calendar,
    after: &Calendar,
    days: &[Arranged],
    state: Option<&Workdays>,
) -> Vec<Day> {
    let named = state.map(Workdays::days).unwrap_or_default().iter().chain(days);
    let mut changed: Vec<Day> = named
        .flat_map(|span| differences(before, after, span.first, span.last))
        .map(|difference| difference.day)
        .collect();
    changed.sort();
    changed.dedup();
    changed
}

impl Edition {
    /// The calendar as this edition has it.
    pub fn calendar(&self) -> Calendar {
        over_china(&self.days)
    }
}

impl Workdays {
    /// The calendar as its newest edition has it.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The body's own days as they hold.
    pub fn days(&self) -> &[Arranged] {
        self.editions.last().map_or(&[], |edition| &edition.days)
    }

    /// The calendar these days would make, and the days on which it differs; for showing what
    /// an edition would move.
    pub fn tried(state: Option<&Self>, days: &[Arranged]) -> (Calendar, Vec<Day>) {
        let before = state.map_or_else(Calendar::china, |state| state.calendar.clone());
        let after = over_china(days);
        let changed = changed(&before, &after, days, state);
        (after, changed)
    }
}

#[cfg(test)]
mod tests;
