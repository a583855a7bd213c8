//! The front door: the whole house on both engines.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod audits;
mod browser;
mod city;
mod dates;
mod digest;
mod doors;
mod edits;
mod engines;
mod estimates;
mod faces;
mod figures;
mod forms;
mod guards;
mod house;
mod imports;
mod jobs;
mod killed;
mod ledger;
mod ledgers;
mod merged;
mod pace;
mod problems;
mod store;
mod story;
mod tongue;
mod words;
