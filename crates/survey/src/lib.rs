//! Estimates from survey samples. So far: reading answers and judging conditions on rows.
//!
//! ```
//! let table = survey::Table::read(&b"age,sex\n31,F\n44,M\n,M\n"[..], |_| true)?;
//! let judged = survey::judge("age > 40 & sex == 'M'", &table)?;
//! assert_eq!(judged, [Some(false), Some(true), None]);
//! # Ok::<(), survey::Trouble>(())
//! ```
//!
//! This crate reads no clock, no file and no chance: all of it is handed in.

mod condition;
mod csv;
mod table;
mod trouble;

pub use condition::judge;
pub use table::{Column, Factor, MISSING, Table};
pub use trouble::Trouble;
