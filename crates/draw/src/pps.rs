//! Draws with unequal chances: a unit's inclusion probability is proportional to its size, which
//! may be a count or a weight of risk, and is known exactly before the draw.
//!
//! - [`Pps::systematic`]: one random start and equal steps along the frame. Source: W. G. Madow,
//!   *Annals of Mathematical Statistics* 20 (1949). Fast for any frame, but some pairs of units
//!   can never come together.
//! - [`ConditionalPoisson`]: of all designs with these probabilities the most random one (the
//!   greatest entropy), and every pair can come together. Sources: J. Hájek, *Annals of
//!   Mathematical Statistics* 35 (1964); S. X. Chen, A. P. Dempster, J. S. Liu, *Biometrika* 81
//!   (1994); Y. Tillé, *Sampling Algorithms* (2006), § 5.6.
//!
//! Units so large that their probability would reach 1 are drawn for certain, and the others
//! share the rest.
//!
//! ```
//! use draw::pps::{ConditionalPoisson, Pps};
//! let ids = ["a", "b", "c", "d"];
//! let pps = Pps::new(&[10, 20, 30, 140], 2)?;
//! assert_eq!(pps.probabilities()[3], 1.0);
//! assert!((pps.probabilities()[1] - 20.0 / 60.0).abs() < 1e-15);
//! assert_eq!(pps.systematic("seed").len(), 2);
//! let drawn = ConditionalPoisson::new(&pps)?.sample(&ids, "seed");
//! assert!(drawn.len() == 2 && drawn.contains(&3));
//! # Ok::<(), draw::pps::Wrong>(())
//! ```

mod conditional;
#[cfg(test)]
mod tests;

pub use self::conditional::ConditionalPoisson;
use crate::Lot;

/// Sizes add up to no more than this, so that steps along the frame stay exact whole numbers.
const GREATEST_SUM: u128 = 1 << 46;
/// The cells of a table of partial sums that a draw may hold: 400 MB.
const GREATEST_TABLE: usize = 50_000_000;

/// Why probabilities proportional to size cannot be had. Units are counted from 0.
///
/// ```
/// use draw::pps::{Pps, Wrong};
/// assert_eq!(Pps::new(&[3, 0], 1).unwrap_err(), Wrong::NoSize(1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// More units are wanted than there are.
    #[error("found {units} units, expected at least the {wanted} to be drawn")]
    TooFewUnits {
        /// Units in the frame.
        units: usize,
        /// Units wanted.
        wanted: usize,
    },
    /// A unit of size nothing could never be drawn.
    #[error("unit {0}: found the size 0, expected at least 1")]
    NoSize(usize),
    /// The sizes are too large for exact steps.
    #[error("found sizes of more than 2^46 in all, expected a coarser unit of size")]
    TooLarge,
    /// A grade of risk has no weight.
    #[error("unit {unit}: found the grade {grade:?}, expected one of the grades with a weight")]
    UnknownGrade {
        /// The unit, from 0.
        unit: usize,
        /// Its grade.
        grade: String,
    },
    /// A conditional Poisson draw needs a table of units times sample.
    #[error("found {units} units and {wanted} to be drawn, expected a product below 50,000,000")]
    TooManyPairs {
        /// Units that are not certain.
        units: usize,
        /// Units wanted of them.
        wanted: usize,
    },
    /// The wanted probabilities were not reached to 10⁻¹²; a systematic draw has them.
    #[error("found probabilities that are off by {0}, expected them to be reached")]
    NotReached(String),
}

/// Sizes by grade of risk: the weight of each unit's grade.
///
/// # Errors
/// [`Wrong::UnknownGrade`].
///
/// ```
/// let weights = [("A", 1), ("B", 2), ("D", 8)];
/// assert_eq!(draw::pps::risk_sizes(&["B", "D", "A"], &weights)?, [2, 8, 1]);
/// assert!(draw::pps::risk_sizes(&["E"], &weights).is_err());
/// # Ok::<(), draw::pps::Wrong>(())
/// ```
pub fn risk_sizes<S: AsRef<str>>(grades: &[S], weights: &[(S, u64)]) -> Result<Vec<u64>, Wrong> {
    let weigh = |(unit, grade): (usize, &S)| {
        let grade = grade.as_ref();
        let found = weights.iter().find(|(named, _)| named.as_ref() == grade);
        let unknown = || Wrong::UnknownGrade { unit, grade: grade.to_owned() };
        found.map(|(_, weight)| *weight).ok_or_else(unknown)
    };
    grades.iter().enumerate().map(weigh).collect()
}

/// A frame with sizes, and how many units to draw from it.
///
/// ```
/// let pps = draw::pps::Pps::new(&[1, 3], 1)?;
/// assert_eq!(pps.probabilities(), [0.25, 0.75]);
/// # Ok::<(), draw::pps::Wrong>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Pps {
    sizes: Vec<u64>,
    probabilities: Vec<f64>,
    /// Places of the units that are not certain.
    open: Vec<usize>,
    /// Units to draw of those.
    left: usize,
}

impl Pps {
    /// The inclusion probabilities for drawing `wanted` units in proportion to their sizes.
    ///
    /// # Errors
    /// [`Wrong`] when a size is 0, there are too few units, or the sizes are too large.
    ///
    /// ```
    /// assert!(draw::pps::Pps::new(&[1, 0], 1).is_err());
    /// ```
    pub fn new(sizes: &[u64], wanted: usize) -> Result<Self, Wrong> {
        if wanted > sizes.len() {
            return Err(Wrong::TooFewUnits { units: sizes.len(), wanted });
        }
        if let Some(none) = sizes.iter().position(|size| *size == 0) {
            return Err(Wrong::NoSize(none));
        }
        if sizes.iter().map(|size| u128::from(*size)).sum::<u128>() > GREATEST_SUM {
            return Err(Wrong::TooLarge);
        }
        let (mut open, mut left): (Vec<usize>, usize) = ((0..sizes.len()).collect(), wanted);
        loop {
            let sum: u64 = open.iter().map(|place| sizes[*place]).sum();
            let is_certain =
                |place: usize| u128::from(sizes[place]) * left as u128 >= u128::from(sum);
            let still: Vec<usize> =
                open.iter().copied().filter(|place| left == 0 || !is_certain(*place)).collect();
            if still.len() == open.len() {
                let chance = |place: &usize| left as f64 * sizes[*place] as f64 / sum as f64;
                let mut probabilities = vec![1.0; sizes.len()];
                open.iter().for_each(|place| probabilities[*place] = chance(place));
                return Ok(Self { sizes: sizes.to_vec(), probabilities, open, left });
            }
            left -= open.len() - still.len();
            open = still;
        }
    }

    /// The chance of each unit to be drawn, 0 to 1, in the order of the frame; they add up to
    /// the units drawn.
    ///
    /// ```
    /// let pps = draw::pps::Pps::new(&[1, 1, 2], 1)?;
    /// assert_eq!(pps.probabilities(), [0.25, 0.25, 0.5]);
    /// # Ok::<(), draw::pps::Wrong>(())
    /// ```
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// The places drawn by equal steps along the frame from one random start, in its order. A
    /// frame sorted by stratum or place is spread over evenly.
    ///
    /// ```
    /// let pps = draw::pps::Pps::new(&[5, 5, 5, 5], 2)?;
    /// let drawn = pps.systematic("52775263");
    /// assert!(drawn == [0, 2] || drawn == [1, 3]);
    /// # Ok::<(), draw::pps::Wrong>(())
    /// ```
    pub fn systematic(&self, seed: &str) -> Vec<usize> {
        self.stepped(Lot::new(seed, "systematic").digits("start"))
    }

    /// Steps of sum/left from the start, a share of 10⁻¹⁵ of a step, in whole numbers.
    fn stepped(&self, start: u64) -> Vec<usize> {
        let range = u128::from(Lot::range());
        let sum: u128 = self.open.iter().map(|place| u128::from(self.sizes[*place])).sum();
        let mut drawn: Vec<usize> =
            (0..self.sizes.len()).filter(|place| self.open.binary_search(place).is_err()).collect();
        let (mut passed, mut steps) = (0_u128, 0_u128);
        for place in &self.open {
            passed += u128::from(self.sizes[*place]);
            let hit = (u128::from(start) + steps * range) * sum;
            if steps < self.left as u128 && hit < passed * self.left as u128 * range {
                drawn.push(*place);
                steps += 1;
            }
        }
        drawn.sort_unstable();
        drawn
    }
}
