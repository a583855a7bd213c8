//! Records of CSV (RFC 4180), a block of bytes at a time.
//!
//! Kept apart from the `csv` crate because whether a cell was quoted decides whether `"2"` is a
//! category or a number, and that crate does not tell.

use std::io::{ErrorKind, Read};

use crate::trouble::Trouble;

/// Bytes asked of the reader at a time.
const BLOCK: usize = 1 << 18;

/// One cell: its text without quotes, and whether it had any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    pub(crate) text: &'a str,
    pub(crate) quoted: bool,
}

/// The records of a reader, one after another.
pub(crate) struct Records<R> {
    reader: R,
    bytes: Vec<u8>,
    from: usize,
    ended: bool,
    row: usize,
    unquoted: Vec<u8>,
}

impl<R: Read> Records<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader, bytes: vec![], from: 0, ended: false, row: 0, unquoted: vec![] }
    }

    /// Records of which the header has been read already.
    pub(crate) fn after_header(reader: R) -> Self {
        Self { row: 1, ..Self::new(reader) }
    }

    /// Hands every cell of the next record to `each` and gives their number; nothing at the end.
    /// The header is row 0. Empty lines are passed over.
    pub(crate) fn next(
        &mut self,
        mut each: impl FnMut(usize, Cell) -> Result<(), Trouble>,
    ) -> Result<Option<usize>, Trouble> {
        loop {
            let Some(end) = self.end_of_record()? else { return Ok(None) };
            let from = std::mem::replace(&mut self.from, end);
            let record = &self.bytes[from..end];
            let record = record.strip_suffix(b"\n").unwrap_or(record);
            let record = record.strip_suffix(b"\r").unwrap_or(record);
            if record.is_empty() {
                continue;
            }
            let row = self.row;
            self.row += 1;
            return cells(record, row, &mut self.unquoted, &mut each).map(Some);
        }
    }

    /// Where the next record ends, its line end included.
    fn end_of_record(&mut self) -> Result<Option<usize>, Trouble> {
        let mut looked = self.from;
        let mut quoted = false;
        loop {
            for (at, byte) in self.bytes[looked..].iter().enumerate() {
                match byte {
                    b'"' => quoted = !quoted,
                    b'\n' if !quoted => return Ok(Some(looked + at + 1)),
                    _ => {}
                }
            }
            if self.ended {
                return match (quoted, self.from < self.bytes.len()) {
                    (true, _) => Err(Trouble::OpenQuote { row: self.row }),
                    (false, more) => Ok(more.then_some(self.bytes.len())),
                };
            }
            self.bytes.drain(..self.from);
            self.from = 0;
            looked = self.bytes.len();
            self.fill()?;
        }
    }

    fn fill(&mut self) -> Result<(), Trouble> {
        let first = self.row == 0 && self.bytes.is_empty();
        let before = self.bytes.len();
        self.bytes.resize(before + BLOCK, 0);
        let mut filled = before;
        while filled < self.bytes.len() {
            match self.reader.read(&mut self.bytes[filled..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Trouble::Unread { message: error.to_string() }),
            }
        }
        self.bytes.truncate(filled);
        if first && self.bytes.starts_with(b"\xef\xbb\xbf") {
            self.bytes.drain(..3);
        }
        Ok(())
    }
}

fn cells(
    record: &[u8],
    row: usize,
    unquoted: &mut Vec<u8>,
    each: &mut impl FnMut(usize, Cell) -> Result<(), Trouble>,
) -> Result<usize, Trouble> {
    let mut count = 0;
    let mut rest = Some(record);
    while let Some(left) = rest {
        let quoted = left.first() == Some(&b'"');
        let (bytes, after) = match quoted {
            false => {
                let end = left.iter().position(|byte| *byte == b',').unwrap_or(left.len());
                (&left[..end], &left[end..])
            }
            true => {
                unquoted.clear();
                let end = unquote(&left[1..], unquoted).ok_or(Trouble::OpenQuote { row })? + 1;
                (unquoted.as_slice(), &left[end..])
            }
        };
        let text =
            std::str::from_utf8(bytes).map_err(|_| Trouble::NotText { row, cell: count + 1 })?;
        each(count, Cell { text, quoted })?;
        count += 1;
        rest = match after.split_first() {
            None => None,
            Some((b',', more)) => Some(more),
            Some(_) => return Err(Trouble::AfterQuote { row, cell: count }),
        };
    }
    Ok(count)
}

/// Copies a quoted cell until its closing quote and says how many bytes it took, that quote
/// included.
fn unquote(bytes: &[u8], into: &mut Vec<u8>) -> Option<usize> {
    let mut at = 0;
    loop {
        let quote = at + bytes[at..].iter().position(|byte| *byte == b'"')?;
        into.extend_from_slice(&bytes[at..quote]);
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote + 1);
        }
        into.push(b'"');
        at = quote + 2;
    }
}
