//! A `.csv` text into a grid of texts: UTF-8, UTF-16 or GB18030; comma, semicolon or tab.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, GB18030};

use super::{Fault, Grid, Limits, Meter, tidy};

/// What may stand between two fields, the first winning a tie.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// Rows looked at to tell the separator.
const SAMPLE: usize = 50;

pub(super) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Grid, Fault> {
    let text = decoded(bytes)?;
    // One kind of line end: rows are counted by them, inside quotes too.
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        text
    };
    let separator = separator(&text);
    let mut grid = Grid { name: name.to_owned(), ..Grid::default() };
    let mut meter = Meter::new(limits);
    // A line end inside quotes starts no row.
    let mut row = 0u32;
    let mut spans_lines = false;
    let mut record = StringRecord::new();
    let mut records = reader(&text, separator);
    // Decoded text cannot fail to be read.
    while records.read_record(&mut record).unwrap_or(false) {
        row = row.saturating_add(1 + blank_lines(&text, &record));
        spans_lines = record.as_slice().contains('\n');
        let mut cells = Vec::new();
        for (column, field) in (1..).zip(&record) {
            let text = tidy(field);
            if !text.is_empty() {
                meter.keep(&text, row, column, grid.rows.len())?;
                cells.push((column, text));
            }
        }
        if !cells.is_empty() {
            grid.rows.push((row, cells));
        }
    }
    // Quotes come in pairs; an odd one swallowed the rest of the file into the last row.
    let is_odd = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    if is_odd && spans_lines {
        return Err(Fault::QuoteOpen { at: row });
    }
    Ok(grid)
}

/// The line ends a record begins with: blank lines that Excel numbers and the reader passes over.
fn blank_lines(text: &str, record: &StringRecord) -> u32 {
    let byte = record.position().map_or(0, csv::Position::byte);
    let rest = usize::try_from(byte).ok().and_then(|byte| text.as_bytes().get(byte..));
    let blank = rest.unwrap_or_default().iter().take_while(|byte| **byte == b'\n').count();
    u32::try_from(blank).unwrap_or(u32::MAX)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

/// The text of the bytes: what a byte order mark says, else UTF-8, else GB18030.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let marked = Encoding::for_bom(bytes);
    let (text, is_broken) = match marked {
        Some((encoding, length)) => encoding.decode_without_bom_handling(&bytes[length..]),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => GB18030.decode_without_bom_handling(bytes),
        },
    };
    if text.contains('\0') {
        return Err(Fault::NotATable);
    }
    if is_broken {
        let before = text.split('\u{fffd}').next().unwrap_or_default();
        let lines = before.matches('\n').count();
        return Err(Fault::NotText { line: u32::try_from(lines + 1).unwrap_or(u32::MAX) });
    }
    Ok(text)
}

/// The separator under which most rows agree on the most columns.
fn separator(text: &str) -> u8 {
    let score = |separator: u8| {
        let records = reader(text, separator).into_records().take(SAMPLE);
        let lengths: Vec<usize> = records.flatten().map(|record| record.len()).collect();
        let alike = |length: usize| lengths.iter().filter(|other| **other == length).count();
        lengths.iter().map(|length| alike(*length) * (length - 1)).max().unwrap_or_default()
    };
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| score(*separator));
    best.unwrap_or(b',')
}
