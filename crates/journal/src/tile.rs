//! Tiles: how a log is cut into files (C2SP tlog-tiles, height 8).
//!
//! Level 0 holds the hashes of leaves, 256 to a tile. A hash of level n + 1 is the root of a full
//! tile of level n, so it stands for 256^(n+1) leaves. Only the rightmost tile of a level may be
//! partial; a full tile never changes again.

use std::collections::BTreeMap;

use crate::{
    frontier::Frontier,
    hash::{Hash, hashes_from_bytes},
};

/// Hashes in a full tile.
///
/// ```
/// assert_eq!(journal::TILE, 256);
/// ```
pub const TILE: usize = 256;

/// Where a tile lies, and how many hashes it has.
///
/// ```
/// use journal::Place;
/// assert_eq!(Place { level: 0, number: 1_234_067, width: 256 }.path(), "tile/0/x001/x234/067");
/// assert_eq!(Place { level: 1, number: 0, width: 7 }.path(), "tile/1/000.p/7");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// 0 for the hashes of leaves, at most 7.
    pub level: u8,
    /// The place in the level, from 0.
    pub number: u64,
    /// How many hashes, 1 to 256.
    pub width: u16,
}

impl Place {
    /// The tile of that level and number in a log of `size` leaves; nothing when there is none.
    ///
    /// ```
    /// use journal::Place;
    /// assert_eq!(Place::of(600, 0, 2), Some(Place { level: 0, number: 2, width: 88 }));
    /// assert_eq!(Place::of(600, 1, 0), Some(Place { level: 1, number: 0, width: 2 }));
    /// assert_eq!(Place::of(600, 0, 3), None);
    /// ```
    pub fn of(size: u64, level: u8, number: u64) -> Option<Self> {
        let hashes = size.checked_shr(8 * u32::from(level)).unwrap_or(0);
        let before = number.checked_mul(256)?;
        let width = u16::try_from(hashes.checked_sub(before)?.min(256)).ok()?;
        (width > 0).then_some(Self { level, number, width })
    }

    /// Every tile of a log of `size` leaves, level by level.
    ///
    /// ```
    /// let places: Vec<_> = journal::Place::all(600).map(|place| place.path()).collect();
    /// assert_eq!(places, ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"]);
    /// ```
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        (0..8).flat_map(move |level| (0..).map_while(move |number| Self::of(size, level, number)))
    }

    /// Whether the tile has all its 256 hashes.
    ///
    /// ```
    /// assert!(journal::Place { level: 0, number: 0, width: 256 }.is_full());
    /// ```
    pub fn is_full(&self) -> bool {
        usize::from(self.width) == TILE
    }

    /// The file of the tile's hashes: `tile/<L>/<N>[.p/<W>]`.
    ///
    /// ```
    /// assert_eq!(journal::Place { level: 0, number: 5, width: 12 }.path(), "tile/0/005.p/12");
    /// ```
    pub fn path(&self) -> String {
        format!("tile/{}/{}{}", self.level, index_path(self.number), self.partial())
    }

    /// The file of the entries whose hashes a tile of level 0 has: `tile/entries/<N>[.p/<W>]`.
    ///
    /// ```
    /// let place = journal::Place { level: 0, number: 5, width: 12 };
    /// assert_eq!(place.entries_path(), "tile/entries/005.p/12");
    /// ```
    pub fn entries_path(&self) -> String {
        format!("tile/entries/{}{}", index_path(self.number), self.partial())
    }

    /// The file of the contents of those entries: `payloads/<N>.jsonl`. It has no width: contents
    /// may be erased, so this file is never final.
    ///
    /// ```
    /// let place = journal::Place { level: 0, number: 5, width: 12 };
    /// assert_eq!(place.payloads_path(), "payloads/005.jsonl");
    /// ```
    pub fn payloads_path(&self) -> String {
        format!("payloads/{}.jsonl", index_path(self.number))
    }

    /// The first and the last leaf that some of the tile's hashes stand for.
    pub(crate) fn leaves(&self, hashes: std::ops::RangeInclusive<usize>) -> (u64, u64) {
        let span = 1_u64 << (8 * u32::from(self.level));
        let at = |place: usize| self.number * 256 + u64::try_from(place).unwrap_or(0);
        (at(*hashes.start()) * span, (at(*hashes.end()) + 1) * span - 1)
    }

    fn partial(&self) -> String {
        if self.is_full() { String::new() } else { format!(".p/{}", self.width) }
    }
}

/// A number as tlog-tiles writes it in paths: groups of three digits, all but the last after `x`.
fn index_path(number: u64) -> String {
    let mut path = format!("{:03}", number % 1000);
    let mut rest = number / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    path
}

/// A tile with its hashes, full or partial.
///
/// ```
/// let mut log = journal::Log::default();
/// let full: Vec<journal::Tile> =
///     (0..256_u32).flat_map(|n| log.append(journal::leaf_hash(&n.to_be_bytes()))).collect();
/// assert_eq!(full.len(), 1);
/// assert_eq!(full[0].root(), log.root());
/// assert_eq!(full[0].file().0, "tile/0/000");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// 0 holds leaves; a hash of level n + 1 is the root of a tile of level n.
    pub level: u8,
    /// The tile's place in its level, from 0.
    pub number: u64,
    /// 1 to 256 hashes.
    pub hashes: Vec<Hash>,
}

impl Tile {
    /// Where the tile lies.
    ///
    /// ```
    /// let tile = journal::Tile { level: 0, number: 3, hashes: vec![[0; 32]; 12] };
    /// assert_eq!(tile.place(), journal::Place { level: 0, number: 3, width: 12 });
    /// ```
    pub fn place(&self) -> Place {
        let width = u16::try_from(self.hashes.len()).unwrap_or(u16::MAX);
        Place { level: self.level, number: self.number, width }
    }

    /// The root of the tile's own subtree.
    ///
    /// ```
    /// let tile = journal::Tile { level: 0, number: 0, hashes: vec![[7; 32]] };
    /// assert_eq!(tile.root(), [7; 32]);
    /// ```
    pub fn root(&self) -> Hash {
        Frontier::over(&self.hashes).root()
    }

    /// The tile as a file of an export: its path and its bytes, 32 for every hash.
    ///
    /// ```
    /// let tile = journal::Tile { level: 1, number: 0, hashes: vec![[7; 32]; 2] };
    /// assert_eq!(tile.file(), ("tile/1/000.p/2".to_owned(), vec![7; 64]));
    /// ```
    pub fn file(&self) -> (String, Vec<u8>) {
        (self.place().path(), self.hashes.concat())
    }

    /// Reads the bytes of a tile; nothing when they are not as many as its place says.
    ///
    /// ```
    /// use journal::{Place, Tile};
    /// let place = Place { level: 1, number: 0, width: 2 };
    /// assert_eq!(Tile::from_bytes(place, &[7; 64]).unwrap().hashes, vec![[7; 32]; 2]);
    /// assert_eq!(Tile::from_bytes(place, &[7; 65]), None);
    /// ```
    pub fn from_bytes(place: Place, bytes: &[u8]) -> Option<Self> {
        let hashes = hashes_from_bytes(bytes)?;
        let tile = Self { level: place.level, number: place.number, hashes };
        (tile.place() == place).then_some(tile)
    }
}

/// Where hashes are read from: a table, a folder, a map.
///
/// A pair of sources asks the first, then the second: `(log, full_tiles)`.
///
/// ```
/// use std::collections::BTreeMap;
/// use journal::{Log, Place, Tiles, leaf_hash};
/// let (mut log, mut full) = (Log::default(), BTreeMap::new());
/// for number in 0..300_u32 {
///     for tile in log.append(leaf_hash(&number.to_be_bytes())) {
///         full.insert(tile.place(), tile.hashes);
///     }
/// }
/// let tiles = (&log, &full);
/// assert!(tiles.tile(Place { level: 0, number: 0, width: 256 }).is_some());
/// assert!(tiles.tile(Place { level: 0, number: 1, width: 44 }).is_some());
/// assert!(tiles.tile(Place { level: 0, number: 2, width: 1 }).is_none());
/// ```
pub trait Tiles {
    /// The hashes of a tile, exactly as many as `place.width` says.
    fn tile(&self, place: Place) -> Option<Vec<Hash>>;
}

impl Tiles for BTreeMap<Place, Vec<Hash>> {
    fn tile(&self, place: Place) -> Option<Vec<Hash>> {
        self.get(&place).cloned()
    }
}

impl<T: Tiles + ?Sized> Tiles for &T {
    fn tile(&self, place: Place) -> Option<Vec<Hash>> {
        (**self).tile(place)
    }
}

impl<A: Tiles, B: Tiles> Tiles for (A, B) {
    fn tile(&self, place: Place) -> Option<Vec<Hash>> {
        self.0.tile(place).or_else(|| self.1.tile(place))
    }
}
