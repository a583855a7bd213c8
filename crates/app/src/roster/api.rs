//! Units, posts and people over the API.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{House, access::Me, trouble::Trouble};

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(units)).routes(routes!(posts))
}

/// A unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitLine {
    pub id: i64,
    pub name: String,
    pub code: String,
    pub kind: String,
    pub parent: Option<i64>,
    pub from: String,
    pub to: Option<String>,
}

/// A post and who holds it today.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostLine {
    pub id: i64,
    pub title: String,
    pub unit: i64,
    pub role: String,
    pub head: bool,
    pub holder: Option<i64>,
}

/// Every unit, closed ones with their last day.
#[utoipa::path(get, path = "/api/units", tag = "roster",
    responses((status = 200, body = [UnitLine])))]
async fn units(me: Me) -> Result<Json<Vec<UnitLine>>, Trouble> {
    let line = |(id, unit): (mechanisms::Id<_>, &mechanisms::roster::Unit)| UnitLine {
        id: id.0,
        name: unit.name.clone(),
        code: unit.code.clone(),
        kind: unit.kind.word().to_owned(),
        parent: unit.parent.map(|parent| parent.0),
        from: unit.from.to_string(),
        to: unit.to.map(|to| to.to_string()),
    };
    Ok(Json(me.roster.units().map(line).collect()))
}

/// Every open post.
#[utoipa::path(get, path = "/api/posts", tag = "roster",
    responses((status = 200, body = [PostLine])))]
async fn posts(me: Me) -> Result<Json<Vec<PostLine>>, Trouble> {
    let open = me.roster.posts().filter(|(_, post)| post.closed.is_none());
    let line = |(id, post): (mechanisms::Id<_>, &mechanisms::roster::Post)| PostLine {
        id: id.0,
        title: post.title.clone(),
        unit: post.unit.0,
        role: post.role.word().to_owned(),
        head: post.head,
        holder: me.roster.holder(id, me.today()).map(|person| person.0),
    };
    Ok(Json(open.map(line).collect()))
}
