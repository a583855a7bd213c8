//! Rows: a state written flat. Each mechanism says which rows its state casts; this file writes
//! them, many at a time, and never reads one to decide anything.

use std::collections::BTreeMap;

use sqlx::{Any, AssertSqlSafe, query::Query};

use super::engine::{Dialect, Writing};
use crate::failure::{Failure, Meaning};

/// A table of rows: its name, its key (after the jurisdiction) and its other columns.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    pub keys: &'static [&'static str],
    pub columns: &'static [&'static str],
}

/// One column's value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    Int(Option<i64>),
    Text(Option<String>),
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}
impl From<Option<i64>> for Cell {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}
impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}
impl From<&str> for Cell {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}
impl From<String> for Cell {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}
impl From<Option<String>> for Cell {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}
impl From<mechanisms::Day> for Cell {
    fn from(value: mechanisms::Day) -> Self {
        Self::Text(Some(value.to_string()))
    }
}
impl From<Option<mechanisms::Day>> for Cell {
    fn from(value: Option<mechanisms::Day>) -> Self {
        Self::Text(value.map(|day| day.to_string()))
    }
}
impl<T> From<mechanisms::Id<T>> for Cell {
    fn from(value: mechanisms::Id<T>) -> Self {
        Self::Int(Some(value.0))
    }
}
impl<T> From<Option<mechanisms::Id<T>>> for Cell {
    fn from(value: Option<mechanisms::Id<T>>) -> Self {
        Self::Int(value.map(|id| id.0))
    }
}

/// `cells![a, b, c]`: values of any column type, in order.
#[macro_export]
macro_rules! cells {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::rows::Cell::from($value)),*] };
}

/// Rows of one table, by key.
type Cast = BTreeMap<Vec<Cell>, Vec<Cell>>;

/// What one state casts: rows of any number of tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    tables: BTreeMap<&'static str, (&'static Table, Cast)>,
}

impl Rows {
    /// Casts a row. `values`: the key columns first, then the others.
    pub fn put(&mut self, table: &'static Table, mut values: Vec<Cell>) {
        debug_assert_eq!(values.len(), table.keys.len() + table.columns.len(), "{}", table.name);
        let columns = values.split_off(table.keys.len());
        let (_, rows) = self.tables.entry(table.name).or_insert_with(|| (table, Cast::new()));
        rows.insert(values, columns);
    }

    /// Every row, table by table, in the order of its key.
    pub fn each(&self) -> impl Iterator<Item = (&'static Table, &Vec<Cell>, &Vec<Cell>)> {
        self.tables.values().flat_map(|(table, rows)| {
            rows.iter().map(move |(keys, columns)| (*table, keys, columns))
        })
    }
}

/// The changes a group of turns makes to rows, gathered so that each table is written at once.
/// They borrow the rows they lead to and from: nothing is copied before it is bound.
///
/// Rows are gathered by what of them changes: an index whose column stays is not written again.
#[derive(Debug, Default)]
pub struct Changes<'a> {
    puts: BTreeMap<(&'static str, u64), (&'static Table, Lent<'a>)>,
    gone: Vec<(&'static Table, &'a [Cell])>,
}

/// Rows of one table that somebody else holds, by key.
type Lent<'a> = BTreeMap<&'a [Cell], &'a [Cell]>;

impl<'a> Changes<'a> {
    /// What must be written so that the rows `before` become the rows `after`.
    pub fn from_to(&mut self, before: &'a Rows, after: &'a Rows) {
        for (name, (table, rows)) in &after.tables {
            let older = before.tables.get(name).map(|(_, rows)| rows);
            for (keys, columns) in rows {
                let older = older.and_then(|rows| rows.get(keys));
                let changed = older.map_or(u64::MAX, |older| differing(older, columns));
                if changed != 0 {
                    let at = (*name, changed);
                    let (_, puts) = self.puts.entry(at).or_insert_with(|| (table, Lent::new()));
                    puts.insert(keys, columns);
                }
            }
        }
        for (name, (table, rows)) in &before.tables {
            let newer = after.tables.get(name).map(|(_, rows)| rows);
            for keys in
                rows.keys().filter(|keys| !newer.is_some_and(|rows| rows.contains_key(*keys)))
            {
                self.gone.push((table, keys));
            }
        }
    }

    /// Writes everything in as few statements as the engines' limits allow.
    pub async fn flush(self, jurisdiction: i64, writing: &mut Writing) -> Result<(), Failure> {
        for (table, keys) in self.gone {
            let mut query = sqlx::query(AssertSqlSafe(gone_text(table))).bind(jurisdiction);
            for value in keys {
                query = bind(query, value);
            }
            query.execute(writing.on()).await.meaning("removing a row")?;
        }
        for ((name, changed), (table, rows)) in self.puts {
            let rows: Vec<_> = rows.into_iter().collect();
            for portion in portions(&rows) {
                put_portion(jurisdiction, (table, changed), portion, writing)
                    .await
                    .meaning(&format!("writing rows of {name}"))?;
            }
        }
        Ok(())
    }
}

/// Cuts a list into portions of a few fixed sizes, so that few statements are ever prepared.
/// 256 rows of 40 columns stay under the 32,766 values one statement may bind.
pub(super) fn portions<T>(mut list: &[T]) -> Vec<&[T]> {
    let mut out = Vec::new();
    for size in [256, 128, 64, 32, 16, 8, 4, 2, 1] {
        while list.len() >= size {
            let (head, rest) = list.split_at(size);
            out.push(head);
            list = rest;
        }
    }
    out
}

/// The columns in which two rows differ, a bit each.
fn differing(one: &[Cell], other: &[Cell]) -> u64 {
    let bits = one.iter().zip(other).enumerate();
    bits.filter(|(_, (a, b))| a != b).fold(0, |bits, (place, _)| bits | 1 << (place & 63))
}

/// Writes whole rows over those with the same key.
pub(super) async fn put(
    jurisdiction: i64,
    table: &Table,
    rows: &[(Vec<Cell>, Vec<Cell>)],
    writing: &mut Writing,
) -> Result<(), Failure> {
    let lent: Vec<(&[Cell], &[Cell])> = rows.iter().map(|row| (&*row.0, &*row.1)).collect();
    for portion in portions(&lent) {
        put_portion(jurisdiction, (table, u64::MAX), portion, writing).await?;
    }
    Ok(())
}

async fn put_portion(
    jurisdiction: i64,
    (table, changed): (&Table, u64),
    rows: &[(&[Cell], &[Cell])],
    writing: &mut Writing,
) -> Result<(), Failure> {
    let mut query =
        sqlx::query(AssertSqlSafe(put_text(table, changed, rows.len(), writing.dialect)));
    for (keys, columns) in rows {
        query = query.bind(jurisdiction);
        for value in keys.iter().chain(*columns) {
            query = bind(query, value);
        }
    }
    query.execute(writing.on()).await?;
    Ok(())
}

/// `insert into … values (…), (…)`, for `rows` rows.
///
/// SQLite finds a numbered placeholder by walking all of them, which a long statement pays for
/// with the square of its length: it gets plain ones, in the same order. And it would copy every
/// page before it writes there, to undo half a statement: nobody needs that, since a statement
/// that fails ends its transaction.
pub(super) fn insert_text(table: &Table, rows: usize, dialect: Dialect) -> String {
    let names: Vec<&str> =
        ["jurisdiction"].iter().chain(table.keys).chain(table.columns).copied().collect();
    let verb = match dialect {
        Dialect::Sqlite => "insert or fail into",
        Dialect::Postgres => "insert into",
    };
    let mut text = format!("{verb} {} ({}) values ", table.name, names.join(", "));
    let mut place = 0;
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..names.len() {
            place += 1;
            if column > 0 {
                text.push_str(", ");
            }
            match dialect {
                Dialect::Sqlite => text.push('?'),
                Dialect::Postgres => text.push_str(&format!("${place}")),
            }
        }
        text.push(')');
    }
    text
}

/// The same, replacing what changes of rows with the same key.
fn put_text(table: &Table, changed: u64, rows: usize, dialect: Dialect) -> String {
    let text = insert_text(table, rows, dialect);
    let keys = table.keys.join(", ");
    if table.columns.is_empty() {
        return format!("{text} on conflict (jurisdiction, {keys}) do nothing");
    }
    let sets: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(place, _)| changed & 1 << place != 0)
        .map(|(_, name)| format!("{name} = excluded.{name}"))
        .collect();
    format!("{text} on conflict (jurisdiction, {keys}) do update set {}", sets.join(", "))
}

fn gone_text(table: &Table) -> String {
    let mut text = format!("delete from {} where jurisdiction = $1", table.name);
    for (place, key) in table.keys.iter().enumerate() {
        text.push_str(&format!(" and {key} = ${}", place + 2));
    }
    text
}

/// Binds a cell with its type, so that a null is a typed null.
pub fn bind<'q>(
    query: Query<'q, Any, sqlx::any::AnyArguments>,
    value: &'q Cell,
) -> Query<'q, Any, sqlx::any::AnyArguments> {
    match value {
        Cell::Int(value) => query.bind(*value),
        Cell::Text(value) => query.bind(value.as_deref()),
    }
}
