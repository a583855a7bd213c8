//! Verifying an export alone: no database, no server, nothing but its files and a key.
//!
//! The signed root decides. The hashes of the level-0 tiles and the hashes of the entries are two
//! witnesses for what was logged; where they differ, the one whose root stands in the tile above,
//! or for the rightmost tile the one with which the signed root comes out, is believed. So a
//! changed entry is told from a changed tile, and named by its number.

mod align;
mod contents;
mod entries;
mod report;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use self::report::{Fault, Report};
use crate::{
    bundle::{Files, Meta, read_meta},
    checkpoint::{Checkpoint, CheckpointError},
    hash::{Hash, perfect_root},
    log::Log,
    tile::{Place, TILE, Tile},
};

/// Checks everything a bundle holds. `trusted` is the verifier key you had from elsewhere;
/// without it the bundle's own key is used, which shows only that the bundle agrees with itself.
///
/// The signature, every entry, every tile, the root, every content against its commitment; that
/// numbers are consecutive, turns do not go back, and all is of one public body; and that no file
/// is missing and none too many. Memory: that of 256 entries and the list of paths.
///
/// ```
/// use std::collections::BTreeMap;
/// use journal::{EMPTY_ROOT, Export, Meta, Signer, verify};
/// let signer = Signer::new("shigan/130200", &[7; 32])?;
/// let note = signer.checkpoint(0, &EMPTY_ROOT)?;
/// let export = Export::new(Meta::new(&signer, "130200", 0), note);
/// let files: BTreeMap<String, Vec<u8>> = export.finish().into_iter().collect();
/// assert!(verify(&files, Some(&signer.verifier_key())).holds());
/// let other = Signer::new("shigan/130200", &[8; 32])?;
/// assert!(!verify(&files, Some(&other.verifier_key())).holds());
/// # Ok::<(), journal::CheckpointError>(())
/// ```
pub fn verify(files: &dyn Files, trusted: Option<&str>) -> Report {
    let mut report = Report { trusted: trusted.is_some(), ..Report::default() };
    let page = files.read("bundle.json").map(|bytes| read_meta(&bytes));
    let meta = match page {
        Some(Ok((meta, name))) => {
            report.name = name;
            meta
        }
        Some(Err(error)) => return with(report, Fault::Meta(error)),
        None => return with(report, Fault::FileMissing { path: "bundle.json".into() }),
    };
    if let Some(trusted) = trusted.filter(|key| *key != meta.verifier_key) {
        let (trusted, found) = (trusted.to_owned(), meta.verifier_key.clone());
        report.faults.push(Fault::OtherKey { trusted, found });
    }
    match read_checkpoint(files, trusted.unwrap_or(&meta.verifier_key)) {
        Ok(checkpoint) => report.checkpoint = Some(checkpoint),
        Err(fault) => report.faults.push(fault),
    }
    compare(&meta, &mut report);
    let mut walk = Walk::new(files, &meta, report);
    walk.bundles();
    walk.upper_tiles();
    walk.added_files();
    let mut report = walk.report;
    report.faults.sort_by_key(|fault| fault.number().map_or(0, |number| number + 1));
    report.meta = Some(meta);
    report
}

fn with(mut report: Report, fault: Fault) -> Report {
    report.faults.push(fault);
    report
}

fn read_checkpoint(files: &dyn Files, key: &str) -> Result<Checkpoint, Fault> {
    let path = || "checkpoint".to_owned();
    let bytes = files.read("checkpoint").ok_or_else(|| Fault::FileMissing { path: path() })?;
    let text = String::from_utf8(bytes).map_err(|error| error.to_string());
    Ok(Checkpoint::open(&text.map_err(CheckpointError::NotNote)?, key)?)
}

/// `bundle.json` must say what the checkpoint says.
fn compare(meta: &Meta, report: &mut Report) {
    let Some(checkpoint) = &report.checkpoint else { return };
    if checkpoint.origin != meta.origin {
        let (signed, says) = (checkpoint.origin.clone(), meta.origin.clone());
        report.faults.push(Fault::Origin { signed, says });
    }
    if checkpoint.size != meta.size {
        report.faults.push(Fault::Size { signed: checkpoint.size, says: meta.size });
    }
}

/// One walk over a bundle, from its first entry to its root.
struct Walk<'w> {
    files: &'w dyn Files,
    meta: &'w Meta,
    report: Report,
    size: u64,
    signed: Option<Hash>,
    /// The log of what is believed; nothing once a part of it is not known.
    log: Option<Log>,
    /// The tile last read of every level, and whether it was usable.
    tiles: BTreeMap<u8, (u64, Option<Tile>)>,
    /// Tiles above the leaves that differ from what lies below, and in which hashes.
    differing: Vec<(Place, Vec<usize>)>,
    turn: i64,
    known: BTreeSet<String>,
}

impl<'w> Walk<'w> {
    fn new(files: &'w dyn Files, meta: &'w Meta, report: Report) -> Self {
        let signed = report.checkpoint.as_ref();
        Self {
            files,
            meta,
            size: signed.map_or(meta.size, |checkpoint| checkpoint.size),
            signed: signed.map(|checkpoint| checkpoint.root),
            report,
            log: Some(Log::default()),
            tiles: BTreeMap::new(),
            differing: Vec::new(),
            turn: 0,
            known: ["bundle.json", "checkpoint"].map(str::to_owned).into(),
        }
    }

    fn fault(&mut self, fault: Fault) {
        self.report.faults.push(fault);
    }

    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        let bytes = self.files.read(path);
        if self.known.insert(path.to_owned()) && bytes.is_none() {
            self.fault(Fault::FileMissing { path: path.to_owned() });
        }
        bytes
    }

    /// Entries bundle by bundle. A hole so large that files run out ends the walk early: a
    /// checkpoint of many entries must not make a small bundle a long work.
    fn bundles(&mut self) {
        let mut missing = 0;
        for number in 0..self.size.div_ceil(256) {
            let Some(place) = Place::of(self.size, 0, number) else { break };
            missing = if self.bundle(place) { 0 } else { missing + 1 };
            if missing > 16 {
                self.log = None;
                return;
            }
        }
    }

    /// The tile as it is stored. What cannot be used is reported once.
    fn stored(&mut self, place: Place) -> Option<Tile> {
        if let Some((number, tile)) = self.tiles.get(&place.level)
            && *number == place.number
        {
            return tile.clone();
        }
        let bytes = self.read(&place.path());
        let tile = bytes.as_deref().and_then(|bytes| Tile::from_bytes(place, bytes));
        if bytes.is_some() && tile.is_none() {
            self.tile_changed(place, 0..=usize::from(place.width) - 1);
        }
        self.tiles.insert(place.level, (place.number, tile.clone()));
        tile
    }

    fn tile_changed(&mut self, place: Place, hashes: std::ops::RangeInclusive<usize>) {
        let (first, last) = place.leaves(hashes);
        let last = last.min(self.size.saturating_sub(1));
        self.fault(Fault::TileChanged { path: place.path(), first, last });
    }

    /// The hash that stands for a full tile in the tile above it.
    fn parent(&mut self, place: Place) -> Option<Hash> {
        let above = Place::of(self.size, place.level + 1, place.number / 256)?;
        let tile = self.stored(above)?;
        tile.hashes.get(usize::try_from(place.number % 256).ok()?).copied()
    }

    /// Adds what is believed of a bundle to the log and compares the tiles that become full.
    fn believe(&mut self, leaves: &[Hash]) {
        let Some(log) = &mut self.log else { return };
        let full: Vec<Tile> = leaves.iter().flat_map(|leaf| log.append(*leaf)).collect();
        for tile in full.into_iter().filter(|tile| tile.level > 0) {
            self.compare_tile(&tile);
        }
    }

    fn compare_tile(&mut self, tile: &Tile) {
        let Some(stored) = self.stored(tile.place()) else { return };
        let differs = |place: &usize| tile.hashes[*place] != stored.hashes[*place];
        let places: Vec<usize> = (0..tile.hashes.len()).filter(differs).collect();
        if !places.is_empty() {
            self.differing.push((tile.place(), places));
        }
    }

    /// Ends the walk at the root: either the tiles that differ are wrong, or what lies below.
    fn upper_tiles(&mut self) {
        let Some(log) = self.log.clone() else { return };
        for tile in log.partial_tiles().iter().filter(|tile| tile.level > 0) {
            self.compare_tile(tile);
        }
        let differing = std::mem::take(&mut self.differing);
        if self.signed.is_none_or(|root| root == log.root()) {
            for (place, hashes) in differing {
                let (first, last) = (hashes[0], hashes[hashes.len() - 1]);
                self.tile_changed(place, first..=last);
            }
            return;
        }
        // The lowest tiles that differ say where; without any, it is somewhere.
        let lowest = differing.iter().map(|tile| tile.0.level).min();
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        for (place, hashes) in differing.iter().filter(|tile| Some(tile.0.level) == lowest) {
            ranges.extend(hashes.iter().map(|hash| place.leaves(*hash..=*hash)));
        }
        if ranges.is_empty() {
            ranges.push((0, self.size.saturating_sub(1)));
        }
        for (first, last) in ranges {
            self.fault(Fault::Root { first, last });
        }
    }

    fn added_files(&mut self) {
        for path in self.files.paths() {
            if !self.known.contains(&path) {
                self.fault(Fault::FileAdded { path });
            }
        }
    }

    /// Whether with these last leaves the signed root comes out.
    fn gives_root(&self, leaves: &[Hash]) -> bool {
        let Some(mut log) = self.log.clone() else { return false };
        for leaf in leaves {
            log.append(*leaf);
        }
        self.signed == Some(log.root())
    }

    /// Which of two rows of hashes over the same entries was logged.
    fn is_logged(&mut self, place: Place, leaves: &[Hash]) -> bool {
        if !place.is_full() {
            return self.gives_root(leaves);
        }
        let parent = self.parent(place);
        leaves.len() == TILE && parent == Some(perfect_root(leaves))
    }
}
