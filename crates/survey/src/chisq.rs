//! Tests of independence of two categories: Rao and Scott's and Wald's.

use crate::chance;
use crate::matrix::{Basis, Matrix, dot};
use crate::sums;
use crate::table::{Factor, MISSING};
use crate::terms::Made;
use crate::trouble::Trouble;
use crate::view::View;

/// The form of a test of independence.
///
/// ```
/// assert_ne!(survey::Test::Wald, survey::Test::AdjustedWald);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Rao and Scott's second order correction, as F.
    F,
    /// Their first order correction, as chi-square.
    Chisq,
    /// Wald's on the differences from independence.
    Wald,
    /// The same, corrected for degrees of freedom.
    AdjustedWald,
}

/// A test of independence.
///
/// ```
/// # let csv = b"w,a,b\n2,1,1\n2,1,2\n2,2,2\n2,2,2\n2,1,1\n2,2,1\n";
/// # let table = survey::Table::read(&csv[..], |_| true)?;
/// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
/// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// let (a, b) = (table.factor("a")?, table.factor("b")?);
/// let test = design.whole().independence(&a, &b, survey::Test::Wald)?;
/// assert_eq!(test.freedom, [1.0, 5.0]);
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Independence {
    /// The statistic. For [`Test::Chisq`] it is Pearson's, not yet corrected.
    pub statistic: f64,
    /// Its degrees of freedom, one or two.
    pub freedom: Vec<f64>,
    /// The chance of as great a statistic under independence.
    pub p_value: f64,
    /// Counts in the population by row and column. With replicates they add up to the weights of
    /// all rows, those with a missing value too, as in R's survey.
    pub cells: Vec<Vec<f64>>,
}

impl View<'_> {
    /// Tests whether two categories are independent. Rows where either is missing are left out.
    ///
    /// # Errors
    /// [`Trouble::Request`] unless both have two categories or more, and [`Trouble::LonelyUnit`].
    ///
    /// ```
    /// # let csv = b"w,a,b\n2,1,1\n2,1,2\n2,2,2\n2,2,2\n2,1,1\n2,2,1\n";
    /// # let table = survey::Table::read(&csv[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let (a, b) = (table.factor("a")?, table.factor("b")?);
    /// let test = design.whole().independence(&a, &b, survey::Test::F)?;
    /// assert_eq!(test.cells, [[4.0, 2.0], [2.0, 4.0]]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn independence(
        &self,
        rows: &Factor,
        columns: &Factor,
        test: Test,
    ) -> Result<Independence, Trouble> {
        let every: Vec<u32>;
        let frame = match self.design.keeps_rows() {
            true => {
                every = (0..self.design.rows as u32).collect();
                &every
            }
            false => &self.rows,
        };
        let grid = Grid::of(rows, columns, frame);
        if grid.tall < 2 || grid.wide < 2 {
            let found = format!("{} by {} categories", grid.tall, grid.wide);
            return Err(Trouble::request("vars", found, "two or more of each"));
        }
        let cells = grid.totals(self);
        let many = frame.len() as f64;
        let freedom = match self.design.replicates.is_some() {
            true => self.freedom(),
            false => self.frame_freedom(),
        };
        let reach = self.reach(&cells);
        let shown = (0..grid.tall).map(|row| {
            (0..grid.wide).map(|column| cells[column * grid.tall + row] * reach).collect()
        });
        let mut answer =
            Independence { statistic: 0.0, freedom: vec![], p_value: 0.0, cells: shown.collect() };
        let size = ((grid.tall - 1) * (grid.wide - 1)) as f64;
        if matches!(test, Test::Wald | Test::AdjustedWald) {
            let wald = self.wald(&grid)?;
            let below = if test == Test::Wald { freedom } else { freedom - size + 1.0 };
            answer.statistic = match test {
                Test::Wald => wald / size,
                _ => wald * below / (size * freedom),
            };
            answer.p_value = chance::fisher_upper(answer.statistic, size, below);
            answer.freedom = vec![size, below];
            return Ok(answer);
        }
        let delta = self.delta(&grid, many)?;
        let traces = delta.diagonal().iter().sum::<f64>();
        let squared = delta.times(&delta).diagonal().iter().sum::<f64>();
        let pearson = pearson(&cells, grid.tall, many);
        if test == Test::F {
            let above = traces * traces / squared;
            answer.statistic = pearson / traces;
            answer.p_value = chance::fisher_upper(answer.statistic, above, above * freedom);
            answer.freedom = vec![above, above * freedom];
        } else {
            answer.statistic = pearson;
            answer.p_value = chance::chi_square_upper(pearson / (traces / size), size);
            answer.freedom = vec![size];
        }
        Ok(answer)
    }

    /// What the counts shown are multiplied by.
    fn reach(&self, cells: &[f64]) -> f64 {
        match self.design.replicates.is_some() {
            true => sums::total(self.weights()) / sums::total(cells.iter().copied()),
            false => 1.0,
        }
    }

    /// Rao and Scott's matrix of generalised design effects of the interaction.
    fn delta(&self, grid: &Grid, many: f64) -> Result<Matrix, Trouble> {
        let count = grid.tall * grid.wide;
        let shares = Made { count, value: |cell: usize, row: u32| grid.is(cell, row) };
        let shares = self.mean_of(&shares, false)?;
        let inverse: Vec<f64> =
            shares.values.iter().map(|p| if *p == 0.0 { 0.0 } else { 1.0 / p }).collect();
        let scaled: Vec<Vec<f64>> = grid
            .interaction()
            .into_iter()
            .map(|column| column.iter().zip(&inverse).map(|(c, i)| c * i).collect())
            .collect();
        let interaction = grid.interaction();
        let size = interaction.len();
        let simple =
            Matrix::from_fn(size, |row, column| dot(&scaled[row], &interaction[column]) / many);
        simple.solve_all(&shares.covariance.mapped(&scaled)).ok_or_else(|| {
            Trouble::request("vars", "categories with too many empty cells", "fuller cells")
        })
    }

    /// Wald's quadratic form of the differences from independence.
    fn wald(&self, grid: &Grid) -> Result<f64, Trouble> {
        let (tall, wide) = (grid.tall, grid.wide);
        let count = tall * wide;
        let all = Made {
            count: count + tall + wide + 1,
            value: |column: usize, row: u32| {
                let (one, other) = (grid.row(row), grid.column(row));
                if one == usize::MAX || other == usize::MAX {
                    return f64::NAN;
                }
                let held = match column {
                    cell if cell < count => other * tall + one == cell,
                    side if side < count + tall => one == side - count,
                    side if side < count + tall + wide => other == side - count - tall,
                    _ => true,
                };
                f64::from(u8::from(held))
            },
        };
        let totals = self.total_of(&all, false)?;
        let value = |at: usize| totals.values[at];
        let whole = value(count + tall + wide);
        let used: Vec<(usize, usize)> =
            (1..wide).flat_map(|column| (1..tall).map(move |row| (row, column))).collect();
        let mut map = Vec::new();
        let mut miss = Vec::new();
        for (row, column) in used {
            let (across, down) = (value(count + row), value(count + tall + column));
            let mut slope = vec![0.0; count + tall + wide + 1];
            slope[column * tall + row] = 1.0;
            slope[count + row] = -down / whole;
            slope[count + tall + column] = -across / whole;
            slope[count + tall + wide] = across * down / (whole * whole);
            map.push(slope);
            miss.push(value(column * tall + row) - across * down / whole);
        }
        let spread = totals.covariance.mapped(&map);
        let solved = spread.solve(&miss).ok_or_else(|| {
            Trouble::request("vars", "cells whose differences are not free", "fuller cells")
        })?;
        Ok(dot(&miss, &solved))
    }
}

/// The crossing of two categories, those met only, rows fastest.
struct Grid<'a> {
    rows: &'a Factor,
    columns: &'a Factor,
    row_place: Vec<usize>,
    column_place: Vec<usize>,
    tall: usize,
    wide: usize,
}

impl<'a> Grid<'a> {
    fn of(rows: &'a Factor, columns: &'a Factor, frame: &[u32]) -> Self {
        let met = |factor: &Factor| {
            let mut place = vec![usize::MAX; factor.levels.len()];
            for row in frame {
                let code = factor.codes[*row as usize];
                if code != MISSING {
                    place[code as usize] = 0;
                }
            }
            let mut count = 0;
            for slot in place.iter_mut().filter(|slot| **slot == 0) {
                *slot = count;
                count += 1;
            }
            (place, count)
        };
        let ((row_place, tall), (column_place, wide)) = (met(rows), met(columns));
        Self { rows, columns, row_place, column_place, tall, wide }
    }

    fn row(&self, row: u32) -> usize {
        let code = self.rows.codes[row as usize];
        if code == MISSING { usize::MAX } else { self.row_place[code as usize] }
    }

    fn column(&self, row: u32) -> usize {
        let code = self.columns.codes[row as usize];
        if code == MISSING { usize::MAX } else { self.column_place[code as usize] }
    }

    fn is(&self, cell: usize, row: u32) -> f64 {
        match (self.row(row), self.column(row)) {
            (usize::MAX, _) | (_, usize::MAX) => f64::NAN,
            (one, other) => f64::from(u8::from(other * self.tall + one == cell)),
        }
    }

    fn totals(&self, view: &View) -> Vec<f64> {
        let mut cells = vec![sums::Sum::default(); self.tall * self.wide];
        for (row, weight) in view.rows.iter().zip(view.weights()) {
            let (one, other) = (self.row(*row), self.column(*row));
            if one != usize::MAX && other != usize::MAX {
                cells[other * self.tall + one].add(weight);
            }
        }
        cells.into_iter().map(sums::Sum::value).collect()
    }

    /// Contrasts of the cells that no sum of a row's and a column's part explains.
    fn interaction(&self) -> Vec<Vec<f64>> {
        let cells = self.tall * self.wide;
        let is = |test: &dyn Fn(usize) -> bool| -> Vec<f64> {
            (0..cells).map(|cell| f64::from(u8::from(test(cell)))).collect()
        };
        let tall = self.tall;
        let mut main = vec![vec![1.0; cells]];
        main.extend((1..tall).map(|row| is(&|cell| cell % tall == row)));
        main.extend((1..self.wide).map(|column| is(&|cell| cell / tall == column)));
        let main = Basis::of(main, 1e-7);
        let pairs = (1..self.wide).flat_map(|column| (1..tall).map(move |row| (row, column)));
        pairs
            .map(|(row, column)| {
                let mut one = is(&|cell| cell == column * tall + row);
                main.clear(&mut one);
                one
            })
            .collect()
    }
}

/// Pearson's statistic of counts scaled to so many rows.
fn pearson(cells: &[f64], tall: usize, many: f64) -> f64 {
    let whole = sums::total(cells.iter().copied());
    let wide = cells.len() / tall;
    let across: Vec<f64> =
        (0..tall).map(|row| (0..wide).map(|column| cells[column * tall + row]).sum()).collect();
    let down: Vec<f64> = cells.chunks(tall).map(|column| column.iter().sum()).collect();
    let part = |cell: usize| {
        let expected = across[cell % tall] * down[cell / tall] / whole / whole * many;
        let miss = cells[cell] / whole * many - expected;
        miss * miss / expected
    };
    sums::total((0..cells.len()).map(part))
}
