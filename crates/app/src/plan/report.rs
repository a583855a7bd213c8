//! Reporting progress: one hand, one screen, made for a phone; no photo is ever asked for.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Id, Refuses,
    light::Light,
    plan::item::{Command, Item},
};
use serde::Deserialize;

use super::typed;
use crate::{
    House,
    access::Me,
    evidence::{Filled, Kept},
    store::Stop,
    trouble::Trouble,
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    pub amount: String,
    pub text: String,
    pub stuck: String,
    /// Numbers of milestones reached, joined by commas.
    pub reached: String,
    /// Units whose help is needed.
    pub needs: String,
    pub evidence: String,
    pub true_for: String,
    /// Corrects the newest report instead of adding one.
    pub correct: String,
}

#[derive(Template)]
#[template(path = "plan/report.html")]
struct ReportPage {
    shell: Shell,
    id: i64,
    number: String,
    title: String,
    light: Light,
    due: String,
    unit: String,
    target: i64,
    before: i64,
    open_steps: Vec<(i64, String)>,
    given: ReportForm,
    /// Files kept for an earlier try.
    kept: Vec<Kept>,
    units: Vec<String>,
    can_correct: bool,
    error: Option<(String, String)>,
}

pub async fn report_page(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let given = ReportForm {
        amount: item.amount().to_string(),
        true_for: me.today().to_string(),
        ..ReportForm::default()
    };
    Ok(ui::page(&view(&me, id, &item, given, None).await?)?.into_response())
}

pub async fn report(
    State(house): State<House>,
    me: Me,
    Path(id): Path<i64>,
    filled: Filled<ReportForm>,
) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let Filled { form: given, files, refused } = filled;
    let account = typed::account(&given, &files, &me.roster, me.today());
    let refused: Box<dyn Refuses> = match (refused, account) {
        (Some(not_taken), _) => Box::new(not_taken),
        (None, Err(unreadable)) => Box::new(unreadable),
        (None, Ok(account)) => {
            let command = match given.correct.as_str() {
                "yes" => Command::Correct { account },
                _ => Command::Report { account },
            };
            match super::ask_item(&house, me.hand(), Id::new(id), command).await {
                Ok(()) => return Ok(Redirect::to(&format!("/items/{id}")).into_response()),
                Err(Stop::Refused(refusal)) => refusal,
                Err(stop) => return Err(stop.into()),
            }
        }
    };
    let w = Words::of(me.visit.lang);
    let field = refused.field().unwrap_or_default().to_owned();
    let error = (field, sentence(&w, refused.key(), &refused.facts()));
    let page = ReportPage { kept: files, ..view(&me, id, &item, given, Some(error)).await? };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

async fn view(
    me: &Me,
    id: i64,
    item: &Item,
    given: ReportForm,
    error: Option<(String, String)>,
) -> Result<ReportPage, Trouble> {
    let w = Words::of(me.visit.lang);
    let store = &me.house.store;
    let steps = item.content.milestones.iter().filter(|step| step.reached_on.is_none());
    Ok(ReportPage {
        shell: Shell::of(me, "/todo").await?,
        id,
        number: item.number.clone(),
        title: item.content.title.clone(),
        light: item.light(store.lights(), &me.calendar, me.today()),
        due: item.report_due_on().map_or(String::new(), |day| w.day(&day, &me.today())),
        unit: item.content.target.as_ref().map_or("%".into(), |target| target.unit.clone()),
        target: item.whole(),
        before: item.amount(),
        open_steps: steps.map(|step| (step.number, step.title.clone())).collect(),
        can_correct: item.reports.last().is_some_and(|report| report.check.is_none()),
        given,
        kept: Vec::new(),
        units: me.roster.units().map(|(_, unit)| unit.name.clone()).collect(),
        error,
    })
}
