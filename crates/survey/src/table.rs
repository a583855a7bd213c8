//! Columns of answers, read from CSV as it streams by.
//!
//! A column is of numbers when every cell that is not empty is an unquoted number; otherwise it
//! is of words. An empty cell and an unquoted `NA` are missing.

mod read;

use std::io::Read;

use crate::trouble::Trouble;

/// The code of a missing category.
///
/// ```
/// let table = survey::Table::read(&b"a\nx\nNA\n"[..], |_| true)?;
/// assert_eq!(table.factor("a")?.codes, [0, survey::MISSING]);
/// # Ok::<(), survey::Trouble>(())
/// ```
pub const MISSING: u32 = u32::MAX;

/// One column.
///
/// ```
/// let table = survey::Table::read(&b"a,b\n1,x\n"[..], |_| true)?;
/// assert!(matches!(table.column("a")?, survey::Column::Numbers(_)));
/// assert!(matches!(table.column("b")?, survey::Column::Words(_)));
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Numbers; a missing one is not a number.
    Numbers(Vec<f64>),
    /// Words.
    Words(Factor),
}

/// Categories: a code a row and the name of every code, in order of names.
///
/// ```
/// let factor = survey::Factor::of_numbers(&[10.0, 2.0, 10.0]);
/// assert_eq!((factor.codes, factor.levels[1].as_str()), (vec![1, 0, 1], "10"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Factor {
    /// One code a row, an index into `levels` or [`MISSING`].
    pub codes: Vec<u32>,
    /// The names, sorted: numbers by value, words by code point.
    pub levels: Vec<String>,
}

/// Columns of equal length under their names.
///
/// ```
/// let table = survey::Table::read(&b"a,b\n1,x\n"[..], |name| name == "b")?;
/// assert_eq!(table.names(), ["b"]);
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    rows: usize,
    names: Vec<String>,
    columns: Vec<Column>,
}

impl Table {
    /// Reads CSV: a header line, comma, double quotes, UTF-8, LF or CRLF. Memory is that of the
    /// columns kept; `wanted` says by name which those are. Long files are read on all cores.
    ///
    /// # Errors
    /// [`Trouble`] naming the row for bytes that are not UTF-8, a row of another width, a quote
    /// that is not closed, a name that stands twice, and for a failing reader.
    ///
    /// ```
    /// let table = survey::Table::read(&b"age,sex\n31,F\n,M\n"[..], |_| true)?;
    /// assert_eq!(table.rows(), 2);
    /// assert!(table.numbers("age")?[1].is_nan());
    /// assert_eq!(table.factor("sex")?.levels, ["F", "M"]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn read(reader: impl Read, wanted: impl Fn(&str) -> bool) -> Result<Self, Trouble> {
        let (names, columns, rows) = read::read(reader, wanted)?;
        Ok(Self { rows, names, columns })
    }

    /// A table from columns in memory.
    ///
    /// # Errors
    /// [`Trouble::Width`] if the columns are not of one length.
    ///
    /// ```
    /// use survey::{Column, Table};
    /// let table = Table::from_columns([("y".to_owned(), Column::Numbers(vec![1.0, 2.0]))])?;
    /// assert_eq!(table.numbers("y")?, [1.0, 2.0]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn from_columns(
        columns: impl IntoIterator<Item = (String, Column)>,
    ) -> Result<Self, Trouble> {
        let (names, columns): (Vec<String>, Vec<Column>) = columns.into_iter().unzip();
        let rows = columns.first().map_or(0, Column::len);
        match columns.iter().find(|column| column.len() != rows) {
            Some(other) => Err(Trouble::Width { row: 1, found: other.len(), expected: rows }),
            None => Ok(Self { rows, names, columns }),
        }
    }

    /// Rows, the header not counted.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// assert_eq!(table.rows(), 3);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The names of the columns kept, in the order of the file.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// assert_eq!(table.names(), ["w", "y", "s"]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// A column by its name.
    ///
    /// # Errors
    /// [`Trouble::UnknownColumn`].
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// assert!(matches!(table.column("s")?, survey::Column::Words(_)));
    /// assert!(table.column("age").is_err());
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn column(&self, name: &str) -> Result<&Column, Trouble> {
        let at = self.names.iter().position(|other| other == name);
        at.map(|at| &self.columns[at]).ok_or_else(|| Trouble::UnknownColumn {
            column: name.to_owned(),
            known: self.names.join(", "),
        })
    }

    /// A column of numbers, missing ones not a number.
    ///
    /// # Errors
    /// [`Trouble::UnknownColumn`], and [`Trouble::NotNumbers`] for a column of words.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// assert_eq!(table.numbers("y")?, [3.0, 5.0, 10.0]);
    /// assert!(table.numbers("s").is_err());
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn numbers(&self, name: &str) -> Result<&[f64], Trouble> {
        match self.column(name)? {
            Column::Numbers(values) => Ok(values),
            Column::Words(factor) => {
                let found = factor.levels.first().cloned().unwrap_or_default();
                Err(Trouble::NotNumbers { column: name.to_owned(), found })
            }
        }
    }

    /// A column as categories: words as they are, numbers by their value.
    ///
    /// # Errors
    /// [`Trouble::UnknownColumn`].
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// assert_eq!(table.factor("s")?.codes, [0, 1, 1]);
    /// assert_eq!(table.factor("y")?.levels, ["3", "5", "10"]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn factor(&self, name: &str) -> Result<Factor, Trouble> {
        Ok(match self.column(name)? {
            Column::Words(factor) => factor.clone(),
            Column::Numbers(values) => Factor::of_numbers(values),
        })
    }
}

impl Column {
    fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Words(factor) => factor.codes.len(),
        }
    }
}

impl Factor {
    /// Categories of words, sorted.
    ///
    /// ```
    /// let factor = survey::Factor::of_words(["b", "a", "b"]);
    /// assert_eq!((factor.codes, factor.levels.len()), (vec![1, 0, 1], 2));
    /// ```
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut naming = read::Naming::default();
        for word in words {
            naming.push(word);
        }
        naming.finish()
    }

    /// Categories of numbers, by value; what is not a number is missing.
    ///
    /// ```
    /// let factor = survey::Factor::of_numbers(&[2.0, f64::NAN, 1.0]);
    /// assert_eq!(factor.codes, [1, survey::MISSING, 0]);
    /// ```
    pub fn of_numbers(values: &[f64]) -> Self {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        sorted.sort_by(f64::total_cmp);
        sorted.dedup();
        let code = |value: &f64| match value.is_nan() {
            true => MISSING,
            false => sorted.partition_point(|other| other < value) as u32,
        };
        let codes = values.iter().map(code).collect();
        Self { codes, levels: sorted.iter().map(|value| value.to_string()).collect() }
    }
}

#[cfg(test)]
mod tests;
