//! How many to ask: the sample for a wanted margin of error, before anything is known of the
//! answers.
//!
//! The margin is half the width of a normal interval for a share or a mean. A complex design is
//! counted by its design effect, a small population by its correction, and those who will not
//! answer by the response rate. Sources: W. G. Cochran, *Sampling Techniques*, 3rd ed. (1977),
//! §§ 4.4 to 4.6; L. Kish, *Survey Sampling* (1965), § 8.2, the design effect.
//!
//! ```
//! use survey::planning::Wish;
//! // A share to within 3 points, in clusters with a design effect of 1.5, 60 % answering.
//! let wish = Wish { design_effect: 1.5, response: 0.6, ..Wish::share(0.03, 0.95) };
//! let sample = wish.sample()?;
//! assert_eq!((sample.answers, sample.asked), (1601, 2669));
//! # Ok::<(), survey::planning::Unplannable>(())
//! ```

mod normal;
#[cfg(test)]
mod tests;

use std::fmt;

use self::normal::quantile;

/// What a survey is to reach. Change single fields of [`Wish::share`] or [`Wish::mean`].
///
/// ```
/// use survey::planning::Wish;
/// // A share to within 3 points among 21,000, in clusters, where 6 of 10 answer.
/// let all = Some(21_000);
/// let wish =
///     Wish { population: all, design_effect: 1.5, response: 0.6, ..Wish::share(0.03, 0.95) };
/// assert_eq!(wish.sample()?.answers, 1488);
/// # Ok::<(), survey::planning::Unplannable>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wish {
    /// Half the width of the interval, in the unit of what is measured; 0.03 is three points of
    /// a share.
    pub margin: f64,
    /// The confidence of the interval, between 0 and 1.
    pub confidence: f64,
    /// The standard deviation in the population; of a share p it is √(p(1−p)), at most 0.5.
    pub deviation: f64,
    /// How many there are; none for a population without end.
    pub population: Option<u64>,
    /// How many times larger the variance is than that of a simple random sample.
    pub design_effect: f64,
    /// The share of those asked who answer, above 0, at most 1.
    pub response: f64,
}

/// The sample a wish needs.
///
/// ```
/// use survey::planning::{Sample, Wish};
/// let wish = Wish { response: 0.5, ..Wish::share(0.05, 0.95) };
/// assert_eq!(wish.sample()?, Sample { answers: 385, asked: 770 });
/// # Ok::<(), survey::planning::Unplannable>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Answers needed.
    pub answers: u64,
    /// People to ask, so that as many answer.
    pub asked: u64,
}

/// Why there is no such sample.
///
/// ```
/// use survey::planning::Wish;
/// let no = Wish::share(0.05, 95.0).sample().unwrap_err();
/// assert_eq!(no.to_string(), "confidence: found 95, expected more than 0, less than 1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unplannable {
    /// A number is outside of what it can be.
    Outside {
        /// The field.
        field: &'static str,
        /// What was found.
        found: f64,
        /// What can be.
        expected: &'static str,
    },
    /// More would have to be asked than there are.
    TooFew {
        /// People to ask.
        asked: u64,
        /// People there are.
        population: u64,
    },
}

impl fmt::Display for Unplannable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside { field, found, expected } => {
                write!(f, "{field}: found {found}, expected {expected}")
            }
            Self::TooFew { asked, population } => {
                write!(f, "{asked} would have to be asked, and there are {population}")
            }
        }
    }
}

impl std::error::Error for Unplannable {}

impl Wish {
    /// A share of which nothing is known: the deviation is the greatest, 0.5. No design effect,
    /// everybody answers, a population without end.
    ///
    /// ```
    /// assert_eq!(survey::planning::Wish::share(0.05, 0.95).sample()?.answers, 385);
    /// # Ok::<(), survey::planning::Unplannable>(())
    /// ```
    pub fn share(margin: f64, confidence: f64) -> Self {
        Self::mean(margin, confidence, 0.5)
    }

    /// A mean of something with a known or feared standard deviation, in the unit of the margin.
    ///
    /// ```
    /// // A grade from 0 to 100 with a deviation of 18, to within one point.
    /// assert_eq!(survey::planning::Wish::mean(1.0, 0.95, 18.0).sample()?.answers, 1245);
    /// # Ok::<(), survey::planning::Unplannable>(())
    /// ```
    pub fn mean(margin: f64, confidence: f64, deviation: f64) -> Self {
        let (design_effect, response) = (1.0, 1.0);
        Self { margin, confidence, deviation, population: None, design_effect, response }
    }

    /// The smallest sample that keeps the margin.
    ///
    /// # Errors
    /// [`Unplannable`], naming the number that cannot be, or that too few people are there.
    ///
    /// ```
    /// use survey::planning::Wish;
    /// let wish = Wish { population: Some(130), ..Wish::share(0.05, 0.95) };
    /// assert_eq!(wish.sample()?.answers, 98);
    /// assert!(Wish { response: 0.5, ..wish }.sample().is_err());
    /// # Ok::<(), survey::planning::Unplannable>(())
    /// ```
    pub fn sample(&self) -> Result<Sample, Unplannable> {
        self.check()?;
        let score = quantile(0.5 + self.confidence / 2.0);
        let endless = (score * self.deviation / self.margin).powi(2) * self.design_effect;
        let wanted = match self.population {
            None => endless,
            // n with deff · s² / n · (N − n) / (N − 1) = (margin / z)².
            Some(population) => {
                let all = population as f64;
                all * endless / (all - 1.0 + endless).max(f64::MIN_POSITIVE)
            }
        };
        // A whole number that is missed by an error of rounding is not rounded up.
        let whole = |number: f64| (number * (1.0 - 1e-12)).ceil().max(1.0) as u64;
        let answers = whole(wanted);
        let asked = whole(answers as f64 / self.response);
        match self.population {
            Some(population) if asked > population => {
                Err(Unplannable::TooFew { asked, population })
            }
            _ => Ok(Sample { answers, asked }),
        }
    }

    /// The margin that so many answers keep, whatever margin was wished for.
    ///
    /// # Errors
    /// [`Unplannable`] for no answers or more than there are.
    ///
    /// ```
    /// let margin = survey::planning::Wish::share(0.03, 0.95).margin_of(1000)?;
    /// assert!((margin - 0.031).abs() < 1e-4);
    /// # Ok::<(), survey::planning::Unplannable>(())
    /// ```
    pub fn margin_of(&self, answers: u64) -> Result<f64, Unplannable> {
        self.check()?;
        let most = self.population.unwrap_or(u64::MAX);
        if answers == 0 || answers > most {
            let expected = "at least 1 and no more than there are";
            return Err(Unplannable::Outside { field: "answers", found: answers as f64, expected });
        }
        let left = match self.population {
            Some(1) => 0.0,
            Some(population) => (population - answers) as f64 / (population - 1) as f64,
            None => 1.0,
        };
        let variance = self.design_effect * self.deviation.powi(2) / answers as f64 * left;
        Ok(quantile(0.5 + self.confidence / 2.0) * variance.sqrt())
    }

    fn check(&self) -> Result<(), Unplannable> {
        let above = |found: f64| found > 0.0 && found.is_finite();
        let share = |found: f64| found > 0.0 && found < 1.0;
        let population = self.population.map_or(1.0, |population| population as f64);
        let checks = [
            ("margin", self.margin, above(self.margin), "more than 0"),
            ("confidence", self.confidence, share(self.confidence), "more than 0, less than 1"),
            ("deviation", self.deviation, above(self.deviation), "more than 0"),
            ("population", population, population > 0.0, "at least 1"),
            ("design effect", self.design_effect, above(self.design_effect), "more than 0"),
            (
                "response",
                self.response,
                share(self.response) || self.response == 1.0,
                "more than 0, at most 1",
            ),
        ];
        match checks.iter().find(|(_, _, holds, _)| !holds) {
            Some((field, found, _, expected)) => {
                Err(Unplannable::Outside { field, found: *found, expected })
            }
            None => Ok(()),
        }
    }
}
