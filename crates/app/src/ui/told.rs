//! What is wrong with an input, said in the language asked for.
//!
//! The crates below the app speak no language: their errors are values, and each is matched here
//! whole, so that a new one does not compile before it has its words. English words are those of
//! the errors' own `Display`; the tests compare them.

pub mod lots;
mod phrases;
pub mod proofs;
pub mod samples;
#[cfg(test)]
mod tests;

use std::{fmt::Display, io};

use calendar::{BadInput, Expected, Fault, Place};
use paper::sheet::SheetError;

pub use self::phrases::phrase;
use crate::ui::words::Words;

/// `file: what`, with the colon of the language.
pub fn of(words: &Words, file: &dyn Display, what: &str) -> String {
    words.a("told-of", &[("file", &file.to_string()), ("what", what)])
}

/// A file with a rest such as `found "x", expected y`.
pub fn found(words: &Words, found: &str, expected: &str) -> String {
    words.a("told-found", &[("found", found), ("expected", expected)])
}

/// Why a file cannot be opened or read.
pub fn unread(words: &Words, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => words.t("told-io-absent"),
        io::ErrorKind::PermissionDenied => words.t("told-io-denied"),
        io::ErrorKind::IsADirectory => words.t("told-io-folder"),
        io::ErrorKind::InvalidData => words.t("told-io-bytes"),
        // What the system says of its own is said in the system's words.
        _ => error.to_string(),
    }
}

/// One wrong thing: where, in which field, what was found, what was expected.
pub fn bad_input(words: &Words, bad: &BadInput) -> String {
    let place = place(words, &bad.place);
    let cut: String = bad.found.chars().take(200).collect();
    // What cannot be quoted, such as bytes that are no text, is told instead.
    let cut = match bad.expected {
        Expected::Format(_) | Expected::WorkingTime => phrase(words, &cut),
        _ => cut,
    };
    let found = format!("{cut:?}");
    let expected = expected(words, &bad.expected);
    let mut args = vec![("place", &*place), ("found", &*found), ("expected", &*expected)];
    if bad.field.is_empty() {
        return words.a("told-bad", &args);
    }
    args.push(("field", &bad.field));
    words.a("told-bad-field", &args)
}

/// Rules that make no calendar.
pub fn fault(words: &Words, fault: &Fault) -> String {
    match fault {
        Fault::NoWorkingTime => words.t("told-calendar-never"),
        Fault::Overlap(one, other) => {
            let (one, other) = (one.to_string(), other.to_string());
            words.a("told-calendar-overlap", &[("one", &one), ("other", &other)])
        }
        Fault::Backwards { first, last } => {
            let (first, last) = (first.to_string(), last.to_string());
            words.a("told-calendar-backwards", &[("last", &last), ("first", &first)])
        }
        Fault::File(bad) => bad_input(words, bad),
    }
}

fn place(words: &Words, place: &Place) -> String {
    match place {
        Place::File => words.t("told-place-file"),
        Place::Row(row) => words.a("told-place-row", &[("n", &row.to_string())]),
        Place::Line(line) => words.a("told-place-line", &[("n", &line.to_string())]),
        Place::Task(task) => words.n("told-place-task", *task),
        Place::Calendar(name) => words.a("told-place-calendar", &[("name", name)]),
    }
}

/// What should have stood there.
pub fn expected(words: &Words, expected: &Expected) -> String {
    let key = match expected {
        Expected::Date => "told-want-date",
        Expected::Moment => "told-want-moment",
        Expected::Number => "told-want-number",
        Expected::Amount(most) => return words.n("told-want-amount", *most),
        Expected::Range => "told-want-range",
        Expected::OneOf(known) => return words.a("told-want-one", &[("known", known)]),
        Expected::Something => "told-want-something",
        Expected::Unique => "told-want-unique",
        Expected::KnownTask => "told-want-task",
        Expected::KnownCalendar => "told-want-calendar",
        Expected::Other => "told-want-other",
        Expected::NoCycle => "told-want-no-cycle",
        Expected::Link => "told-want-link",
        Expected::Later => "told-want-later",
        Expected::WorkingTime => "told-want-working",
        Expected::Writable => "told-want-writable",
        Expected::Format(format) => return phrase(words, format),
    };
    words.t(key)
}

/// Why a file is not a table.
pub fn sheet(words: &Words, error: &SheetError) -> String {
    match error {
        SheetError::Empty => words.t("told-sheet-empty"),
        SheetError::TooLarge(size) => words.a("told-sheet-large", &[("n", &size.to_string())]),
        SheetError::TooManyRows => {
            words.a("told-sheet-rows", &[("n", &paper::sheet::ROWS.to_string())])
        }
        SheetError::TooManyColumns => {
            words.a("told-sheet-columns", &[("n", &paper::sheet::COLUMNS.to_string())])
        }
        SheetError::Unknown(name) => words.a("told-sheet-unknown", &[("name", name)]),
        SheetError::Workbook(why) => words.a("told-sheet-workbook", &[("why", why)]),
        SheetError::Row { row, what } => {
            let what = phrase(words, what);
            words.a("told-sheet-row", &[("n", &row.to_string()), ("what", &what)])
        }
        SheetError::NotText { row } => words.a("told-sheet-bytes", &[("n", &row.to_string())]),
    }
}
