//! Variance from the probabilities that two units are drawn together.

use crate::design::Design;
use crate::matrix::Matrix;
use crate::plan::{Form, Plan, Pps};
use crate::table::Table;
use crate::trouble::Trouble;

/// For every pair of units how far their being drawn together is from chance:
/// (π_ij − π_i π_j) / π_ij.
#[derive(Debug)]
pub(crate) struct Pairs {
    unit: Vec<u32>,
    checks: Matrix,
    form: Form,
}

impl Pairs {
    pub(crate) fn of(
        plan: &Plan,
        design: &Design,
        joint: Option<&Table>,
    ) -> Result<Option<Self>, Trouble> {
        let stage = &design.stages[0];
        let checks = match plan.pps {
            None | Some(Pps::Brewer) => return Ok(None),
            Some(_) if design.stages.len() > 1 => {
                return Err(Trouble::request("ids", design.stages.len(), "one stage with pps"));
            }
            Some(Pps::Joint) => joint_checks(joint, design.rows)?,
            Some(rule) => approximate(design, rule),
        };
        let unit = match plan.pps {
            Some(Pps::Joint) => (0..design.rows as u32).collect(),
            _ => stage.unit.clone(),
        };
        Ok(Some(Self { unit, checks, form: plan.variance }))
    }

    /// The covariance of estimates from columns of influences over all rows.
    pub(crate) fn covariance(&self, columns: &[Vec<f64>]) -> Matrix {
        let size = self.checks.size();
        let sums: Vec<Vec<f64>> = columns
            .iter()
            .map(|column| {
                let mut sums = vec![0.0; size];
                for (unit, value) in self.unit.iter().zip(column) {
                    sums[*unit as usize] += value;
                }
                sums
            })
            .collect();
        Matrix::from_fn(columns.len(), |a, b| {
            let mut sum = 0.0;
            for one in 0..size {
                for other in 0..size {
                    let product = match self.form {
                        Form::HT => sums[a][one] * sums[b][other],
                        Form::YG => sums[a][one] * sums[b][other] - sums[a][other] * sums[b][other],
                    };
                    sum += self.checks.at(one, other) * product;
                }
            }
            sum
        })
    }
}

fn joint_checks(joint: Option<&Table>, rows: usize) -> Result<Matrix, Trouble> {
    let Some(joint) = joint else {
        return Err(Trouble::request("joint", "nothing", "the file of joint probabilities"));
    };
    if joint.rows() != rows || joint.names().len() != rows {
        let found = format!("{} rows and {} columns", joint.rows(), joint.names().len());
        return Err(Trouble::request("joint", found, format!("{rows} of both")));
    }
    let mut columns = Vec::new();
    for name in joint.names() {
        columns.push(crate::design::filled_numbers(joint, name)?);
    }
    Ok(Matrix::from_fn(rows, |one, other| {
        let both = columns[other][one];
        let check = (both - columns[one][one] * columns[other][other]) / both;
        // Below this a pair counts as drawn independently.
        if check.abs() < 1e-4 { 0.0 } else { check }
    }))
}

fn approximate(design: &Design, rule: Pps) -> Matrix {
    let stage = &design.stages[0];
    let size = stage.stratum_of.len();
    let mut chance = vec![0.0; size];
    for (unit, weight) in stage.unit.iter().zip(&design.weights) {
        chance[*unit as usize] = 1.0 / weight;
    }
    let mut sums = vec![0.0; stage.sampled.len()];
    for (unit, chance) in chance.iter().enumerate() {
        sums[stage.stratum_of[unit] as usize] += chance;
    }
    Matrix::from_fn(size, |one, other| {
        if one == other {
            return 1.0 - chance[one];
        }
        let stratum = stage.stratum_of[one] as usize;
        if stage.stratum_of[other] as usize != stratum {
            return 0.0;
        }
        let sampled = stage.sampled[stratum];
        let (sum, more) = match rule {
            Pps::Overton => ((chance[one] + chance[other]) / 2.0, 0.0),
            _ => (chance[one] + chance[other], sums[stratum] / sampled),
        };
        if sum == 1.0 { 0.0 } else { 1.0 - (sampled - sum + more) / (sampled - 1.0) }
    })
}
