//! Closure audits: what a random sample of closed items says about all of them.
//!
//! Items are examined without replacement, so the number found false is hypergeometric and every
//! statement here is exact, not an approximation for large populations:
//!
//! - [`upper_bound`]: "with 95 % confidence at most so many of all are false", by inverting the
//!   one-sided hypergeometric test. Source: C. J. Clopper, E. S. Pearson, *Biometrika* 26 (1934),
//!   the inversion; W. G. Cochran, *Sampling Techniques*, 3rd ed. (1977), § 3.6, for finite
//!   populations; J. P. Buonaccorsi, *The American Statistician* 41 (1987), its exactness.
//! - [`sample_size`]: how many to examine for a wanted bound, the same test solved for the sample
//!   (discovery sampling; A. Arens, J. Loebbecke, *Applications of Statistical Sampling to
//!   Auditing* (1981)).
//! - [`Sequential`]: a test that may be looked at after every item.
//!
//! ```
//! use draw::audit::upper_bound;
//! // 30 of 130 closed problems are inspected again and none is found false.
//! let bound = upper_bound(130, 30, 0, 0.05)?;
//! assert_eq!(bound.to_string(), "with 95 % confidence at most 10 of 130 (7.70 %) are false");
//! # Ok::<(), draw::audit::Wrong>(())
//! ```

mod hypergeometric;
mod sequential;
#[cfg(test)]
mod tests;

use std::fmt;

pub use self::hypergeometric::at_most;
pub use self::sequential::{Look, Sequential, Verdict};

/// A tail that differs from the risk by no more than this share of it is taken as equal to it:
/// the greatest error of [`at_most`], so that a tie (1 of 20 at 5 %) falls as in exact fractions.
const TIE: f64 = 1e-12;

/// Why an audit cannot be computed: the numbers contradict each other.
///
/// ```
/// use draw::audit::{Wrong, upper_bound};
/// let wrong = upper_bound(30, 130, 0, 0.05).unwrap_err();
/// assert_eq!(wrong, Wrong::TooManyExamined { examined: 130, population: 30 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Wrong {
    /// More examined than there are.
    #[error("found {examined} examined of {population}, expected no more than there are")]
    TooManyExamined {
        /// Items examined.
        examined: u64,
        /// Items there are.
        population: u64,
    },
    /// More false than examined.
    #[error("found {false_items} false of {examined} examined, expected no more than examined")]
    TooManyFalse {
        /// Items found false.
        false_items: u64,
        /// Items examined.
        examined: u64,
    },
    /// A risk is a share between 0 and 1, both excluded.
    #[error("found the risk {0}, expected more than 0 and less than 1")]
    Risk(f64),
    /// No sample, not even all items, shows fewer false items than it is expected to find.
    #[error("found a bound of {most} with {expected} false items expected, expected no fewer")]
    BoundBelowExpected {
        /// The wanted bound.
        most: u64,
        /// The false items the plan allows the sample to show.
        expected: u64,
    },
}

/// An exact upper bound on the number of false items.
///
/// ```
/// let bound = draw::audit::upper_bound(130, 30, 0, 0.05)?;
/// assert_eq!((bound.examined, bound.found, bound.most), (30, 0, 10));
/// # Ok::<(), draw::audit::Wrong>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// Items there are.
    pub population: u64,
    /// Items examined.
    pub examined: u64,
    /// Items found false.
    pub found: u64,
    /// The chance, at the most, that this procedure gives a bound that is too small.
    pub risk: f64,
    /// At most so many of all items are false, those found included.
    pub most: u64,
}

impl Bound {
    /// The bound as a share of all items, 0 to 1; 0 when there are none.
    ///
    /// ```
    /// let bound = draw::audit::upper_bound(200, 200, 3, 0.05)?;
    /// assert_eq!(bound.share(), 0.015);
    /// # Ok::<(), draw::audit::Wrong>(())
    /// ```
    pub fn share(&self) -> f64 {
        if self.population == 0 { 0.0 } else { self.most as f64 / self.population as f64 }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rounded up, since the statement is "at most".
        let share = (self.share() * 1e4 - 1e-9).ceil() / 1e2;
        let sure = 100.0 * (1.0 - self.risk);
        let (most, all) = (self.most, self.population);
        let sure = format!("{sure:.4}");
        let sure = sure.trim_end_matches('0').trim_end_matches('.');
        write!(f, "with {sure} % confidence at most {most} of {all} ({share:.2} %) are false")
    }
}

fn check(population: u64, examined: u64, found: u64, risk: f64) -> Result<(), Wrong> {
    if examined > population {
        return Err(Wrong::TooManyExamined { examined, population });
    }
    if found > examined {
        return Err(Wrong::TooManyFalse { false_items: found, examined });
    }
    if risk > 0.0 && risk < 1.0 { Ok(()) } else { Err(Wrong::Risk(risk)) }
}

/// Whether finding `found` or fewer is as rare as the risk if `false_items` of all are false.
fn is_rejected(population: u64, false_items: u64, examined: u64, found: u64, risk: f64) -> bool {
    at_most(found, population, false_items, examined) <= risk * (1.0 + TIE)
}

/// The exact one-sided upper confidence bound on the number of false items in a population of
/// which `examined`, a simple random sample without replacement, showed `found` false ones.
///
/// It is the largest number that the sample does not reject: finding so few would be rarer than
/// `risk`. Whatever the truth, the bound is too small with a chance of at most `risk`.
///
/// # Errors
/// [`Wrong`] when more are examined than there are, more found than examined, or the risk is not
/// between 0 and 1.
///
/// ```
/// use draw::audit::upper_bound;
/// assert_eq!(upper_bound(5000, 400, 0, 0.05)?.most, 35);
/// assert_eq!(upper_bound(20, 19, 0, 0.05)?.most, 0);
/// # Ok::<(), draw::audit::Wrong>(())
/// ```
pub fn upper_bound(population: u64, examined: u64, found: u64, risk: f64) -> Result<Bound, Wrong> {
    check(population, examined, found, risk)?;
    // Always tenable: exactly those found are false. Never: fewer true ones than were seen.
    let (mut tenable, mut rejected) = (found, population - (examined - found) + 1);
    while rejected - tenable > 1 {
        let middle = tenable + (rejected - tenable) / 2;
        if is_rejected(population, middle, examined, found, risk) {
            rejected = middle;
        } else {
            tenable = middle;
        }
    }
    Ok(Bound { population, examined, found, risk, most: tenable })
}

/// The smallest sample whose bound is `most` or less as long as it shows no more than `expected`
/// false items.
///
/// # Errors
/// [`Wrong`] when `expected` is more than `most` or than there are, or the risk is not between 0
/// and 1.
///
/// ```
/// use draw::audit::{sample_size, upper_bound};
/// // So that no false item among those examined means: at most 1 % of 1,000 are false.
/// assert_eq!(sample_size(1000, 10, 0, 0.05)?, 238);
/// assert_eq!(upper_bound(1000, 238, 0, 0.05)?.most, 10);
/// assert_eq!(upper_bound(1000, 237, 0, 0.05)?.most, 11);
/// # Ok::<(), draw::audit::Wrong>(())
/// ```
pub fn sample_size(population: u64, most: u64, expected: u64, risk: f64) -> Result<u64, Wrong> {
    check(population, population, expected, risk)?;
    if expected > most {
        return Err(Wrong::BoundBelowExpected { most, expected });
    }
    if most >= population {
        return Ok(expected);
    }
    let is_enough = |examined| is_rejected(population, most + 1, examined, expected, risk);
    // All items always suffice.
    let (mut too_few, mut enough) = (expected, population);
    while enough - too_few > 1 {
        let middle = too_few + (enough - too_few) / 2;
        if is_enough(middle) {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    Ok(enough)
}
