//! Home (总览、我的待办): what waits for me, what is late, how it all stands. Reads across
//! mechanisms, through rows.
//!
//! `overview.rs` is the first page, with its strands in `strands.rs` and its twelve weeks in
//! `weeks.rs`; `todo.rs` is what waits for the officer, with what they were
//! drawn for in `drawn.rs`; `search.rs` looks everywhere.

use axum::{Router, routing::get};

use crate::House;

mod drawn;
mod overview;
mod search;
mod strands;
mod todo;
mod weeks;

pub use crate::store::memory::Memory;

pub fn routes() -> Router<House> {
    Router::new()
        .route("/", get(overview::overview))
        .route("/todo", get(todo::todo))
        .route("/search", get(search::search))
}
