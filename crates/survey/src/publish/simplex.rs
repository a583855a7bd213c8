//! Exact linear programs in whole numbers: the simplex method with integer pivoting, which keeps
//! one common denominator instead of fractions and so never rounds.
//!
//! Sources: J. Edmonds, J.-F. Maurras, *Note sur les Q-matrices d'Edmonds*, RAIRO 31 (1997), the
//! pivoting; R. G. Bland, *Mathematics of Operations Research* 2 (1977), the rule that always
//! ends.

/// The numbers left the range of exact arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overflow;

/// Where an objective ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Optimum {
    /// Numerator and positive denominator.
    At(i128, i128),
    /// It grows for ever.
    Unbounded,
}

/// Non-negative unknowns under equations, at one corner of what they allow.
#[derive(Clone, Debug)]
pub(super) struct Corner {
    /// For each equation: the coefficients, and the right side last, all times `denominator`.
    rows: Vec<Vec<i128>>,
    /// The unknown that each row is solved for.
    basis: Vec<usize>,
    unknowns: usize,
    denominator: i128,
}

impl Corner {
    /// A corner, or nothing if no unknowns satisfy the equations.
    pub(super) fn of(
        unknowns: usize,
        equations: &[(Vec<i128>, i128)],
    ) -> Result<Option<Self>, Overflow> {
        let turned = |(coefficients, right): &(Vec<i128>, i128)| {
            let sign = if *right < 0 { -1 } else { 1 };
            coefficients.iter().chain([right]).map(|one| sign * one).collect()
        };
        let rows: Vec<Vec<i128>> = equations.iter().map(turned).collect();
        // Each row begins solved for an artificial unknown of its own. One that has left never
        // comes back, so that none needs a column.
        let basis = (unknowns..unknowns + rows.len()).collect();
        let mut corner = Self { rows, basis, unknowns, denominator: 1 };
        let mut wish = vec![0; unknowns];
        wish.resize(unknowns + corner.rows.len(), -1);
        // The artificial unknowns must vanish: the greatest value of less than their sum is 0.
        if corner.climb(&wish)? != Optimum::At(0, 1) {
            return Ok(None);
        }
        corner.drop_artificial()?;
        Ok(Some(corner))
    }

    /// Solves rows for real unknowns; a row that has none says nothing and goes.
    fn drop_artificial(&mut self) -> Result<(), Overflow> {
        let mut row = 0;
        while row < self.rows.len() {
            if self.basis[row] < self.unknowns {
                row += 1;
            } else if let Some(column) = (0..self.unknowns).find(|at| self.rows[row][*at] != 0) {
                self.pivot(row, column)?;
                row += 1;
            } else {
                self.rows.remove(row);
                self.basis.remove(row);
            }
        }
        Ok(())
    }

    /// The values of the unknowns here, rounded down.
    pub(super) fn values(&self) -> Vec<i128> {
        let mut values = vec![0; self.unknowns];
        for (row, solved) in self.rows.iter().zip(&self.basis) {
            values[*solved] = row[self.unknowns].div_euclid(self.denominator);
        }
        values
    }

    /// The greatest value of a weighted sum of the unknowns, and the corner where it is.
    pub(super) fn climb(&mut self, weights: &[i128]) -> Result<Optimum, Overflow> {
        loop {
            let gains = self.gains(weights)?;
            let Some(column) = (0..self.unknowns).find(|at| gains[*at] > 0) else {
                let value = self.value(weights)?;
                return Ok(reduced(value, self.denominator));
            };
            let Some(row) = self.leaving(column)? else { return Ok(Optimum::Unbounded) };
            self.pivot(row, column)?;
        }
    }

    /// What each unknown would add, times the denominator.
    fn gains(&self, weights: &[i128]) -> Result<Vec<i128>, Overflow> {
        let own = weights[..self.unknowns].iter();
        let mut gains: Vec<i128> =
            own.map(|weight| product(*weight, self.denominator)).collect::<Result<_, _>>()?;
        for (row, solved) in self.rows.iter().zip(&self.basis) {
            if weights[*solved] != 0 {
                for (gain, cell) in gains.iter_mut().zip(row) {
                    *gain = difference(*gain, product(weights[*solved], *cell)?)?;
                }
            }
        }
        Ok(gains)
    }

    fn value(&self, weights: &[i128]) -> Result<i128, Overflow> {
        let mut value = 0;
        for (row, solved) in self.rows.iter().zip(&self.basis) {
            value = difference(value, -product(weights[*solved], row[self.unknowns])?)?;
        }
        Ok(value)
    }

    /// The row that limits an unknown most; of equal ones that of the first unknown (Bland).
    fn leaving(&self, column: usize) -> Result<Option<usize>, Overflow> {
        let mut best: Option<usize> = None;
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| row[column] > 0) {
            let Some(other) = best else {
                best = Some(at);
                continue;
            };
            let here = product(row[self.unknowns], self.rows[other][column])?;
            let there = product(self.rows[other][self.unknowns], row[column])?;
            if here < there || (here == there && self.basis[at] < self.basis[other]) {
                best = Some(at);
            }
        }
        Ok(best)
    }

    fn pivot(&mut self, row: usize, column: usize) -> Result<(), Overflow> {
        if self.rows[row][column] < 0 {
            self.rows[row].iter_mut().for_each(|cell| *cell = -*cell);
        }
        let chosen = self.rows[row].clone();
        let (pivot, denominator) = (chosen[column], self.denominator);
        let filled: Vec<usize> = (0..chosen.len()).filter(|at| chosen[*at] != 0).collect();
        for (_, other) in self.rows.iter_mut().enumerate().filter(|(at, _)| *at != row) {
            let factor = other[column];
            // Whole by Cramer's rule: every cell is a minor of the equations.
            if pivot != denominator {
                for (cell, of_chosen) in other.iter_mut().zip(&chosen) {
                    let minor = difference(product(*cell, pivot)?, product(factor, *of_chosen)?)?;
                    *cell = minor / denominator;
                }
            } else if factor != 0 {
                for at in &filled {
                    let change = product(factor, chosen[*at])? / denominator;
                    other[*at] = difference(other[*at], change)?;
                }
            }
        }
        self.denominator = pivot;
        self.basis[row] = column;
        Ok(())
    }
}

fn reduced(value: i128, denominator: i128) -> Optimum {
    if value == 0 { Optimum::At(0, 1) } else { Optimum::At(value, denominator) }
}

fn product(one: i128, other: i128) -> Result<i128, Overflow> {
    one.checked_mul(other).ok_or(Overflow)
}

fn difference(one: i128, other: i128) -> Result<i128, Overflow> {
    one.checked_sub(other).ok_or(Overflow)
}
