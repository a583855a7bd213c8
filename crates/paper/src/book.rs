//! Workbooks written: one sheet with a header that stays in view, days as days and numbers as
//! numbers, so that the file sorts and filters in Excel and WPS and can be read in again by
//! [`crate::sheet`].

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use thiserror::Error;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    /// Year, month, day.
    Day(i16, i8, i8),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

/// A column: its heading, and how wide it is shown, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub heading: String,
    pub width: u16,
}

/// Why a workbook could not be written.
#[derive(Debug, Error)]
#[error("the workbook cannot be written: {0}")]
pub struct BookError(#[from] XlsxError);

/// Writes a table as an `.xlsx` file. `made` is the day the file says it was made on: the same
/// table on the same day is the same bytes.
///
/// # Errors
/// A name of a sheet or a size that the format does not allow.
///
/// ```
/// use paper::book::{Cell, Column, write};
/// let columns = [Column { heading: "编号".into(), width: 8 },
///     Column { heading: "完成时限".into(), width: 12 }];
/// let rows = [vec![Cell::Text("27-1".into()), Cell::Day(2015, 11, 30)]];
/// let bytes = write("工作", &columns, &rows, (2015, 11, 20)).unwrap();
/// let read = paper::sheet::read("items.xlsx", &bytes).unwrap();
/// assert_eq!(read.header, ["编号", "完成时限"]);
/// assert_eq!(read.rows[0].cells, ["27-1", "42338"], "a day is its number, as Excel counts");
/// ```
pub fn write(
    name: &str,
    columns: &[Column],
    rows: &[Vec<Cell>],
    made: (i16, i8, i8),
) -> Result<Vec<u8>, BookError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&day(made)?));
    let sheet = book.add_worksheet().set_name(name)?;
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let date = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top);
    for (column, place) in columns.iter().zip(0_u16..) {
        sheet.set_column_width(place, column.width)?;
        sheet.write_with_format(0, place, &column.heading, &head)?;
    }
    for (row, line) in rows.iter().zip(1_u32..) {
        for (cell, place) in row.iter().zip(0_u16..) {
            match cell {
                Cell::Empty => {}
                Cell::Text(words) => {
                    sheet.write_string_with_format(line, place, words, &text)?;
                }
                Cell::Number(number) => {
                    sheet.write_number_with_format(line, place, *number, &text)?;
                }
                Cell::Day(year, month, date_of) => {
                    let moment = day((*year, *month, *date_of))?;
                    sheet.write_datetime_with_format(line, place, &moment, &date)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let (last_row, last_column) = (u32::try_from(rows.len()), u16::try_from(columns.len()));
    if let (Ok(row @ 1..), Ok(column @ 1..)) = (last_row, last_column) {
        sheet.autofilter(0, 0, row, column - 1)?;
    }
    sheet.set_landscape().set_repeat_rows(0, 0)?;
    Ok(book.save_to_buffer()?)
}

pub(crate) fn day((year, month, day): (i16, i8, i8)) -> Result<ExcelDateTime, BookError> {
    let part = |value: i8| u8::try_from(value).unwrap_or(1);
    let year = u16::try_from(year).unwrap_or(1900);
    Ok(ExcelDateTime::from_ymd(year, part(month), part(day))?)
}
