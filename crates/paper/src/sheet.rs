//! Spreadsheets (表格): `.xlsx` and `.csv` read into one plain [`Table`], and written.
//!
//! ```text
//! bytes ──▶ which format? ──▶ grid of texts with their addresses ──▶ where is the header? ──▶ Table
//!           PK… workbook      merged cells noted                     title rows above it are
//!           else text         dates as ISO text                      left out, levels joined
//! ```
//!
//! A table is what a person sees: every cell is text and knows the row number and the column
//! letter under which Excel shows it, so that a message can say where. What comes from outside
//! may be broken or hostile; [`Limits`] bound the work before it is done.

use std::fmt;

mod archive;
mod fault;
mod header;
#[cfg(test)]
mod tests;
mod text;
mod workbook;
mod write;

pub use fault::Fault;
pub use write::{
    Column, Csv, Note, Remark, Sheet, Value, WriteFault, write_csv, write_remarks, write_xlsx,
};

/// One sheet: a header and the rows below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The sheet's name; the name handed in for a text file.
    pub name: String,
    /// The row of the header as Excel numbers it; its lowest row where it has several levels.
    pub header_row: u32,
    /// A name for each column, empty where the header has none.
    pub header: Vec<String>,
    /// Rows that hold anything, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in one cell, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text, without space around it; empty where nothing stands. A date is ISO text
    /// (`2015-11-20`, with a time `2015-11-20T09:00`), a number has no grouping.
    pub text: String,
    /// The row as Excel numbers it, from 1.
    pub row: u32,
    /// The column, from 1 for A.
    pub column: u32,
}

impl Cell {
    /// The address as Excel writes it: `C12`.
    pub fn address(&self) -> String {
        format!("{}{}", column_letters(self.column), self.row)
    }

    /// Does nothing stand here?
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// The letters of a column counted from 1: 1 is `A`, 27 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// How much of a file is read before it is refused. A plan of a city has a few hundred rows; the
/// defaults leave room for a hundred times as many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it arrives.
    pub file_bytes: u64,
    /// Bytes of everything in a workbook once unpacked: a zip bomb is small on arrival.
    pub unpacked_bytes: u64,
    /// Bytes of text in all cells together: one long text can be named by many cells.
    pub text_bytes: u64,
    /// Rows that hold anything.
    pub rows: usize,
    /// The last column that may hold anything.
    pub columns: u32,
    /// Cells of the table, empty ones too.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 20 << 20,
            unpacked_bytes: 128 << 20,
            text_bytes: 32 << 20,
            rows: 50_000,
            columns: 200,
            cells: 1_000_000,
        }
    }
}

/// The names of the sheets that can be read, the visible ones of a workbook in its order; a text
/// file is one sheet of the name handed in.
///
/// # Errors
/// When the bytes are no table or pass a limit.
pub fn names(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<String>, Fault> {
    match Format::of(bytes, limits)? {
        Format::Workbook => workbook::names(bytes, limits),
        Format::Text => Ok(vec![name.to_owned()]),
    }
}

/// Reads one sheet: the one called `choice`, or else the first visible one that holds anything.
/// `name` is what a text file's table is called; the format is told by the bytes, never by a name.
///
/// # Errors
/// [`Fault`] says what is wrong and where: a format that is no table, a limit passed, a damaged
/// workbook, text that cannot be decoded, a quote that never closes, an empty sheet.
pub fn read(
    name: &str,
    bytes: &[u8],
    choice: Option<&str>,
    limits: &Limits,
) -> Result<Table, Fault> {
    let grid = match Format::of(bytes, limits)? {
        Format::Workbook => workbook::read(bytes, choice, limits)?,
        Format::Text => text::read(name, bytes, limits)?,
    };
    header::table(grid, limits)
}

enum Format {
    Workbook,
    Text,
}

impl Format {
    fn of(bytes: &[u8], limits: &Limits) -> Result<Self, Fault> {
        let length = bytes.len() as u64;
        if length > limits.file_bytes {
            return Err(Fault::TooLarge { bytes: length, limit: limits.file_bytes });
        }
        match bytes {
            [b'P', b'K', 3, 4, ..] => Ok(Self::Workbook),
            // The compound file of old `.xls`, and of a workbook locked with a password.
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(Fault::OldFormat),
            _ => Ok(Self::Text),
        }
    }
}

/// Texts at their places before the header is known. Rows and columns count from 1.
#[derive(Debug, Default)]
struct Grid {
    name: String,
    /// Rows in order, each with its cells in order; only what holds text.
    rows: Vec<(u32, Vec<(u32, String)>)>,
    /// Areas of merged cells; their text stands in the first cell.
    merges: Vec<Area>,
}

/// A rectangle of cells, all four ends within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Area {
    top: u32,
    left: u32,
    bottom: u32,
    right: u32,
}

/// Counts what a grid takes while it grows.
struct Meter<'l> {
    limits: &'l Limits,
    text_bytes: u64,
}

impl<'l> Meter<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self { limits, text_bytes: 0 }
    }

    /// A text is about to be kept in this row and column, with so many rows before it.
    fn keep(&mut self, text: &str, row: u32, column: u32, rows: usize) -> Result<(), Fault> {
        let limits = self.limits;
        if column > limits.columns {
            let at = format!("{}{row}", column_letters(column));
            return Err(Fault::TooManyColumns { at, limit: limits.columns });
        }
        if rows >= limits.rows {
            return Err(Fault::TooManyRows { at: row, limit: limits.rows });
        }
        self.text_bytes += text.len() as u64;
        if self.text_bytes > limits.text_bytes {
            let at = format!("{}{row}", column_letters(column));
            return Err(Fault::TooMuchText { at, limit: limits.text_bytes });
        }
        Ok(())
    }
}

/// The text of a cell without the space around it, lines ended by `\n`.
fn tidy(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.contains('\r') {
        return text.replace("\r\n", "\n").replace('\r', "\n");
    }
    text.to_owned()
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
