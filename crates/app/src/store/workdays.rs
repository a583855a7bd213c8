//! The working calendar of each jurisdiction, as its journal has it.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use calendar::Calendar;
use mechanisms::{Day, Id, Mechanism, workdays::Workdays};
use sqlx::{AnyConnection, Row};

use super::{
    Store,
    kept::{Fact, MATTER, TODOS, World, replay},
    memory::Standing,
    pen,
    rebuild::Caster,
    rows::{Cell, Rows},
};
use crate::failure::{Failure, Meaning};

/// Every jurisdiction has one calendar.
pub const WORKDAYS: Id<Workdays> = Id::new(1);

impl Store {
    /// The working days of a jurisdiction, where it is known where it stands: as long as nothing
    /// was written, nothing is read.
    pub async fn calendar_under(
        &self,
        jurisdiction: i64,
        under: Standing,
    ) -> Result<Arc<Calendar>, Failure> {
        let calendars = &self.calendars;
        let known =
            calendars.read().unwrap_or_else(PoisonError::into_inner).get(&jurisdiction).cloned();
        if let Some((_, calendar)) = known.filter(|known| known.0 == under) {
            return Ok(calendar);
        }
        let mut connection = self.reader().acquire().await?;
        let calendar = calendar(jurisdiction, &mut connection).await?;
        let mut known = self.calendars.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(jurisdiction, (under, calendar.clone()));
        Ok(calendar)
    }

    /// The working days of a jurisdiction as they were at the end of a day.
    pub async fn calendar_on(&self, jurisdiction: i64, day: Day) -> Result<Arc<Calendar>, Failure> {
        let held = self.calendars(jurisdiction).await?;
        let held = held.into_iter().rev().find(|(since, _)| *since <= day);
        Ok(Arc::new(held.map_or_else(Calendar::china, |held| held.1)))
    }

    /// What another calendar would move of the open matters, and of how many: at most so many of
    /// them are looked at.
    pub async fn shifts(
        &self,
        jurisdiction: i64,
        (before, after): (&Calendar, &Calendar),
        cast: Caster,
        most: i64,
    ) -> Result<(i64, Vec<Shifted>), Failure> {
        let rows = sqlx::query(
            "select kind, id, number, title from matter where jurisdiction = $1 \
             and standing in ('open', 'hold') order by kind, sort, id limit $2",
        )
        .bind(jurisdiction)
        .bind(most)
        .fetch_all(self.reader())
        .await?;
        let mut shifted = Vec::new();
        for row in &rows {
            let (kind, id): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
            let mut connection = self.reader().acquire().await?;
            let facts = pen::facts(jurisdiction, &kind, id, &mut connection).await?;
            let days = |calendar: &Calendar| {
                let (lights, ladder) = (&**self.lights(), &**self.ladder());
                let world = World { calendar, lights, ladder, past: &[] };
                let mut rows = Rows::default();
                cast(&kind, id, &facts, &world, &mut rows)?;
                Ok::<_, Failure>(days_of(&rows))
            };
            let (old, new) = (days(before)?, days(after)?);
            for (what, before) in &old {
                let after = new.get(what).cloned().flatten();
                if *before != after {
                    shifted.push(Shifted {
                        kind: kind.clone(),
                        id,
                        number: row.try_get(2)?,
                        title: row.try_get(3)?,
                        what: what.clone(),
                        before: *before,
                        after,
                    });
                }
            }
        }
        Ok((i64::try_from(rows.len()).unwrap_or(i64::MAX), shifted))
    }

    /// Every calendar there was, with the day since which it held; the State Council's alone is
    /// none.
    pub(super) async fn calendars(
        &self,
        jurisdiction: i64,
    ) -> Result<Vec<(Day, Calendar)>, Failure> {
        let mut connection = self.reader().acquire().await?;
        let Some(state) = state(&facts(jurisdiction, &mut connection).await?)? else {
            return Ok(Vec::new());
        };
        let editions = state.editions.iter();
        let held = editions.map(|edition| (edition.stamp.day, edition.calendar()));
        Ok([(Day::MIN, Calendar::china())].into_iter().chain(held).collect())
    }
}

/// A day of an open matter that another calendar moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shifted {
    pub kind: String,
    pub id: i64,
    pub number: String,
    pub title: String,
    /// `latest_start_on`, `yellow_on`, `red_on`, or the word of a move that waits.
    pub what: String,
    pub before: Option<Day>,
    pub after: Option<Day>,
}

/// The days among a matter's rows that a calendar can move.
fn days_of(rows: &Rows) -> BTreeMap<String, Option<Day>> {
    let mut days = BTreeMap::new();
    let day = |cell: &Cell| match cell {
        Cell::Text(Some(text)) => text.parse().ok(),
        _ => None,
    };
    for (table, keys, columns) in rows.each() {
        let place = |name| table.columns.iter().position(|column| *column == name);
        if table.name == MATTER.name {
            for name in ["latest_start_on", "yellow_on", "red_on"] {
                if let Some(at) = place(name) {
                    days.insert(name.to_owned(), day(&columns[at]));
                }
            }
        }
        let what = table.keys.iter().position(|key| *key == "what");
        if table.name == TODOS.name
            && let (Some(at), Some(what)) = (place("due_on"), what)
            && let Cell::Text(Some(what)) = &keys[what]
        {
            days.insert(what.clone(), day(&columns[at]));
        }
    }
    days
}

/// The working days of a jurisdiction as the journal has them now.
pub(super) async fn calendar(
    jurisdiction: i64,
    connection: &mut AnyConnection,
) -> Result<Arc<Calendar>, Failure> {
    let state = state(&facts(jurisdiction, connection).await?)?;
    Ok(Arc::new(state.map_or_else(Calendar::china, |state| state.calendar().clone())))
}

async fn facts(jurisdiction: i64, connection: &mut AnyConnection) -> Result<Vec<Fact>, Failure> {
    pen::facts(jurisdiction, Workdays::KIND, WORKDAYS.0, connection).await
}

fn state(facts: &[Fact]) -> Result<Option<Workdays>, Failure> {
    replay(facts).meaning("corrupt journal: replaying the working calendar")
}
