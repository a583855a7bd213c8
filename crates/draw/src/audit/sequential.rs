//! An audit that may be looked at after every item and still keeps its error rate.
//!
//! Two claims are weighed: "no more are false than is tolerable" and "more are". Each is tried
//! against the nearest count on the other side by a likelihood ratio, spread evenly over all
//! counts it allows. Under the hypothesis it speaks against, such a ratio is a supermartingale
//! that begins at 1: it ever reaches 1/risk with a chance of at most the risk, however often one
//! looks and whatever made one stop.
//!
//! Sources: A. Wald, *Annals of Mathematical Statistics* 16 (1945), the ratio test; J. Ville,
//! *Étude critique de la notion de collectif* (1939), the inequality; M. Lindeman, P. B. Stark,
//! V. Yates, *BRAVO* (2012), such tests as audits that end in a full recount; I. Waudby-Smith,
//! A. Ramdas, *Confidence sequences for sampling without replacement* (NeurIPS 2020), the mixed
//! ratio without replacement.

use super::{Wrong, check};

/// What to do after a look.
///
/// ```
/// use draw::audit::{Sequential, Verdict};
/// let test = Sequential::new(130, 6, 0.05, 0.05)?;
/// assert_eq!(test.look(10, 0)?.verdict, Verdict::GoOn);
/// # Ok::<(), draw::audit::Wrong>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Stop: no more are false than is tolerable.
    Stop,
    /// Examine more items.
    GoOn,
    /// More are false than is tolerable: re-check everything.
    RecheckAll,
}

/// One look at an audit under way.
///
/// ```
/// let test = draw::audit::Sequential::new(130, 6, 0.05, 0.05)?;
/// let draw::audit::Look { verdict, .. } = test.look(57, 0)?;
/// assert_eq!(verdict, draw::audit::Verdict::Stop);
/// # Ok::<(), draw::audit::Wrong>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// What to do.
    pub verdict: Verdict,
    /// How often likelier the sample is if a tolerable number is false; without limit.
    pub for_stopping: f64,
    /// How often likelier the sample is if more are false; without limit.
    pub for_rechecking: f64,
}

/// A sequential test of "no more than so many of all items are false".
///
/// ```
/// use draw::audit::{Sequential, Verdict};
/// let test = Sequential::new(130, 6, 0.05, 0.05)?;
/// assert_eq!(test.look(20, 0)?.verdict, Verdict::GoOn);
/// assert_eq!(test.look(57, 0)?.verdict, Verdict::Stop);
/// assert_eq!(test.look(20, 6)?.verdict, Verdict::RecheckAll);
/// # Ok::<(), draw::audit::Wrong>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sequential {
    population: u64,
    tolerable: u64,
    stop_risk: f64,
    recheck_risk: f64,
}

impl Sequential {
    /// A test for a population. `tolerable`: so many false items are still tolerable.
    /// `stop_risk`: the chance, at the most, of ever being told to stop when more are false.
    /// `recheck_risk`: the chance, at the most, of ever being told to re-check everything when
    /// no more are false.
    ///
    /// # Errors
    /// [`Wrong`] when more are tolerable than there are, or a risk is not between 0 and 1.
    ///
    /// ```
    /// assert!(draw::audit::Sequential::new(100, 2, 0.05, 0.0).is_err());
    /// ```
    pub fn new(
        population: u64,
        tolerable: u64,
        stop_risk: f64,
        recheck_risk: f64,
    ) -> Result<Self, Wrong> {
        check(population, population, tolerable, stop_risk)?;
        check(population, population, tolerable, recheck_risk)?;
        Ok(Self { population, tolerable, stop_risk, recheck_risk })
    }

    /// What `examined` items, in the random order of the draw, with `found` false ones among
    /// them, say. After all items it says which side is true. Costs a step for each item.
    ///
    /// # Errors
    /// [`Wrong`] when more are examined than there are or more found than examined.
    ///
    /// ```
    /// let test = draw::audit::Sequential::new(60, 3, 0.05, 0.1)?;
    /// assert_eq!(test.look(60, 3)?.verdict, draw::audit::Verdict::Stop);
    /// assert_eq!(test.look(0, 0)?.verdict, draw::audit::Verdict::GoOn);
    /// # Ok::<(), draw::audit::Wrong>(())
    /// ```
    pub fn look(&self, examined: u64, found: u64) -> Result<Look, Wrong> {
        check(self.population, examined, found, self.stop_risk)?;
        let (for_stopping, for_rechecking) =
            (self.for_stopping(examined, found), self.for_rechecking(examined, found));
        let verdict = if for_stopping * self.stop_risk >= 1.0 {
            Verdict::Stop
        } else if for_rechecking * self.recheck_risk >= 1.0 {
            Verdict::RecheckAll
        } else {
            Verdict::GoOn
        };
        Ok(Look { verdict, for_stopping, for_rechecking })
    }

    /// How many more items, all found true, would end the audit with [`Verdict::Stop`]; none
    /// when more are already found than is tolerable.
    ///
    /// # Errors
    /// As [`Sequential::look`].
    ///
    /// ```
    /// let test = draw::audit::Sequential::new(130, 6, 0.05, 0.05)?;
    /// let more = test.true_items_to_stop(10, 1)?.unwrap_or_default();
    /// assert_eq!(test.look(10 + more, 1)?.verdict, draw::audit::Verdict::Stop);
    /// # Ok::<(), draw::audit::Wrong>(())
    /// ```
    pub fn true_items_to_stop(&self, examined: u64, found: u64) -> Result<Option<u64>, Wrong> {
        check(self.population, examined, found, self.stop_risk)?;
        let (mut too_few, mut enough) = (0, self.population - examined);
        let stops = |more| self.for_stopping(examined + more, found) * self.stop_risk >= 1.0;
        if stops(too_few) {
            return Ok(Some(0));
        }
        if !stops(enough) {
            return Ok(None);
        }
        while enough - too_few > 1 {
            let middle = too_few + (enough - too_few) / 2;
            if stops(middle) {
                enough = middle;
            } else {
                too_few = middle;
            }
        }
        Ok(Some(enough))
    }

    /// The mean over all tolerable counts of their likelihood, over that of the first count that
    /// is not tolerable.
    fn for_stopping(&self, examined: u64, found: u64) -> f64 {
        let (all, intolerable) = (self.population as f64, self.tolerable + 1);
        if found > self.tolerable {
            return 0.0;
        }
        let seen_true = (examined - found) as f64;
        let (mut ratio, mut sum) = (1.0, 0.0);
        for false_items in (found..intolerable).rev() {
            let more = (false_items + 1) as f64;
            let left = all - more - seen_true + 1.0;
            // Fewer true items would be left than were seen: only tolerable counts remain.
            if left <= 0.0 {
                return f64::INFINITY;
            }
            ratio *= (more - found as f64) / more * ((all - more + 1.0) / left);
            sum += ratio;
        }
        sum / intolerable as f64
    }

    /// The mean over all intolerable counts of their likelihood, over that of the last count
    /// that is tolerable.
    fn for_rechecking(&self, examined: u64, found: u64) -> f64 {
        let seen_true = examined - found;
        if found > self.tolerable {
            return f64::INFINITY;
        }
        let (all, greatest) = (self.population as f64, self.population - seen_true);
        let (mut ratio, mut sum) = (1.0, 0.0);
        for false_items in self.tolerable + 1..=greatest {
            let count = false_items as f64;
            ratio *= count / (count - found as f64)
                * ((all - count + 1.0 - seen_true as f64) / (all - count + 1.0));
            sum += ratio;
        }
        sum / (self.population - self.tolerable).max(1) as f64
    }
}
