//! An officer's own views of the ledger: a name for what the address asks.

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    access::Me, failure::Failure, matters::problems::Filter, store::views::View, trouble::Trouble,
};

/// The name under which the ledger's views are kept.
const PAGE: &str = "problems";
/// The most views one officer has.
const MOST: usize = 20;
/// Characters of a name.
const LONGEST: usize = 24;

pub async fn own(me: &Me) -> Result<Vec<View>, Failure> {
    me.house.store.views((me.body.id, me.officer.person.0), PAGE).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Named {
    name: String,
    query: String,
}

pub async fn save(me: Me, Form(form): Form<Named>) -> Result<Response, Trouble> {
    let name = form.name.trim().to_owned();
    let wrong = |why| Trouble::Unreadable { field: "name".into(), why };
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(wrong("problems-view-name"));
    }
    let filter = Filter::of(&form.query).plain();
    let views = own(&me).await?;
    if views.len() >= MOST && !views.iter().any(|view| view.name == name) {
        return Err(wrong("problems-view-many"));
    }
    let whose = (me.body.id, me.officer.person.0);
    me.house.store.keep_view(whose, PAGE, name, filter.query()).await?;
    Ok(Redirect::to(&format!("/problems{}", filter.query())).into_response())
}

pub async fn remove(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    me.house.store.drop_view((me.body.id, me.officer.person.0), id).await?;
    Ok(Redirect::to("/problems").into_response())
}
