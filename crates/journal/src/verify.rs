//! Verifying an export alone: no database, no server, nothing but its files and a key.

use thiserror::Error;

use crate::{
    bundle::{Files, Meta, Payload, path},
    checkpoint::{CheckpointError, open_checkpoint},
    entry::{Entry, EntryError, commit},
    log::{Hash, Log, TILE, leaf_hash},
};

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub meta: Option<Meta>,
    /// Entries whose bytes were read and hashed.
    pub entries: u64,
    /// Contents that were checked against their commitment.
    pub contents: u64,
    /// Contents that were erased; what they committed to still stands.
    pub erased: u64,
    pub faults: Vec<Fault>,
}

impl Report {
    /// Nothing is wrong.
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }
}

/// What is wrong, and at which entry.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Fault {
    #[error("bundle.json is missing or not what this version reads: {0}")]
    Meta(String),
    #[error("the key you trust is {trusted}, the bundle was signed with {found}")]
    OtherKey { trusted: String, found: String },
    #[error("checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    #[error("the file {path} is missing")]
    Missing { path: String },
    #[error("the file {path} breaks off or has bytes left over")]
    Length { path: String },
    #[error("the file {path} belongs to no entry")]
    Stray { path: String },
    #[error("entry {number}: its bytes were changed")]
    EntryChanged { number: u64 },
    #[error("entry {number}: {error}")]
    EntryUnreadable { number: u64, error: EntryError },
    #[error("entry {number}: its content was changed")]
    ContentChanged { number: u64 },
    #[error("entry {number}: its content is missing")]
    ContentMissing { number: u64 },
    #[error("entry {number}: it says it is number {says}")]
    OutOfPlace { number: u64, says: i64 },
    #[error("entry {number}: its turn or its body does not follow the entry before")]
    OutOfOrder { number: u64 },
    #[error("the hashes in {path} are not those of what lies below")]
    TileChanged { path: String },
    #[error("the entries give another root than the signed checkpoint")]
    Root,
    #[error("the checkpoint was signed for {signed} entries, bundle.json says {says}")]
    Size { signed: u64, says: u64 },
}

/// Checks everything a bundle holds. `trusted`: the verifier key you had from elsewhere; without
/// it the bundle's own key is used, which shows only that the bundle agrees with itself.
pub fn verify(files: &dyn Files, trusted: Option<&str>) -> Report {
    let mut report = Report { meta: None, entries: 0, contents: 0, erased: 0, faults: Vec::new() };
    let meta = match read_meta(files) {
        Ok(meta) => meta,
        Err(fault) => {
            report.faults.push(fault);
            return report;
        }
    };
    if let Some(trusted) = trusted.filter(|key| *key != meta.verifier_key) {
        let found = meta.verifier_key.clone();
        report.faults.push(Fault::OtherKey { trusted: trusted.to_owned(), found });
    }
    let signed = read_checkpoint(files, trusted.unwrap_or(&meta.verifier_key));
    let signed = signed.map_err(|fault| report.faults.push(fault)).ok();
    if let Some((size, _)) = signed.filter(|signed| signed.0 != meta.size) {
        report.faults.push(Fault::Size { signed: size, says: meta.size });
    }
    let size = signed.map_or(meta.size, |signed| signed.0);
    let mut walk = Walk::new(files, &meta, size, &mut report);
    walk.entries();
    let root = walk.tiles();
    walk.strays();
    if let Some((_, expected)) = signed
        && root != expected
    {
        report.faults.push(Fault::Root);
    }
    report.meta = Some(meta);
    report
}

fn read_meta(files: &dyn Files) -> Result<Meta, Fault> {
    let bytes = files.read("bundle.json").ok_or(Fault::Meta("no such file".into()))?;
    let meta: Meta =
        serde_json::from_slice(&bytes).map_err(|error| Fault::Meta(error.to_string()))?;
    let named = meta.verifier_key.split('+').next() == Some(&meta.origin);
    if meta.format != "shigan-bundle/v1" || !named || crate::bundle::meta_file(&meta) != bytes {
        return Err(Fault::Meta("not the canonical form of shigan-bundle/v1".into()));
    }
    Ok(meta)
}

fn read_checkpoint(files: &dyn Files, key: &str) -> Result<(u64, Hash), Fault> {
    let missing = || Fault::Missing { path: "checkpoint".into() };
    let bytes = files.read("checkpoint").ok_or_else(missing)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Fault::Checkpoint(CheckpointError::NotNote("not UTF-8".into())))?;
    Ok(open_checkpoint(&text, key)?)
}

/// One walk over a bundle of so many entries.
struct Walk<'w> {
    files: &'w dyn Files,
    meta: &'w Meta,
    size: u64,
    report: &'w mut Report,
    log: Log,
    tiles: Vec<crate::log::Tile>,
    turn: i64,
    known: std::collections::BTreeSet<String>,
}

impl<'w> Walk<'w> {
    fn new(files: &'w dyn Files, meta: &'w Meta, size: u64, report: &'w mut Report) -> Self {
        let known = ["bundle.json", "checkpoint"].map(str::to_owned).into();
        let (log, tiles) = (Log::default(), Vec::new());
        Self { files, meta, size, report, log, tiles, turn: 0, known }
    }

    fn entries(&mut self) {
        let mut first = 0;
        while first < self.size {
            let width = (self.size - first).min(256);
            self.entry_bundle(first / 256, usize::try_from(width).unwrap_or(TILE));
            first += width;
        }
    }

    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        self.known.insert(path.to_owned());
        let bytes = self.files.read(path);
        if bytes.is_none() {
            self.report.faults.push(Fault::Missing { path: path.to_owned() });
        }
        bytes
    }

    fn entry_bundle(&mut self, bundle: u64, width: usize) {
        let entry_path = path(0, bundle, width, true);
        let tile_path = path(0, bundle, width, false);
        let bytes = self.read(&entry_path).unwrap_or_default();
        let hashes = self.read(&tile_path).unwrap_or_default();
        let payload_path = format!("payload/{bundle}.jsonl");
        let payloads = self.read(&payload_path).unwrap_or_default();
        let mut lines = payloads.split_inclusive(|byte| *byte == b'\n');
        let mut rest = bytes.as_slice();
        for place in 0..width {
            let number = bundle * 256 + u64::try_from(place).unwrap_or(0);
            let Some((entry, after)) = cut(rest) else {
                self.report.faults.push(Fault::EntryChanged { number });
                self.report.faults.push(Fault::Length { path: entry_path });
                return;
            };
            rest = after;
            let leaf = leaf_hash(entry);
            if hashes.get(place * 32..place * 32 + 32) != Some(leaf.as_slice()) {
                self.report.faults.push(Fault::EntryChanged { number });
            }
            self.entry(number, entry, lines.next());
            let full = self.log.append(leaf);
            self.tiles.extend(full);
            self.report.entries += 1;
        }
        if !rest.is_empty() {
            let number = bundle * 256 + u64::try_from(width).unwrap_or(0) - 1;
            self.report.faults.push(Fault::EntryChanged { number });
            self.report.faults.push(Fault::Length { path: entry_path });
        }
        if hashes.len() != width * 32 {
            self.report.faults.push(Fault::TileChanged { path: tile_path });
        }
        if lines.next().is_some() {
            self.report.faults.push(Fault::Length { path: payload_path });
        }
    }

    fn entry(&mut self, number: u64, bytes: &[u8], line: Option<&[u8]>) {
        let faults = &mut self.report.faults;
        let entry = match Entry::from_bytes(bytes) {
            Ok(entry) => entry,
            Err(error) => {
                faults.push(Fault::EntryUnreadable { number, error });
                return;
            }
        };
        if u64::try_from(entry.number) != Ok(number) {
            faults.push(Fault::OutOfPlace { number, says: entry.number });
        }
        if entry.turn < self.turn || entry.jurisdiction != self.meta.jurisdiction {
            faults.push(Fault::OutOfOrder { number });
        }
        self.turn = entry.turn;
        let Some(line) = line else {
            faults.push(Fault::ContentMissing { number });
            return;
        };
        let payload: Option<Payload> = serde_json::from_slice(line).ok();
        let canonical = payload.as_ref().is_some_and(|payload| {
            serde_json::to_vec(payload).is_ok_and(|mut bytes| {
                bytes.push(b'\n');
                bytes == line
            })
        });
        match payload.filter(|payload| canonical && payload.number == entry.number) {
            Some(Payload { erased: true, salt: None, payload: None, .. }) => {
                self.report.erased += 1;
            }
            Some(Payload { erased: false, salt: Some(salt), payload: Some(payload), .. })
                if commit(&salt, &payload) == entry.commitment =>
            {
                self.report.contents += 1;
            }
            _ => faults.push(Fault::ContentChanged { number }),
        }
    }

    /// Checks the tiles above the leaves and returns the root the entries give.
    fn tiles(&mut self) -> Hash {
        let full: Vec<_> = std::mem::take(&mut self.tiles);
        for tile in full.iter().filter(|tile| tile.level > 0) {
            self.tile(tile.level, tile.number, &tile.hashes);
        }
        let open: Vec<Vec<Hash>> = self.log.open().to_vec();
        for (level, hashes) in open.iter().enumerate().skip(1) {
            if !hashes.is_empty() {
                let number = self.size >> (8 * (level + 1));
                self.tile(u8::try_from(level).unwrap_or(u8::MAX), number, hashes);
            }
        }
        self.log.root()
    }

    fn tile(&mut self, level: u8, number: u64, hashes: &[Hash]) {
        let path = path(level, number, hashes.len(), false);
        if self.read(&path).is_some_and(|bytes| bytes != hashes.concat()) {
            self.report.faults.push(Fault::TileChanged { path });
        }
    }

    fn strays(&mut self) {
        for path in self.files.paths() {
            if !self.known.contains(&path) {
                self.report.faults.push(Fault::Stray { path });
            }
        }
    }
}

/// One entry of a bundle, and what follows it.
fn cut(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_be_bytes(*length));
    (rest.len() >= length).then(|| rest.split_at(length))
}
