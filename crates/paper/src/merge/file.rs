//! The workbook of a merge: a sheet for people with the numbers of its rows in a hidden column,
//! and a hidden sheet with what everything was when it went out.
//!
//! ```text
//! people   heading heading … #          base   shigan-merge 1 | version | key   | key   …
//!          cell    cell    … 97                heading        |         | 编号   | 问题  …
//!                                              97             | 4       | 2-097 | …
//! ```

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{
    DataValidation, DocProperties, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use thiserror::Error;

use super::{Column, Fault, FaultKind, Kind, Line, canonical};
use crate::{
    book::{BookError, day},
    sheet::{SheetError, Table, column_letters, sheets},
};

/// The name of the sheet nobody sees.
const BASE: &str = "shigan-base";
/// The first cell of it: what it is, and the version of its form.
const MARK: &str = "shigan-merge 1";
/// The heading of the hidden column with the numbers of the rows.
const NUMBERS: &str = "#";
/// The first cell of the row with the headings as they went out.
const HEADINGS: &str = "heading";

/// Why a workbook cannot be merged.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum MergeError {
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// The sheet with what went out is gone: the file was not exported here, or was saved
    /// without it.
    #[error("the workbook has no sheet {BASE:?}: it was not exported from here")]
    NoBase,
    /// The hidden column with the numbers of the rows is gone.
    #[error("the hidden column {NUMBERS:?} is missing: rows cannot be told apart")]
    NoNumbers,
}

/// A workbook as it came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// What went out, by the number of the row, its cells in the order of the columns asked for.
    pub base: BTreeMap<i64, Line>,
    /// Where each column stands now, counted from 0.
    pub(super) seats: Vec<Option<usize>>,
    pub(super) rows: Vec<Row>,
    /// What is wrong with the columns.
    pub(super) faults: Vec<Fault>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// As Excel numbers it.
    pub(super) number: usize,
    pub(super) id: Option<i64>,
    /// By column; none for a column that is not there.
    pub(super) cells: Vec<Option<String>>,
}

/// Writes rows as a workbook that can come back. `made` is the day the file says it was made on.
///
/// # Errors
/// A name or a size the format does not allow.
pub fn write(
    name: &str,
    columns: &[Column],
    lines: &[Line],
    made: (i16, i8, i8),
) -> Result<Vec<u8>, BookError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&day(made)?));
    people(book.add_worksheet().set_name(name)?, columns, lines)?;
    base(book.add_worksheet().set_name(BASE)?, columns, lines)?;
    Ok(book.save_to_buffer()?)
}

/// The sheet for people.
fn people(sheet: &mut Worksheet, columns: &[Column], lines: &[Line]) -> Result<(), BookError> {
    let top = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let head = top.clone().set_bold();
    // As text, so that nothing that is typed becomes a date: 2-3 is a number of a problem.
    let text = top.clone().set_num_format("@");
    let date = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top);
    let last_row = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    for (column, place) in columns.iter().zip(0_u16..) {
        sheet.set_column_width(place, column.width)?;
        sheet.write_with_format(0, place, &column.heading, &head)?;
        let shown = if column.kind == Kind::Day { &date } else { &text };
        sheet.set_column_format(place, shown)?;
        // A list of choices in a sheet may have 255 characters.
        let length: usize = column.choices.iter().map(|choice| choice.len() + 1).sum();
        if column.free && !column.choices.is_empty() && length < 255 && last_row > 0 {
            let list = DataValidation::new().allow_list_strings(&column.choices)?;
            sheet.add_data_validation(1, place, last_row, place, &list)?;
        }
    }
    let numbers = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    sheet.write_string(0, numbers, NUMBERS)?;
    sheet.set_column_hidden(numbers)?;
    for (line, row) in lines.iter().zip(1_u32..) {
        for ((cell, column), place) in line.cells.iter().zip(columns).zip(0_u16..) {
            let civil = (column.kind == Kind::Day).then(|| parts(cell)).flatten();
            match civil {
                _ if cell.is_empty() => {}
                Some(parts) => {
                    sheet.write_datetime_with_format(row, place, &day(parts)?, &date)?;
                }
                None => {
                    sheet.write_string_with_format(row, place, cell, &text)?;
                }
            }
        }
        sheet.write_string(row, numbers, line.id.to_string())?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if last_row > 0 && numbers > 0 {
        sheet.autofilter(0, 0, last_row, numbers - 1)?;
    }
    sheet.set_landscape().set_repeat_rows(0, 0)?;
    Ok(())
}

/// The sheet with what goes out.
fn base(sheet: &mut Worksheet, columns: &[Column], lines: &[Line]) -> Result<(), XlsxError> {
    sheet.set_hidden(true);
    sheet.write_string(0, 0, MARK)?.write_string(0, 1, "version")?.write_string(1, 0, HEADINGS)?;
    for (column, place) in columns.iter().zip(2_u16..) {
        sheet.write_string(0, place, &column.key)?.write_string(1, place, &column.heading)?;
    }
    for (line, row) in lines.iter().zip(2_u32..) {
        sheet.write_string(row, 0, line.id.to_string())?;
        sheet.write_string(row, 1, line.version.to_string())?;
        for (cell, place) in line.cells.iter().zip(2_u16..) {
            if !cell.is_empty() {
                sheet.write_string(row, place, cell)?;
            }
        }
    }
    Ok(())
}

/// Year, month and day of `YYYY-MM-DD`.
fn parts(text: &str) -> Option<(i16, i8, i8)> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// Reads a workbook that went out with these columns.
///
/// # Errors
/// What is no workbook, or none that went out from here: see [`MergeError`].
pub fn read(bytes: &[u8], columns: &[Column]) -> Result<Edited, MergeError> {
    let tables = sheets(bytes)?;
    let mark = |table: &&Table| {
        table.sheet == BASE && table.header.first().is_some_and(|cell| cell == MARK)
    };
    let base = tables.iter().find(mark).ok_or(MergeError::NoBase)?;
    let people = tables.iter().find(|table| table.sheet != BASE).ok_or(MergeError::NoBase)?;
    let numbers = people.header.iter().position(|cell| cell == NUMBERS);
    let numbers = numbers.ok_or(MergeError::NoNumbers)?;
    let empty = Vec::new();
    let headings = base.rows.iter().find(|row| cell(&row.cells, 0) == HEADINGS);
    let headings = headings.map_or(&empty, |row| &row.cells);
    // Where a column stands in the base, what it was called there, and where that stands now.
    let places: Vec<Option<usize>> = columns
        .iter()
        .map(|column| base.header.iter().skip(2).position(|key| *key == column.key))
        .map(|place| place.map(|place| place + 2))
        .collect();
    let called = |place: usize| cell(headings, place);
    let seats: Vec<Option<usize>> = places
        .iter()
        .map(|place| {
            let called = called((*place)?);
            people.header.iter().position(|heading| heading.trim() == called)
        })
        .collect();
    let faults = faults(columns, people, (&places, &seats, numbers), headings);
    let line = |cells: &[String]| {
        let at = |(place, column): (&Option<usize>, &Column)| {
            let text = place.map_or("", |place| cell(cells, place));
            canonical(column, text).unwrap_or_else(|| text.to_owned())
        };
        let id = cell(cells, 0).parse().ok()?;
        let version = cell(cells, 1).parse().unwrap_or(0);
        Some((id, Line { id, version, cells: places.iter().zip(columns).map(at).collect() }))
    };
    let rows = people.rows.iter().map(|row| Row {
        number: row.number,
        id: cell(&row.cells, numbers).parse().ok(),
        cells: seats
            .iter()
            .map(|seat| seat.map(|seat| cell(&row.cells, seat).to_owned()))
            .collect(),
    });
    let rows = rows.collect();
    let base = base.rows.iter().filter_map(|row| line(&row.cells)).collect();
    Ok(Edited { base, seats, rows, faults })
}

fn cell(cells: &[String], place: usize) -> &str {
    cells.get(place).map_or("", |cell| cell.trim())
}

/// Columns that were taken out, and columns that were put in.
fn faults(
    columns: &[Column],
    people: &Table,
    (places, seats, numbers): (&[Option<usize>], &[Option<usize>], usize),
    headings: &[String],
) -> Vec<Fault> {
    let fault = |kind, at: String, heading: &str| Fault {
        kind,
        at,
        id: None,
        heading: heading.to_owned(),
        found: String::new(),
    };
    let mut list = Vec::new();
    for ((column, place), seat) in columns.iter().zip(places).zip(seats) {
        if let (Some(place), None) = (place, seat) {
            let called = cell(headings, *place);
            let called = if called.is_empty() { &column.heading } else { called };
            list.push(fault(FaultKind::MissingColumn, String::new(), called));
        }
    }
    let known: BTreeSet<usize> = seats.iter().copied().flatten().chain([numbers]).collect();
    for (place, heading) in people.header.iter().enumerate() {
        if !heading.trim().is_empty() && !known.contains(&place) {
            list.push(fault(FaultKind::UnknownColumn, column_letters(place), heading.trim()));
        }
    }
    list
}
