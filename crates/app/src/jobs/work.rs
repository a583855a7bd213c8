//! Carrying jobs out: a portion a turn, until nothing is left.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use serde_json::Value;

use super::{Act, Asked, MOST, One};
use crate::{
    App, House,
    failure::{Failure, Meaning},
    store::{
        Hand, Pen, Stop,
        jobs::{Job, JobMatter, NewJob, Stage},
    },
    trouble::Trouble,
};

/// Matters a turn: some tens of milliseconds, in which others wait for the pen.
const PORTION: usize = 100;

/// Begins a job and carries its first portion out, so that a small one is done when its page
/// opens; the rest goes on by itself. The answer is the job's number.
pub async fn start(
    house: &House,
    hand: Hand,
    act: &'static Act,
    asked: Asked,
    matters: Vec<One>,
) -> Result<i64, Trouble> {
    let wrong = |field: &str, why| Trouble::Unreadable { field: field.into(), why };
    if asked.reason.trim().is_empty() {
        return Err(wrong("reason", "job-reason-missing"));
    }
    if matters.is_empty() {
        return Err(wrong("id", "job-nothing"));
    }
    if matters.len() > MOST {
        return Err(wrong("id", "job-too-many"));
    }
    let new = NewJob {
        act: act.key,
        kind: act.kind,
        reason: asked.reason.trim().to_owned(),
        given: serde_json::to_string(&asked.given).meaning("writing a job down")?,
        matters: matters.into_iter().map(|one| (one.matter, one.given)).collect(),
    };
    let body = hand.jurisdiction;
    let turn = house.store.turn(hand, move |pen| Box::pin(async move { Ok(pen.begin_job(new)) }));
    let id = turn.await?;
    first(house, (body, id)).await;
    Ok(id)
}

/// Goes on with every job that was under way when the house was last closed.
pub async fn resume(house: &House) -> Result<(), Failure> {
    for job in house.store.jobs_under_way().await? {
        wake(house, job);
    }
    Ok(())
}

/// Does a job's next portion now and leaves the rest to itself.
pub(super) async fn first(house: &House, job: (i64, i64)) {
    let Some(running) = Running::of(house, job) else { return };
    match portion(house, job, PORTION).await {
        Ok(true) => {}
        Ok(false) => drop(tokio::spawn(go_on(running))),
        Err(failure) => {
            tracing::error!(%failure, job = job.1, "a portion of a job");
            drop(tokio::spawn(go_on(running)));
        }
    }
}

/// Sees to it that a job is being carried out in this process.
pub(super) fn wake(house: &House, job: (i64, i64)) {
    if let Some(running) = Running::of(house, job) {
        tokio::spawn(go_on(running));
    }
}

/// The one task of this process that carries a job out.
struct Running {
    house: House,
    job: (i64, i64),
}

impl Running {
    fn of(house: &House, job: (i64, i64)) -> Option<Self> {
        let running = &house.jobs.running;
        let first = running.lock().unwrap_or_else(PoisonError::into_inner).insert(job);
        first.then(|| Self { house: house.clone(), job })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let running = &self.house.jobs.running;
        running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.job);
    }
}

/// Portion by portion. One that fails is done matter by matter, and the matter that fails is
/// noted and passed over; where even that fails, the job waits until somebody looks at it or the
/// house opens again.
async fn go_on(running: Running) {
    let (house, job) = (&running.house, running.job);
    let mut singly = 0;
    loop {
        let most = if singly > 0 { 1 } else { PORTION };
        match portion(house, job, most).await {
            Ok(true) => return,
            Ok(false) => singly = usize::saturating_sub(singly, 1),
            Err(failure) if most > 1 => {
                tracing::error!(%failure, job = job.1, "a portion of a job");
                singly = PORTION;
            }
            Err(failure) => {
                let number = crate::chance::hex::<4>();
                tracing::error!(%failure, number, job = job.1, "a matter of a job");
                if let Err(failure) = pass_over(house, job, number).await {
                    tracing::error!(%failure, job = job.1, "a job that waits");
                    return;
                }
            }
        }
    }
}

/// The hand of whoever the portion is asked by.
fn hand(house: &App, body: i64, job: &Job) -> Hand {
    let by = match (&job.undo, job.stage) {
        (Some((by, _)), Stage::Undoing) => *by,
        _ => job.by,
    };
    let now = house.clock.now();
    Hand { jurisdiction: body, by, day: now.day(), at: now.at }
}

/// The stage of the matters that are next.
fn next(stage: Stage) -> &'static str {
    if stage == Stage::Running { "left" } else { "done" }
}

/// Carries out the next portion of a job; true when nothing was left.
async fn portion(house: &House, (body, id): (i64, i64), most: usize) -> Result<bool, Failure> {
    let Some(job) = house.store.job(body, id).await? else { return Ok(true) };
    if !job.stage.is_under_way() {
        return Ok(true);
    }
    let act = house.jobs.act(&job.act);
    let act = act.ok_or_else(|| Failure::new(format!("a job of the unknown act {}", job.act)))?;
    let given: BTreeMap<String, String> =
        serde_json::from_str(&job.given).meaning("reading a job")?;
    let asked = Arc::new(Asked { reason: job.reason.clone(), given });
    let hand = hand(house, body, &job);
    let turn = house.store.turn(hand, move |pen| {
        Box::pin(async move { carry_out(pen, act, &job, &asked, most).await })
    });
    turn.await.map_err(|stop| match stop {
        Stop::Failed(failure) => failure,
        stop => Failure::new(format!("a portion was stopped as a whole: {stop:?}")),
    })
}

async fn carry_out(
    pen: &mut Pen<'_, '_>,
    act: &'static Act,
    job: &Job,
    asked: &Asked,
    most: usize,
) -> Result<bool, Stop> {
    // Somebody may have begun to take the job back since it was read.
    if pen.stage_of_job(job.id).await? != Some(job.stage) {
        return Ok(false);
    }
    let limit = i64::try_from(most).unwrap_or(1);
    let mut matters = pen.next_of_job(job.id, next(job.stage), limit).await?;
    if matters.is_empty() {
        pen.end_job(job.id, job.stage);
        return Ok(true);
    }
    let by = pen.hand().by;
    let in_post = pen.roster().posts_of(by.person, pen.hand().day).contains(&by.post);
    for one in &mut matters {
        if !in_post {
            refuse(one, job.stage, "job-post-given-up", Vec::new());
            continue;
        }
        let mark = pen.mark();
        let done = match job.stage {
            Stage::Undoing => take_back(pen, act, one, job).await,
            _ => {
                let given = One { matter: one.matter, given: one.given.clone() };
                (act.carry)(pen, &given, asked).await
            }
        };
        match done {
            Ok(before) if job.stage == Stage::Undoing => {
                one.stage = "back".into();
                drop(before);
            }
            Ok(before) => {
                one.stage = "done".into();
                one.before = Some(before);
            }
            Err(Stop::Refused(refusal)) => {
                pen.back_to(mark);
                refuse(one, job.stage, refusal.key(), refusal.facts());
            }
            Err(Stop::Missing) => {
                pen.back_to(mark);
                refuse(one, job.stage, "error-not-found", Vec::new());
            }
            Err(stop @ Stop::Failed(_)) => return Err(stop),
        }
    }
    pen.note_portion(job.id, &matters);
    let all = matters.len() < most;
    if all {
        pen.end_job(job.id, job.stage);
    }
    Ok(all)
}

async fn take_back(
    pen: &mut Pen<'_, '_>,
    act: &'static Act,
    one: &JobMatter,
    job: &Job,
) -> Result<String, Stop> {
    let Some(take_back) = act.take_back else { return Err(Stop::Missing) };
    let given = One { matter: one.matter, given: one.given.clone() };
    let reason = job.undo.as_ref().map_or("", |undo| undo.1.as_str());
    let before = one.before.as_deref().unwrap_or_default();
    take_back(pen, &given, before, reason).await?;
    Ok(String::new())
}

fn refuse(one: &mut JobMatter, stage: Stage, why: &str, facts: Vec<(&'static str, String)>) {
    let facts: serde_json::Map<String, Value> =
        facts.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
    one.stage = if stage == Stage::Undoing { "kept" } else { "refused" }.into();
    one.why = Some(why.to_owned());
    one.facts = Some(Value::Object(facts).to_string());
}

/// Notes that the next matter failed, and goes on behind it.
async fn pass_over(house: &House, (body, id): (i64, i64), number: String) -> Result<(), Failure> {
    let Some(job) = house.store.job(body, id).await? else { return Ok(()) };
    let hand = hand(house, body, &job);
    let turn = house.store.turn(hand, move |pen| {
        Box::pin(async move {
            let mut matters = pen.next_of_job(job.id, next(job.stage), 1).await?;
            for one in &mut matters {
                refuse(one, job.stage, "job-failed", vec![("number", number.clone())]);
            }
            pen.note_portion(job.id, &matters);
            Ok(())
        })
    });
    turn.await.map_err(|stop| Failure::new(format!("{stop:?}")))
}
