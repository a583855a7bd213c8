//! Accounts of the people of a unit: a sign-in name and a first password, set by whoever manages
//! accounts.

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{Id, roster::Power};
use serde::Deserialize;

use super::pages::{Given, refused, unit_view};
use crate::{
    access::{Me, account},
    trouble::Trouble,
    ui::{self, words::Words},
};

#[derive(Debug, Deserialize)]
pub struct PasswordForm {
    login: String,
    password: String,
    unit: i64,
}

pub async fn set_password(
    me: Me,
    Path(id): Path<i64>,
    Form(form): Form<PasswordForm>,
) -> Result<Response, Trouble> {
    me.needs(Power::ManageAccounts)?;
    let w = Words::of(me.visit.lang);
    let login = form.login.trim().to_owned();
    if login.is_empty() || form.password.chars().count() < account::SHORTEST {
        let error = w.n("password-too-short", i64::try_from(account::SHORTEST).unwrap_or(8));
        return Ok(refused(ui::page(
            &unit_view(&me, form.unit, Given::from([("login", login)]), Some(error)).await?,
        )?));
    }
    let (store, person) = (&me.house.store, Id::new(id));
    account::set_password(store, me.body.id, person, &login, form.password).await?;
    Ok(Redirect::to(&format!("/units/{}", form.unit)).into_response())
}
