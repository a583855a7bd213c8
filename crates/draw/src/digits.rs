//! Decimal digits of SHA-256 values, last digit first, as Rivest's consistent sampler writes them.

use sha2::{Digest, Sha256};

/// The digits a ticket has at the least: shorter numbers get zeros before them, which the
/// reversal puts behind.
const LEAST_DIGITS: usize = 64;

/// Ten to the nineteenth: the greatest power of ten in a 64-bit word.
const CHUNK: u64 = 10_000_000_000_000_000_000;

/// Every number of four digits with its digits reversed.
static MIRRORED: [u16; 10_000] = mirrored();

const fn mirrored() -> [u16; 10_000] {
    let mut table = [0; 10_000];
    let mut number = 0;
    while number < table.len() {
        let n = number as u16;
        table[number] = n % 10 * 1000 + n / 10 % 10 * 100 + n / 100 % 10 * 10 + n / 1000;
        number += 1;
    }
    table
}

/// One value of SHA-256 as an integer, the least significant word first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number([u64; 4]);

impl Number {
    pub(crate) fn of(hash: Sha256) -> Self {
        let bytes: [u8; 32] = hash.finalize().into();
        let mut words = [0; 4];
        for (word, eight) in words.iter_mut().rev().zip(bytes.chunks_exact(8)) {
            *word = eight.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        }
        Self(words)
    }

    /// Divides by ten to the nineteenth and gives the remainder.
    fn take_chunk(&mut self) -> u64 {
        let mut rest: u64 = 0;
        for word in self.0.iter_mut().rev() {
            let part = u128::from(rest) << 64 | u128::from(*word);
            *word = (part / u128::from(CHUNK)) as u64;
            rest = (part % u128::from(CHUNK)) as u64;
        }
        rest
    }

    /// The last nineteen decimal digits, reversed, as a number that sorts as their text does.
    pub(crate) fn key(mut self) -> u64 {
        let mut rest = self.take_chunk();
        let mut key = 0;
        for _ in 0..4 {
            key = key * 10_000 + u64::from(MIRRORED[(rest % 10_000) as usize]);
            rest /= 10_000;
        }
        // Three digits are left, which stand mirrored before a zero.
        key * 1000 + u64::from(MIRRORED[rest as usize]) / 10
    }

    /// All decimal digits, reversed.
    pub(crate) fn reversed(mut self) -> String {
        let mut text = String::with_capacity(80);
        while self.0 != [0; 4] {
            let mut rest = self.take_chunk();
            let last = self.0 == [0; 4];
            let mut digits = 0;
            while if last { rest > 0 } else { digits < 19 } {
                text.push(char::from(b'0' + (rest % 10) as u8));
                rest /= 10;
                digits += 1;
            }
        }
        while text.len() < LEAST_DIGITS {
            text.push('0');
        }
        text
    }
}

/// The lowercase hexadecimal text of the SHA-256 of a text.
pub(crate) fn hex(text: &str) -> String {
    let mut line = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        for half in [byte >> 4, byte & 15] {
            line.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    line
}

#[cfg(test)]
mod tests;
