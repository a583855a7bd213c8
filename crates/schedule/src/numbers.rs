//! Which place has which number: tasks by their uids.

use std::collections::HashMap;

use crate::network::NONE;

/// Places by number. Numbers that follow each other, as most do, are looked up by index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    close: Vec<u32>,
    far: HashMap<i64, u32>,
    known: usize,
}

impl Numbers {
    /// Gives a number its place; false where it has one.
    pub(crate) fn insert(&mut self, number: i64, place: usize) -> bool {
        if self.get(number).is_some() {
            return false;
        }
        self.known += 1;
        // The index may be twice as long as the numbers there are, and no longer.
        let most = 2 * self.known + 64;
        match usize::try_from(number).ok().filter(|number| *number < most) {
            Some(at) => {
                if at >= self.close.len() {
                    self.close.resize(at + 1, NONE);
                }
                self.close[at] = place as u32;
            }
            None => {
                self.far.insert(number, place as u32);
            }
        }
        true
    }

    /// The place of a number.
    pub(crate) fn get(&self, number: i64) -> Option<usize> {
        let close = usize::try_from(number).ok().and_then(|number| self.close.get(number));
        match close {
            Some(place) if *place != NONE => Some(*place as usize),
            _ if self.far.is_empty() => None,
            _ => self.far.get(&number).map(|place| *place as usize),
        }
    }
}
