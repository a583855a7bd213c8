//! Reporting progress (填报进度): one hand, one screen, made for a phone; no photo is ever asked
//! for.
//!
//! What was done since the last report is typed, and the sum is reckoned. What is typed is kept
//! as a draft at once, and where there is no network it waits on the device until there is. A
//! report that arrives twice, because its answer was lost on the way, is on record once.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Id, Refuses,
    light::Light,
    plan::item::{Account, Command, Item},
    roster::{Role, Unit},
};
use serde::Deserialize;

use super::typed;
use crate::{
    House,
    access::{Me, Visit},
    drafts,
    evidence::{Filled, Kept},
    store::Stop,
    trouble::Trouble,
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

/// Open milestones the form offers.
const STEPS: usize = 6;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    /// The whole amount, as programs and corrections say it.
    pub amount: String,
    /// What came since the last report; goes before the whole amount.
    pub since: String,
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
    /// What was ticked: `reached-3`, `need-17`.
    #[serde(flatten)]
    pub ticked: BTreeMap<String, String>,
}

impl ReportForm {
    /// The ids ticked under a name.
    pub fn ticks(&self, name: &str) -> impl Iterator<Item = i64> {
        let id = move |key: &String| key.strip_prefix(name)?.parse().ok();
        self.ticked.keys().filter_map(id)
    }

    fn is_ticked(&self, name: &str, id: &i64) -> bool {
        self.ticked.contains_key(&format!("{name}{id}"))
    }
}

#[derive(Template)]
#[template(path = "plan/report.html")]
struct ReportPage {
    shell: Shell,
    w: Words,
    visit: Visit,
    id: i64,
    number: String,
    title: String,
    place: i64,
    light: Light,
    lead: String,
    due: String,
    unit: String,
    target: i64,
    before: i64,
    so_far: i64,
    left: i64,
    open_steps: Vec<(i64, String)>,
    given: ReportForm,
    /// Files kept for an earlier try.
    kept: Vec<Kept>,
    units: Vec<String>,
    /// Units whose help is likely to be asked.
    helpers: Vec<(i64, String)>,
    can_correct: bool,
    to: String,
    error: Option<(String, String)>,
    draft: Option<String>,
}

impl ReportPage {
    /// Something in the folded part needs to be seen.
    fn more(&self) -> bool {
        let fields = ["evidence", "file", "true_for"];
        self.error.as_ref().is_some_and(|error| fields.contains(&error.0.as_str()))
    }

    fn form(&self) -> String {
        form_name(self.id)
    }
}

fn form_name(id: i64) -> String {
    format!("report-{id}")
}

pub async fn report_page(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let given = ReportForm { true_for: me.today().to_string(), ..ReportForm::default() };
    let draft = drafts::kept(&me, &form_name(id)).await?;
    let mut page = view(&me, id, &item, given, None).await?;
    if let Some((draft, given)) = draft.and_then(|draft| draft.form().map(|form| (draft, form))) {
        page = view(&me, id, &item, given, None).await?;
        page = ReportPage { kept: draft.files, draft: Some(draft.at), ..page };
    }
    Ok(ui::page(&page)?.into_response())
}

pub async fn report(
    State(house): State<House>,
    me: Me,
    Path(id): Path<i64>,
    filled: Filled<ReportForm>,
) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let Filled { form: given, files, refused } = filled;
    let account = typed::account(&given, &files, (&me.roster, &item), me.today());
    let refused: Box<dyn Refuses> = match (refused, account) {
        (Some(not_taken), _) => Box::new(not_taken),
        (None, Err(unreadable)) => Box::new(unreadable),
        (None, Ok(account)) => {
            if is_here_already(&item, &account, &me) {
                drafts::forget(&me, &form_name(id)).await?;
                return Ok(Redirect::to(&format!("/items/{id}")).into_response());
            }
            let command = match given.correct.as_str() {
                "yes" => Command::Correct { account },
                _ => Command::Report { account },
            };
            match super::ask_item(&house, me.hand(), Id::new(id), command).await {
                Ok(()) => {
                    drafts::forget(&me, &form_name(id)).await?;
                    return Ok(Redirect::to(&format!("/items/{id}")).into_response());
                }
                Err(Stop::Refused(refusal)) => refusal,
                Err(stop) => return Err(stop.into()),
            }
        }
    };
    let w = Words::of(me.visit.lang);
    let field = match refused.field().unwrap_or_default() {
        "amount" => "since",
        field => field,
    };
    let error = (field.to_owned(), sentence(&w, refused.key(), &refused.facts()));
    let page = ReportPage { kept: files, ..view(&me, id, &item, given, Some(error)).await? };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

/// The same account by the same person on the same day, word for word: the answer to the first
/// sending was lost, and the device sent it again.
fn is_here_already(item: &Item, account: &Account, me: &Me) -> bool {
    item.reports.last().is_some_and(|last| {
        last.account == *account && last.stamp.by == me.officer && last.stamp.day == me.today()
    })
}

/// Units asked for help before, and those that work on it too.
fn helpers(item: &Item, me: &Me) -> Vec<(i64, String)> {
    let asked = item.reports.iter().rev().flat_map(|report| &report.account.needs);
    let mut ids: Vec<Id<Unit>> = Vec::new();
    for unit in asked.chain(&item.content.co_units) {
        if !ids.contains(unit) {
            ids.push(*unit);
        }
    }
    ids.iter().take(6).map(|unit| (unit.0, me.roster.unit_name(*unit).to_owned())).collect()
}

/// Who gets the report: the unit above for a share, the supervision office for an item of the
/// body itself.
async fn receiver(item: &Item, me: &Me) -> Result<String, Trouble> {
    if let Some(parent) = item.parent {
        let above = me.house.store.state::<Item>(me.body.id, parent).await?;
        let lead = above.and_then(|above| above.content.lead);
        return Ok(lead.map_or("", |unit| me.roster.unit_name(unit)).to_owned());
    }
    let office = me
        .roster
        .posts()
        .find(|(_, post)| post.role == Role::SupervisionHead && post.closed.is_none());
    Ok(office.map_or("", |(_, post)| me.roster.unit_name(post.unit)).to_owned())
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
    let corrects = given.correct == "yes";
    let before = if corrects { item.amount_before() } else { item.amount() };
    let so_far = typed::sum(&given, before).ok().flatten().unwrap_or(before);
    let steps = item.content.milestones.iter().filter(|step| step.reached_on.is_none());
    let next = item.reports.last().map_or(1, |report| report.number + 1);
    Ok(ReportPage {
        shell: Shell::of(me, "/todo").await?,
        w,
        visit: me.visit.clone(),
        id,
        number: item.number.clone(),
        title: item.content.title.clone(),
        place: if corrects { next - 1 } else { next },
        light: item.light(store.lights(), &me.calendar, me.today()),
        lead: item.content.lead.map_or("", |unit| me.roster.unit_name(unit)).to_owned(),
        due: item.report_due_on().map_or(String::new(), |day| w.day(&day, &me.today())),
        unit: item.content.target.as_ref().map_or("%".into(), |target| target.unit.clone()),
        target: item.whole(),
        before,
        so_far,
        left: (item.whole() - so_far).max(0),
        open_steps: steps.take(STEPS).map(|step| (step.number, step.title.clone())).collect(),
        can_correct: item.reports.last().is_some_and(|report| report.check.is_none()),
        given,
        kept: Vec::new(),
        units: me.roster.units().map(|(_, unit)| unit.name.clone()).collect(),
        helpers: helpers(item, me),
        to: receiver(item, me).await?,
        error,
        draft: None,
    })
}
