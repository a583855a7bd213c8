//! A job over the API: how far it is, what was refused and why, and taking it back.

use axum::{Json, extract::Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::pages::{back, find, why};
use crate::{House, access::Me, trouble::Trouble, ui::words::Words};

/// Matters that were refused, told at once.
const TOLD: i64 = 500;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(job)).routes(routes!(undo))
}

/// A matter that was not done, or not taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotDone {
    pub matter: i64,
    /// The key of the rule that said no, and its words in the language asked for.
    pub rule: String,
    pub reason: String,
}

/// How far a job is.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobState {
    pub id: i64,
    pub act: String,
    pub kind: String,
    pub reason: String,
    /// running, done, undoing or undone.
    pub stage: String,
    pub total: i64,
    pub done: i64,
    pub refused: i64,
    /// Taken back, and what could not be.
    pub back: i64,
    pub kept: i64,
    /// The first of those that were refused, or kept.
    pub not_done: Vec<NotDone>,
}

/// How far a job is, for whoever began it and those who see everything.
#[utoipa::path(get, path = "/api/jobs/{id}", tag = "jobs", params(("id" = i64, Path)),
    responses((status = 200, body = JobState), (status = 404)))]
async fn job(me: Me, Path(id): Path<i64>) -> Result<Json<JobState>, Trouble> {
    let job = find(&me, id).await?;
    let w = Words::of(me.visit.lang);
    let mut not_done = Vec::new();
    for stage in ["kept", "refused"] {
        for one in me.house.store.job_matters((me.body.id, id), stage, (TOLD, 0)).await? {
            let (rule, reason) = (one.why.clone().unwrap_or_default(), why(&one, &w));
            not_done.push(NotDone { matter: one.matter, rule, reason });
        }
    }
    Ok(Json(JobState {
        id,
        act: job.act,
        kind: job.kind,
        reason: job.reason,
        stage: job.stage.word().to_owned(),
        total: job.total,
        done: job.done,
        refused: job.refused,
        back: job.back,
        kept: job.kept,
        not_done,
    }))
}

/// Why a job is taken back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Undoing {
    pub reason: String,
}

/// Takes a job back, by a compensating act for each matter.
#[utoipa::path(post, path = "/api/jobs/{id}/undoing", tag = "jobs", params(("id" = i64, Path)),
    request_body = Undoing,
    responses((status = 204), (status = 404), (status = 422)))]
async fn undo(
    me: Me,
    Path(id): Path<i64>,
    Json(undoing): Json<Undoing>,
) -> Result<axum::http::StatusCode, Trouble> {
    back(&me, id, undoing.reason).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}
