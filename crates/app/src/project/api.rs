//! Key projects over the API.

use axum::{Json, extract::Path};
use mechanisms::{
    Id,
    plan::goal::Goal,
    project::{Charter, Command, Decision, Minutes, Project},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{forms, pages};
use crate::{House, access::Me, trouble::Trouble};

/// The API's doors of this slice.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(projects, register)).routes(routes!(project, step))
}

/// A key project, with its weeks.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectWhole {
    pub id: i64,
    pub goal: i64,
    #[schema(value_type = Object)]
    pub charter: Charter,
    pub version: i64,
    /// late, warn, ok or done, as of today.
    pub light: String,
    pub meetings: usize,
    /// Working weeks that have passed without a meeting.
    pub missed_weeks: usize,
    /// Decisions that are not yet items.
    pub unadopted: usize,
    /// The last working day of the week whose meeting is due next.
    pub next_meeting_by: Option<String>,
    pub weeks: Vec<WeekLine>,
}

/// One week, from its Monday.
#[derive(Debug, Serialize, ToSchema)]
pub struct WeekLine {
    pub monday: String,
    /// met, missed, ahead, or free of working days.
    pub held: String,
}

fn whole(id: i64, project: Project, me: &Me) -> ProjectWhole {
    let calendar = &*me.calendar;
    let weeks = project.weeks(calendar, me.today());
    let open = project.ended.is_none();
    let next = project.next_week(calendar).last_workday.filter(|_| open);
    ProjectWhole {
        id,
        goal: project.goal.0,
        version: project.version,
        light: pages::light(&project, me).word().to_owned(),
        meetings: project.meetings.len(),
        missed_weeks: project.missed(calendar, me.today()),
        unadopted: project.unadopted(),
        next_meeting_by: next.map(|day| day.to_string()),
        weeks: weeks
            .iter()
            .map(|week| WeekLine {
                monday: week.monday.to_string(),
                held: week.held.word().to_owned(),
            })
            .collect(),
        charter: project.charter,
    }
}

/// Key projects within your scope.
#[utoipa::path(get, path = "/api/projects", tag = "project",
    responses((status = 200, body = [ProjectWhole])))]
async fn projects(me: Me) -> Result<Json<Vec<ProjectWhole>>, Trouble> {
    let all = pages::all(&me).await?;
    Ok(Json(all.into_iter().map(|(id, project)| whole(id, project, &me)).collect()))
}

/// One key project.
#[utoipa::path(get, path = "/api/projects/{id}", tag = "project", params(("id" = i64, Path)),
    responses((status = 200, body = ProjectWhole), (status = 404)))]
async fn project(me: Me, Path(id): Path<i64>) -> Result<Json<ProjectWhole>, Trouble> {
    let project = super::find(&me, id).await?;
    Ok(Json(whole(id, project, &me)))
}

/// A new key project: exactly one leader, one team, an aim and a day.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewProject {
    pub goal: i64,
    #[schema(value_type = Object)]
    pub charter: Charter,
}

/// Registers a key project under a goal.
#[utoipa::path(post, path = "/api/projects", tag = "project", request_body = NewProject,
    responses((status = 200, body = ProjectWhole), (status = 404), (status = 409)))]
async fn register(me: Me, Json(new): Json<NewProject>) -> Result<Json<ProjectWhole>, Trouble> {
    let (goal, charter) = (Id::<Goal>::new(new.goal), new.charter);
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move {
            let id = pen.fresh::<Project>();
            pen.find::<Goal>(goal).await?;
            pen.ask::<Project>(id, Command::Register { goal, charter }).await?;
            Ok(id)
        })
    });
    let id = turn.await?;
    let project = super::find(&me, id.0).await?;
    Ok(Json(whole(id.0, project, &me)))
}

/// A step of a project's life, by name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum ProjectStep {
    Amend {
        base: i64,
        #[schema(value_type = Object)]
        charter: Charter,
    },
    Meet {
        #[schema(value_type = Object)]
        minutes: Minutes,
        #[schema(value_type = Vec<Object>)]
        decisions: Vec<Decision>,
    },
    Adopt {
        meeting: i64,
        place: usize,
    },
    End {
        result: String,
    },
}

/// Takes a step. A refusal comes back as 409 with its reason and facts.
#[utoipa::path(post, path = "/api/projects/{id}", tag = "project", params(("id" = i64, Path)),
    request_body(content = Object, description = "`step` and its fields, as ProjectStep"),
    responses((status = 200, body = ProjectWhole), (status = 404), (status = 409)))]
async fn step(
    me: Me,
    Path(id): Path<i64>,
    Json(step): Json<ProjectStep>,
) -> Result<Json<ProjectWhole>, Trouble> {
    super::find(&me, id).await?;
    match step {
        ProjectStep::Meet { minutes, decisions } => {
            forms::held(&me, id, Command::Meet { minutes, decisions }).await?;
        }
        ProjectStep::Amend { base, charter } => {
            forms::asked(&me, id, Command::Amend { base, charter }).await?;
        }
        ProjectStep::Adopt { meeting, place } => {
            let turn = me.house.store.turn(me.hand(), move |pen| {
                Box::pin(async move { super::adopt(pen, Id::new(id), meeting, place).await })
            });
            turn.await?;
        }
        ProjectStep::End { result } => {
            forms::asked(&me, id, Command::End { result }).await?;
        }
    }
    let project = super::find(&me, id).await?;
    Ok(Json(whole(id, project, &me)))
}
