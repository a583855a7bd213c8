//! Matrices of trues and falses whose rows agree with one another in half of their places.

/// A Hadamard matrix with a first row of trues and a further row for each of some pairs.
///
/// It is the one R's survey 4.1-1 takes, so that halves balanced by it give the same numbers: one
/// of four rows doubled, or Paley's where that is smaller. Where R reads one of 28 or 36 rows from
/// a table (24 to 27 pairs, 32 to 35, and some numbers above 47), it is the smallest of ours.
pub(super) fn balanced(pairs: usize) -> Vec<Vec<bool>> {
    let next = pairs - pairs % 4 + 4;
    match next {
        4 | 16 => return doubled(vec![vec![true]], next),
        28 | 36 => return smallest(next),
        _ => {}
    }
    let grown = |size: usize| {
        let mut grown = size;
        while grown <= pairs {
            grown *= 2;
        }
        grown
    };
    let sizes = [4, 16, 28, 36].map(|size| (grown(size), size));
    let (least, core) = sizes.into_iter().min_by_key(|(grown, _)| *grown).unwrap_or((4, 4));
    if least - pairs > 4
        && let Some(rows) = by_prime(pairs, least)
    {
        return rows;
    }
    match core {
        4 | 16 => doubled(vec![vec![true]], least),
        _ => smallest(next),
    }
}

/// Paley's matrix of a prime that is near enough, or twice one.
fn by_prime(pairs: usize, most: usize) -> Option<Vec<Vec<bool>>> {
    let next = pairs - pairs % 4 + 4;
    if pairs % 4 + 4 == pairs % 8 {
        let mut core = next;
        while core.is_multiple_of(8) {
            core /= 2;
        }
        if is_prime(core - 1) {
            return Some(doubled(paley(core - 1), next));
        }
    }
    let prime = (pairs..).find(|number| number % 4 == 3 && is_prime(*number))?;
    if prime + 1 > next + 4 && next + 4 < most {
        return by_prime(next + 3, 2 * (next + 3));
    }
    (prime <= most).then(|| paley(prime))
}

/// The smallest of at least this size that doubling and Paley's primes give.
fn smallest(least: usize) -> Vec<Vec<bool>> {
    let core = |size: usize| {
        let halves = std::iter::successors(Some(size), |size| (size % 2 == 0).then(|| size / 2));
        halves.into_iter().find(|core| *core == 1 || (core % 4 == 0 && is_prime(core - 1)))
    };
    let found = (least..).find_map(|size| core(size).map(|core| (size, core)));
    let (size, core) = found.unwrap_or((1, 1));
    doubled(if core == 1 { vec![vec![true]] } else { paley(core - 1) }, size)
}

fn is_prime(number: usize) -> bool {
    number > 2 && (2..).take_while(|d| d * d <= number).all(|d| !number.is_multiple_of(d))
}

/// Sylvester's doubling until a size is reached.
fn doubled(mut rows: Vec<Vec<bool>>, size: usize) -> Vec<Vec<bool>> {
    while rows.len() < size {
        let beside = rows.iter().map(|row| row.iter().chain(row).copied().collect());
        let opposite =
            |row: &Vec<bool>| row.iter().copied().chain(row.iter().map(|c| !c)).collect();
        rows = beside.chain(rows.iter().map(opposite)).collect();
    }
    rows
}

/// Paley's first construction for a prime that is 3 modulo 4, in sums: false where row and column
/// add up to a square.
fn paley(prime: usize) -> Vec<Vec<bool>> {
    let mut square = vec![false; prime];
    (0..prime).for_each(|root| square[root * root % prime] = true);
    let rest = (0..prime).map(|row| {
        let cell = |column: usize| !square[(row + column) % prime];
        std::iter::once(true).chain((0..prime).map(cell)).collect()
    });
    std::iter::once(vec![true; prime + 1]).chain(rest).collect()
}

#[cfg(test)]
mod tests;
