//! Replicate weights: the same sample weighted many times over.

mod hadamard;
mod make;

use crate::design::{Design, filled_numbers};
use crate::matrix::{Basis, Matrix};
use crate::plan::{Method, Plan, Scales};
use crate::table::Table;
use crate::trouble::Trouble;
use crate::view::View;

/// Replicate weights as factors on the weights of units, and the scales of their squares.
#[derive(Debug)]
pub(crate) struct Replicates {
    /// The unit of every row.
    pub(crate) unit: Vec<u32>,
    /// For every replicate a factor for every unit.
    pub(crate) factors: Vec<Vec<f64>>,
    /// The factors are weights already.
    pub(crate) combined: bool,
    pub(crate) scale: f64,
    pub(crate) scales: Vec<f64>,
    pub(crate) mse: bool,
    /// Degrees of freedom of the whole sample where calibration must not change them.
    pub(crate) fixed: Option<f64>,
}

impl Replicates {
    pub(crate) fn of(
        plan: &Plan,
        design: &Design,
        table: &Table,
        file: Option<&Table>,
    ) -> Result<Option<Self>, Trouble> {
        let Some(method) = plan.replicates else { return Ok(None) };
        let mut replicates = match (&plan.replicate_weights, file) {
            (None, _) => make::make(plan, design, table, method)?,
            (Some(_), Some(file)) => given(plan, design, method, file)?,
            (Some(name), None) => {
                let expected = "a file of replicate weights";
                return Err(Trouble::request("replicate_weights", name, expected));
            }
        };
        replicates.mse = plan.mse;
        Ok(Some(replicates))
    }

    /// The weights of some rows in one replicate.
    pub(crate) fn weights(&self, replicate: usize, weights: &[f64], rows: &[u32]) -> Vec<f64> {
        let factors = &self.factors[replicate];
        let weight = |row: &u32| {
            let factor = factors[self.unit[*row as usize] as usize];
            if self.combined { factor } else { factor * weights[*row as usize] }
        };
        rows.iter().map(weight).collect()
    }

    /// The covariance of an estimate from its values in all replicates. Replicates that give no
    /// value are left out.
    pub(crate) fn covariance(&self, values: &[Vec<f64>], estimate: &[f64]) -> Matrix {
        let count = estimate.len();
        let usable: Vec<(&Vec<f64>, f64)> = values
            .iter()
            .zip(self.scales.iter().copied())
            .filter(|(value, _)| !value.iter().any(|cell| cell.is_nan()))
            .collect();
        let mut total = Matrix::zero(count);
        if usable.is_empty() {
            return Matrix::from_fn(count, |_, _| f64::NAN);
        }
        let counted = usable.iter().filter(|(_, scale)| *scale > 0.0);
        let centre: Vec<f64> = match self.mse {
            true => estimate.to_vec(),
            false => {
                let many = counted.clone().count() as f64;
                let mean = |at: usize| counted.clone().map(|(value, _)| value[at]).sum::<f64>();
                (0..count).map(|at| mean(at) / many).collect()
            }
        };
        for (value, scale) in usable {
            let distance: Vec<f64> = value.iter().zip(&centre).map(|(a, b)| a - b).collect();
            total.add_square(&distance, scale * self.scale);
        }
        total
    }

    /// The rank of the replicate weights of a view less one.
    pub(crate) fn freedom(&self, view: &View) -> f64 {
        if let Some(fixed) = self.fixed.filter(|_| view.rows.len() == self.unit.len()) {
            return fixed;
        }
        let mut squares = vec![0.0; self.factors.first().map_or(0, Vec::len)];
        for row in &view.rows {
            let weight = if self.combined { 1.0 } else { view.design.weights[*row as usize] };
            squares[self.unit[*row as usize] as usize] += weight * weight;
        }
        let roots: Vec<f64> = squares.iter().map(|square| f64::sqrt(*square)).collect();
        let columns = self
            .factors
            .iter()
            .map(|factors| factors.iter().zip(&roots).map(|(a, b)| a * b).collect());
        Basis::of(columns, 1e-5).rank() as f64 - 1.0
    }

    /// Puts new weights in place of every replicate's.
    pub(crate) fn reweigh(
        &mut self,
        weights: &[f64],
        new: impl Fn(&[f64]) -> Result<Vec<f64>, Trouble>,
    ) -> Result<(), Trouble> {
        let rows: Vec<u32> = (0..weights.len() as u32).collect();
        let mut factors = Vec::new();
        for replicate in 0..self.factors.len() {
            factors.push(new(&self.weights(replicate, weights, &rows))?);
        }
        (self.unit, self.factors, self.combined) = (rows, factors, true);
        Ok(())
    }
}

fn given(
    plan: &Plan,
    design: &Design,
    method: Method,
    file: &Table,
) -> Result<Replicates, Trouble> {
    if file.rows() != design.rows {
        let expected = format!("{} rows", design.rows);
        return Err(Trouble::request("replicate_weights", file.rows(), expected));
    }
    let mut factors = Vec::new();
    for name in file.names() {
        factors.push(filled_numbers(file, name)?.to_vec());
    }
    let many = factors.len() as f64;
    let combined = plan.combined.unwrap_or(true);
    let scale = match (method, plan.scale) {
        (Method::BRR, _) => 1.0 / many,
        (Method::Fay, _) => {
            let rho = make::rho(plan)?;
            1.0 / (many * (1.0 - rho) * (1.0 - rho))
        }
        (_, Some(scale)) => scale,
        (Method::Bootstrap, None) => 1.0 / (many - 1.0),
        (Method::JK1, None) if combined => (many - 1.0) / many,
        (Method::JK1, None) => 1.0 / factors[0].iter().copied().fold(0.0, f64::max),
        (Method::JKn | Method::Other, None) => 1.0,
    };
    let scales = match (&plan.rscales, method) {
        (Some(Scales::One(scale)), _) => vec![*scale; factors.len()],
        (Some(Scales::Each(scales)), _) => scales.clone(),
        (None, Method::JKn) if combined => {
            return Err(Trouble::request("rscales", "nothing", "a factor for every replicate"));
        }
        (None, Method::JKn) => {
            let greatest = |all: &Vec<f64>| all.iter().copied().fold(0.0, f64::max);
            factors.iter().map(|all| 1.0 / greatest(all)).collect()
        }
        (None, _) => vec![1.0; factors.len()],
    };
    if scales.len() != factors.len() {
        let expected = format!("{} factors", factors.len());
        return Err(Trouble::request("rscales", scales.len(), expected));
    }
    let unit = (0..design.rows as u32).collect();
    Ok(Replicates { unit, factors, combined, scale, scales, mse: false, fixed: None })
}
