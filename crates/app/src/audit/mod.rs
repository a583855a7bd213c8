//! The audit slice: closure audits (销号抽查), what a drawn sample says about all closed problems.
//!
//! Start reading at `pages.rs` (the list and one audit), then `acts.rs` (what changes it).

mod acts;
pub mod api;
mod opening;
mod pages;
pub mod rows;
mod shown;

use axum::{Router, routing::get};
use mechanisms::{
    Id,
    audit::{Audit, Command, Framed, Terms},
    problem::{self, Problem, Stage},
};
use sqlx::Row;

use crate::{
    House,
    access::{Me, Part},
    failure::Failure,
    store::{Pen, Stop},
    trouble::Trouble,
};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/audits", get(pages::audits_page).post(opening::open))
        .route("/audits/new", get(opening::new_page))
        .route("/audits/{id}", get(pages::audit_page))
        .route("/audits/{id}/draw.json", get(pages::bundle))
        .route("/audits/{id}/{noun}", get(acts::act_page).post(acts::carry_out))
}

/// The audit behind an address, for those who may see it.
pub async fn find(me: &Me, id: i64) -> Result<Audit, Trouble> {
    let found = me.house.store.state::<Audit>(me.body.id, Id::new(id)).await?;
    let audit = found.ok_or(Trouble::NotFound)?;
    let own = audit.terms.inspectors.contains(&me.officer.person);
    if own || me.scope.sees(&parts(&audit)) { Ok(audit) } else { Err(Trouble::NotFound) }
}

/// Who has a part in an audit: the post that opened it.
pub fn parts(audit: &Audit) -> Vec<Part> {
    vec![Part { unit: None, post: Some(audit.opened.by.post.0) }]
}

/// Problems whose rows say they are struck off; which of them were by the day is asked of the
/// problems themselves.
pub async fn struck_off(me: &Me) -> Result<Vec<Id<Problem>>, Failure> {
    let rows = sqlx::query(
        "select id from matter where jurisdiction = $1 and kind = 'problem' \
         and stage in ('closed', 'archived') order by id",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    rows.iter().map(|row| Ok(Id::new(row.try_get::<i64, _>(0)?))).collect()
}

/// A closed problem as a frame lists it: its number, its unit, and everybody who had a hand in it.
pub fn framed(id: Id<Problem>, problem: &Problem, up_to: mechanisms::Day) -> Option<Framed> {
    let closed = problem.closed.as_ref().filter(|closed| closed.day <= up_to)?;
    if !matches!(problem.stage, Stage::Closed | Stage::Archived) {
        return None;
    }
    let checked = problem.applications.iter().flat_map(|one| {
        let check = one.check.iter().map(|(_, stamp)| stamp.by.person);
        check.chain(one.verification.iter().map(|one| one.stamp.by.person))
    });
    let doers = problem.doers().map(|officer| officer.person);
    let mut hands: Vec<_> = doers.chain(checked).chain([closed.by.person]).collect();
    hands.sort();
    hands.dedup();
    Some(Framed { problem: id, number: problem.number.clone()?, unit: problem.unit(), hands })
}

/// Opens an audit of everything that was closed up to its day.
pub async fn open(
    pen: &mut Pen<'_, '_>,
    terms: Terms,
    candidates: Vec<Id<Problem>>,
) -> Result<Id<Audit>, Stop> {
    let mut closed = Vec::new();
    for id in candidates {
        let problem = pen.find::<Problem>(id).await?;
        closed.extend(framed(id, &problem, terms.up_to));
    }
    let id = pen.fresh::<Audit>();
    pen.ask::<Audit>(id, Command::Open { terms, closed }).await?;
    Ok(id)
}

/// Records what an inspector found. A closure found false opens its problem again in the same
/// turn, under its number, with a new deadline.
pub async fn record(
    pen: &mut Pen<'_, '_>,
    id: Id<Audit>,
    command: Command,
    due_on: Option<mechanisms::Day>,
) -> Result<(), Stop> {
    let again = match &command {
        Command::Record { problem, held: false, finding } => Some((*problem, finding.clone())),
        _ => None,
    };
    pen.ask::<Audit>(id, command).await?;
    let Some((problem, finding)) = again else { return Ok(()) };
    let before = pen.find::<Problem>(problem).await?;
    if !matches!(before.stage, Stage::Closed | Stage::Archived) {
        // It came back by another way since the frame was fixed: it is open already.
        return Ok(());
    }
    let due_on = due_on.ok_or_else(|| {
        let (field, why) = ("due_on", "unreadable-day");
        Stop::refused(crate::typed::Unreadable { field, why, found: String::new() })
    })?;
    let relapse = problem::Command::Relapse { by_way_of: "closure-audit", finding, due_on };
    pen.ask::<Problem>(problem, relapse).await
}
