//! The little linear algebra that estimates need: small square matrices and tall orthonormal
//! bases.

/// A square matrix, row after row.
///
/// ```
/// # let csv = b"w,y,s\n2,3,\"F\"\n2,5,\"M\"\n2,10,\"M\"\n2,4,\"F\"\n";
/// # let table = survey::Table::read(&csv[..], |_| true)?;
/// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
/// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// let covariance = design.whole().mean(&survey::Terms::of(&table, &["s"])?)?.covariance;
/// assert_eq!(covariance.at(0, 1), -covariance.at(0, 0));
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    size: usize,
    cells: Vec<f64>,
}

impl Matrix {
    pub(crate) fn zero(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    pub(crate) fn from_fn(size: usize, cell: impl Fn(usize, usize) -> f64) -> Self {
        let cells = (0..size * size).map(|at| cell(at / size, at % size)).collect();
        Self { size, cells }
    }

    /// Rows, which are as many as columns.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let both = design.whole().mean(&survey::Terms::of(&table, &["y", "w"])?)?;
    /// assert_eq!(both.covariance.size(), 2);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn size(&self) -> usize {
        self.size
    }

    /// One cell, both places from 0.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let mean = design.whole().mean(&survey::Terms::of(&table, &["y"])?)?;
    /// assert!((mean.covariance.at(0, 0) - 13.0 / 3.0).abs() < 1e-12);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    pub(crate) fn set(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] = value;
    }

    /// Adds `factor` times the outer product of a vector with itself.
    pub(crate) fn add_square(&mut self, vector: &[f64], factor: f64) {
        for (row, left) in vector.iter().enumerate() {
            for (column, right) in vector.iter().enumerate() {
                self.cells[row * self.size + column] += factor * left * right;
            }
        }
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.cells.chunks(self.size.max(1))
    }

    pub(crate) fn diagonal(&self) -> Vec<f64> {
        (0..self.size).map(|at| self.at(at, at)).collect()
    }

    /// `map · self · mapᵀ` for a map given as rows.
    pub(crate) fn mapped(&self, map: &[Vec<f64>]) -> Self {
        let half: Vec<Vec<f64>> = map
            .iter()
            .map(|row| {
                (0..self.size)
                    .map(|at| row.iter().enumerate().map(|(k, x)| x * self.at(k, at)).sum())
                    .collect()
            })
            .collect();
        Self::from_fn(map.len(), |row, column| dot(&half[row], &map[column]))
    }

    pub(crate) fn times(&self, other: &Self) -> Self {
        Self::from_fn(self.size, |row, column| {
            (0..self.size).map(|k| self.at(row, k) * other.at(k, column)).sum()
        })
    }

    /// Solves for one right side by elimination with row exchange; nothing if the matrix is
    /// singular to working precision.
    pub(crate) fn solve(&self, right: &[f64]) -> Option<Vec<f64>> {
        let size = self.size;
        let mut rows: Vec<Vec<f64>> = self
            .rows()
            .zip(right)
            .map(|(row, right)| row.iter().copied().chain([*right]).collect())
            .collect();
        let greatest = self.cells.iter().fold(0.0, |most: f64, cell| most.max(cell.abs()));
        for step in 0..size {
            let pivot = (step..size)
                .max_by(|a, b| rows[*a][step].abs().total_cmp(&rows[*b][step].abs()))?;
            if rows[pivot][step].abs().partial_cmp(&(greatest * 1e-15))
                != Some(std::cmp::Ordering::Greater)
            {
                return None;
            }
            rows.swap(step, pivot);
            let (done, rest) = rows.split_at_mut(step + 1);
            for row in rest {
                let factor = row[step] / done[step][step];
                for at in step..=size {
                    row[at] -= factor * done[step][at];
                }
            }
        }
        let mut solution = vec![0.0; size];
        for step in (0..size).rev() {
            let known = dot(&rows[step][step + 1..size], &solution[step + 1..]);
            solution[step] = (rows[step][size] - known) / rows[step][step];
        }
        Some(solution)
    }

    /// Solves for a matrix of right sides.
    pub(crate) fn solve_all(&self, right: &Self) -> Option<Self> {
        let mut solved = Self::zero(self.size);
        for column in 0..self.size {
            let side: Vec<f64> = (0..self.size).map(|row| right.at(row, column)).collect();
            for (row, value) in self.solve(&side)?.into_iter().enumerate() {
                solved.set(row, column, value);
            }
        }
        Some(solved)
    }
}

pub(crate) fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// An orthonormal basis of the space that columns span, with columns that add less than a share
/// `tolerance` of their own length left out.
#[derive(Clone, Debug)]
pub(crate) struct Basis {
    pub(crate) columns: Vec<Vec<f64>>,
    /// Which of the given columns was kept.
    pub(crate) kept: Vec<bool>,
}

impl Basis {
    pub(crate) fn of(columns: impl IntoIterator<Item = Vec<f64>>, tolerance: f64) -> Self {
        let mut basis = Self { columns: Vec::new(), kept: Vec::new() };
        for mut column in columns {
            let length = dot(&column, &column).sqrt();
            // Twice is enough for orthogonality to working precision (Kahan, Parlett).
            basis.clear(&mut column);
            basis.clear(&mut column);
            let left = dot(&column, &column).sqrt();
            let keep = left > length * tolerance;
            if keep {
                column.iter_mut().for_each(|cell| *cell /= left);
                basis.columns.push(column);
            }
            basis.kept.push(keep);
        }
        basis
    }

    /// Takes from a vector its part within the space, once.
    pub(crate) fn clear(&self, vector: &mut [f64]) {
        for column in &self.columns {
            let share = dot(column, vector);
            for (cell, base) in vector.iter_mut().zip(column) {
                *cell -= share * base;
            }
        }
    }

    pub(crate) fn rank(&self) -> usize {
        self.columns.len()
    }
}
