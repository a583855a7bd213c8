//! What is estimated: numbers and categories of a table, or columns made from them.

use std::borrow::Cow;

use crate::table::{Column, Factor, MISSING, Table};
use crate::trouble::Trouble;

/// Variables of an estimate: a number is one column, categories are one indicator each.
///
/// ```
/// let table = survey::Table::read(&b"age,sex\n31,F\n44,M\n"[..], |_| true)?;
/// assert_eq!(survey::Terms::of(&table, &["age", "sex"])?.names(), ["age", "sexF", "sexM"]);
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Debug)]
pub struct Terms<'a> {
    names: Vec<String>,
    variables: Vec<Variable<'a>>,
    /// The variable and the code of every column.
    columns: Vec<(usize, u32)>,
}

#[derive(Debug)]
enum Variable<'a> {
    Number(&'a [f64]),
    Categories(Cow<'a, Factor>),
}

impl<'a> Terms<'a> {
    /// Columns of words as categories, others as numbers.
    ///
    /// # Errors
    /// [`Trouble::UnknownColumn`].
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// assert_eq!(survey::Terms::of(&table, &["y", "s"])?.names(), ["y", "sF", "sM"]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn of(table: &'a Table, names: &[impl AsRef<str>]) -> Result<Self, Trouble> {
        let mut terms = Self { names: vec![], variables: vec![], columns: vec![] };
        for name in names {
            match table.column(name.as_ref())? {
                Column::Numbers(values) => terms.number(name.as_ref(), values),
                Column::Words(factor) => terms.factor(name.as_ref(), Cow::Borrowed(factor)),
            }
        }
        Ok(terms)
    }

    /// Every column as categories, numbers too.
    ///
    /// # Errors
    /// [`Trouble::UnknownColumn`].
    ///
    /// ```
    /// let table = survey::Table::read(&b"score\n5\n4\n"[..], |_| true)?;
    /// assert_eq!(survey::Terms::categories(&table, &["score"])?.names(), ["score4", "score5"]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn categories(table: &'a Table, names: &[impl AsRef<str>]) -> Result<Self, Trouble> {
        let mut terms = Self { names: vec![], variables: vec![], columns: vec![] };
        for name in names {
            let factor = match table.column(name.as_ref())? {
                Column::Numbers(values) => Cow::Owned(Factor::of_numbers(values)),
                Column::Words(factor) => Cow::Borrowed(factor),
            };
            terms.factor(name.as_ref(), factor);
        }
        Ok(terms)
    }

    fn number(&mut self, name: &str, values: &'a [f64]) {
        self.columns.push((self.variables.len(), 0));
        self.names.push(name.to_owned());
        self.variables.push(Variable::Number(values));
    }

    fn factor(&mut self, name: &str, factor: Cow<'a, Factor>) {
        for (code, level) in factor.levels.iter().enumerate() {
            self.columns.push((self.variables.len(), code as u32));
            self.names.push(format!("{name}{level}"));
        }
        self.variables.push(Variable::Categories(factor));
    }

    /// The names of the columns.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// assert_eq!(survey::Terms::categories(&table, &["s"])?.names(), ["sF", "sM"]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// Columns that can be read at any row; a missing value is not a number.
pub(crate) trait Columns: Sync {
    fn count(&self) -> usize;
    /// Whether every column is there at a row.
    fn complete(&self, row: u32) -> bool;
    /// Writes a column at some rows.
    fn fill(&self, column: usize, rows: &[u32], into: &mut Vec<f64>);
}

impl Columns for Terms<'_> {
    fn count(&self) -> usize {
        self.columns.len()
    }

    fn complete(&self, row: u32) -> bool {
        self.variables.iter().all(|variable| match variable {
            Variable::Number(values) => !values[row as usize].is_nan(),
            Variable::Categories(factor) => factor.codes[row as usize] != MISSING,
        })
    }

    fn fill(&self, column: usize, rows: &[u32], into: &mut Vec<f64>) {
        into.clear();
        let (variable, code) = self.columns[column];
        match &self.variables[variable] {
            Variable::Number(values) => {
                into.extend(rows.iter().map(|row| values[*row as usize]));
            }
            Variable::Categories(factor) => {
                let is = |row: &u32| match factor.codes[*row as usize] {
                    MISSING => f64::NAN,
                    other => f64::from(u8::from(other == code)),
                };
                into.extend(rows.iter().map(is));
            }
        }
    }
}

/// Columns made on the spot, a value for a column and a row.
pub(crate) struct Made<F> {
    pub(crate) count: usize,
    pub(crate) value: F,
}

impl<F: Fn(usize, u32) -> f64 + Sync> Columns for Made<F> {
    fn count(&self) -> usize {
        self.count
    }

    fn complete(&self, row: u32) -> bool {
        (0..self.count).all(|column| !(self.value)(column, row).is_nan())
    }

    fn fill(&self, column: usize, rows: &[u32], into: &mut Vec<f64>) {
        into.clear();
        into.extend(rows.iter().map(|row| (self.value)(column, *row)));
    }
}
