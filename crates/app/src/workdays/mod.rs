//! The working calendar (工作日历): the year at a glance, the body's own days edition by edition,
//! and what a new edition would move, shown before it is carried out as one turn.
//!
//! Start reading at `pages.rs`, then `typed.rs` (how days are typed).

pub mod api;
mod pages;
mod typed;

use axum::{Router, routing::get};
use mechanisms::{Id, workdays::Workdays};

use crate::{
    House,
    access::Me,
    failure::Failure,
    store::{
        kept::{Kept, World},
        rows::Rows,
        workdays::WORKDAYS,
    },
};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/workdays", get(pages::workdays_page).post(pages::arrange))
        .route("/workdays/impact", get(pages::impact_page))
}

impl Kept for Workdays {
    /// No list is made of editions: they are read as they stand.
    fn rows(&self, _: Id<Self>, _: &World<'_>, _: &mut Rows) {}
}

/// The body's calendar, where it has days of its own.
async fn own(me: &Me) -> Result<Option<Workdays>, Failure> {
    me.house.store.state::<Workdays>(me.body.id, WORKDAYS).await
}
