//! Replicates made from a design: jackknife, balanced halves, bootstrap.

use super::Replicates;
use super::hadamard::balanced;
use crate::design::Design;
use crate::plan::{Lonely, Method, Plan};
use crate::table::Table;
use crate::trouble::Trouble;

pub(super) fn make(
    plan: &Plan,
    design: &Design,
    table: &Table,
    method: Method,
) -> Result<Replicates, Trouble> {
    let stage = &design.stages[0];
    let mut made = match method {
        Method::JK1 if design.stratified => {
            return Err(Trouble::request("replicates", "JK1 with strata", "JKn"));
        }
        Method::JKn if !design.stratified => {
            return Err(Trouble::request("replicates", "JKn without strata", "JK1"));
        }
        Method::JK1 | Method::JKn => jackknife(plan, design)?,
        Method::BRR | Method::Fay if !design.stratified => {
            let expected = "JK1 or bootstrap, or strata of two units";
            return Err(Trouble::request("replicates", "halves without strata", expected));
        }
        Method::BRR | Method::Fay => halves(plan, design, table, method)?,
        Method::Bootstrap => bootstrap(plan, design)?,
        Method::Other => {
            let expected = "replicate_weights from a file";
            return Err(Trouble::request("replicates", "other", expected));
        }
    };
    made.unit = stage.unit.clone();
    Ok(made)
}

pub(super) fn rho(plan: &Plan) -> Result<f64, Trouble> {
    match plan.rho {
        Some(rho) if (0.0..1.0).contains(&rho) => Ok(rho),
        Some(rho) => Err(Trouble::request("rho", rho, "0 up to but not including 1")),
        None => Err(Trouble::request("rho", "nothing", "Fay's factor")),
    }
}

/// The units of every stratum, strata and units in order of first meeting.
fn strata(design: &Design) -> Vec<Vec<u32>> {
    let stage = &design.stages[0];
    let mut seen = vec![false; stage.stratum_of.len()];
    let mut place = vec![usize::MAX; stage.sampled.len()];
    let mut strata: Vec<Vec<u32>> = Vec::new();
    for unit in &stage.unit {
        if std::mem::replace(&mut seen[*unit as usize], true) {
            continue;
        }
        let slot = &mut place[stage.stratum_of[*unit as usize] as usize];
        if *slot == usize::MAX {
            *slot = strata.len();
            strata.push(Vec::new());
        }
        strata[*slot].push(*unit);
    }
    strata
}

/// Each unit in turn is left out and the others of its stratum take its weight.
fn jackknife(plan: &Plan, design: &Design) -> Result<Replicates, Trouble> {
    let stage = &design.stages[0];
    let units = stage.stratum_of.len();
    let strata = strata(design);
    let (mut factors, mut scales) = (Vec::new(), Vec::new());
    for stratum in &strata {
        let many = stratum.len() as f64;
        let free = match &stage.population {
            None => 1.0,
            Some(all) => {
                let population = all[stratum[0] as usize];
                if population.is_infinite() { 1.0 } else { (population - many) / population }
            }
        };
        // A stratum of which every unit was drawn does not vary: it has no replicates.
        if free == 0.0 {
            continue;
        }
        if stratum.len() == 1 {
            match plan.lonely_psu {
                Lonely::Fail => {
                    let row = stage.unit.iter().position(|unit| *unit == stratum[0]);
                    return Err(Trouble::LonelyUnit { stage: 1, row: row.unwrap_or(0) + 1 });
                }
                Lonely::Adjust => {
                    // The stratum is left out of all of them, and the others stand for it.
                    let many = strata.len() as f64;
                    let mut all = vec![many / (many - 1.0); units];
                    all[stratum[0] as usize] = 0.0;
                    factors.push(all);
                    scales.push((many - 1.0) / many);
                }
                _ => {}
            }
            continue;
        }
        for left in stratum {
            let mut all = vec![1.0; units];
            for unit in stratum {
                all[*unit as usize] = many / (many - 1.0);
            }
            all[*left as usize] = 0.0;
            factors.push(all);
            scales.push(free * (many - 1.0) / many);
        }
    }
    if factors.is_empty() {
        return Err(Trouble::request("replicates", "no stratum to leave units out of", "one"));
    }
    let mut scale = 1.0;
    if plan.lonely_psu == Lonely::Average {
        scale = strata.iter().map(Vec::len).sum::<usize>() as f64 / factors.len() as f64;
    }
    Ok(Replicates {
        unit: vec![],
        factors,
        combined: false,
        scale,
        scales,
        mse: false,
        fixed: None,
    })
}

/// From every pair of units one half is taken, balanced over pairs by a Hadamard matrix. A
/// stratum of an even number of units counts as pairs.
///
/// Which row of the matrix a pair gets matters to whatever is not a total. As in R's survey the
/// larger strata come first, and strata in the order of their names.
fn halves(
    plan: &Plan,
    design: &Design,
    table: &Table,
    method: Method,
) -> Result<Replicates, Trouble> {
    let rho = if method == Method::Fay { rho(plan)? } else { 0.0 };
    let names = match plan.strata.0.first() {
        Some(column) => table.factor(column)?.levels,
        None => vec![],
    };
    let stage = &design.stages[0];
    let mut strata = strata(design);
    strata.sort_by_key(|units| {
        let stratum = stage.stratum_of[units[0] as usize] as usize;
        (units.len() == 2, names.get(stratum))
    });
    let mut pairs = Vec::new();
    for stratum in strata {
        if stratum.len() % 2 == 1 {
            let found = format!("a stratum of {} units", stratum.len());
            return Err(Trouble::request("replicates", found, "strata of an even number"));
        }
        pairs.extend(stratum.chunks(2).map(|pair| [pair[0] as usize, pair[1] as usize]));
    }
    let rows = balanced(pairs.len());
    let units = design.stages[0].stratum_of.len();
    let factors: Vec<Vec<f64>> = (0..rows.len())
        .map(|replicate| {
            let mut all = vec![1.0; units];
            for (at, [one, other]) in pairs.iter().enumerate() {
                let first = rows[at + 1][replicate];
                (all[*one], all[*other]) = if first { (2.0 - rho, rho) } else { (rho, 2.0 - rho) };
            }
            all
        })
        .collect();
    let many = factors.len() as f64;
    let scale = 1.0 / (many * (1.0 - rho) * (1.0 - rho));
    let scales = vec![1.0; factors.len()];
    Ok(Replicates {
        unit: vec![],
        factors,
        combined: false,
        scale,
        scales,
        mse: false,
        fixed: None,
    })
}

/// From the n units of a stratum n − 1 are drawn with replacement; each draw counts n / (n − 1).
fn bootstrap(plan: &Plan, design: &Design) -> Result<Replicates, Trouble> {
    let Some(seed) = plan.seed else {
        let expected = "a seed to draw from, or replicate_weights from a file";
        return Err(Trouble::request("seed", "nothing", expected));
    };
    let strata = strata(design);
    if let Some(alone) = strata.iter().find(|stratum| stratum.len() < 2) {
        let unit = &design.stages[0].unit;
        let row = unit.iter().position(|unit| *unit == alone[0]).unwrap_or(0);
        return Err(Trouble::LonelyUnit { stage: 1, row: row + 1 });
    }
    let many = plan.n_replicates.unwrap_or(500);
    if many < 2 {
        return Err(Trouble::request("n_replicates", many, "two or more"));
    }
    let mut urn = Urn(seed);
    let factors = (0..many)
        .map(|_| {
            let mut all = vec![0.0; design.stages[0].stratum_of.len()];
            for stratum in &strata {
                let size = stratum.len();
                for _ in 1..size {
                    all[stratum[urn.draw(size)] as usize] += size as f64 / (size - 1) as f64;
                }
            }
            all
        })
        .collect();
    let (scale, scales) = (1.0 / (many - 1) as f64, vec![1.0; many]);
    Ok(Replicates {
        unit: vec![],
        factors,
        combined: false,
        scale,
        scales,
        mse: false,
        fixed: None,
    })
}

/// SplitMix64 (Steele, Lea and Flood 2014), which anybody can write down again.
struct Urn(u64);

impl Urn {
    fn draw(&mut self, balls: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        ((u128::from(mixed) * balls as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests;
