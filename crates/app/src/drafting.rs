//! Drafting, whichever page asks: an item takes a number under its goal in the same turn, and
//! what a unit does for the level above stands in the unit's own plan, opened when it is needed.

use std::collections::BTreeSet;

use mechanisms::{
    Id,
    plan::{
        self, Plan,
        goal::{self, Goal},
        item::{Command, Content, Item, Refusal},
    },
    roster::{Post, Unit},
};

use crate::store::{Pen, Stop};

/// Drafts an item under a goal, with the number wanted or the next one that is free.
pub async fn item(
    pen: &mut Pen<'_, '_>,
    goal: Id<Goal>,
    wanted: &str,
    parent: Option<Id<Item>>,
    content: Content,
) -> Result<Id<Item>, Stop> {
    let above = pen.find::<Goal>(goal).await?;
    let number = match wanted.trim() {
        "" => next_number(&above),
        wanted => wanted.to_owned(),
    };
    waits(pen, None, above.plan, &content).await?;
    let item = pen.fresh::<Item>();
    let take = goal::Command::Number { number: number.clone(), item };
    pen.ask::<Goal>(goal, take).await?;
    let draft = Command::Draft { plan: above.plan, goal, number, parent, content };
    pen.ask::<Item>(item, draft).await?;
    Ok(item)
}

/// So many items are followed to see that none waits for itself.
const FOLLOWED: usize = 2_000;

/// Everything an item would wait for is in its plan, and none of it waits for the item.
pub async fn waits(
    pen: &mut Pen<'_, '_>,
    own: Option<Id<Item>>,
    plan: Id<Plan>,
    content: &Content,
) -> Result<(), Stop> {
    let mut next: Vec<Id<Item>> = content.after.iter().map(|wait| wait.item).collect();
    let mut seen = BTreeSet::new();
    let mut numbers = Vec::new();
    while let Some(id) = next.pop() {
        if Some(id) == own {
            let numbers = numbers.join("、");
            return Err(Stop::refused(Refusal::ItemsCircular { numbers }));
        }
        if !seen.insert(id) || seen.len() > FOLLOWED {
            continue;
        }
        let number = id.to_string();
        let unknown = || Stop::refused(Refusal::WaitsForUnknown { number });
        let item = pen.read::<Item>(id).await?.filter(|item| item.plan == plan);
        let item = item.ok_or_else(unknown)?;
        numbers.push(item.number.clone());
        next.extend(item.content.after.iter().map(|wait| wait.item));
    }
    Ok(())
}

/// The number after the last: withdrawn items keep theirs.
fn next_number(goal: &Goal) -> String {
    let numbered = |place: &usize| format!("{}-{place}", goal.number);
    let mut places = goal.items.len() + 1..;
    let free = places.find(|place| !goal.items.contains_key(&numbered(place)));
    numbered(&free.unwrap_or(1))
}

/// The plan of a unit under the plan above: that plan itself for its own unit.
pub async fn branch(
    pen: &mut Pen<'_, '_>,
    above: Id<Plan>,
    unit: Id<Unit>,
) -> Result<Id<Plan>, Stop> {
    let plan = pen.find::<Plan>(above).await?;
    if plan.unit == unit {
        return Ok(above);
    }
    if let Some(lower) = plan.branches.get(&unit) {
        return Ok(*lower);
    }
    let lower = pen.fresh::<Plan>();
    let title = format!("{}（{}）", plan.title, pen.roster().unit_name(unit));
    let open = plan::Command::Open { year: plan.year, title, unit, parent: Some(above) };
    pen.ask::<Plan>(lower, open).await?;
    pen.ask::<Plan>(above, plan::Command::Branch { unit, plan: lower }).await?;
    Ok(lower)
}

/// What a goal says of itself.
#[derive(Clone, Debug)]
pub struct Heading {
    pub number: String,
    pub area: String,
    pub title: String,
    pub sponsor: Option<Id<Post>>,
}

/// The goal of a number in a plan, drafted when it is not there yet.
pub async fn goal(pen: &mut Pen<'_, '_>, id: Id<Plan>, heading: Heading) -> Result<Id<Goal>, Stop> {
    let plan = pen.find::<Plan>(id).await?;
    let Heading { number, area, title, sponsor } = heading;
    if let Some(known) = plan.goals.get(&number) {
        return Ok(*known);
    }
    let goal = pen.fresh::<Goal>();
    pen.ask::<Plan>(id, plan::Command::Number { number: number.clone(), goal }).await?;
    let unit = plan.unit;
    let draft = goal::Command::Draft { plan: id, unit, number, area, title, sponsor };
    pen.ask::<Goal>(goal, draft).await?;
    Ok(goal)
}

/// Drafts what a unit below does for an item: in its own plan, under a goal that bears the
/// item's number, hung under the item.
pub async fn cascade(
    pen: &mut Pen<'_, '_>,
    parent: Id<Item>,
    content: Content,
) -> Result<Id<Item>, Stop> {
    let above = pen.find::<Item>(parent).await?;
    let unit = content.lead.or(above.content.lead).ok_or(Stop::Missing)?;
    let area = pen.find::<Goal>(above.goal).await?.area.clone();
    let plan = branch(pen, above.plan, unit).await?;
    let heading = Heading {
        number: above.number.clone(),
        area,
        title: above.content.title.clone(),
        sponsor: above.content.sponsor,
    };
    let goal = goal(pen, plan, heading).await?;
    let item = item(pen, goal, "", Some(parent), content).await?;
    pen.ask::<Item>(parent, Command::AddChild { child: item }).await?;
    Ok(item)
}
