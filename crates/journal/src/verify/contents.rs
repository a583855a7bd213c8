//! The contents of one bundle against what their entries commit to.

use super::{
    Fault, Walk,
    align::{Step, align},
};
use crate::{bundle::Payload, entry::Entry};

impl Walk<'_> {
    /// Checks the contents of the entries from number `first` on.
    pub(super) fn contents(&mut self, first: u64, entries: &[Option<Entry>], bytes: &[u8]) {
        let lines: Vec<Option<Payload>> =
            bytes.split_inclusive(|byte| *byte == b'\n').map(Payload::from_line).collect();
        let number = |place: usize| first + u64::try_from(place).unwrap_or(0);
        let says = |line: usize| lines[line].as_ref().and_then(|line| line.number.try_into().ok());
        let same = |place: usize, line: usize| says(line) == Some(number(place));
        for step in align(entries.len(), lines.len(), same) {
            match step {
                Step::Same(place, line) => {
                    if let (Some(entry), Some(payload)) = (&entries[place], &lines[line]) {
                        self.content(number(place), entry, payload);
                    }
                }
                Step::Changed(place) => {
                    self.fault(Fault::ContentUnreadable { number: number(place) });
                }
                Step::Missing(place) => {
                    self.fault(Fault::ContentMissing { number: number(place) });
                }
                Step::Added(place) => self.fault(Fault::ContentAdded { number: number(place) }),
            }
        }
    }

    fn content(&mut self, number: u64, entry: &Entry, payload: &Payload) {
        match payload.commitment() {
            None => self.report.erased.push(number),
            Some(commitment) if commitment == entry.commitment => self.report.contents += 1,
            Some(_) => self.fault(Fault::ContentChanged { number }),
        }
    }
}
