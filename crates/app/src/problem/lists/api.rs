//! Lists of problems over the API, with the same filters as the pages; their counts and funnel; and
//! one act on many as a job.

use std::collections::BTreeMap;

use axum::{Json, extract::Query};
use mechanisms::{Day, problem::Step};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::bulk;
use crate::{
    House,
    access::Me,
    jobs::{self, Asked, One},
    matters::problems::{self, Filter, Line, PAGE},
    trouble::Trouble,
};

/// The API's doors of the lists.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(counts)).routes(routes!(begin))
}

/// One problem of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemLine {
    pub id: i64,
    pub number: String,
    pub title: String,
    pub unit: i64,
    pub sponsor: Option<i64>,
    pub owner: Option<i64>,
    pub watcher: Option<i64>,
    pub source: String,
    pub category: String,
    pub horizon: String,
    pub stage: String,
    /// to-plan, rectifying, to-apply, to-verify or closed; none where it is in none of them.
    pub step: Option<String>,
    /// late, warn, ok, hold or done, as of today.
    pub light: String,
    pub due_on: Option<String>,
    pub done_on: Option<String>,
    /// Days by which the deadline has passed, of an open problem.
    pub overdue_days: Option<i64>,
    pub reminders: i64,
    pub relapses: i64,
}

/// A page of a list, and how many problems the whole list has.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemList {
    pub total: i64,
    pub problems: Vec<ProblemLine>,
}

fn shown(line: Line, today: Day) -> ProblemLine {
    let text = |day: Option<Day>| day.map(|day| day.to_string());
    let place = usize::try_from(line.boxes()).unwrap_or(0);
    let step = place.checked_sub(1).and_then(|place| Step::ALL.get(place));
    ProblemLine {
        step: step.map(|step| step.word().to_owned()),
        overdue_days: line.overdue(today),
        id: line.id,
        number: line.number,
        title: line.title,
        unit: line.unit,
        sponsor: line.sponsor,
        owner: line.owner,
        watcher: line.watcher,
        source: line.source,
        category: line.category,
        horizon: line.horizon,
        stage: line.stage,
        light: line.light.word().to_owned(),
        due_on: text(line.due_on),
        done_on: text(line.done_on),
        reminders: line.reminders,
        relapses: line.relapses,
    }
}

/// Problems within your scope: open before suspended before closed, most overdue first.
#[utoipa::path(get, path = "/api/problems", tag = "problems",
    params(
        ("watcher" = Option<String>, Query, description = "me, or the number of a post"),
        ("due" = Option<String>, Query, description = "overdue, week or look-back"),
        ("step" = Option<String>, Query, description = "to-plan, rectifying, to-apply, \
          to-verify or closed"),
        ("reached" = Option<String>, Query, description = "planned, ready, applied or closed"),
        ("stage" = Option<String>, Query), ("source" = Option<String>, Query),
        ("category" = Option<String>, Query), ("horizon" = Option<String>, Query),
        ("unit" = Option<i64>, Query), ("sponsor" = Option<i64>, Query),
        ("owner" = Option<i64>, Query), ("ledger" = Option<i64>, Query),
        ("timeliness" = Option<String>, Query),
        ("origin" = Option<String>, Query, description = "carried over, or new"),
        ("relapsed" = Option<String>, Query, description = "yes"),
        ("q" = Option<String>, Query), ("sort" = Option<String>, Query, description = "number"),
        ("page" = Option<i64>, Query, description = "from 1, 20 problems each")),
    responses((status = 200, body = ProblemList), (status = 401)))]
async fn list(me: Me, Query(filter): Query<Filter>) -> Result<Json<ProblemList>, Trouble> {
    let total = problems::count(&me, &filter).await?;
    let skip = (filter.page() - 1) * PAGE;
    let lines = problems::lines(&me, &filter, PAGE, skip).await?;
    let today = me.today();
    Ok(Json(ProblemList {
        total,
        problems: lines.into_iter().map(|line| shown(line, today)).collect(),
    }))
}

/// How many problems each of the officer's views has, and how far they came.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemCounts {
    pub all: i64,
    pub mine: i64,
    pub overdue: i64,
    pub due_this_week: i64,
    pub to_verify: i64,
    pub from_supervision: i64,
    pub from_the_public: i64,
    /// On the ledger, measures set, put right, applied for, closed.
    pub funnel: Vec<i64>,
    /// In each of the five boxes now.
    pub boxes: Vec<i64>,
}

/// The counts of the ledger's views, and its closing funnel.
#[utoipa::path(get, path = "/api/problems/counts", tag = "problems",
    responses((status = 200, body = ProblemCounts), (status = 401)))]
async fn counts(me: Me) -> Result<Json<ProblemCounts>, Trouble> {
    let counts = problems::counts(&me).await?;
    let of = |key: &str| counts.iter().find(|one| one.0.key == key).map_or(0, |one| one.1);
    let came = problems::funnel(&me, &Filter::everything()).await?;
    Ok(Json(ProblemCounts {
        all: of("problems-all"),
        mine: of("problems-mine"),
        overdue: of("problems-overdue"),
        due_this_week: of("problems-week"),
        to_verify: of("problems-to-verify"),
        from_supervision: of("problems-supervision"),
        from_the_public: of("problems-public"),
        funnel: came.steps.to_vec(),
        boxes: came.boxes.to_vec(),
    }))
}

/// One act on many problems.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Bulk {
    /// urge, watch or due.
    pub act: String,
    pub reason: String,
    /// The problems by number; or, where there are none, the list of `query`.
    #[serde(default)]
    pub ids: Vec<i64>,
    /// The query of a list: `due=overdue`.
    #[serde(default)]
    pub query: String,
    /// The new watcher's post, for `watch`.
    pub post: Option<i64>,
    /// The new deadline, for `due`.
    pub due_on: Option<String>,
}

/// The number of a job that was begun.
#[derive(Debug, Serialize, ToSchema)]
pub struct Begun {
    pub job: i64,
}

/// Begins a job; how far it is, `GET /api/jobs/{id}` says.
#[utoipa::path(post, path = "/api/problems/bulk", tag = "problems", request_body = Bulk,
    responses((status = 200, body = Begun), (status = 403), (status = 422)))]
async fn begin(me: Me, Json(asked): Json<Bulk>) -> Result<Json<Begun>, Trouble> {
    let act = bulk::known(&asked.act, &me)?;
    let wrong = |field: &str, why| Trouble::Unreadable { field: field.into(), why };
    let mut given = BTreeMap::new();
    match asked.act.as_str() {
        "watch" => {
            let post = asked.post.ok_or_else(|| wrong("post", "problems-watcher-missing"))?;
            given.insert("post".to_owned(), post.to_string());
        }
        "due" => {
            let day = asked.due_on.as_deref().and_then(|text| text.parse::<Day>().ok());
            let day = day.ok_or_else(|| wrong("due_on", "unreadable-day"))?;
            given.insert("due_on".to_owned(), day.to_string());
        }
        _ => {}
    }
    let ids = match asked.ids.is_empty() {
        true if asked.query.is_empty() => Vec::new(),
        true => {
            let most = i64::try_from(jobs::MOST).unwrap_or(i64::MAX) + 1;
            problems::ids(&me, &Filter::of(&asked.query), most).await?
        }
        false => problems::visible(&me, &asked.ids).await?,
    };
    let matters = ids.into_iter().map(|matter| One { matter, given: String::new() }).collect();
    let asked = Asked { reason: asked.reason, given };
    let job = jobs::start(&me.house, me.hand(), act, asked, matters).await?;
    Ok(Json(Begun { job }))
}
