//! A workbook that goes out, is edited by hand, and comes back: a three-way merge, cell by cell.
//!
//! ```text
//! base    what the file was made from, kept in a sheet of it that nobody sees
//! edited  what the person made of it
//! current what is there now
//!
//! edited = base                      nothing was asked
//! edited ≠ base, current = base      a change
//! edited ≠ base, current = edited    both sides did the same: nothing is left to do
//! edited ≠ base ≠ current            a conflict: it is reported, and nothing is overwritten
//! ```
//!
//! Rows are told apart by a number in a hidden column, so that they may be sorted, filtered and
//! moved; a row without one is new, a row that is missing is reported and never deleted. This is
//! the merge of `diff3` (Khanna, Kunal, Pierce: "A Formal Investigation of Diff3", 2007) with
//! cells in the place of lines, where no alignment has to be guessed.
//!
//! ```
//! use paper::merge::{Column, Kind, Line, merge, read, write};
//! let columns = [
//!     Column::fixed("number", "编号", 8, Kind::Text),
//!     Column::free("title", "问题", 30, Kind::Text),
//!     Column::free("due_on", "时限", 12, Kind::Day),
//! ];
//! let cells = |title: &str| vec!["2-097".into(), title.into(), "2015-11-20".into()];
//! let out = [Line { id: 97, version: 4, cells: cells("另收 6 项材料") }];
//! let bytes = write("问题清单", &columns, &out, (2015, 11, 20)).unwrap();
//! // Nobody edited it: nothing is to be done, whatever happened meanwhile.
//! let edited = read(&bytes, &columns).unwrap();
//! let now = |id: i64| (id == 97).then(|| Line { id, version: 5, cells: cells("改了") });
//! let outcome = merge(&edited, &columns, now);
//! assert!(outcome.changes.is_empty() && outcome.conflicts.is_empty());
//! ```

mod file;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use self::file::{Edited, MergeError, read, write};
use crate::sheet::column_letters;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A whole number.
    Number,
    /// A civil day; in cells, `YYYY-MM-DD`.
    Day,
}

/// A column of the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What the program calls it.
    pub key: String,
    pub heading: String,
    /// How wide it is shown, in characters.
    pub width: u16,
    pub kind: Kind,
    /// An edited cell of it is a change; else it is a fault.
    pub free: bool,
    /// The only texts a free cell may hold; empty where any may stand.
    pub choices: Vec<String>,
}

impl Column {
    /// A column that may be edited.
    pub fn free(key: &str, heading: &str, width: u16, kind: Kind) -> Self {
        let (key, heading) = (key.to_owned(), heading.to_owned());
        Self { key, heading, width, kind, free: true, choices: Vec::new() }
    }

    /// A column that is shown and not edited.
    pub fn fixed(key: &str, heading: &str, width: u16, kind: Kind) -> Self {
        Self { free: false, ..Self::free(key, heading, width, kind) }
    }

    /// The same with the texts its cells may hold; Excel offers them as a list.
    #[must_use]
    pub fn one_of(self, choices: Vec<String>) -> Self {
        Self { choices, ..self }
    }
}

/// A row: its number, how many times it had changed, and its cells as the columns want them:
/// trimmed text, whole numbers in digits, days as `YYYY-MM-DD`, empty for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub id: i64,
    pub version: i64,
    pub cells: Vec<String>,
}

/// A cell that was edited and may be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub id: i64,
    /// Which column, by its place in the list of columns.
    pub column: usize,
    /// Where it stands in the workbook: `C7`.
    pub at: String,
    pub was: String,
    pub now: String,
}

/// A cell that was edited in the workbook and, meanwhile, in the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub id: i64,
    pub column: usize,
    pub at: String,
    pub was: String,
    /// What the workbook says.
    pub edited: String,
    /// What the program says.
    pub current: String,
}

/// A row the workbook has and its base has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The row as Excel numbers it.
    pub row: usize,
    /// By column, as they are typed.
    pub cells: Vec<String>,
}

/// What is wrong with a cell, a row or a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// Neither a day, nor a number, nor one of the choices; or an error of a formula.
    Broken,
    /// The column may not be edited.
    Fixed,
    /// A heading the workbook did not go out with.
    UnknownColumn,
    /// A column that was taken out: its cells stay as they are.
    MissingColumn,
    /// A second row with the number of another one.
    Twice,
    /// The row is no longer there, or the reader may no longer see it.
    Gone,
}

/// A fault, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// `C7` for a cell, `7` for a row, `C` for a column; empty where there is no place.
    pub at: String,
    /// The number of the row, where there is one.
    pub id: Option<i64>,
    /// The heading, where a column is meant.
    pub heading: String,
    /// What stands there.
    pub found: String,
}

/// What comes of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub changes: Vec<Change>,
    pub conflicts: Vec<Conflict>,
    pub added: Vec<Added>,
    /// Rows of the base that the workbook no longer has; never deleted.
    pub removed: Vec<i64>,
    pub faults: Vec<Fault>,
    /// Cells that were edited to what they are now anyway.
    pub agreed: usize,
    /// Rows that were compared.
    pub rows: usize,
}

impl Outcome {
    /// The changes row by row: number, and column and new text of each cell.
    pub fn by_row(&self) -> BTreeMap<i64, Vec<&Change>> {
        let mut rows: BTreeMap<i64, Vec<&Change>> = BTreeMap::new();
        for change in &self.changes {
            rows.entry(change.id).or_default().push(change);
        }
        rows
    }
}

/// Compares base, edited and current. `current` gives a row as it is now, in the order of
/// `columns`, or nothing where it is gone; it is asked for edited rows alone.
pub fn merge(
    edited: &Edited,
    columns: &[Column],
    current: impl Fn(i64) -> Option<Line>,
) -> Outcome {
    let mut outcome = Outcome { faults: edited.faults.clone(), ..Outcome::default() };
    let mut seen = BTreeSet::new();
    for row in &edited.rows {
        let base = row.id.and_then(|id| edited.base.get(&id).map(|base| (id, base)));
        let Some((id, base)) = base else {
            if row.cells.iter().any(|cell| cell.is_some()) {
                let cells = row.cells.iter().map(|cell| cell.clone().unwrap_or_default());
                outcome.added.push(Added { row: row.number, cells: cells.collect() });
            }
            continue;
        };
        if !seen.insert(id) {
            let (at, heading) = (row.number.to_string(), String::new());
            let found = row.cells.iter().flatten().next().cloned().unwrap_or_default();
            outcome.faults.push(Fault { kind: FaultKind::Twice, at, id: Some(id), heading, found });
            continue;
        }
        outcome.rows += 1;
        compare(&mut outcome, edited, columns, (id, row, base), &current);
    }
    outcome.removed = edited.base.keys().copied().filter(|id| !seen.contains(id)).collect();
    outcome
}

/// One row of the three.
fn compare(
    outcome: &mut Outcome,
    edited: &Edited,
    columns: &[Column],
    (id, row, base): (i64, &file::Row, &Line),
    current: &impl Fn(i64) -> Option<Line>,
) {
    let mut asked = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        // A column the workbook no longer has, or did not go out with, says nothing.
        let (Some(seat), Some(was)) = (edited.seats[place], base.cells.get(place)) else {
            continue;
        };
        let typed = row.cells.get(place).cloned().flatten().unwrap_or_default();
        let at = format!("{}{}", column_letters(seat), row.number);
        let (id, heading) = (Some(id), column.heading.clone());
        match canonical(column, &typed) {
            Some(text) if text == *was => {}
            _ if !column.free => {
                let kind = FaultKind::Fixed;
                outcome.faults.push(Fault { kind, at, id, heading, found: typed });
            }
            None => {
                let kind = FaultKind::Broken;
                outcome.faults.push(Fault { kind, at, id, heading, found: typed });
            }
            Some(text) => asked.push((place, at, was.clone(), text)),
        }
    }
    if asked.is_empty() {
        return;
    }
    let Some(now) = current(id) else {
        let (at, heading, found) = (row.number.to_string(), String::new(), String::new());
        outcome.faults.push(Fault { kind: FaultKind::Gone, at, id: Some(id), heading, found });
        return;
    };
    for (column, at, was, edited) in asked {
        let current = now.cells.get(column).cloned().unwrap_or_default();
        if current == edited {
            outcome.agreed += 1;
        } else if current == was {
            outcome.changes.push(Change { id, column, at, was, now: edited });
        } else {
            outcome.conflicts.push(Conflict { id, column, at, was, edited, current });
        }
    }
}

/// A cell as its column wants it, so that what is the same reads the same; nothing where the
/// column cannot hold it.
pub fn canonical(column: &Column, text: &str) -> Option<String> {
    let text = text.trim().replace("\r\n", "\n").replace('\r', "\n");
    if text.is_empty() {
        return Some(text);
    }
    if is_error(&text) {
        return None;
    }
    if !column.choices.is_empty() {
        return column.choices.contains(&text).then_some(text);
    }
    match column.kind {
        Kind::Text => Some(text),
        Kind::Number => {
            let plain = text.replace([',', '，', ' '], "");
            plain.parse::<i64>().ok().map(|number| number.to_string())
        }
        Kind::Day => day(&text),
    }
}

/// What a formula that went wrong leaves in its cell (ECMA-376 18.17.3).
fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 8] =
        ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"];
    ERRORS.contains(&text)
}

/// A day as people and workbooks write it: `2015-11-30`, `2015/11/30`, `2015.11.30`,
/// `2015年11月30日`, or the number Excel counts days with, from 1900.
fn day(text: &str) -> Option<String> {
    let plain = text.replace(['年', '月', '/', '.'], "-");
    let plain = plain.trim_end_matches(['日', '号']);
    let parts: Vec<&str> = plain.split('-').collect();
    let (year, month, day) = match parts[..] {
        [serial] => civil(serial.parse().ok()?)?,
        [year, month, day] => (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        _ => return None,
    };
    let last = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return None,
    };
    let holds = (1900..=9999).contains(&year) && (1..=last).contains(&day);
    holds.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The civil day of a number of Excel's, whose day 1 is 1 January 1900 and which counts a
/// 29 February 1900 that was not (Hinnant's `civil_from_days`).
fn civil(serial: i64) -> Option<(i64, i64, i64)> {
    if !(1..=2_958_465).contains(&serial) {
        return None;
    }
    // 25,569 is 1 January 1970; before March 1900 Excel is a day behind.
    let since = serial - 25_569 + i64::from(serial < 60) + 719_468;
    let (era, day_of_era) = (since.div_euclid(146_097), since.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    Some((year_of_era + era * 400 + i64::from(month <= 2), month, day))
}
