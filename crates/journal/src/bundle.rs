//! The export: the files of a C2SP tlog-tiles log, plus the contents its entries commit to.
//!
//! | File | What |
//! |---|---|
//! | `bundle.json` | format, origin, verifier key, code of the body, size |
//! | `checkpoint` | the signed note |
//! | `tile/<L>/<N>[.p/<W>]` | hashes of level L |
//! | `tile/entries/<N>[.p/<W>]` | entries, each with a two-byte length |
//! | `payload/<N>.jsonl` | contents of the entries of that bundle, a line each |

use serde::{Deserialize, Serialize};
use tlog_tiles::Tile as Path;

use crate::log::{Hash, TILE};

/// Where a verifier reads files from: a folder, an archive, a map.
pub trait Files {
    /// The bytes of a file, by its path in the bundle.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
    /// Every path there is, to notice files that belong to nothing.
    fn paths(&self) -> Vec<String>;
}

impl Files for std::collections::BTreeMap<String, Vec<u8>> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.get(path).cloned()
    }
    fn paths(&self) -> Vec<String> {
        self.keys().cloned().collect()
    }
}

/// What a bundle says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// `shigan-bundle/v1`.
    pub format: String,
    pub origin: String,
    pub verifier_key: String,
    pub jurisdiction: String,
    pub size: u64,
}

/// An entry's content, or the mark that it was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    pub number: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
}

/// `bundle.json` as bytes.
pub fn meta_file(meta: &Meta) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(meta).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A tile of hashes: its path and bytes. `hashes` has 256 of them, or fewer for a partial tile.
pub fn tile_file(level: u8, number: u64, hashes: &[Hash]) -> (String, Vec<u8>) {
    (path(level, number, hashes.len(), false), hashes.concat())
}

/// A bundle of up to 256 entries' bytes: its path and bytes.
pub fn entry_bundle(number: u64, entries: &[Vec<u8>]) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    for entry in entries {
        let length = u16::try_from(entry.len()).unwrap_or(u16::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    (path(0, number, entries.len(), true), bytes)
}

/// The contents of the same entries: its path and bytes.
pub fn payload_bundle(number: u64, payloads: &[Payload]) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    for payload in payloads {
        bytes.extend(serde_json::to_vec(payload).unwrap_or_default());
        bytes.push(b'\n');
    }
    (format!("payload/{number}.jsonl"), bytes)
}

/// The path tlog-tiles gives a tile of hashes or entries.
pub(crate) fn path(level: u8, number: u64, width: usize, entries: bool) -> String {
    let width = u32::try_from(width.min(TILE)).unwrap_or(256);
    Path::new(8, level, number, width, entries)
        .path()
        .replacen("tile/8/data/", "tile/entries/", 1)
        .replacen("tile/8/", "tile/", 1)
}
