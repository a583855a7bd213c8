//! Whose move it is: what a problem waits for, from whom, since when, by when.

use super::Problem;
use crate::plan::item::Move;

impl Problem {
    /// Every move the problem waits for.
    pub fn waits_for(&self, _calendar: &calendar::Calendar) -> Vec<Move> {
        Vec::new()
    }
}
