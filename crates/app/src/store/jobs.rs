//! The tables of bulk jobs: what a job is to do, what of it is left, and what was refused. They
//! lie outside the journal; a portion of a job and the note that it was done are one transaction.

use mechanisms::{Id, Officer};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use super::{Pen, Store, pen::Stop, rows::Cell, rows::Table};
use crate::{cells, failure::Failure};

static JOB: Table = Table {
    name: "job",
    keys: &["id"],
    columns: &[
        "person", "post", "act", "kind", "reason", "given", "stage", "at", "total", "done",
        "refused", "back", "kept",
    ],
};

static JOB_MATTER: Table = Table {
    name: "job_matter",
    keys: &["job", "seat"],
    columns: &["matter", "given", "stage", "why", "facts", "before"],
};

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Running,
    Done,
    Undoing,
    Undone,
}

impl Stage {
    pub fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    fn of(word: &str) -> Result<Self, Failure> {
        let all = [Self::Running, Self::Done, Self::Undoing, Self::Undone];
        let found = all.into_iter().find(|stage| stage.word() == word);
        found.ok_or_else(|| Failure::new(format!("a job in the unknown stage {word:?}")))
    }

    /// Something of it is still to be done.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Running | Self::Undoing)
    }
}

/// A job as its table has it.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: i64,
    pub by: Officer,
    /// The key of the act, and the kind of matter it is done to.
    pub act: String,
    pub kind: String,
    pub reason: String,
    /// What was given for all matters alike: JSON.
    pub given: String,
    pub stage: Stage,
    pub at: String,
    pub total: i64,
    pub done: i64,
    pub refused: i64,
    pub ended_at: Option<String>,
    /// Who takes it back, and why.
    pub undo: Option<(Officer, String)>,
    pub back: i64,
    pub kept: i64,
}

/// One matter of a job.
#[derive(Clone, Debug)]
pub struct JobMatter {
    pub seat: i64,
    pub matter: i64,
    /// What was given for this matter alone: JSON, or empty.
    pub given: String,
    pub stage: String,
    /// The key and the facts (JSON) of the reason why it was refused, or kept as it is.
    pub why: Option<String>,
    pub facts: Option<String>,
    /// What is needed to take the act back.
    pub before: Option<String>,
}

const COLUMNS: &str = "id, person, post, act, kind, reason, given, stage, at, total, done, \
    refused, ended_at, undo_person, undo_post, undo_reason, back, kept";

fn job(row: &AnyRow) -> Result<Job, Failure> {
    let officer = |person: i64, post: i64| Officer { person: Id::new(person), post: Id::new(post) };
    let undo: (Option<i64>, Option<i64>, Option<String>) =
        (row.try_get(13)?, row.try_get(14)?, row.try_get(15)?);
    let stage: String = row.try_get(7)?;
    Ok(Job {
        id: row.try_get(0)?,
        by: officer(row.try_get(1)?, row.try_get(2)?),
        act: row.try_get(3)?,
        kind: row.try_get(4)?,
        reason: row.try_get(5)?,
        given: row.try_get(6)?,
        stage: Stage::of(&stage)?,
        at: row.try_get(8)?,
        total: row.try_get(9)?,
        done: row.try_get(10)?,
        refused: row.try_get(11)?,
        ended_at: row.try_get(12)?,
        undo: match undo {
            (Some(person), Some(post), reason) => {
                Some((officer(person, post), reason.unwrap_or_default()))
            }
            _ => None,
        },
        back: row.try_get(16)?,
        kept: row.try_get(17)?,
    })
}

fn job_matter(row: &AnyRow) -> Result<JobMatter, Failure> {
    Ok(JobMatter {
        seat: row.try_get(0)?,
        matter: row.try_get(1)?,
        given: row.try_get(2)?,
        stage: row.try_get(3)?,
        why: row.try_get(4)?,
        facts: row.try_get(5)?,
        before: row.try_get(6)?,
    })
}

impl JobMatter {
    fn row(&self, job: i64) -> (Vec<Cell>, Vec<Cell>) {
        let one = self.clone();
        (
            cells![job, one.seat],
            cells![one.matter, one.given, one.stage, one.why, one.facts, one.before],
        )
    }
}

impl Store {
    pub async fn job(&self, body: i64, id: i64) -> Result<Option<Job>, Failure> {
        let text = format!("select {COLUMNS} from job where jurisdiction = $1 and id = $2");
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(body)
            .bind(id)
            .fetch_optional(self.reader())
            .await?;
        row.map(|row| job(&row)).transpose()
    }

    /// The newest jobs of a body, of one person where one is named.
    pub async fn jobs(&self, body: i64, person: Option<i64>) -> Result<Vec<Job>, Failure> {
        let whose = person.map_or(String::new(), |person| format!(" and person = {person}"));
        let text = format!(
            "select {COLUMNS} from job where jurisdiction = $1{whose} order by id desc limit 50"
        );
        let rows = sqlx::query(AssertSqlSafe(text)).bind(body).fetch_all(self.reader()).await?;
        rows.iter().map(job).collect()
    }

    /// Every job that is under way, as body and number.
    pub async fn jobs_under_way(&self) -> Result<Vec<(i64, i64)>, Failure> {
        let rows = sqlx::query(
            "select jurisdiction, id from job where stage in ('running', 'undoing') \
             order by jurisdiction, id",
        )
        .fetch_all(self.reader())
        .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    /// Matters of a job in a stage, in the order in which they were given.
    pub async fn job_matters(
        &self,
        (body, id): (i64, i64),
        stage: &str,
        (limit, skip): (i64, i64),
    ) -> Result<Vec<JobMatter>, Failure> {
        let rows = sqlx::query(
            "select seat, matter, given, stage, why, facts, before from job_matter \
             where jurisdiction = $1 and job = $2 and stage = $3 order by seat limit $4 offset $5",
        )
        .bind(body)
        .bind(id)
        .bind(stage.to_owned())
        .bind(limit)
        .bind(skip)
        .fetch_all(self.reader())
        .await?;
        rows.iter().map(job_matter).collect()
    }
}

/// A job that is asked for.
#[derive(Clone, Debug)]
pub struct NewJob {
    pub act: &'static str,
    pub kind: &'static str,
    pub reason: String,
    pub given: String,
    /// Each matter, and what is given for it alone.
    pub matters: Vec<(i64, String)>,
}

impl Pen<'_, '_> {
    /// Writes a job down, with everything it is to do.
    pub fn begin_job(&mut self, new: NewJob) -> i64 {
        let id = self.fresh_number();
        let (by, at) = (self.hand().by, self.hand().at.clone());
        let total = i64::try_from(new.matters.len()).unwrap_or(i64::MAX);
        let row = cells![
            id, by.person, by.post, new.act, new.kind, new.reason, new.given, "running", at, total,
            0, 0, 0, 0
        ];
        self.insert_beside(&JOB, vec![row]);
        let none = || None::<String>;
        let rows = new.matters.into_iter().zip(0_i64..).map(|((matter, given), seat)| {
            cells![id, seat, matter, given, "left", none(), none(), none()]
        });
        self.insert_beside(&JOB_MATTER, rows.collect());
        id
    }

    /// How far a job is, as this turn's transaction sees it.
    pub async fn stage_of_job(&mut self, job: i64) -> Result<Option<Stage>, Failure> {
        let text = "select stage from job where jurisdiction = $1 and id = $2";
        let rows = self.read_beside(text, cells![job]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let stage: String = row.try_get(0)?;
        Stage::of(&stage).map(Some)
    }

    /// The next matters of a job that are in a stage; the last first where it is taken back.
    pub async fn next_of_job(
        &mut self,
        job: i64,
        stage: &str,
        most: i64,
    ) -> Result<Vec<JobMatter>, Failure> {
        let text = match stage {
            "left" => {
                "select seat, matter, given, stage, why, facts, before from job_matter \
                 where jurisdiction = $1 and job = $2 and stage = $3 order by seat limit $4"
            }
            _ => {
                "select seat, matter, given, stage, why, facts, before from job_matter \
                 where jurisdiction = $1 and job = $2 and stage = $3 order by seat desc limit $4"
            }
        };
        let rows = self.read_beside(text, cells![job, stage, most]).await?;
        rows.iter().map(job_matter).collect()
    }

    /// Writes down what became of a portion.
    pub fn note_portion(&mut self, job: i64, matters: &[JobMatter]) {
        self.put_beside(&JOB_MATTER, matters.iter().map(|one| one.row(job)).collect());
        let n = |stage: &str| {
            let n = matters.iter().filter(|one| one.stage == stage).count();
            i64::try_from(n).unwrap_or(0)
        };
        self.run_beside(
            "update job set done = done + $3, refused = refused + $4, back = back + $5, \
             kept = kept + $6 where jurisdiction = $1 and id = $2",
            cells![job, n("done"), n("refused"), n("back"), n("kept")],
        );
    }

    /// Nothing is left of a job in this stage.
    pub fn end_job(&mut self, job: i64, stage: Stage) {
        let at = self.hand().at.clone();
        let end = if stage == Stage::Running { Stage::Done } else { Stage::Undone };
        self.run_beside(
            "update job set stage = $4, ended_at = $5 where jurisdiction = $1 and id = $2 \
             and stage = $3",
            cells![job, stage.word(), end.word(), at],
        );
    }

    /// Begins to take a job back. What of it was not yet carried out is left undone.
    pub async fn take_job_back(&mut self, job: i64, reason: String) -> Result<(), Stop> {
        let (by, at) = (self.hand().by, self.hand().at.clone());
        let stage = self.stage_of_job(job).await?;
        if !matches!(stage, Some(Stage::Running | Stage::Done)) {
            return Err(Stop::Missing);
        }
        self.run_beside(
            "update job set stage = 'undoing', ended_at = null, undo_person = $3, \
             undo_post = $4, undo_reason = $5, undo_at = $6 where jurisdiction = $1 and id = $2",
            cells![job, by.person, by.post, reason, at],
        );
        Ok(())
    }
}
