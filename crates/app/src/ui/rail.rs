//! The rail of the first run (首次使用): its five steps, how far each is, and which is open. Read
//! from the roster and from the rows all matters share.

use sqlx::Row;

use super::words::Words;
use crate::{access::Me, failure::Failure};

/// The steps, in order.
pub const STEPS: [&str; 5] = ["units", "plan", "chain", "rules", "start"];

/// One step: its word, whether it is behind, whether it is this one.
#[derive(Clone, Debug)]
pub struct Step {
    pub word: &'static str,
    pub number: usize,
    pub done: bool,
    pub here: bool,
    pub note: String,
}

/// How far the set-up is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub units: i64,
    pub people: i64,
    pub goals: i64,
    pub items: i64,
    pub ownerless: i64,
}

pub async fn counts(me: &Me) -> Result<Counts, Failure> {
    let row = sqlx::query(
        "select (select count(*) from matter where jurisdiction = $1 and kind = 'goal' \
         and standing <> 'gone'), (select count(*) from matter where jurisdiction = $1 \
         and kind = 'item' and standing <> 'gone'), (select count(*) from matter \
         where jurisdiction = $1 and kind = 'item' and standing <> 'gone' and owner is null)",
    )
    .bind(me.body.id)
    .fetch_one(me.house.store.reader())
    .await?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(Counts {
        units: count(me.roster.units().filter(|(_, unit)| unit.kind.is_counted()).count()),
        people: count(me.roster.people().count()),
        goals: row.try_get(0)?,
        items: row.try_get(1)?,
        ownerless: row.try_get(2)?,
    })
}

pub fn steps(counts: Counts, here: &str, w: &Words) -> Vec<Step> {
    let place = STEPS.iter().position(|one| *one == here).unwrap_or(0);
    let step = |(word, number): (&'static str, usize)| Step {
        word,
        number,
        done: match word {
            "units" => counts.units > 1 && counts.people > 1,
            "plan" => counts.items > 0,
            "chain" => counts.items > 0 && counts.ownerless == 0,
            _ => number <= place,
        },
        here: word == here,
        note: match word {
            "units" => w.n("setup-units-n", counts.units),
            "plan" if counts.items > 0 => w.n("setup-items-n", counts.items),
            word => w.t(&format!("setup-note-{word}")),
        },
    };
    STEPS.into_iter().zip(1_usize..).map(step).collect()
}

/// The step after this one.
pub fn next(here: &str) -> &'static str {
    let place = STEPS.iter().position(|one| *one == here).unwrap_or(0);
    STEPS.get(place + 1).copied().unwrap_or("start")
}

/// The step before this one.
pub fn before(here: &str) -> Option<&'static str> {
    let place = STEPS.iter().position(|one| *one == here)?;
    STEPS.get(place.checked_sub(1)?).copied()
}
