//! R's survey 4.1-1 on 291 analyses: 1e-8 relative, 1e-6 where R itself iterates.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use std::{collections::HashMap, fs, path::PathBuf, rc::Rc};

use serde_json::Value;
use survey::{Case, Cases, Table, Trouble, answer};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/survey"))
}

/// Where two answers differ by more than the tolerance; keys the reference lacks are our own.
///
/// A standard error that is zero but for rounding differs from one build of R to the next: what is
/// below 1e-12 of the estimates is held to be zero.
fn compare(
    place: &str,
    ours: &Value,
    theirs: &Value,
    (tolerance, floor): (f64, f64),
    faults: &mut Vec<String>,
) {
    let tolerances = (tolerance, floor);
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            for (key, theirs) in theirs {
                let ours = ours.get(key).unwrap_or(&Value::Null);
                compare(&format!("{place}.{key}"), ours, theirs, tolerances, faults);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            for (at, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                compare(&format!("{place}[{at}]"), ours, theirs, tolerances, faults);
            }
        }
        (ours, Value::Array(theirs)) if theirs.len() == 1 => {
            compare(place, ours, &theirs[0], tolerances, faults);
        }
        (Value::Array(ours), theirs) if ours.len() == 1 => {
            compare(place, &ours[0], theirs, tolerances, faults);
        }
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            let allowed = (tolerance * other.abs()).max(floor);
            if (one - other).abs() > allowed {
                faults.push(format!("{place}: {one} is not {other}"));
            }
        }
        (ours, theirs) if ours == theirs => {}
        (ours, theirs) => faults.push(format!("{place}: {ours} is not {theirs}")),
    }
}

#[test]
fn every_reference_case_holds() {
    let text = fs::read_to_string(folder().join("cases.json")).unwrap();
    let cases: Cases = serde_json::from_str(&text).unwrap();
    assert_eq!(cases.cases.len(), 291);
    let tables = std::cell::RefCell::new(HashMap::<String, Rc<Table>>::new());
    let source = |name: &str| -> Result<Rc<Table>, Trouble> {
        if let Some(table) = tables.borrow().get(name) {
            return Ok(table.clone());
        }
        let file = fs::File::open(folder().join("data").join(name)).unwrap();
        let table = Rc::new(Table::read(file, |_| true)?);
        tables.borrow_mut().insert(name.to_owned(), table.clone());
        Ok(table)
    };
    let mut report = Vec::new();
    for value in cases.cases {
        let case: Case = serde_json::from_value(value.clone()).unwrap();
        let text = value.to_string();
        let iterated = ["\"likelihood\"", "\"logit\""].iter().any(|word| text.contains(word));
        let tolerance = if iterated { 1e-6 } else { 1e-8 };
        let greatest = |value: &Value| -> f64 {
            let values = value["coef"].as_object().into_iter().flat_map(|all| all.values());
            values.filter_map(Value::as_f64).fold(1.0, |most, value| most.max(value.abs()))
        };
        let tolerances = (tolerance, 1e-12 * greatest(&value["expected"]));
        let mut faults = Vec::new();
        match answer(&case, &source) {
            Ok(ours) => compare("", &ours, &value["expected"], tolerances, &mut faults),
            Err(trouble) => faults.push(trouble.to_string()),
        }
        if !faults.is_empty() {
            let (family, statistic) = (&value["family"], &value["statistic"]);
            faults.truncate(3);
            report.push(format!("{} {family} {statistic}: {}", value["id"], faults.join("; ")));
        }
    }
    assert!(report.is_empty(), "{} cases differ:\n{}", report.len(), report.join("\n"));
}
