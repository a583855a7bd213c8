//! The project slice: key projects and their weekly coordination meetings (周协调会).
//!
//! Start reading at `pages.rs` (the list and one project), then `forms.rs` (what changes them).

pub mod api;
mod forms;
mod given;
mod pages;
pub mod rows;

use axum::{
    Router,
    routing::{get, post},
};
use mechanisms::{
    Id,
    plan::{
        goal::Goal,
        item::{self, Content, Due, Item},
    },
    project::{Command, Decision, Project},
};

use crate::{
    House,
    access::{Me, Part},
    drafting,
    store::{Pen, Stop},
    trouble::Trouble,
};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/projects", get(pages::projects_page).post(forms::register))
        .route("/projects/new", get(forms::new_page))
        .route("/projects/{id}", get(pages::project_page))
        .route("/projects/{id}/edit", get(forms::edit_page).post(forms::amend))
        .route("/projects/{id}/meeting", get(forms::meeting_page).post(forms::meet))
        .route("/projects/{id}/adoption", post(forms::adopt))
        .route("/projects/{id}/end", get(forms::end_page).post(forms::end))
}

/// The project behind an address, for those who may see it.
pub async fn find(me: &Me, id: i64) -> Result<Project, Trouble> {
    let found = me.house.store.state::<Project>(me.body.id, Id::new(id)).await?;
    let project = found.ok_or(Trouble::NotFound)?;
    if me.scope.sees(&parts(&project)) { Ok(project) } else { Err(Trouble::NotFound) }
}

/// Who has a part in a project: its unit, its leader, its team.
pub fn parts(project: &Project) -> Vec<Part> {
    let charter = &project.charter;
    let posts = charter.team.iter().chain([&charter.leader]);
    let unit = Part { unit: Some(charter.unit.0), post: None };
    posts.map(|post| Part { unit: None, post: Some(post.0) }).chain([unit]).collect()
}

/// Makes a decision an item in the plan of the unit that leads it, submitted for approval, in one
/// turn: the year's chart of the body stays the year's chart.
pub async fn adopt(
    pen: &mut Pen<'_, '_>,
    id: Id<Project>,
    meeting: i64,
    place: usize,
) -> Result<Id<Item>, Stop> {
    let project = pen.find::<Project>(id).await?;
    let decided = project.decision(meeting, place).ok_or(Stop::Missing)?;
    let held = project.meetings.iter().find(|one| one.number == meeting);
    let start_on = held.map(|one| one.minutes.held_on);
    let content = content(&decided.0, &project, start_on);
    let above = pen.find::<Goal>(project.goal).await?;
    let unit = decided.0.lead;
    let plan = drafting::branch(pen, above.plan, unit).await?;
    let heading = drafting::Heading {
        number: format!("周{id}"),
        area: above.area.clone(),
        title: project.charter.title.clone(),
        sponsor: Some(project.charter.leader),
    };
    let goal = drafting::goal(pen, plan, heading).await?;
    let item = drafting::item(pen, goal, "", None, content).await?;
    pen.ask::<Item>(item, item::Command::Submit).await?;
    pen.ask::<Project>(id, Command::Adopt { meeting, place, item }).await?;
    Ok(item)
}

fn content(decision: &Decision, project: &Project, start_on: Option<mechanisms::Day>) -> Content {
    let how = decision.how.lines().map(str::trim).filter(|line| !line.is_empty());
    Content {
        title: decision.text.clone(),
        what: decision.text.clone(),
        how: how.map(str::to_owned).collect(),
        lead: Some(decision.lead),
        sponsor: Some(project.charter.leader),
        owner: Some(decision.owner),
        start_on,
        due: Some(Due::On(decision.due_on)),
        report_every: 7,
        ..Content::default()
    }
}

/// Records a meeting. Where the recorder may register items, its decisions become items at once,
/// which come back in order; otherwise they wait for the supervision office.
pub async fn meet(
    pen: &mut Pen<'_, '_>,
    id: Id<Project>,
    meet: Command,
    registers: bool,
) -> Result<Vec<Id<Item>>, Stop> {
    let known = pen.find::<Project>(id).await?.meetings.len();
    pen.ask::<Project>(id, meet).await?;
    let mut items = Vec::new();
    if registers {
        let project = pen.find::<Project>(id).await?;
        let number = i64::try_from(known).unwrap_or(i64::MAX - 1) + 1;
        let recorded = project.meetings.iter().find(|one| one.number == number);
        for place in 1..=recorded.map_or(0, |one| one.decisions.len()) {
            items.push(adopt(pen, id, number, place).await?);
        }
    }
    Ok(items)
}
