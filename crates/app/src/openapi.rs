//! The API's description (OpenAPI 3.1), the health doors, and the figures for monitoring.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use sqlx::Row;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    House, audit, evidence, jobs, plan, problem, project, reminders, roster, trouble::Trouble,
    workdays,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Shigan",
        description = "A public body's commitments: plans, items, units, and the record of all \
                       of it. Authenticate with a bearer token from `shigan token USER`.",
        license(name = "Apache-2.0")
    ),
    security(("bearer" = [])),
    modifiers(&Bearer)
)]
struct Api;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
        let components = api.components.get_or_insert_with(Default::default);
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        components.add_security_scheme("bearer", scheme);
    }
}

fn api() -> (Router<House>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Api::openapi())
        .merge(plan::api::routes())
        .merge(evidence::api())
        .merge(problem::api::routes())
        .merge(project::api::routes())
        .merge(audit::api::routes())
        .merge(reminders::api::routes())
        .merge(roster::api::routes())
        .merge(problem::lists::api::routes())
        .merge(jobs::api::routes())
        .merge(workdays::api::routes())
        .split_for_parts()
}

/// The description alone.
pub fn description() -> utoipa::openapi::OpenApi {
    api().1
}

pub fn routes() -> Router<House> {
    let (router, description) = api();
    router
        .route("/openapi.json", get(move || async move { Json(description) }))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

async fn ready(State(house): State<House>) -> Result<&'static str, StatusCode> {
    let answer = sqlx::query("select 1").fetch_one(house.store.reader()).await;
    answer.map(|_| "ready\n").map_err(|_| StatusCode::SERVICE_UNAVAILABLE)
}

/// Counts only, no names: journal size per body.
async fn metrics(State(house): State<House>) -> Result<String, Trouble> {
    let rows = sqlx::query(
        "select j.code, h.size, h.turn from head h join jurisdiction j on j.id = h.jurisdiction \
         order by j.id",
    )
    .fetch_all(house.store.reader())
    .await?;
    let mut text = String::from("# TYPE shigan_entries counter\n# TYPE shigan_turns counter\n");
    for row in &rows {
        let code: String = row.try_get(0)?;
        let (size, turns): (i64, i64) = (row.try_get(1)?, row.try_get(2)?);
        text.push_str(&format!("shigan_entries{{body=\"{code}\"}} {size}\n"));
        text.push_str(&format!("shigan_turns{{body=\"{code}\"}} {turns}\n"));
    }
    Ok(text)
}
