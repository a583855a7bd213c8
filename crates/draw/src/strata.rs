//! Strata: how many units to draw from each, and the draw within them.
//!
//! Allocation is exact: shares are compared as fractions of whole numbers, never as decimals,
//! and the rest goes to the largest remainders (Hamilton's rule; of equal remainders the earlier
//! stratum wins). No stratum gets more than it has; what it cannot take goes to the others by
//! the same rule. Source: W. G. Cochran, *Sampling Techniques*, 3rd ed. (1977), §§ 5.5 and 5.8;
//! J. Neyman, *Journal of the Royal Statistical Society* 97 (1934).

use std::cmp::Reverse;

#[cfg(test)]
mod tests;

/// How a sample is shared out among strata.
///
/// ```
/// use draw::strata::{Allocation, Stratum, allocate};
/// let strata = [3, 2].map(|fixed| Stratum { units: 9, spread: 0, fixed });
/// assert_eq!(allocate(&strata, 5, 0, Allocation::Fixed)?, [3, 2]);
/// # Ok::<(), draw::strata::Unallocated>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allocation {
    /// In proportion to the units of each stratum: every unit has nearly the same chance.
    Proportional,
    /// In proportion to units times spread: the smallest variance of a mean for the sample.
    Neyman,
    /// As many from each as its `fixed` says.
    Fixed,
}

/// What is known of a stratum before the draw.
///
/// ```
/// use draw::strata::{Allocation, Stratum, allocate};
/// let counties = Stratum { units: 21, spread: 900, fixed: 0 };
/// let others = Stratum { units: 109, spread: 100, fixed: 0 };
/// assert_eq!(allocate(&[counties, others], 10, 0, Allocation::Neyman)?, [6, 4]);
/// # Ok::<(), draw::strata::Unallocated>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stratum {
    /// Units in the frame.
    pub units: u64,
    /// The standard deviation of what is measured, a whole number in a unit common to all
    /// strata (thousandths, cents); only [`Allocation::Neyman`] asks.
    pub spread: u64,
    /// Units to draw; only [`Allocation::Fixed`] asks.
    pub fixed: u64,
}

/// Why a sample cannot be shared out. Strata are counted from 0.
///
/// ```
/// use draw::strata::{Allocation, Stratum, Unallocated, allocate};
/// let strata = [Stratum { units: 3, ..Stratum::default() }];
/// let no = allocate(&strata, 5, 0, Allocation::Proportional);
/// assert_eq!(no, Err(Unallocated::TooFewUnits { units: 3, wanted: 5 }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unallocated {
    /// More units are wanted than all strata have.
    #[error("found {units} units in all strata, expected at least the {wanted} to be drawn")]
    TooFewUnits {
        /// Units in all strata.
        units: u64,
        /// Units wanted.
        wanted: u64,
    },
    /// A fixed share is larger than its stratum.
    #[error("stratum {stratum}: found {units} units, expected at least the fixed {fixed}")]
    FixedTooLarge {
        /// The stratum, from 0.
        stratum: usize,
        /// Its units.
        units: u64,
        /// Its fixed share.
        fixed: u64,
    },
    /// The fixed shares do not add up to the sample.
    #[error("found fixed shares of {fixed} in all, expected {wanted}")]
    FixedSum {
        /// The sum of the fixed shares.
        fixed: u64,
        /// Units wanted.
        wanted: u64,
    },
    /// The least for every stratum is already more than the sample.
    #[error("found {least} units to be drawn at the least, expected no more than {wanted}")]
    LeastTooLarge {
        /// The sum of what each stratum gets at the least.
        least: u64,
        /// Units wanted.
        wanted: u64,
    },
    /// Units are left to share out, and only strata without spread have any.
    #[error("found no spread in the strata that still have units, expected some for {left} units")]
    NoSpread {
        /// Units not shared out.
        left: u64,
    },
}

/// Shares `wanted` units out among strata, at least `least` from each (or all it has).
///
/// # Errors
/// [`Unallocated`], saying which numbers do not fit.
///
/// ```
/// use draw::strata::{Allocation, Stratum, allocate};
/// // 130 units: 21 counties, 72 departments, 37 enterprises; 20 are drawn.
/// let strata = [21, 72, 37].map(|units| Stratum { units, ..Stratum::default() });
/// assert_eq!(allocate(&strata, 20, 0, Allocation::Proportional)?, [3, 11, 6]);
/// assert_eq!(allocate(&strata, 20, 5, Allocation::Proportional)?, [5, 10, 5]);
/// let spread = [(21, 900), (72, 100), (37, 300)]
///     .map(|(units, spread)| Stratum { units, spread, fixed: 0 });
/// assert_eq!(allocate(&spread, 20, 0, Allocation::Neyman)?, [10, 4, 6]);
/// # Ok::<(), draw::strata::Unallocated>(())
/// ```
pub fn allocate(
    strata: &[Stratum],
    wanted: u64,
    least: u64,
    allocation: Allocation,
) -> Result<Vec<u64>, Unallocated> {
    let units: u64 = strata.iter().map(|stratum| stratum.units).sum();
    if wanted > units {
        return Err(Unallocated::TooFewUnits { units, wanted });
    }
    if allocation == Allocation::Fixed {
        return fixed(strata, wanted);
    }
    let weights: Vec<u128> = strata
        .iter()
        .map(|stratum| match allocation {
            Allocation::Neyman => u128::from(stratum.units) * u128::from(stratum.spread),
            _ => u128::from(stratum.units),
        })
        .collect();
    share_out(strata, wanted, least, &weights)
}

fn fixed(strata: &[Stratum], wanted: u64) -> Result<Vec<u64>, Unallocated> {
    for (stratum, Stratum { units, fixed, .. }) in strata.iter().enumerate() {
        if fixed > units {
            let (units, fixed) = (*units, *fixed);
            return Err(Unallocated::FixedTooLarge { stratum, units, fixed });
        }
    }
    let shares: Vec<u64> = strata.iter().map(|stratum| stratum.fixed).collect();
    let fixed = shares.iter().sum();
    if fixed == wanted { Ok(shares) } else { Err(Unallocated::FixedSum { fixed, wanted }) }
}

/// Settles the strata whose share falls outside what they may have, all too large ones first,
/// until the shares of the others lie within; then rounds by largest remainder.
fn share_out(
    strata: &[Stratum],
    wanted: u64,
    least: u64,
    weights: &[u128],
) -> Result<Vec<u64>, Unallocated> {
    let floors: Vec<u64> = strata.iter().map(|stratum| stratum.units.min(least)).collect();
    let least = floors.iter().sum();
    if least > wanted {
        return Err(Unallocated::LeastTooLarge { least, wanted });
    }
    let mut settled: Vec<Option<u64>> = vec![None; strata.len()];
    loop {
        let left = wanted - settled.iter().flatten().sum::<u64>();
        let open: Vec<usize> =
            (0..strata.len()).filter(|place| settled[*place].is_none()).collect();
        let total: u128 = open.iter().map(|place| weights[*place]).sum();
        if total == 0 {
            return without_weight(strata, &floors, &settled, left);
        }
        let is_over = |place: usize, bound: u64| {
            u128::from(left) * weights[place] > u128::from(bound) * total
        };
        let over: Vec<usize> =
            open.iter().copied().filter(|place| is_over(*place, strata[*place].units)).collect();
        let under: Vec<usize> = open
            .iter()
            .copied()
            .filter(|place| u128::from(left) * weights[*place] < u128::from(floors[*place]) * total)
            .collect();
        // Whichever side is farther out decides which bounds surely hold (as for any separable
        // convex allocation: Bitran and Hax, Management Science 27, 1981).
        let share = |place: usize| u128::from(left) * weights[place];
        let above: u128 =
            over.iter().map(|place| share(*place) - u128::from(strata[*place].units) * total).sum();
        let below: u128 =
            under.iter().map(|place| u128::from(floors[*place]) * total - share(*place)).sum();
        if over.is_empty() && under.is_empty() {
            return Ok(largest_remainders(&settled, &open, left, weights, total));
        }
        if above >= below {
            over.iter().for_each(|place| settled[*place] = Some(strata[*place].units));
        }
        if below >= above {
            under.iter().for_each(|place| settled[*place] = Some(floors[*place]));
        }
    }
}

/// Strata of weight nothing get their least; it must be enough.
fn without_weight(
    strata: &[Stratum],
    floors: &[u64],
    settled: &[Option<u64>],
    left: u64,
) -> Result<Vec<u64>, Unallocated> {
    let shares: Vec<u64> =
        (0..strata.len()).map(|place| settled[place].unwrap_or(floors[place])).collect();
    let open = settled.iter().zip(floors).filter(|(share, _)| share.is_none());
    let least: u64 = open.map(|(_, floor)| floor).sum();
    if least == left { Ok(shares) } else { Err(Unallocated::NoSpread { left: left - least }) }
}

fn largest_remainders(
    settled: &[Option<u64>],
    open: &[usize],
    left: u64,
    weights: &[u128],
    total: u128,
) -> Vec<u64> {
    let mut shares: Vec<u64> = settled.iter().map(|share| share.unwrap_or(0)).collect();
    let mut remainders = Vec::with_capacity(open.len());
    let mut rest = left;
    for place in open {
        let share = u128::from(left) * weights[*place];
        shares[*place] = (share / total) as u64;
        rest -= shares[*place];
        remainders.push((Reverse(share % total), *place));
    }
    remainders.sort_unstable();
    remainders.iter().take(rest as usize).for_each(|(_, place)| shares[*place] += 1);
    shares
}

/// The places, from 0, drawn from a frame in strata: within each, the smallest tickets. In the
/// order of the frame's strata, then of the tickets. `stratum_of` gives each id's stratum, a
/// place in `shares`; ids beyond it are not drawn.
///
/// A unit's inclusion probability is its stratum's share over its stratum's units, and since
/// tickets do not depend on the other units, moving a unit to another stratum changes no other
/// unit's order.
///
/// ```
/// let ids = ["a", "b", "c", "d", "e"];
/// let drawn = draw::strata::sample(&ids, &[0, 0, 1, 1, 1], &[1, 2], "seed");
/// assert_eq!(drawn.len(), 3);
/// assert!(drawn[0] < 2 && drawn[1] >= 2 && drawn[2] >= 2);
/// ```
pub fn sample<S: AsRef<str> + Sync>(
    ids: &[S],
    stratum_of: &[usize],
    shares: &[u64],
    seed: &str,
) -> Vec<usize> {
    let mut drawn: Vec<Vec<usize>> = vec![Vec::new(); shares.len()];
    for place in crate::order(ids, seed) {
        let Some(stratum) = stratum_of.get(place) else { continue };
        if let Some(of_stratum) = drawn.get_mut(*stratum)
            && (of_stratum.len() as u64) < shares[*stratum]
        {
            of_stratum.push(place);
        }
    }
    drawn.concat()
}
