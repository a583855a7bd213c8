//! SHA-256 as RFC 6962 uses it: one kind of hash for leaves, another for nodes, so that neither
//! can be taken for the other.

use base64::{Engine, engine::general_purpose::STANDARD};

/// A SHA-256 hash: 32 bytes.
///
/// ```
/// let hash: journal::Hash = [0; 32];
/// assert_eq!(journal::hash_to_base64(&hash), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
/// ```
pub type Hash = [u8; 32];

/// The root of a log without leaves: SHA-256 of nothing (RFC 6962, 2.1).
///
/// ```
/// assert_eq!(journal::EMPTY_ROOT, journal::Log::default().root());
/// ```
pub const EMPTY_ROOT: Hash = tlog_tiles::EMPTY_HASH.0;

/// The hash of a leaf: SHA-256 over a zero byte and the bytes (RFC 6962, 2.1).
///
/// ```
/// let mut log = journal::Log::default();
/// log.append(journal::leaf_hash(b"one"));
/// assert_eq!(log.root(), journal::leaf_hash(b"one"));
/// ```
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    tlog_tiles::record_hash(bytes).0
}

/// The hash of a node: SHA-256 over a one byte and both hashes below (RFC 6962, 2.1).
///
/// ```
/// use journal::{Log, leaf_hash, node_hash};
/// let mut log = Log::default();
/// log.append(leaf_hash(b"one"));
/// log.append(leaf_hash(b"two"));
/// assert_eq!(log.root(), node_hash(&leaf_hash(b"one"), &leaf_hash(b"two")));
/// ```
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    tlog_tiles::node_hash(tlog_tiles::Hash(*left), tlog_tiles::Hash(*right)).0
}

/// A hash as base64, the way checkpoints and proofs write it: 44 characters.
///
/// ```
/// assert!(journal::hash_to_base64(&journal::EMPTY_ROOT).starts_with("47DEQpj8HBSa+/TImW+5"));
/// ```
pub fn hash_to_base64(hash: &Hash) -> String {
    STANDARD.encode(hash)
}

/// Reads what [`hash_to_base64`] wrote; anything else is nothing.
///
/// ```
/// use journal::{EMPTY_ROOT, hash_from_base64, hash_to_base64};
/// assert_eq!(hash_from_base64(&hash_to_base64(&EMPTY_ROOT)), Some(EMPTY_ROOT));
/// assert_eq!(hash_from_base64("47DEQpj8"), None);
/// ```
pub fn hash_from_base64(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Many hashes in one base64 text.
pub(crate) fn hashes_to_base64(hashes: &[Hash]) -> String {
    STANDARD.encode(hashes.as_flattened())
}

/// Reads what [`hashes_to_base64`] wrote.
pub(crate) fn hashes_from_base64(text: &str) -> Option<Vec<Hash>> {
    hashes_from_bytes(&STANDARD.decode(text).ok()?)
}

/// Cuts bytes into hashes; nothing when some are left over.
pub(crate) fn hashes_from_bytes(bytes: &[u8]) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    rest.is_empty().then(|| hashes.to_vec())
}

/// The root over a power of two of equal subtrees.
pub(crate) fn perfect_root(hashes: &[Hash]) -> Hash {
    let mut level = hashes.to_vec();
    while level.len() > 1 {
        level =
            level.as_chunks::<2>().0.iter().map(|[left, right]| node_hash(left, right)).collect();
    }
    level.pop().unwrap_or(EMPTY_ROOT)
}
