//! The roster slice: units, posts and people asked, kept and shown.

mod accounts;
pub mod api;
pub mod first_run;
mod handover;
mod owners;
mod pages;
mod setup;
mod table;

use axum::{
    Router,
    routing::{get, post},
};
use mechanisms::{
    Id,
    roster::{Command, Person, Post, Roster},
};
use sqlx::Row;

use crate::{
    House,
    access::Me,
    failure::Failure,
    store::{
        Stop,
        kept::{Kept, World},
        rows::Rows,
    },
};

/// There is one roster in a jurisdiction, and this is its number.
pub const ROSTER: Id<Roster> = Id::new(1);

impl Kept for Roster {
    /// The roster casts no rows: every page reads it whole, from memory.
    fn rows(&self, _: Id<Self>, _: &World<'_>, _: &mut Rows) {}
}

pub fn routes() -> Router<House> {
    Router::new()
        .route("/units", get(pages::units_page).post(pages::open_unit))
        .route("/units/{id}", get(pages::unit_page))
        .route("/units/{id}/posts", post(pages::open_post))
        .route("/posts/{id}/holder", post(pages::appoint))
        .route("/posts/{id}/handover", get(handover::page).post(pages::hand_over))
        .route("/people/{id}/password", post(accounts::set_password))
        .route("/setup", get(setup::first_step))
        .route("/setup/template.csv", get(setup::template))
        .route("/setup/chain", get(setup::chain_page).post(setup::chain))
        .route("/setup/{step}", get(setup::step_page).post(setup::units))
        .route("/first-run", get(first_run::page).post(first_run::found))
}

/// Unfinished matters a post bears.
pub async fn open_matters(me: &Me, post: Id<Post>) -> Result<Vec<(String, i64)>, Failure> {
    let rows = sqlx::query(
        "select m.kind, m.id from party p join matter m on m.jurisdiction = p.jurisdiction \
         and m.kind = p.kind and m.id = p.matter where p.jurisdiction = $1 and p.post = $2 \
         and m.standing in ('draft', 'open', 'hold') order by m.kind, m.id",
    )
    .bind(me.body.id)
    .bind(post.0)
    .fetch_all(me.house.store.reader())
    .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Passes a post on, and notes it in every matter the post bears: one turn, no orphan.
pub async fn hand_over(
    me: &Me,
    post: Id<Post>,
    from: Id<Person>,
    to: Id<Person>,
) -> Result<usize, Stop> {
    let matters = open_matters(me, post).await?;
    let day = me.today();
    let count = matters.len();
    me.house
        .store
        .turn(me.hand(), move |pen| {
            Box::pin(async move {
                pen.ask::<Roster>(ROSTER, Command::HandOver { post, from, to, day }).await?;
                let name = |person: Id<Person>, pen: &crate::store::Pen<'_, '_>| {
                    let found = pen.roster().person(person);
                    found.map(|person| person.name.clone()).unwrap_or_default()
                };
                let (from, to) = (name(from, pen), name(to, pen));
                for (kind, id) in matters {
                    if kind == "item" {
                        use mechanisms::plan::item::{Command, Item};
                        let (from, to) = (from.clone(), to.clone());
                        let note = Command::HandOver { post, from, to };
                        pen.ask::<Item>(Id::new(id), note).await?;
                    } else if kind == "problem" {
                        use mechanisms::problem::{Command, Problem};
                        let (from, to) = (from.clone(), to.clone());
                        let note = Command::HandOver { post, from, to };
                        pen.ask::<Problem>(Id::new(id), note).await?;
                    }
                }
                Ok(())
            })
        })
        .await?;
    Ok(count)
}
