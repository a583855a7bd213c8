//! The rows problems and their ledgers cast.

use mechanisms::{
    Day, Id,
    plan::item::{Move, Timeliness},
    problem::{Ledger, Problem, Stage, ledger::List},
    reminder::Urged,
    roster::Power,
};

use crate::store::{
    kept::{Counted, Kept, Matter, NEVER, Party, Todo, World, timing},
    rows::Rows,
};

impl Kept for Problem {
    fn rows(&self, id: Id<Self>, world: &World<'_>, rows: &mut Rows) {
        let turns = self.turns(world.lights, world.calendar);
        let text = |day: Option<Day>| day.map(|day| day.to_string());
        let content = &self.content;
        let (done, all) = self.measures_done();
        let percent = (all > 0).then(|| count(done * 100 / all.max(1)));
        let matter = Matter {
            kind: "problem",
            id: id.0,
            number: self.number.clone().unwrap_or_default(),
            title: self.title().to_owned(),
            plan: Some(self.ledger.0),
            area: Some(content.category.clone()),
            lead_unit: Some(content.unit.0),
            sponsor: content.sponsor.map(|post| post.0),
            owner: content.owner.map(|post| post.0),
            watcher: content.watcher.map(|post| post.0),
            stage: self.stage_word(),
            standing: self.stage.standing(),
            start_on: Some(content.found_on.to_string()),
            due_on: text(content.due_on),
            done_on: text(self.done_on),
            percent,
            yellow_on: text(turns.yellow_on),
            red_on: text(turns.red_on),
            ..Matter::default()
        };
        let todos: Vec<Todo> = self.waits_for(world.calendar).into_iter().map(todo).collect();
        matter.put(&parties(self), &todos, rows);
        crate::matters::problems::cast(self, id, rows);
        crate::evidence::cast("problem", id.0, self.evidence(), rows);
        let owes = matches!(self.stage, Stage::Registered | Stage::Rectifying | Stage::Waived);
        // While a waiver holds, nobody is urged.
        let waived = self.waiver.as_ref().filter(|_| self.stage == Stage::Waived);
        let due_on = content.due_on.max(waived.map(|waiver| waiver.until));
        let urged = Urged { due_on, ..self.urged() };
        crate::reminders::cast("problem", id.0, &urged, owes, world, rows);
    }

    fn counted(&self, world: &World<'_>) -> Option<Counted> {
        let turns = self.turns(world.lights, world.calendar);
        let text = |day: Option<Day>| day.map_or(NEVER.to_owned(), |day| day.to_string());
        let due_on = match (self.owed_on, self.done_on) {
            (Some(_), Some(done)) => match self.timeliness(done) {
                Timeliness::DoneOnTime => format!("kept-{}", done.year()),
                _ => format!("missed-{}", done.year()),
            },
            (owed, done) => timing(owed, done),
        };
        Some(Counted {
            plan: self.ledger.0,
            standing: self.stage.standing(),
            yellow_on: text(turns.yellow_on),
            red_on: text(turns.red_on),
            due_on,
        })
    }
}

/// Who has which part in a problem.
pub fn parties(problem: &Problem) -> Vec<Party> {
    let content = &problem.content;
    let post =
        |part, post: Id<mechanisms::roster::Post>| Party { part, unit: None, post: Some(post.0) };
    let mut parties = vec![Party { part: "lead", unit: Some(content.unit.0), post: None }];
    parties.extend(content.sponsor.map(|one| post("sponsor", one)));
    parties.extend(content.owner.map(|one| post("owner", one)));
    parties.extend(content.watcher.map(|one| post("watcher", one)));
    parties.extend(problem.pushes.iter().map(|push| Party {
        part: "sibling",
        unit: Some(push.unit.0),
        post: None,
    }));
    // Whom silence reached, up the chain.
    let reminded = problem.reminders.iter().flat_map(|one| &one.to);
    let mut known: Vec<i64> = parties.iter().filter_map(|party| party.post).collect();
    for to in reminded {
        if !known.contains(&to.0) {
            known.push(to.0);
            parties.push(post("reminded", *to));
        }
    }
    parties
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn todo(one: Move) -> Todo {
    Todo {
        what: one.what,
        post: one.post.map(|post| post.0),
        power: one.power.map(Power::word),
        since: one.since.to_string(),
        due_on: one.due_on.map(|day| day.to_string()),
    }
}

impl Kept for Ledger {
    fn rows(&self, id: Id<Self>, _: &World<'_>, rows: &mut Rows) {
        let matter = Matter {
            kind: "ledger",
            id: id.0,
            number: self.ordinal.to_string(),
            title: self.title.clone(),
            plan: None,
            stage: if self.closed.is_some() { "closed" } else { "open" },
            standing: if self.closed.is_some() { "done" } else { "open" },
            start_on: Some(self.opened_on.to_string()),
            due_on: Some(self.file_by.to_string()),
            done_on: self.closed.as_ref().map(|closed| closed.1.day.to_string()),
            ..Matter::default()
        };
        let filers = self.lists.keys();
        let filers: Vec<Party> =
            filers.map(|unit| Party { part: "filer", unit: Some(unit.0), post: None }).collect();
        matter.put(&filers, &list_todos(self), rows);
    }
}

/// Lists that wait are one move of whoever registers: their number is on the ledger's own page.
fn list_todos(ledger: &Ledger) -> Vec<Todo> {
    let waits = |lists: &Vec<List>| {
        lists.last().filter(|list| list.decision.is_none()).map(|list| list.filed.day)
    };
    let first = ledger.lists.values().filter_map(waits).min();
    let approve = first.map(|since| Todo {
        what: "approve-list",
        post: None,
        power: Some(Power::Register.word()),
        since: since.to_string(),
        due_on: None,
    });
    approve.into_iter().collect()
}
