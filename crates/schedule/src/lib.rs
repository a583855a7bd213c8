//! Networks of tasks on working calendars: forward, backward, and why.
//!
//! ```text
//! CSV, rows of a spreadsheet ──▶ Table ─┐                    ┌──▶ Schedule ──▶ rows, CSV, chains
//! Microsoft Project XML ────────────────┴▶ Plan ──▶ Network ─┼──▶ Conflict ──▶ Relaxations
//!                     ◀── to_xml ───────── Live, what if ◀───┴──▶ Passes
//! ```
//!
//! The rules are Microsoft Project's: four kinds of links with lag, calendars per task, elapsed
//! durations, eight constraints, deadlines, summary tasks and links to them. A plan is scheduled
//! forward from its start or backward from its deadline (倒排工期). Where fixed dates conflict,
//! [`Conflict`] names the fewest facts that cannot hold together and [`Relaxations`] every single
//! change that would do.
//!
//! ```
//! use schedule::{Kind, Lag, Link, Plan, Task, schedule};
//!
//! // The report is due on Friday at five: when must the survey begin?
//! let mut plan = Plan::due("2015-11-20T17:00".parse()?);
//! let survey = plan.add(Task::new(1, "survey", 24 * 3600));
//! let report = plan.add(Task::new(2, "report", 16 * 3600));
//! plan.links.push(Link { from: survey, to: report, kind: Kind::FinishStart, lag: Lag::NONE });
//! assert_eq!(schedule(&plan)?.row(survey).late_start.to_string(), "2015-11-16T08:00");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! This crate reads no clock, no file and no network: what it needs is handed in.

mod chain;
mod command;
mod conflict;
mod dates;
mod element;
mod fact;
mod link;
mod live;
mod marks;
mod network;
mod numbers;
mod order;
mod output;
mod pass;
mod plan;
mod project_xml;
mod relax;
mod summary;
mod swift;
mod table;

pub use chain::{Because, Step, Why};
pub use command::{Options, Printed, Source, command};
pub use conflict::Conflict;
pub use dates::{Row, Schedule, schedule};
pub use fact::Fact;
pub use link::{Kind, Lag, Link};
pub use live::{Edit, Live, Shift};
pub use network::Network;
pub use pass::Passes;
pub use plan::{Constraint, Direction, Mode, Plan, Progress, Task};
pub use relax::{Change, Relaxation, Relaxations};
pub use table::Table;

/// The README's examples run too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
