//! The problem slice.

pub mod ledger;
pub mod rows;
