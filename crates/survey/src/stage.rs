//! One stage of sampling: units within strata, and the sizes of both.

use std::collections::HashMap;

/// One stage. Units are numbered over the whole sample, and so are strata.
#[derive(Clone, Debug)]
pub(crate) struct Stage {
    /// The unit of every row.
    pub(crate) unit: Vec<u32>,
    /// The stratum of every unit.
    pub(crate) stratum_of: Vec<u32>,
    /// Units sampled in every stratum.
    pub(crate) sampled: Vec<f64>,
    /// Units in the population of the stratum, for every unit.
    pub(crate) population: Option<Vec<f64>>,
    /// The unit of the stage above in which a stratum lies.
    pub(crate) parent: Vec<u32>,
    /// Share sampled over the stages above, for every unit: what its part of the variance is
    /// divided by.
    pub(crate) chain: Vec<f64>,
    row_stratum: Vec<u32>,
}

impl Stage {
    pub(crate) fn new(unit: Vec<u32>, row_stratum: Vec<u32>) -> Self {
        let units = unit.iter().max().map_or(0, |most| *most as usize + 1);
        let strata = row_stratum.iter().max().map_or(0, |most| *most as usize + 1);
        let mut stratum_of = vec![u32::MAX; units];
        let mut sampled = vec![0.0; strata];
        for (unit, stratum) in unit.iter().zip(&row_stratum) {
            if stratum_of[*unit as usize] == u32::MAX {
                stratum_of[*unit as usize] = *stratum;
                sampled[*stratum as usize] += 1.0;
            }
        }
        let chain = vec![1.0; units];
        Self {
            unit,
            stratum_of,
            sampled,
            population: None,
            parent: vec![0; strata],
            chain,
            row_stratum,
        }
    }

    /// The first row whose unit lies in another stratum already.
    pub(crate) fn check(&self) -> Result<(), usize> {
        let mut rows = self.unit.iter().zip(&self.row_stratum);
        rows.position(|(unit, stratum)| self.stratum_of[*unit as usize] != *stratum)
            .map_or(Ok(()), Err)
    }

    pub(crate) fn units(&self) -> usize {
        self.stratum_of.iter().filter(|stratum| **stratum != u32::MAX).count()
    }

    /// Says in which unit of the stage above every stratum lies.
    pub(crate) fn hang(&mut self, above: &Self) {
        for (stratum, unit) in self.row_stratum.iter().zip(&above.unit) {
            self.parent[*stratum as usize] = *unit;
        }
    }

    /// Keeps the population count of the first row of every unit.
    pub(crate) fn set_population(&mut self, row: usize, count: f64) {
        let units = self.stratum_of.len();
        let population = self.population.get_or_insert_with(|| vec![f64::NAN; units]);
        let slot = &mut population[self.unit[row] as usize];
        if slot.is_nan() {
            *slot = count;
        }
    }

    /// Multiplies up the shares sampled above.
    pub(crate) fn chain(&mut self, above: &Self) {
        for unit in 0..self.stratum_of.len() {
            let Some(stratum) = self
                .sampled
                .get(self.stratum_of[unit] as usize)
                .map(|_| self.stratum_of[unit] as usize)
            else {
                continue;
            };
            let parent = self.parent[stratum] as usize;
            let sampled = above.sampled[above.stratum_of[parent] as usize];
            let population = above.population.as_ref().map_or(f64::INFINITY, |all| all[parent]);
            self.chain[unit] = above.chain[parent] * sampled / population;
        }
    }
}

/// Every pair of codes gets its own code, in order of first meeting; the codes and their number.
pub(crate) fn cross(one: &[u32], other: &[u32]) -> (Vec<u32>, usize) {
    let most = |codes: &[u32]| codes.iter().max().map_or(0, |most| *most as usize + 1);
    let (tall, wide) = (most(one), most(other));
    let mut count = 0;
    let mut next = |slot: &mut u32| {
        if *slot == u32::MAX {
            *slot = count;
            count += 1;
        }
        *slot
    };
    let pairs = one.iter().zip(other);
    let codes = if tall.saturating_mul(wide) <= 4 * one.len() + 1024 {
        let mut known = vec![u32::MAX; tall * wide];
        pairs.map(|(a, b)| next(&mut known[*a as usize * wide + *b as usize])).collect()
    } else {
        let mut known: HashMap<(u32, u32), u32> = HashMap::new();
        pairs.map(|(a, b)| next(known.entry((*a, *b)).or_insert(u32::MAX))).collect()
    };
    (codes, count as usize)
}
