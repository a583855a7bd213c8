//! Dependent rounding (Gandhi et al. 2006): chances become 0 or 1 along cycles and paths, so that
//! each keeps its expectation, each row its sum and each column its sum but for the fraction.

/// A chance this near to 0 or 1 is taken as it: errors of addition, not chances.
const NEAR: f64 = 1e-9;

fn is_open(chance: f64) -> bool {
    chance > NEAR && chance < 1.0 - NEAR
}

/// Rounds every cell. `number` gives a fresh uniform number for each step, counted from 0.
pub(super) fn round(cells: &mut [Vec<f64>], number: impl Fn(usize) -> f64) {
    let columns = cells.first().map_or(0, Vec::len);
    let mut step = 0;
    while let Some(start) = start(cells, columns) {
        let walk = walk(cells, start, columns);
        let (mut up, mut down) = (f64::INFINITY, f64::INFINITY);
        for (nth, (row, column)) in walk.iter().enumerate() {
            let chance = cells[*row][*column];
            let (room, rest) = (1.0 - chance, chance);
            let (more, less) = if nth % 2 == 0 { (room, rest) } else { (rest, room) };
            up = up.min(more);
            down = down.min(less);
        }
        let change = if number(step) * (up + down) < down { up } else { -down };
        for (nth, (row, column)) in walk.iter().enumerate() {
            let cell = &mut cells[*row][*column];
            *cell += if nth % 2 == 0 { change } else { -change };
            if !is_open(*cell) {
                *cell = cell.round();
            }
        }
        step += 1;
    }
    cells.iter_mut().flatten().for_each(|chance| *chance = chance.round());
}

/// A column to begin at: one with a single open cell, whose fraction cannot be kept, or else any
/// with open ones.
fn start(cells: &[Vec<f64>], columns: usize) -> Option<usize> {
    let open = |column: &usize| cells.iter().filter(|row| is_open(row[*column])).count();
    let mut any = None;
    for column in 0..columns {
        match open(&column) {
            0 => {}
            1 => return Some(column),
            _ => any = any.or(Some(column)),
        }
    }
    any
}

/// Open cells of a path between two columns, or of a cycle: columns and rows in turns, so that
/// every second cell is the other one of its row.
fn walk(cells: &[Vec<f64>], start: usize, columns: usize) -> Vec<(usize, usize)> {
    let mut walk: Vec<(usize, usize)> = Vec::new();
    let mut passed = vec![start];
    let mut column = start;
    loop {
        let came = walk.last().copied();
        let down = (0..cells.len())
            .find(|row| is_open(cells[*row][column]) && came.is_none_or(|(last, _)| last != *row));
        let Some(row) = down else { return walk };
        if let Some(first) = walk.iter().position(|(passed, _)| *passed == row) {
            // Back in a row: what it was left through and what it is come back by are its two.
            let mut cycle = walk.split_off(first + 1);
            cycle.push((row, column));
            return cycle;
        }
        let across = (0..columns).find(|other| *other != column && is_open(cells[row][*other]));
        walk.push((row, column));
        // A row adds up to a whole number: it has a second open cell but for errors of addition.
        let Some(other) = across else { return walk };
        walk.push((row, other));
        if let Some(first) = passed.iter().position(|column| *column == other) {
            return walk.split_off(2 * first);
        }
        passed.push(other);
        column = other;
    }
}
