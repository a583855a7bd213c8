//! A trial as pages show it: its columns, what is wrong with which cells and how often, and what
//! the import would give. The same remark about the same text in one column is said once, and can
//! be mended once.

use std::collections::BTreeSet;

use mechanisms::roster::Roster;
use paper::sheet::{Table, column_letters};

use super::{
    columns::Field,
    trial::{Remark, Trial},
};
use crate::ui::words::Words;

/// Groups of remarks one page lists.
const LISTED: usize = 100;

/// A column as the page shows it.
pub struct ColumnRow {
    pub heading: String,
    pub sample: String,
    pub field: &'static str,
    /// `ok`, `warn`, `late`, or `idle` for a column that is not brought in.
    pub light: &'static str,
}

/// One remark, and every row it is about.
pub struct Group {
    pub error: bool,
    pub place: String,
    pub heading: String,
    pub text: String,
    pub instead: String,
    /// What stands in the cell, where something else may be put there.
    pub mend: Option<(usize, String)>,
}

/// Rows that come in clean, with a remark, and not at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub good: usize,
    pub warned: usize,
    pub wrong: usize,
}

impl Tally {
    /// Lengths on a bar of 560.
    pub fn bar(&self) -> [usize; 3] {
        let all = (self.good + self.warned + self.wrong).max(1);
        let length = |n: usize| if n == 0 { 0 } else { (n * 556 / all).max(3) };
        [length(self.good), length(self.warned), length(self.wrong)]
    }
}

/// What a cell is to be read as: the column, what it holds, and what is meant.
pub type Mend = (usize, String, String);

/// Puts what was meant where the file says something else.
pub fn mended(table: &mut Table, mends: &[Mend]) {
    for row in &mut table.rows {
        for (column, found, meant) in mends {
            let Some(cell) = row.cells.get_mut(*column) else { continue };
            if cell == found {
                meant.clone_into(cell);
            } else if !found.is_empty() && cell.contains(found.as_str()) {
                *cell = cell.replace(found.as_str(), meant);
            }
        }
    }
}

pub fn tally(trial: &Trial) -> Tally {
    let rows = |error: bool| -> BTreeSet<usize> {
        trial.remarks.iter().filter(|one| one.error == error).map(|one| one.row).collect()
    };
    let (wrong, warned) = (rows(true), rows(false));
    let warned = warned.difference(&wrong).count();
    let wrong = wrong.len();
    Tally { good: trial.rows.saturating_sub(warned + wrong), warned, wrong }
}

pub fn columns(table: &Table, fields: &[Field], trial: &Trial) -> Vec<ColumnRow> {
    let sample = |column: usize| -> String {
        let cell = table
            .rows
            .iter()
            .find_map(|row| row.cells.get(column).filter(|cell| !cell.is_empty()).cloned());
        cell.unwrap_or_default().chars().take(24).collect()
    };
    let light = |column: usize, field: &Field| {
        let letters = column_letters(column);
        let about = || trial.remarks.iter().filter(|one| one.column == letters);
        match () {
            () if *field == Field::Skip => "idle",
            () if about().any(|one| one.error) => "late",
            () if about().next().is_some() => "warn",
            () => "ok",
        }
    };
    let rows = table.header.iter().zip(fields).enumerate();
    rows.map(|(column, (heading, field))| ColumnRow {
        heading: heading.clone(),
        sample: sample(column),
        field: field.word(),
        light: light(column, field),
    })
    .collect()
}

/// The remarks, errors first, those about the same text together.
pub fn groups(trial: &Trial, w: &Words) -> Vec<Group> {
    let mut list: Vec<(&Remark, usize)> = Vec::new();
    for remark in &trial.remarks {
        let same = |other: &&mut (&Remark, usize)| {
            let one = other.0;
            (one.error, &one.column, one.why, &one.found)
                == (remark.error, &remark.column, remark.why, &remark.found)
        };
        match list.iter_mut().find(same) {
            Some(known) => known.1 += 1,
            None => list.push((remark, 1)),
        }
        if list.len() > LISTED * 4 {
            break;
        }
    }
    list.sort_by_key(|(remark, _)| !remark.error);
    list.into_iter().take(LISTED).map(|(remark, n)| group(remark, n, w)).collect()
}

fn group(remark: &Remark, n: usize, w: &Words) -> Group {
    let row = remark.row.to_string();
    let place = match n {
        1 => w.a("import-row", &[("n", &row)]),
        n => w.a("import-place-many", &[("row", &row), ("n", &n.to_string())]),
    };
    let instead = remark.instead.clone().unwrap_or_default();
    let mends = [
        "import-day-wrong",
        "import-day-interpreted",
        "import-unit-unknown",
        "import-unit-near",
        "import-post-unknown",
        "import-start-after-due",
    ];
    Group {
        error: remark.error,
        place,
        heading: remark.heading.clone(),
        text: w.a(remark.why, &[("found", &remark.found), ("instead", &instead)]),
        mend: mends.contains(&remark.why).then(|| (remark.at, remark.found.clone())),
        instead,
    }
}

/// The words a row's remarks make, for the file that goes back to whoever wrote it.
pub fn annotated(table: &Table, trial: &Trial, heading: &str, w: &Words) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    let mut line = |cells: &[String]| {
        let quoted: Vec<String> =
            cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        text.push_str(&quoted.join(","));
        text.push_str("\r\n");
    };
    let mut header = table.header.clone();
    header.push(heading.to_owned());
    line(&header);
    for row in &table.rows {
        let told: Vec<String> = trial
            .remarks
            .iter()
            .filter(|one| one.row == row.number)
            .map(|one| {
                let instead = one.instead.clone().unwrap_or_default();
                let args = [("found", &*one.found), ("instead", &*instead)];
                format!("{}：{}", one.heading, w.a(one.why, &args))
            })
            .collect();
        let mut cells = row.cells.clone();
        cells.resize(table.header.len(), String::new());
        cells.push(told.join("；"));
        line(&cells);
    }
    text.into_bytes()
}

/// Units that would lead something.
pub fn leads(trial: &Trial, roster: &Roster) -> usize {
    let leads: BTreeSet<i64> = trial
        .items
        .iter()
        .filter_map(|item| item.content.lead)
        .filter(|unit| roster.unit(*unit).is_some())
        .map(|unit| unit.0)
        .collect();
    leads.len()
}
