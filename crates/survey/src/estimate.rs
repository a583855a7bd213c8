//! Means, totals, ratios and variances, with their covariance.

use crate::chance;
use crate::matrix::Matrix;
use crate::sums;
use crate::terms::{Columns, Terms};
use crate::trouble::Trouble;
use crate::view::View;

/// Estimates, their covariance and design effects.
///
/// ```
/// # let csv = b"w,y,s\n2,3,\"F\"\n2,5,\"M\"\n2,10,\"M\"\n2,4,\"F\"\n";
/// # let table = survey::Table::read(&csv[..], |_| true)?;
/// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
/// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// let mean = design.whole().mean(&survey::Terms::of(&table, &["y"])?)?;
/// assert_eq!((mean.values[0], mean.covariance.size()), (5.5, 1));
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The estimates, in the order of their names.
    pub values: Vec<f64>,
    /// Their covariance.
    pub covariance: Matrix,
    /// The variance of each over that of a simple random sample without replacement of as many
    /// units; empty where it is not worked out.
    pub design_effects: Vec<f64>,
}

impl Estimate {
    /// Standard errors.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y\n2,3\n2,5\n2,10\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let mean = design.whole().mean(&survey::Terms::of(&table, &["y"])?)?;
    /// assert!((mean.errors()[0] - (13.0f64 / 3.0).sqrt()).abs() < 1e-12);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn errors(&self) -> Vec<f64> {
        self.covariance.diagonal().into_iter().map(f64::sqrt).collect()
    }

    /// Intervals at a level between 0 and 1: Student's t with these degrees of freedom, normal if
    /// they are infinite.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y\n2,3\n2,5\n2,10\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let mean = design.whole().mean(&survey::Terms::of(&table, &["y"])?)?;
    /// let [low, high] = mean.intervals(0.95, f64::INFINITY)[0];
    /// assert!((high - low - 2.0 * 1.959963984540054 * mean.errors()[0]).abs() < 1e-12);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn intervals(&self, level: f64, freedom: f64) -> Vec<[f64; 2]> {
        let reach = chance::student_quantile((1.0 - level) / 2.0, freedom);
        let interval = |(value, error): (&f64, f64)| [value + error * reach, value - error * reach];
        self.values.iter().zip(self.errors()).map(interval).collect()
    }
}

impl View<'_> {
    /// Means of numbers and shares of categories. Rows with a missing value are left out.
    ///
    /// # Errors
    /// [`Trouble::LonelyUnit`].
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let mean = design.whole().mean(&survey::Terms::of(&table, &["y", "s"])?)?;
    /// assert_eq!((mean.values[0], mean.values.len()), (6.0, 3));
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn mean(&self, terms: &Terms) -> Result<Estimate, Trouble> {
        self.mean_of(terms, true)
    }

    /// Totals of numbers and counts of categories. Rows with a missing value are left out.
    ///
    /// # Errors
    /// [`Trouble::LonelyUnit`].
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y\n2,3\n2,5\n2,10\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let total = design.whole().total(&survey::Terms::of(&table, &["y"])?)?;
    /// assert_eq!(total.values, [36.0]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn total(&self, terms: &Terms) -> Result<Estimate, Trouble> {
        self.total_of(terms, true)
    }

    /// Those of its rows where all columns are there.
    pub(crate) fn complete(&self, columns: &impl Columns) -> Self {
        self.keep(|row| columns.complete(row))
    }

    pub(crate) fn mean_of(
        &self,
        columns: &impl Columns,
        effects: bool,
    ) -> Result<Estimate, Trouble> {
        let view = self.complete(columns);
        let weights = view.weights();
        let count = columns.count();
        let means = |weights: &[f64]| -> Vec<f64> {
            let whole = sums::total(weights.iter().copied());
            let mut values = Vec::new();
            let mean = |column: usize| {
                columns.fill(column, &view.rows, &mut values);
                sums::total(values.iter().zip(weights).map(|(x, w)| x * w)) / whole
            };
            (0..count).map(mean).collect()
        };
        let values = means(&weights);
        let covariance = match &view.design.replicates {
            Some(_) => view.over_replicates(&values, means),
            None => {
                let whole = sums::total(weights.iter().copied());
                view.covariance(count, |column, influence| {
                    columns.fill(column, &view.rows, influence);
                    let mean = values[column];
                    for (value, weight) in influence.iter_mut().zip(&weights) {
                        *value = (*value - mean) * weight / whole;
                    }
                })?
            }
        };
        let design_effects = match effects {
            true => view.effects(columns, &weights, &covariance, |spread, whole, many| {
                if whole < many { f64::NAN } else { spread * (whole - many) / (whole * many) }
            }),
            false => vec![],
        };
        Ok(Estimate { values, covariance, design_effects })
    }

    pub(crate) fn total_of(
        &self,
        columns: &impl Columns,
        effects: bool,
    ) -> Result<Estimate, Trouble> {
        let view = self.complete(columns);
        let weights = view.weights();
        let count = columns.count();
        let totals = |weights: &[f64]| -> Vec<f64> {
            let mut values = Vec::new();
            let total = |column: usize| {
                columns.fill(column, &view.rows, &mut values);
                sums::total(values.iter().zip(weights).map(|(x, w)| x * w))
            };
            (0..count).map(total).collect()
        };
        let values = totals(&weights);
        let covariance = match &view.design.replicates {
            Some(_) => view.over_replicates(&values, totals),
            None => view.covariance(count, |column, influence| {
                columns.fill(column, &view.rows, influence);
                influence.iter_mut().zip(&weights).for_each(|(value, weight)| *value *= weight);
            })?,
        };
        let design_effects = match effects {
            true => view.effects(columns, &weights, &covariance, |spread, whole, many| {
                spread * whole * whole * (whole - many) / (whole * many)
            }),
            false => vec![],
        };
        Ok(Estimate { values, covariance, design_effects })
    }

    /// The variances over those of a simple sample, given the spread in the population, its size
    /// and the rows observed.
    fn effects(
        &self,
        columns: &impl Columns,
        weights: &[f64],
        covariance: &Matrix,
        simple: impl Fn(f64, f64, f64) -> f64,
    ) -> Vec<f64> {
        let whole = sums::total(weights.iter().copied());
        let many = match self.design.pairs.is_some() {
            true => self.design.rows as f64,
            false => self.observed(weights),
        };
        let mut values = Vec::new();
        let effect = |column: usize| {
            columns.fill(column, &self.rows, &mut values);
            let spread = spread(&values, weights, self.observed(weights));
            covariance.at(column, column) / simple(spread, whole, many)
        };
        (0..columns.count()).map(effect).collect()
    }

    /// Rows whose weight is not zero; with replicates all rows.
    pub(crate) fn observed(&self, weights: &[f64]) -> f64 {
        match self.design.replicates.is_some() {
            true => weights.len() as f64,
            false => weights.iter().filter(|weight| **weight != 0.0).count() as f64,
        }
    }

    /// The covariance over replicates of what a function makes of weights.
    pub(crate) fn over_replicates(
        &self,
        estimate: &[f64],
        function: impl FnMut(&[f64]) -> Vec<f64>,
    ) -> Matrix {
        let Some(replicates) = &self.design.replicates else { return Matrix::zero(0) };
        let mut function = function;
        let values: Vec<Vec<f64>> = (0..replicates.factors.len())
            .map(|at| function(&replicates.weights(at, &self.design.weights, &self.rows)))
            .collect();
        replicates.covariance(&values, estimate)
    }

    /// The ratio of two totals. Rows where either is missing are left out.
    ///
    /// # Errors
    /// [`Trouble::LonelyUnit`].
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,x\n2,3,1\n2,5,2\n2,10,3\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let ratio = design.whole().ratio(table.numbers("y")?, table.numbers("x")?)?;
    /// assert_eq!(ratio.values, [3.0]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn ratio(&self, above: &[f64], below: &[f64]) -> Result<Estimate, Trouble> {
        let at = |values: &[f64], row: u32| values[row as usize];
        let view = self.keep(|row| !at(above, row).is_nan() && !at(below, row).is_nan());
        let weights = view.weights();
        let total = |values: &[f64], weights: &[f64]| {
            sums::total(view.rows.iter().zip(weights).map(|(row, w)| at(values, *row) * w))
        };
        let ratio = |weights: &[f64]| total(above, weights) / total(below, weights);
        let value = ratio(&weights);
        let covariance = match &view.design.replicates {
            Some(_) => view.over_replicates(&[value], |weights| vec![ratio(weights)]),
            None => {
                let whole = total(below, &weights);
                view.covariance(1, |_, influence| {
                    influence.clear();
                    influence.extend(view.rows.iter().zip(&weights).map(|(row, weight)| {
                        (at(above, *row) - value * at(below, *row)) / whole * weight
                    }));
                })?
            }
        };
        Ok(Estimate { values: vec![value], covariance, design_effects: vec![] })
    }

    /// The variance of a number in the population. Rows where it is missing are left out, but
    /// count in the correction n/(n − 1) unless there are replicates, as in R's survey.
    ///
    /// # Errors
    /// [`Trouble::LonelyUnit`].
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y\n2,3\n2,5\n2,10\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let variance = design.whole().variance(table.numbers("y")?)?;
    /// assert!((variance.values[0] - 13.0).abs() < 1e-12);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn variance(&self, numbers: &[f64]) -> Result<Estimate, Trouble> {
        let view = self.keep(|row| !numbers[row as usize].is_nan());
        let values: Vec<f64> = view.rows.iter().map(|row| numbers[*row as usize]).collect();
        let weights = view.weights();
        let many = match self.design.replicates.is_some() {
            true => values.len() as f64,
            false => self.observed(&self.weights()),
        };
        let value = spread(&values, &weights, many);
        let covariance = match &view.design.replicates {
            Some(_) => {
                view.over_replicates(&[value], |weights| vec![spread(&values, weights, many)])
            }
            None => {
                let mean = average(&values, &weights);
                let whole = sums::total(weights.iter().copied());
                view.covariance(1, |_, influence| {
                    influence.clear();
                    influence.extend(values.iter().zip(&weights).map(|(x, weight)| {
                        let square = (x - mean) * (x - mean) * many / (many - 1.0);
                        (square - value) * weight / whole
                    }));
                })?
            }
        };
        Ok(Estimate { values: vec![value], covariance, design_effects: vec![] })
    }
}

pub(crate) fn average(values: &[f64], weights: &[f64]) -> f64 {
    let whole = sums::total(weights.iter().copied());
    sums::total(values.iter().zip(weights).map(|(x, w)| x * w)) / whole
}

/// The weighted variance with the correction of so many rows.
pub(crate) fn spread(values: &[f64], weights: &[f64], many: f64) -> f64 {
    let mean = average(values, weights);
    let squares = values.iter().zip(weights).map(|(x, w)| (x - mean) * (x - mean) * w);
    sums::total(squares) / sums::total(weights.iter().copied()) * many / (many - 1.0)
}
