//! Tables written: `.xlsx` with a frozen header, widths and remarks on cells, and `.csv`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note as XlsxNote, Workbook,
    Worksheet, XlsxError,
};

use super::{Table, column_letters};

/// The most characters Excel keeps in a cell.
const CELL: usize = 32_767;
/// The most characters of a sheet's name.
const NAME: usize = 31;
/// Colours of the design: the head of a table, and what wants attention.
const HEAD: u32 = 0x00F1_EEE7;
const MARK: u32 = 0x00FB_EFD5;

/// A column: its title and its width in characters of the standard font (a Chinese character
/// takes two).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    pub width: u32,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Empty,
    /// Always text: what begins with `=` is no formula.
    Text(String),
    Number(f64),
    /// A civil day, shown as `2015-11-20`.
    Day(Date),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A remark on a cell, shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The place in [`Sheet::rows`], from 0.
    pub row: usize,
    /// The place in [`Sheet::columns`], from 0.
    pub column: usize,
    pub text: String,
}

/// One sheet to write.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Letters Excel does not take in a name are left out, and what is too long.
    pub name: String,
    pub columns: Vec<Column>,
    /// Columns on the left that stay in sight while the rest is moved; the header always does.
    pub frozen: u32,
    pub rows: Vec<Vec<Value>>,
    pub notes: Vec<Note>,
}

/// A remark on a table that was read: the row and the column as [`super::Cell`] has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub row: u32,
    /// Without a column it is about the row.
    pub column: Option<u32>,
    pub text: String,
}

/// Why a table is not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// A cell takes no more than 32,767 characters.
    #[error("cell {at}: {characters} characters, {CELL} are the most a cell takes")]
    CellTooLong { at: String, characters: usize },
    /// More rows or columns than a sheet has, for one.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
}

/// Whether a text begins with the mark by which Excel knows UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Csv {
    /// For Excel, which takes a text without the mark for the local encoding.
    WithMark,
    /// For programs.
    Plain,
}

/// Writes a workbook. `made_on` is the day its properties name as that of its making: the same
/// sheets and the same day give the same bytes.
///
/// # Errors
/// When a text is longer than a cell takes, or a sheet longer than a sheet may be.
pub fn write_xlsx(sheets: &[Sheet], made_on: Date) -> Result<Vec<u8>, WriteFault> {
    let mut workbook = workbook(made_on)?;
    for sheet in sheets {
        let page = workbook.add_worksheet();
        page.set_name(name(&sheet.name))?;
        page.set_freeze_panes(1, column(sheet.frozen as usize))?;
        for (place, one) in sheet.columns.iter().enumerate() {
            page.set_column_width(column(place), f64::from(one.width))?;
            page.write_string_with_format(0, column(place), &one.title, &head())?;
        }
        let noted: BTreeSet<(usize, usize)> =
            sheet.notes.iter().map(|note| (note.row, note.column)).collect();
        for (place, values) in sheet.rows.iter().enumerate() {
            for (across, value) in values.iter().enumerate() {
                let is_noted = noted.contains(&(place, across));
                write(page, row(place + 1), column(across), value, is_noted)?;
            }
        }
        for note in &sheet.notes {
            attach(page, row(note.row + 1), column(note.column), &note.text)?;
        }
        if let (false, Some(last)) = (sheet.rows.is_empty(), sheet.columns.len().checked_sub(1)) {
            page.autofilter(0, 0, row(sheet.rows.len()), column(last))?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// Writes a table back as it was read, every cell at its own address, with remarks on the cells
/// they are about and, in a further column called `title`, all remarks of each row.
///
/// # Errors
/// As [`write_xlsx`].
pub fn write_remarks(
    table: &Table,
    remarks: &[Remark],
    title: &str,
    made_on: Date,
) -> Result<Vec<u8>, WriteFault> {
    let mut workbook = workbook(made_on)?;
    let page = workbook.add_worksheet();
    page.set_name(name(&table.name))?;
    page.set_freeze_panes(table.header_row, 0)?;
    let above = table.header_row.saturating_sub(1);
    let last = column(table.header.len());
    for (place, one) in table.header.iter().enumerate() {
        let widest = table.rows.iter().take(200).map(|row| width(&row[place].text)).max();
        let fitting = widest.unwrap_or_default().max(width(one)).clamp(6, 40);
        page.set_column_width(column(place), f64::from(fitting + 2))?;
        page.write_string_with_format(above, column(place), one, &head())?;
    }
    page.set_column_width(last, 48.0)?;
    page.write_string_with_format(above, last, title, &head())?;
    let mut by_row: BTreeMap<u32, Vec<&Remark>> = BTreeMap::new();
    for remark in remarks {
        by_row.entry(remark.row).or_default().push(remark);
    }
    for cells in &table.rows {
        let Some(number) = cells.first().map(|cell| cell.row) else { continue };
        let own = by_row.get(&number).map(Vec::as_slice).unwrap_or_default();
        for cell in cells.iter().filter(|cell| !cell.is_empty()) {
            let is_noted = own.iter().any(|remark| remark.column == Some(cell.column));
            let value = Value::Text(cell.text.clone());
            write(page, number - 1, column(cell.column as usize - 1), &value, is_noted)?;
        }
        if own.is_empty() {
            continue;
        }
        let texts: Vec<&str> = own.iter().map(|remark| remark.text.as_str()).collect();
        write(page, number - 1, last, &Value::Text(texts.join("\n")), true)?;
        for at in cells.iter().map(|cell| cell.column) {
            let about = own.iter().filter(|remark| remark.column == Some(at));
            let texts: Vec<&str> = about.map(|remark| remark.text.as_str()).collect();
            if !texts.is_empty() {
                attach(page, number - 1, column(at as usize - 1), &texts.join("\n"))?;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// Writes a text with commas, quoted where needed, lines ended as Excel ends them. What Excel
/// would take for a formula gets an apostrophe before it; plain numbers do not.
pub fn write_csv(header: &[String], rows: &[Vec<Value>], mark: Csv) -> Vec<u8> {
    let mut out = String::new();
    if mark == Csv::WithMark {
        out.push('\u{feff}');
    }
    line(&mut out, header.iter().map(|title| guarded(title)));
    for row in rows {
        line(&mut out, row.iter().map(plain));
    }
    out.into_bytes()
}

fn line(out: &mut String, fields: impl Iterator<Item = String>) {
    for (place, field) in fields.enumerate() {
        if place > 0 {
            out.push(',');
        }
        let needs = |c: char| matches!(c, ',' | '"' | '\n' | '\r' | ';' | '\t');
        if field.contains(needs) || field != field.trim() {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push_str("\r\n");
}

fn plain(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => guarded(text),
        Value::Number(number) => number.to_string(),
        Value::Day(day) => day.to_string(),
    }
}

fn guarded(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula && text.parse::<f64>().is_err() { format!("'{text}") } else { text.to_owned() }
}

fn workbook(made_on: Date) -> Result<Workbook, XlsxError> {
    let year = u16::try_from(made_on.year()).unwrap_or(1900).max(1900);
    let [month, day] = [made_on.month(), made_on.day()].map(i8::unsigned_abs);
    let moment = ExcelDateTime::from_ymd(year, month, day)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&moment));
    Ok(workbook)
}

fn write(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    is_noted: bool,
) -> Result<(), WriteFault> {
    let body = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let body = if is_noted { body.set_background_color(MARK) } else { body };
    match value {
        Value::Empty if is_noted => page.write_blank(row, column, &body)?,
        Value::Empty => return Ok(()),
        Value::Text(text) => {
            let characters = text.encode_utf16().count();
            if characters > CELL {
                let at = format!("{}{}", column_letters(u32::from(column) + 1), row + 1);
                return Err(WriteFault::CellTooLong { at, characters });
            }
            page.write_string_with_format(row, column, text, &body)?
        }
        Value::Number(number) => page.write_number_with_format(row, column, *number, &body)?,
        Value::Day(day) => {
            let year = u16::try_from(day.year()).unwrap_or(1900).max(1900);
            let [month, of_month] = [day.month(), day.day()].map(i8::unsigned_abs);
            let moment = ExcelDateTime::from_ymd(year, month, of_month)?;
            let body = body.set_num_format("yyyy-mm-dd");
            page.write_datetime_with_format(row, column, &moment, &body)?
        }
    };
    Ok(())
}

fn attach(page: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    // Twenty characters a line; Excel does not fit a remark to its text by itself.
    let lines = text.lines().map(|line| width(line) / 40 + 1).sum::<u32>();
    let note = XlsxNote::new(text)
        .add_author_prefix(false)
        .set_width(300)
        .set_height(24 + 18 * lines.min(20));
    page.insert_note(row, column, &note)?;
    Ok(())
}

fn head() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(HEAD)
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// How many places of the standard font a text takes: two for a character outside ASCII.
fn width(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn name(name: &str) -> String {
    let kept = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\');
    let kept: String = name.chars().filter(kept).collect();
    let mut out = String::new();
    for c in kept.trim_matches('\'').chars() {
        if out.encode_utf16().count() + c.len_utf16() > NAME {
            break;
        }
        out.push(c);
    }
    if out.is_empty() { "1".to_owned() } else { out }
}

/// Past the end the library refuses; a place cannot wrap around to the beginning.
fn row(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
