//! Batch ledgers: opening one, and the steps that change it.

use mechanisms::{
    Id,
    problem::{Ledger, ledger::Command},
};

use crate::{access::Me, store::Stop};

/// Opens a batch, and gives its id.
pub async fn open(me: &Me, command: Command) -> Result<i64, Stop> {
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move {
            let id = pen.fresh::<Ledger>();
            pen.ask::<Ledger>(id, command).await?;
            Ok(id.0)
        })
    });
    turn.await
}

/// One command of a ledger as a turn of its own.
pub async fn ask(me: &Me, id: i64, command: Command) -> Result<(), Stop> {
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { pen.ask::<Ledger>(Id::new(id), command).await })
    });
    turn.await
}
