//! What a verification found, in words and in values.

use std::fmt;

use thiserror::Error;

use crate::{
    bundle::{Meta, MetaError},
    checkpoint::{Checkpoint, CheckpointError},
    entry::EntryError,
};

/// What a verification found.
///
/// ```
/// use std::collections::BTreeMap;
/// let report = journal::verify(&BTreeMap::new(), None);
/// assert!(!report.holds());
/// let lines = "0 entries, 0 contents, 0 erased\nthe file bundle.json is missing\n";
/// assert_eq!(report.to_string(), lines);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What the bundle says of itself.
    pub meta: Option<Meta>,
    /// The public body's name, if the bundle's key has signed it.
    pub name: Option<String>,
    /// The checkpoint, if its signature is right.
    pub checkpoint: Option<Checkpoint>,
    /// Whether the key came from whoever asked. Otherwise it is the bundle's own, and the report
    /// shows only that the bundle agrees with itself.
    pub trusted: bool,
    /// Entries that were read and belong to the log.
    pub entries: u64,
    /// Contents that are what their entry commits to.
    pub contents: u64,
    /// The numbers of the entries whose content was erased; what they committed to still stands.
    pub erased: Vec<u64>,
    /// What is wrong, in the order of the numbers.
    pub faults: Vec<Fault>,
}

impl Report {
    /// Nothing is wrong.
    ///
    /// ```
    /// assert!(journal::Report::default().holds());
    /// ```
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }

    /// The first entry that is wrong, if one can be named.
    ///
    /// ```
    /// use journal::{Fault, Report};
    /// let faults = vec![Fault::Root { first: 0, last: 9 }, Fault::EntryChanged { number: 7 }];
    /// assert_eq!(Report { faults, ..Report::default() }.first(), Some(7));
    /// ```
    pub fn first(&self) -> Option<u64> {
        self.faults.iter().filter_map(Fault::number).min()
    }
}

/// A line of counts, then a line for every fault.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (entries, contents, erased) = (self.entries, self.contents, self.erased.len());
        writeln!(f, "{entries} entries, {contents} contents, {erased} erased")?;
        self.faults.iter().try_for_each(|fault| writeln!(f, "{fault}"))
    }
}

/// What is wrong, and at which entry.
///
/// ```
/// let fault = journal::Fault::EntryChanged { number: 17 };
/// assert_eq!(fault.to_string(), "entry 17: its bytes are not those that were logged");
/// ```
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Fault {
    /// `bundle.json` is not believed.
    #[error("bundle.json: {0}")]
    Meta(MetaError),
    /// The bundle names another key than the one that was handed in.
    #[error("the bundle is signed with {found}, you trust {trusted}")]
    OtherKey {
        /// The key handed in.
        trusted: String,
        /// The key of `bundle.json`.
        found: String,
    },
    /// The checkpoint is not believed.
    #[error("checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint is about another log than `bundle.json`.
    #[error("the checkpoint is about the log {signed:?}, bundle.json about {says:?}")]
    Origin {
        /// The log's name in the checkpoint.
        signed: String,
        /// The log's name in `bundle.json`.
        says: String,
    },
    /// The checkpoint is about another size than `bundle.json`.
    #[error("the checkpoint is about {signed} entries, bundle.json about {says}")]
    Size {
        /// The entries of the checkpoint.
        signed: u64,
        /// The entries of `bundle.json`.
        says: u64,
    },
    /// A file is not there.
    #[error("the file {path} is missing")]
    FileMissing {
        /// Its path.
        path: String,
    },
    /// A file is there that is no part of the bundle.
    #[error("the file {path} belongs to no entry")]
    FileAdded {
        /// Its path.
        path: String,
    },
    /// A tile is not what the entries and the root say it must be.
    #[error("{path}: the hashes over entries {first} to {last} were changed")]
    TileChanged {
        /// Its path.
        path: String,
        /// The first entry below the hashes that differ.
        first: u64,
        /// The last one.
        last: u64,
    },
    /// An entry is not the one whose hash is in the log.
    #[error("entry {number}: its bytes are not those that were logged")]
    EntryChanged {
        /// The entry's number.
        number: u64,
    },
    /// An entry is the one that was logged, but the length before it in its file is not its.
    #[error("entry {number}: the length before it was changed")]
    EntryLength {
        /// The entry's number.
        number: u64,
    },
    /// An entry of the log is not there.
    #[error("entry {number}: missing")]
    EntryMissing {
        /// The entry's number.
        number: u64,
    },
    /// An entry is there that is not in the log.
    #[error("entry {number}: before it stands an entry that was not logged")]
    EntryAdded {
        /// The number of the entry after it; the size of the log when it is the last.
        number: u64,
    },
    /// An entry is in the log, but its bytes are not an entry's.
    #[error("entry {number}: {error}")]
    EntryUnreadable {
        /// The entry's number.
        number: u64,
        /// What is wrong with its bytes.
        error: EntryError,
    },
    /// An entry says it has another number than its place.
    #[error("entry {number}: it says it is number {says}")]
    OutOfPlace {
        /// The place.
        number: u64,
        /// What the entry says.
        says: i64,
    },
    /// An entry is of an earlier turn than the one before it.
    #[error("entry {number}: it is of turn {turn}, after an entry of turn {before}")]
    OutOfTurn {
        /// The entry's number.
        number: u64,
        /// Its turn.
        turn: i64,
        /// The turn of the entry before.
        before: i64,
    },
    /// An entry is of another public body than the bundle.
    #[error("entry {number}: it is of the body {says:?}")]
    OtherBody {
        /// The entry's number.
        number: u64,
        /// The code in the entry.
        says: String,
    },
    /// A content is not what its entry commits to.
    #[error("entry {number}: its content is not what was committed to")]
    ContentChanged {
        /// The entry's number.
        number: u64,
    },
    /// The line of a content cannot be read, or is another entry's.
    #[error("entry {number}: the line of its content is not one")]
    ContentUnreadable {
        /// The entry's number.
        number: u64,
    },
    /// A content is not there.
    #[error("entry {number}: its content is missing")]
    ContentMissing {
        /// The entry's number.
        number: u64,
    },
    /// A line stands among the contents that is none.
    #[error("entry {number}: before its content stands a line that belongs to no entry")]
    ContentAdded {
        /// The number of the entry after it.
        number: u64,
    },
    /// The entries of a range agree with each other and not with the signed root: entries and
    /// tiles were changed together.
    #[error("entries {first} to {last}: with them the log has another root than was signed")]
    Root {
        /// The first entry of the range.
        first: u64,
        /// The last one.
        last: u64,
    },
}

impl Fault {
    /// The entry that is wrong, if the fault is one of a certain entry.
    ///
    /// ```
    /// assert_eq!(journal::Fault::EntryChanged { number: 17 }.number(), Some(17));
    /// assert_eq!(journal::Fault::Root { first: 0, last: 9 }.number(), None);
    /// ```
    pub fn number(&self) -> Option<u64> {
        match self {
            Self::EntryChanged { number }
            | Self::EntryLength { number }
            | Self::EntryMissing { number }
            | Self::EntryAdded { number }
            | Self::EntryUnreadable { number, .. }
            | Self::OutOfPlace { number, .. }
            | Self::OutOfTurn { number, .. }
            | Self::OtherBody { number, .. }
            | Self::ContentChanged { number }
            | Self::ContentUnreadable { number }
            | Self::ContentMissing { number }
            | Self::ContentAdded { number } => Some(*number),
            Self::Meta(_)
            | Self::OtherKey { .. }
            | Self::Checkpoint(_)
            | Self::Origin { .. }
            | Self::Size { .. }
            | Self::FileMissing { .. }
            | Self::FileAdded { .. }
            | Self::TileChanged { .. }
            | Self::Root { .. } => None,
        }
    }
}
