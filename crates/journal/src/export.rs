//! Writing a bundle, entry by entry, in the memory of 256 of them.

use crate::{
    bundle::{Meta, Payload, meta_file},
    checkpoint::{CheckpointError, Signer},
    entry::Entry,
    hash::leaf_hash,
    log::Log,
    tile::Place,
};

/// A bundle being written: entries go in by number, files come out.
///
/// ```
/// use std::collections::BTreeMap;
/// use journal::{Entry, Export, Log, Meta, Payload, Signer, commit, verify};
/// # fn signed(number: i64) -> Entry {
/// #     Entry {
/// #         jurisdiction: "130200".into(), number, turn: 0,
/// #         at: "2015-11-20T01:00:00.000000Z".into(), day: "2015-11-20".into(), person: 1,
/// #         post: 1, kind: "item".into(), matter: 7, act: "Signed".into(),
/// #         commitment: commit("5c", "\"Signed\""),
/// #     }
/// # }
/// let signer = Signer::new("shigan/130200", &[7; 32])?;
/// let mut log = Log::default();
/// let entries: Vec<Entry> = (0..300).map(signed).collect();
/// for entry in &entries {
///     log.append(entry.leaf()?);
/// }
/// let note = signer.checkpoint(300, &log.root())?;
///
/// let mut files = BTreeMap::new();
/// let mut export = Export::new(Meta::new(&signer, "130200", 300), note)
///     .named("示范市", &signer)?;
/// for entry in &entries {
///     files.extend(export.push(entry, &Payload::kept(entry.number, "5c", "\"Signed\"")));
/// }
/// files.extend(export.finish());
/// let report = verify(&files, Some(&signer.verifier_key()));
/// assert!(report.holds(), "{report}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`Export::new`] computes the tiles from the entries. A store that keeps its tiles exports
/// those ([`Export::without_tiles`], [`crate::Tile::file`], [`Log::partial_tiles`]): only then
/// can a verifier say which entry of the store was changed.
#[derive(Clone, Debug)]
pub struct Export {
    meta: Meta,
    page: Vec<u8>,
    note: String,
    log: Option<Log>,
    /// The bundle of entries that is open.
    number: u64,
    entries: Vec<u8>,
    payloads: Vec<u8>,
}

/// A file of a bundle: its path and its bytes.
type File = (String, Vec<u8>);

impl Export {
    /// Begins a bundle of `meta.size` entries under the signed checkpoint of just so many.
    ///
    /// ```
    /// # use journal::{EMPTY_ROOT, Export, Meta, Signer};
    /// # let signer = Signer::new("shigan/130200", &[7; 32])?;
    /// let note = signer.checkpoint(0, &EMPTY_ROOT)?;
    /// let files = Export::new(Meta::new(&signer, "130200", 0), note).finish();
    /// let paths: Vec<_> = files.iter().map(|file| file.0.as_str()).collect();
    /// assert_eq!(paths, ["bundle.json", "checkpoint"]);
    /// # Ok::<(), journal::CheckpointError>(())
    /// ```
    pub fn new(meta: Meta, note: String) -> Self {
        let page = meta_file(&meta);
        let log = Some(Log::default());
        Self { meta, page, note, log, number: 0, entries: Vec::new(), payloads: Vec::new() }
    }

    /// Says the public body's name too, signed.
    ///
    /// # Errors
    /// As [`crate::signed_meta_file`].
    ///
    /// ```
    /// # use journal::{EMPTY_ROOT, Export, Meta, Signer};
    /// # let signer = Signer::new("shigan/130200", &[7; 32])?;
    /// # let note = signer.checkpoint(0, &EMPTY_ROOT)?;
    /// let meta = Meta::new(&signer, "130200", 0);
    /// let export = Export::new(meta, note).named("示范市", &signer)?;
    /// assert!(String::from_utf8(export.finish()[0].1.clone())?.contains("示范市"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn named(mut self, name: &str, signer: &Signer) -> Result<Self, CheckpointError> {
        self.page = crate::signed_meta_file(&self.meta, name, signer)?;
        Ok(self)
    }

    /// Leaves the tiles to the caller, who has them stored.
    ///
    /// ```
    /// # use journal::{EMPTY_ROOT, Export, Meta, Signer};
    /// # let signer = Signer::new("shigan/130200", &[7; 32])?;
    /// # let note = signer.checkpoint(0, &EMPTY_ROOT)?;
    /// let export = Export::new(Meta::new(&signer, "130200", 0), note).without_tiles();
    /// assert_eq!(export.finish().len(), 2);
    /// # Ok::<(), journal::CheckpointError>(())
    /// ```
    #[must_use]
    pub fn without_tiles(mut self) -> Self {
        self.log = None;
        self
    }

    /// Takes the next entry with its content and hands out the files that are complete. Entries
    /// come in order; what is wrong with them is for the verifier to find, so nothing is refused.
    ///
    /// ```
    /// # use journal::{EMPTY_ROOT, Entry, Export, Meta, Payload, Signer, commit};
    /// # let signer = Signer::new("shigan/130200", &[7; 32])?;
    /// # let entry = Entry {
    /// #     jurisdiction: "130200".into(), number: 0, turn: 0,
    /// #     at: "2015-11-20T01:00:00.000000Z".into(), day: "2015-11-20".into(), person: 1,
    /// #     post: 1, kind: "item".into(), matter: 7, act: "Signed".into(),
    /// #     commitment: commit("5c", "\"Signed\""),
    /// # };
    /// let note = signer.checkpoint(1, &entry.leaf()?)?;
    /// let mut export = Export::new(Meta::new(&signer, "130200", 1), note);
    /// assert!(export.push(&entry, &Payload::erased(0)).is_empty());
    /// assert_eq!(export.finish().len(), 5);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn push(&mut self, entry: &Entry, payload: &Payload) -> Vec<(String, Vec<u8>)> {
        // By its number, so that an entry that is missing does not move all that follow it.
        let last = self.meta.size.saturating_sub(1) / 256;
        let number = u64::try_from(entry.number).unwrap_or(0) / 256;
        let number = number.min(last).max(self.number);
        let mut files = Vec::new();
        if number > self.number {
            files.extend(self.close());
            self.number = number;
        }
        let bytes = entry.bytes_as_kept();
        if let Some(log) = &mut self.log {
            let full = log.append(leaf_hash(&bytes));
            files.extend(full.iter().map(crate::Tile::file));
        }
        let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
        self.entries.extend_from_slice(&length.to_be_bytes());
        self.entries.extend_from_slice(&bytes);
        self.payloads.extend(payload.line());
        files
    }

    /// Ends the bundle and hands out the files that are left.
    ///
    /// ```
    /// # use journal::{EMPTY_ROOT, Export, Meta, Signer};
    /// # let signer = Signer::new("shigan/130200", &[7; 32])?;
    /// # let note = signer.checkpoint(0, &EMPTY_ROOT)?;
    /// let export = Export::new(Meta::new(&signer, "130200", 0), note.clone());
    /// assert!(export.finish().contains(&("checkpoint".to_owned(), note.into_bytes())));
    /// # Ok::<(), journal::CheckpointError>(())
    /// ```
    pub fn finish(mut self) -> Vec<(String, Vec<u8>)> {
        let mut files = self.close();
        let partial = self.log.iter().flat_map(Log::partial_tiles);
        files.extend(partial.map(|tile| tile.file()));
        files.push(("bundle.json".to_owned(), self.page));
        files.push(("checkpoint".to_owned(), self.note.into_bytes()));
        files
    }

    /// The files of the bundle of entries that is open, if it has any.
    fn close(&mut self) -> Vec<File> {
        if self.entries.is_empty() {
            return Vec::new();
        }
        let number = self.number;
        let full = Place { level: 0, number, width: 256 };
        let place = Place::of(self.meta.size, 0, number).unwrap_or(full);
        let entries = (place.entries_path(), std::mem::take(&mut self.entries));
        vec![entries, (place.payloads_path(), std::mem::take(&mut self.payloads))]
    }
}
