//! Estimates for every domain of a sample.

use std::num::NonZero;

use crate::calibrate::product;
use crate::estimate::Estimate;
use crate::table::{Factor, MISSING, Table};
use crate::terms::Terms;
use crate::trouble::Trouble;
use crate::view::View;

/// Domains: the combinations of the categories of some columns, the first fastest, their names
/// joined by `|`.
///
/// # Errors
/// [`Trouble::UnknownColumn`].
///
/// ```
/// let table = survey::Table::read(&b"a,b\nx,1\ny,1\nx,2\n"[..], |_| true)?;
/// assert_eq!(survey::domains(&table, &["a", "b"])?.levels, ["x|1", "y|1", "x|2"]);
/// # Ok::<(), survey::Trouble>(())
/// ```
pub fn domains(table: &Table, names: &[impl AsRef<str>]) -> Result<Factor, Trouble> {
    let mut all: Option<Factor> = None;
    for name in names {
        let factor = table.factor(name.as_ref())?;
        all = Some(match all {
            None => factor,
            Some(all) => product(&all, &factor),
        });
    }
    all.ok_or_else(|| Trouble::request("by", "nothing", "one column or more"))
}

impl View<'_> {
    /// Means for every domain that is met, with its code.
    ///
    /// # Errors
    /// [`Trouble::LonelyUnit`].
    ///
    /// ```
    /// # let csv = b"w,y,s\n2,3,\"F\"\n2,5,\"M\"\n2,10,\"M\"\n2,4,\"F\"\n";
    /// # let table = survey::Table::read(&csv[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let terms = survey::Terms::of(&table, &["y"])?;
    /// let means = design.whole().domain_means(&table.factor("s")?, &terms)?;
    /// assert_eq!((means[0].1.values[0], means[1].1.values[0]), (3.5, 7.5));
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn domain_means(
        &self,
        domains: &Factor,
        terms: &Terms,
    ) -> Result<Vec<(u32, Estimate)>, Trouble> {
        self.each(domains, |view| view.mean_of(terms, false))
    }

    /// Totals for every domain that is met, with its code.
    ///
    /// # Errors
    /// [`Trouble::LonelyUnit`].
    ///
    /// ```
    /// # let csv = b"w,y,s\n2,3,\"F\"\n2,5,\"M\"\n2,10,\"M\"\n2,4,\"F\"\n";
    /// # let table = survey::Table::read(&csv[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let terms = survey::Terms::of(&table, &["y"])?;
    /// let totals = design.whole().domain_totals(&table.factor("s")?, &terms)?;
    /// assert_eq!((totals[0].1.values[0], totals[1].1.values[0]), (14.0, 30.0));
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn domain_totals(
        &self,
        domains: &Factor,
        terms: &Terms,
    ) -> Result<Vec<(u32, Estimate)>, Trouble> {
        self.each(domains, |view| view.total_of(terms, false))
    }

    /// The views of all domains met, each with its code.
    pub(crate) fn split(&self, domains: &Factor) -> Vec<(u32, Self)> {
        let mut parts = vec![0usize; domains.levels.len()];
        let code = |row: &u32| domains.codes[*row as usize];
        let met = || self.rows.iter().filter(|row| code(row) != MISSING);
        met().for_each(|row| parts[code(row) as usize] += 1);
        let mut parts: Vec<Vec<u32>> = parts.into_iter().map(Vec::with_capacity).collect();
        met().for_each(|row| parts[code(row) as usize].push(*row));
        let parts = parts.into_iter().enumerate().filter(|(_, rows)| !rows.is_empty());
        parts.map(|(code, rows)| (code as u32, Self::new(self.design, rows))).collect()
    }

    /// Estimates for all domains, shared among the cores there are.
    fn each(
        &self,
        domains: &Factor,
        estimate: impl Fn(&Self) -> Result<Estimate, Trouble> + Sync,
    ) -> Result<Vec<(u32, Estimate)>, Trouble> {
        let parts = self.split(domains);
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let share = parts.len().div_ceil(cores).max(1);
        let work = |parts: &[(u32, Self)]| -> Result<Vec<(u32, Estimate)>, Trouble> {
            parts.iter().map(|(code, view)| Ok((*code, estimate(view)?))).collect()
        };
        if self.rows.len() < 10_000 || cores == 1 {
            return work(&parts);
        }
        let done = std::thread::scope(|scope| {
            let threads: Vec<_> =
                parts.chunks(share).map(|parts| scope.spawn(|| work(parts))).collect();
            threads.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
        });
        let mut all = Vec::new();
        for part in done {
            match part {
                Ok(part) => all.extend(part?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(all)
    }
}
