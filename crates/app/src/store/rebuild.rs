//! Rebuilding: rows are the journal's shadow. `check` casts every matter's rows anew and compares
//! them with what the database holds; `refill` drops the rows and writes them again.

use std::collections::{BTreeMap, HashMap};

use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Column, Row, TypeInfo, any::AnyRow};

use super::{
    Store,
    group::insert,
    kept::{Counts, Fact, World},
    pen,
    rows::{Cell, Rows, Table},
    sums::{self, Sums, Tally},
};
use crate::failure::{Failure, Meaning};

/// Casts one matter's rows from its facts: the house's list of mechanisms, behind one function.
pub type Caster = fn(
    kind: &str,
    id: i64,
    facts: &[Fact],
    world: &World<'_>,
    rows: &mut Rows,
) -> Result<Counts, Failure>;

/// One row that is not what the journal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub table: &'static str,
    pub key: String,
    pub in_rows: Option<String>,
    pub from_journal: Option<String>,
}

/// What a rebuild found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub entries: i64,
    pub matters: i64,
    pub rows: i64,
    pub differences: i64,
    /// The first of them.
    pub first: Vec<Difference>,
}

/// How many differences are described.
const DESCRIBED: usize = 20;

type Content = HashMap<Vec<Cell>, Vec<Cell>>;

/// Everything a journal casts, table by table.
struct Recast {
    tables: BTreeMap<&'static str, (&'static Table, Content)>,
    tally: Tally,
    sums: Sums,
    /// The calendars there were.
    past: Vec<(mechanisms::Day, calendar::Calendar)>,
    entries: i64,
    matters: i64,
}

impl Store {
    /// Compares all rows of a jurisdiction with what its journal casts. Changes nothing.
    pub async fn check_rows(
        &self,
        jurisdiction: i64,
        tables: &[&'static Table],
        cast: Caster,
    ) -> Result<Report, Failure> {
        let mut recast = self.recast(jurisdiction, tables, cast).await?;
        let mut report =
            Report { entries: recast.entries, matters: recast.matters, ..Report::default() };
        for (table, after) in recast.tables.values_mut() {
            self.compare(jurisdiction, table, std::mem::take(after), &mut report).await?;
        }
        self.compare_sums(jurisdiction, recast.sums, &mut report).await?;
        self.compare_index(jurisdiction, &mut report).await?;
        Ok(report)
    }

    /// Drops all rows of a jurisdiction and writes them again from its journal.
    pub async fn refill_rows(
        &self,
        jurisdiction: i64,
        tables: &[&'static Table],
        cast: Caster,
    ) -> Result<Report, Failure> {
        let mut writing = self.shared.engine.begin().await?;
        sqlx::query("update head set refilled = refilled + 1 where jurisdiction = $1")
            .bind(jurisdiction)
            .execute(writing.on())
            .await?;
        let recast = self.recast(jurisdiction, tables, cast).await?;
        let mut report =
            Report { entries: recast.entries, matters: recast.matters, ..Report::default() };
        for (name, (table, content)) in recast.tables {
            let text = AssertSqlSafe(format!("delete from {name} where jurisdiction = $1"));
            sqlx::query(text).bind(jurisdiction).execute(writing.on()).await?;
            let mut list: Vec<Vec<Cell>> = content
                .into_iter()
                .map(|(mut keys, columns)| {
                    keys.extend(columns);
                    keys
                })
                .collect();
            list.sort();
            report.rows += i64::try_from(list.len()).unwrap_or(i64::MAX);
            insert(jurisdiction, table, &list, &mut writing)
                .await
                .meaning(&format!("refilling {name}"))?;
        }
        sums::clear(jurisdiction, &mut writing).await?;
        recast.sums.write(jurisdiction, &mut writing).await?;
        writing.commit().await?;
        Ok(report)
    }

    async fn recast(
        &self,
        jurisdiction: i64,
        tables: &[&'static Table],
        cast: Caster,
    ) -> Result<Recast, Failure> {
        let mut recast = Recast {
            tables: tables.iter().map(|table| (table.name, (*table, Content::new()))).collect(),
            tally: Tally::new(),
            sums: Sums::default(),
            past: self.calendars(jurisdiction).await?,
            entries: 0,
            matters: 0,
        };
        let mut rows = sqlx::query(
            "select number, day, at, person, post, payload, kind, matter from entry \
             where jurisdiction = $1 order by kind, matter, number",
        )
        .bind(jurisdiction)
        .fetch(self.reader());
        let mut matter: Option<(String, i64)> = None;
        let mut facts = Vec::new();
        while let Some(row) = rows.try_next().await? {
            let key = (row.try_get(6)?, row.try_get(7)?);
            if matter.as_ref() != Some(&key) {
                if let Some((kind, id)) = matter.replace(key) {
                    self.recast_one(&kind, id, &facts, cast, &mut recast)?;
                }
                facts.clear();
            }
            facts.push(pen::fact(&row)?);
            recast.entries += 1;
        }
        if let Some((kind, id)) = matter {
            self.recast_one(&kind, id, &facts, cast, &mut recast)?;
        }
        recast.sums.count(std::mem::take(&mut recast.tally));
        Ok(recast)
    }

    fn recast_one(
        &self,
        kind: &str,
        id: i64,
        facts: &[Fact],
        cast: Caster,
        recast: &mut Recast,
    ) -> Result<(), Failure> {
        let china = calendar::Calendar::china();
        let world = World {
            calendar: recast.past.last().map_or(&china, |held| &held.1),
            lights: self.lights(),
            ladder: self.ladder(),
            past: &recast.past,
        };
        let mut rows = Rows::default();
        let counts = cast(kind, id, facts, &world, &mut rows)?;
        let mut before = None;
        for (day, after) in counts.days.into_iter() {
            if let Some(before) = before.take() {
                *recast.tally.entry((counts.kind, before, day)).or_default() -= 1;
            }
            if let Some(after) = after {
                *recast.tally.entry((counts.kind, after.clone(), day)).or_default() += 1;
                before = Some(after);
            }
        }
        recast.matters += 1;
        recast.sums.wait(&rows, 1);
        for (table, keys, columns) in rows.each() {
            let Some((_, content)) = recast.tables.get_mut(table.name) else {
                return Err(Failure::new(format!("the table {} is in no list", table.name)));
            };
            content.insert(keys.clone(), columns.clone());
        }
        Ok(())
    }

    async fn compare(
        &self,
        jurisdiction: i64,
        table: &'static Table,
        mut after: Content,
        report: &mut Report,
    ) -> Result<(), Failure> {
        let names: Vec<&str> = table.keys.iter().chain(table.columns).copied().collect();
        let text = format!(
            "select {} from {} where jurisdiction = $1 order by {}",
            names.join(", "),
            table.name,
            table.keys.join(", ")
        );
        let mut rows = sqlx::query(AssertSqlSafe(text)).bind(jurisdiction).fetch(self.reader());
        while let Some(row) = rows.try_next().await? {
            let (keys, columns) = split(&row, table)?;
            report.rows += 1;
            let from_journal = after.remove(&keys);
            let equal = from_journal.as_ref().is_some_and(|other| same(other, &columns));
            if !equal {
                describe(table, &keys, Some(&columns), from_journal.as_ref(), report);
            }
        }
        for (keys, columns) in &after {
            describe(table, keys, None, Some(columns), report);
        }
        Ok(())
    }
}

impl Report {
    pub(super) fn add(&mut self, difference: Difference) {
        self.differences += 1;
        if self.first.len() < DESCRIBED {
            self.first.push(difference);
        }
    }
}

fn split(row: &AnyRow, table: &Table) -> Result<(Vec<Cell>, Vec<Cell>), Failure> {
    let mut cells = Vec::with_capacity(row.columns().len());
    for place in 0..row.columns().len() {
        cells.push(cell(row, place)?);
    }
    let columns = cells.split_off(table.keys.len());
    Ok((cells, columns))
}

/// SQLite knows the type of a value, PostgreSQL that of a column; a null takes the column's.
pub(super) fn cell(row: &AnyRow, place: usize) -> Result<Cell, Failure> {
    let name = row.columns()[place].type_info().name().to_ascii_uppercase();
    if name == "BIGINT" || name == "INTEGER" {
        return Ok(Cell::Int(row.try_get(place)?));
    }
    if name == "TEXT" {
        return Ok(Cell::Text(row.try_get(place)?));
    }
    match row.try_get::<Option<i64>, _>(place) {
        Ok(Some(value)) => Ok(Cell::Int(Some(value))),
        _ => Ok(Cell::Text(row.try_get(place)?)),
    }
}

/// Equal, whatever the type of a null: SQLite does not keep it.
fn same(one: &[Cell], other: &[Cell]) -> bool {
    let null = |cell: &Cell| matches!(cell, Cell::Int(None) | Cell::Text(None));
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a == b || (null(a) && null(b)))
}

fn describe(
    table: &'static Table,
    keys: &[Cell],
    in_rows: Option<&Vec<Cell>>,
    from_journal: Option<&Vec<Cell>>,
    report: &mut Report,
) {
    report.add(Difference {
        table: table.name,
        key: said(keys),
        in_rows: in_rows.map(|cells| said(cells)),
        from_journal: from_journal.map(|cells| said(cells)),
    });
}

/// Cells as a person reads them.
pub(super) fn said(cells: &[Cell]) -> String {
    let parts: Vec<String> = cells
        .iter()
        .map(|cell| match cell {
            Cell::Int(value) => value.map_or("∅".into(), |value| value.to_string()),
            Cell::Text(value) => value.clone().unwrap_or("∅".into()),
        })
        .collect();
    parts.join(" | ")
}
