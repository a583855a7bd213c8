pub mod rows;
use crate::store::{Pen, Stop};
use mechanisms::{
    Id,
    problem::{Ledger, ledger},
    roster::Unit,
};
pub async fn approve_list(
    pen: &mut Pen<'_, '_>,
    ledger: Id<Ledger>,
    unit: Id<Unit>,
) -> Result<(), Stop> {
    pen.ask::<Ledger>(ledger, ledger::Command::ApproveList { unit }).await
}
