//! Sums: how many matters share a standing, a turning day or a deadline, and how many moves wait
//! for whom. A page adds up a few hundred of them instead of counting a million rows.
//!
//! ```text
//! tally      kind, plan, standing, turn, day   the lights today: `warn` and `late` by turning day
//! tally_day  kind, plan, turn, day             the lights on any day: by the day it shows
//! tally_due  kind, plan, standing, due_on      the groups of timeliness
//! tally_todo whose, since                      the moves of a post, or of who has a power
//! ```
//!
//! The turn that moves a matter moves its sums; rebuilding casts and compares them like rows.

use std::collections::BTreeMap;

use mechanisms::Day;
use sqlx::{AssertSqlSafe, Row};

use super::{
    Store,
    engine::Writing,
    kept::{Counted, NEVER, TODOS},
    rebuild::{Difference, Report, cell},
    rows::{Cell, Rows, Table, bind, insert_text, portions},
};
use crate::{
    cells,
    failure::{Failure, Meaning},
};

/// Changes of the matters' sums, by kind, place and day.
pub(super) type Tally = BTreeMap<(&'static str, Counted, Day), i64>;

static TALLY: Table =
    Table { name: "tally", keys: &["kind", "plan", "standing", "turn", "day"], columns: &["n"] };

static TALLY_DAY: Table =
    Table { name: "tally_day", keys: &["kind", "plan", "turn", "day"], columns: &["n"] };

static TALLY_DUE: Table =
    Table { name: "tally_due", keys: &["kind", "plan", "standing", "due_on"], columns: &["n"] };

static TALLY_TODO: Table = Table { name: "tally_todo", keys: &["whose", "since"], columns: &["n"] };

/// Every table of sums.
static TABLES: [&Table; 4] = [&TALLY, &TALLY_DAY, &TALLY_DUE, &TALLY_TODO];

/// What is added to the sums, table by table.
#[derive(Debug, Default)]
pub(super) struct Sums([BTreeMap<Vec<Cell>, i64>; 4]);

impl Sums {
    /// Matters that came to a place, or left it.
    pub(super) fn count(&mut self, tally: Tally) {
        let Self([sums, days, dues, _]) = self;
        let add = |sums: &mut BTreeMap<Vec<Cell>, i64>, place: Vec<Cell>, n: i64| {
            *sums.entry(place).or_default() += n;
        };
        for ((kind, at, day), n) in tally {
            let (plan, standing, day) = (at.plan, at.standing, day.to_string());
            add(dues, cells![kind, plan, standing, at.due_on], n);
            add(sums, cells![kind, plan, standing, "", ""], n);
            let first = at.yellow_on.min(at.red_on.clone());
            for (turn, on) in [("warn", first), ("late", at.red_on)] {
                if on != NEVER {
                    add(days, cells![kind, plan, turn, on.clone().max(day.clone())], n);
                    add(sums, cells![kind, plan, standing, turn, on], n);
                }
            }
        }
    }

    /// Moves among the rows of one matter: `n` is 1 where they came, -1 where they left.
    pub(super) fn wait(&mut self, rows: &Rows, n: i64) {
        let place = |name| TODOS.columns.iter().position(|column| *column == name);
        let (Some(whose), Some(since)) = (place("whose"), place("since")) else { return };
        for (table, _, columns) in rows.each() {
            if table.name == TODOS.name {
                let key = vec![columns[whose].clone(), columns[since].clone()];
                *self.0[3].entry(key).or_default() += n;
            }
        }
    }

    /// Adds everything to what the database holds.
    pub(super) async fn write(
        self,
        jurisdiction: i64,
        writing: &mut Writing,
    ) -> Result<(), Failure> {
        for (table, sums) in TABLES.into_iter().zip(self.0) {
            add(jurisdiction, table, sums, writing).await?;
        }
        Ok(())
    }
}

/// Forgets every sum of a jurisdiction.
pub(super) async fn clear(jurisdiction: i64, writing: &mut Writing) -> Result<(), Failure> {
    for table in TABLES {
        let text = AssertSqlSafe(format!("delete from {} where jurisdiction = $1", table.name));
        sqlx::query(text).bind(jurisdiction).execute(writing.on()).await?;
    }
    Ok(())
}

async fn add(
    jurisdiction: i64,
    table: &Table,
    sums: BTreeMap<Vec<Cell>, i64>,
    writing: &mut Writing,
) -> Result<(), Failure> {
    let rows: Vec<Vec<Cell>> = sums
        .into_iter()
        .filter(|(_, n)| *n != 0)
        .map(|(mut place, n)| {
            place.push(n.into());
            place
        })
        .collect();
    for portion in portions(&rows) {
        let text = format!(
            "{} on conflict (jurisdiction, {}) do update set n = {}.n + excluded.n",
            insert_text(table, portion.len(), writing.dialect),
            table.keys.join(", "),
            table.name,
        );
        let mut query = sqlx::query(AssertSqlSafe(text));
        for row in portion {
            query = query.bind(jurisdiction);
            for value in row {
                query = bind(query, value);
            }
        }
        query.execute(writing.on()).await.meaning("adding to the sums")?;
    }
    Ok(())
}

impl Store {
    /// Compares the sums of a jurisdiction with what its journal casts.
    pub(super) async fn compare_sums(
        &self,
        jurisdiction: i64,
        sums: Sums,
        report: &mut Report,
    ) -> Result<(), Failure> {
        for (table, mut sums) in TABLES.into_iter().zip(sums.0) {
            sums.retain(|_, n| *n != 0);
            let keys = table.keys.join(", ");
            let text = format!(
                "select {keys}, n from {} where jurisdiction = $1 and n <> 0 order by {keys}",
                table.name
            );
            let query = sqlx::query(AssertSqlSafe(text)).bind(jurisdiction);
            for row in query.fetch_all(self.reader()).await? {
                let place = (0..table.keys.len()).map(|place| cell(&row, place));
                let place = place.collect::<Result<Vec<Cell>, Failure>>()?;
                let n: i64 = row.try_get(table.keys.len())?;
                report.rows += 1;
                let counted = sums.remove(&place);
                if counted != Some(n) {
                    report.add(difference(table, &place, Some(n), counted));
                }
            }
            for (place, n) in sums {
                report.add(difference(table, &place, None, Some(n)));
            }
        }
        Ok(())
    }
}

fn difference(
    table: &'static Table,
    place: &[Cell],
    in_rows: Option<i64>,
    from_journal: Option<i64>,
) -> Difference {
    let text = |n: Option<i64>| n.map(|n| n.to_string());
    let key = super::rebuild::said(place);
    let (in_rows, from_journal) = (text(in_rows), text(from_journal));
    Difference { table: table.name, key, in_rows, from_journal }
}
