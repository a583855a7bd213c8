//! The problem ledger (问题清单和整改台账) as lists of it: every number opens the list it counts.
//!
//! `page.rs` is the ledger with its views, filters and side panel (`panel.rs`); `views.rs` keeps
//! an officer's own views; `bulk.rs` has what is done to many at once; `owners.rs` the ledgers of
//! units and leaders; `statistics.rs` the official groups; `coverage.rs` who has filed a list;
//! `public.rs` what everybody may read; `sheet.rs` the workbook, and `merged.rs` the one that
//! comes back.

pub mod api;
pub mod bulk;
mod choices;
mod coverage;
mod merged;
mod owners;
mod page;
mod panel;
mod public;
mod row;
mod sheet;
mod statistics;
mod views;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{House, jobs::Act};

/// What is done to many problems at once.
pub fn acts() -> impl Iterator<Item = &'static Act> {
    [&bulk::URGE, &bulk::WATCH, &bulk::MOVE, &merged::CELLS].into_iter()
}

pub fn routes() -> Router<House> {
    Router::new()
        .route("/problems", get(page::ledger_page))
        .route("/problems.xlsx", get(sheet::workbook))
        .route("/problems/views", post(views::save))
        .route("/problems/views/{id}/removal", post(views::remove))
        .route("/problems/bulk", post(bulk::ask))
        .route("/problems/bulk/{act}", post(bulk::begin))
        .route("/problems/units", get(owners::units_page))
        .route("/problems/units/{unit}", get(owners::unit_page))
        .route("/problems/leaders", get(owners::leaders_page))
        .route("/problems/leaders/{post}", get(owners::leader_page))
        .route("/problems/{id}/verdict", post(panel::verdict))
        .route("/problems/statistics", get(statistics::statistics_page))
        .route("/problems/coverage", get(coverage::coverage_page))
        .route("/problems/public", get(public::public_page))
        .merge(
            Router::new()
                .route("/problems/import", get(merged::import_page).post(merged::upload))
                .layer(DefaultBodyLimit::max(48 * 1024 * 1024)),
        )
}
