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
    /// The mean of the second category less that of the first, or the sum of a contrast.
    pub difference: f64,
    /// Its standard error.
    pub error: f64,
    /// The difference over its standard error.
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
        let view = self.keep(|row| !numbers[row as usize].is_nan());
        let mut met: Vec<u32> = view.rows.iter().map(|row| groups.codes[*row as usize]).collect();
        met.retain(|code| *code != MISSING);
        met.sort_unstable();
        met.dedup();
        let [first, second] = met[..] else {
            return Err(Trouble::request("formula", format!("{} categories", met.len()), "two"));
        };
        let mut factors = vec![0.0; groups.levels.len()];
        (factors[first as usize], factors[second as usize]) = (-1.0, 1.0);
        self.contrast(numbers, groups, &factors)
    }

    /// The sum of the means of a number in some categories, each times its factor, tested
    /// against zero by Student's t. Rows of other categories keep their place in the design.
    ///
    /// # Errors
    /// [`Trouble::Request`] if a category with a factor is not met, and [`Trouble::LonelyUnit`].
    ///
    /// ```
    /// # let csv = b"w,y,s\n2,3,\"a\"\n2,5,\"b\"\n2,10,\"b\"\n2,4,\"a\"\n2,1,\"c\"\n2,2,\"c\"\n";
    /// # let table = survey::Table::read(&csv[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// // b above the mean of a and c.
    /// let factors = [-0.5, 1.0, -0.5];
    /// let test = design.whole().contrast(table.numbers("y")?, &table.factor("s")?, &factors)?;
    /// assert_eq!(test.difference, 5.0);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn contrast(
        &self,
        numbers: &[f64],
        groups: &Factor,
        factors: &[f64],
    ) -> Result<Difference, Trouble> {
        let code = |row: u32| groups.codes[row as usize];
        let view = self.keep(|row| !numbers[row as usize].is_nan() && code(row) != MISSING);
        let values: Vec<f64> = view.rows.iter().map(|row| numbers[*row as usize]).collect();
        let codes: Vec<usize> = view.rows.iter().map(|row| code(*row) as usize).collect();
        let factor = |code: usize| factors.get(code).copied().unwrap_or(0.0);
        for (code, level) in groups.levels.iter().enumerate() {
            if factor(code) != 0.0 && !codes.contains(&code) {
                let found = format!("nobody of {level:?}");
                return Err(Trouble::request("contrast", found, "categories that are met"));
            }
        }
        let sides = |weights: &[f64]| -> Vec<(f64, f64)> {
            let side = |wanted: usize| {
                let weight = |(w, code): (&f64, &usize)| if *code == wanted { *w } else { 0.0 };
                let part: Vec<f64> = weights.iter().zip(&codes).map(weight).collect();
                (average(&values, &part), sums::total(part.iter().copied()))
            };
            let counts = |code: usize| if factor(code) == 0.0 { (0.0, 1.0) } else { side(code) };
            (0..groups.levels.len()).map(counts).collect()
        };
        let sum = |weights: &[f64]| -> f64 {
            sides(weights).iter().enumerate().map(|(code, (mean, _))| factor(code) * mean).sum()
        };
        let weights = view.weights();
        let value = sum(&weights);
        let (covariance, freedom) = match &view.design.replicates {
            Some(_) => {
                let spread = view.over_replicates(&[value], |weights| vec![sum(weights)]);
                (spread, self.freedom())
            }
            None => {
                let sides = sides(&weights);
                let spread = view.covariance(1, |_, influence| {
                    influence.clear();
                    let rows = values.iter().zip(&codes).zip(&weights);
                    influence.extend(rows.map(|((x, code), weight)| {
                        let (mean, whole) = sides[*code];
                        factor(*code) * (x - mean) * weight / whole
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
    Difference { difference, error, t, freedom, p_value }
}
