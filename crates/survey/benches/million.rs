//! A million rows: raking, shares in 168 domains, shares in 8 domains of a raked sample.
//!
//! R's survey 4.1-1 takes 2.4, 12.5 and 21 seconds for the same on one core.

use std::sync::LazyLock;

use survey::{Calibration, Column, Design, Factor, Files, Names, Plan, Table, Terms};

const ROWS: usize = 1_000_000;

fn main() {
    LazyLock::force(&TABLE);
    divan::main();
}

static TABLE: LazyLock<Table> = LazyLock::new(table);

/// Knuth's linear congruence: the same rows every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides) as u32
    }
}

fn factor(codes: Vec<u32>, levels: u32, prefix: &str) -> Column {
    let levels = (0..levels).map(|level| format!("{prefix}{level:05}")).collect();
    Column::Words(Factor { codes, levels })
}

fn table() -> Table {
    let mut dice = Dice(1);
    let mut drawn = |sides: u64| (0..ROWS).map(|_| dice.roll(sides)).collect::<Vec<u32>>();
    let (age, sex, hukou) = (drawn(3), drawn(2), drawn(2));
    let (satisfied, kind, weight) = (drawn(2), drawn(8), drawn(1000));
    let community: Vec<u32> = (0..ROWS).map(|row| (row / (ROWS / 2016 + 1)) as u32).collect();
    let county = community.iter().map(|community| community / 96).collect();
    let domain = community.iter().map(|community| community / 96 * 8 + community % 8).collect();
    let population = community.iter().map(|community| f64::from(400 + community / 96)).collect();
    let weight = weight.into_iter().map(|weight| 5.0 + f64::from(weight) / 100.0).collect();
    let columns = [
        ("county", factor(county, 21, "county")),
        ("community", factor(community, 2016, "community")),
        ("population", Column::Numbers(population)),
        ("w", Column::Numbers(weight)),
        ("age", factor(age, 3, "age")),
        ("sex", factor(sex, 2, "sex")),
        ("hukou", factor(hukou, 2, "hukou")),
        ("satisfied", factor(satisfied, 2, "s")),
        ("kind", factor(kind, 8, "kind")),
        ("domain", factor(domain, 168, "domain")),
    ];
    Table::from_columns(columns.map(|(name, column)| (name.to_owned(), column))).unwrap_or_default()
}

fn plan(raked: bool) -> Plan {
    let totals = |name: &str, counts: &[f64]| {
        let named = counts.iter().enumerate();
        named.map(|(level, count)| (format!("{name}{level:05}"), *count)).collect()
    };
    let calibration = Calibration::Rake {
        margins: ["age", "sex", "hukou"].map(str::to_owned).to_vec(),
        totals: vec![
            totals("age", &[3.0e6, 3.4e6, 3.6e6]),
            totals("sex", &[5.2e6, 4.8e6]),
            totals("hukou", &[4.6e6, 5.4e6]),
        ],
        epsilon: None,
        maxit: None,
    };
    Plan {
        ids: Names(vec!["community".to_owned()]),
        strata: Names(vec!["county".to_owned()]),
        weights: Some("w".to_owned()),
        fpc: Names(vec!["population".to_owned()]),
        calibration: raked.then_some(calibration),
        ..Plan::default()
    }
}

fn design(raked: bool) -> Option<Design> {
    Design::new(&plan(raked), &TABLE, Files::default()).ok()
}

/// The design and its raking to three margins.
#[divan::bench]
fn rake() -> Option<Design> {
    design(true)
}

/// Shares of two categories in 168 domains.
#[divan::bench]
fn shares_in_168_domains(bencher: divan::Bencher) {
    let design = design(false);
    bencher.bench_local(|| shares(design.as_ref(), "domain"));
}

/// Shares of two categories in 8 domains of a raked sample.
#[divan::bench]
fn shares_in_8_domains_raked(bencher: divan::Bencher) {
    let design = design(true);
    bencher.bench_local(|| shares(design.as_ref(), "kind"));
}

fn shares(design: Option<&Design>, by: &str) -> Option<usize> {
    let terms = Terms::categories(&TABLE, &["satisfied"]).ok()?;
    let domains = TABLE.factor(by).ok()?;
    Some(design?.whole().domain_means(&domains, &terms).ok()?.len())
}
