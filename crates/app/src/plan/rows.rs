//! The rows plans, goals and items cast.

use mechanisms::{
    Day, Id,
    intake::Intake,
    plan::{
        Plan,
        goal::Goal,
        item::{Item, Stage},
    },
};

use crate::{
    cells,
    store::{
        kept::{Counted, Kept, Matter, NEVER, Party, Todo, World, timing},
        rows::{Rows, Table},
    },
};

/// Plans by year and unit.
pub static PLAN: Table =
    Table { name: "plan", keys: &["id"], columns: &["year", "title", "unit", "parent"] };

/// What lists and charts need of an item beside the shared row.
pub static ITEM: Table = Table {
    name: "item",
    keys: &["id"],
    columns: &[
        "goal",
        "parent",
        "content",
        "measures",
        "target",
        "unit_of_measure",
        "done_quantity",
        "baseline_start_on",
        "baseline_due_on",
    ],
};

/// The ratings of an item, a reporting period a row.
pub static ASSESSMENT: Table =
    Table { name: "assessment", keys: &["item", "period"], columns: &["own", "independent"] };

/// Imports.
pub static INTAKE: Table = Table {
    name: "intake",
    keys: &["id"],
    columns: &["file", "hash", "rows_read", "plan", "goals", "items", "at", "undone"],
};

/// The milestones of an item.
pub static MILESTONE: Table = Table {
    name: "milestone",
    keys: &["item", "number"],
    columns: &["title", "planned_on", "quantity", "done_on"],
};

/// What an item waits for.
pub static WAITS_FOR: Table =
    Table { name: "waits_for", keys: &["item", "seat"], columns: &["other", "kind", "lag"] };

impl Kept for Plan {
    fn rows(&self, id: Id<Self>, world: &World<'_>, rows: &mut Rows) {
        let _ = world;
        if !self.withdrawn {
            rows.put(&PLAN, cells![id, self.year, self.title.as_str(), self.unit, self.parent]);
        }
    }
}

impl Kept for Goal {
    fn rows(&self, id: Id<Self>, _: &World<'_>, rows: &mut Rows) {
        let matter = Matter {
            kind: "goal",
            id: id.0,
            number: self.number.clone(),
            title: self.title.clone(),
            plan: Some(self.plan.0),
            area: Some(self.area.clone()),
            lead_unit: Some(self.unit.0),
            sponsor: self.sponsor.map(|post| post.0),
            stage: if self.withdrawn { "withdrawn" } else { "standing" },
            standing: if self.withdrawn { "gone" } else { "open" },
            ..Matter::default()
        };
        let unit = Party { part: "unit", unit: Some(self.unit.0), post: None };
        let sponsor = self.sponsor.map(|post| part_of("sponsor", post));
        let parties: Vec<Party> = [unit].into_iter().chain(sponsor).collect();
        matter.put(&parties, &[], rows);
    }

    fn counted(&self, _: &World<'_>) -> Option<Counted> {
        Some(Counted {
            plan: self.plan.0,
            standing: if self.withdrawn { "gone" } else { "open" },
            yellow_on: NEVER.to_owned(),
            red_on: NEVER.to_owned(),
            due_on: "none".to_owned(),
        })
    }
}

impl Kept for Item {
    fn rows(&self, id: Id<Self>, world: &World<'_>, rows: &mut Rows) {
        let turns = self.turns(world.lights, world.calendar);
        let text = |day: Option<Day>| day.map(|day| day.to_string());
        let open = self.stage.standing() == "open";
        let matter = Matter {
            kind: "item",
            id: id.0,
            number: self.number.clone(),
            title: self.content.title.clone(),
            plan: Some(self.plan.0),
            parent: Some(self.goal.0),
            area: None,
            lead_unit: self.content.lead.map(|unit| unit.0),
            sponsor: self.content.sponsor.map(|post| post.0),
            owner: self.content.owner.map(|post| post.0),
            watcher: self.content.watcher.map(|post| post.0),
            stage: self.stage.word(),
            standing: self.stage.standing(),
            start_on: text(self.content.start_on),
            due_on: text(self.due_on()),
            forecast_on: text(self.forecast_on()),
            latest_start_on: text(self.latest_start_on(world.calendar).filter(|_| open)),
            done_on: text(self.done_on),
            percent: Some(self.percent()),
            yellow_on: text(turns.yellow_on),
            red_on: text(turns.red_on),
        };
        matter.put(&self.parties(), &todos(self, world), rows);
        rows.put(&ITEM, item_cells(self, id));
        let reported = self
            .reports
            .iter()
            .flat_map(|report| report.account.evidence.iter().map(|one| (one, report.stamp.day)));
        let closing = self.closing.iter();
        let closing = closing.flat_map(|(_, all, stamp)| all.iter().map(|one| (one, stamp.day)));
        crate::evidence::cast("item", id.0, reported.chain(closing), rows);
        let owes = open && self.stage != Stage::ClosingApplied;
        crate::reminders::cast("item", id.0, &self.urged(), owes, world, rows);
        for (seat, wait) in (0_i64..).zip(&self.content.after) {
            rows.put(&WAITS_FOR, cells![id, seat, wait.item, wait.kind.code(), wait.lag]);
        }
        for one in &self.assessments {
            let (own, independent) = (one.own.clone(), one.independent.clone());
            rows.put(&ASSESSMENT, cells![id, one.period.as_str(), own, independent]);
        }
        for step in &self.content.milestones {
            let (planned, reached) = (step.planned_on, step.reached_on);
            let title = step.title.as_str();
            rows.put(&MILESTONE, cells![id, step.number, title, planned, step.amount, reached]);
        }
    }

    fn counted(&self, world: &World<'_>) -> Option<Counted> {
        let turns = self.turns(world.lights, world.calendar);
        let text = |day: Option<Day>| day.map_or(NEVER.to_owned(), |day| day.to_string());
        Some(Counted {
            plan: self.plan.0,
            standing: self.stage.standing(),
            yellow_on: text(turns.yellow_on),
            red_on: text(turns.red_on),
            due_on: timing(self.due_on(), self.done_on),
        })
    }
}

impl Kept for Intake {
    fn rows(&self, id: Id<Self>, _: &World<'_>, rows: &mut Rows) {
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let (goals, items) = (count(self.goals.len()), count(self.items.len()));
        let (file, hash, at) = (&*self.file, &*self.hash, &*self.recorded.at);
        let undone = self.undone.is_some();
        rows.put(&INTAKE, cells![id, file, hash, self.rows, self.plan, goals, items, at, undone]);
    }
}

/// Who has which part in an item.
trait Parties {
    fn parties(&self) -> Vec<Party>;
}

impl Parties for Item {
    fn parties(&self) -> Vec<Party> {
        let content = &self.content;
        let unit = |part, unit: Id<_>| Party { part, unit: Some(unit.0), post: None };
        let mut parties: Vec<Party> =
            content.lead.into_iter().map(|lead| unit("lead", lead)).collect();
        parties.extend(content.co_units.iter().map(|co| unit("co", *co)));
        parties.extend(content.sponsor.map(|post| part_of("sponsor", post)));
        parties.extend(content.owner.map(|post| part_of("owner", post)));
        parties.extend(content.watcher.map(|post| part_of("watcher", post)));
        parties
    }
}

fn part_of(part: &'static str, post: Id<mechanisms::roster::Post>) -> Party {
    Party { part, unit: None, post: Some(post.0) }
}

fn item_cells(item: &Item, id: Id<Item>) -> Vec<crate::store::rows::Cell> {
    let baseline = item.baseline.as_deref();
    let target = item.content.target.as_ref();
    cells![
        id,
        item.goal,
        item.parent,
        item.content.what.as_str(),
        item.content.how.join("\n"),
        target.map(|target| target.amount),
        target.map_or("%", |target| target.unit.as_str()),
        item.amount(),
        baseline.and_then(|content| content.start_on),
        baseline.and_then(|content| match content.due {
            Some(mechanisms::plan::item::Due::On(day)) => Some(day),
            _ => None,
        }),
    ]
}

fn todos(item: &Item, world: &World<'_>) -> Vec<Todo> {
    item.waits_for(world.calendar)
        .into_iter()
        .map(|one| Todo {
            what: one.what,
            post: one.post.map(|post| post.0),
            power: one.power.map(mechanisms::roster::Power::word),
            since: one.since.to_string(),
            due_on: one.due_on.map(|day| day.to_string()),
        })
        .collect()
}
