//! What a turn writes beside the journal, in the same transaction: how far a bulk job is. Either
//! the entries and the note that they were made are on disk, or neither is.

use sqlx::{AssertSqlSafe, any::AnyRow};

use super::{
    engine::Writing,
    group::insert,
    pen::Pen,
    rows::{Cell, Table, bind, put},
};
use crate::failure::{Failure, Meaning};

/// One thing to write outside the journal.
pub(super) enum Beside {
    Insert(&'static Table, Vec<Vec<Cell>>),
    Put(&'static Table, Vec<(Vec<Cell>, Vec<Cell>)>),
    /// A statement whose first parameter is the jurisdiction.
    Run(&'static str, Vec<Cell>),
}

impl Pen<'_, '_> {
    /// Adds rows that must not be there yet to a table outside the journal.
    pub(super) fn insert_beside(&mut self, table: &'static Table, rows: Vec<Vec<Cell>>) {
        self.beside.push(Beside::Insert(table, rows));
    }

    /// Writes rows of a table outside the journal, over those with the same key.
    pub(super) fn put_beside(&mut self, table: &'static Table, rows: Vec<(Vec<Cell>, Vec<Cell>)>) {
        self.beside.push(Beside::Put(table, rows));
    }

    /// Runs a statement on a table outside the journal, with the jurisdiction as `$1`.
    pub(super) fn run_beside(&mut self, text: &'static str, values: Vec<Cell>) {
        self.beside.push(Beside::Run(text, values));
    }

    /// Reads such a table as this turn's transaction sees it, without what the turns of its own
    /// group have still to write.
    pub(super) async fn read_beside(
        &mut self,
        text: &'static str,
        values: Vec<Cell>,
    ) -> Result<Vec<AnyRow>, Failure> {
        let mut query = sqlx::query(AssertSqlSafe(text)).bind(self.group.jurisdiction);
        for value in &values {
            query = bind(query, value);
        }
        Ok(query.fetch_all(self.group.writing.on()).await?)
    }
}

pub(super) async fn write(
    jurisdiction: i64,
    list: Vec<Beside>,
    writing: &mut Writing,
) -> Result<(), Failure> {
    for one in list {
        match one {
            Beside::Insert(table, rows) => {
                insert(jurisdiction, table, &rows, writing).await.meaning(table.name)?;
            }
            Beside::Put(table, rows) => {
                put(jurisdiction, table, &rows, writing).await.meaning(table.name)?;
            }
            Beside::Run(text, values) => {
                let mut query = sqlx::query(AssertSqlSafe(text)).bind(jurisdiction);
                for value in &values {
                    query = bind(query, value);
                }
                query.execute(writing.on()).await.meaning("writing beside the journal")?;
            }
        }
    }
    Ok(())
}
