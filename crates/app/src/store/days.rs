//! Where a jurisdiction stood for a past day: at the newest entry of that day or an earlier one.
//!
//! An entry of today says nothing about yesterday. So what was answered for a past day is the
//! answer for as long as nothing is written down for that day or one before it, however much is
//! written for today.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

use mechanisms::Day;
use sqlx::Row;

use super::{Store, memory::Standing};
use crate::failure::Failure;

/// What is known of one jurisdiction's days.
#[derive(Clone, Debug)]
struct Seen {
    under: Standing,
    /// Where the journal stood when this server first looked: any day may have entries before.
    first: i64,
    /// The newest entry of each day that was written to since.
    newest: BTreeMap<String, i64>,
}

/// The newest entry of each day, by jurisdiction.
#[derive(Debug, Default)]
pub(super) struct Days(Mutex<HashMap<i64, Seen>>);

impl Store {
    /// The standing that answers for the end of a past day depend on.
    pub async fn standing_on(
        &self,
        jurisdiction: i64,
        under: Standing,
        day: Day,
    ) -> Result<Standing, Failure> {
        let known = self.days.get(jurisdiction);
        let seen = match known.filter(|seen| seen.under.refilled == under.refilled) {
            Some(seen) if seen.under.size >= under.size => seen,
            Some(seen) => self.look(jurisdiction, seen, under).await?,
            None => Seen { under, first: under.size, newest: BTreeMap::new() },
        };
        let newest = seen.newest.range(..=day.to_string()).map(|(_, number)| number + 1).max();
        let size = newest.unwrap_or(0).max(seen.first);
        self.days.keep(jurisdiction, seen);
        Ok(Standing { size, refilled: under.refilled })
    }

    /// Takes in what was written since.
    async fn look(
        &self,
        jurisdiction: i64,
        mut seen: Seen,
        under: Standing,
    ) -> Result<Seen, Failure> {
        let rows = sqlx::query(
            "select day, max(number) from entry where jurisdiction = $1 and number >= $2 \
             and number < $3 group by day order by day",
        )
        .bind(jurisdiction)
        .bind(seen.under.size)
        .bind(under.size)
        .fetch_all(self.reader())
        .await?;
        for row in &rows {
            let (day, number): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
            seen.newest.insert(day, number);
        }
        seen.under = under;
        Ok(seen)
    }
}

impl Days {
    fn get(&self, jurisdiction: i64) -> Option<Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&jurisdiction).cloned()
    }

    /// Keeps what was seen, unless another visitor saw more meanwhile.
    fn keep(&self, jurisdiction: i64, seen: Seen) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let newer = all.get(&jurisdiction).is_some_and(|known| {
            known.under.refilled == seen.under.refilled && known.under.size > seen.under.size
        });
        if !newer {
            all.insert(jurisdiction, seen);
        }
    }
}
