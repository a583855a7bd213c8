//! Designs: weights, stages of clusters within strata, and what they know of the population.

use crate::calibrate::{self, Correction};
use crate::pairs::Pairs;
use crate::plan::{Lonely, Names, Plan, Pps};
use crate::replicates::Replicates;
use crate::stage::{Stage, cross};
use crate::table::{MISSING, Table};
use crate::trouble::Trouble;
use crate::view::View;

/// A sample as it was drawn, with the weight of every row.
///
/// ```
/// let table = survey::Table::read(&b"school,w,y\n1,2,3\n1,2,5\n2,3,8\n"[..], |_| true)?;
/// let plan = survey::Plan {
///     ids: survey::Names(vec!["school".into()]),
///     weights: Some("w".into()),
///     ..Default::default()
/// };
/// let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// assert_eq!(design.whole().freedom(), 1.0);
/// let mean = design.whole().mean(&survey::Terms::of(&table, &["y"])?)?;
/// assert!((mean.values[0] - 40.0 / 7.0).abs() < 1e-12);
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Debug)]
pub struct Design {
    pub(crate) rows: usize,
    pub(crate) weights: Vec<f64>,
    pub(crate) stages: Vec<Stage>,
    pub(crate) stratified: bool,
    pub(crate) lonely: Lonely,
    pub(crate) adjust_domain: bool,
    pub(crate) pps: bool,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) pairs: Option<Pairs>,
    pub(crate) replicates: Option<Replicates>,
}

/// The further tables a plan may name.
///
/// ```
/// # let table = survey::Table::read(&b"w,y\n2,3\n2,5\n"[..], |_| true)?;
/// let replicates = survey::Table::read(&b"r1,r2\n4,0\n0,4\n"[..], |_| true)?;
/// let plan: survey::Plan = serde_json::from_value(serde_json::json!({
///     "weights": "w", "replicates": "JK1", "replicate_weights": "r.csv"
/// })).unwrap();
/// let files = survey::Files { replicate_weights: Some(&replicates), joint: None };
/// let design = survey::Design::new(&plan, &table, files)?;
/// let total = design.whole().total(&survey::Terms::of(&table, &["y"])?)?;
/// assert_eq!((total.values[0], total.errors()[0]), (16.0, 4.0));
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Files<'a> {
    /// Joint probabilities, a square in the order of the rows.
    pub joint: Option<&'a Table>,
    /// Replicate weights, a column a replicate.
    pub replicate_weights: Option<&'a Table>,
}

impl Design {
    /// Makes the design of a plan over a table.
    ///
    /// # Errors
    /// [`Trouble`] for unknown columns, missing or impossible values, a unit in two strata without
    /// `nest`, a stratum without or with varying population count, and totals that cannot be met.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// let strata = survey::Names(vec!["s".into()]);
    /// let plan = survey::Plan { weights: Some("w".into()), strata, ..Default::default() };
    /// // The only woman is alone in her stratum: it can be planned, and has no variance.
    /// let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// assert_eq!(design.whole().freedom(), 1.0);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn new(plan: &Plan, table: &Table, files: Files) -> Result<Self, Trouble> {
        let rows = table.rows();
        let mut stages = stages(plan, table)?;
        let sizes = populations(plan, table, &mut stages)?;
        let weights = weights(plan, table, &stages, sizes)?;
        let mut design = Self {
            rows,
            weights,
            stages,
            stratified: !plan.strata.0.is_empty(),
            lonely: plan.lonely_psu,
            adjust_domain: plan.adjust_domain_lonely,
            pps: plan.pps == Some(Pps::Brewer),
            corrections: vec![],
            pairs: None,
            replicates: None,
        };
        design.pairs = Pairs::of(plan, &design, files.joint)?;
        design.replicates = Replicates::of(plan, &design, table, files.replicate_weights)?;
        if let Some(calibration) = &plan.calibration {
            calibrate::apply(&mut design, calibration, table)?;
        }
        Ok(design)
    }

    /// The whole sample.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// assert_eq!(design.whole().rows(), [0, 1, 2]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn whole(&self) -> View<'_> {
        View::new(self, (0..self.rows as u32).collect())
    }

    /// The rows a condition holds for; where it is open it does not.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// let some = design.subset(&[Some(true), None, Some(true)]);
    /// assert_eq!(some.rows(), [0, 2]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn subset(&self, judged: &[Option<bool>]) -> View<'_> {
        let kept = judged.iter().enumerate().filter(|(_, judged)| **judged == Some(true));
        View::new(self, kept.map(|(row, _)| row as u32).collect())
    }

    /// The weight of every row of the table.
    ///
    /// ```
    /// # let table = survey::Table::read(&b"w,y,s\n2,3,F\n2,5,M\n2,10,M\n"[..], |_| true)?;
    /// # let plan = survey::Plan { weights: Some("w".into()), ..Default::default() };
    /// # let design = survey::Design::new(&plan, &table, survey::Files::default())?;
    /// assert_eq!(design.weights(), [2.0, 2.0, 2.0]);
    /// # Ok::<(), survey::Trouble>(())
    /// ```
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Whether rows left out stay in the design with weight 0, as they must where weights were
    /// brought to totals of the whole sample.
    pub(crate) fn keeps_rows(&self) -> bool {
        self.replicates.is_none()
            && (self.pps || self.pairs.is_some() || !self.corrections.is_empty())
    }
}

/// Codes of a column every row of which must be filled.
fn filled(table: &Table, name: &str) -> Result<Vec<u32>, Trouble> {
    let factor = table.factor(name)?;
    match factor.codes.iter().position(|code| *code == MISSING) {
        Some(row) => Err(Trouble::Missing { column: name.to_owned(), row: row + 1 }),
        None => Ok(factor.codes),
    }
}

/// Numbers of a column every row of which must be filled.
pub(crate) fn filled_numbers<'a>(table: &'a Table, name: &str) -> Result<&'a [f64], Trouble> {
    let values = table.numbers(name)?;
    match values.iter().position(|value| value.is_nan()) {
        Some(row) => Err(Trouble::Missing { column: name.to_owned(), row: row + 1 }),
        None => Ok(values),
    }
}

fn stages(plan: &Plan, table: &Table) -> Result<Vec<Stage>, Trouble> {
    let rows = table.rows();
    let Names(ids) = &plan.ids;
    let elements = matches!(&ids[..], [one] if one == "1" && table.column(one).is_err());
    let ids = if elements { &[][..] } else { &ids[..] };
    let mut strata = Vec::new();
    for name in &plan.strata.0 {
        strata.push(filled(table, name)?);
    }
    let mut stages: Vec<Stage> = Vec::new();
    for stage in 0..ids.len().max(1) {
        let mut unit = match ids.get(stage) {
            Some(name) => filled(table, name)?,
            None => (0..rows as u32).collect(),
        };
        let last = strata.get(stage.min(strata.len().max(1) - 1));
        let stratum = match (stages.last(), last) {
            (None, None) => vec![0; rows],
            (None, Some(codes)) => codes.clone(),
            (Some(above), None) => above.unit.clone(),
            (Some(above), Some(codes)) => cross(codes, &above.unit).0,
        };
        if let Some(above) = stages.last() {
            unit = cross(&above.unit, &unit).0;
        } else if plan.nest {
            unit = cross(&stratum, &unit).0;
        }
        let made = Stage::new(unit, stratum);
        if let Err(row) = made.check() {
            let name = ids.get(stage).cloned().unwrap_or_default();
            let unit = table.factor(&name).ok().map(|factor| {
                factor.levels.get(factor.codes[row] as usize).cloned().unwrap_or_default()
            });
            return Err(Trouble::TwoStrata {
                column: name,
                unit: unit.unwrap_or_default(),
                row: row + 1,
            });
        }
        stages.push(made);
    }
    if let Some(first) = stages.first()
        && first.units() <= 1
        && (!plan.nest || plan.strata.0.is_empty())
        && plan.replicate_weights.is_none()
    {
        let found = format!("{} primary unit", first.units());
        return Err(Trouble::request("ids", found, "two or more primary units"));
    }
    for stage in 1..stages.len() {
        let (above, below) = stages.split_at_mut(stage);
        below[0].hang(&above[stage - 1]);
    }
    Ok(stages)
}

/// Gives the stages what `fpc` says; the product of population over sample for every row.
fn populations(
    plan: &Plan,
    table: &Table,
    stages: &mut [Stage],
) -> Result<Option<Vec<f64>>, Trouble> {
    let Names(names) = &plan.fpc;
    if names.is_empty() {
        return Ok(None);
    }
    if names.len() != stages.len() {
        let expected = format!("one column for each of the {} stages", stages.len());
        return Err(Trouble::request("fpc", names.len(), expected));
    }
    let mut columns = Vec::new();
    for name in names {
        let column = table.numbers(name)?;
        if let Some(row) = column.iter().position(|size| size.is_nan()) {
            return Err(Trouble::Population {
                column: name.clone(),
                row: row + 1,
                found: "found nothing".to_owned(),
                expected: "the population count of its stratum in every row".to_owned(),
            });
        }
        columns.push(column);
    }
    let counts = columns.iter().any(|column| column.iter().any(|size| *size > 1.0));
    let mut sizes = vec![1.0; table.rows()];
    for ((stage, column), name) in stages.iter_mut().zip(&columns).zip(names) {
        for (row, size) in column.iter().enumerate() {
            let stratum = stage.stratum_of[stage.unit[row] as usize] as usize;
            let sampled = stage.sampled[stratum];
            let population = if counts { *size } else { sampled / size };
            let fault = |found: String, expected: &str| Trouble::Population {
                column: name.clone(),
                row: row + 1,
                found: format!("found population count {found}"),
                expected: expected.to_owned(),
            };
            if *size <= 0.0 || (counts && *size < 1.0) {
                let expected = "a population count in every row or a share in every row";
                return Err(fault(size.to_string(), expected));
            }
            if population < sampled {
                let expected = format!("at least the {sampled} units sampled");
                return Err(fault(population.to_string(), &expected));
            }
            sizes[row] *= population / sampled;
            stage.set_population(row, population);
        }
    }
    for stage in 1..stages.len() {
        let (above, below) = stages.split_at_mut(stage);
        below[0].chain(&above[stage - 1]);
    }
    Ok(Some(sizes))
}

fn weights(
    plan: &Plan,
    table: &Table,
    stages: &[Stage],
    sizes: Option<Vec<f64>>,
) -> Result<Vec<f64>, Trouble> {
    let Some(name) = plan.weights.as_deref().filter(|_| plan.pps.is_none()) else {
        return Ok(sizes.unwrap_or_else(|| vec![1.0; stages.first().map_or(0, |s| s.unit.len())]));
    };
    if table.column(name).is_err()
        && let Some(equal) = name.strip_prefix("equal ").and_then(|text| text.parse().ok())
    {
        return Ok(vec![equal; table.rows()]);
    }
    let weights = filled_numbers(table, name)?;
    match weights.iter().position(|weight| *weight <= 0.0 || weight.is_infinite()) {
        Some(row) => Err(Trouble::Weight {
            column: name.to_owned(),
            row: row + 1,
            found: weights[row].to_string(),
        }),
        None => Ok(weights.to_vec()),
    }
}
