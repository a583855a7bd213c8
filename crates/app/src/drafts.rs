//! Drafts (草稿): what was typed into a form and not yet sent, kept for the person who typed it.
//!
//! With script a form is kept as it is typed; without it a button keeps it. A draft comes back
//! when the form is opened again, on any device, and is let go when the form has been accepted.
//! Drafts are no facts: they are not in the journal, and nobody else sees them.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    House,
    access::Me,
    evidence::{Filled, Kept},
    failure::{Failure, Meaning},
    trouble::Trouble,
};

/// Bytes of text one draft may hold.
const LONGEST: usize = 64 * 1024;

/// A draft as a form takes it up again.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub fields: BTreeMap<String, String>,
    /// Files that were kept with it.
    pub files: Vec<Kept>,
    /// When it was saved, as the body's clock shows it.
    pub at: String,
}

impl Draft {
    /// The form these fields make; what the form does not know is left out.
    pub fn form<T: DeserializeOwned>(&self) -> Option<T> {
        let text = serde_urlencoded::to_string(&self.fields).ok()?;
        serde_urlencoded::from_str(&text).ok()
    }
}

pub fn routes() -> Router<House> {
    Router::new()
        .route("/drafts/{form}", post(save))
        .route("/drafts/{form}/dropping", post(let_go))
        .layer(crate::evidence::limit())
}

#[derive(Debug, Deserialize)]
struct Then {
    then: Option<String>,
}

fn back(query: Then) -> Response {
    let ours = |path: &String| path.starts_with('/') && !path.starts_with("//");
    match query.then.filter(ours) {
        Some(path) => Redirect::to(&path).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

/// The name of a form: `report-12`, `act-12-extension`, `edit-new`.
fn is_name(form: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=60).contains(&form.len()) && form.chars().all(plain)
}

async fn save(
    State(house): State<House>,
    me: Me,
    Path(form): Path<String>,
    Query(then): Query<Then>,
    filled: Filled<BTreeMap<String, String>>,
) -> Result<Response, Trouble> {
    if !is_name(&form) {
        return Err(Trouble::NotFound);
    }
    let Filled { form: mut fields, files, .. } = filled;
    fields.remove("csrf");
    let kept: Vec<String> = files.iter().map(|(name, hash)| format!("{hash} {name}")).collect();
    let body = serde_json::to_string(&(fields, kept)).meaning("writing a draft")?;
    if body.len() > LONGEST {
        return Err(Trouble::Unreadable { field: String::new(), why: "draft-too-long" });
    }
    let store = &house.store;
    store.keep_draft((me.body.id, me.officer.person.0), &form, body, me.now.at.clone()).await?;
    Ok(back(then))
}

async fn let_go(
    me: Me,
    Path(form): Path<String>,
    Query(then): Query<Then>,
) -> Result<Response, Trouble> {
    forget(&me, &form).await?;
    Ok(back(then))
}

/// Lets a draft go: its form was accepted, or its writer no longer wants it.
pub async fn forget(me: &Me, form: &str) -> Result<(), Failure> {
    me.house.store.forget_draft((me.body.id, me.officer.person.0), form).await
}

/// The draft this officer has of a form.
pub async fn kept(me: &Me, form: &str) -> Result<Option<Draft>, Failure> {
    let found = me.house.store.draft((me.body.id, me.officer.person.0), form).await?;
    let Some((body, at)) = found else { return Ok(None) };
    let (fields, kept): (BTreeMap<String, String>, Vec<String>) =
        serde_json::from_str(&body).meaning("reading a draft")?;
    let split =
        |text: &String| text.split_once(' ').map(|(hash, name)| (name.to_owned(), hash.to_owned()));
    let at = match me.house.clock.local(&at) {
        Some(local) if local.date() == me.today() => local.strftime("%H:%M").to_string(),
        Some(local) => local.strftime("%m-%d %H:%M").to_string(),
        None => String::new(),
    };
    Ok(Some(Draft { fields, files: kept.iter().filter_map(split).collect(), at }))
}
