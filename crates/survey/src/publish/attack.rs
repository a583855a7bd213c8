//! What an outsider can tell of the cells that were left out.

use std::collections::BTreeSet;

use super::simplex::{Corner, Optimum, Overflow};
use super::{GREATEST, Publication, Tables, Unpublished};

/// What a cell that was left out can be, at the least and at the most.
///
/// ```
/// use survey::publish::{Range, Tables, attack};
/// let rows = [vec!["a".to_owned()], vec!["b".to_owned()]];
/// let tables = Tables::count(&["group"], &rows, &[vec![0]])?;
/// let found = attack(&tables, &vec![Some(2), None, None])?;
/// assert_eq!(found[0], Range { cell: 1, low: 0, high: 2 });
/// # Ok::<(), survey::publish::Unpublished>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The cell's place.
    pub cell: usize,
    /// The smallest count that agrees with everything published.
    pub low: u64,
    /// The largest; [`u64::MAX`] if there is no limit.
    pub high: u64,
}

/// Finds for every cell left out the exact smallest and largest count that agrees with all
/// published cells, all sums, and counts that are not negative. Knows nothing else: of `tables`
/// only the sums are used.
///
/// Bounds are those of the linear programs, tightened to whole numbers.
///
/// # Errors
/// [`Unpublished`] if the publication has other cells, contradicts itself or is too large.
///
/// ```
/// use survey::publish::{Tables, attack};
/// let rows = [vec!["a".to_owned()], vec!["b".to_owned()], vec!["a".to_owned()]];
/// let tables = Tables::count(&["group"], &rows, &[vec![0]])?;
/// // Only one cell of a sum is left out: the others give it back.
/// let found = attack(&tables, &vec![Some(3), None, Some(1)])?;
/// assert_eq!((found[0].low, found[0].high), (2, 2));
/// # Ok::<(), survey::publish::Unpublished>(())
/// ```
pub fn attack(tables: &Tables, publication: &Publication) -> Result<Vec<Range>, Unpublished> {
    let (found, expected) = (publication.len(), tables.keys.len());
    if found != expected {
        return Err(Unpublished::Cells { found, expected });
    }
    if publication.iter().flatten().any(|count| *count > GREATEST) {
        return Err(Unpublished::TooLarge);
    }
    let mut ranges = Vec::new();
    for group in groups(tables, publication) {
        ranges.extend(ranges_of(tables, publication, &group)?);
    }
    ranges.sort_unstable_by_key(|range| range.cell);
    Ok(ranges)
}

/// Cells that a publication does not protect: one left out that can be told exactly, a small one
/// left out that can be told to within fewer than `least`, or a small one that is published.
///
/// # Errors
/// As [`attack`].
///
/// ```
/// use survey::publish::{Tables, leaks};
/// let rows = [vec!["a".to_owned()], vec!["b".to_owned()], vec!["a".to_owned()]];
/// let tables = Tables::count(&["group"], &rows, &[vec![0]])?;
/// assert_eq!(leaks(&tables, &vec![Some(3), None, Some(1)], 3)?.len(), 2);
/// # Ok::<(), survey::publish::Unpublished>(())
/// ```
pub fn leaks(
    tables: &Tables,
    publication: &Publication,
    least: u64,
) -> Result<Vec<Range>, Unpublished> {
    let mut found = attack(tables, publication)?;
    found.retain(|range| {
        let width = range.high - range.low;
        width == 0 || (tables.is_small(range.cell, least) && width < least)
    });
    for (cell, count) in publication.iter().enumerate() {
        if let Some(count) = count
            && tables.is_small(cell, least)
        {
            found.push(Range { cell, low: *count, high: *count });
        }
    }
    found.sort_unstable_by_key(|range| range.cell);
    Ok(found)
}

/// The cells left out, in groups that no sum connects.
fn groups(tables: &Tables, publication: &Publication) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..publication.len()).collect();
    for sum in &tables.sums {
        let mut open = hidden(sum.total, &sum.parts, publication);
        let Some(first) = open.next().map(|cell| group_of[cell]) else { continue };
        let others: Vec<usize> = open.map(|cell| group_of[cell]).collect();
        group_of.iter_mut().filter(|group| others.contains(group)).for_each(|one| *one = first);
    }
    let mut groups = std::collections::BTreeMap::<usize, Vec<usize>>::new();
    for (cell, group) in group_of.into_iter().enumerate() {
        if publication[cell].is_none() {
            groups.entry(group).or_default().push(cell);
        }
    }
    groups.into_values().collect()
}

fn hidden<'a>(
    total: usize,
    parts: &'a [usize],
    publication: &'a Publication,
) -> impl Iterator<Item = usize> + 'a {
    std::iter::once(total).chain(parts.iter().copied()).filter(|cell| publication[*cell].is_none())
}

/// The cells of a group as unknowns under all sums that touch them.
fn corner(
    tables: &Tables,
    publication: &Publication,
    group: &[usize],
) -> Result<Corner, Unpublished> {
    let place = |cell: usize| group.binary_search(&cell).ok();
    let mut equations = BTreeSet::new();
    for sum in &tables.sums {
        if !hidden(sum.total, &sum.parts, publication).any(|cell| place(cell).is_some()) {
            continue;
        }
        let (mut coefficients, mut right) = (vec![0; group.len()], 0);
        let parts = sum.parts.iter().map(|part| (*part, 1));
        for (cell, sign) in parts.chain([(sum.total, -1)]) {
            match (publication[cell], place(cell)) {
                (Some(count), _) => right -= sign * i128::from(count),
                (None, Some(at)) => coefficients[at] += sign,
                (None, None) => {}
            }
        }
        equations.insert((coefficients, right));
    }
    let equations: Vec<_> = equations.into_iter().collect();
    let corner = Corner::of(group.len(), &equations).map_err(too_large)?;
    corner.ok_or(Unpublished::Contradiction)
}

fn too_large(_: Overflow) -> Unpublished {
    Unpublished::TooLarge
}

/// The largest count of an unknown that agrees.
fn highest(corner: &mut Corner, at: usize, unknowns: usize) -> Result<u64, Unpublished> {
    let mut weights = vec![0; unknowns];
    weights[at] = 1;
    Ok(match corner.climb(&weights).map_err(too_large)? {
        Optimum::At(value, denominator) => value.div_euclid(denominator) as u64,
        Optimum::Unbounded => u64::MAX,
    })
}

/// The smallest.
fn lowest(corner: &mut Corner, at: usize, unknowns: usize) -> Result<u64, Unpublished> {
    let mut weights = vec![0; unknowns];
    weights[at] = -1;
    Ok(match corner.climb(&weights).map_err(too_large)? {
        // Less than nothing, rounded down, is the smallest rounded up.
        Optimum::At(value, denominator) => (-value.div_euclid(denominator)) as u64,
        Optimum::Unbounded => 0,
    })
}

fn ranges_of(
    tables: &Tables,
    publication: &Publication,
    group: &[usize],
) -> Result<Vec<Range>, Unpublished> {
    let mut corner = corner(tables, publication, group)?;
    let range = |(at, cell): (usize, &usize)| {
        let high = highest(&mut corner, at, group.len())?;
        let low = lowest(&mut corner, at, group.len())?;
        Ok(Range { cell: *cell, low, high })
    };
    group.iter().enumerate().map(range).collect()
}

/// The first small cell left out that can be told to within fewer than `least`. As the true
/// counts are at hand here, every corner the search passes counts as seen, and few cells need a
/// search of their own.
pub(super) fn exposed(
    tables: &Tables,
    publication: &Publication,
    least: u64,
) -> Result<Option<usize>, Unpublished> {
    for group in groups(tables, publication) {
        let is_small = |cell: &usize| tables.is_small(*cell, least);
        if !group.iter().any(is_small) {
            continue;
        }
        let mut corner = corner(tables, publication, &group)?;
        let truth = |cell: &usize| i128::from(tables.counts[*cell]);
        let mut seen: Vec<(i128, i128)> =
            group.iter().map(|cell| (truth(cell), truth(cell))).collect();
        for (at, cell) in group.iter().enumerate().filter(|(_, cell)| is_small(cell)) {
            let is_wide = |seen: &[(i128, i128)]| seen[at].1 - seen[at].0 >= least.into();
            if is_wide(&seen) {
                continue;
            }
            let high = highest(&mut corner, at, group.len())?;
            see(&mut seen, &corner);
            if high == u64::MAX || is_wide(&seen) {
                continue;
            }
            let low = lowest(&mut corner, at, group.len())?;
            see(&mut seen, &corner);
            if high - low < least {
                return Ok(Some(*cell));
            }
        }
    }
    Ok(None)
}

fn see(seen: &mut [(i128, i128)], corner: &Corner) {
    for (range, value) in seen.iter_mut().zip(corner.values()) {
        // Rounded down, a value may lie one below what agrees: it widens nothing downwards.
        *range = (range.0.min(value + 1), range.1.max(value));
    }
}
