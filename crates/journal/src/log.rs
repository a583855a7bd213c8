//! The growing log (RFC 6962), kept as its frontier and the hashes of each level's last,
//! incomplete tile. Appending costs one hash on average; full tiles are handed out as they come.

use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::{
    frontier::Frontier,
    hash::{Hash, hashes_from_base64, hashes_to_base64},
    tile::{Place, TILE, Tile, Tiles},
};

#[cfg(test)]
mod tests;

/// A log as its writer holds it: how many leaves it has, and the open end of every level.
///
/// Appending k leaves costs k hashes and gives the new root and the tiles that became full. Its
/// text ([`fmt::Display`], [`FromStr`]) takes a log up again where it was left, without reading
/// a tile or an entry: at most 255 hashes a level, 11 kB below 65,536 leaves, 22 kB below
/// 16 million.
///
/// ```
/// use journal::{Log, leaf_hash};
/// let mut log = Log::default();
/// let full: Vec<_> =
///     (0..600_u32).flat_map(|number| log.append(leaf_hash(&number.to_be_bytes()))).collect();
/// assert_eq!((log.size(), full.len()), (600, 2));
/// let again: Log = log.to_string().parse()?;
/// assert_eq!(again, log);
/// # Ok::<(), journal::LogError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    frontier: Frontier,
    open: Vec<Vec<Hash>>,
}

/// Why a log was not taken up again.
///
/// ```
/// let error = "300 - -".parse::<journal::Log>().unwrap_err();
/// assert_eq!(error.to_string(), "level 0 of a log of 300 leaves has 44 open hashes, not 0");
/// ```
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum LogError {
    /// The first part of the text is not the size in decimal.
    #[error("{0:?} is not the size of a log")]
    Size(String),
    /// A level's part of the text is neither `-` nor hashes in base64.
    #[error("level {0} of a log is not written as hashes in base64")]
    Level(usize),
    /// The text has too many levels or too few.
    #[error("a log of {size} leaves has {expected} levels, not {found}")]
    Levels {
        /// The leaves.
        size: u64,
        /// How many levels so many leaves have.
        expected: usize,
        /// How many were found.
        found: usize,
    },
    /// A level has too many open hashes or too few.
    #[error("level {level} of a log of {size} leaves has {expected} open hashes, not {found}")]
    Width {
        /// The leaves.
        size: u64,
        /// The level.
        level: usize,
        /// How many hashes its last tile has.
        expected: usize,
        /// How many were found.
        found: usize,
    },
    /// A full tile is needed that the source does not have.
    #[error("the tile {} is missing", .0.path())]
    Missing(Place),
}

impl Log {
    /// Takes up a log of `size` leaves again. `open` holds, level by level, the hashes of the
    /// incomplete tile: leaves at level 0, roots of full tiles below at the others.
    ///
    /// Returns nothing when the numbers of hashes cannot belong to that size.
    ///
    /// ```
    /// use journal::Log;
    /// let log = Log::resume(2, vec![vec![[1; 32], [2; 32]]]).unwrap();
    /// assert_eq!(log.root(), journal::node_hash(&[1; 32], &[2; 32]));
    /// assert_eq!(Log::resume(3, vec![vec![[1; 32], [2; 32]]]), None);
    /// ```
    pub fn resume(size: u64, open: Vec<Vec<Hash>>) -> Option<Self> {
        let mut open = open;
        open.resize(levels(size), Vec::new());
        Self::checked(size, open).ok()
    }

    /// Takes up a log of `size` leaves from its last leaves and its full tiles: `leaves` are the
    /// hashes of the `size % 256` leaves after the last full tile. Of every level it reads at
    /// most 255 tiles, those of [`Log::needs`].
    ///
    /// # Errors
    /// [`LogError::Width`] when there are not as many leaves; [`LogError::Missing`] names the
    /// tile that is not there.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use journal::{Log, leaf_hash};
    /// let leaves: Vec<_> = (0..600_u32).map(|n| leaf_hash(&n.to_be_bytes())).collect();
    /// let (mut log, mut full) = (Log::default(), BTreeMap::new());
    /// for leaf in &leaves {
    ///     full.extend(log.append(*leaf).into_iter().map(|tile| (tile.place(), tile.hashes)));
    /// }
    /// assert_eq!(Log::rebuild(600, &leaves[512..], &full), Ok(log));
    /// ```
    pub fn rebuild(size: u64, leaves: &[Hash], tiles: &dyn Tiles) -> Result<Self, LogError> {
        let mut open = vec![Vec::new(); levels(size)];
        if let Some(first) = open.first_mut() {
            *first = leaves.to_vec();
        }
        for place in Self::needs(size) {
            let hashes = tiles.tile(place).ok_or(LogError::Missing(place))?;
            let tile = Tile { level: place.level, number: place.number, hashes };
            if tile.place() != place {
                return Err(LogError::Missing(place));
            }
            open[usize::from(place.level) + 1].push(tile.root());
        }
        Self::checked(size, open)
    }

    /// The full tiles that [`Log::rebuild`] reads for a log of `size` leaves: those whose roots
    /// stand in a partial tile of the level above.
    ///
    /// ```
    /// let needs: Vec<_> = journal::Log::needs(600).map(|place| place.path()).collect();
    /// assert_eq!(needs, ["tile/0/000", "tile/0/001"]);
    /// ```
    pub fn needs(size: u64) -> impl Iterator<Item = Place> {
        (0..7_u8).flat_map(move |level| {
            let full = size >> (8 * (u32::from(level) + 1));
            let closed = full >> 8 << 8;
            (closed..full).map(move |number| Place { level, number, width: 256 })
        })
    }

    fn checked(size: u64, open: Vec<Vec<Hash>>) -> Result<Self, LogError> {
        if open.len() != levels(size) {
            return Err(LogError::Levels { size, expected: levels(size), found: open.len() });
        }
        for (level, hashes) in open.iter().enumerate() {
            let (expected, found) = ((size >> (8 * level)) as usize % TILE, hashes.len());
            if expected != found {
                return Err(LogError::Width { size, level, expected, found });
            }
        }
        Ok(Self { frontier: Frontier::of_levels(size, &open), open })
    }

    /// How many leaves there are.
    ///
    /// ```
    /// assert_eq!(journal::Log::default().size(), 0);
    /// ```
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root of the whole log: at most log2(size) hashes.
    ///
    /// ```
    /// assert_eq!(journal::Log::default().root(), journal::EMPTY_ROOT);
    /// ```
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }

    /// The log's peaks alone.
    ///
    /// ```
    /// assert_eq!(journal::Log::default().frontier().to_string(), "0");
    /// ```
    pub fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// Adds a leaf and hands out the tiles it completes, lowest level first: mostly none, one
    /// for every 256th leaf, two for every 65,536th.
    ///
    /// ```
    /// let mut log = journal::Log::default();
    /// assert!(log.append(journal::leaf_hash(b"one")).is_empty());
    /// ```
    pub fn append(&mut self, leaf: Hash) -> Vec<Tile> {
        let (open, mut full) = (&mut self.open, Vec::new());
        let leaves = self.frontier.size() + 1;
        let mut put = |level: u8, hash: Hash| {
            let place = usize::from(level);
            if open.len() <= place {
                open.resize(place + 1, Vec::new());
            }
            open[place].push(hash);
            if open[place].len() == TILE {
                let number = (leaves >> (8 * (u32::from(level) + 1))) - 1;
                full.push(Tile { level, number, hashes: std::mem::take(&mut open[place]) });
            }
        };
        put(0, leaf);
        self.frontier.append_watched(leaf, put);
        full
    }

    /// The open hashes, level by level.
    ///
    /// ```
    /// let mut log = journal::Log::default();
    /// log.append([7; 32]);
    /// assert_eq!(log.open(), [vec![[7; 32]]]);
    /// ```
    pub fn open(&self) -> &[Vec<Hash>] {
        &self.open
    }

    /// The partial tiles of an export made now; the full ones were handed out before.
    ///
    /// ```
    /// let mut log = journal::Log::default();
    /// log.append([7; 32]);
    /// assert_eq!(log.partial_tiles()[0].file(), ("tile/0/000.p/1".to_owned(), vec![7; 32]));
    /// ```
    pub fn partial_tiles(&self) -> Vec<Tile> {
        let tile = |(level, hashes): (u8, &Vec<Hash>)| {
            let number = self.size().checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0);
            Tile { level, number, hashes: hashes.clone() }
        };
        (0..).zip(&self.open).filter(|level| !level.1.is_empty()).map(tile).collect()
    }
}

/// The partial tiles, and what smaller logs had of them.
impl Tiles for Log {
    fn tile(&self, place: Place) -> Option<Vec<Hash>> {
        let open = self.open.get(usize::from(place.level))?;
        let number = self.size().checked_shr(8 * (u32::from(place.level) + 1))?;
        (place.number == number).then(|| open.get(..usize::from(place.width)))?.map(<[_]>::to_vec)
    }
}

/// How many levels of tiles so many leaves have.
fn levels(size: u64) -> usize {
    (size.checked_ilog2().map_or(0, |height| height / 8 + 1)) as usize
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.size())?;
        for hashes in &self.open {
            match hashes.as_slice() {
                [] => f.write_str(" -")?,
                hashes => write!(f, " {}", hashes_to_base64(hashes))?,
            }
        }
        Ok(())
    }
}

impl FromStr for Log {
    type Err = LogError;

    fn from_str(text: &str) -> Result<Self, LogError> {
        let mut parts = text.split(' ');
        let first = parts.next().unwrap_or_default();
        let size = first.parse().ok().filter(|size: &u64| size.to_string() == first);
        let size = size.ok_or_else(|| LogError::Size(first.to_owned()))?;
        let level = |(level, part): (usize, &str)| match part {
            "-" => Ok(Vec::new()),
            part => hashes_from_base64(part)
                .filter(|hashes| !hashes.is_empty())
                .ok_or(LogError::Level(level)),
        };
        Self::checked(size, parts.enumerate().map(level).collect::<Result<_, _>>()?)
    }
}
