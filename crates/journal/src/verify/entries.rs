//! The entries of one bundle against the hashes of their tile.

use super::{
    Fault, Walk,
    align::{Step, align},
};
use crate::{
    entry::{Entry, MAGIC},
    hash::{Hash, leaf_hash},
    tile::Place,
};

impl Walk<'_> {
    /// Checks entries and contents of one bundle. False when nothing of it is there.
    pub(super) fn bundle(&mut self, place: Place) -> bool {
        let stored = self.stored(place).map(|tile| tile.hashes);
        let bytes = self.read(&place.entries_path());
        let contents = self.read(&place.payloads_path());
        let there = stored.is_some() || bytes.is_some() || contents.is_some();
        let frames = frames(bytes.as_deref().unwrap_or_default(), stored.as_deref());
        let leaves: Vec<Hash> = frames.iter().map(|frame| leaf_hash(frame.bytes)).collect();
        let whole = leaves.len() == usize::from(place.width);
        // Two witnesses: the tile, unless it is not there or only the entries are as logged.
        let tile = stored.filter(|hashes| {
            *hashes == leaves
                || self.is_logged(place, hashes)
                || !(whole && self.is_logged(place, &leaves))
        });
        match &tile {
            Some(tile) => self.believe(tile),
            None if whole => self.believe(&leaves),
            None => self.log = None,
        }
        if bytes.is_none() {
            return there;
        }
        self.compare_with_stored(place, &leaves, whole && tile.is_none());
        let first = place.number * 256;
        let steps = match &tile {
            Some(tile) => align(tile.len(), leaves.len(), |e, f| tile[e] == leaves[f]),
            None => align(usize::from(place.width), leaves.len(), |e, f| e == f),
        };
        let entries = self.entries(first, &steps, &frames);
        if let Some(contents) = contents {
            self.contents(first, &entries, &contents);
        }
        there
    }

    /// Reports a tile of leaves that is not the one logged.
    fn compare_with_stored(&mut self, place: Place, leaves: &[Hash], entries_are_right: bool) {
        let Some(stored) = self.stored(place).filter(|_| entries_are_right) else { return };
        let differs = |at: &usize| stored.hashes[*at] != leaves[*at];
        let places: Vec<usize> = (0..leaves.len()).filter(differs).collect();
        if let (Some(first), Some(last)) = (places.first(), places.last()) {
            self.tile_changed(place, *first..=*last);
        }
    }

    /// Reads the entries that are as logged and reports the others. Returns an entry or nothing
    /// for every place of the bundle.
    fn entries(&mut self, first: u64, steps: &[Step], frames: &[Frame<'_>]) -> Vec<Option<Entry>> {
        let mut entries = Vec::with_capacity(steps.len());
        let number = |place: usize| first + u64::try_from(place).unwrap_or(0);
        for step in steps {
            let entry = match *step {
                Step::Same(place, found) => {
                    if frames[found].misled {
                        self.fault(Fault::EntryLength { number: number(place) });
                    }
                    self.entry(number(place), frames[found].bytes)
                }
                Step::Added(place) => {
                    self.fault(Fault::EntryAdded { number: number(place) });
                    continue;
                }
                Step::Changed(place) => {
                    self.fault(Fault::EntryChanged { number: number(place) });
                    None
                }
                Step::Missing(place) => {
                    self.fault(Fault::EntryMissing { number: number(place) });
                    None
                }
            };
            entries.push(entry);
        }
        entries
    }

    /// What an entry says of itself must fit its place.
    fn entry(&mut self, number: u64, bytes: &[u8]) -> Option<Entry> {
        self.report.entries += 1;
        let entry = match Entry::from_bytes(bytes) {
            Ok(entry) => entry,
            Err(error) => {
                self.fault(Fault::EntryUnreadable { number, error });
                return None;
            }
        };
        if u64::try_from(entry.number) != Ok(number) {
            self.fault(Fault::OutOfPlace { number, says: entry.number });
        }
        if entry.turn < self.turn {
            self.fault(Fault::OutOfTurn { number, turn: entry.turn, before: self.turn });
        }
        self.turn = entry.turn;
        if entry.jurisdiction != self.meta.jurisdiction {
            self.fault(Fault::OtherBody { number, says: entry.jurisdiction.clone() });
        }
        Some(entry)
    }
}

/// An entry's bytes as they stand in a bundle.
struct Frame<'b> {
    bytes: &'b [u8],
    /// The length before them leads elsewhere.
    misled: bool,
}

/// Cuts a bundle of entries at their lengths. A length that leads nowhere is a fault of its entry
/// only: the next one is found again by how entries begin.
fn frames<'b>(bytes: &'b [u8], logged: Option<&[Hash]>) -> Vec<Frame<'b>> {
    let (mut frames, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let (length, body) = rest.split_at(rest.len().min(2));
        let length = length.iter().fold(0, |length, byte| length * 256 + usize::from(*byte));
        let expected = logged.and_then(|hashes| hashes.get(frames.len()));
        let led = body.get(..length).filter(|frame| {
            let after = &body[length..];
            after.is_empty()
                || after.get(2..).is_some_and(|after| after.starts_with(MAGIC))
                || expected.map_or_else(
                    || Entry::from_bytes(frame).is_ok(),
                    |hash| leaf_hash(frame) == *hash,
                )
        });
        let bytes = led.unwrap_or_else(|| &body[..next_entry(body)]);
        frames.push(Frame { bytes, misled: led.is_none() });
        rest = &body[bytes.len()..];
    }
    frames
}

/// Where the length of the next entry stands, or the end.
fn next_entry(body: &[u8]) -> usize {
    let begins = |at: &usize| body[*at..].starts_with(MAGIC);
    (3..body.len()).find(begins).map_or(body.len(), |at| at - 2)
}
