//! A part of a sample, and the variance of what is estimated from it.

use crate::design::Design;
use crate::matrix::Matrix;
use crate::plan::Lonely;
use crate::stage::Stage;
use crate::trouble::Trouble;

/// Rows of a design: all of them, a subset or a domain.
///
/// ```
/// # let csv = b"w,y,s\n2,3,\"F\"\n2,5,\"M\"\n2,10,\"M\"\n2,4,\"F\"\n";
/// # let table = survey::Table::read(&csv[..], |_| true)?;
/// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
/// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// let women = design.subset(&survey::judge("s == 'F'", &table)?);
/// assert_eq!(women.rows(), [0, 3]);
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Debug)]
pub struct View<'a> {
    pub(crate) design: &'a Design,
    /// The rows in it, rising.
    pub(crate) rows: Vec<u32>,
}

impl<'a> View<'a> {
    pub(crate) fn new(design: &'a Design, rows: Vec<u32>) -> Self {
        Self { design, rows }
    }

    /// The rows in it, counted from 0.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// assert_eq!(design.whole().rows().len(), 3);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Those of its rows that a test keeps.
    pub(crate) fn keep(&self, test: impl Fn(u32) -> bool) -> Self {
        let rows = self.rows.iter().copied().filter(|row| test(*row)).collect();
        Self::new(self.design, rows)
    }

    /// Rows of the design behind it: those in it, or all where left out rows keep weight 0.
    pub(crate) fn frame(&self) -> usize {
        if self.design.keeps_rows() { self.design.rows } else { self.rows.len() }
    }

    /// The weights of its rows.
    pub(crate) fn weights(&self) -> Vec<f64> {
        self.rows.iter().map(|row| self.design.weights[*row as usize]).collect()
    }

    /// The weights of the rows of the design behind it, 0 where left out.
    pub(crate) fn frame_weights(&self) -> Vec<f64> {
        if !self.design.keeps_rows() {
            return self.weights();
        }
        let mut weights = vec![0.0; self.design.rows];
        for row in &self.rows {
            weights[*row as usize] = self.design.weights[*row as usize];
        }
        weights
    }

    /// Degrees of freedom: primary units less strata that are present; with replicates the rank
    /// of their weights less one.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// assert_eq!(design.whole().freedom(), 2.0);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn freedom(&self) -> f64 {
        if let Some(replicates) = &self.design.replicates {
            return replicates.freedom(self);
        }
        freedom(&self.design.stages[0], self.rows.iter().copied())
    }

    /// The same over every row of the design behind it.
    pub(crate) fn frame_freedom(&self) -> f64 {
        match self.design.keeps_rows() {
            true => freedom(&self.design.stages[0], 0..self.design.rows as u32),
            false => self.freedom(),
        }
    }

    /// The covariance of `count` estimates from the influence of every row on each; `fill` writes
    /// the influences on one estimate, a value for every row of the view.
    pub(crate) fn covariance(
        &self,
        count: usize,
        fill: impl Fn(usize, &mut Vec<f64>),
    ) -> Result<Matrix, Trouble> {
        let every: Vec<u32>;
        let rows = match self.design.keeps_rows() {
            true => {
                every = (0..self.design.rows as u32).collect();
                &every
            }
            false => &self.rows,
        };
        let mut layouts: Vec<Layout> = Vec::new();
        if self.design.pairs.is_none() {
            let deep = self.design.stages[0].population.is_some();
            let stages = if deep { self.design.stages.len() } else { 1 };
            for stage in &self.design.stages[..stages] {
                layouts.push(Layout::of(stage, rows));
            }
        }
        let mut sums = vec![Vec::with_capacity(count); layouts.len()];
        let mut columns = Vec::new();
        let mut influence = Vec::new();
        for column in 0..count {
            fill(column, &mut influence);
            if self.design.keeps_rows() {
                let mut full = vec![0.0; self.design.rows];
                for (row, value) in self.rows.iter().zip(&influence) {
                    full[*row as usize] = *value;
                }
                influence = full;
                for correction in &self.design.corrections {
                    correction.apply(&mut influence);
                }
            }
            for (layout, sums) in layouts.iter().zip(&mut sums) {
                sums.push(layout.sums(&influence));
            }
            if self.design.pairs.is_some() {
                columns.push(std::mem::take(&mut influence));
            }
        }
        if let Some(pairs) = &self.design.pairs {
            return Ok(pairs.covariance(&columns));
        }
        let mut total = Matrix::zero(count);
        for (at, (layout, sums)) in layouts.iter().zip(&sums).enumerate() {
            let sum = self.stage_covariance(at, layout, sums)?;
            total =
                Matrix::from_fn(count, |row, column| total.at(row, column) + sum.at(row, column));
        }
        Ok(total)
    }

    /// What one stage adds.
    fn stage_covariance(
        &self,
        at: usize,
        layout: &Layout,
        sums: &[Vec<f64>],
    ) -> Result<Matrix, Trouble> {
        let count = sums.len();
        let stage = &self.design.stages[at];
        let mut total = Matrix::zero(count);
        let mut parent = u32::MAX;
        let (mut part, mut strata, mut usable, mut chain) = (Matrix::zero(count), 0.0, 0.0, 1.0);
        let finish =
            |part: &mut Matrix, strata: f64, usable: f64, chain: f64, total: &mut Matrix| {
                if strata > 0.0 {
                    let factor = strata / usable * chain;
                    for row in 0..count {
                        for column in 0..count {
                            let sum = total.at(row, column) + part.at(row, column) * factor;
                            total.set(row, column, sum);
                        }
                    }
                    *part = Matrix::zero(count);
                }
            };
        for (stratum, units) in &layout.strata {
            let above = if at == 0 { 0 } else { stage.parent[*stratum as usize] };
            if above != parent {
                finish(&mut part, strata, usable, chain, &mut total);
                (parent, strata, usable) = (above, 0.0, 0.0);
                chain = stage.chain[layout.units[units[0] as usize] as usize];
            }
            strata += 1.0;
            match self.stratum(stage, at, *stratum, units, layout, sums)? {
                Some(added) if !added.diagonal().iter().any(|cell| cell.is_nan()) => {
                    usable += 1.0;
                    part = Matrix::from_fn(count, |row, column| {
                        part.at(row, column) + added.at(row, column)
                    });
                }
                _ => {}
            }
        }
        finish(&mut part, strata, usable, chain, &mut total);
        Ok(total)
    }

    /// What one stratum adds; nothing where it cannot tell.
    fn stratum(
        &self,
        stage: &Stage,
        at: usize,
        stratum: u32,
        units: &[u32],
        layout: &Layout,
        sums: &[Vec<f64>],
    ) -> Result<Option<Matrix>, Trouble> {
        let count = sums.len();
        let mut added = Matrix::zero(count);
        let sampled = stage.sampled[stratum as usize];
        let free = |unit: u32| match &stage.population {
            None => 1.0,
            Some(all) => {
                let population = all[layout.units[unit as usize] as usize];
                if population == f64::INFINITY { 1.0 } else { (population - sampled) / population }
            }
        };
        if units.iter().all(|unit| free(*unit) < 1e-7) {
            return Ok(Some(added));
        }
        let spread = if sampled > 1.0 { sampled / (sampled - 1.0) } else { 1.0 };
        let present = units.len() as f64;
        let adjusts = self.design.lonely == Lonely::Adjust;
        let alone = units.len() == 1 && sampled > 1.0 && self.design.adjust_domain;
        if alone && self.design.lonely == Lonely::Average {
            return Ok(None);
        }
        if sampled <= 1.0 {
            match self.design.lonely {
                Lonely::Average => return Ok(None),
                Lonely::Fail => {
                    let unit = layout.units[units[0] as usize];
                    let row = stage.unit.iter().position(|other| *other == unit);
                    return Err(Trouble::LonelyUnit { stage: at + 1, row: row.unwrap_or(0) + 1 });
                }
                _ => {}
            }
        }
        let centred = !adjusts || units.len() > 1 || (sampled > 1.0 && !self.design.adjust_domain);
        let all = present.max(sampled);
        let mean = |sums: &Vec<f64>| match centred {
            true => units.iter().map(|unit| sums[*unit as usize]).sum::<f64>() / all,
            false => 0.0,
        };
        let means: Vec<f64> = sums.iter().map(mean).collect();
        let mut distance = vec![0.0; count];
        let absent = all - present;
        for unit in units {
            for ((slot, sums), mean) in distance.iter_mut().zip(sums).zip(&means) {
                *slot = sums[*unit as usize] - mean;
            }
            let free = if absent > 0.0 { free(units[0]) } else { free(*unit) };
            added.add_square(&distance, spread * free);
        }
        if absent > 0.0 {
            added.add_square(&means, absent * spread * free(units[0]));
        }
        Ok(Some(added))
    }
}

fn freedom(stage: &Stage, rows: impl Iterator<Item = u32>) -> f64 {
    let mut units = vec![false; stage.stratum_of.len()];
    let mut strata = vec![false; stage.sampled.len()];
    let mut count = 0.0;
    for row in rows {
        let unit = stage.unit[row as usize] as usize;
        if !std::mem::replace(&mut units[unit], true) {
            count += 1.0;
            if !std::mem::replace(&mut strata[stage.stratum_of[unit] as usize], true) {
                count -= 1.0;
            }
        }
    }
    count
}

/// The units of a stage that some rows touch.
struct Layout {
    /// For every row the place of its unit among those present.
    place: Vec<u32>,
    /// The units present, in order of first meeting.
    units: Vec<u32>,
    /// Strata present with the places of their units, those of one parent together.
    strata: Vec<(u32, Vec<u32>)>,
}

impl Layout {
    fn of(stage: &Stage, rows: &[u32]) -> Self {
        let mut known = vec![0u32; stage.stratum_of.len()];
        let mut units = Vec::new();
        let mut place = Vec::with_capacity(rows.len());
        for row in rows {
            let unit = stage.unit[*row as usize];
            let slot = &mut known[unit as usize];
            if *slot == 0 {
                units.push(unit);
                *slot = units.len() as u32;
            }
            place.push(*slot - 1);
        }
        let mut at: Vec<u32> = vec![0; stage.sampled.len()];
        let mut strata: Vec<(u32, Vec<u32>)> = Vec::new();
        for (place, unit) in units.iter().enumerate() {
            let stratum = stage.stratum_of[*unit as usize];
            let slot = &mut at[stratum as usize];
            if *slot == 0 {
                strata.push((stratum, Vec::new()));
                *slot = strata.len() as u32;
            }
            strata[*slot as usize - 1].1.push(place as u32);
        }
        strata.sort_by_key(|(stratum, _)| (stage.parent[*stratum as usize], *stratum));
        Self { place, units, strata }
    }

    fn sums(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.units.len()];
        for (place, value) in self.place.iter().zip(values) {
            sums[*place as usize] += value;
        }
        sums
    }
}
