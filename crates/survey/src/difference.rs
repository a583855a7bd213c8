//! Differences of means, and means against zero, by Student's t.

use crate::chance;
use crate::estimate::average;
use crate::sums;
use crate::table::{Factor, MISSING};
use crate::terms::Terms;
use crate::trouble::Trouble;
use crate::view::View;

/// A test of a difference of means.
///
/// ```
/// # let csv = b"w,y,s\n2,3,\"F\"\n2,5,\"M\"\n2,10,\"M\"\n2,4,\"F\"\n";
/// # let table = survey::Table::read(&csv[..], |_| true)?;
/// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
/// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// let test = design.whole().difference(table.numbers("y")?, &table.factor("s")?)?;
/// assert!((test.t - 4.0 / (13.0f64 / 3.0 * 2.0).sqrt()).abs() < 1.0 && test.p_value < 1.0);
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The mean of the second category less that of the first.
    pub difference: f64,
    /// Over its standard error.
    pub t: f64,
    /// Degrees of freedom.
    pub freedom: f64,
    /// The chance of a |t| as great if there were no difference.
    pub p_value: f64,
}

impl View<'_> {
    /// The difference of the means of a number in two categories, tested by Student's t.
    ///
    /// # Errors
    /// [`Trouble::Request`] unless exactly two categories are met, and [`Trouble::LonelyUnit`].
    ///
    /// ```
    /// # let csv = b"w,y,s\n2,3,\"F\"\n2,5,\"M\"\n2,10,\"M\"\n2,4,\"F\"\n";
    /// # let table = survey::Table::read(&csv[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let test = design.whole().difference(table.numbers("y")?, &table.factor("s")?)?;
    /// assert_eq!((test.difference, test.freedom), (4.0, 2.0));
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn difference(&self, numbers: &[f64], groups: &Factor) -> Result<Difference, Trouble> {
        let code = |row: u32| groups.codes[row as usize];
        let view = self.keep(|row| !numbers[row as usize].is_nan() && code(row) != MISSING);
        let mut met: Vec<u32> = view.rows.iter().map(|row| code(*row)).collect();
        met.sort_unstable();
        met.dedup();
        let [first, second] = met[..] else {
            return Err(Trouble::request("formula", format!("{} categories", met.len()), "two"));
        };
        let values: Vec<f64> = view.rows.iter().map(|row| numbers[*row as usize]).collect();
        let codes: Vec<u32> = view.rows.iter().map(|row| code(*row)).collect();
        let part = |weights: &[f64], wanted: u32| -> Vec<f64> {
            let weight = |(w, code): (&f64, &u32)| if *code == wanted { *w } else { 0.0 };
            weights.iter().zip(&codes).map(weight).collect()
        };
        let difference = |weights: &[f64]| {
            average(&values, &part(weights, second)) - average(&values, &part(weights, first))
        };
        let weights = view.weights();
        let value = difference(&weights);
        let (covariance, freedom) = match &view.design.replicates {
            Some(_) => {
                let spread = view.over_replicates(&[value], |weights| vec![difference(weights)]);
                (spread, self.freedom())
            }
            None => {
                let side = |wanted: u32| {
                    let part = part(&weights, wanted);
                    (average(&values, &part), sums::total(part.iter().copied()))
                };
                let (one, other) = (side(first), side(second));
                let spread = view.covariance(1, |_, influence| {
                    influence.clear();
                    let rows = values.iter().zip(&codes).zip(&weights);
                    influence.extend(rows.map(|((x, code), weight)| match *code == second {
                        true => (x - other.0) * weight / other.1,
                        false => -(x - one.0) * weight / one.1,
                    }));
                })?;
                (spread, view.freedom())
            }
        };
        Ok(tested(value, covariance.at(0, 0).sqrt(), freedom - 1.0))
    }

    /// The mean of a number, tested against zero by Student's t.
    ///
    /// # Errors
    /// [`Trouble::LonelyUnit`].
    pub(crate) fn against_zero(&self, terms: &Terms) -> Result<Difference, Trouble> {
        let mean = self.mean_of(terms, false)?;
        Ok(tested(mean.values[0], mean.errors()[0], self.freedom() - 1.0))
    }
}

fn tested(difference: f64, error: f64, freedom: f64) -> Difference {
    let t = difference / error;
    let p_value = 2.0 * chance::student(-t.abs(), freedom);
    Difference { difference, t, freedom, p_value }
}
