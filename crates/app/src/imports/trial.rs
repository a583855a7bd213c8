//! The trial: every row read and judged, cell by cell, before anything is written.

use std::collections::BTreeMap;

use mechanisms::{
    Day, Id,
    plan::{
        item::{Assessment, Content, Due},
        phrases::{When, owners, when},
    },
    roster::{Post, Roster, Unit},
};
use paper::sheet::{Row, Table, column_letters};

use super::columns::Field;

/// What was found in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub row: usize,
    /// The column from 0, its letters, and its heading.
    pub at: usize,
    pub column: String,
    pub heading: String,
    /// An error stops the row; a warning does not.
    pub error: bool,
    /// The word of the reason, and what was found.
    pub why: &'static str,
    pub found: String,
    pub instead: Option<String>,
}

/// A goal that will be drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGoal {
    pub area: String,
    pub title: String,
    /// The heading of an area's general part, not a measure of its own.
    pub overview: bool,
}

/// An item that will be drafted.
#[derive(Clone, Debug)]
pub struct NewItem {
    pub row: usize,
    /// Index of its goal.
    pub goal: usize,
    pub content: Content,
    pub assessments: Vec<Assessment>,
}

/// What an import would do.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    pub rows: usize,
    pub goals: Vec<NewGoal>,
    pub items: Vec<NewItem>,
    pub remarks: Vec<Remark>,
    pub skipped: usize,
}

impl Trial {
    pub fn areas(&self) -> usize {
        let areas: std::collections::BTreeSet<&str> =
            self.goals.iter().map(|goal| goal.area.as_str()).collect();
        areas.len()
    }

    pub fn measures(&self) -> usize {
        self.goals.iter().filter(|goal| !goal.overview).count()
    }

    pub fn overviews(&self) -> usize {
        self.goals.len() - self.measures()
    }

    pub fn dated(&self) -> usize {
        let dated = |item: &&NewItem| matches!(item.content.due, Some(Due::On(_)));
        self.items.iter().filter(dated).count()
    }

    pub fn errors(&self) -> usize {
        self.remarks.iter().filter(|remark| remark.error).count()
    }

    pub fn warnings(&self) -> usize {
        self.remarks.len() - self.errors()
    }

    /// How many items have each rating in each period: own, then independent.
    pub fn ratings(&self) -> BTreeMap<(String, &'static str, String), usize> {
        let mut counts = BTreeMap::new();
        for one in self.items.iter().flat_map(|item| &item.assessments) {
            for (kind, rating) in [("own", &one.own), ("independent", &one.independent)] {
                if let Some(rating) = rating {
                    let key = (one.period.clone(), kind, rating.clone());
                    *counts.entry(key).or_insert(0) += 1;
                }
            }
        }
        counts
    }
}

/// Reads every row of a table under a mapping.
pub fn run(table: &Table, fields: &[Field], roster: &Roster, year: i16) -> Trial {
    let mut reading = Reading {
        table,
        fields,
        year,
        units: roster.units().map(|(id, unit)| (unit.name.clone(), id)).collect(),
        posts: roster.posts().map(|(id, post)| (post.title.clone(), id)).collect(),
        goals: BTreeMap::new(),
        items: BTreeMap::new(),
        trial: Trial { rows: table.rows.len(), ..Trial::default() },
        above: BTreeMap::new(),
    };
    for row in &table.rows {
        reading.row(row);
    }
    reading.trial
}

struct Reading<'t> {
    table: &'t Table,
    fields: &'t [Field],
    year: i16,
    units: BTreeMap<String, Id<Unit>>,
    posts: BTreeMap<String, Id<Post>>,
    goals: BTreeMap<(String, String), usize>,
    /// Items by goal and title, where rows are reporting periods of one item.
    items: BTreeMap<(usize, String), usize>,
    trial: Trial,
    /// The last area and goal named: merged cells leave the rows below empty.
    above: BTreeMap<Field, String>,
}

impl Reading<'_> {
    fn cell(&self, row: &Row, field: Field) -> Option<(usize, String)> {
        let column = self.fields.iter().position(|one| *one == field)?;
        Some((column, row.cells.get(column).cloned().unwrap_or_default()))
    }

    fn text(&self, row: &Row, field: Field) -> String {
        self.cell(row, field).map(|cell| cell.1).unwrap_or_default()
    }

    fn carried(&mut self, row: &Row, field: Field) -> String {
        let text = self.text(row, field);
        if text.is_empty() {
            return self.above.get(&field).cloned().unwrap_or_default();
        }
        self.above.insert(field, text.clone());
        text
    }

    fn remark(
        &mut self,
        row: &Row,
        field: Field,
        error: bool,
        (why, found, instead): (&'static str, &str, Option<String>),
    ) {
        let column = self.fields.iter().position(|one| *one == field).unwrap_or(0);
        self.trial.remarks.push(Remark {
            row: row.number,
            at: column,
            column: column_letters(column),
            heading: self.table.header.get(column).cloned().unwrap_or_default(),
            error,
            why,
            found: found.to_owned(),
            instead,
        });
    }

    fn row(&mut self, row: &Row) {
        let title = self.text(row, Field::Title);
        if title.is_empty() {
            self.remark(row, Field::Title, true, ("import-no-title", "", None));
            self.trial.skipped += 1;
            return;
        }
        let before = self.trial.errors();
        let goal = self.goal(row, &title);
        let content = self.content(row, &title);
        if self.trial.errors() > before {
            self.trial.skipped += 1;
            return;
        }
        let assessment = self.assessment(row);
        let key = (goal, title);
        if let (Some(known), Some(one)) = (self.items.get(&key), &assessment) {
            let item = &mut self.trial.items[*known];
            if item.assessments.iter().all(|other| other.period != one.period) {
                item.assessments.push(one.clone());
                item.content.due = content.due.or(item.content.due.take());
                return;
            }
        }
        self.items.insert(key, self.trial.items.len());
        let assessments = assessment.into_iter().collect();
        self.trial.items.push(NewItem { row: row.number, goal, content, assessments });
    }

    fn goal(&mut self, row: &Row, title: &str) -> usize {
        let area = self.carried(row, Field::Area);
        let mut goal = self.carried(row, Field::Goal);
        if goal.is_empty() {
            goal = if area.is_empty() { title.to_owned() } else { area.clone() };
        }
        let next = self.trial.goals.len();
        let place = *self.goals.entry((area.clone(), goal.clone())).or_insert(next);
        if place == next {
            let overview = goal.starts_with('（') || goal.starts_with('(');
            self.trial.goals.push(NewGoal { area, title: goal, overview });
        }
        place
    }

    fn content(&mut self, row: &Row, title: &str) -> Content {
        let what = match (self.text(row, Field::Target), self.text(row, Field::Note)) {
            (target, _) if !target.is_empty() => format!("{title}（{target}）"),
            (_, note) if !note.is_empty() => note,
            _ => title.to_owned(),
        };
        let start_on = self.day(row, Field::Start).and_then(|due| match due {
            Due::On(day) => Some(day),
            Due::Never { .. } => None,
        });
        let due = self.day(row, Field::Due);
        let late_start = match (&start_on, &due) {
            (Some(start), Some(Due::On(due))) => start > due,
            _ => false,
        };
        if late_start {
            let found = self.text(row, Field::Start);
            self.remark(row, Field::Start, false, ("import-start-after-due", &found, None));
        }
        let how = self.text(row, Field::How);
        let (lead, co_units) = self.units_of(row);
        Content {
            title: short(title),
            what,
            how: how.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect(),
            lead,
            co_units,
            sponsor: self.post(row, Field::Sponsor),
            owner: self.post(row, Field::Owner),
            start_on: start_on.filter(|_| !late_start),
            due,
            report_every: 7,
            ..Content::default()
        }
    }

    fn day(&mut self, row: &Row, field: Field) -> Option<Due> {
        let found = self.text(row, field);
        match when(&found, self.year) {
            When::Exact(day) => Some(Due::On(day)),
            When::Interpreted(day) => {
                let read = Some(day.to_string());
                self.remark(row, field, false, ("import-day-interpreted", &found, read));
                Some(Due::On(day))
            }
            When::Never(reason) => Some(Due::Never { reason }),
            When::Empty => None,
            When::Wrong { found, instead } => {
                let instead = instead.map(|day: Day| day.to_string());
                self.remark(row, field, true, ("import-day-wrong", &found, instead));
                None
            }
        }
    }

    fn units_of(&mut self, row: &Row) -> (Option<Id<Unit>>, Vec<Id<Unit>>) {
        let found = self.text(row, Field::Lead);
        let read = owners(&found);
        if read.guessed {
            let lead = read.lead.clone();
            self.remark(row, Field::Lead, false, ("import-lead-guessed", &found, lead));
        }
        let lead = read.lead.and_then(|name| self.unit(row, Field::Lead, &name));
        let mut names = read.co;
        let others = owners(&self.text(row, Field::CoUnits));
        names.extend(others.lead);
        names.extend(others.co);
        let mut co_units = Vec::new();
        for name in names {
            if let Some(unit) = self.unit(row, Field::CoUnits, &name)
                && Some(unit) != lead
                && !co_units.contains(&unit)
            {
                co_units.push(unit);
            }
        }
        (lead, co_units)
    }

    /// A unit by its name, or by the only name that contains it.
    fn unit(&mut self, row: &Row, field: Field, name: &str) -> Option<Id<Unit>> {
        if let Some(unit) = self.units.get(name) {
            return Some(*unit);
        }
        let near: Vec<(String, Id<Unit>)> = self
            .units
            .iter()
            .filter(|(known, _)| is_short_for(name, known))
            .map(|(known, id)| (known.clone(), *id))
            .collect();
        if let [(known, id)] = near.as_slice() {
            let remark = ("import-unit-near", name, Some(known.clone()));
            self.remark(row, field, false, remark);
            return Some(*id);
        }
        self.remark(row, field, false, ("import-unit-unknown", name, None));
        None
    }

    fn post(&mut self, row: &Row, field: Field) -> Option<Id<Post>> {
        let found = self.text(row, field);
        if found.is_empty() || found == "无" {
            return None;
        }
        if let Some(post) = self.posts.get(&found) {
            return Some(*post);
        }
        self.remark(row, field, false, ("import-post-unknown", &found, None));
        None
    }

    fn assessment(&self, row: &Row) -> Option<Assessment> {
        let period = self.text(row, Field::Period);
        let some = |text: String| (!text.is_empty()).then_some(text);
        let own = some(self.text(row, Field::OwnRating));
        let independent = some(self.text(row, Field::IndependentRating));
        let rated = self.fields.contains(&Field::OwnRating)
            || self.fields.contains(&Field::IndependentRating);
        (rated && !period.is_empty()).then(|| Assessment {
            period,
            own,
            independent,
            text: String::new(),
        })
    }
}

/// Every character of the short name stands in the long one, in order.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().count() >= 3 && short.chars().all(|c| rest.any(|other| other == c))
}

/// A title of at most 60 characters; the whole stays in 干什么.
fn short(title: &str) -> String {
    if title.chars().count() <= 60 {
        return title.to_owned();
    }
    let cut: String = title.chars().take(59).collect();
    format!("{cut}…")
}
