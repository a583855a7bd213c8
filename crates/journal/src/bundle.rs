//! The bundle: the files of a C2SP tlog-tiles log, the contents its entries commit to, and a page
//! that says whose log it is.
//!
//! | File | What |
//! |---|---|
//! | `bundle.json` | format, origin, verifier key, code and name of the public body, size |
//! | `checkpoint` | the signed note |
//! | `tile/<L>/<N>[.p/<W>]` | hashes of level L, 32 bytes each |
//! | `tile/entries/<N>[.p/<W>]` | entries, each after its length in two bytes |
//! | `payloads/<N>.jsonl` | contents of the same entries, a line each |

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    checkpoint::{CheckpointError, Signer, open_note},
    hash::Hash,
    tile::{Place, TILE, Tile},
};

#[cfg(test)]
pub(crate) mod tests;

/// The format a bundle says it has.
///
/// ```
/// assert_eq!(journal::FORMAT, "shigan-bundle/v1");
/// ```
pub const FORMAT: &str = "shigan-bundle/v1";

/// Where a verifier reads files from: a folder, an archive, a map.
///
/// ```
/// use std::collections::BTreeMap;
/// use journal::Files;
/// let files = BTreeMap::from([("checkpoint".to_owned(), b"...".to_vec())]);
/// assert_eq!(files.read("checkpoint"), Some(b"...".to_vec()));
/// assert_eq!(files.read("bundle.json"), None);
/// ```
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

/// What a bundle says of itself, and what else in it must say the same.
///
/// ```
/// use journal::{Meta, Signer, meta_file, read_meta};
/// let signer = Signer::new("shigan/130200", &[7; 32])?;
/// let meta = Meta::new(&signer, "130200", 0);
/// assert_eq!(read_meta(&meta_file(&meta))?, (meta, None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// [`FORMAT`].
    pub format: String,
    /// The log's name, as in its checkpoint.
    pub origin: String,
    /// The key that signed the checkpoint.
    pub verifier_key: String,
    /// The code of the public body, as in every entry.
    pub jurisdiction: String,
    /// How many entries, as in the checkpoint.
    pub size: u64,
}

impl Meta {
    /// What a bundle of `size` entries says of itself.
    ///
    /// ```
    /// let signer = journal::Signer::new("shigan/130200", &[7; 32])?;
    /// assert_eq!(journal::Meta::new(&signer, "130200", 5).origin, "shigan/130200");
    /// # Ok::<(), journal::CheckpointError>(())
    /// ```
    pub fn new(signer: &Signer, jurisdiction: &str, size: u64) -> Self {
        Self {
            format: FORMAT.to_owned(),
            origin: signer.origin().to_owned(),
            verifier_key: signer.verifier_key(),
            jurisdiction: jurisdiction.to_owned(),
            size,
        }
    }
}

/// `bundle.json`, in the order of its bytes. The name is in no entry and no checkpoint, so it is
/// only there together with a signature over the whole file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    format: String,
    origin: String,
    verifier_key: String,
    jurisdiction: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    size: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<String>,
}

impl Page {
    fn new(meta: &Meta, name: Option<&str>) -> Self {
        Self {
            format: meta.format.clone(),
            origin: meta.origin.clone(),
            verifier_key: meta.verifier_key.clone(),
            jurisdiction: meta.jurisdiction.clone(),
            name: name.map(str::to_owned),
            size: meta.size,
            signature: None,
        }
    }

    fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// `bundle.json` without the body's name: what a mirror writes, which has no key.
///
/// ```
/// # let signer = journal::Signer::new("shigan/130200", &[7; 32])?;
/// let bytes = journal::meta_file(&journal::Meta::new(&signer, "130200", 5));
/// assert!(bytes.starts_with(b"{\n  \"format\": \"shigan-bundle/v1\",\n  \"origin\":"));
/// # Ok::<(), journal::CheckpointError>(())
/// ```
pub fn meta_file(meta: &Meta) -> Vec<u8> {
    Page::new(meta, None).text().into_bytes()
}

/// `bundle.json` with the body's name, signed: the signature is that of a signed note whose text
/// is this file without its last member.
///
/// # Errors
/// When the note library refuses the text.
///
/// ```
/// use journal::{Meta, Signer, read_meta, signed_meta_file};
/// let signer = Signer::new("shigan/130200", &[7; 32])?;
/// let bytes = signed_meta_file(&Meta::new(&signer, "130200", 5), "示范市", &signer)?;
/// assert_eq!(read_meta(&bytes)?.1.as_deref(), Some("示范市"));
/// let other = String::from_utf8(bytes)?.replace("示范市", "模范市");
/// assert!(read_meta(other.as_bytes()).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn signed_meta_file(
    meta: &Meta,
    name: &str,
    signer: &Signer,
) -> Result<Vec<u8>, CheckpointError> {
    let mut page = Page::new(meta, Some(name));
    let note = signer.sign(&page.text())?;
    page.signature = note.trim_end().rsplit(' ').next().map(str::to_owned);
    Ok(page.text().into_bytes())
}

/// Why `bundle.json` is not believed.
///
/// ```
/// assert!(journal::read_meta(b"{}").unwrap_err().to_string().contains("missing field"));
/// ```
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum MetaError {
    /// Not JSON, or not with these members.
    #[error("{0}")]
    Json(String),
    /// Not [`FORMAT`].
    #[error("the format {0:?} is not shigan-bundle/v1")]
    Format(String),
    /// Not the one way of writing it.
    #[error("not written in the canonical form")]
    Form,
    /// A name without signature, or a signature without name.
    #[error("name and signature are only there together")]
    Half,
    /// The signature is not that of the bundle's key.
    #[error("{0}")]
    Signature(#[from] CheckpointError),
}

/// Reads `bundle.json` and returns what it says, and the body's name if there is one. A name is
/// returned only if the bundle's own key has signed it; whether to trust that key is another
/// question.
///
/// # Errors
/// [`MetaError`]: the first thing that is wrong.
///
/// ```
/// # let signer = journal::Signer::new("shigan/130200", &[7; 32])?;
/// let meta = journal::Meta::new(&signer, "130200", 5);
/// assert_eq!(journal::read_meta(&journal::meta_file(&meta)).unwrap(), (meta, None));
/// # Ok::<(), journal::CheckpointError>(())
/// ```
pub fn read_meta(bytes: &[u8]) -> Result<(Meta, Option<String>), MetaError> {
    let mut page: Page =
        serde_json::from_slice(bytes).map_err(|error| MetaError::Json(error.to_string()))?;
    if page.format != FORMAT {
        return Err(MetaError::Format(page.format));
    }
    if page.text().as_bytes() != bytes {
        return Err(MetaError::Form);
    }
    match (&page.name, page.signature.take()) {
        (None, None) => {}
        (Some(_), Some(signature)) => {
            let note = format!("{}\n— {} {signature}\n", page.text(), page.origin);
            open_note(&note, &page.verifier_key)?;
        }
        _ => return Err(MetaError::Half),
    }
    let Page { format, origin, verifier_key, jurisdiction, name, size, .. } = page;
    Ok((Meta { format, origin, verifier_key, jurisdiction, size }, name))
}

/// An entry's content, or the mark that it was erased.
///
/// ```
/// use journal::Payload;
/// let kept = Payload::kept(7, "5c1e0f", "\"Signed\"");
/// assert_eq!(kept.commitment(), Some(journal::commit("5c1e0f", "\"Signed\"")));
/// assert_eq!(Payload::erased(7).commitment(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// The entry's number.
    pub number: i64,
    /// The salt of the commitment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// The content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// Salt and content are gone for good.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
}

impl Payload {
    /// A content that is there.
    ///
    /// ```
    /// assert!(!journal::Payload::kept(7, "5c1e0f", "\"Signed\"").erased);
    /// ```
    pub fn kept(number: i64, salt: &str, payload: &str) -> Self {
        let (salt, payload) = (Some(salt.to_owned()), Some(payload.to_owned()));
        Self { number, salt, payload, erased: false }
    }

    /// A content that was erased, its salt with it.
    ///
    /// ```
    /// assert!(journal::Payload::erased(7).erased);
    /// ```
    pub fn erased(number: i64) -> Self {
        Self { number, salt: None, payload: None, erased: true }
    }

    /// What an entry with this content commits to; nothing when it was erased.
    ///
    /// ```
    /// assert_eq!(journal::Payload::erased(7).commitment(), None);
    /// ```
    pub fn commitment(&self) -> Option<String> {
        Some(crate::commit(self.salt.as_deref()?, self.payload.as_deref()?))
    }

    /// The line of the content in its file, newline included.
    pub(crate) fn line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).unwrap_or_default();
        line.push(b'\n');
        line
    }

    /// Reads a line in the one way of writing it.
    pub(crate) fn from_line(line: &[u8]) -> Option<Self> {
        let payload: Self = serde_json::from_slice(line).ok()?;
        let whole =
            payload.erased == payload.salt.is_none() && payload.erased == payload.payload.is_none();
        (whole && payload.line() == line).then_some(payload)
    }
}

/// A tile of hashes as a file: its path and its bytes.
///
/// ```
/// assert_eq!(journal::tile_file(0, 0, &[[7; 32]]).0, "tile/0/000.p/1");
/// ```
pub fn tile_file(level: u8, number: u64, hashes: &[Hash]) -> (String, Vec<u8>) {
    Tile { level, number, hashes: hashes.to_vec() }.file()
}

/// The bytes of up to 256 entries as a file: its path, and every entry after its length in two
/// bytes, big-endian. An entry longer than 65,535 bytes is cut; [`crate::Entry`] makes none.
///
/// ```
/// let (path, bytes) = journal::entry_bundle(0, &[b"one".to_vec()]);
/// assert_eq!((path.as_str(), bytes), ("tile/entries/000.p/1", b"\0\x03one".to_vec()));
/// ```
pub fn entry_bundle(number: u64, entries: &[Vec<u8>]) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    for entry in entries {
        let length = u16::try_from(entry.len()).unwrap_or(u16::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&entry[..usize::from(length)]);
    }
    let width = u16::try_from(entries.len().min(TILE)).unwrap_or(256);
    (Place { level: 0, number, width }.entries_path(), bytes)
}

/// The contents of the entries of a bundle as a file: its path, and a line of JSON for each.
///
/// ```
/// use journal::{Payload, payload_bundle};
/// let contents = [Payload::kept(0, "5c", "\"Begun\""), Payload::erased(1)];
/// let (path, bytes) = payload_bundle(0, &contents);
/// assert_eq!(path, "payloads/000.jsonl");
/// assert_eq!(
///     String::from_utf8(bytes)?,
///     r#"{"number":0,"salt":"5c","payload":"\"Begun\""}
/// {"number":1,"erased":true}
/// "#,
/// );
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
pub fn payload_bundle(number: u64, payloads: &[Payload]) -> (String, Vec<u8>) {
    let bytes = payloads.iter().flat_map(Payload::line).collect();
    (Place { level: 0, number, width: 1 }.payloads_path(), bytes)
}
