//! The doors of access: signing in and out, choosing the post to act in, the first run.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use mechanisms::{Id, roster::Post};
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    Me, Visit, WHO, Who,
    account::{self, SignIn},
    csrf,
};
use crate::{
    DemoDoor, House, chance,
    failure::{Failure, Meaning},
    trouble::Trouble,
    ui::{self, words::Words},
};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/sign-in", get(sign_in_page).post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/posts", post(choose_post))
}

#[derive(Debug, Deserialize)]
struct Then {
    then: Option<String>,
}

#[derive(Template)]
#[template(path = "access/sign_in.html")]
struct SignInPage {
    w: Words,
    visit: Visit,
    name: String,
    then: String,
    login: String,
    error: Option<String>,
    doors: Vec<DemoDoor>,
}

async fn sign_in_page(
    State(house): State<House>,
    visit: Visit,
    Query(query): Query<Then>,
) -> Result<Response, Trouble> {
    if house.store.jurisdictions().await?.is_empty() {
        return Ok(Redirect::to("/first-run").into_response());
    }
    let page = sign_in_view(&house, visit, query.then, String::new(), None).await?;
    Ok(ui::page(&page)?.into_response())
}

async fn sign_in_view(
    house: &House,
    visit: Visit,
    then: Option<String>,
    login: String,
    error: Option<String>,
) -> Result<SignInPage, Trouble> {
    let bodies = house.store.jurisdictions().await?;
    Ok(SignInPage {
        w: Words::of(visit.lang),
        visit,
        name: bodies.first().map(|body| body.name.clone()).unwrap_or_default(),
        then: then.filter(|path| is_ours(path)).unwrap_or_else(|| "/".into()),
        login,
        error,
        doors: house.demo.clone(),
    })
}

fn is_ours(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//")
}

#[derive(Debug, Deserialize)]
struct SignInForm {
    login: String,
    password: String,
    then: Option<String>,
}

async fn sign_in(
    State(house): State<House>,
    visit: Visit,
    session: Session,
    Form(form): Form<SignInForm>,
) -> Result<Response, Trouble> {
    let now = house.clock.now();
    let w = Words::of(visit.lang);
    let tried = account::sign_in(&house.store, &form.login, form.password, &now).await?;
    let error = match tried {
        SignIn::Welcome { jurisdiction, person } => {
            let roster = house.store.roster(jurisdiction).await?;
            if let Some(post) = roster.leading_post(person, now.day()) {
                let who = Who { jurisdiction, person: person.0, post: post.0 };
                begin(&session, who).await?;
                let then = form.then.filter(|path| is_ours(path));
                return Ok(Redirect::to(then.as_deref().unwrap_or("/")).into_response());
            }
            w.t("sign-in-no-post")
        }
        SignIn::Wrong { left } => w.n("sign-in-left", left),
        SignIn::Locked { minutes } => w.n("sign-in-locked", minutes),
    };
    let page = sign_in_view(&house, visit, form.then, form.login, Some(error)).await?;
    Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

/// Begins a session under a new name, so that a name known before signing in opens nothing.
pub async fn begin(session: &Session, who: Who) -> Result<(), Failure> {
    session.cycle_id().await.meaning("beginning a session")?;
    session.insert(WHO, who).await.meaning("beginning a session")?;
    session.insert(csrf::KEY, chance::hex::<16>()).await.meaning("beginning a session")
}

async fn sign_out(session: Session) -> Result<Redirect, Trouble> {
    session.flush().await.meaning("ending a session")?;
    Ok(Redirect::to("/sign-in"))
}

#[derive(Debug, Deserialize)]
struct ChosenPost {
    post: i64,
}

async fn choose_post(
    me: Me,
    session: Session,
    Form(form): Form<ChosenPost>,
) -> Result<Redirect, Trouble> {
    let post: Id<Post> = Id::new(form.post);
    if !me.roster.posts_of(me.officer.person, me.today()).contains(&post) {
        return Err(Trouble::NotYours);
    }
    let who = Who { jurisdiction: me.body.id, person: me.officer.person.0, post: post.0 };
    session.insert(WHO, who).await.meaning("changing the post")?;
    Ok(Redirect::to("/"))
}
