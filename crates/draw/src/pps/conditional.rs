//! Conditional Poisson sampling: units are taken or left one by one along the frame, each on its
//! own number, as independent takings would be if they happened to give the wanted size.

use super::{GREATEST_TABLE, Pps, Wrong};
use crate::Lot;

/// Rounds of the iteration; it takes some ten, and some hundred near certainty.
const ROUNDS: usize = 2000;
/// The greatest difference from the wanted probabilities.
const CLOSE: f64 = 1e-12;

/// The design of greatest entropy with given inclusion probabilities.
///
/// Memory and time of every step: units times sample.
///
/// ```
/// use draw::pps::{ConditionalPoisson, Pps};
/// let pps = Pps::new(&[1, 2, 3, 4], 2)?;
/// let drawn = ConditionalPoisson::new(&pps)?.sample(&["a", "b", "c", "d"], "seed");
/// assert_eq!(drawn.len(), 2);
/// # Ok::<(), draw::pps::Wrong>(())
/// ```
#[derive(Clone, Debug)]
pub struct ConditionalPoisson {
    units: usize,
    open: Vec<usize>,
    left: usize,
    /// The chance of each open unit if it were taken independently.
    pub(super) takings: Vec<f64>,
    /// For each open unit and count: the chance that this unit and those after it make it.
    after: Table,
}

/// Chances of counts, a row for each unit and one more.
#[derive(Clone, Debug)]
struct Table {
    width: usize,
    cells: Vec<f64>,
}

impl Table {
    /// The chances that units from the first on (or up to it, for reversed ones) make a count.
    fn of(takings: impl DoubleEndedIterator<Item = f64> + ExactSizeIterator, most: usize) -> Self {
        let (width, rows) = (most + 1, takings.len());
        let mut cells = vec![0.0; (rows + 1) * width];
        cells[rows * width] = 1.0;
        for (row, taking) in takings.enumerate().rev() {
            for count in 0..width {
                let below = (row + 1) * width + count;
                let with = if count == 0 { 0.0 } else { cells[below - 1] };
                cells[row * width + count] = taking * with + (1.0 - taking) * cells[below];
            }
        }
        Self { width, cells }
    }

    fn at(&self, row: usize, count: usize) -> f64 {
        self.cells[row * self.width + count]
    }
}

impl ConditionalPoisson {
    /// Finds the independent chances that give the wanted inclusion probabilities.
    ///
    /// # Errors
    /// [`Wrong::TooManyPairs`] for frames too large for a table, [`Wrong::NotReached`].
    ///
    /// ```
    /// use draw::pps::{ConditionalPoisson, Pps};
    /// let design = ConditionalPoisson::new(&Pps::new(&[1, 2, 3, 4], 2)?)?;
    /// assert!((design.joint(0, 1) + design.joint(0, 2) + design.joint(0, 3) - 0.2).abs() < 1e-10);
    /// # Ok::<(), draw::pps::Wrong>(())
    /// ```
    pub fn new(pps: &Pps) -> Result<Self, Wrong> {
        let (units, wanted) = (pps.open.len(), pps.left);
        if (units + 1).saturating_mul(wanted + 1) > GREATEST_TABLE {
            return Err(Wrong::TooManyPairs { units, wanted });
        }
        let aims: Vec<f64> = pps.open.iter().map(|place| pps.probabilities[*place]).collect();
        let mut takings = aims.clone();
        let mut off = f64::INFINITY;
        for _ in 0..ROUNDS {
            let reached = inclusion(&takings, wanted);
            off = reached
                .iter()
                .zip(&aims)
                .map(|(one, other)| (one - other).abs())
                .fold(0.0, f64::max);
            if off <= CLOSE {
                break;
            }
            for ((taking, reached), aim) in takings.iter_mut().zip(reached).zip(&aims) {
                let odds =
                    *taking / (1.0 - *taking) * (aim / (1.0 - aim)) / (reached / (1.0 - reached));
                *taking = odds / (1.0 + odds);
            }
        }
        if off > CLOSE {
            return Err(Wrong::NotReached(format!("{off:.1e}")));
        }
        let after = Table::of(takings.iter().copied(), wanted);
        let (open, left) = (pps.open.clone(), wanted);
        Ok(Self { units: pps.sizes.len(), open, left, takings, after })
    }

    /// The places drawn, in the order of the frame. Each unit is decided by the number of its id
    /// alone, given those before it.
    ///
    /// ```
    /// use draw::pps::{ConditionalPoisson, Pps};
    /// let design = ConditionalPoisson::new(&Pps::new(&[1, 2, 3, 4], 2)?)?;
    /// assert_eq!(design.sample(&["a", "b", "c", "d"], "seed").len(), 2);
    /// # Ok::<(), draw::pps::Wrong>(())
    /// ```
    pub fn sample<S: AsRef<str>>(&self, ids: &[S], seed: &str) -> Vec<usize> {
        let lot = Lot::new(seed, "conditional poisson");
        self.taken(|place| lot.number(ids.get(place).map_or("", AsRef::as_ref)))
    }

    pub(super) fn taken(&self, number: impl Fn(usize) -> f64) -> Vec<usize> {
        let mut left = self.left;
        let mut drawn: Vec<usize> =
            (0..self.units).filter(|place| self.open.binary_search(place).is_err()).collect();
        for (row, place) in self.open.iter().enumerate() {
            if left == 0 {
                break;
            }
            let with = self.takings[row] * self.after.at(row + 1, left - 1);
            let is_last_chance = self.open.len() - row == left;
            if is_last_chance || number(*place) * self.after.at(row, left) < with {
                drawn.push(*place);
                left -= 1;
            }
        }
        drawn.sort_unstable();
        drawn
    }

    /// The chance that two units, by their places, are drawn together; of a unit with itself, to
    /// be drawn; for places beyond the frame, nothing.
    ///
    /// ```
    /// use draw::pps::{ConditionalPoisson, Pps};
    /// let design = ConditionalPoisson::new(&Pps::new(&[1, 1, 1], 2)?)?;
    /// assert!((design.joint(0, 2) - 1.0 / 3.0).abs() < 1e-10);
    /// # Ok::<(), draw::pps::Wrong>(())
    /// ```
    pub fn joint(&self, one: usize, other: usize) -> f64 {
        if one.max(other) >= self.units {
            return 0.0;
        }
        let mut both: Vec<usize> =
            [one, other].iter().filter_map(|place| self.open.binary_search(place).ok()).collect();
        both.dedup();
        let Some(rest) = self.left.checked_sub(both.len()) else { return 0.0 };
        let others: Vec<f64> = (self.takings.iter().enumerate())
            .filter(|(row, _)| !both.contains(row))
            .map(|(_, taking)| *taking)
            .collect();
        let with: f64 = both.iter().map(|row| self.takings[*row]).product();
        with * Table::of(others.iter().copied(), rest).at(0, rest) / self.after.at(0, self.left)
    }
}

/// The inclusion probabilities that independent takings give when their number is known.
fn inclusion(takings: &[f64], wanted: usize) -> Vec<f64> {
    if wanted == 0 {
        return vec![0.0; takings.len()];
    }
    let after = Table::of(takings.iter().copied(), wanted);
    let before = Table::of(takings.iter().rev().copied(), wanted);
    let all = after.at(0, wanted);
    let of = |(row, taking): (usize, &f64)| {
        let others: f64 = (0..wanted)
            .map(|count| {
                before.at(takings.len() - row, count) * after.at(row + 1, wanted - 1 - count)
            })
            .sum();
        taking * others / all
    };
    takings.iter().enumerate().map(of).collect()
}
