//! The import itself: one turn with many commands, and its undoing.

use mechanisms::{
    Id,
    intake::{self, Intake},
    plan::{
        self, Plan,
        goal::{self, Goal},
        item::{self, Item, Stage},
    },
    roster::Unit,
};

use super::trial::Trial;
use crate::store::{Hand, Stop, Store};

/// What an import is called and where it goes.
#[derive(Clone, Debug)]
pub struct Into {
    pub year: i64,
    pub title: String,
    pub unit: Id<Unit>,
    pub file: String,
    pub hash: String,
}

/// Brings a trial in: a plan, its goals, its items, and the record of the import.
pub async fn bring_in(
    store: &Store,
    hand: Hand,
    trial: Trial,
    into: Into,
) -> Result<Id<Intake>, Stop> {
    store
        .turn(hand, move |pen| {
            Box::pin(async move {
                let plan = pen.fresh::<Plan>();
                let Into { year, title, unit, file, hash } = into;
                let open = plan::Command::Open { year, title, unit, parent: None };
                pen.ask::<Plan>(plan, open).await?;
                let mut goals = Vec::with_capacity(trial.goals.len());
                for (new, number) in trial.goals.into_iter().zip(1_i64..) {
                    let goal = pen.fresh::<Goal>();
                    let number = number.to_string();
                    let take = plan::Command::Number { number: number.clone(), goal };
                    pen.ask::<Plan>(plan, take).await?;
                    let (area, title) = (new.area, new.title);
                    let draft =
                        goal::Command::Draft { plan, unit, number, area, title, sponsor: None };
                    pen.ask::<Goal>(goal, draft).await?;
                    goals.push(goal);
                }
                let mut counts = vec![0_i64; goals.len()];
                let mut items = Vec::with_capacity(trial.items.len());
                for new in trial.items {
                    let (goal, above) = (goals[new.goal], new.goal + 1);
                    counts[new.goal] += 1;
                    let number = format!("{above}-{}", counts[new.goal]);
                    let item = pen.fresh::<Item>();
                    let take = goal::Command::Number { number: number.clone(), item };
                    pen.ask::<Goal>(goal, take).await?;
                    let content = new.content;
                    let draft = item::Command::Draft { plan, goal, number, parent: None, content };
                    pen.ask::<Item>(item, draft).await?;
                    for assessment in new.assessments {
                        pen.ask::<Item>(item, item::Command::Assess { assessment }).await?;
                    }
                    items.push(item);
                }
                let intake = pen.fresh::<Intake>();
                let rows = i64::try_from(trial.rows).unwrap_or(i64::MAX);
                let record = intake::Command::Record { file, hash, rows, plan, goals, items };
                pen.ask::<Intake>(intake, record).await?;
                Ok(intake)
            })
        })
        .await
}

/// Takes a whole import back, if nothing of it has moved on.
pub async fn undo(store: &Store, hand: Hand, id: Id<Intake>) -> Result<(), Stop> {
    store
        .turn(hand, move |pen| {
            Box::pin(async move {
                let found = pen.find::<Intake>(id).await?;
                let mut moved_on = 0;
                for item in &found.items {
                    let item = pen.find::<Item>(*item).await?;
                    moved_on += i64::from(item.stage != Stage::Draft || item.version > 0);
                }
                let now = pen.hand().at.clone();
                pen.ask::<Intake>(id, intake::Command::Undo { moved_on, now }).await?;
                for item in &found.items {
                    let state = pen.find::<Item>(*item).await?;
                    let reason = found.file.clone();
                    pen.ask::<Item>(*item, item::Command::Withdraw { reason }).await?;
                    let number = state.number.clone();
                    let give = goal::Command::Unnumber { number };
                    pen.ask::<Goal>(state.goal, give).await?;
                }
                for goal in &found.goals {
                    let number = pen.find::<Goal>(*goal).await?.number.clone();
                    pen.ask::<Goal>(*goal, goal::Command::Withdraw).await?;
                    let give = plan::Command::Unnumber { number };
                    pen.ask::<Plan>(found.plan, give).await?;
                }
                pen.ask::<Plan>(found.plan, plan::Command::Withdraw).await
            })
        })
        .await
}
