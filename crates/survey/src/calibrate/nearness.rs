//! Factors on weights that give known totals and stay near 1 (Deville and Särndal 1992).

use crate::matrix::{Matrix, dot};
use crate::plan::Nearness;
use crate::sums;
use crate::trouble::Trouble;

/// Totals to be reached, of which columns, and how.
pub(super) struct Aim<'a> {
    pub(super) columns: &'a [Vec<f64>],
    pub(super) names: &'a [String],
    pub(super) goal: &'a [f64],
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) epsilon: f64,
    pub(super) steps: usize,
}

/// The factor on the weight of every row.
pub(super) fn factors(weights: &[f64], nearness: Nearness, aim: &Aim) -> Result<Vec<f64>, Trouble> {
    let reached = totals(aim.columns, weights);
    if nearness == Nearness::Linear && aim.low.is_infinite() && aim.high.is_infinite() {
        let miss: Vec<f64> = aim.goal.iter().zip(&reached).map(|(a, b)| a - b).collect();
        let step = squares(aim.columns, weights, |_| 1.0).solve(&miss);
        let step = step.ok_or_else(|| singular(aim))?;
        return Ok(linear(aim.columns, &step).into_iter().map(|x| 1.0 + x).collect());
    }
    if nearness == Nearness::Logit && (aim.low.is_infinite() || aim.high.is_infinite()) {
        return Err(Trouble::request("bounds", "none", "two numbers with logit calibration"));
    }
    let share = |(goal, reached): (&f64, &f64)| goal / reached;
    let shares: Vec<f64> = aim.goal.iter().zip(&reached).map(share).collect();
    let least = shares.iter().copied().fold(f64::INFINITY, f64::min);
    let scale = match least > 20.0 {
        true => shares.iter().sum::<f64>() / shares.len() as f64,
        false => 1.0,
    };
    let weights: Vec<f64> = weights.iter().map(|weight| weight * scale).collect();
    let factors = newton(&weights, nearness, aim)?;
    Ok(factors.into_iter().map(|factor| factor * scale).collect())
}

fn newton(weights: &[f64], nearness: Nearness, aim: &Aim) -> Result<Vec<f64>, Trouble> {
    let size = aim.goal.len();
    let curve = |u: f64| value(nearness, u, aim.low, aim.high);
    let slope = |u: f64| slope(nearness, u, aim.low, aim.high);
    let start = totals(aim.columns, weights);
    let mut point = vec![0.0; size];
    let mut score = vec![0.0; weights.len()];
    let miss = |score: &[f64]| -> Vec<f64> {
        let moved: Vec<f64> =
            weights.iter().zip(score).map(|(weight, u)| weight * (curve(*u) - 1.0)).collect();
        let moved = totals(aim.columns, &moved);
        (0..size).map(|at| aim.goal[at] - start[at] - moved[at]).collect()
    };
    let mut missed = miss(&score);
    let mut steps = 1;
    loop {
        let squares = squares(aim.columns, weights, |row| slope(score[row]));
        let mut step = squares.solve(&missed).ok_or_else(|| singular(aim))?;
        let moved = |point: &[f64], step: &[f64]| -> Vec<f64> {
            point.iter().zip(step).map(|(a, b)| a + b).collect()
        };
        let mut next = moved(&point, &step);
        score = linear(aim.columns, &next);
        while steps < aim.steps
            && score.iter().any(|u| !curve(*u).is_finite() || !slope(*u).is_finite())
        {
            steps += 1;
            step.iter_mut().for_each(|cell| *cell /= 2.0);
            next = next.iter().zip(&step).map(|(a, b)| a - b).collect();
            score = linear(aim.columns, &next);
        }
        point = next;
        missed = miss(&score);
        let near = |at: usize| missed[at].abs() / (1.0 + aim.goal[at].abs()) < aim.epsilon;
        if (0..size).all(near) {
            return Ok(score.iter().map(|u| curve(*u)).collect());
        }
        steps += 1;
        if steps > aim.steps {
            let off: Vec<String> = (0..size)
                .filter(|at| !near(*at))
                .map(|at| format!("{} by {:.6}", aim.names[at], missed[at]))
                .collect();
            return Err(Trouble::Totals {
                margin: aim.names.join(", "),
                found: format!("totals off after {} steps: {}", aim.steps, off.join(", ")),
                expected: "totals that can be met, or wider bounds".to_owned(),
            });
        }
    }
}

fn singular(aim: &Aim) -> Trouble {
    Trouble::Totals {
        margin: aim.names.join(", "),
        found: "columns that follow from one another, or bounds that leave no room".to_owned(),
        expected: "independent columns and wider bounds".to_owned(),
    }
}

fn totals(columns: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let total = |column: &Vec<f64>| sums::total(column.iter().zip(weights).map(|(x, w)| x * w));
    columns.iter().map(total).collect()
}

fn linear(columns: &[Vec<f64>], point: &[f64]) -> Vec<f64> {
    let rows = columns.first().map_or(0, Vec::len);
    let mut sums = vec![0.0; rows];
    for (column, factor) in columns.iter().zip(point) {
        sums.iter_mut().zip(column).for_each(|(sum, value)| *sum += factor * value);
    }
    sums
}

fn squares(columns: &[Vec<f64>], weights: &[f64], slope: impl Fn(usize) -> f64) -> Matrix {
    let slopes: Vec<f64> =
        weights.iter().enumerate().map(|(row, weight)| weight * slope(row)).collect();
    let scaled: Vec<Vec<f64>> = columns
        .iter()
        .map(|column| column.iter().zip(&slopes).map(|(x, slope)| x * slope).collect())
        .collect();
    Matrix::from_fn(columns.len(), |row, column| dot(&columns[row], &scaled[column]))
}

/// The factor for a score.
fn value(nearness: Nearness, u: f64, low: f64, high: f64) -> f64 {
    match nearness {
        Nearness::Linear => (u + 1.0).max(low).min(high),
        Nearness::Raking => u.exp().max(low).min(high),
        Nearness::Logit => {
            let power = (logit_rate(low, high) * u).exp();
            (low * (high - 1.0) + high * (1.0 - low) * power) / (high - 1.0 + (1.0 - low) * power)
        }
    }
}

/// How fast the factor grows with the score.
fn slope(nearness: Nearness, u: f64, low: f64, high: f64) -> f64 {
    let within = u < high - 1.0 && u > low - 1.0;
    match nearness {
        Nearness::Linear => f64::from(u8::from(within)),
        Nearness::Raking if within => u.exp(),
        Nearness::Raking => 0.0,
        Nearness::Logit => {
            let rate = logit_rate(low, high);
            let power = (rate * u).exp();
            let below = high - 1.0 + (1.0 - low) * power;
            let above = low * (high - 1.0) + high * (1.0 - low) * power;
            let rise = (1.0 - low) * power * rate;
            high * rise / below - above * rise / (below * below)
        }
    }
}

fn logit_rate(low: f64, high: f64) -> f64 {
    (high - low) / ((high - 1.0) * (1.0 - low))
}
