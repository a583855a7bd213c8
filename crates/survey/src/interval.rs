//! Intervals for a share that keep between 0 and 1, by several rules.

mod logistic;

use crate::chance;
use crate::estimate::Estimate;
use crate::terms::Made;
use crate::trouble::Trouble;
use crate::view::View;

/// How the interval of a share is made.
///
/// ```
/// # let csv = b"w,y,s\n2,3,\"F\"\n2,5,\"M\"\n2,10,\"M\"\n2,4,\"F\"\n";
/// # let table = survey::Table::read(&csv[..], |_| true)?;
/// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
/// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// use survey::{Open, Rule};
/// let judged = survey::judge("y > 4", &table)?;
/// for rule in [Rule::Mean, Rule::Xlogit, Rule::Asin, Rule::Beta, Rule::Wilson] {
///     let [low, high] = design.whole().share(&judged, Open::Spoils, rule, 0.95)?.interval;
///     assert!(low < 0.5 && 0.5 < high);
/// }
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Student's t about the share; it may leave \[0, 1\].
    Mean,
    /// Student's t on the logit, by a logistic model.
    Logit,
    /// Student's t on the logit of the share.
    Xlogit,
    /// Student's t on the arc sine of the root.
    Asin,
    /// Clopper and Pearson's with an effective number of rows (Korn and Graubard 1998).
    Beta,
    /// The profile of a logistic model's likelihood, scaled by the design effect.
    Likelihood,
    /// Wilson's with the same effective number of rows.
    Wilson,
}

/// What rows are to a share where its condition is open.
///
/// ```
/// # let table = survey::Table::read(&b"w,y\n2,3\n2,5\n2,\n2,4\n"[..], |_| true)?;
/// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
/// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// use survey::{Open, Rule};
/// let judged = survey::judge("y > 3", &table)?;
/// let share = |open| design.whole().share(&judged, open, Rule::Mean, 0.95);
/// assert!(share(Open::Spoils)?.value.is_nan());
/// assert!((share(Open::LeftOut)?.value - 2.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// A share over them is not a number, but for the model of the logit and likelihood rules.
    Spoils,
    /// They are left out, and count only among the rows of the beta and Wilson rules.
    LeftOut,
}

/// A share with its interval.
///
/// ```
/// # let csv = b"w,y,s\n2,3,\"F\"\n2,5,\"M\"\n2,10,\"M\"\n2,4,\"F\"\n";
/// # let table = survey::Table::read(&csv[..], |_| true)?;
/// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
/// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// let judged = survey::judge("y > 4", &table)?;
/// let share = design.whole().share(&judged, survey::Open::Spoils, survey::Rule::Logit, 0.9)?;
/// assert!((share.value - 0.5).abs() < 1e-12 && share.freedom == 3.0);
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// The interval.
    pub interval: [f64; 2],
    /// Degrees of freedom.
    pub freedom: f64,
}

impl View<'_> {
    /// The share of the rows a condition holds for, with an interval at a level.
    ///
    /// # Errors
    /// [`Trouble::LonelyUnit`].
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y\n2,0\n2,1\n2,1\n2,1\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let judged = survey::judge("y == 1", &table)?;
    /// use survey::{Open, Rule};
    /// let share = design.whole().share(&judged, Open::LeftOut, Rule::Wilson, 0.95)?;
    /// assert_eq!(share.value, 0.75);
    /// assert!(share.interval[1] < 1.0);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn share(
        &self,
        judged: &[Option<bool>],
        open: Open,
        rule: Rule,
        level: f64,
    ) -> Result<Share, Trouble> {
        let freedom = self.freedom();
        let unknown = |row: usize| judged[row].is_none();
        let spoilt = match self.design.keeps_rows() {
            _ if open == Open::LeftOut => false,
            true => (0..judged.len()).any(unknown),
            false => self.rows.iter().any(|row| unknown(*row as usize)),
        };
        let holds = Made {
            count: 1,
            value: |_: usize, row: u32| {
                judged[row as usize].map_or(f64::NAN, |held| f64::from(u8::from(held)))
            },
        };
        let mean = self.mean_of(&holds, false)?;
        let error = if spoilt { f64::NAN } else { mean.errors()[0] };
        if matches!(rule, Rule::Logit | Rule::Likelihood) {
            let model = self.logistic(judged)?;
            let interval = match rule {
                Rule::Logit => model.wald(level, freedom),
                _ => model.profile(level, freedom)?,
            };
            return Ok(Share { value: model.share(), error, interval, freedom });
        }
        if spoilt {
            let nan = f64::NAN;
            return Ok(Share { value: nan, error: nan, interval: [nan, nan], freedom });
        }
        let interval = around(&mean, rule, level, freedom, self.frame() as f64, freedom);
        Ok(Share { value: mean.values[0], error, interval, freedom })
    }
}

/// An interval about a share that was estimated as a mean.
pub(crate) fn around(
    mean: &Estimate,
    rule: Rule,
    level: f64,
    freedom: f64,
    rows: f64,
    design_freedom: f64,
) -> [f64; 2] {
    let (share, spread) = (mean.values[0], mean.covariance.at(0, 0));
    let half = (1.0 - level) / 2.0;
    let reach = chance::student_quantile(half, freedom);
    let about = |centre: f64, error: f64| [centre + error * reach, centre - error * reach];
    let effective = || {
        let ratio = chance::student_quantile(half, rows - 1.0)
            / chance::student_quantile(half, design_freedom);
        share * (1.0 - share) / spread * ratio * ratio
    };
    match rule {
        Rule::Mean => about(share, spread.sqrt()),
        Rule::Asin => {
            let slope = 0.5 / (share.sqrt() * (1.0 - share).sqrt());
            about(share.sqrt().asin(), spread.sqrt() * slope).map(|angle| angle.sin().powi(2))
        }
        Rule::Xlogit | Rule::Logit | Rule::Likelihood => {
            let odds = share * (1.0 - share);
            about((share / (1.0 - share)).ln(), spread.sqrt() / odds).map(expit)
        }
        Rule::Beta => {
            let many = effective();
            let (yes, no) = (many * share, many * (1.0 - share));
            let low = chance::beta_quantile(half, yes, no + 1.0);
            [low, chance::beta_quantile(1.0 - half, yes + 1.0, no)]
        }
        Rule::Wilson => {
            // A share of 0 or 1 has no variance to tell the design effect by.
            let many = if spread == 0.0 { rows } else { effective() };
            let z = chance::normal_quantile(1.0 - half);
            let square = z * z / many;
            let centre = (share + square / 2.0) / (1.0 + square);
            let root = (share * (1.0 - share) / many + square / (4.0 * many)).sqrt();
            let width = z * root / (1.0 + square);
            [centre - width, centre + width]
        }
    }
}

pub(crate) fn expit(logit: f64) -> f64 {
    logit.exp() / (1.0 + logit.exp())
}

#[cfg(test)]
mod tests;
