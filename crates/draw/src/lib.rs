//! Draws that anybody can replay.
//!
//! A draw is decided by three things published in order: the frame (who can be drawn), a secret
//! kept back under its fingerprint, and a public number nobody could know before. The seed made
//! of them decides everything else, so whoever has the file has the draw.
//!
//! ```text
//! Frame, Terms ─▶ Ceremony ─▶ Bundle ─verify─▶ Report
//!                    └─ seed ─▶ sample, strata, pps, teams
//! ```
//!
//! ```
//! let ids = ["1", "2", "3"];
//! let drawn = draw::sample(&ids, "52775263", &draw::Plan::take(2))?;
//! let lines: Vec<_> = drawn.iter().map(|ticket| ticket.line(9)).collect();
//! assert_eq!(lines, [r#"["0.048069802","2",1]"#, r#"["0.647356317","3",1]"#]);
//! # Ok::<(), draw::Repeated>(())
//! ```
//!
//! [`audit`] says what a random sample of closed items shows about all of them. This crate reads
//! no clock, no file and no chance: all of it is handed in.

pub mod audit;
mod bundle;
mod canonical;
mod ceremony;
mod command;
mod digits;
mod frame;
mod lot;
pub mod pps;
mod sampler;
pub mod strata;
pub mod teams;
mod terms;

pub use bundle::{Bundle, Fault, KIND, NoBundle, Report, verify};
pub use canonical::fingerprint;
pub use ceremony::{Ceremony, LEAST_SECRET, Past, Refused};
pub use ceremony::{PublishedFrame, PublishedNumber, PublishedSecret, Revealed};
pub use command::{Options, Trouble, command};
pub use frame::{Frame, NoFrame, Unit};
pub use lot::Lot;
pub use sampler::{Plan, Repeated, Ticket, order, sample};
pub use terms::{Design, Drawn, Outcome, Team, TeamTerms, Terms, Unplayable};
