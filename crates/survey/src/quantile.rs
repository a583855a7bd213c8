//! Quantiles, and their intervals by Woodruff's method.

use crate::chance;
use crate::interval::{self, Rule};
use crate::sums::Sum;
use crate::terms::Made;
use crate::trouble::Trouble;
use crate::view::View;

/// How a quantile is read off the distribution of a sample.
///
/// ```
/// # let csv = b"w,y,s\n2,3,\"F\"\n2,5,\"M\"\n2,10,\"M\"\n2,4,\"F\"\n";
/// # let table = survey::Table::read(&csv[..], |_| true)?;
/// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
/// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// use survey::{Reading, Rule};
/// let median = |reading| {
///     let numbers = table.numbers("y")?;
///     design.whole().quantiles(numbers, &[0.5], reading, Rule::Mean, 0.95).map(|all| all[0].value)
/// };
/// assert_eq!((median(Reading::Math)?, median(Reading::School)?), (4.0, 4.5));
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The least value at which the share below reaches the wanted one.
    Math,
    /// The same, but halfway to the next value where the share is met exactly.
    School,
    /// Linear between values (Hyndman and Fan's rule 7).
    Seven,
}

/// A quantile and its interval; what cannot be told is not a number.
///
/// ```
/// # let csv = b"w,y,s\n2,3,\"F\"\n2,5,\"M\"\n2,10,\"M\"\n2,4,\"F\"\n";
/// # let table = survey::Table::read(&csv[..], |_| true)?;
/// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
/// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// use survey::{Reading, Rule};
/// let numbers = table.numbers("y")?;
/// let all = design.whole().quantiles(numbers, &[0.5, 0.75], Reading::Seven, Rule::Mean, 0.95)?;
/// assert_eq!((all[0].share, all[1].value), (0.5, 6.25));
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantile {
    /// The share below it.
    pub share: f64,
    /// Its value.
    pub value: f64,
    /// The interval.
    pub interval: [f64; 2],
    /// The width of the interval over that of a standard normal or t.
    pub error: f64,
}

impl View<'_> {
    /// Quantiles of a number, with intervals at a level. Rows where it is missing are left out.
    ///
    /// # Errors
    /// [`Trouble::LonelyUnit`].
    ///
    /// ```
    /// use survey::{Reading, Rule};
    /// # let table = survey::Table::read(&b"w,y\n2,3\n2,5\n2,10\n2,11\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let median = design.whole().quantiles(
    ///     table.numbers("y")?, &[0.5], Reading::School, Rule::Mean, 0.95,
    /// )?;
    /// assert_eq!(median[0].value, 7.5);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn quantiles(
        &self,
        numbers: &[f64],
        shares: &[f64],
        reading: Reading,
        rule: Rule,
        level: f64,
    ) -> Result<Vec<Quantile>, Trouble> {
        let view = self.keep(|row| !numbers[row as usize].is_nan());
        let values: Vec<f64> = view.rows.iter().map(|row| numbers[*row as usize]).collect();
        let sorted = Sorted::of(&values, &view.weights());
        let freedom = view.freedom();
        let reach = chance::student_quantile(1.0 - (1.0 - level) / 2.0, freedom);
        let mut quantiles = Vec::new();
        for share in shares {
            let value = sorted.read(*share, reading);
            let below = Made {
                count: 1,
                value: |_: usize, row: u32| f64::from(u8::from(numbers[row as usize] <= value)),
            };
            let mean = view.mean_of(&below, false)?;
            let [low, high] =
                interval::around(&mean, rule, level, freedom, view.frame() as f64, freedom);
            let low = match low < 0.0 || low.is_nan() {
                true => f64::NAN,
                false => sorted.read(low, reading),
            };
            let high = match high > 1.0 || high.is_nan() {
                true => f64::NAN,
                false => sorted.read(high, reading),
            };
            let error = (high - low) / (2.0 * reach);
            quantiles.push(Quantile { share: *share, value, interval: [low, high], error });
        }
        Ok(quantiles)
    }
}

/// Values in order with the weights up to each.
struct Sorted {
    values: Vec<f64>,
    up_to: Vec<f64>,
}

impl Sorted {
    fn of(values: &[f64], weights: &[f64]) -> Self {
        let mut rows: Vec<usize> = (0..values.len()).filter(|row| weights[*row] != 0.0).collect();
        rows.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
        let mut sum = Sum::default();
        let up_to = rows.iter().map(|row| {
            sum.add(weights[*row]);
            sum.value()
        });
        Self { up_to: up_to.collect(), values: rows.iter().map(|row| values[*row]).collect() }
    }

    fn read(&self, share: f64, reading: Reading) -> f64 {
        let count = self.values.len();
        if count == 0 || share.is_nan() {
            return f64::NAN;
        }
        let whole = self.up_to[count - 1];
        if reading == Reading::Seven {
            return self.between(share);
        }
        // Where no weight is below, the first value still counts as below, as in R's survey.
        let below = self.up_to.partition_point(|weight| *weight <= share * whole).max(1) - 1;
        let next = (below + 1).min(count - 1);
        let met = share - self.up_to[below] / whole == 0.0;
        match (met, reading) {
            (false, _) => self.values[next],
            (true, Reading::School) => (self.values[below] + self.values[next]) / 2.0,
            (true, _) => self.values[below],
        }
    }

    fn between(&self, share: f64) -> f64 {
        let count = self.values.len();
        if count == 1 {
            return self.values[0];
        }
        let last = self.up_to[count - 2];
        let place = |at: usize| if at == 0 { 0.0 } else { self.up_to[at - 1] / last };
        if share <= 0.0 {
            return self.values[0];
        }
        if share >= place(count - 1) {
            return self.values[count - 1];
        }
        let (mut low, mut high) = (0, count - 1);
        while high - low > 1 {
            let middle = (low + high) / 2;
            if share < place(middle) { high = middle } else { low = middle }
        }
        let (from, to) = (place(low), place(high));
        let (one, other) = (self.values[low], self.values[high]);
        one + (other - one) * ((share - from) / (to - from))
    }
}
