//! Migrations: numbered files, applied in order, each in one transaction. The newest number is
//! recorded in `migrations/HEAD`, so that two branches that both add one conflict.

use sqlx::{Executor, Row};

use super::{engine::Engine, search};
use crate::failure::{Failure, Meaning};

pub(super) const STEPS: &[(i64, &str)] = &[
    (1, include_str!("migrations/0001_house.sql")),
    (2, include_str!("migrations/0002_plan.sql")),
    (3, include_str!("migrations/0003_project.sql")),
    (4, include_str!("migrations/0004_sums.sql")),
    (5, include_str!("migrations/0005_evidence.sql")),
    (6, include_str!("migrations/0006_pace.sql")),
    (7, include_str!("migrations/0007_waits.sql")),
    (8, include_str!("migrations/0008_ended.sql")),
    (9, include_str!("migrations/0009_kinds.sql")),
    (10, include_str!("migrations/0010_job.sql")),
    (11, include_str!("migrations/0011_reminder.sql")),
    (12, include_str!("migrations/0012_problem_line.sql")),
    (13, include_str!("migrations/0013_lean.sql")),
];

/// The step with the words of search, whose index is the one thing the engines make differently.
const WORDS: i64 = 6;

/// Brings the schema to the newest step. Safe to run on every start.
pub async fn migrate(engine: &Engine) -> Result<(), Failure> {
    let mut writing = engine.begin().await?;
    writing
        .on()
        .execute("create table if not exists migration (number bigint not null primary key)")
        .await
        .meaning("reading the migrations")?;
    let row = sqlx::query("select coalesce(max(number), 0) from migration")
        .fetch_one(writing.on())
        .await?;
    let done: i64 = row.try_get(0)?;
    let newest = newest();
    if done > newest {
        return Err(Failure::new(format!(
            "this database was written by a newer Shigan (step {done}, this program knows \
             {newest}): install that version"
        )));
    }
    for (number, text) in STEPS.iter().filter(|step| step.0 > done) {
        for statement in text.split(";\n").filter(|part| !blank(part)) {
            writing.on().execute(statement).await.meaning(&format!("migration {number}"))?;
        }
        if *number == WORDS {
            search::prepare(&mut writing).await?;
        }
        sqlx::query("insert into migration (number) values ($1)")
            .bind(number)
            .execute(writing.on())
            .await?;
    }
    writing.commit().await
}

/// The newest step this program knows.
pub fn newest() -> i64 {
    STEPS.last().map_or(0, |step| step.0)
}

fn blank(statement: &str) -> bool {
    statement.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with("--"))
}
