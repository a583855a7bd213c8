//! Random plans: conflicts against brute force, changes against scheduling afresh, files there
//! and back, and input that is none; and a few plans whose rows are known.
#![allow(clippy::unwrap_used)]

mod golden;
mod hostile;
mod live;
mod minimal;
mod progress;
mod round_trip;
mod world;
