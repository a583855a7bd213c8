//! The way from a leaf to the root of a log whose leaves are all in memory: the definitions of
//! RFC 6962 as they stand there. A log that is kept in tiles proves with [`crate::Inclusion`].

use crate::{
    frontier::Frontier,
    hash::{Hash, node_hash},
};

/// The hashes beside the way from leaf `at` to the root (RFC 6962, 2.1.1), from the leaf's
/// neighbour upwards; none when there is no such leaf.
///
/// ```
/// use journal::{inclusion_path, leaf_hash};
/// let leaves = [b"a", b"b", b"c"].map(|leaf| leaf_hash(leaf));
/// assert_eq!(inclusion_path(&leaves, 0), [leaves[1], leaves[2]]);
/// assert!(inclusion_path(&leaves, 3).is_empty());
/// ```
pub fn inclusion_path(leaves: &[Hash], at: usize) -> Vec<Hash> {
    let (mut path, mut below, mut at) = (Vec::new(), leaves, at);
    if at >= leaves.len() {
        return path;
    }
    while below.len() > 1 {
        // The largest power of two smaller than their number lies on the left.
        let (left, right) = below.split_at(1 << (below.len() - 1).ilog2());
        let beside = if at < left.len() { right } else { left };
        path.push(Frontier::over(beside).root());
        (below, at) = if at < left.len() { (left, at) } else { (right, at - left.len()) };
    }
    path.reverse();
    path
}

/// The root to which the path leads from leaf `at` of a log of `size` leaves (RFC 9162, 2.1.3.2);
/// nothing when the path is too short or too long for that leaf.
///
/// ```
/// use journal::{Log, inclusion_path, leaf_hash, root_from_path};
/// let leaves = [b"a", b"b", b"c"].map(|leaf| leaf_hash(leaf));
/// let mut log = Log::default();
/// leaves.iter().for_each(|leaf| drop(log.append(*leaf)));
/// let path = inclusion_path(&leaves, 2);
/// assert_eq!(root_from_path(leaves[2], 2, 3, &path), Some(log.root()));
/// assert_eq!(root_from_path(leaves[2], 2, 3, &[]), None);
/// ```
pub fn root_from_path(leaf: Hash, at: usize, size: usize, path: &[Hash]) -> Option<Hash> {
    let (mut node, mut last, mut root) = (at, size.checked_sub(1)?, leaf);
    if at > last {
        return None;
    }
    for beside in path {
        if last == 0 {
            return None;
        }
        if node % 2 == 1 || node == last {
            root = node_hash(beside, &root);
            while node.is_multiple_of(2) && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            root = node_hash(&root, beside);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    (last == 0).then_some(root)
}
