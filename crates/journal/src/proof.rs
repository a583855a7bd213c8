//! Proofs: that an entry is in the log, and that a later log begins with an earlier one.
//!
//! A proof is checked against the root before it is handed out, so a damaged tile is noticed where
//! the proof is made. Checking one needs no tiles: a few hashes and the root.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use thiserror::Error;
use tlog_tiles::HashReader;

use crate::{
    checkpoint::{Checkpoint, CheckpointError},
    hash::{EMPTY_ROOT, Hash, hash_from_base64, hash_to_base64, leaf_hash},
    tile::{Place, Tiles},
};

#[cfg(test)]
mod tests;

/// The first line of a proof file (C2SP tlog-proof).
const PROOF_LINE: &str = "c2sp.org/tlog-proof@v1";

/// Sizes from here on are no log's: the checker would lose count.
const TOO_LARGE: u64 = 1 << 62;

/// The proof that a leaf is in a log: the hashes beside its path to the root (RFC 6962, 2.1.1).
///
/// ```
/// use std::collections::BTreeMap;
/// use journal::{Inclusion, Log, leaf_hash};
/// let (mut log, mut full) = (Log::default(), BTreeMap::new());
/// for number in 0..300_u32 {
///     let tiles = log.append(leaf_hash(&number.to_be_bytes()));
///     full.extend(tiles.into_iter().map(|tile| (tile.place(), tile.hashes)));
/// }
/// let proof = Inclusion::prove(17, log.size(), log.root(), &(&log, &full))?;
/// assert!(proof.holds(leaf_hash(&17_u32.to_be_bytes()), log.root()));
/// assert!(!proof.holds(leaf_hash(&18_u32.to_be_bytes()), log.root()));
/// # Ok::<(), journal::ProofError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// The leaf's number, from 0.
    pub number: u64,
    /// The leaves of the log it is in.
    pub size: u64,
    /// From the leaf's neighbour up to below the root.
    pub hashes: Vec<Hash>,
}

/// The proof that a log begins with a smaller one (RFC 6962, 2.1.2).
///
/// ```
/// use std::collections::BTreeMap;
/// use journal::{Consistency, Log, leaf_hash};
/// let (mut log, full) = (Log::default(), BTreeMap::new());
/// log.append(leaf_hash(b"one"));
/// let then = log.root();
/// log.append(leaf_hash(b"two"));
/// let proof = Consistency::prove(1, log.size(), log.root(), &(&log, &full))?;
/// assert!(proof.holds(then, log.root()));
/// assert!(!proof.holds(leaf_hash(b"another"), log.root()));
/// # Ok::<(), journal::ProofError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consistency {
    /// The leaves of the earlier log.
    pub before: u64,
    /// The leaves of the later log.
    pub size: u64,
    /// The hashes from which both roots follow.
    pub hashes: Vec<Hash>,
}

/// Why there is no proof.
///
/// ```
/// use std::collections::BTreeMap;
/// use journal::{Inclusion, Place, ProofError};
/// let nothing = BTreeMap::new();
/// let error = Inclusion::prove(0, 600, [0; 32], &nothing).unwrap_err();
/// // Fetch what is missing and ask again: one round is enough.
/// assert!(matches!(error, ProofError::Missing(places) if places.len() == 3));
/// ```
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ProofError {
    /// The log has no such leaf, or is smaller than the log it should begin with.
    #[error("a log of {size} leaves has no leaf or beginning {asked}")]
    OutOfRange {
        /// What was asked about.
        asked: u64,
        /// The leaves of the log.
        size: u64,
    },
    /// All the tiles the proof needs and the source does not have.
    #[error("missing: {}", paths(.0))]
    Missing(Vec<Place>),
    /// The tiles do not belong to the root.
    #[error("the tiles are not those of the log with this root")]
    OtherLog,
}

impl Inclusion {
    /// Proves that leaf `number` is in the log of `size` leaves with that root.
    ///
    /// # Errors
    /// [`ProofError::OutOfRange`] when there is no such leaf, [`ProofError::Missing`] with every
    /// tile that is needed but not there, [`ProofError::OtherLog`] when the tiles give another
    /// root.
    ///
    /// ```
    /// use journal::{Inclusion, Log};
    /// let mut log = Log::default();
    /// log.append([7; 32]);
    /// assert!(Inclusion::prove(0, 1, log.root(), &log)?.hashes.is_empty());
    /// # Ok::<(), journal::ProofError>(())
    /// ```
    pub fn prove(
        number: u64,
        size: u64,
        root: Hash,
        tiles: &dyn Tiles,
    ) -> Result<Self, ProofError> {
        if number >= size || size >= TOO_LARGE {
            return Err(ProofError::OutOfRange { asked: number, size });
        }
        let source = Source::new(size, tiles);
        let hashes = tlog_tiles::prove_record(size, number, &source).ok();
        let leaf = source.read_hashes(&[tlog_tiles::stored_hash_index(0, number)]).ok();
        source.answer(|| {
            let proof = Self { number, size, hashes: unwrapped(hashes?) };
            proof.holds(leaf?.first()?.0, root).then_some(proof)
        })
    }

    /// Whether the proof shows that this leaf is in the log with this root.
    ///
    /// ```
    /// use journal::{Inclusion, leaf_hash, node_hash};
    /// let (left, right) = (leaf_hash(b"left"), leaf_hash(b"right"));
    /// let proof = Inclusion { number: 1, size: 2, hashes: vec![left] };
    /// assert!(proof.holds(right, node_hash(&left, &right)));
    /// ```
    pub fn holds(&self, leaf: Hash, root: Hash) -> bool {
        let (hashes, root) = (wrap(&self.hashes), tlog_tiles::Hash(root));
        self.number < self.size
            && self.size < TOO_LARGE
            && tlog_tiles::check_record(&hashes, self.size, root, self.number, wrapped(leaf))
                .is_ok()
    }

    /// The proof as a C2SP tlog-proof, to be handed out as a file `….tlog-proof`: it holds the
    /// proof, the signed checkpoint, and as extra data the entry's bytes.
    ///
    /// ```
    /// use journal::{Inclusion, Log, Signer, leaf_hash, open_proof};
    /// let mut log = Log::default();
    /// log.append(leaf_hash(b"one"));
    /// let signer = Signer::new("shigan/130200", &[7; 32])?;
    /// let note = signer.checkpoint(log.size(), &log.root())?;
    /// let file = Inclusion::prove(0, 1, log.root(), &log)?.file(b"one", &note);
    /// assert!(file.starts_with("c2sp.org/tlog-proof@v1\nextra b25l\nindex 0\n\nshigan/130200\n"));
    /// let (number, entry, checkpoint) = open_proof(&file, &signer.verifier_key())?;
    /// assert_eq!((number, entry.as_slice(), checkpoint.size), (0, b"one".as_slice(), 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn file(&self, entry: &[u8], note: &str) -> String {
        let (extra, number) = (STANDARD.encode(entry), self.number);
        let hashes: String = self.hashes.iter().map(|hash| hash_to_base64(hash) + "\n").collect();
        format!("{PROOF_LINE}\nextra {extra}\nindex {number}\n{hashes}\n{note}")
    }
}

impl Consistency {
    /// Proves that the log of `size` leaves with that root begins with the log of its first
    /// `before` leaves.
    ///
    /// # Errors
    /// As [`Inclusion::prove`].
    ///
    /// ```
    /// use journal::{Consistency, Log};
    /// let mut log = Log::default();
    /// log.append([7; 32]);
    /// assert!(Consistency::prove(1, 1, log.root(), &log)?.hashes.is_empty());
    /// # Ok::<(), journal::ProofError>(())
    /// ```
    pub fn prove(
        before: u64,
        size: u64,
        root: Hash,
        tiles: &dyn Tiles,
    ) -> Result<Self, ProofError> {
        if before > size || size >= TOO_LARGE {
            return Err(ProofError::OutOfRange { asked: before, size });
        }
        if before == 0 {
            return Ok(Self { before, size, hashes: Vec::new() });
        }
        let source = Source::new(size, tiles);
        let hashes = tlog_tiles::prove_tree(size, before, &source).ok();
        let earlier = tlog_tiles::tree_hash(before, &source).ok();
        source.answer(|| {
            let proof = Self { before, size, hashes: unwrapped(hashes?) };
            proof.holds(earlier?.0, root).then_some(proof)
        })
    }

    /// Whether the proof shows that the log with root `after` begins with that of root `before`.
    ///
    /// ```
    /// use journal::{Consistency, EMPTY_ROOT};
    /// let proof = Consistency { before: 0, size: 9, hashes: vec![] };
    /// assert!(proof.holds(EMPTY_ROOT, [7; 32]));
    /// ```
    pub fn holds(&self, before: Hash, after: Hash) -> bool {
        if self.before == 0 {
            return before == EMPTY_ROOT
                && self.hashes.is_empty()
                && (self.size > 0 || after == EMPTY_ROOT);
        }
        let (hashes, after) = (wrap(&self.hashes), wrapped(after));
        self.before <= self.size
            && self.size < TOO_LARGE
            && tlog_tiles::check_tree(&hashes, self.size, after, self.before, wrapped(before))
                .is_ok()
    }
}

/// Why a proof file is not believed.
///
/// ```
/// use journal::open_proof;
/// let error = open_proof("a letter", "x+00000000+AA==").unwrap_err();
/// assert_eq!(error.to_string(), "the file does not begin with c2sp.org/tlog-proof@v1");
/// ```
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ProofFileError {
    /// The first line is another one.
    #[error("the file does not begin with c2sp.org/tlog-proof@v1")]
    NotProof,
    /// The entry's bytes are missing or not base64.
    #[error("the line `extra` with the entry's bytes is missing or not base64")]
    Entry,
    /// The entry's number is missing or not a decimal.
    #[error("the line `index` with the entry's number is missing or not a number")]
    Number,
    /// A hash is not one.
    #[error("line {0} is not a hash in base64")]
    Hash(usize),
    /// The checkpoint is missing or not believed.
    #[error("checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The hashes do not lead from the entry to the root.
    #[error("the entry is not the one with number {0} in the log of the checkpoint")]
    NotIncluded(u64),
}

/// Checks a proof file that [`Inclusion::file`] wrote: the checkpoint's signature and the way
/// from the entry to its root. Returns the entry's number, its bytes and the checkpoint.
///
/// # Errors
/// The first thing that is wrong.
///
/// ```
/// # use journal::{Inclusion, Log, Signer, leaf_hash, open_proof, ProofFileError};
/// # let mut log = Log::default();
/// # log.append(leaf_hash(b"one"));
/// # let signer = Signer::new("shigan/130200", &[7; 32])?;
/// # let note = signer.checkpoint(log.size(), &log.root())?;
/// let file = Inclusion::prove(0, 1, log.root(), &log)?.file(b"another", &note);
/// assert_eq!(open_proof(&file, &signer.verifier_key()), Err(ProofFileError::NotIncluded(0)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn open_proof(
    file: &str,
    verifier_key: &str,
) -> Result<(u64, Vec<u8>, Checkpoint), ProofFileError> {
    let body = file.strip_prefix(PROOF_LINE).and_then(|rest| rest.strip_prefix('\n'));
    let (head, note) = body
        .ok_or(ProofFileError::NotProof)?
        .split_once("\n\n")
        .ok_or(ProofFileError::Checkpoint(CheckpointError::NotNote("it is missing".into())))?;
    let mut lines = head.lines();
    let entry = lines
        .next()
        .and_then(|line| STANDARD.decode(line.strip_prefix("extra ")?).ok())
        .ok_or(ProofFileError::Entry)?;
    let number: u64 = lines
        .next()
        .and_then(|line| line.strip_prefix("index "))
        .and_then(|text| text.parse().ok().filter(|number: &u64| number.to_string() == text))
        .ok_or(ProofFileError::Number)?;
    let hashes = lines
        .enumerate()
        .map(|(place, line)| hash_from_base64(line).ok_or(ProofFileError::Hash(place + 4)))
        .collect::<Result<Vec<_>, _>>()?;
    let checkpoint = Checkpoint::open(note, verifier_key)?;
    let proof = Inclusion { number, size: checkpoint.size, hashes };
    if proof.holds(leaf_hash(&entry), checkpoint.root) {
        Ok((number, entry, checkpoint))
    } else {
        Err(ProofFileError::NotIncluded(number))
    }
}

/// Our tiles, as the log library reads hashes.
struct Source<'t> {
    size: u64,
    tiles: &'t dyn Tiles,
    missing: RefCell<BTreeSet<Place>>,
}

impl<'t> Source<'t> {
    fn new(size: u64, tiles: &'t dyn Tiles) -> Self {
        Self { size, tiles, missing: RefCell::default() }
    }

    /// What was read, or all that was missing for it.
    fn answer<T>(self, read: impl FnOnce() -> Option<T>) -> Result<T, ProofError> {
        match self.missing.into_inner() {
            missing if missing.is_empty() => read().ok_or(ProofError::OtherLog),
            missing => Err(ProofError::Missing(missing.into_iter().collect())),
        }
    }
}

impl HashReader for Source<'_> {
    // The library's own reader of tiles leaves some tiles unchecked (see the README), so tiles
    // are read as they are and the finished proof is checked instead.
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let mut read: BTreeMap<Place, Option<Vec<u8>>> = BTreeMap::new();
        let hashes = indexes.iter().map(|index| {
            let tile = tlog_tiles::Tile::from_index(8, *index);
            let place = Place::of(self.size, tile.level(), tile.level_index())?;
            let width = u32::from(place.width);
            let tile = tlog_tiles::Tile::new(8, place.level, place.number, width, false);
            let bytes = read.entry(place).or_insert_with(|| {
                let hashes = self.tiles.tile(place)?;
                (hashes.len() == usize::from(place.width)).then(|| hashes.concat())
            });
            match bytes {
                Some(bytes) => tile.hash_at_index(bytes, *index).ok(),
                None => {
                    self.missing.borrow_mut().insert(place);
                    None
                }
            }
        });
        let hashes: Vec<Option<tlog_tiles::Hash>> = hashes.collect();
        hashes.into_iter().collect::<Option<_>>().ok_or(tlog_tiles::Error::InvalidTile)
    }
}

fn paths(places: &[Place]) -> String {
    places.iter().map(Place::path).collect::<Vec<_>>().join(", ")
}

fn wrapped(hash: Hash) -> tlog_tiles::Hash {
    tlog_tiles::Hash(hash)
}

fn wrap(hashes: &[Hash]) -> Vec<tlog_tiles::Hash> {
    hashes.iter().copied().map(tlog_tiles::Hash).collect()
}

fn unwrapped(hashes: Vec<tlog_tiles::Hash>) -> Vec<Hash> {
    hashes.into_iter().map(|hash| hash.0).collect()
}
