//! Estimates from survey samples: complex designs, calibrated and replicate weights, and standard
//! errors that take all of it into account, as R's survey package works them out.
//!
//! A [`Table`] is read from CSV. A [`Plan`] says how the sample was drawn; over a table it becomes
//! a [`Design`], which has a weight for every row. Its rows, a subset of them or a domain are a
//! [`View`], and a view estimates:
//!
//! ```
//! use survey::{Design, Files, Plan, Table, Terms, judge};
//!
//! let table = Table::read(&b"w,age,sex\n2,31,F\n1,44,M\n3,58,M\n2,23,F\n"[..], |_| true)?;
//! let plan = Plan { weights: Some("w".into()), ..Plan::default() };
//! let design = Design::new(&plan, &table, Files::default())?;
//! let men = design.subset(&judge("sex == 'M'", &table)?);
//! let age = men.mean(&Terms::of(&table, &["age"])?)?;
//! assert_eq!(age.values, [54.5]);
//! # Ok::<(), survey::Trouble>(())
//! ```
//!
//! [`answer`] does the same for analyses written as JSON. [`planning`] says beforehand how many to
//! ask; [`publish`] says which cells of a table can be shown without showing anyone's answer.
//!
//! # How a variance comes about
//!
//! Every estimate is, near enough, a sum over rows of *influences*. Calibration takes from them
//! what known totals explain. What is left is summed up over units, and the spread of these sums
//! within strata, stage by stage, is the variance. With replicate weights the estimate is worked
//! out again for every replicate instead.
//!
//! This crate reads no clock, no file and no chance: all of it is handed in.

mod calibrate;
mod chance;
mod chisq;
mod condition;
mod csv;
mod design;
mod difference;
mod domain;
mod estimate;
mod interval;
mod matrix;
mod pairs;
mod plan;
pub mod planning;
mod plot;
pub mod publish;
mod quantile;
mod replicates;
mod request;
mod stage;
mod sums;
mod table;
mod terms;
mod trouble;
mod view;

pub use chisq::{Independence, Test};
pub use condition::judge;
pub use design::{Design, Files};
pub use difference::Difference;
pub use domain::domains;
pub use estimate::Estimate;
pub use interval::{Open, Rule, Share};
pub use matrix::Matrix;
pub use plan::{Calibration, Form, Lonely, Method, Names, Nearness, Plan, Pps, Scales};
pub use plot::{Bar, bars, overlaps, plot};
pub use quantile::{Quantile, Reading};
pub use request::{Case, Cases, Contrast, Source, Statistic, answer};
pub use table::{Column, Factor, MISSING, Table};
pub use terms::Terms;
pub use trouble::Trouble;
pub use view::View;

/// The readme's example is run too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
