//! The plan slice: charts, goals and work items asked, kept and shown.

pub mod rows;
