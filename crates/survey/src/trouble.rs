//! Why something cannot be estimated, in words that name the place.

/// Bad input: what was found where, and what was expected.
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
}
