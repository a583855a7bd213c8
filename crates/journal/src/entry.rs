//! One entry and its canonical bytes: a magic line, then every field in a fixed order, each as a
//! four-byte big-endian length and that many bytes of UTF-8. Integers are decimal text.

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::log::{Hash, leaf_hash};

/// The first bytes of every entry, with the version of the layout.
pub const MAGIC: &[u8] = b"shigan-entry/v1\n";

/// An entry bundle of tlog-tiles gives each entry a two-byte length.
const LONGEST: usize = 65_535;

const FIELDS: [&str; 11] = [
    "jurisdiction",
    "number",
    "turn",
    "at",
    "day",
    "person",
    "post",
    "kind",
    "matter",
    "act",
    "commitment",
];

/// One fact's place in the journal. The fact itself is not here but committed to, so that its
/// content may be erased while the proof of everything else survives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The code of the public body.
    pub jurisdiction: String,
    /// The entry's number in the journal, from 0.
    pub number: i64,
    /// The turn it was part of.
    pub turn: i64,
    /// When it was received: UTC, RFC 3339 with microseconds.
    pub at: String,
    /// The civil day the officer acted on, ISO.
    pub day: String,
    pub person: i64,
    pub post: i64,
    /// The mechanism's root word.
    pub kind: String,
    pub matter: i64,
    /// The name of the event.
    pub act: String,
    /// SHA-256 over salt and payload, see [`commit`].
    pub commitment: String,
}

/// Why bytes are not an entry, or an entry has no bytes.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum EntryError {
    #[error("the entry does not begin with shigan-entry/v1")]
    Magic,
    #[error("the entry breaks off in its field {0}")]
    Short(&'static str),
    #[error("the field {0} is not UTF-8")]
    NotText(&'static str),
    #[error("the field {field} holds {found:?}, not a canonical whole number")]
    NotNumber { field: &'static str, found: String },
    #[error("{0} bytes follow the last field")]
    Trailing(usize),
    #[error("the entry has {0} bytes; 65535 are the most an entry bundle can hold")]
    TooLong(usize),
}

/// The commitment to a fact's content: SHA-256 over a domain line, the salt and the payload, each
/// with its length, in lower-case hexadecimal.
///
/// ```
/// assert_eq!(journal::commit("00", "{}").len(), 64);
/// assert_ne!(journal::commit("0", "0{}"), journal::commit("00", "{}"));
/// ```
pub fn commit(salt: &str, payload: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"shigan-content/v1\n");
    for part in [salt, payload] {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Entry {
    /// The canonical bytes.
    ///
    /// # Errors
    /// When they would not fit into an entry bundle.
    pub fn to_bytes(&self) -> Result<Vec<u8>, EntryError> {
        let (number, turn) = (self.number.to_string(), self.turn.to_string());
        let (person, post) = (self.person.to_string(), self.post.to_string());
        let matter = self.matter.to_string();
        let fields: [&str; 11] = [
            &self.jurisdiction,
            &number,
            &turn,
            &self.at,
            &self.day,
            &person,
            &post,
            &self.kind,
            &matter,
            &self.act,
            &self.commitment,
        ];
        let mut bytes = Vec::with_capacity(320);
        bytes.extend_from_slice(MAGIC);
        for field in fields {
            let length =
                u32::try_from(field.len()).map_err(|_| EntryError::TooLong(field.len()))?;
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(field.as_bytes());
        }
        if bytes.len() > LONGEST { Err(EntryError::TooLong(bytes.len())) } else { Ok(bytes) }
    }

    /// Reads canonical bytes back.
    ///
    /// # Errors
    /// Naming the field that is wrong. Only the one way of writing an entry is accepted.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EntryError> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(EntryError::Magic)?;
        let mut texts = Vec::with_capacity(FIELDS.len());
        for field in FIELDS {
            let (length, after) = rest.split_first_chunk::<4>().ok_or(EntryError::Short(field))?;
            let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
            let text = after.get(..length).ok_or(EntryError::Short(field))?;
            let text = std::str::from_utf8(text).map_err(|_| EntryError::NotText(field))?;
            texts.push(text);
            rest = &after[length..];
        }
        if !rest.is_empty() {
            return Err(EntryError::Trailing(rest.len()));
        }
        let number = |place: usize| {
            let (field, text) = (FIELDS[place], texts[place]);
            let wrong = || EntryError::NotNumber { field, found: text.to_owned() };
            let value: i64 = text.parse().map_err(|_| wrong())?;
            if value.to_string() == text { Ok(value) } else { Err(wrong()) }
        };
        Ok(Self {
            jurisdiction: texts[0].to_owned(),
            number: number(1)?,
            turn: number(2)?,
            at: texts[3].to_owned(),
            day: texts[4].to_owned(),
            person: number(5)?,
            post: number(6)?,
            kind: texts[7].to_owned(),
            matter: number(8)?,
            act: texts[9].to_owned(),
            commitment: texts[10].to_owned(),
        })
    }

    /// The leaf this entry is in the log.
    ///
    /// # Errors
    /// As [`Entry::to_bytes`].
    pub fn leaf(&self) -> Result<Hash, EntryError> {
        Ok(leaf_hash(&self.to_bytes()?))
    }
}
