//! Teams drawn by lot: at least two inspectors for every object, none where they are recused,
//! and the work shared as evenly as the recusals allow.
//!
//! First every pair of inspector and object gets its chance, then the draw keeps all of these
//! chances exactly:
//!
//! 1. The greatest load is the smallest that any assignment can have (a maximum flow finds it).
//! 2. Chances are as random as they can be: alternating scaling makes the teams exact and the
//!    expected loads as near to equal, in relative entropy, as recusals allow (I. Csiszár,
//!    G. Tusnády, *Statistics & Decisions*, Suppl. 1 (1984)); excess over the greatest load is
//!    then moved along alternating paths.
//! 3. Dependent rounding turns chances into teams: each pair keeps its chance, each team its
//!    size, each inspector a load next to the expected one (R. Gandhi, S. Khuller,
//!    S. Parthasarathy, A. Srinivasan, *Journal of the ACM* 53 (2006); E. Budish, Y.-K. Che,
//!    F. Kojima, P. Milgrom, *American Economic Review* 103 (2013)).
//!
//! ```
//! use draw::teams::{Duty, Recusal};
//! // Inspector 0 comes from the county that is object 1.
//! let recusals = [Recusal { inspector: 0, object: 1 }];
//! let duty = Duty { inspectors: 4, objects: 3, recusals: &recusals, per_object: 2, most: None };
//! let chances = duty.chances()?;
//! assert_eq!(chances.of(0, 1), 0.0);
//! assert!((chances.load(0) - 1.5).abs() < 1e-6);
//! for (object, team) in chances.draw("seed").iter().enumerate() {
//!     assert!(team.len() == 2 && !(object == 1 && team.contains(&0)));
//! }
//! # Ok::<(), draw::teams::Impossible>(())
//! ```

mod chances;
mod flow;
mod rounding;
#[cfg(test)]
mod tests;

use std::fmt;

pub use self::chances::Chances;
use self::flow::{Tight, tight};

/// An inspector who may not go to an object. Both are counted from 0.
///
/// ```
/// use draw::teams::{Duty, Recusal};
/// let recusals = [Recusal { inspector: 0, object: 1 }];
/// let duty = Duty { inspectors: 4, objects: 3, recusals: &recusals, per_object: 2, most: None };
/// assert_eq!(duty.chances()?.of(0, 1), 0.0);
/// # Ok::<(), draw::teams::Impossible>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Recusal {
    /// The inspector.
    pub inspector: usize,
    /// The object.
    pub object: usize,
}

/// What is to be shared out.
///
/// ```
/// use draw::teams::Duty;
/// let duty = Duty { inspectors: 5, objects: 10, recusals: &[], per_object: 2, most: Some(4) };
/// assert!((duty.chances()?.load(2) - 4.0).abs() < 1e-9);
/// # Ok::<(), draw::teams::Impossible>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty<'a> {
    /// How many inspectors there are.
    pub inspectors: usize,
    /// How many objects are inspected.
    pub objects: usize,
    /// Who may not go where.
    pub recusals: &'a [Recusal],
    /// Inspectors for each object, at least 2.
    pub per_object: usize,
    /// Objects an inspector may get at the most; none for no limit.
    pub most: Option<usize>,
}

/// Why no teams can be drawn.
///
/// ```
/// use draw::teams::{Duty, Impossible};
/// let duty = Duty { inspectors: 5, objects: 10, recusals: &[], per_object: 1, most: None };
/// assert_eq!(duty.chances().unwrap_err(), Impossible::TooSmallTeams(1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    /// Nobody inspects alone.
    #[error("found teams of {0}, expected at least 2 inspectors for each object")]
    TooSmallTeams(usize),
    /// A recusal names an inspector or an object that is not there.
    #[error(
        "found a recusal of inspector {inspector} from object {object}, expected both to exist"
    )]
    UnknownRecusal {
        /// The inspector, from 0.
        inspector: usize,
        /// The object, from 0.
        object: usize,
    },
    /// Even without any recusal there are too few inspectors.
    #[error("found {places} places that inspectors can take, expected the {needed} of all teams")]
    TooFewInspectors {
        /// Places in all teams.
        needed: usize,
        /// Places that all inspectors can take together.
        places: usize,
    },
    /// These recusals leave too few inspectors for these objects.
    #[error("{0}")]
    Recused(Recused),
}

/// Objects whose teams cannot all be filled, and the recusals that make it so.
///
/// ```
/// use draw::teams::{Duty, Impossible, Recusal};
/// let recusals = [Recusal { inspector: 0, object: 1 }];
/// let duty = Duty { inspectors: 2, objects: 2, recusals: &recusals, per_object: 2, most: None };
/// let Err(Impossible::Recused(why)) = duty.chances() else { panic!("it is possible") };
/// assert_eq!((why.objects, why.needed, why.places), (vec![1], 2, 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recused {
    /// The objects: without any one of them the others could be filled.
    pub objects: Vec<usize>,
    /// The places in their teams.
    pub needed: usize,
    /// The places that inspectors who are not recused can take in them.
    pub places: usize,
    /// Every recusal from these objects.
    pub recusals: Vec<Recusal>,
}

impl fmt::Display for Recused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { objects, needed, places, recusals } = self;
        write!(
            f,
            "objects {objects:?} need {needed} places and {places} can be taken, because of "
        )?;
        for (nth, Recusal { inspector, object }) in recusals.iter().enumerate() {
            let comma = if nth == 0 { "" } else { ", " };
            write!(f, "{comma}inspector {inspector} recused from object {object}")?;
        }
        Ok(())
    }
}

impl Duty<'_> {
    /// The chance of every inspector to be drawn for every object.
    ///
    /// # Errors
    /// [`Impossible`]: if no teams can be drawn, the recusals that make it so.
    ///
    /// ```
    /// use draw::teams::{Duty, Impossible, Recusal};
    /// let recusals = [Recusal { inspector: 0, object: 1 }, Recusal { inspector: 2, object: 0 }];
    /// let duty =
    ///     Duty { inspectors: 3, objects: 2, recusals: &recusals, per_object: 2, most: Some(1) };
    /// // Two teams of two are four places, and three inspectors take one each.
    /// assert_eq!(
    ///     duty.chances().unwrap_err(),
    ///     Impossible::TooFewInspectors { needed: 4, places: 3 }
    /// );
    /// let duty = Duty { inspectors: 2, objects: 2, most: None, recusals: &recusals[..1], ..duty };
    /// let why = duty.chances().unwrap_err().to_string();
    /// assert!(why.ends_with("because of inspector 0 recused from object 1"), "{why}");
    /// ```
    pub fn chances(&self) -> Result<Chances, Impossible> {
        self.check()?;
        let may_go = self.may_go();
        let most = self.most.unwrap_or(self.objects).min(self.objects);
        if let Some(short) = tight(&may_go, self.per_object, most) {
            return Err(Impossible::Recused(self.named(&may_go, most, short)));
        }
        let needed = self.objects.saturating_mul(self.per_object);
        let mut limit = needed.div_ceil(self.inspectors.max(1));
        while limit < most && tight(&may_go, self.per_object, limit).is_some() {
            limit += 1;
        }
        Ok(Chances::balanced(&may_go, self.per_object, limit.min(most)))
    }

    fn check(&self) -> Result<(), Impossible> {
        if self.per_object < 2 {
            return Err(Impossible::TooSmallTeams(self.per_object));
        }
        let unknown = |recusal: &&Recusal| {
            recusal.inspector >= self.inspectors || recusal.object >= self.objects
        };
        if let Some(Recusal { inspector, object }) = self.recusals.iter().find(unknown).copied() {
            return Err(Impossible::UnknownRecusal { inspector, object });
        }
        let needed = self.objects.saturating_mul(self.per_object);
        let free = vec![vec![true; self.inspectors]; self.objects];
        let places = places(&free, 0..self.objects, self.most.unwrap_or(self.objects));
        if places < needed || (self.objects > 0 && self.inspectors < self.per_object) {
            return Err(Impossible::TooFewInspectors { needed, places });
        }
        Ok(())
    }

    /// For each object, whether each inspector may go.
    fn may_go(&self) -> Vec<Vec<bool>> {
        let mut may_go = vec![vec![true; self.inspectors]; self.objects];
        self.recusals.iter().for_each(|one| may_go[one.object][one.inspector] = false);
        may_go
    }

    /// Leaves out every object without which the others still cannot be filled.
    fn named(&self, may_go: &[Vec<bool>], most: usize, short: Tight) -> Recused {
        let mut objects = short.objects;
        let mut nth = 0;
        while nth < objects.len() {
            let mut fewer = objects.clone();
            fewer.remove(nth);
            let rows: Vec<Vec<bool>> = fewer.iter().map(|at| may_go[*at].clone()).collect();
            if tight(&rows, self.per_object, most).is_some() {
                objects = fewer;
            } else {
                nth += 1;
            }
        }
        let mut recusals: Vec<Recusal> =
            self.recusals.iter().filter(|one| objects.contains(&one.object)).copied().collect();
        recusals.sort_unstable();
        recusals.dedup();
        let needed = objects.len().saturating_mul(self.per_object);
        let places = places(may_go, objects.iter().copied(), most);
        Recused { objects, needed, places, recusals }
    }
}

/// The places in the teams of some objects that inspectors can take.
fn places(may_go: &[Vec<bool>], objects: impl Iterator<Item = usize>, most: usize) -> usize {
    let objects: Vec<usize> = objects.collect();
    let inspectors = may_go.first().map_or(0, Vec::len);
    (0..inspectors).map(|who| objects.iter().filter(|at| may_go[**at][who]).count().min(most)).sum()
}
