//! Records of CSV (RFC 4180).
//!
//! Kept apart from the `csv` crate because whether a cell was quoted decides whether `"2"` is a
//! category or a number, and that crate does not tell.

use crate::trouble::Trouble;

/// One cell: its text without quotes, and whether it had any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    pub(crate) text: &'a str,
    pub(crate) quoted: bool,
}

/// The records in some bytes, one after another.
pub(crate) struct Records<'a> {
    bytes: &'a [u8],
    row: usize,
    unquoted: Vec<u8>,
}

impl<'a> Records<'a> {
    /// Records of which the first is the header, row 0.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        Self { bytes, row: 0, unquoted: vec![] }
    }

    /// Records of which the header has been read already.
    pub(crate) fn after_header(bytes: &'a [u8]) -> Self {
        Self { bytes, row: 1, unquoted: vec![] }
    }

    /// Hands every cell of the next record to `each` and gives their number; nothing at the end.
    /// The header is row 0. Empty lines are passed over.
    pub(crate) fn next(
        &mut self,
        mut each: impl FnMut(usize, Cell) -> Result<(), Trouble>,
    ) -> Result<Option<usize>, Trouble> {
        loop {
            let Some(end) = self.end_of_record()? else { return Ok(None) };
            let (record, rest) = self.bytes.split_at(end);
            self.bytes = rest;
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
    fn end_of_record(&self) -> Result<Option<usize>, Trouble> {
        let mut quoted = false;
        for (at, byte) in self.bytes.iter().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' if !quoted => return Ok(Some(at + 1)),
                _ => {}
            }
        }
        match (quoted, self.bytes.is_empty()) {
            (true, _) => Err(Trouble::OpenQuote { row: self.row }),
            (false, empty) => Ok((!empty).then_some(self.bytes.len())),
        }
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
