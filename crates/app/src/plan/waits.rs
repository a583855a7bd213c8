//! What an item waits for: other items of its plan, named by their numbers.

use std::collections::{BTreeMap, BTreeSet};

use mechanisms::{
    Id,
    plan::{
        Plan,
        item::{Item, Refusal, WaitsFor},
    },
};
use sqlx::{AssertSqlSafe, Row};

use super::steps;
use crate::{access::Me, failure::Failure, typed::Unreadable};

/// More items than these are not laid into one network.
const LAID: usize = 2_000;

/// What an item waits for, the way [`read`] reads it.
pub async fn text(me: &Me, after: &[WaitsFor]) -> Result<String, Failure> {
    if after.is_empty() {
        return Ok(String::new());
    }
    let ids: Vec<String> = after.iter().map(|wait| wait.item.to_string()).collect();
    let text = format!(
        "select id, number from matter where jurisdiction = $1 and kind = 'item' \
         and id in ({}) order by id",
        ids.join(", ")
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
    let mut numbers: BTreeMap<i64, String> = BTreeMap::new();
    for row in &rows {
        numbers.insert(row.try_get(0)?, row.try_get(1)?);
    }
    let one = |wait: &WaitsFor| {
        let number = numbers.get(&wait.item.0).cloned().unwrap_or(wait.item.to_string());
        steps::wait_text(&number, wait.kind, wait.lag)
    };
    Ok(after.iter().map(one).collect::<Vec<_>>().join("、"))
}

/// Why what an item waits for could not be taken.
#[derive(Debug)]
pub enum NotRead {
    Unreadable(Unreadable),
    Refused(Refusal),
    Failed(Failure),
}

impl From<Failure> for NotRead {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<sqlx::Error> for NotRead {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Reads `27-2、27-3FS+5` as items of a plan.
pub async fn read(me: &Me, plan: Id<Plan>, text: &str) -> Result<Vec<WaitsFor>, NotRead> {
    let named = steps::waits(text, |number| Some(number.to_owned())).ok_or_else(|| {
        let found = text.trim().to_owned();
        NotRead::Unreadable(Unreadable { field: "after", why: "unreadable-after", found })
    })?;
    let mut after = Vec::new();
    for (number, kind, lag) in named {
        let row = sqlx::query(
            "select id from matter where jurisdiction = $1 and kind = 'item' and plan = $2 \
             and number = $3 and standing <> 'gone' order by id limit 1",
        )
        .bind(me.body.id)
        .bind(plan.0)
        .bind(number.clone())
        .fetch_optional(me.house.store.reader())
        .await?;
        let row = row.ok_or(NotRead::Refused(Refusal::WaitsForUnknown { number }))?;
        after.push(WaitsFor { item: Id::new(row.try_get(0)?), kind, lag });
    }
    Ok(after)
}

/// The item with all it waits for and all that waits for it, one after another.
pub async fn connected(me: &Me, id: Id<Item>) -> Result<Vec<(Id<Item>, Item)>, Failure> {
    let mut next = vec![id];
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    while let Some(id) = next.pop() {
        if !seen.insert(id) || seen.len() > LAID {
            continue;
        }
        let Some(item) = me.house.store.state::<Item>(me.body.id, id).await? else { continue };
        next.extend(item.content.after.iter().map(|wait| wait.item));
        let rows = sqlx::query(
            "select item from waits_for where jurisdiction = $1 and other = $2 order by item",
        )
        .bind(me.body.id)
        .bind(id.0)
        .fetch_all(me.house.store.reader())
        .await?;
        for row in &rows {
            next.push(Id::new(row.try_get(0)?));
        }
        items.push((id, item));
    }
    Ok(items)
}
