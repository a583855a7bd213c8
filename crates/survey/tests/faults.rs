//! What cannot be computed is said with its place: column, row, what was found and expected.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use std::rc::Rc;

use serde_json::{Value, json};
use survey::{Case, Table, answer};

const CSV: &str = "county,school,size,w,age,sex,y\n\
    \"a\",1,9,2,\"old\",\"F\",3\n\"a\",2,9,2,\"old\",\"M\",5\n\"a\",2,9,1,\"young\",\"F\",4\n\
    \"b\",1,7,3,\"old\",\"M\",8\n\"b\",3,7,3,\"young\",\"M\",6\n\"b\",3,7,2,\"young\",\"F\",2\n";

fn fault_in(csv: &str, design: Value, statistic: Value) -> String {
    let case = json!({"id": 1, "data": "d.csv", "design": design, "statistic": statistic});
    let case: Case = serde_json::from_value(case).unwrap();
    let source = |_: &str| Table::read(csv.as_bytes(), |_| true).map(Rc::new);
    answer(&case, &source).unwrap_err().to_string()
}

fn fault(design: Value) -> String {
    fault_in(CSV, design, json!({"stat": "mean", "vars": ["y"]}))
}

#[track_caller]
fn says(fault: &str, parts: &[&str]) {
    for part in parts {
        assert!(fault.contains(part), "{fault:?} does not say {part:?}");
    }
}

#[test]
fn an_unknown_column_lists_the_known() {
    says(&fault(json!({"weights": "weight"})), &["\"weight\"", "unknown", "county, school"]);
    let ratio = json!({"stat": "ratio", "numerator": "y", "denominator": "z"});
    says(&fault_in(CSV, json!({"weights": "w"}), ratio), &["\"z\"", "unknown"]);
}

#[test]
fn a_weight_that_is_not_above_zero() {
    let csv = CSV.replace(",1,\"young\"", ",0,\"young\"");
    let mean = json!({"stat": "mean", "vars": ["y"]});
    let said = fault_in(&csv, json!({"weights": "w"}), mean.clone());
    says(&said, &["\"w\"", "row 3", "found weight 0", "above 0"]);
    let csv = CSV.replace(",1,\"young\"", ",,\"young\"");
    says(&fault_in(&csv, json!({"weights": "w"}), mean), &["\"w\"", "row 3", "found nothing"]);
}

#[test]
fn a_stratum_without_population_count() {
    let csv = CSV.replace("\"b\",1,7", "\"b\",1,");
    let design = json!({"strata": "county", "ids": "school", "fpc": "size", "nest": true});
    let said = fault_in(&csv, design, json!({"stat": "mean", "vars": ["y"]}));
    says(&said, &["\"size\"", "row 4", "found nothing", "population count"]);
}

#[test]
fn fewer_in_the_population_than_in_the_sample() {
    let csv = CSV.replace(",7,", ",1,");
    let design = json!({"strata": "county", "ids": "school", "fpc": "size", "nest": true});
    let said = fault_in(&csv, design, json!({"stat": "mean", "vars": ["y"]}));
    says(&said, &["\"size\"", "row 4", "population count 1", "at least the 2 units sampled"]);
}

#[test]
fn a_unit_in_two_strata_without_nest() {
    let said = fault(json!({"strata": "county", "ids": "school", "weights": "w"}));
    says(&said, &["\"school\"", "row 4", "\"1\"", "second stratum", "nest"]);
}

#[test]
fn margins_that_cannot_meet_are_named() {
    let rake = |old: f64, female: f64| {
        let margins = json!([
            {"old": old, "young": 13.0 - old}, {"F": female, "M": 13.0 - female}
        ]);
        json!({"weights": "w", "calibration":
            {"method": "rake", "margins": ["age", "sex"], "totals": margins}})
    };
    let csv =
        CSV.replace("\"old\",\"M\"", "\"old\",\"F\"").replace("\"young\",\"F\"", "\"young\",\"M\"");
    let mean = json!({"stat": "mean", "vars": ["y"]});
    let said = fault_in(&csv, rake(3.0, 9.0), mean);
    says(&said, &["age, sex", "cannot meet", "age by", "add up to age 13, sex 13"]);
    let uneven = json!({"weights": "w", "calibration": {"method": "rake",
        "margins": ["age", "sex"], "totals": [{"old": 5, "young": 8}, {"F": 9, "M": 14}]}});
    says(&fault(uneven), &["cannot meet", "age 13, sex 23"]);
}

#[test]
fn totals_and_categories_must_match() {
    let strata = |totals: Value| {
        json!({"weights": "w", "calibration":
            {"method": "poststratify", "margin": "sex", "totals": totals}})
    };
    says(&fault(strata(json!({"F": 9}))), &["sex", "no total for \"M\""]);
    says(&fault(strata(json!({"F": 9, "M": 9, "X": 2}))), &["nobody of \"X\""]);
}

#[test]
fn bounds_that_leave_no_room() {
    let design = json!({"weights": "w", "calibration": {"method": "calibrate",
        "formula": "~sex", "totals": {"(Intercept)": 30, "sexM": 12},
        "calfun": "logit", "bounds": [0.9, 1.1]}});
    says(&fault(design), &["calibration", "(Intercept)"]);
}

#[test]
fn a_stratum_of_one_unit() {
    let csv = CSV.replace("\"b\",3", "\"b\",1");
    let design = json!({"strata": "county", "ids": "school", "weights": "w", "nest": true});
    let said = fault_in(&csv, design, json!({"stat": "mean", "vars": ["y"]}));
    says(&said, &["only one unit", "row 4", "lonely_psu"]);
}

#[test]
fn conditions_and_subsets() {
    let mut design = json!({"weights": "w", "subset": "y > 100"});
    says(&fault(design.clone()), &["subset", "no row"]);
    design["subset"] = json!("y >");
    says(&fault(design), &["condition", "a number or a word in quotes"]);
}

#[test]
fn nulls_count_as_left_out() {
    let design = json!({"ids": "1", "weights": "w", "nest": null, "mse": null, "variance": null,
        "lonely_psu": null, "calibration": null, "subset": null, "strata": null});
    let statistic = json!({"stat": "domain_mean", "vars": "y", "by": ["age", "sex"]});
    let case = json!({"id": 1, "data": "d.csv", "design": design, "statistic": statistic});
    let case: Case = serde_json::from_value(case).unwrap();
    let source = |_: &str| Table::read(CSV.as_bytes(), |_| true).map(Rc::new);
    let answer = answer(&case, &source).unwrap();
    assert_eq!(answer["groups"], json!(["old|F", "young|F", "old|M", "young|M"]));
}
