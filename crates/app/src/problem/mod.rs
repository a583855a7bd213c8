pub mod rows;
use mechanisms::{Id, problem::{Command, Ledger, Problem, ledger}, roster::Unit};
use crate::store::{Pen, Stop};
pub async fn approve_list(pen: &mut Pen<'_, '_>, ledger: Id<Ledger>, unit: Id<Unit>) -> Result<(), Stop> {
    let before = pen.find::<Ledger>(ledger).await?;
    let list = before.waiting_list(unit).ok_or(Stop::Missing)?.problems.clone();
    pen.ask::<Ledger>(ledger, ledger::Command::ApproveList { unit }).await?;
    for (place, id) in (before.last + 1..).zip(list) {
        let number = before.number(place);
        pen.ask::<Problem>(id, Command::Register { number }).await?;
    }
    Ok(())
}
