//! Replicates made from a design with strata of one unit and strata drawn whole, beside R 4.2.2
//! with survey 4.1-1: `as.svrepdesign`, then `svymean(~y)` and `svyratio(~y, ~w)`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use std::rc::Rc;

use serde_json::{Value, json};
use survey::{Case, Table, answer};

const SAMPLE: &str = include_str!("data/replicates.csv");
/// One line for each rule for lonely units, with and without population counts and `mse`.
const JACKKNIFE: &str = include_str!("data/jackknife_r.csv");

fn told(design: &Value, statistic: Value) -> Value {
    let case = json!({"id": 1, "data": "d.csv", "design": design, "statistic": statistic});
    let case: Case = serde_json::from_value(case).unwrap();
    let source = |_: &str| Table::read(SAMPLE.as_bytes(), |_| true).map(Rc::new);
    answer(&case, &source).unwrap()
}

fn design() -> Value {
    json!({"ids": "unit", "strata": "stratum", "weights": "w", "nest": true, "replicates": "JKn"})
}

#[track_caller]
fn near(ours: &Value, theirs: f64) {
    let ours = ours.as_f64().unwrap();
    assert!((ours / theirs - 1.0).abs() < 1e-8, "{ours} is not {theirs}");
}

#[test]
fn the_jackknife_is_that_of_r() {
    let lines: Vec<&str> = JACKKNIFE.lines().skip(1).collect();
    assert_eq!(lines.len(), 16);
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let mut design = design();
        design["lonely_psu"] = json!(cells[0]);
        design["fpc"] = if cells[1] == "true" { json!("all") } else { json!([]) };
        design["mse"] = json!(cells[2] == "true");
        let mean = told(&design, json!({"stat": "mean", "vars": "y"}));
        let ratio = json!({"stat": "ratio", "numerator": "y", "denominator": "w"});
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        near(&mean["se"]["y"], number(3));
        near(&told(&design, ratio)["se"], number(4));
        near(&mean["df"], number(5));
    }
}

/// Replicates are raked in as many passes as the sample, however far that leaves them.
#[test]
fn raked_replicates_are_those_of_r() {
    let mut design = design();
    design["lonely_psu"] = json!("remove");
    design["mse"] = json!(true);
    for (epsilon, mean, error) in [
        (1.0, 14.235_513_207_747_676, 0.893_874_439_467_16),
        (1e-9, 14.081_756_887_095_192, 0.937_418_457_795_13),
    ] {
        design["calibration"] = json!({
            "method": "rake", "margins": ["sex", "age"], "epsilon": epsilon,
            "totals": [{"F": 30, "M": 34}, {"old": 25, "young": 39}]
        });
        let told = told(&design, json!({"stat": "mean", "vars": "y"}));
        near(&told["coef"]["y"], mean);
        near(&told["se"]["y"], error);
    }
}

/// With replicates `svytable` stretches the counts to the weights of all rows, those with a
/// missing value too.
#[test]
fn cells_reach_as_far_as_the_weights() {
    let mut design = design();
    design["lonely_psu"] = json!("remove");
    let table = Table::read(SAMPLE.as_bytes(), |_| true).unwrap();
    let whole: f64 = table.numbers("w").unwrap().iter().sum();
    let chisq = json!({"stat": "chisq", "vars": ["sex", "x"], "statistic": "Chisq"});
    let cells = told(&design, chisq)["cell_totals"].clone();
    let all = cells.as_array().unwrap().iter().flat_map(|row| row.as_array().unwrap());
    near(&json!(all.map(|cell| cell.as_f64().unwrap()).sum::<f64>()), whole);
}

/// `svycontrast` of `svyby(~y, ~sex)` and of `svyby(~y, ~stratum)`.
#[test]
fn contrasts_are_those_of_r() {
    let mut design = design();
    design["lonely_psu"] = json!("remove");
    design.as_object_mut().unwrap().remove("replicates");
    let sexes = json!({"stat": "difference", "vars": "y", "by": "sex", "contrast": [1, -1]});
    let found = told(&design, sexes);
    near(&found["estimate"], -2.252_557_041_699_448_7);
    near(&found["se"], 0.824_387_930_414_003_8);
    near(&found["ci95_normal"][0], -3.868_327_694_600_408);
    near(&found["ci95_t"][1], 0.036_310_792_482_651_34);
    let two = told(&design, json!({"stat": "difference", "vars": "y", "by": "sex"}));
    near(&two["t"], 2.732_399_345_740_335_5);
    near(&two["p_value"], 0.071_795_609_611_145_84);
    assert_eq!(two["df"], 3);
    let factors = json!({"a": -0.5, "c": 1, "e": -0.5});
    let strata = json!({"stat": "difference", "vars": "y", "by": "stratum", "contrast": factors});
    let found = told(&design, strata.clone());
    near(&found["estimate"], 2.536_026_936_026_935_6);
    near(&found["se"], 2.593_915_522_135_544_5);
    design["replicates"] = json!("JKn");
    near(&told(&design, strata)["se"], 2.980_316_875_151_195_7);
}
