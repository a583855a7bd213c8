//! Publishing counts so that nobody learns of a few persons: small cells are left out, and with
//! them as many others as it takes that sums and linked tables do not give them back.
//!
//! ```text
//! rows ─▶ Tables ─suppress─▶ Publication ─attack─▶ what an outsider can still tell
//! ```
//!
//! Tables are linked when they share cells: every margin of every table stands once, however many
//! tables show it. The attacker knows all published cells, every sum between cells, and that
//! counts are not negative, and finds for each cell left out the exact smallest and largest value
//! that agrees with all of it. Sources: A. Hundepool et al., *Statistical Disclosure Control*
//! (2012), ch. 4; L. H. Cox, *Journal of the American Statistical Association* 75 (1980),
//! complementary suppression; M. Fischetti, J. J. Salazar, *Management Science* 47 (2001), the
//! attacker as linear programs.
//!
//! ```
//! use survey::publish::{Tables, attack, suppress};
//! let row = |group: &str, answer: &str| vec![group.to_owned(), answer.to_owned()];
//! let mut rows = vec![row("deputies", "dissatisfied"); 2];
//! rows.extend(vec![row("deputies", "satisfied"); 20]);
//! rows.extend(vec![row("residents", "dissatisfied"); 30]);
//! rows.extend(vec![row("residents", "satisfied"); 60]);
//! let tables = Tables::count(&["group", "answer"], &rows, &[vec![0, 1]])?;
//! let publication = suppress(&tables, 5)?;
//! // Two deputies could be named: their cell is left out, and three others hide it.
//! let hidden = publication.iter().filter(|count| count.is_none()).count();
//! assert_eq!(hidden, 4);
//! assert!(attack(&tables, &publication)?.iter().all(|range| range.low < range.high));
//! # Ok::<(), survey::publish::Unpublished>(())
//! ```

mod attack;
mod simplex;
mod suppress;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use self::attack::{Range, attack, leaks};
pub use self::suppress::suppress;

/// Counts stay below this, so that the attacker's arithmetic stays exact.
const GREATEST: u64 = 1 << 40;

/// What is published of each cell of [`Tables`], in their order: its count, or nothing.
///
/// ```
/// use survey::publish::{Publication, Tables, suppress};
/// let rows = [vec!["a".to_owned()], vec!["b".to_owned()]];
/// let publication: Publication =
///     suppress(&Tables::count(&["group"], &rows, &[vec![0]])?, 2)?;
/// assert_eq!(publication.iter().filter(|count| count.is_none()).count(), 2);
/// # Ok::<(), survey::publish::Unpublished>(())
/// ```
pub type Publication = Vec<Option<u64>>;

/// A cell: the categories it stands for, by variable; variables that are not named are summed
/// over. The cell without any is the number of all rows.
///
/// ```
/// let key: survey::publish::Key = [("group".into(), "residents".into())].into();
/// assert_eq!(key["group"], "residents");
/// ```
pub type Key = BTreeMap<String, String>;

/// A sum between cells, by their places.
///
/// ```
/// let sum = survey::publish::Sum { total: 0, parts: vec![1, 2] };
/// assert_eq!(sum.parts.len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The cell that is the sum.
    pub total: usize,
    /// The cells that add up to it.
    pub parts: Vec<usize>,
}

/// Linked tables of counts.
///
/// ```
/// use survey::publish::Tables;
/// let row = |group: &str, answer: &str| vec![group.to_owned(), answer.to_owned()];
/// let rows = [row("a", "yes"), row("a", "no"), row("b", "yes")];
/// // Two by two cells, their two margins of two, and all of them.
/// let tables = Tables::count(&["group", "answer"], &rows, &[vec![0, 1]])?;
/// assert_eq!(tables.counts().len(), 9);
/// # Ok::<(), survey::publish::Unpublished>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tables {
    keys: Vec<Key>,
    counts: Vec<u64>,
    sums: Vec<Sum>,
}

/// Why counts make no tables, or tables no publication.
///
/// ```
/// use survey::publish::{Tables, Unpublished};
/// let no = Tables::count(&["group"], &[vec![]], &[]).unwrap_err();
/// assert_eq!(no, Unpublished::Row { row: 0, found: 0, expected: 1 });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unpublished {
    /// A row has more or fewer values than there are variables.
    Row {
        /// The row, from 0.
        row: usize,
        /// Its values.
        found: usize,
        /// The variables.
        expected: usize,
    },
    /// A table names a variable that is not there.
    Variable(usize),
    /// A publication has another number of cells than the tables.
    Cells {
        /// The cells of the publication.
        found: usize,
        /// The cells of the tables.
        expected: usize,
    },
    /// What is published contradicts itself: no counts have these sums.
    Contradiction,
    /// Counts are too large for exact arithmetic.
    TooLarge,
}

impl fmt::Display for Unpublished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row { row, found, expected } => {
                write!(f, "row {row}: found {found} values, expected {expected}")
            }
            Self::Variable(place) => write!(f, "found no variable {place}"),
            Self::Cells { found, expected } => {
                write!(f, "found {found} cells, expected {expected}")
            }
            Self::Contradiction => write!(f, "found sums that contradict each other"),
            Self::TooLarge => write!(f, "found counts that are too large, expected below 2^40"),
        }
    }
}

impl std::error::Error for Unpublished {}

impl Tables {
    /// Counts rows. `variables` are their names, each row has a category for each, and each
    /// table is a list of variables by their places: its cells, and all sums over any of them,
    /// are published. Categories are all that occur in the rows; combinations that do not occur
    /// are counted as 0.
    ///
    /// # Errors
    /// [`Unpublished::Row`], [`Unpublished::Variable`].
    ///
    /// ```
    /// use survey::publish::Tables;
    /// let rows = [vec!["a".to_owned()], vec!["b".to_owned()], vec!["a".to_owned()]];
    /// let tables = Tables::count(&["group"], &rows, &[vec![0]])?;
    /// assert_eq!(tables.counts(), [3, 2, 1]);
    /// assert_eq!(tables.keys()[1]["group"], "a");
    /// # Ok::<(), survey::publish::Unpublished>(())
    /// ```
    pub fn count(
        variables: &[&str],
        rows: &[Vec<String>],
        tables: &[Vec<usize>],
    ) -> Result<Self, Unpublished> {
        let expected = variables.len();
        for (row, values) in rows.iter().enumerate() {
            if values.len() != expected {
                return Err(Unpublished::Row { row, found: values.len(), expected });
            }
        }
        if let Some(place) = tables.iter().flatten().find(|place| **place >= expected) {
            return Err(Unpublished::Variable(*place));
        }
        let mut categories: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); expected];
        for row in rows {
            row.iter().zip(&mut categories).for_each(|(value, all)| all.extend([value.as_str()]));
        }
        let mut groups: BTreeSet<Vec<usize>> = BTreeSet::new();
        for table in tables {
            let table: BTreeSet<usize> = table.iter().copied().collect();
            let table: Vec<usize> = table.into_iter().collect();
            for chosen in 0_u64..1 << table.len() {
                let part = (0..table.len()).filter(|at| chosen >> at & 1 == 1);
                groups.insert(part.map(|at| table[at]).collect());
            }
        }
        let mut built = Builder { variables, categories, place_of: BTreeMap::new() };
        groups.iter().for_each(|group| built.cells(group));
        Ok(built.finish(rows, &groups))
    }

    /// The cells by their categories.
    ///
    /// ```
    /// # let rows = [vec!["a".to_owned()]];
    /// let tables = survey::publish::Tables::count(&["group"], &rows, &[vec![0]])?;
    /// assert!(tables.keys()[0].is_empty());
    /// # Ok::<(), survey::publish::Unpublished>(())
    /// ```
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// The count of each cell.
    ///
    /// ```
    /// # let rows = [vec!["a".to_owned()]];
    /// let tables = survey::publish::Tables::count(&["group"], &rows, &[vec![0]])?;
    /// assert_eq!(tables.counts(), [1, 1]);
    /// # Ok::<(), survey::publish::Unpublished>(())
    /// ```
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Every sum between cells.
    ///
    /// ```
    /// # let rows = [vec!["a".to_owned()]];
    /// let tables = survey::publish::Tables::count(&["group"], &rows, &[vec![0]])?;
    /// assert_eq!((tables.sums()[0].total, &*tables.sums()[0].parts), (0, &[1][..]));
    /// # Ok::<(), survey::publish::Unpublished>(())
    /// ```
    pub fn sums(&self) -> &[Sum] {
        &self.sums
    }

    /// Whether a cell counts somebody, and fewer than `least`.
    fn is_small(&self, cell: usize, least: u64) -> bool {
        (1..least).contains(&self.counts[cell])
    }
}

/// Cells by variable and category, both by place, while they are gathered.
struct Builder<'a> {
    variables: &'a [&'a str],
    categories: Vec<BTreeSet<&'a str>>,
    place_of: BTreeMap<Vec<(usize, &'a str)>, usize>,
}

impl<'a> Builder<'a> {
    /// Every combination of the categories of a group of variables.
    fn cells(&mut self, group: &[usize]) {
        let mut keys: Vec<Vec<(usize, &'a str)>> = vec![Vec::new()];
        for variable in group {
            let longer = |key: &Vec<(usize, &'a str)>| {
                let with = |category: &&'a str| {
                    let mut key = key.clone();
                    key.push((*variable, *category));
                    key
                };
                self.categories[*variable].iter().map(with).collect::<Vec<_>>()
            };
            keys = keys.iter().flat_map(longer).collect();
        }
        for key in keys {
            let next = self.place_of.len();
            self.place_of.entry(key).or_insert(next);
        }
    }

    fn finish(self, rows: &'a [Vec<String>], groups: &BTreeSet<Vec<usize>>) -> Tables {
        let mut counts = vec![0; self.place_of.len()];
        for (row, group) in rows.iter().flat_map(|row| groups.iter().map(move |one| (row, one))) {
            let key: Vec<(usize, &str)> =
                group.iter().map(|variable| (*variable, row[*variable].as_str())).collect();
            if let Some(place) = self.place_of.get(&key) {
                counts[*place] += 1;
            }
        }
        let mut keys = vec![Key::new(); self.place_of.len()];
        let mut sums = Vec::new();
        for (key, place) in &self.place_of {
            let named = |(variable, category): &(usize, &str)| {
                (self.variables[*variable].to_owned(), (*category).to_owned())
            };
            keys[*place] = key.iter().map(named).collect();
            for (variable, categories) in self.categories.iter().enumerate() {
                let part = |category: &&'a str| {
                    let mut longer = key.clone();
                    longer.push((variable, *category));
                    longer.sort_unstable();
                    self.place_of.get(&longer).copied()
                };
                let is_summed = key.iter().all(|(named, _)| *named != variable);
                let parts: Option<Vec<usize>> = categories.iter().map(part).collect();
                if let (true, Some(parts)) = (is_summed, parts.filter(|all| !all.is_empty())) {
                    sums.push(Sum { total: *place, parts });
                }
            }
        }
        Tables { keys, counts, sums }
    }
}
