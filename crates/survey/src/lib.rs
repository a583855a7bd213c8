//! (being written)

pub mod publish;
