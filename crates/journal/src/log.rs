//! The growing Merkle tree (RFC 6962), kept as what is still open: the hashes of each level's
//! last, incomplete tile. Appending costs O(1) hashes on average; full tiles are handed out.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Hashes in a full tile.
pub const TILE: usize = 256;

/// A full tile of hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// 0 holds leaves; a hash of level n + 1 is the root of a tile of level n.
    pub level: u8,
    /// The tile's place in its level.
    pub number: u64,
    pub hashes: Vec<Hash>,
}

impl Tile {
    /// The root of the tile's own subtree.
    pub fn root(&self) -> Hash {
        root_of(&self.hashes)
    }
}

/// A log: how many leaves it has, and the open ends of its levels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    size: u64,
    open: Vec<Vec<Hash>>,
}

impl Log {
    /// Takes up a log of `size` leaves again. `open` holds, level by level, the hashes of the
    /// incomplete tile: leaves at level 0, roots of full tiles below at the others.
    ///
    /// Returns nothing when the numbers of hashes cannot belong to that size.
    pub fn resume(size: u64, open: Vec<Vec<Hash>>) -> Option<Self> {
        let mut rest = size;
        let mut expected = Vec::new();
        while rest > 0 {
            expected.push(usize::try_from(rest % 256).ok()?);
            rest /= 256;
        }
        let mut open = open;
        open.resize(expected.len(), Vec::new());
        let fits = open.iter().map(Vec::len).eq(expected);
        fits.then_some(Self { size, open })
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf and hands out the tiles it completes, lowest level first.
    pub fn append(&mut self, leaf: Hash) -> Vec<Tile> {
        self.size += 1;
        let mut full = Vec::new();
        let mut carried = Some(leaf);
        let mut level = 0;
        let mut count = self.size;
        while let Some(hash) = carried.take() {
            if self.open.len() == level {
                self.open.push(Vec::with_capacity(TILE));
            }
            let open = &mut self.open[level];
            open.push(hash);
            if open.len() == TILE {
                let hashes = std::mem::take(open);
                let tile = Tile {
                    level: u8::try_from(level).unwrap_or(u8::MAX),
                    number: count / 256 - 1,
                    hashes,
                };
                carried = Some(tile.root());
                full.push(tile);
            }
            level += 1;
            count /= 256;
        }
        full
    }

    /// The hash of the whole tree.
    pub fn root(&self) -> Hash {
        let mut root: Option<Hash> = None;
        for open in &self.open {
            if open.is_empty() {
                continue;
            }
            // The hashes of a level are whole subtrees left of everything in the levels below.
            root = Some(fold(open, root));
        }
        root.unwrap_or_else(|| Sha256::digest([]).into())
    }

    /// The open hashes, level by level: the partial tiles of an export.
    pub fn open(&self) -> &[Vec<Hash>] {
        &self.open
    }
}

/// The root over equal subtrees, with one smaller tree to their right.
fn fold(hashes: &[Hash], right: Option<Hash>) -> Hash {
    let mut stack: Vec<(usize, Hash)> = Vec::new();
    for hash in hashes {
        let mut one = (1_usize, *hash);
        while let Some((size, left)) = stack.last().copied().filter(|top| top.0 == one.0) {
            stack.pop();
            one = (size * 2, node_hash(&left, &one.1));
        }
        stack.push(one);
    }
    let folded = stack.into_iter().map(|one| one.1).chain(right);
    let parts: Vec<Hash> = folded.collect();
    parts
        .into_iter()
        .rev()
        .reduce(|right, left| node_hash(&left, &right))
        .unwrap_or_else(|| Sha256::digest([]).into())
}

/// The root over leaves or equal subtrees alone.
pub(crate) fn root_of(hashes: &[Hash]) -> Hash {
    fold(hashes, None)
}

pub(crate) fn leaf_hash(bytes: &[u8]) -> Hash {
    let mut hash = Sha256::new();
    hash.update([0]);
    hash.update(bytes);
    hash.finalize().into()
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut hash = Sha256::new();
    hash.update([1]);
    hash.update(left);
    hash.update(right);
    hash.finalize().into()
}

/// A hash as base64, the way checkpoints write it.
pub fn hash_to_base64(hash: &Hash) -> String {
    STANDARD.encode(hash)
}

/// Reads such a hash.
pub fn hash_from_base64(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// The sibling hashes from one leaf up to the root (RFC 6962, 2.1.1).
pub fn inclusion_path(leaves: &[Hash], place: usize) -> Vec<Hash> {
    let mut path = Vec::new();
    let (mut leaves, mut place) = (leaves, place);
    while leaves.len() > 1 {
        // The left part is the largest power of two below the whole.
        let split = leaves.len().next_power_of_two() / 2;
        let (left, right) = leaves.split_at(split);
        if place < split {
            path.push(root_of(right));
            leaves = left;
        } else {
            path.push(root_of(left));
            (leaves, place) = (right, place - split);
        }
    }
    path.reverse();
    path
}

/// The root a leaf and its path give in a log of `size` leaves; nothing when they do not fit.
pub fn root_from_path(leaf: Hash, place: usize, size: usize, path: &[Hash]) -> Option<Hash> {
    let (mut at, mut last) = (place, size.checked_sub(1)?);
    let mut hash = leaf;
    for sibling in path {
        if last == 0 {
            return None;
        }
        if at % 2 == 1 || at == last {
            hash = node_hash(sibling, &hash);
            while at.is_multiple_of(2) && at != 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        (at, last) = (at / 2, last / 2);
    }
    (last == 0).then_some(hash)
}
