//! The first run: a public body is founded with its supervision office and its first officer.
//! Nobody is notified during set-up.

use askama::Template;
use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Id, Officer,
    roster::{Command, Role, Roster, UnitKind},
};
use serde::Deserialize;
use tower_sessions::Session;

use super::ROSTER;
use crate::{
    House,
    access::{Visit, Who, account, doors},
    store::Hand,
    trouble::Trouble,
    ui::{
        self, rail,
        words::{Lang, Words},
    },
};

#[derive(Template)]
#[template(path = "roster/first_run.html")]
struct FirstRunPage {
    w: Words,
    visit: Visit,
    given: FoundForm,
    error: Option<String>,
    langs: [Lang; 3],
    steps: [&'static str; 5],
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FoundForm {
    body: String,
    code: String,
    name: String,
    login: String,
    password: String,
}

fn view(w: Words, visit: Visit, given: FoundForm, error: Option<String>) -> FirstRunPage {
    FirstRunPage { w, visit, given, error, langs: Lang::ALL, steps: rail::STEPS }
}

pub async fn page(State(house): State<House>, visit: Visit) -> Result<Response, Trouble> {
    if !house.store.jurisdictions().await?.is_empty() {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let (w, given) = (Words::of(visit.lang), FoundForm::default());
    Ok(ui::page(&view(w, visit, given, None))?.into_response())
}

pub async fn found(
    State(house): State<House>,
    visit: Visit,
    session: Session,
    Form(given): Form<FoundForm>,
) -> Result<Response, Trouble> {
    if !house.store.jurisdictions().await?.is_empty() {
        return Err(Trouble::NotYours);
    }
    let w = Words::of(visit.lang);
    let filled = [&given.body, &given.code, &given.name, &given.login];
    let short = given.password.chars().count() < account::SHORTEST;
    if short || filled.iter().any(|text| text.trim().is_empty()) {
        let least = i64::try_from(account::SHORTEST).unwrap_or(8);
        let error = Some(w.n("first-run-incomplete", least));
        let page = ui::page(&view(w, visit, given, error))?;
        return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let office = w.t("first-run-office");
    let titles = [w.t("role-supervision-head"), w.t("role-system-admin")];
    let body = house.store.found(given.code.trim(), given.body.trim(), false).await?;
    let officer = Officer { person: Id::new(4), post: Id::new(5) };
    let now = house.clock.now();
    let hand = Hand { jurisdiction: body, by: officer, day: now.day(), at: now.at.clone() };
    let commands = founding(&given, office, titles, &now.day());
    house
        .store
        .turn(hand, move |pen| {
            Box::pin(async move {
                for _ in 0..8 {
                    pen.fresh::<Roster>();
                }
                for command in commands {
                    pen.ask::<Roster>(ROSTER, command).await?;
                }
                Ok(())
            })
        })
        .await?;
    let (person, login) = (Id::new(4), given.login.trim());
    account::set_password(&house.store, body, person, login, given.password.clone()).await?;
    doors::begin(&session, Who { jurisdiction: body, person: 4, post: 6 }).await?;
    Ok(Redirect::to("/setup").into_response())
}

fn founding(
    given: &FoundForm,
    office: String,
    [head, admin]: [String; 2],
    day: &mechanisms::Day,
) -> Vec<Command> {
    let (root, unit, person) = (Id::new(2), Id::new(3), Id::new(4));
    let text = |text: &str| text.trim().to_owned();
    vec![
        Command::Found { unit: root, name: text(&given.body), code: text(&given.code) },
        Command::OpenUnit {
            unit,
            name: office,
            code: String::new(),
            kind: UnitKind::Department,
            parent: root,
            from: *day,
        },
        Command::OpenPost {
            post: Id::new(5),
            title: admin,
            unit,
            role: Role::SystemAdmin,
            head: false,
        },
        Command::OpenPost {
            post: Id::new(6),
            title: head,
            unit,
            role: Role::SupervisionHead,
            head: true,
        },
        Command::RegisterPerson { person, name: text(&given.name) },
        Command::Appoint { person, post: Id::new(5), from: *day },
        Command::Appoint { person, post: Id::new(6), from: *day },
    ]
}
