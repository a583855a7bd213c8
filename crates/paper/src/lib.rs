//! Paper: spreadsheets read, written and merged, and wall charts. Data in, bytes out; no file is
//! opened here.

#![expect(clippy::cast_precision_loss, reason = "rows and items are drawn here, not counted")]

pub mod book;
pub mod merge;
pub mod sheet;
pub mod wall;
