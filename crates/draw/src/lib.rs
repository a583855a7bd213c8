//! Draws that anybody can replay.
//!
//! A draw is decided by three things published in order: the frame (who can be drawn), a secret
//! kept back under its fingerprint, and a public number nobody could know before. The seed made
//! of them decides everything else, so whoever has the file has the draw.
//!
//! ```
//! let ids = ["1", "2", "3"];
//! let drawn = draw::sample(&ids, "52775263", &draw::Plan::take(2))?;
//! let lines: Vec<_> = drawn.iter().map(|ticket| ticket.line(9)).collect();
//! assert_eq!(lines, [r#"["0.048069802","2",1]"#, r#"["0.647356317","3",1]"#]);
//! # Ok::<(), draw::Repeated>(())
//! ```
//!
//! This crate reads no clock, no file and no chance: all of it is handed in.

pub mod audit;
mod command;
mod digits;
mod lot;
pub mod pps;
mod sampler;
pub mod strata;
pub mod teams;

pub use command::{Options, Trouble, command};
pub use lot::Lot;
pub use sampler::{Plan, Repeated, Ticket, order, sample};
