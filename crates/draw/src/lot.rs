//! Uniform numbers for the designs that need more than an order: one for every label, from the
//! same tickets as the consistent sampler's.

use sha2::{Digest, Sha256};

use crate::digits::{Number, hex};

/// As many digits as a double holds exactly, so that every language reads the same number.
const DIGITS: u64 = 1_000_000_000_000_000;

/// The numbers that one seed gives to one purpose.
///
/// The number of a label is the first 15 digits of its ticket under the seed, a line feed and the
/// purpose; so no two purposes share a number, and none shares one with the order of the ids.
///
/// ```
/// let lot = draw::Lot::new("52775263", "start");
/// assert_eq!(lot.number("a"), lot.number("a"));
/// assert!(lot.number("a") != lot.number("b") && (0.0..1.0).contains(&lot.number("a")));
/// ```
#[derive(Clone, Debug)]
pub struct Lot(Sha256);

impl Lot {
    /// The numbers of a seed for a purpose.
    ///
    /// ```
    /// let (one, other) = (draw::Lot::new("s", "teams"), draw::Lot::new("s", "start"));
    /// assert_ne!(one.number("a"), other.number("a"));
    /// ```
    pub fn new(seed: &str, purpose: &str) -> Self {
        Self(Sha256::new_with_prefix(hex(&format!("{seed}\n{purpose}"))))
    }

    /// The number of a label, at least 0 and below 1, in steps of 10⁻¹⁵.
    ///
    /// ```
    /// assert_eq!(draw::Lot::new("s", "teams").number("0"), 0.916_237_019_063_276);
    /// ```
    pub fn number(&self, label: &str) -> f64 {
        self.digits(label) as f64 / DIGITS as f64
    }

    /// The first 15 digits of the label's ticket, as a whole number.
    pub(crate) fn digits(&self, label: &str) -> u64 {
        Number::of(self.0.clone().chain_update(label)).key() / 10_000
    }

    /// How many numbers there are.
    pub(crate) const fn range() -> u64 {
        DIGITS
    }
}
