//! Importing a plan.

pub mod command;

use axum::Router;

use crate::House;

pub fn routes() -> Router<House> {
    Router::new()
}
