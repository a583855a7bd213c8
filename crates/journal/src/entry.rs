//! One entry and its canonical bytes: a magic line, then eleven fields in a fixed order, each as
//! a four-byte big-endian length and that many bytes of UTF-8.
//!
//! | Field | Bytes |
//! |---|---|
//! | magic | `shigan-entry/v1` and a newline, without a length |
//! | jurisdiction | code of the public body |
//! | number | decimal, from 0, the leaf's number in the log |
//! | turn | decimal, from 0 |
//! | at | when received, UTC, `2015-11-20T01:00:00.000000Z` |
//! | day | civil day acted on, `2015-11-20` |
//! | person, post | decimal |
//! | kind | root word of the mechanism |
//! | matter | decimal |
//! | act | name of the event |
//! | commitment | [`commit`] of salt and payload, 64 lower-case hexadecimal digits |
//!
//! Decimals have no plus, no leading zeroes and no `-0`. There is one way of writing an entry,
//! and nothing else is read.

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::hash::{Hash, leaf_hash};

mod read;
#[cfg(test)]
pub(crate) mod tests;

/// The first bytes of every entry, with the version of the layout.
///
/// ```
/// assert_eq!(journal::MAGIC, b"shigan-entry/v1\n");
/// ```
pub const MAGIC: &[u8] = b"shigan-entry/v1\n";

/// The most bytes one field may have. Eleven of them always fit into the 65,535 bytes that an
/// entry bundle of tlog-tiles has for one entry.
///
/// ```
/// assert!(journal::MAGIC.len() + 11 * (4 + journal::FIELD_LIMIT) <= 65_535);
/// ```
pub const FIELD_LIMIT: usize = 1024;

/// The fields in the order of their bytes.
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
///
/// ```
/// use journal::{Entry, commit};
/// let entry = Entry {
///     jurisdiction: "130200".into(),
///     number: 7,
///     turn: 3,
///     at: "2015-11-20T01:00:00.000000Z".into(),
///     day: "2015-11-20".into(),
///     person: 11,
///     post: 12,
///     kind: "item".into(),
///     matter: 41,
///     act: "Signed".into(),
///     commitment: commit("5c1e…", "\"Signed\""),
/// };
/// assert_eq!(Entry::from_bytes(&entry.to_bytes()?)?, entry);
/// # Ok::<(), journal::EntryError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The code of the public body.
    pub jurisdiction: String,
    /// The entry's number in the journal, from 0: its leaf's number in the log.
    pub number: i64,
    /// The turn it was part of, from 0; never less than that of the entry before.
    pub turn: i64,
    /// When it was received: UTC, RFC 3339 with microseconds.
    pub at: String,
    /// The civil day the officer acted on, ISO 8601.
    pub day: String,
    /// Who acted.
    pub person: i64,
    /// The post they acted from.
    pub post: i64,
    /// The mechanism's root word.
    pub kind: String,
    /// The matter acted on.
    pub matter: i64,
    /// The name of the event.
    pub act: String,
    /// What [`commit`] gives for the content.
    pub commitment: String,
}

/// Where an entry is wrong, and how.
///
/// ```
/// let error = journal::Entry::from_bytes(b"shigan-entry/v1\n\0\0\0\x06").unwrap_err();
/// assert_eq!(error.to_string(), "jurisdiction, byte 16: 6 bytes are announced, 0 are there");
/// ```
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{field}, byte {at}: {wrong}")]
pub struct EntryError {
    /// The field, or `magic`, or `end` for what follows the last field.
    pub field: &'static str,
    /// The place in the entry's bytes where the field's length begins.
    pub at: usize,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What is wrong with a field of an entry.
///
/// ```
/// let error = journal::Entry::from_bytes(b"another file").unwrap_err();
/// assert_eq!(error.wrong, journal::Wrong::Magic);
/// ```
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Wrong {
    /// Another kind of file, or another version of the layout.
    #[error("an entry begins with shigan-entry/v1 and a newline")]
    Magic,
    /// Fewer than the four bytes of a length are left.
    #[error("{0} bytes are left, the length of a field needs 4")]
    NoLength(usize),
    /// The bytes end within the field.
    #[error("{announced} bytes are announced, {left} are there")]
    Short {
        /// What the length says.
        announced: u64,
        /// What is left.
        left: usize,
    },
    /// More than [`FIELD_LIMIT`] bytes.
    #[error("{0} bytes, {FIELD_LIMIT} are the most")]
    Long(u64),
    /// Not UTF-8, from that byte of the field.
    #[error("not UTF-8 from byte {0} of the field")]
    NotText(usize),
    /// A field of words without any.
    #[error("empty")]
    Empty,
    /// Not a decimal in the one way of writing it.
    #[error("{0:?} is not a whole number in plain decimal")]
    NotNumber(String),
    /// Not an instant in the one way of writing it.
    #[error("{0:?} is not an instant like 2015-11-20T01:00:00.000000Z")]
    NotInstant(String),
    /// Not a day of the calendar.
    #[error("{0:?} is not a day like 2015-11-20")]
    NotDay(String),
    /// Not 64 lower-case hexadecimal digits.
    #[error("{0:?} is not a commitment of 64 lower-case hexadecimal digits")]
    NotCommitment(String),
    /// Bytes after the last field.
    #[error("{0} bytes follow the last field")]
    Trailing(usize),
}

/// The commitment to a content: SHA-256 over the line `shigan-content/v1`, a newline, and for
/// salt and payload the length in eight bytes, big-endian, and the UTF-8 bytes; written as 64
/// lower-case hexadecimal digits.
///
/// The salt is what keeps an erased content secret: without it, whoever guesses the payload could
/// see the guess confirmed. Give every entry its own, of at least 128 random bits.
///
/// ```
/// let commitment = journal::commit("5c1e0f", "\"Signed\"");
/// assert_eq!(commitment.len(), 64);
/// // The lengths keep the parts apart.
/// assert_ne!(journal::commit("0", "0{}"), journal::commit("00", "{}"));
/// ```
pub fn commit(salt: &str, payload: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"shigan-content/v1\n");
    for part in [salt, payload] {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    let digit = |four: u8| char::from(b"0123456789abcdef"[usize::from(four)]);
    hash.finalize().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

impl Entry {
    /// The canonical bytes: what [`Entry::from_bytes`] reads, fewer than 65,536.
    ///
    /// # Errors
    /// When a field has a value that would not be read back; an entry is written for good.
    ///
    /// ```
    /// # let entry = journal::Entry {
    /// #     jurisdiction: "130200".into(), number: 7, turn: 3,
    /// #     at: "2015-11-20T01:00:00.000000Z".into(), day: "2015-11-20".into(), person: 11,
    /// #     post: 12, kind: "item".into(), matter: 41, act: "Signed".into(),
    /// #     commitment: journal::commit("", ""),
    /// # };
    /// assert!(entry.to_bytes()?.starts_with(b"shigan-entry/v1\n\0\0\0\x06130200\0\0\0\x017"));
    /// let entry = journal::Entry { day: "2015-02-30".into(), ..entry };
    /// assert_eq!(entry.to_bytes().unwrap_err().field, "day");
    /// # Ok::<(), journal::EntryError>(())
    /// ```
    pub fn to_bytes(&self) -> Result<Vec<u8>, EntryError> {
        let bytes = self.bytes_as_kept();
        Self::from_bytes(&bytes)?;
        Ok(bytes)
    }

    /// The bytes of an entry as it is kept, right or wrong: so that an export shows a fault in
    /// the store to the verifier instead of stopping at it. Fields are cut at [`FIELD_LIMIT`].
    ///
    /// ```
    /// # let entry = journal::Entry {
    /// #     jurisdiction: "130200".into(), number: 7, turn: 3,
    /// #     at: "2015-11-20T01:00:00.000000Z".into(), day: "2015-11-20".into(), person: 11,
    /// #     post: 12, kind: "item".into(), matter: 41, act: "Signed".into(),
    /// #     commitment: journal::commit("", ""),
    /// # };
    /// assert_eq!(entry.bytes_as_kept(), entry.to_bytes()?);
    /// let damaged = journal::Entry { day: "2O15-11-20".into(), ..entry };
    /// assert!(journal::Entry::from_bytes(&damaged.bytes_as_kept()).is_err());
    /// # Ok::<(), journal::EntryError>(())
    /// ```
    pub fn bytes_as_kept(&self) -> Vec<u8> {
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
            // One byte over the limit is kept, so that what was cut is not read back.
            let field = &field.as_bytes()[..field.len().min(FIELD_LIMIT + 1)];
            let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(field);
        }
        bytes
    }

    /// The leaf this entry is in the log: the hash of its canonical bytes.
    ///
    /// # Errors
    /// As [`Entry::to_bytes`].
    ///
    /// ```
    /// # let entry = journal::Entry {
    /// #     jurisdiction: "130200".into(), number: 7, turn: 3,
    /// #     at: "2015-11-20T01:00:00.000000Z".into(), day: "2015-11-20".into(), person: 11,
    /// #     post: 12, kind: "item".into(), matter: 41, act: "Signed".into(),
    /// #     commitment: journal::commit("", ""),
    /// # };
    /// assert_eq!(entry.leaf()?, journal::leaf_hash(&entry.to_bytes()?));
    /// # Ok::<(), journal::EntryError>(())
    /// ```
    pub fn leaf(&self) -> Result<Hash, EntryError> {
        Ok(leaf_hash(&self.to_bytes()?))
    }
}
