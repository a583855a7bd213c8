//! The plan slice: charts, goals and work items asked, kept and shown.
//!
//! Start reading at `chart.rs` (the run chart) and `lists.rs` (its other views), then `item.rs`
//! (one item's page), `lights.rs` (the rules of the lights), `acts.rs` (its steps), `report.rs`
//! (the phone form), `edit.rs` (drafting and amending).

pub mod acts;
pub mod api;
pub mod backward;
mod bars;
mod card;
mod cascade;
pub mod chart;
mod choices;
pub mod draft;
pub mod edit;
pub mod item;
mod lights;
mod lists;
pub mod report;
pub mod rows;
mod sheet;
pub mod steps;
mod timeliness;
pub mod typed;
mod waits;
pub mod wall;
mod why;

use axum::{Router, routing::get};
use mechanisms::{
    Id,
    plan::item::{Command, Item, Stage},
};

use crate::{
    House,
    store::{Hand, Pen, Stop},
};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/plan", get(chart::chart_page))
        .route("/plan/chart.svg", get(chart::chart_svg))
        .route("/plan/wall", get(wall::wall_page))
        .route("/plan/wall.svg", get(wall::wall_svg))
        .route("/plan/list", get(lists::list_page))
        .route("/plan/chain", get(lists::chain_page))
        .route("/plan/timeliness", get(timeliness::timeliness_page))
        .route("/plan/cascade", get(cascade::coverage_page))
        .route("/items", get(lists::list_page))
        .route("/items.xlsx", get(lists::list_xlsx))
        .route("/items/new", get(edit::new_page).post(edit::draft))
        .route("/items/{id}", get(item::item_page))
        .route("/items/{id}/backward", get(backward::backward_page))
        .route("/rules/lights", get(lights::lights_page))
        .route("/items/{id}/edit", get(edit::edit_page).post(edit::amend))
        .route("/items/{id}/cascade", get(cascade::cascade_page).post(cascade::cascade))
        .merge(
            Router::new()
                .route("/items/{id}/report", get(report::report_page).post(report::report))
                .route("/items/{id}/{noun}", get(acts::act_page).post(acts::carry_out))
                .layer(crate::evidence::limit()),
        )
}

/// Asks a command of an item, and of the item above it when the command ends this one.
pub async fn ask_item(
    house: &House,
    hand: Hand,
    id: Id<Item>,
    command: Command,
) -> Result<(), Stop> {
    let turn =
        house.store.turn(hand, move |pen| Box::pin(async move { step(pen, id, command).await }));
    turn.await
}

/// The command itself, and the settling of the item above.
pub async fn step(pen: &mut Pen<'_, '_>, id: Id<Item>, command: Command) -> Result<(), Stop> {
    let before = pen.find::<Item>(id).await?;
    if let Command::Amend { content, .. } = &command {
        crate::drafting::waits(pen, Some(id), before.plan, content).await?;
    }
    pen.ask::<Item>(id, command).await?;
    let item = pen.find::<Item>(id).await?;
    let ended = matches!(item.stage, Stage::Done | Stage::Waived);
    if let Some(parent) = item.parent.filter(|_| ended && before.stage != item.stage) {
        pen.ask::<Item>(parent, Command::SettleChild { child: id }).await?;
    }
    Ok(())
}
