//! Tables from `.xlsx` and `.csv` files: a header and rows, each cell as text with the address a
//! person sees in Excel. Files are limited in size, rows and cells, so none can exhaust memory.

use std::io::Cursor;

use calamine::{DataRef, DataType, Reader};
use thiserror::Error;

#[cfg(test)]
mod tests;

/// The largest file that is read: 32 MiB.
pub const BYTES: usize = 32 * 1024 * 1024;
/// The largest size of a workbook's parts unpacked: 512 MiB.
const UNPACKED: usize = 512 * 1024 * 1024;
/// The most rows that are read.
pub const ROWS: usize = 200_000;
/// The most columns that are read.
pub const COLUMNS: usize = 200;

/// A table: the header, and the rows under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The sheet it came from; empty for `.csv`.
    pub sheet: String,
    pub header: Vec<String>,
    pub rows: Vec<Row>,
}

/// One row with its number: the row Excel shows, or the line of a `.csv` it begins on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub number: usize,
    pub cells: Vec<String>,
}

/// Why a file is not a table.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SheetError {
    #[error("the file is empty")]
    Empty,
    #[error("the file has {0} MiB; 32 MiB, 512 MiB unpacked, are the most that is read")]
    TooLarge(usize),
    #[error("the table has more than {ROWS} rows")]
    TooManyRows,
    #[error("the table has more than {COLUMNS} columns")]
    TooManyColumns,
    #[error("neither .xlsx nor .csv: {0}")]
    Unknown(String),
    #[error("the workbook cannot be read: {0}")]
    Workbook(String),
    #[error("row {row}: {what}")]
    Row { row: usize, what: String },
    #[error("row {row}: this is neither UTF-8 nor GB 18030 text")]
    NotText { row: usize },
}

/// Reads a file by the ending of its name.
///
/// # Errors
/// Saying where and what, see [`SheetError`].
pub fn read(name: &str, bytes: &[u8]) -> Result<Table, SheetError> {
    if bytes.is_empty() {
        return Err(SheetError::Empty);
    }
    if bytes.len() > BYTES {
        return Err(SheetError::TooLarge(bytes.len() / 1024 / 1024));
    }
    match name.rsplit('.').next().map(str::to_ascii_lowercase).as_deref() {
        Some("xlsx" | "xlsm") => workbook(bytes),
        Some("csv" | "txt") => text(bytes),
        _ => Err(SheetError::Unknown(name.to_owned())),
    }
}

fn workbook(bytes: &[u8]) -> Result<Table, SheetError> {
    let mut book = open(bytes)?;
    for sheet in book.sheet_names() {
        let table = table(&mut book, sheet)?;
        if !table.header.is_empty() {
            return Ok(table);
        }
    }
    Err(SheetError::Empty)
}

/// Every sheet of a workbook that has a header, hidden ones too.
pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Table>, SheetError> {
    if bytes.len() > BYTES {
        return Err(SheetError::TooLarge(bytes.len() / 1024 / 1024));
    }
    let mut book = open(bytes)?;
    let mut tables = Vec::new();
    for sheet in book.sheet_names() {
        let table = table(&mut book, sheet)?;
        if !table.header.is_empty() {
            tables.push(table);
        }
    }
    Ok(tables)
}

type Book<'b> = calamine::Xlsx<Cursor<&'b [u8]>>;

fn failed(error: &dyn std::fmt::Display) -> SheetError {
    SheetError::Workbook(error.to_string())
}

fn open(bytes: &[u8]) -> Result<Book<'_>, SheetError> {
    let unpacked = unpacked(bytes);
    if unpacked > UNPACKED {
        return Err(SheetError::TooLarge(unpacked / 1024 / 1024));
    }
    calamine::Xlsx::new(Cursor::new(bytes)).map_err(|error| failed(&error))
}

fn table(book: &mut Book<'_>, sheet: String) -> Result<Table, SheetError> {
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(|error| failed(&error))?;
    let mut rows: Vec<Row> = Vec::new();
    // Cell by cell: a range is as large as its corners say, however few cells it has.
    while let Some(found) = cells.next_cell().map_err(|error| failed(&error))? {
        if found.get_value().is_empty() {
            continue;
        }
        let (row, column) = found.get_position();
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        put(&mut rows, place(row), place(column), cell(found.get_value()))?;
    }
    Ok(tabled(sheet, rows))
}

/// Puts a cell in its row; rows come in order.
fn put(rows: &mut Vec<Row>, row: usize, column: usize, text: String) -> Result<(), SheetError> {
    if column >= COLUMNS {
        return Err(SheetError::TooManyColumns);
    }
    let number = row.saturating_add(1);
    if rows.last().is_none_or(|last| last.number != number) {
        if rows.len() > ROWS {
            return Err(SheetError::TooManyRows);
        }
        rows.push(Row { number, cells: Vec::new() });
    }
    if let Some(last) = rows.last_mut() {
        if last.cells.len() <= column {
            last.cells.resize(column + 1, String::new());
        }
        last.cells[column] = text;
    }
    Ok(())
}

/// How large the parts of a workbook say they are when unpacked: the sum over the central
/// directory of a ZIP file (APPNOTE 4.3.12). What is no ZIP file is left to the reader.
fn unpacked(bytes: &[u8]) -> usize {
    const ENTRY: &[u8] = b"PK\x01\x02";
    let mut sum = 0_usize;
    for at in (0..bytes.len().saturating_sub(45)).filter(|at| bytes[*at..].starts_with(ENTRY)) {
        let size = bytes.get(at + 24..at + 28).and_then(|size| size.try_into().ok());
        sum = sum.saturating_add(size.map_or(0, u32::from_le_bytes) as usize);
    }
    sum
}

fn cell(data: &DataRef<'_>) -> String {
    match data {
        DataRef::Empty => String::new(),
        DataRef::DateTime(moment) => date(moment),
        DataRef::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        other => calamine::Data::from(other.clone()).to_string().trim().to_owned(),
    }
}

/// A day is its number, as Excel counts; with a time of day, to the minute, it is
/// `YYYY-MM-DDTHH:MM`.
fn date(moment: &calamine::ExcelDateTime) -> String {
    let (days, minutes) = (moment.as_f64().floor(), (moment.as_f64().fract() * 1440.0).round());
    if minutes <= 0.0 || minutes >= 1440.0 {
        return format!("{}", moment.as_f64().round());
    }
    let whole = calamine::ExcelDateTime::new(days, calamine::ExcelDateTimeType::DateTime, false);
    let (year, month, day, ..) = whole.to_ymd_hms_milli();
    let (hour, minute) = ((minutes / 60.0).floor(), minutes % 60.0);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
}

fn text(bytes: &[u8]) -> Result<Table, SheetError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let row = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
            if broken {
                return Err(SheetError::NotText { row });
            }
            text.into_owned()
        }
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let row = error.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
            SheetError::Row { row, what: error.to_string() }
        })?;
        if rows.len() > ROWS {
            return Err(SheetError::TooManyRows);
        }
        if record.len() > COLUMNS {
            return Err(SheetError::TooManyColumns);
        }
        let number = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
        let cells = record.iter().map(|cell| cell.trim().to_owned()).collect();
        rows.push(Row { number, cells });
    }
    let table = tabled(String::new(), rows);
    if table.header.is_empty() { Err(SheetError::Empty) } else { Ok(table) }
}

/// The mark that most often parts the fields of the first line.
fn separator(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |mark: char| line.matches(mark).count();
    [(b',', count(',')), (b';', count(';')), (b'\t', count('\t'))]
        .into_iter()
        .max_by_key(|one| (one.1, one.0 == b','))
        .map_or(b',', |one| one.0)
}

/// The header is the first row with at least two filled cells; empty rows are passed over.
fn tabled(sheet: String, rows: Vec<Row>) -> Table {
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let mut rows = rows.into_iter().skip_while(|row| filled(row) < 2);
    let Some(header) = rows.next() else { return Table { sheet, ..Table::default() } };
    let rows = rows.filter(|row| filled(row) > 0).collect();
    Table { sheet, header: header.cells, rows }
}

/// The letters Excel gives a column, from 0: A, B, …, Z, AA.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
