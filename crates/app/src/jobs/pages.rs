//! The page of a job: how far it is, what was refused and why, and taking it back.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
    response::{Html, IntoResponse, Redirect, Response},
};
use mechanisms::{Id, roster::Post};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Row};

use super::work;
use crate::{
    access::{Me, Scope},
    failure::Failure,
    store::jobs::{Job, JobMatter, Stage},
    trouble::Trouble,
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

/// Matters on one page.
const PAGE: i64 = 50;

/// Which matters of the job are shown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// The word of a stage: `left`, `done`, `refused`, `back`, `kept`.
    show: Option<String>,
    page: Option<i64>,
}

/// A matter of the job, as the page shows it.
struct Line {
    href: String,
    number: String,
    title: String,
    why: String,
}

/// How many are in a stage, and where they are listed.
struct Count {
    word: &'static str,
    n: i64,
    href: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "jobs/job.html")]
struct JobPage {
    shell: Shell,
    name: String,
    job: Job,
    by: String,
    when: String,
    undo: Option<(String, String)>,
    counts: Vec<Count>,
    lines: Vec<Line>,
    ready: i64,
    percent: i64,
    page: i64,
    last_page: i64,
    show: String,
    may_undo: bool,
    back: String,
}

/// A job in the list of jobs.
struct JobRow {
    id: i64,
    name: String,
    reason: String,
    by: String,
    when: String,
    job: Job,
}

#[derive(Template)]
#[template(path = "jobs/jobs.html")]
struct JobsPage {
    shell: Shell,
    rows: Vec<JobRow>,
}

/// The name of a job's act.
fn name(w: &Words, job: &Job) -> String {
    w.t(&format!("job-{}", job.act))
}

fn when(me: &Me, at: &str, w: &Words) -> String {
    let local = me.house.clock.local(at);
    let told = |at: jiff::civil::DateTime| {
        format!("{} {}", w.short(&at.date(), &me.now.day()), at.strftime("%H:%M"))
    };
    local.map(told).unwrap_or_default()
}

pub async fn jobs_page(me: Me) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let person = (me.scope != Scope::All).then_some(me.officer.person.0);
    let mut rows = Vec::new();
    for job in me.house.store.jobs(me.body.id, person).await? {
        rows.push(JobRow {
            id: job.id,
            name: name(&w, &job),
            reason: job.reason.clone(),
            by: me.roster.post_title(job.by.post).to_owned(),
            when: when(&me, &job.at, &w),
            job,
        });
    }
    Ok(ui::page(&JobsPage { shell: Shell::of(&me, "/jobs").await?, rows })?)
}

/// The job, for whoever began it and for those who see everything.
pub(super) async fn find(me: &Me, id: i64) -> Result<Job, Trouble> {
    let job = me.house.store.job(me.body.id, id).await?.ok_or(Trouble::NotFound)?;
    let mine = job.by.person == me.officer.person;
    if mine || me.scope == Scope::All { Ok(job) } else { Err(Trouble::NotFound) }
}

pub async fn job_page(
    me: Me,
    Path(id): Path<i64>,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, Trouble> {
    let job = find(&me, id).await?;
    // A job that stopped for want of the database goes on when somebody looks at it.
    if job.stage.is_under_way() {
        work::wake(&me.house, (me.body.id, id));
    }
    let w = Words::of(me.visit.lang);
    let counts = counts(&job);
    let first = counts.iter().find(|count| ["kept", "refused"].contains(&count.word));
    let first = first.map_or("done", |count| count.word);
    let known = |word: &&str| counts.iter().any(|count| count.word == *word);
    let show = shown.show.as_deref().filter(known).unwrap_or(first).to_owned();
    let (page, total) = (
        shown.page.unwrap_or(1).max(1),
        counts.iter().find(|count| count.word == show).map_or(0, |count| count.n),
    );
    let of = (me.body.id, id);
    let matters = me.house.store.job_matters(of, &show, (PAGE, (page - 1) * PAGE)).await?;
    let post = |post: Id<Post>| me.roster.post_title(post).to_owned();
    let (ready, percent) = ready(&job);
    let page = JobPage {
        shell: Shell::of(&me, "/jobs").await?,
        name: name(&w, &job),
        by: post(job.by.post),
        when: when(&me, &job.at, &w),
        undo: job.undo.as_ref().map(|(by, reason)| (post(by.post), reason.clone())),
        counts: counts
            .into_iter()
            .map(|count| Count { here: count.word == show, ..count })
            .collect(),
        lines: lines(&me, &job, &matters, &w).await?,
        ready,
        percent,
        last_page: (total + PAGE - 1).max(1) / PAGE,
        may_undo: matches!(job.stage, Stage::Running | Stage::Done)
            && job.done > 0
            && me.house.jobs.act(&job.act).is_some_and(|act| act.take_back.is_some()),
        back: format!("/{}s", job.kind),
        page,
        show,
        job,
    };
    Ok(ui::page(&page)?)
}

/// How many were dealt with so far in this stage of the job, and the hundredths of the whole.
fn ready(job: &Job) -> (i64, i64) {
    let (ready, all) = match job.stage {
        Stage::Running | Stage::Done => (job.done + job.refused, job.total),
        Stage::Undoing | Stage::Undone => (job.back + job.kept, job.done),
    };
    (ready, if all == 0 { 100 } else { ready * 100 / all })
}

/// The stages that have matters, each once.
fn counts(job: &Job) -> Vec<Count> {
    let left = job.total - job.done - job.refused;
    let all = [
        ("done", job.done - job.back - job.kept),
        ("refused", job.refused),
        ("back", job.back),
        ("kept", job.kept),
        ("left", left),
    ];
    let count =
        |(word, n)| Count { word, n, href: format!("/jobs/{}?show={word}", job.id), here: false };
    all.into_iter().filter(|one| one.1 > 0).map(count).collect()
}

/// The matters with their numbers and titles, and why they were refused.
async fn lines(me: &Me, job: &Job, matters: &[JobMatter], w: &Words) -> Result<Vec<Line>, Failure> {
    if matters.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = matters.iter().map(|one| one.matter.to_string()).collect();
    let text = format!(
        "select id, number, title from matter where jurisdiction = $1 and kind = $2 \
         and id in ({}) order by id",
        ids.join(", ")
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(job.kind.clone())
        .fetch_all(me.house.store.reader())
        .await?;
    let mut titles = std::collections::BTreeMap::new();
    for row in &rows {
        let (id, number, title): (i64, String, String) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        titles.insert(id, (number, title));
    }
    let line = |one: &JobMatter| {
        let (number, title) = titles.get(&one.matter).cloned().unwrap_or_default();
        let href = format!("/{}s/{}", job.kind, one.matter);
        Line { href, number, title, why: why(one, w) }
    };
    Ok(matters.iter().map(line).collect())
}

/// The reason of a refusal, in words.
pub(super) fn why(one: &JobMatter, w: &Words) -> String {
    let Some(key) = &one.why else { return String::new() };
    let facts = one.facts.as_deref().and_then(|text| {
        serde_json::from_str::<std::collections::BTreeMap<String, String>>(text).ok()
    });
    let facts: Vec<(String, String)> = facts.unwrap_or_default().into_iter().collect();
    sentence(w, key, &facts)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Undo {
    reason: String,
}

pub async fn undo(
    me: Me,
    Path(id): Path<i64>,
    Form(form): Form<Undo>,
) -> Result<Response, Trouble> {
    back(&me, id, form.reason).await?;
    Ok(Redirect::to(&format!("/jobs/{id}")).into_response())
}

/// Begins to take a job back.
pub(super) async fn back(me: &Me, id: i64, reason: String) -> Result<(), Trouble> {
    let job = find(me, id).await?;
    let act = me.house.jobs.act(&job.act).ok_or(Trouble::NotFound)?;
    if act.take_back.is_none() {
        return Err(Trouble::NotFound);
    }
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Trouble::Unreadable { field: "reason".into(), why: "job-reason-missing" });
    }
    let turn = me
        .house
        .store
        .turn(me.hand(), move |pen| Box::pin(async move { pen.take_job_back(id, reason).await }));
    turn.await?;
    work::first(&me.house, (me.body.id, id)).await;
    Ok(())
}
