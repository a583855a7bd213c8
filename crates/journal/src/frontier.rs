//! The frontier: the least one must remember of a log to make it grow and to know its root.
//!
//! A log of n leaves is a row of full binary trees, one for every bit of n, the tallest on the
//! left. Their roots, the peaks, are at most 64 hashes whatever n is.

use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::hash::{EMPTY_ROOT, Hash, hash_from_base64, hash_to_base64, node_hash, perfect_root};

/// The peaks of a log: enough to append to it and to name its root, in a short text.
///
/// Appending costs one hash on average and at most log2(n); the root costs at most log2(n).
/// What it cannot do is cut tiles or prove: see [`crate::Log`].
///
/// ```
/// use journal::{Frontier, Log, leaf_hash};
/// let (mut frontier, mut log) = (Frontier::default(), Log::default());
/// for number in 0..1_000_u32 {
///     frontier.append(leaf_hash(&number.to_be_bytes()));
///     log.append(leaf_hash(&number.to_be_bytes()));
/// }
/// assert_eq!((frontier.size(), frontier.root()), (log.size(), log.root()));
/// // The text that fits into a column: size and peaks.
/// assert!(frontier.to_string().len() < 300);
/// assert_eq!(frontier.to_string().parse(), Ok(frontier));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// A text is not a frontier: which part of it, counted from 0 for the size.
///
/// ```
/// let error = "2 AAAA".parse::<journal::Frontier>().unwrap_err();
/// assert_eq!(error.to_string(), "part 1 of a frontier is not a hash in base64");
/// ```
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FrontierError {
    /// The first part is not the size in decimal.
    #[error("{0:?} is not the size of a log")]
    Size(String),
    /// A peak is not a hash.
    #[error("part {0} of a frontier is not a hash in base64")]
    Peak(usize),
    /// There must be a peak for every bit of the size.
    #[error("a log of {size} leaves has {expected} peaks, not {found}")]
    Count {
        /// The leaves.
        size: u64,
        /// How many peaks so many leaves have.
        expected: usize,
        /// How many the text has.
        found: usize,
    },
}

impl Frontier {
    /// How many leaves there are.
    ///
    /// ```
    /// assert_eq!(journal::Frontier::default().size(), 0);
    /// ```
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf.
    ///
    /// ```
    /// let mut frontier = journal::Frontier::default();
    /// frontier.append(journal::leaf_hash(b"one"));
    /// assert_eq!(frontier.size(), 1);
    /// ```
    pub fn append(&mut self, leaf: Hash) {
        self.append_watched(leaf, |_, _| ());
    }

    /// Adds a leaf and tells of every full tile whose root comes by, as the level it lies in and
    /// the hash.
    pub(crate) fn append_watched(&mut self, leaf: Hash, mut full: impl FnMut(u8, Hash)) {
        let mut node = leaf;
        // A carry in the binary count of leaves joins two trees of one height.
        let joins = u8::try_from(self.size.trailing_ones()).unwrap_or(u8::MAX);
        for height in 1..=joins {
            let Some(left) = self.peaks.pop() else { break };
            node = node_hash(&left, &node);
            if height.is_multiple_of(8) {
                full(height / 8, node);
            }
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// The root of the whole log (RFC 6962, 2.1); [`EMPTY_ROOT`] when it has no leaf.
    ///
    /// ```
    /// assert_eq!(journal::Frontier::default().root(), journal::EMPTY_ROOT);
    /// ```
    pub fn root(&self) -> Hash {
        let join = |right: Hash, left: Hash| node_hash(&left, &right);
        self.peaks.iter().rev().copied().reduce(join).unwrap_or(EMPTY_ROOT)
    }

    /// The frontier over a row of equal subtrees, as the hashes of a tile are.
    pub(crate) fn over(hashes: &[Hash]) -> Self {
        let mut frontier = Self::default();
        frontier.extend(hashes);
        frontier.size = u64::try_from(hashes.len()).unwrap_or(u64::MAX);
        frontier
    }

    /// The frontier of a log of `size` leaves from the open hashes of its levels.
    pub(crate) fn of_levels(size: u64, open: &[Vec<Hash>]) -> Self {
        let mut frontier = Self { size, peaks: Vec::new() };
        for hashes in open.iter().rev() {
            frontier.extend(hashes);
        }
        frontier
    }

    /// Adds the peaks of a row of equal subtrees, to the right of all there are.
    fn extend(&mut self, hashes: &[Hash]) {
        let mut rest = hashes;
        while !rest.is_empty() {
            let (peak, after) = rest.split_at(1 << rest.len().ilog2());
            self.peaks.push(perfect_root(peak));
            rest = after;
        }
    }
}

impl fmt::Display for Frontier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.size)?;
        self.peaks.iter().try_for_each(|peak| write!(f, " {}", hash_to_base64(peak)))
    }
}

impl FromStr for Frontier {
    type Err = FrontierError;

    fn from_str(text: &str) -> Result<Self, FrontierError> {
        let mut parts = text.split(' ');
        let size = read_size(parts.next().unwrap_or_default())?;
        let peaks = parts
            .enumerate()
            .map(|(place, part)| hash_from_base64(part).ok_or(FrontierError::Peak(place + 1)))
            .collect::<Result<Vec<_>, _>>()?;
        let (expected, found) = (size.count_ones() as usize, peaks.len());
        if expected == found {
            Ok(Self { size, peaks })
        } else {
            Err(FrontierError::Count { size, expected, found })
        }
    }
}

/// A size in decimal, in the one way of writing it.
fn read_size(text: &str) -> Result<u64, FrontierError> {
    let wrong = || FrontierError::Size(text.to_owned());
    let size: u64 = text.parse().map_err(|_| wrong())?;
    if size.to_string() == text { Ok(size) } else { Err(wrong()) }
}
