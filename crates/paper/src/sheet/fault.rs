//! What is wrong with a table from outside, and where, in words and as a key with facts.

/// Why a file is not read. Every variant is the sender's matter, not a failure of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The file has more bytes than are taken.
    #[error("the file has {bytes} bytes, {limit} are the most")]
    TooLarge { bytes: u64, limit: u64 },
    /// The workbook would unpack to more bytes than are taken.
    #[error("the workbook unpacks to more than {limit} bytes")]
    UnpacksTooLarge { limit: u64 },
    /// Neither a workbook nor text.
    #[error("this is neither an .xlsx workbook nor a .csv text")]
    NotATable,
    /// An old `.xls`, or a workbook locked with a password.
    #[error("this is an old .xls or a workbook with a password: save it as a plain .xlsx")]
    OldFormat,
    /// The workbook cannot be read on.
    #[error("the workbook is damaged: {why}")]
    Damaged { why: String },
    /// No sheet of this name.
    #[error("there is no sheet “{name}”; there is: {sheets}")]
    NoSuchSheet { name: String, sheets: String },
    /// No sheet, or this sheet, holds anything.
    #[error("the sheet “{name}” is empty")]
    Empty { name: String },
    /// More rows hold something than are taken.
    #[error("row {at}: more than {limit} rows hold something")]
    TooManyRows { at: u32, limit: usize },
    /// A cell stands to the right of the last column that is taken.
    #[error("cell {at}: more than {limit} columns")]
    TooManyColumns { at: String, limit: u32 },
    /// Rows times columns are more than are taken.
    #[error("{cells} cells, {limit} are the most")]
    TooManyCells { cells: usize, limit: usize },
    /// The cells hold more text than is taken.
    #[error("cell {at}: more than {limit} bytes of text")]
    TooMuchText { at: String, limit: u64 },
    /// The bytes are text in no encoding that is known.
    #[error("line {line}: this is not UTF-8, UTF-16 or GB18030 text")]
    NotText { line: u32 },
    /// A quote opens and is never closed, so that rows run into each other.
    #[error("row {at}: a quotation mark opens and never closes")]
    QuoteOpen { at: u32 },
}

impl Fault {
    /// The key of the words, for a page in the reader's language.
    pub fn key(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "sheet-too-large",
            Self::UnpacksTooLarge { .. } => "sheet-unpacks-too-large",
            Self::NotATable => "sheet-not-a-table",
            Self::OldFormat => "sheet-old-format",
            Self::Damaged { .. } => "sheet-damaged",
            Self::NoSuchSheet { .. } => "sheet-no-such-sheet",
            Self::Empty { .. } => "sheet-empty",
            Self::TooManyRows { .. } => "sheet-too-many-rows",
            Self::TooManyColumns { .. } => "sheet-too-many-columns",
            Self::TooManyCells { .. } => "sheet-too-many-cells",
            Self::TooMuchText { .. } => "sheet-too-much-text",
            Self::NotText { .. } => "sheet-not-text",
            Self::QuoteOpen { .. } => "sheet-quote-open",
        }
    }

    /// What the words need: `(name, value)`.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { bytes, limit } => {
                vec![("bytes", bytes.to_string()), ("limit", limit.to_string())]
            }
            Self::UnpacksTooLarge { limit } => vec![("limit", limit.to_string())],
            Self::NotATable | Self::OldFormat => Vec::new(),
            Self::Damaged { why } => vec![("why", why.clone())],
            Self::NoSuchSheet { name, sheets } => {
                vec![("name", name.clone()), ("sheets", sheets.clone())]
            }
            Self::Empty { name } => vec![("name", name.clone())],
            Self::TooManyRows { at, limit } => {
                vec![("at", at.to_string()), ("limit", limit.to_string())]
            }
            Self::TooManyColumns { at, limit } => {
                vec![("at", at.clone()), ("limit", limit.to_string())]
            }
            Self::TooManyCells { cells, limit } => {
                vec![("cells", cells.to_string()), ("limit", limit.to_string())]
            }
            Self::TooMuchText { at, limit } => {
                vec![("at", at.clone()), ("limit", limit.to_string())]
            }
            Self::NotText { line } => vec![("line", line.to_string())],
            Self::QuoteOpen { at } => vec![("at", at.to_string())],
        }
    }
}
