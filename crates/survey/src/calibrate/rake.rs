//! Raking: post-stratification to one margin after another until the cells stay.
//!
//! Rows of one cell of the crossed margins share every factor, so all passes go over cells.

use super::joint;
use crate::trouble::Trouble;

/// One margin: the category of every row and the count of every category.
pub(super) struct Side {
    pub(super) name: String,
    pub(super) codes: Vec<u32>,
    pub(super) goal: Vec<f64>,
}

/// What raking leaves for the variance: the projection on all margins, by sweeps.
#[derive(Debug)]
pub(crate) struct Margins {
    cell: Vec<u32>,
    base: Vec<f64>,
    rows: Vec<f64>,
    /// For every margin the category of every cell, and the factor on the weights of every cell
    /// after that margin's last turn.
    turns: Vec<(Vec<u32>, Vec<f64>)>,
    /// Passes over all margins that were made.
    pub(super) passes: usize,
}

/// When to stop.
#[derive(Clone, Copy)]
pub(super) enum Until {
    /// No cell changes by so much (below 1: so much of the sum of weights), or after so many
    /// passes.
    Still { epsilon: f64, most: usize },
    /// After so many passes, wherever they lead.
    Passes(usize),
}

/// Sweeps over the margins that stand for the projection: R's survey stops after ten.
const SWEEPS: usize = 10;

impl Margins {
    pub(super) fn apply(&self, influence: &mut [f64]) {
        let cells = self.rows.len();
        let mut sums = vec![0.0; cells];
        for ((value, base), cell) in influence.iter().zip(&self.base).zip(&self.cell) {
            sums[*cell as usize] += value / base;
        }
        let mut taken = vec![0.0; cells];
        for _ in 0..SWEEPS {
            for (codes, factor) in &self.turns {
                let categories = codes.iter().max().map_or(0, |most| *most as usize + 1);
                let mut means = vec![(0.0, 0.0); categories];
                for cell in 0..cells {
                    let (sum, rows) = &mut means[codes[cell] as usize];
                    *sum += (sums[cell] - self.rows[cell] * taken[cell]) / factor[cell];
                    *rows += self.rows[cell];
                }
                for cell in 0..cells {
                    let (sum, rows) = means[codes[cell] as usize];
                    taken[cell] += factor[cell] * sum / rows;
                }
            }
        }
        for ((value, base), cell) in influence.iter_mut().zip(&self.base).zip(&self.cell) {
            *value -= base * taken[*cell as usize];
        }
    }
}

/// New weights and what they leave for the variance.
pub(super) fn rake(
    weights: &[f64],
    sides: Vec<Side>,
    until: Until,
) -> Result<(Vec<f64>, Margins), Trouble> {
    let codes: Vec<&[u32]> = sides.iter().map(|side| side.codes.as_slice()).collect();
    if codes.is_empty() {
        return Err(Trouble::request("margins", "none", "one or more"));
    }
    let (cell, cells) = joint(&codes);
    let mut rows = vec![0.0; cells];
    let mut start = vec![0.0; cells];
    let mut category = vec![vec![0u32; cells]; sides.len()];
    for (row, cell) in cell.iter().enumerate() {
        let cell = *cell as usize;
        rows[cell] += 1.0;
        start[cell] += weights[row];
        for (category, side) in category.iter_mut().zip(&sides) {
            category[cell] = side.codes[row];
        }
    }
    let whole: f64 = start.iter().sum();
    let (epsilon, most) = match until {
        Until::Still { epsilon, most } if epsilon < 1.0 => (epsilon * whole, most),
        Until::Still { epsilon, most } => (epsilon, most),
        Until::Passes(most) => (0.0, most),
    };
    let mut factor = vec![1.0; cells];
    let mut turns: Vec<(Vec<u32>, Vec<f64>)> = Vec::new();
    let mut passes = 0;
    while passes < most {
        let before = factor.clone();
        turns.clear();
        for (category, side) in category.iter().zip(&sides) {
            turn(&start, category, &side.goal, &mut factor);
            turns.push((category.clone(), factor.clone()));
        }
        passes += 1;
        let moved = |cell: usize| ((factor[cell] - before[cell]) * start[cell]).abs();
        if (0..cells).map(moved).fold(0.0, f64::max) < epsilon {
            break;
        }
    }
    if matches!(until, Until::Still { .. }) {
        check(&start, &category, &sides, factor.clone())?;
    }
    let raked = weights.iter().zip(&cell).map(|(weight, cell)| weight * factor[*cell as usize]);
    let raked = raked.collect();
    Ok((raked, Margins { cell, base: weights.to_vec(), rows, turns, passes }))
}

fn turn(start: &[f64], category: &[u32], goal: &[f64], factor: &mut [f64]) {
    let mut sums = vec![0.0; goal.len()];
    for (cell, category) in category.iter().enumerate() {
        sums[*category as usize] += start[cell] * factor[cell];
    }
    for (cell, category) in category.iter().enumerate() {
        factor[cell] *= goal[*category as usize] / sums[*category as usize];
    }
}

/// Goes on to see whether the margins can be met at all, and names those that cannot.
fn check(
    start: &[f64],
    category: &[Vec<u32>],
    sides: &[Side],
    mut factor: Vec<f64>,
) -> Result<(), Trouble> {
    let misses = |factor: &[f64]| -> Vec<String> {
        let mut misses = Vec::new();
        for (category, side) in category.iter().zip(sides) {
            let mut sums = vec![0.0; side.goal.len()];
            for (cell, category) in category.iter().enumerate() {
                sums[*category as usize] += start[cell] * factor[cell];
            }
            let whole: f64 = side.goal.iter().sum();
            let miss = |(sum, goal): (&f64, &f64)| (sum - goal).abs();
            let worst = sums.iter().zip(&side.goal).map(miss).fold(0.0, f64::max);
            if worst.is_nan() || worst > whole * 1e-3 {
                misses.push(format!("{} by {worst:.6}", side.name));
            }
        }
        misses
    };
    let mut missed = misses(&factor);
    for _ in 0..500 {
        if missed.is_empty() {
            return Ok(());
        }
        for (category, side) in category.iter().zip(sides) {
            turn(start, category, &side.goal, &mut factor);
        }
        missed = misses(&factor);
    }
    if missed.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = sides.iter().map(|side| side.name.as_str()).collect();
    let sums: Vec<String> = sides
        .iter()
        .map(|side| format!("{} {}", side.name, side.goal.iter().sum::<f64>()))
        .collect();
    Err(Trouble::Totals {
        margin: names.join(", "),
        found: format!("margins that cannot meet: after 500 passes off {}", missed.join(", ")),
        expected: format!("margins that can be met together; they add up to {}", sums.join(", ")),
    })
}
