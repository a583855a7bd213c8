//! The digest over the API.

use axum::{Json, extract::Query};
use mechanisms::Day;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    digest::{self, Next, Sent, Whose},
    pages,
};
use crate::{House, access::Me, trouble::Trouble};

/// The API's door of this slice.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(reminders))
}

/// Which part of the digest is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `watched` for matters you watch; otherwise everything within your scope.
    whose: Option<String>,
    /// The last day to look at; five working days ahead where none is given.
    until: Option<Day>,
}

/// What was sent to you, what comes next in your matters, and for the supervision office what the
/// ladder lets it send and what is not answered. Lists hold the first hundred lines.
#[derive(Debug, Serialize, ToSchema)]
pub struct Digest {
    pub to_me: Reminders,
    pub mine: Steps,
    pub office: Option<Office>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Office {
    /// How many may be sent today.
    pub ready: i64,
    pub next: Steps,
    pub waiting: Reminders,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Reminders {
    pub total: i64,
    pub lines: Vec<ReminderLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Steps {
    pub total: i64,
    pub lines: Vec<NextLine>,
}

/// A reminder that waits for an answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReminderLine {
    /// item or problem.
    pub kind: String,
    pub id: i64,
    pub number: String,
    pub title: String,
    pub unit: String,
    /// nudge, urge, urge-hard, order or propose-talk.
    pub level: String,
    pub text: String,
    pub sent_on: String,
    pub answer_due: String,
    pub signed: bool,
}

/// The next rung of a matter, and the first day on which it may be sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextLine {
    pub kind: String,
    pub id: i64,
    pub number: String,
    pub title: String,
    pub unit: String,
    pub level: String,
    pub on: String,
    pub due_on: Option<String>,
    pub given: i64,
}

fn reminders_of((total, list): (i64, Vec<Sent>)) -> Reminders {
    let line = |one: Sent| ReminderLine {
        kind: one.kind,
        id: one.matter,
        number: one.number,
        title: one.title,
        unit: one.unit,
        level: one.level,
        text: one.text,
        sent_on: one.sent_on.to_string(),
        answer_due: one.answer_due.to_string(),
        signed: one.signed,
    };
    Reminders { total, lines: list.into_iter().map(line).collect() }
}

fn steps_of((total, list): (i64, Vec<Next>)) -> Steps {
    let line = |one: Next| NextLine {
        kind: one.kind,
        id: one.matter,
        number: one.number,
        title: one.title,
        unit: one.unit,
        level: one.level,
        on: one.on.to_string(),
        due_on: one.due_on.map(|day| day.to_string()),
        given: one.given,
    };
    Steps { total, lines: list.into_iter().map(line).collect() }
}

/// Your digest of reminders.
#[utoipa::path(get, path = "/api/reminders", tag = "reminders",
    params(("whose" = Option<String>, Query, description = "`watched`, or all you may see"),
        ("until" = Option<String>, Query, description = "the last day to look at")),
    responses((status = 200, body = Digest)))]
async fn reminders(me: Me, Query(asked): Query<Asked>) -> Result<Json<Digest>, Trouble> {
    let until = asked.until.unwrap_or_else(|| pages::horizon(&me));
    let whose = Whose::of(asked.whose.as_deref());
    let office = match digest::is_office(&me) {
        false => None,
        true => Some(Office {
            ready: digest::next(&me, whose, me.today()).await?.0,
            next: steps_of(digest::next(&me, whose, until).await?),
            waiting: reminders_of(digest::waiting(&me, whose).await?),
        }),
    };
    Ok(Json(Digest {
        to_me: reminders_of(digest::to_me(&me).await?),
        mine: steps_of(digest::next(&me, Whose::Mine, until).await?),
        office,
    }))
}
