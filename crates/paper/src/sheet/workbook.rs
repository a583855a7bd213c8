//! An `.xlsx` workbook into a grid of texts.
//!
//! Cells are taken one by one as they stand in the file: a sheet with one cell in its last corner
//! is small in the file and must stay small here.

use std::{
    collections::BTreeMap,
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError, open_workbook_from_rs};

use super::{Area, Fault, Grid, Limits, Meter, archive, tidy};

/// Merged areas of one sheet; more than that is no table.
const MERGES: usize = 100_000;

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The visible sheets of a workbook.
pub(super) fn names(bytes: &[u8], limits: &Limits) -> Result<Vec<String>, Fault> {
    archive::inspect(bytes, limits)?;
    guarded(|| Ok(visible(&open(bytes)?)))
}

/// The chosen sheet, or the first visible one that holds anything.
pub(super) fn read(bytes: &[u8], choice: Option<&str>, limits: &Limits) -> Result<Grid, Fault> {
    archive::inspect(bytes, limits)?;
    guarded(|| {
        let mut workbook = open(bytes)?;
        let visible = visible(&workbook);
        if let Some(choice) = choice {
            let all = workbook.sheet_names();
            if !all.iter().any(|name| name == choice) {
                let sheets = visible.join("、");
                return Err(Fault::NoSuchSheet { name: choice.to_owned(), sheets });
            }
            return grid(&mut workbook, choice, limits);
        }
        let mut last = Grid::default();
        for name in visible {
            last = grid(&mut workbook, &name, limits)?;
            if !last.rows.is_empty() {
                break;
            }
        }
        Ok(last)
    })
}

/// The library stops the program on some broken files: it overflows on an area whose end lies
/// before its start, for one. To us that is a damaged workbook like any other.
fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    let stopped = || Fault::Damaged { why: "it cannot be read".to_owned() };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(stopped()))
}

fn open(bytes: &[u8]) -> Result<Workbook<'_>, Fault> {
    open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)
}

fn damaged(why: XlsxError) -> Fault {
    match why {
        XlsxError::Password => Fault::OldFormat,
        other => Fault::Damaged { why: other.to_string() },
    }
}

fn visible(workbook: &Workbook<'_>) -> Vec<String> {
    let sheets = workbook.sheets_metadata().iter();
    let seen = sheets.filter(|sheet| sheet.visible == SheetVisible::Visible);
    seen.map(|sheet| sheet.name.clone()).collect()
}

fn grid(workbook: &mut Workbook<'_>, name: &str, limits: &Limits) -> Result<Grid, Fault> {
    let merges = merges(workbook, name)?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    let mut meter = Meter::new(limits);
    let mut cells = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (row, column) = (row.saturating_add(1), column.saturating_add(1));
        let known = usize::from(rows.contains_key(&row));
        meter.keep(&text, row, column, rows.len() - known)?;
        rows.entry(row).or_default().insert(column, text);
    }
    let rows = rows.into_iter().map(|(row, cells)| (row, cells.into_iter().collect())).collect();
    Ok(Grid { name: name.to_owned(), rows, merges })
}

fn merges(workbook: &mut Workbook<'_>, name: &str) -> Result<Vec<Area>, Fault> {
    let found = workbook.worksheet_merge_cells(name).transpose().map_err(damaged)?;
    let areas = found.unwrap_or_default().into_iter().take(MERGES).map(|area| Area {
        top: area.start.0.saturating_add(1),
        left: area.start.1.saturating_add(1),
        bottom: area.end.0.saturating_add(1),
        right: area.end.1.saturating_add(1),
    });
    Ok(areas.collect())
}

/// What a cell shows, as text.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => float(*number),
        DataRef::String(text) => tidy(text),
        DataRef::SharedString(text) => tidy(text),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => {
            if moment.is_duration() {
                return hours(moment.as_f64());
            }
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            match (moment.as_f64() < 1.0, hour, minute, second) {
                (true, ..) => format!("{hour:02}:{minute:02}"),
                (false, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"),
            }
        }
        DataRef::DateTimeIso(text) => {
            text.strip_suffix("T00:00:00").unwrap_or(text.as_str()).to_owned()
        }
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A number as a person would type it: fifteen digits, the most Excel keeps, and no more, so that
/// 0.1 + 0.2 reads 0.3.
fn float(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let plain = if rounded == 0.0 { 0.0 } else { rounded };
    if plain.abs() < 1e21 { plain.to_string() } else { format!("{plain:e}") }
}

/// A length of time, hours and minutes: `27:30`.
fn hours(days: f64) -> String {
    let minutes = (days * 1_440.0).round();
    if !(0.0..1e9).contains(&minutes) {
        return float(days);
    }
    let (hours, minutes) = ((minutes / 60.0).floor(), minutes % 60.0);
    format!("{hours}:{minutes:02}")
}
