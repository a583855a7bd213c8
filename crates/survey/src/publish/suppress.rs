//! Choosing what to leave out: all small cells, and others until the attacker cannot tell them.

use super::attack::{attack, exposed};
use super::{Publication, Tables, Unpublished};

/// Leaves out every cell that counts somebody but fewer than `least`, and others, cheapest
/// first, until the attacker can tell no small cell to within fewer than `least`, and nothing
/// left out exactly. None of the others can be given back alone.
///
/// Inner cells are cheaper than sums, small counts cheaper than large ones; cells that count
/// nobody are not left out unless nothing else is there.
///
/// # Errors
/// [`Unpublished::TooLarge`] for counts beyond exact arithmetic.
///
/// ```
/// use survey::publish::{Tables, leaks, suppress};
/// let rows: Vec<Vec<String>> =
///     (0..40).map(|nth| vec![(nth % 7 / 6).to_string(), (nth % 3).to_string()]).collect();
/// let tables = Tables::count(&["a", "b"], &rows, &[vec![0, 1]])?;
/// let publication = suppress(&tables, 3)?;
/// assert!(leaks(&tables, &publication, 3)?.is_empty());
/// # Ok::<(), survey::publish::Unpublished>(())
/// ```
pub fn suppress(tables: &Tables, least: u64) -> Result<Publication, Unpublished> {
    let cell = |(place, count): (usize, &u64)| (!tables.is_small(place, least)).then_some(*count);
    let mut publication: Publication = tables.counts.iter().enumerate().map(cell).collect();
    let mut added = Vec::new();
    while let Some(found) = exposed(tables, &publication, least)? {
        let Some(other) = complement(tables, &publication, found, least) else { break };
        publication[other] = None;
        added.push(other);
    }
    // The dearest first: whatever protection does not need is published after all.
    added.sort_by_key(|cell| std::cmp::Reverse(cost(tables, *cell, least)));
    for cell in added {
        publication[cell] = Some(tables.counts[cell]);
        if exposed(tables, &publication, least)?.is_some() {
            publication[cell] = None;
        }
    }
    // What the attacker can tell exactly hides nothing.
    for range in attack(tables, &publication)?.iter().filter(|range| range.low == range.high) {
        publication[range.cell] = Some(tables.counts[range.cell]);
    }
    Ok(publication)
}

/// The cheapest cell to leave out as well: in the sum of the exposed cell that hides least, or,
/// when its sums are all left out, in those that follow from it.
fn complement(
    tables: &Tables,
    publication: &Publication,
    cell: usize,
    least: u64,
) -> Option<usize> {
    let cells = |sum: &super::Sum| {
        std::iter::once(sum.total).chain(sum.parts.iter().copied()).collect::<Vec<usize>>()
    };
    let mut near = vec![cell];
    loop {
        let touching: Vec<Vec<usize>> = tables
            .sums
            .iter()
            .map(cells)
            .filter(|sum| sum.iter().any(|cell| near.contains(cell)))
            .collect();
        let is_open = |cell: &usize| publication[*cell].is_some();
        let best = touching
            .iter()
            .filter(|sum| sum.iter().any(is_open))
            .min_by_key(|sum| sum.iter().filter(|cell| !is_open(cell)).count());
        if let Some(sum) = best {
            let open = sum.iter().copied().filter(is_open);
            return open.min_by_key(|cell| cost(tables, *cell, least));
        }
        let wider: Vec<usize> =
            touching.into_iter().flatten().filter(|cell| !near.contains(cell)).collect();
        if wider.is_empty() {
            return None;
        }
        near.extend(wider);
    }
}

/// Nobody counted last; then sums after inner cells; then what is too small to hide anything;
/// then by count.
fn cost(tables: &Tables, cell: usize, least: u64) -> (bool, usize, bool, u64) {
    let sums = tables.sums.iter().filter(|sum| sum.total == cell).count();
    let count = tables.counts[cell];
    (count == 0, sums, count < least, count)
}
