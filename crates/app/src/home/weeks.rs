//! Red and amber of the last twelve weeks, from what each day changed.
//!
//! Weeks that have passed do not change unless somebody writes on an earlier day, so they are
//! read in one pass and remembered; the newest is what the lights count today.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::Span;
use mechanisms::Day;
use sqlx::{AssertSqlSafe, Row};

use crate::{
    access::{Me, Scope},
    failure::Failure,
    matters::{self, Counts, Filter, past},
};

/// A day, and how many were red and amber on it.
pub type Week = (Day, i64, i64);

/// The body, the plans, and the day.
type Asked = (i64, String, Day);

/// Weeks that were read, with the size of the journal they hold for.
#[derive(Debug, Default)]
pub struct Memory(Mutex<HashMap<Asked, (i64, Vec<Week>)>>);

/// The last twelve weeks of a plan or year, the newest being the day the page shows.
pub(super) async fn read(me: &Me, filter: &Filter, today: &Counts) -> Result<Vec<Week>, Failure> {
    if me.scope != Scope::All {
        return replayed(me, filter, today).await;
    }
    let plans = match filter.plan {
        Some(plan) => plan.to_string(),
        None => matters::span(me, filter).await?.plans(),
    };
    let key = (me.body.id, plans.clone(), me.today());
    let memory = &me.house.memory.0;
    let known = memory.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    let (size, earlier) = since(me, known.as_ref().map_or(0, |known| known.0)).await?;
    let mut weeks = match known.filter(|_| !earlier) {
        Some((_, weeks)) => weeks,
        None => pass(me, &plans).await?,
    };
    let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
    // Past days are looked at seldom, and would crowd out today.
    if me.past.is_none() {
        memory.retain(|kept, _| kept.0 != key.0 || kept.2 == key.2);
        memory.insert(key, (size, weeks.clone()));
    }
    drop(memory);
    weeks.push((me.today(), today.late, today.warn));
    Ok(weeks)
}

/// The size of the journal, and whether anything after an earlier size was written on a day that
/// has passed.
async fn since(me: &Me, size: i64) -> Result<(i64, bool), Failure> {
    let row = sqlx::query(
        "select h.size, (select min(e.day) from entry e where e.jurisdiction = $1 \
         and e.number >= $2) from head h where h.jurisdiction = $1",
    )
    .bind(me.body.id)
    .bind(size)
    .fetch_one(me.house.store.reader())
    .await?;
    let earliest: Option<String> = row.try_get(1)?;
    Ok((row.try_get(0)?, earliest.is_some_and(|day| day < me.today().to_string())))
}

/// The days of the eleven weeks before this one.
fn days(me: &Me) -> Vec<Day> {
    (1..12).rev().map(|back| me.today().saturating_sub(Span::new().days(7 * back))).collect()
}

/// The weeks of an officer who sees a part: each day's lists, counted. Nothing where they are too
/// long to be replayed.
async fn replayed(me: &Me, filter: &Filter, today: &Counts) -> Result<Vec<Week>, Failure> {
    let mut weeks = Vec::new();
    for day in days(me) {
        let then = Me { replayed: std::sync::Arc::default(), ..me.clone() };
        let then = then.looking_at(Some(day));
        let bounds = Filter { as_of: Some(day.to_string()), ..filter.bounds() };
        if !past::within(&then, &bounds).await? {
            return Ok(Vec::new());
        }
        let counts = matters::counts(&then, &bounds).await?;
        weeks.push((day, counts.late, counts.warn));
    }
    weeks.push((me.today(), today.late, today.warn));
    Ok(weeks)
}

/// The eleven weeks before this one in one pass over the days.
async fn pass(me: &Me, plans: &str) -> Result<Vec<Week>, Failure> {
    let days = days(me);
    let sum = |condition: String| {
        format!("cast(coalesce(sum(case when {condition} then n else 0 end), 0) as bigint)")
    };
    let sums: Vec<String> = days
        .iter()
        .flat_map(|day| {
            let red = format!("day <= '{day}' and red_on <= '{day}'");
            let amber = format!("day <= '{day}' and red_on > '{day}' and yellow_on <= '{day}'");
            [sum(red), sum(amber)]
        })
        .collect();
    let text = format!(
        "select {} from tally_day m where jurisdiction = $1 and kind = 'item' \
         and standing = 'open' and m.plan in ({plans})",
        sums.join(", "),
    );
    let row = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .fetch_one(me.house.store.reader())
        .await?;
    let mut weeks = Vec::new();
    for (place, day) in days.into_iter().enumerate() {
        weeks.push((day, row.try_get(place * 2)?, row.try_get(place * 2 + 1)?));
    }
    Ok(weeks)
}
