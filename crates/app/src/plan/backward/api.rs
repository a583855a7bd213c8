//! The backward schedule over the API.

use axum::{
    Json,
    extract::{Path, Query},
};
use mechanisms::{Id, plan::item::backward::Placed};

use super::{super::item, Laid, Tried, trial};
use crate::{access::Me, failure::Failure, trouble::Trouble, ui::words::Words};

/// One line over the API.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct BackwardLine {
    pub item: i64,
    /// None for the item as a whole.
    pub step: Option<i64>,
    pub workdays: Option<i64>,
    pub early_start: String,
    pub early_finish: String,
    pub late_start: String,
    pub late_finish: String,
    /// Working days it may slip; negative is how many are missing.
    pub slack: i64,
    pub is_critical: bool,
}

/// The backward schedule over the API.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct BackwardSchedule {
    pub is_feasible: bool,
    pub lines: Vec<BackwardLine>,
    /// The smallest set of facts that cannot hold together, where there is one.
    #[schema(value_type = Option<Object>)]
    pub conflict: Option<serde_json::Value>,
    /// Every single change that would remove it, and by how much.
    #[schema(value_type = Option<Object>)]
    pub relaxations: Option<serde_json::Value>,
}

/// The backward schedule of an item and of what it waits for. `due_on`, `start_on`, `best_pace`
/// and `step-N` try other values; nothing is saved.
#[utoipa::path(get, path = "/api/items/{id}/backward", tag = "plan", params(("id" = i64, Path),
    ("due_on" = Option<String>, Query), ("start_on" = Option<String>, Query),
    ("best_pace" = Option<i64>, Query)),
    responses((status = 200, body = BackwardSchedule), (status = 404), (status = 422)))]
pub async fn backward(
    me: Me,
    Path(id): Path<i64>,
    Query(tried): Query<Tried>,
) -> Result<Json<BackwardSchedule>, Trouble> {
    let item = item::find(&me, id).await?;
    let (trial, _) = trial(&item, &tried, &Words::of(me.visit.lang));
    let laid = Laid::of(&me, Id::new(id), trial.as_ref()).await?;
    let circular = |numbers| {
        let refusal = mechanisms::plan::item::Refusal::StepsCircular { numbers };
        Trouble::from(crate::store::Stop::refused(refusal))
    };
    let back = laid.schedule(&me).map_err(circular)?;
    let (conflict, ways) = back.conflict().unzip();
    let json = |value: Result<serde_json::Value, serde_json::Error>| {
        value.map_err(|error| Failure::new(error.to_string()))
    };
    let line = |placed: Placed| BackwardLine {
        item: placed.seat.item.0,
        step: placed.seat.step,
        workdays: placed.workdays,
        early_start: placed.early_start.to_string(),
        early_finish: placed.early_finish.to_string(),
        late_start: placed.late_start.to_string(),
        late_finish: placed.late_finish.to_string(),
        slack: placed.slack,
        is_critical: placed.is_critical,
    };
    Ok(Json(BackwardSchedule {
        is_feasible: back.is_feasible(),
        lines: back.lines().into_iter().map(line).collect(),
        conflict: conflict.map(|one| json(serde_json::to_value(&one))).transpose()?,
        relaxations: ways.map(|all| json(serde_json::to_value(&all))).transpose()?,
    }))
}
