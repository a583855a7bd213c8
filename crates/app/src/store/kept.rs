//! What the store asks of a mechanism beside its rules: the rows its state casts, and for a
//! matter, the row and the parts that all kinds share.

use std::any::Any;

use mechanisms::{Id, Mechanism, Stamp};

use super::{
    rows::{Rows, Table},
    search::{self, WORDS},
};
use crate::cells;

/// A mechanism whose facts the journal keeps.
pub trait Kept: Mechanism {
    /// Writes the state flat.
    fn rows(&self, id: Id<Self>, world: &World<'_>, rows: &mut Rows);

    /// The key of this matter's sum in the tally, where its kind is counted.
    fn counted(&self, _world: &World<'_>) -> Option<Counted> {
        None
    }
}

/// What casting a row may look at beside the state: never a clock, never another row.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    pub calendar: &'a calendar::Calendar,
    pub lights: &'a mechanisms::light::Pack,
    pub ladder: &'a mechanisms::reminder::Ladder,
    /// The calendars there were, each with the day since which it held, oldest first; empty
    /// where only the present one is asked about.
    pub past: &'a [(mechanisms::Day, calendar::Calendar)],
}

impl World<'_> {
    /// The world with the calendar that held at the end of a day.
    pub fn on(&self, day: mechanisms::Day) -> Self {
        let held = self.past.iter().rev().find(|(since, _)| *since <= day);
        Self { calendar: held.map_or(self.calendar, |held| &held.1), ..*self }
    }

    /// The days on which another calendar came into use, after one day and before another.
    pub fn changes(
        &self,
        after: mechanisms::Day,
        before: Option<mechanisms::Day>,
    ) -> impl Iterator<Item = mechanisms::Day> {
        let days = self.past.iter().map(|(since, _)| *since);
        days.filter(move |day| *day > after && before.is_none_or(|before| *day < before))
    }
}

/// After every day there is: what never turns.
pub const NEVER: &str = "9999-12-31";

/// One matter's place in the tally.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    pub plan: i64,
    pub standing: &'static str,
    /// Days, or [`NEVER`].
    pub yellow_on: String,
    pub red_on: String,
    /// What [`timing`] says.
    pub due_on: String,
}

/// How a matter stands to its deadline: the day itself while it is open, `none` without one; once
/// it has ended `kept`, `missed` or `none` with the year it ended in, `kept-2015`.
pub fn timing(due: Option<mechanisms::Day>, done: Option<mechanisms::Day>) -> String {
    match (due, done) {
        (None, None) => "none".to_owned(),
        (Some(due), None) => due.to_string(),
        (None, Some(done)) => format!("none-{}", done.year()),
        (Some(due), Some(done)) if done <= due => format!("kept-{}", done.year()),
        (_, Some(done)) => format!("missed-{}", done.year()),
    }
}

/// A state the store holds without knowing its mechanism.
pub(super) trait Held: Any + Send + Sync {
    fn cast(&self, id: i64, world: &World<'_>, rows: &mut Rows);
    fn count(&self, world: &World<'_>) -> Option<Counted>;
}

impl<M: Kept> Held for M {
    fn cast(&self, id: i64, world: &World<'_>, rows: &mut Rows) {
        self.rows(Id::new(id), world, rows);
    }
    fn count(&self, world: &World<'_>) -> Option<Counted> {
        self.counted(world)
    }
}

/// One stored fact of one matter, as replay reads it.
#[derive(Debug)]
pub struct Fact {
    pub stamp: Stamp,
    pub payload: Option<String>,
}

/// The state after the facts.
pub fn replay<M: Mechanism>(facts: &[Fact]) -> Result<Option<M>, serde_json::Error> {
    facts.iter().try_fold(None, replay_one)
}

/// The state after one more fact; one whose content was erased leaves no trace in it.
pub fn replay_one<M: Mechanism>(
    state: Option<M>,
    fact: &Fact,
) -> Result<Option<M>, serde_json::Error> {
    let Some(payload) = &fact.payload else { return Ok(state) };
    let event: M::Event = serde_json::from_str(payload)?;
    Ok(Some(M::apply(state, &event, &fact.stamp)))
}

/// The places one matter had in the sums, at the end of each day on which it changed.
#[derive(Debug)]
pub struct Counts {
    pub kind: &'static str,
    pub days: Vec<(mechanisms::Day, Option<Counted>)>,
}

/// The row all kinds of matter share.
pub static MATTER: Table = Table {
    name: "matter",
    keys: &["kind", "id"],
    columns: &[
        "number",
        "sort",
        "title",
        "plan",
        "parent",
        "area",
        "lead_unit",
        "sponsor",
        "owner",
        "watcher",
        "stage",
        "standing",
        "start_on",
        "due_on",
        "forecast_on",
        "latest_start_on",
        "done_on",
        "percent",
        "yellow_on",
        "red_on",
        "urgent_on",
    ],
};

/// Whose move it is.
pub static TODOS: Table = Table {
    name: "todo",
    keys: &["kind", "matter", "what", "seat"],
    columns: &["post", "power", "since", "due_on", "whose", "by_on"],
};

/// Who has which part in a matter.
pub static PARTY: Table =
    Table { name: "party", keys: &["kind", "matter", "part", "seat"], columns: &["unit", "post"] };

/// The shared row of one matter, before it is written. Days are ISO text.
#[derive(Clone, Debug, Default)]
pub struct Matter {
    pub kind: &'static str,
    pub id: i64,
    /// The number people say: 27-1, 2-118.
    pub number: String,
    pub title: String,
    pub plan: Option<i64>,
    pub parent: Option<i64>,
    pub area: Option<String>,
    pub lead_unit: Option<i64>,
    pub sponsor: Option<i64>,
    pub owner: Option<i64>,
    pub watcher: Option<i64>,
    /// The mechanism's own stage word.
    pub stage: &'static str,
    /// `draft`, `open`, `hold`, `done` or `gone`: what every kind's stage amounts to.
    pub standing: &'static str,
    pub start_on: Option<String>,
    pub due_on: Option<String>,
    pub forecast_on: Option<String>,
    pub latest_start_on: Option<String>,
    pub done_on: Option<String>,
    pub percent: Option<i64>,
    pub yellow_on: Option<String>,
    pub red_on: Option<String>,
}

impl Matter {
    /// Puts the shared row, its parts, and the moves it waits for.
    pub fn put(self, parties: &[Party], todos: &[Todo], rows: &mut Rows) {
        let (kind, id) = (self.kind, self.id);
        for (seat, party) in (0_i64..).zip(parties) {
            rows.put(&PARTY, cells![kind, id, party.part, seat, party.unit, party.post]);
        }
        for (seat, todo) in (0_i64..).zip(todos) {
            let (since, due) = (todo.since.clone(), todo.due_on.clone());
            let by_on = due.clone().unwrap_or_else(|| NEVER.to_owned());
            let power = todo.power.map(str::to_owned);
            let whose = todo.post.map(|post| post.to_string()).or(power.clone());
            let whose = whose.unwrap_or_default();
            rows.put(
                &TODOS,
                cells![kind, id, todo.what, seat, todo.post, power, since, due, whose, by_on],
            );
        }
        rows.put(&WORDS, cells![id, search::pairs(&self.title, &self.number)]);
        let sort = sortable(&self.number);
        let urgent_on = self.red_on.clone().unwrap_or_else(|| NEVER.to_owned());
        rows.put(
            &MATTER,
            cells![
                kind,
                id,
                self.number,
                sort,
                self.title,
                self.plan,
                self.parent,
                self.area,
                self.lead_unit,
                self.sponsor,
                self.owner,
                self.watcher,
                self.stage,
                self.standing,
                self.start_on,
                self.due_on,
                self.forecast_on,
                self.latest_start_on,
                self.done_on,
                self.percent,
                self.yellow_on,
                self.red_on,
                urgent_on,
            ],
        );
    }
}

/// A part: lead, co, sponsor, owner, watcher, verifier, …
#[derive(Clone, Debug)]
pub struct Party {
    pub part: &'static str,
    pub unit: Option<i64>,
    pub post: Option<i64>,
}

/// A move somebody owes: a post, or whoever has the power.
#[derive(Clone, Debug)]
pub struct Todo {
    /// `sign`, `plan`, `report`, `verify`, … : the word of the move and of its button.
    pub what: &'static str,
    pub post: Option<i64>,
    pub power: Option<&'static str>,
    pub since: String,
    pub due_on: Option<String>,
}

/// Numbers padded so that text order is number order: `27-1` becomes `000027-000001`.
pub fn sortable(number: &str) -> String {
    let mut out = String::with_capacity(number.len() + 12);
    let mut digits = String::new();
    for character in number.chars().chain(['\0']) {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        if !digits.is_empty() {
            out.push_str(&format!("{digits:0>6}"));
            digits.clear();
        }
        if character != '\0' {
            out.push(character);
        }
    }
    out
}
