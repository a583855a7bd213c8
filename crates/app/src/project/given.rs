//! What the forms of a key project hold, and the charter or minutes it says.

use mechanisms::{
    Id,
    project::{Charter, Decision, Minutes, Project},
};
use serde::Deserialize;

use crate::{
    access::Me,
    typed::{self, Unreadable},
};

/// The charter's form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CharterForm {
    pub goal: String,
    pub title: String,
    pub aim: String,
    pub unit: String,
    pub leader: String,
    pub team: String,
    pub start_on: String,
    pub due_on: String,
    /// The version the form was opened with.
    pub base: String,
}

impl CharterForm {
    /// A project's charter as the form shows it.
    pub fn of(project: &Project, me: &Me) -> Self {
        let charter = &project.charter;
        let title = |post: Id<_>| me.roster.post_title(post).to_owned();
        Self {
            goal: project.goal.to_string(),
            title: charter.title.clone(),
            aim: charter.aim.clone(),
            unit: me.roster.unit_name(charter.unit).to_owned(),
            leader: title(charter.leader),
            team: charter.team.iter().map(|post| title(*post)).collect::<Vec<_>>().join("、"),
            start_on: charter.start_on.to_string(),
            due_on: charter.due_on.to_string(),
            base: project.version.to_string(),
        }
    }

    /// The charter these texts say, or the field that cannot be read.
    pub fn charter(&self, me: &Me) -> Result<Charter, Unreadable> {
        let missing = |field, why| Unreadable { field, why, found: String::new() };
        let unit = typed::unit(&me.roster, "unit", &self.unit)?;
        let leader = typed::post(&me.roster, "leader", &self.leader)?;
        Ok(Charter {
            title: self.title.trim().to_owned(),
            aim: self.aim.trim().to_owned(),
            unit: unit.ok_or(missing("unit", "refused-no-such-unit"))?,
            leader: leader.ok_or(missing("leader", "refused-no-such-leader"))?,
            team: typed::posts(&me.roster, "team", &self.team)?,
            start_on: typed::sure_day("start_on", &self.start_on)?,
            due_on: typed::sure_day("due_on", &self.due_on)?,
        })
    }
}

/// One decision as it was typed.
#[derive(Clone, Debug, Default)]
pub struct DecisionForm {
    pub text: String,
    pub how: String,
    pub lead: String,
    pub owner: String,
    pub due_on: String,
}

impl DecisionForm {
    fn is_blank(&self) -> bool {
        [&self.text, &self.how, &self.lead, &self.owner, &self.due_on]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

/// Decisions one form has room for; more are recorded as a second meeting's or over the API.
pub const ROOM: usize = 4;

/// The minutes' form.
#[derive(Clone, Debug, Default)]
pub struct MinutesForm {
    pub held_on: String,
    pub chair: String,
    pub present: String,
    pub raised: String,
    pub solved: String,
    pub text: String,
    pub decisions: Vec<DecisionForm>,
}

impl MinutesForm {
    /// From the pairs of a form: `text-2` belongs to the second decision.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let mut form = Self { decisions: vec![DecisionForm::default(); ROOM], ..Self::default() };
        for (name, value) in pairs {
            let value = value.trim().to_owned();
            match name.split_once('-') {
                None => match name.as_str() {
                    "held_on" => form.held_on = value,
                    "chair" => form.chair = value,
                    "present" => form.present = value,
                    "raised" => form.raised = value,
                    "solved" => form.solved = value,
                    "text" => form.text = value,
                    _ => {}
                },
                Some((name, place)) => {
                    let place = place.parse::<usize>().unwrap_or(0).wrapping_sub(1);
                    let Some(decision) = form.decisions.get_mut(place) else { continue };
                    match name {
                        "text" => decision.text = value,
                        "how" => decision.how = value,
                        "lead" => decision.lead = value,
                        "owner" => decision.owner = value,
                        "due_on" => decision.due_on = value,
                        _ => {}
                    }
                }
            }
        }
        form
    }

    /// The minutes these texts say, or the field that cannot be read.
    pub fn minutes(&self, me: &Me) -> Result<(Minutes, Vec<Decision>), Unreadable> {
        let missing = |field, why| Unreadable { field, why, found: String::new() };
        let chair = typed::post(&me.roster, "chair", &self.chair)?;
        let minutes = Minutes {
            held_on: typed::sure_day("held_on", &self.held_on)?,
            chair: chair.ok_or(missing("chair", "refused-no-such-post"))?,
            present: typed::posts(&me.roster, "present", &self.present)?,
            raised: typed::number("raised", &self.raised)?.unwrap_or(0),
            solved: typed::number("solved", &self.solved)?.unwrap_or(0),
            text: self.text.clone(),
        };
        let mut decisions = Vec::new();
        for one in self.decisions.iter().filter(|one| !one.is_blank()) {
            let lead = typed::unit(&me.roster, "decisions", &one.lead)?;
            let owner = typed::post(&me.roster, "decisions", &one.owner)?;
            decisions.push(Decision {
                text: one.text.clone(),
                how: one.how.clone(),
                lead: lead.ok_or(missing("decisions", "refused-no-such-unit"))?,
                owner: owner.ok_or(missing("decisions", "refused-no-such-post"))?,
                due_on: typed::sure_day("decisions", &one.due_on)?,
            });
        }
        Ok((minutes, decisions))
    }
}
