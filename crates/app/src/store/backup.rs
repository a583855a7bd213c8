//! Backup: every table as lines of JSON, from one consistent reading, the same for both engines;
//! a backup of one engine can be restored into the other.
//!
//! ```text
//! {"shigan":"backup","step":2}
//! {"table":"entry","columns":["jurisdiction","number",…]}
//! [1,0,…]
//! {"end":"backup","rows":1234}
//! ```
//!
//! Evidence files and the log key lie outside the database and are copied with the folder.

use std::io::{BufRead, Write};

use futures_util::TryStreamExt;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Column, Executor, Row};

use super::{
    Store,
    engine::{Dialect, Writing},
    migrate,
    rebuild::cell,
    rows::{Cell, bind, portions},
};
use crate::failure::{Failure, Meaning};

/// Every table, in an order in which they can be read and written.
const TABLES: &[&str] = &[
    "jurisdiction",
    "head",
    "entry",
    "tile",
    "matter",
    "party",
    "todo",
    "tally",
    "tally_day",
    "tally_due",
    "tally_todo",
    "account",
    "session",
    "token",
    "draft",
    "job",
    "job_matter",
    "saved_view",
    "plan",
    "item",
    "milestone",
    "assessment",
    "waits_for",
    "intake",
    "evidence",
    "problem_line",
    "reminder",
    "climb",
    "project",
    "meeting",
    "decision",
    "words",
];

impl Store {
    /// Writes a backup and returns how many rows it holds.
    pub async fn back_up(&self, out: &mut (dyn Write + Send)) -> Result<i64, Failure> {
        let mut reading = self.reader().acquire().await?;
        reading
            .execute(match self.dialect() {
                Dialect::Sqlite => "begin",
                Dialect::Postgres => "begin isolation level repeatable read read only",
            })
            .await?;
        let step = migrate::newest();
        writeln!(out, "{}", json!({"shigan": "backup", "step": step})).meaning(WRITING)?;
        let mut count = 0;
        for table in TABLES {
            let text = format!("select * from {table} where 1 = 1 order by 1, 2");
            let mut rows = sqlx::query(AssertSqlSafe(text)).fetch(&mut *reading);
            let mut named = false;
            while let Some(row) = rows.try_next().await? {
                if !named {
                    let columns: Vec<&str> = row.columns().iter().map(Column::name).collect();
                    let head = json!({"table": table, "columns": columns});
                    writeln!(out, "{head}").meaning(WRITING)?;
                    named = true;
                }
                let mut values = Vec::with_capacity(row.columns().len());
                for place in 0..row.columns().len() {
                    values.push(match cell(&row, place)? {
                        Cell::Int(value) => value.map_or(Value::Null, Value::from),
                        Cell::Text(value) => value.map_or(Value::Null, Value::from),
                    });
                }
                writeln!(out, "{}", Value::Array(values)).meaning(WRITING)?;
                count += 1;
            }
        }
        reading.execute("rollback").await?;
        writeln!(out, "{}", json!({"end": "backup", "rows": count})).meaning(WRITING)?;
        Ok(count)
    }

    /// Restores a backup into an empty database, whole or not at all.
    pub async fn restore(&self, lines: &mut (dyn BufRead + Send)) -> Result<i64, Failure> {
        if !self.jurisdictions().await?.is_empty() {
            return Err(Failure::new("this database is not empty: restore into a new one"));
        }
        let mut writing = self.shared.engine.begin().await?;
        let mut restoring = Restoring::default();
        let mut line = String::new();
        let mut number = 0;
        loop {
            line.clear();
            number += 1;
            if lines.read_line(&mut line).meaning("reading the backup")? == 0 {
                return Err(Failure::new(format!(
                    "line {number}: the backup breaks off before its end line; nothing was restored"
                )));
            }
            let value: Value = serde_json::from_str(&line)
                .meaning(&format!("line {number} of the backup is not JSON"))?;
            match restoring.take(value, number, &mut writing).await? {
                Step::More => {}
                Step::End => break,
            }
        }
        writing.commit().await?;
        Ok(restoring.count)
    }
}

const WRITING: &str = "writing the backup";

enum Step {
    More,
    End,
}

#[derive(Default)]
struct Restoring {
    begun: bool,
    table: String,
    columns: Vec<String>,
    waiting: Vec<Vec<Cell>>,
    count: i64,
}

impl Restoring {
    async fn take(
        &mut self,
        value: Value,
        number: usize,
        writing: &mut Writing,
    ) -> Result<Step, Failure> {
        let wrong = |what: &str| Err(Failure::new(format!("line {number}: {what}")));
        if !self.begun {
            if value["shigan"] != "backup" || value["step"] != migrate::newest() {
                return wrong("not a backup made by this version");
            }
            self.begun = true;
            return Ok(Step::More);
        }
        match value {
            Value::Array(values) => {
                if self.table.is_empty() || values.len() != self.columns.len() {
                    return wrong("a row that does not fit its table");
                }
                self.waiting.push(values.into_iter().map(from_json).collect());
                self.count += 1;
                if self.waiting.len() >= 256 {
                    self.flush(writing).await?;
                }
                Ok(Step::More)
            }
            head if head["end"] == "backup" => {
                self.flush(writing).await?;
                if head["rows"] != self.count {
                    return wrong("the number of rows is not the one the backup was made with");
                }
                Ok(Step::End)
            }
            head => {
                self.flush(writing).await?;
                let name = head["table"].as_str().unwrap_or_default();
                if !TABLES.contains(&name) {
                    return wrong(&format!("no table is called {name:?}"));
                }
                let columns = head["columns"].as_array().cloned().unwrap_or_default();
                self.table = name.to_owned();
                self.columns =
                    columns.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                let plain = |c: char| c.is_ascii_lowercase() || c == '_';
                if !self.columns.iter().all(|column| column.chars().all(plain)) {
                    return wrong("a column with an impossible name");
                }
                Ok(Step::More)
            }
        }
    }

    async fn flush(&mut self, writing: &mut Writing) -> Result<(), Failure> {
        let rows = std::mem::take(&mut self.waiting);
        for portion in portions(&rows) {
            let mut bound = Vec::new();
            let mut places = Vec::with_capacity(portion.len());
            for row in portion {
                let mut list = Vec::with_capacity(row.len());
                for value in row {
                    if matches!(value, Cell::Text(None) | Cell::Int(None)) {
                        list.push("null".to_owned());
                    } else {
                        bound.push(value.clone());
                        list.push(format!("${}", bound.len()));
                    }
                }
                places.push(format!("({})", list.join(", ")));
            }
            let text = format!(
                "insert into {} ({}) values {}",
                self.table,
                self.columns.join(", "),
                places.join(", ")
            );
            let mut query = sqlx::query(AssertSqlSafe(text));
            for value in &bound {
                query = bind(query, value);
            }
            query.execute(writing.on()).await.meaning(&format!("restoring {}", self.table))?;
        }
        Ok(())
    }
}

fn from_json(value: Value) -> Cell {
    match value {
        Value::Number(number) => Cell::Int(number.as_i64()),
        Value::String(text) => Cell::Text(Some(text)),
        _ => Cell::Text(None),
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLES, migrate::STEPS};

    #[test]
    fn every_table_is_backed_up() {
        let made = STEPS.iter().flat_map(|step| step.1.split("create table ").skip(1));
        let mut names = 0;
        for text in made {
            let name = text.split_whitespace().next().unwrap();
            assert!(TABLES.contains(&name), "{name}");
            names += 1;
        }
        assert!(names >= TABLES.len());
    }
}
