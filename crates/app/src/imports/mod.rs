//! Importing a plan (导入): a file is read, its columns are matched, every row is tried, and only
//! then one turn brings it in. The whole import can be undone.

pub mod columns;
pub mod command;
mod pages;
mod shown;
pub mod trial;
pub mod turn;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::House;

pub fn routes() -> Router<House> {
    Router::new()
        .route("/imports", get(pages::imports_page).post(pages::upload))
        .route("/imports/template.csv", get(pages::template))
        .route("/imports/{id}/undoing", post(pages::undo))
        .layer(DefaultBodyLimit::max(paper::sheet::BYTES + 64 * 1024))
}
