//! The roster slice: units, posts and people asked, kept and shown.

use mechanisms::{Id, roster::Roster};

use crate::store::{
    kept::{Kept, World},
    rows::Rows,
};

impl Kept for Roster {
    /// The roster casts no rows: every page reads it whole, from memory.
    fn rows(&self, _: Id<Self>, _: &World<'_>, _: &mut Rows) {}
}
