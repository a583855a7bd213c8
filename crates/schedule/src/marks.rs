//! A set of places, walked upward or downward while it grows ahead of the walk.

/// A bit for each place.
#[derive(Debug)]
pub(crate) struct Marks {
    words: Vec<u64>,
}

impl Marks {
    pub(crate) fn new(places: usize) -> Self {
        Self { words: vec![0; places.div_ceil(64)] }
    }

    pub(crate) fn set(&mut self, place: usize) {
        self.words[place / 64] |= 1 << (place % 64);
    }

    /// The first marked place from here on.
    pub(crate) fn next(&self, from: usize) -> Option<usize> {
        let mut word = from / 64;
        let mut bits = self.words.get(word)? & (u64::MAX << (from % 64));
        while bits == 0 {
            word += 1;
            bits = *self.words.get(word)?;
        }
        Some(word * 64 + bits.trailing_zeros() as usize)
    }

    /// The last marked place before this one.
    pub(crate) fn previous(&self, before: usize) -> Option<usize> {
        let last = before.checked_sub(1)?;
        let mut word = last / 64;
        let mut bits = self.words.get(word)? & (u64::MAX >> (63 - last % 64));
        while bits == 0 {
            word = word.checked_sub(1)?;
            bits = self.words[word];
        }
        Some(word * 64 + 63 - bits.leading_zeros() as usize)
    }
}
