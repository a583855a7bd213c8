//! (being written)

pub mod planning;
pub mod publish;
