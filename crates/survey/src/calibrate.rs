//! Weights brought to known totals, and what that takes from a variance.
//!
//! Once weights are calibrated, only the part of an influence that the known totals do not
//! explain varies: each kind of calibration leaves behind a [`Correction`] that takes the rest
//! away.

mod nearness;
mod rake;

use std::collections::BTreeMap;

use crate::design::Design;
use crate::matrix::Basis;
use crate::plan::{Calibration, Nearness};
use crate::stage::cross;
use crate::table::{Factor, MISSING, Table};
use crate::trouble::Trouble;

/// Takes from the influences of all rows what known totals explain.
#[derive(Debug)]
pub(crate) enum Correction {
    /// Weighted means within cells.
    Cells { cell: Vec<u32>, old: Vec<f64>, new: Vec<f64> },
    /// The projection on all margins.
    Margins(rake::Margins),
    /// The regression on the columns of a formula.
    Regression { basis: Basis, scale: Vec<f64> },
}

impl Correction {
    pub(crate) fn apply(&self, influence: &mut [f64]) {
        match self {
            Self::Cells { cell, old, new } => {
                let cells = cell.iter().max().map_or(0, |most| *most as usize + 1);
                let mut sums = vec![(0.0, 0.0); cells];
                for row in 0..influence.len() {
                    let (sum, weight) = &mut sums[cell[row] as usize];
                    *sum += influence[row] * old[row] / new[row];
                    *weight += old[row];
                }
                for row in 0..influence.len() {
                    let (sum, weight) = sums[cell[row] as usize];
                    influence[row] -= sum / weight * new[row];
                }
            }
            Self::Margins(margins) => margins.apply(influence),
            Self::Regression { basis, scale } => {
                influence.iter_mut().zip(scale).for_each(|(cell, scale)| *cell /= scale);
                basis.clear(influence);
                influence.iter_mut().zip(scale).for_each(|(cell, scale)| *cell *= scale);
            }
        }
    }
}

/// Calibrates a design in place, its replicates too.
pub(crate) fn apply(
    design: &mut Design,
    calibration: &Calibration,
    table: &Table,
) -> Result<(), Trouble> {
    let before = design.replicates.as_ref().map(|_| design.whole().freedom());
    let (weights, correction) = reweigh(&design.weights, calibration, table, None)?;
    let passes = match &correction {
        Correction::Margins(margins) => Some(margins.passes),
        _ => None,
    };
    if let Some(replicates) = &mut design.replicates {
        // R's survey works them out anew for all calibrations but those found by Newton's steps.
        if let Calibration::Calibrate { calfun, bounds, .. } = calibration
            && (*calfun != Nearness::Linear || bounds.is_some())
        {
            replicates.fixed = before;
        }
        replicates.reweigh(&design.weights, |weights| {
            reweigh(weights, calibration, table, passes).map(|(weights, _)| weights)
        })?;
    }
    design.weights = weights;
    design.corrections.push(correction);
    Ok(())
}

/// New weights. Replicates are raked in as many passes as the sample was.
fn reweigh(
    weights: &[f64],
    calibration: &Calibration,
    table: &Table,
    passes: Option<usize>,
) -> Result<(Vec<f64>, Correction), Trouble> {
    match calibration {
        Calibration::Poststratify { margin, totals } => {
            let factor = crossed(table, margin)?;
            let goal = goals(&factor, totals, margin)?;
            let mut sums = vec![0.0; factor.levels.len()];
            for (code, weight) in factor.codes.iter().zip(weights) {
                sums[*code as usize] += weight;
            }
            let new: Vec<f64> = factor
                .codes
                .iter()
                .zip(weights)
                .map(|(code, weight)| weight * goal[*code as usize] / sums[*code as usize])
                .collect();
            let (cell, old) = (factor.codes, weights.to_vec());
            Ok((new.clone(), Correction::Cells { cell, old, new }))
        }
        Calibration::Rake { margins, totals, epsilon, maxit } => {
            if margins.len() != totals.len() {
                let expected = format!("totals for each of {} margins", margins.len());
                return Err(Trouble::request("totals", totals.len(), expected));
            }
            let mut sides = Vec::new();
            for (margin, totals) in margins.iter().zip(totals) {
                let factor = crossed(table, margin)?;
                let goal = goals(&factor, totals, margin)?;
                sides.push(rake::Side { name: margin.clone(), codes: factor.codes, goal });
            }
            let until = match passes {
                Some(passes) => rake::Until::Passes(passes),
                None => rake::Until::Still {
                    epsilon: epsilon.unwrap_or(1.0),
                    most: maxit.unwrap_or(10),
                },
            };
            let (weights, margins) = rake::rake(weights, sides, until)?;
            Ok((weights, Correction::Margins(margins)))
        }
        Calibration::Calibrate { formula, totals, calfun, bounds, epsilon, maxit } => {
            let (names, columns) = model(table, formula)?;
            let goal = named(&names, totals, formula)?;
            let (low, high) = bounds.unwrap_or((None, None));
            let aim = nearness::Aim {
                columns: &columns,
                names: &names,
                goal: &goal,
                low: low.unwrap_or(f64::NEG_INFINITY),
                high: high.unwrap_or(f64::INFINITY),
                epsilon: epsilon.unwrap_or(1e-7),
                steps: maxit.unwrap_or(50),
            };
            let factors = nearness::factors(weights, *calfun, &aim)?;
            let root: Vec<f64> = weights.iter().map(|weight| weight.sqrt()).collect();
            let scaled = columns
                .iter()
                .map(|column| column.iter().zip(&root).map(|(value, root)| value * root).collect());
            let basis = Basis::of(scaled, 1e-7);
            let scale = factors.iter().zip(&root).map(|(factor, root)| factor * root).collect();
            let new = weights.iter().zip(&factors).map(|(weight, factor)| weight * factor);
            Ok((new.collect(), Correction::Regression { basis, scale }))
        }
    }
}

/// The categories of a margin: a column, or several joined by `+`.
fn crossed(table: &Table, margin: &str) -> Result<Factor, Trouble> {
    let mut names = margin.trim_start_matches('~').split('+').map(str::trim);
    let mut factor = table.factor(names.next().unwrap_or_default())?;
    for name in names {
        let other = table.factor(name)?;
        factor = product(&factor, &other);
    }
    match factor.codes.iter().position(|code| *code == MISSING) {
        Some(row) => Err(Trouble::Missing { column: margin.to_owned(), row: row + 1 }),
        None => Ok(factor),
    }
}

/// Two factors as one, the first fastest, names joined by `|`; combinations not met are left out.
pub(crate) fn product(one: &Factor, other: &Factor) -> Factor {
    let wide = one.levels.len();
    let combine = |(a, b): (&u32, &u32)| match *a == MISSING || *b == MISSING {
        true => MISSING,
        false => *b * wide as u32 + *a,
    };
    let mut codes: Vec<u32> = one.codes.iter().zip(&other.codes).map(combine).collect();
    let mut place = vec![MISSING; wide * other.levels.len()];
    for code in codes.iter().filter(|code| **code != MISSING) {
        place[*code as usize] = 0;
    }
    let mut levels = Vec::new();
    for (at, slot) in place.iter_mut().enumerate().filter(|(_, slot)| **slot == 0) {
        *slot = levels.len() as u32;
        levels.push(format!("{}|{}", one.levels[at % wide], other.levels[at / wide]));
    }
    for code in codes.iter_mut().filter(|code| **code != MISSING) {
        *code = place[*code as usize];
    }
    Factor { codes, levels }
}

/// The known count of every category.
fn goals(
    factor: &Factor,
    totals: &BTreeMap<String, f64>,
    margin: &str,
) -> Result<Vec<f64>, Trouble> {
    let fault = |found: String, expected: String| Trouble::Totals {
        margin: margin.to_owned(),
        found,
        expected,
    };
    for (level, total) in totals {
        if !factor.levels.contains(level) && *total != 0.0 {
            let found = format!("nobody of {level:?} in the sample");
            return Err(fault(found, format!("some, to stand for {total}")));
        }
    }
    let goal = |level: &String| match totals.get(level) {
        Some(total) if *total > 0.0 => Ok(*total),
        Some(total) => Err(fault(format!("total {total} for {level:?}"), "one above 0".into())),
        None => Err(fault(format!("no total for {level:?}"), "one for every category".into())),
    };
    factor.levels.iter().map(goal).collect()
}

/// Totals in the order of some names.
fn named(
    names: &[String],
    totals: &BTreeMap<String, f64>,
    formula: &str,
) -> Result<Vec<f64>, Trouble> {
    let fault = |found: String| Trouble::Totals {
        margin: formula.to_owned(),
        found,
        expected: format!("totals for {}", names.join(", ")),
    };
    if let Some(other) = totals.keys().find(|name| !names.contains(name)) {
        return Err(fault(format!("a total for {other:?}")));
    }
    let goal = |name: &String| {
        totals.get(name).copied().ok_or_else(|| fault(format!("no total for {name:?}")))
    };
    names.iter().map(goal).collect()
}

/// The columns of a formula: `~sex+age`, with an intercept unless `-1` or `+0` stands in it.
fn model(table: &Table, formula: &str) -> Result<(Vec<String>, Vec<Vec<f64>>), Trouble> {
    let text = formula.trim().trim_start_matches('~').replace(' ', "").replace("-1", "+0");
    let terms: Vec<&str> = text.split('+').filter(|term| !term.is_empty()).collect();
    let constant = !terms.contains(&"0");
    let (mut names, mut columns) = (Vec::new(), Vec::new());
    let rows = table.rows();
    if constant {
        names.push("(Intercept)".to_owned());
        columns.push(vec![1.0; rows]);
    }
    let mut whole = constant;
    for term in terms.into_iter().filter(|term| !matches!(*term, "0" | "1")) {
        let inner = term.strip_prefix("factor(").and_then(|term| term.strip_suffix(')'));
        let name = inner.unwrap_or(term);
        if inner.is_none()
            && let Ok(values) = table.numbers(name)
        {
            if let Some(row) = values.iter().position(|value| value.is_nan()) {
                return Err(Trouble::Missing { column: name.to_owned(), row: row + 1 });
            }
            names.push(name.to_owned());
            columns.push(values.to_vec());
            continue;
        }
        let factor = crossed(table, name)?;
        for (code, level) in factor.levels.iter().enumerate().skip(usize::from(whole)) {
            names.push(format!("{term}{level}"));
            let is = |other: &u32| f64::from(u8::from(*other as usize == code));
            columns.push(factor.codes.iter().map(is).collect());
        }
        whole = true;
    }
    Ok((names, columns))
}

/// One code for the combination of all margins of a row.
fn joint(codes: &[&[u32]]) -> (Vec<u32>, usize) {
    let mut all = (codes[0].to_vec(), 0);
    all.1 = all.0.iter().max().map_or(0, |most| *most as usize + 1);
    for other in &codes[1..] {
        all = cross(&all.0, other);
    }
    all
}
