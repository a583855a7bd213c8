//! The rows key projects cast.

use mechanisms::{Day, Id, project::Project, roster::Power};

use crate::{
    cells,
    store::{
        kept::{Kept, Matter, Party, Todo, World},
        rows::{Rows, Table},
    },
};

/// Key projects.
pub static PROJECT: Table = Table {
    name: "project",
    keys: &["id"],
    columns: &["goal", "leader", "team", "meetings", "unadopted"],
};

/// Their meetings.
pub static MEETING: Table = Table {
    name: "meeting",
    keys: &["project", "number"],
    columns: &["held_on", "recorded_on", "chair", "raised", "solved"],
};

/// What the meetings decided, and the items it became.
pub static DECISION: Table = Table {
    name: "decision",
    keys: &["project", "meeting", "place"],
    columns: &["item", "due_on"],
};

impl Kept for Project {
    fn rows(&self, id: Id<Self>, world: &World<'_>, rows: &mut Rows) {
        let charter = &self.charter;
        let turns = self.turns(world.calendar);
        let text = |day: Option<Day>| day.map(|day| day.to_string());
        let matter = Matter {
            kind: "project",
            id: id.0,
            number: id.to_string(),
            title: charter.title.clone(),
            parent: Some(self.goal.0),
            lead_unit: Some(charter.unit.0),
            sponsor: Some(charter.leader.0),
            stage: if self.ended.is_some() { "ended" } else { "running" },
            standing: self.standing(),
            start_on: Some(charter.start_on.to_string()),
            due_on: Some(charter.due_on.to_string()),
            done_on: self.ended.as_ref().map(|ended| ended.1.day.to_string()),
            yellow_on: text(turns.yellow_on),
            red_on: text(turns.red_on),
            ..Matter::default()
        };
        let unit = Party { part: "unit", unit: Some(charter.unit.0), post: None };
        let leader = Party { part: "leader", unit: None, post: Some(charter.leader.0) };
        let team = charter.team.iter();
        let team = team.map(|post| Party { part: "team", unit: None, post: Some(post.0) });
        let parties: Vec<Party> = [unit, leader].into_iter().chain(team).collect();
        matter.put(&parties, &todos(self, world), rows);
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let (team, meetings) = (count(charter.team.len()), count(self.meetings.len()));
        let unadopted = count(self.unadopted());
        rows.put(&PROJECT, cells![id, self.goal, charter.leader, team, meetings, unadopted]);
        for meeting in &self.meetings {
            let (number, minutes) = (meeting.number, &meeting.minutes);
            let (held, chair) = (minutes.held_on, minutes.chair);
            let recorded = meeting.stamp.day;
            let (raised, solved) = (minutes.raised, minutes.solved);
            rows.put(&MEETING, cells![id, number, held, recorded, chair, raised, solved]);
            for ((decision, item), place) in meeting.decisions.iter().zip(1_i64..) {
                rows.put(&DECISION, cells![id, number, place, *item, decision.due_on]);
            }
        }
    }
}

/// The leader owes the next week's meeting; the supervision office owes decisions their items.
fn todos(project: &Project, world: &World<'_>) -> Vec<Todo> {
    if project.ended.is_some() {
        return Vec::new();
    }
    let week = project.next_week(world.calendar);
    let meet = Todo {
        what: "meet",
        post: Some(project.charter.leader.0),
        power: None,
        since: week.monday.to_string(),
        due_on: week.last_workday.map(|day| day.to_string()),
    };
    let newest = project
        .meetings
        .iter()
        .rev()
        .find(|one| one.decisions.iter().any(|decided| decided.1.is_none()));
    let adopt = newest.map(|meeting| Todo {
        what: "adopt",
        post: None,
        power: Some(Power::Register.word()),
        since: meeting.stamp.day.to_string(),
        due_on: None,
    });
    [meet].into_iter().chain(adopt).collect()
}
