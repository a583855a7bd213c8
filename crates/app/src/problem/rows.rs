use crate::store::{
    kept::{Kept, World},
    rows::Rows,
};
use mechanisms::{
    Id,
    problem::{Ledger, Problem},
};
impl Kept for Problem {
    fn rows(&self, _: Id<Self>, _: &World<'_>, _: &mut Rows) {}
}
impl Kept for Ledger {
    fn rows(&self, _: Id<Self>, _: &World<'_>, _: &mut Rows) {}
}
