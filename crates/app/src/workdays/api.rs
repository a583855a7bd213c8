//! The working calendar over the API.

use axum::{Json, extract::State};
use mechanisms::{
    roster::Power,
    workdays::{Arranged, Workdays},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{own, pages::carry_out};
use crate::{House, access::Me, trouble::Trouble};

/// The API's doors of this slice.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(read)).routes(routes!(impact)).routes(routes!(arrange))
}

/// A span of days the body arranged.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Span {
    /// ISO days, both included.
    pub first: String,
    pub last: String,
    /// Worked, or a day of rest.
    pub works: bool,
    pub name: String,
}

/// An edition: all of the body's own days, and why.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Arrangement {
    pub days: Vec<Span>,
    #[serde(default)]
    pub reason: String,
    /// How many editions there are; ignored when sent.
    #[serde(default)]
    pub edition: usize,
}

/// A day that would move.
#[derive(Debug, Serialize, ToSchema)]
pub struct Moved {
    pub kind: String,
    pub id: i64,
    pub number: String,
    /// latest_start_on, yellow_on, red_on, or the word of a move that waits.
    pub what: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What an edition would move.
#[derive(Debug, Serialize, ToSchema)]
pub struct Impact {
    /// Days that would be worked or off otherwise.
    pub days: Vec<String>,
    /// How many open matters were looked at.
    pub looked_at: i64,
    pub moved: Vec<Moved>,
}

fn spans(days: &[Arranged]) -> Vec<Span> {
    let span = |one: &Arranged| Span {
        first: one.first.to_string(),
        last: one.last.to_string(),
        works: one.works,
        name: one.name.clone(),
    };
    days.iter().map(span).collect()
}

fn arranged(spans: Vec<Span>) -> Result<Vec<Arranged>, Trouble> {
    let day = |text: &str| {
        let wrong = crate::typed::Unreadable {
            field: "days",
            why: "unreadable-day",
            found: text.to_owned(),
        };
        text.parse().map_err(|_| Trouble::from(crate::store::Stop::refused(wrong)))
    };
    let one = |span: Span| {
        let (first, last) = (day(&span.first)?, day(&span.last)?);
        Ok(Arranged { first, last, works: span.works, name: span.name })
    };
    spans.into_iter().map(one).collect()
}

/// The body's own days as they hold.
#[utoipa::path(get, path = "/api/workdays", tag = "workdays",
    responses((status = 200, body = Arrangement), (status = 401)))]
async fn read(me: Me) -> Result<Json<Arrangement>, Trouble> {
    let Some(state) = own(&me).await? else { return Ok(Json(Arrangement::default())) };
    let reason = state.editions.last().map(|edition| edition.reason.clone()).unwrap_or_default();
    let (days, edition) = (spans(state.days()), state.editions.len());
    Ok(Json(Arrangement { days, reason, edition }))
}

/// Which days of open matters an edition would move. Nothing is changed.
#[utoipa::path(post, path = "/api/workdays/impact", tag = "workdays", request_body = Arrangement,
    responses((status = 200, body = Impact), (status = 403)))]
async fn impact(me: Me, Json(asked): Json<Arrangement>) -> Result<Json<Impact>, Trouble> {
    me.needs(Power::Decide)?;
    let days = arranged(asked.days)?;
    let state = own(&me).await?;
    let (after, changed) = Workdays::tried(state.as_ref(), &days);
    let calendars = (&*me.calendar, &after);
    let (looked_at, shifted) =
        me.house.store.shifts(me.body.id, calendars, crate::cast, 20_000).await?;
    let text = |day: Option<mechanisms::Day>| day.map(|day| day.to_string());
    let moved = shifted.into_iter().map(|one| Moved {
        kind: one.kind,
        id: one.id,
        number: one.number,
        what: one.what,
        before: text(one.before),
        after: text(one.after),
    });
    let days = changed.iter().map(mechanisms::Day::to_string).collect();
    Ok(Json(Impact { days, looked_at, moved: moved.collect() }))
}

/// Arranges the body's own days: the whole list, from now on.
#[utoipa::path(post, path = "/api/workdays", tag = "workdays", request_body = Arrangement,
    responses((status = 200, body = Arrangement), (status = 409)))]
async fn arrange(
    State(house): State<House>,
    me: Me,
    Json(asked): Json<Arrangement>,
) -> Result<Json<Arrangement>, Trouble> {
    carry_out(&house, &me, arranged(asked.days)?, asked.reason.trim()).await?;
    read(me).await
}
