//! Where the header is: title rows above it are left out, merged levels become one name a column,
//! and a text merged down over several rows holds for each of them.

use std::collections::BTreeMap;

use super::{Area, Cell, Fault, Grid, Limits, Meter, Table};

/// Rows looked at to find the header.
const SEARCHED: usize = 30;
/// Levels a header may have.
const LEVELS: u32 = 3;

pub(super) fn table(mut grid: Grid, limits: &Limits) -> Result<Table, Fault> {
    let Some(place) = header_place(&grid) else {
        return Err(Fault::Empty { name: grid.name });
    };
    let (top, bottom) = levels(&grid, place);
    fill_down(&mut grid, bottom, limits)?;
    let body = grid.rows.iter().filter(|(row, _)| *row > bottom);
    let last = |cells: &[(u32, String)]| cells.last().map_or(0, |cell| cell.0);
    let header_rows = grid.rows.iter().filter(|(row, _)| (top..=bottom).contains(row));
    let spans = grid.merges.iter().filter(|area| (top..=bottom).contains(&area.top));
    let spanned = spans.map(|area| area.right.min(limits.columns));
    let own = header_rows.map(|(_, cells)| last(cells));
    let columns = body.clone().map(|(_, cells)| last(cells)).chain(own).chain(spanned).max();
    let columns = columns.unwrap_or_default();
    let count = body.clone().count();
    let cells = count.saturating_mul(columns as usize);
    if cells > limits.cells {
        return Err(Fault::TooManyCells { cells, limit: limits.cells });
    }
    let header = names(&grid, top, bottom, columns);
    let rows = body.map(|(row, cells)| padded(*row, cells, columns)).collect();
    Ok(Table { name: grid.name, header_row: bottom, header, rows })
}

/// The place of the header among the rows: the first that names at least half of the columns, with
/// two different names. A title stands alone, or is merged over everything.
fn header_place(grid: &Grid) -> Option<usize> {
    let sample = || grid.rows.iter().take(SEARCHED);
    let width = sample().map(|(_, cells)| cells.len()).max()?;
    let is_header = |row: u32, cells: &[(u32, String)]| {
        let differs = cells.iter().any(|cell| cell.1 != cells[0].1);
        differs && covered(grid, row, cells) * 2 >= width
    };
    Some(sample().position(|(row, cells)| is_header(*row, cells)).unwrap_or_default())
}

/// How many columns a row's cells cover, merged ones over their whole width.
fn covered(grid: &Grid, row: u32, cells: &[(u32, String)]) -> usize {
    let width = |column: u32| {
        let over = grid.merges.iter().find(|area| area.top == row && area.left == column);
        over.map_or(1, |area| area.right.saturating_sub(area.left) as usize + 1)
    };
    cells.iter().map(|cell| width(cell.0)).sum()
}

/// The first and the last row of the header.
fn levels(grid: &Grid, place: usize) -> (u32, u32) {
    let top = grid.rows[place].0;
    let own = || grid.merges.iter().filter(|area| area.top == top && area.left <= area.right);
    let deepest = own().map(|area| area.bottom).max().unwrap_or(top);
    let is_filled = |row: u32, area: &Area| {
        let cells = grid.rows.iter().find(|one| one.0 == row).map(|one| &one.1);
        let within = |cell: &&(u32, String)| (area.left..=area.right).contains(&cell.0);
        let count = cells.map_or(0, |cells| cells.iter().filter(within).count());
        count == area.right.saturating_sub(area.left) as usize + 1
    };
    let below = own().any(|area| area.left < area.right && is_filled(area.bottom + 1, area));
    let bottom = if below { deepest.max(top + 1) } else { deepest };
    (top, bottom.clamp(top, top + LEVELS - 1))
}

/// One name a column: the lowest level's, with the one above it where the lowest alone would name
/// two columns alike.
fn names(grid: &Grid, top: u32, bottom: u32, columns: u32) -> Vec<String> {
    let mut at: BTreeMap<(u32, u32), &str> = BTreeMap::new();
    for (row, cells) in grid.rows.iter().filter(|(row, _)| (top..=bottom).contains(row)) {
        for (column, text) in cells {
            at.insert((*row, *column), text);
        }
    }
    for area in grid.merges.iter().filter(|area| (top..=bottom).contains(&area.top)) {
        let Some(text) = at.get(&(area.top, area.left)).copied() else { continue };
        for row in area.top..=area.bottom.min(bottom) {
            for column in area.left..=area.right.min(columns) {
                at.entry((row, column)).or_insert(text);
            }
        }
    }
    let parts = |column: u32| {
        let mut parts: Vec<String> = (top..=bottom)
            .filter_map(|row| at.get(&(row, column)))
            .map(|text| one_line(text))
            .collect();
        parts.dedup();
        parts
    };
    let all: Vec<Vec<String>> = (1..=columns).map(parts).collect();
    let lowest = |parts: &[String]| parts.last().cloned().unwrap_or_default();
    let name = |parts: &Vec<String>| {
        let own = lowest(parts);
        let alike = all.iter().filter(|other| lowest(other) == own).count();
        if alike > 1 && parts.len() > 1 { parts.join(" ") } else { own }
    };
    all.iter().map(name).collect()
}

/// A name typed over several lines, in one: a space only where the words need one.
fn one_line(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        let is_plain = |c: Option<char>| c.is_some_and(|c| c.is_ascii());
        if is_plain(out.chars().next_back()) && is_plain(word.chars().next()) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Gives every row below the header the text that is merged down over it.
fn fill_down(grid: &mut Grid, header: u32, limits: &Limits) -> Result<(), Fault> {
    // One text can be merged down over every row: what is added counts like what stands there.
    let mut meter = Meter::new(limits);
    let mut areas: Vec<Area> = grid
        .merges
        .iter()
        .filter(|area| area.top > header && area.bottom > area.top)
        .copied()
        .collect();
    areas.sort_by_key(|area| (area.left, area.top));
    let mut filled = (0, 0);
    for area in areas {
        // Areas never overlap in a sound file; passing over those that do bounds the work.
        if area.left == filled.0 && area.top <= filled.1 {
            continue;
        }
        filled = (area.left, area.bottom);
        let from = grid.rows.partition_point(|(row, _)| *row < area.top);
        let Some((row, cells)) = grid.rows.get(from) else { continue };
        let text = cells.iter().find(|cell| cell.0 == area.left).map(|cell| cell.1.clone());
        let (true, Some(text)) = (*row == area.top, text) else { continue };
        let covered = grid.rows[from + 1..].iter_mut().take_while(|(row, _)| *row <= area.bottom);
        for (row, cells) in covered {
            meter.keep(&text, *row, area.left, 0)?;
            if let Err(place) = cells.binary_search_by_key(&area.left, |cell| cell.0) {
                cells.insert(place, (area.left, text.clone()));
            }
        }
    }
    Ok(())
}

fn padded(row: u32, cells: &[(u32, String)], columns: u32) -> Vec<Cell> {
    let mut out: Vec<Cell> =
        (1..=columns).map(|column| Cell { text: String::new(), row, column }).collect();
    for (column, text) in cells {
        if let Some(cell) = out.get_mut(*column as usize - 1) {
            cell.text.clone_from(text);
        }
    }
    out
}
