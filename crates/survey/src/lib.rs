//! Estimates from survey samples.
//!
//! This crate reads no clock, no file and no chance: all of it is handed in.

mod calibrate;
mod chance;
mod chisq;
mod condition;
mod csv;
mod design;
mod domain;
mod estimate;
mod interval;
mod matrix;
mod pairs;
mod plan;
mod plot;
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
pub use domain::domains;
pub use estimate::{Difference, Estimate};
pub use interval::{Open, Rule, Share};
pub use matrix::Matrix;
pub use plan::{Calibration, Form, Lonely, Method, Names, Nearness, Plan, Pps, Scales};
pub use plot::{Bar, bars, overlaps, plot};
pub use quantile::{Quantile, Reading};
pub use request::{Case, Cases, Source, Statistic, answer};
pub use table::{Column, Factor, MISSING, Table};
pub use terms::Terms;
pub use trouble::Trouble;
pub use view::View;
