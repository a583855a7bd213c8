//! Why something cannot be estimated, in words that name the place.

/// Bad input: what was found where, and what was expected.
///
/// ```
/// let trouble = survey::Table::read(&b"a,b\n1\n"[..], |_| true).unwrap_err();
/// assert_eq!(trouble.to_string(), "row 1: found 1 cells, expected 2");
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Trouble {
    /// The reader failed.
    #[error("cannot be read: {message}")]
    Unread {
        /// What the reader said.
        message: String,
    },
    /// A cell is not UTF-8.
    #[error("row {row}, cell {cell}: found bytes that are not UTF-8")]
    NotText {
        /// The row; the header is row 0.
        row: usize,
        /// The cell, from 1.
        cell: usize,
    },
    /// A quote is opened and not closed.
    #[error("row {row}: found a quote that is not closed")]
    OpenQuote {
        /// The row; the header is row 0.
        row: usize,
    },
    /// Something stands between a closing quote and the next comma.
    #[error("row {row}, cell {cell}: found text after the closing quote, expected a comma")]
    AfterQuote {
        /// The row; the header is row 0.
        row: usize,
        /// The cell, from 1.
        cell: usize,
    },
    /// A row is longer or shorter than the header.
    #[error("row {row}: found {found} cells, expected {expected}")]
    Width {
        /// The row; the header is row 0.
        row: usize,
        /// Cells found.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A name stands twice in the header.
    #[error("column {column:?} stands twice in the header")]
    RepeatedColumn {
        /// Its name.
        column: String,
    },
    /// No such column.
    #[error("column {column:?} is unknown, expected one of {known}")]
    UnknownColumn {
        /// The name asked for.
        column: String,
        /// The names there are.
        known: String,
    },
    /// Numbers are needed and words were found.
    #[error("column {column:?}: found {found:?}, expected numbers")]
    NotNumbers {
        /// The column.
        column: String,
        /// One of its words.
        found: String,
    },
    /// A cell is empty that must not be.
    #[error("column {column:?}, row {row}: found nothing, expected a value")]
    Missing {
        /// The column.
        column: String,
        /// The row, from 1.
        row: usize,
    },
    /// A weight is not above zero.
    #[error("column {column:?}, row {row}: found weight {found}, expected a weight above 0")]
    Weight {
        /// The column.
        column: String,
        /// The row, from 1.
        row: usize,
        /// The weight.
        found: String,
    },
    /// A unit lies in two strata.
    #[error(
        "column {column:?}, row {row}: found unit {unit:?} in a second stratum, expected units \
         within one stratum, or \"nest\": true if numbers start anew in every stratum"
    )]
    TwoStrata {
        /// The column.
        column: String,
        /// The unit.
        unit: String,
        /// The row, from 1.
        row: usize,
    },
    /// A population count cannot be.
    #[error("column {column:?}, row {row}: {found}, expected {expected}")]
    Population {
        /// The column.
        column: String,
        /// The row, from 1.
        row: usize,
        /// The count.
        found: String,
        /// What it could be.
        expected: String,
    },
    /// Weights cannot be brought to the totals.
    #[error("calibration of {margin}: found {found}, expected {expected}")]
    Totals {
        /// The margins or terms that cannot meet.
        margin: String,
        /// What was reached.
        found: String,
        /// What was asked.
        expected: String,
    },
    /// A stratum has one primary unit and the plan says to fail.
    #[error(
        "stage {stage}: found a stratum with only one unit sampled (row {row}), expected two or \
         more, or a rule lonely_psu"
    )]
    LonelyUnit {
        /// The stage, from 1.
        stage: usize,
        /// A row of the stratum, from 1.
        row: usize,
    },
    /// The request asks for what this crate does not do or cannot be done.
    #[error("{field}: found {found}, expected {expected}")]
    Request {
        /// The field of the request.
        field: String,
        /// What it says.
        found: String,
        /// What it could say.
        expected: String,
    },
}

impl Trouble {
    pub(crate) fn request(field: &str, found: impl ToString, expected: impl ToString) -> Self {
        Self::Request {
            field: field.to_owned(),
            found: found.to_string(),
            expected: expected.to_string(),
        }
    }

    /// The same trouble so many rows further down.
    pub(crate) fn after(mut self, rows: usize) -> Self {
        match &mut self {
            Self::NotText { row, .. }
            | Self::OpenQuote { row }
            | Self::AfterQuote { row, .. }
            | Self::Width { row, .. } => *row += rows,
            _ => {}
        }
        self
    }
}
