//! Whatever is asked of whatever small table: an answer or a fault, never a panic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use std::rc::Rc;

use proptest::prelude::*;
use serde_json::{Value, json};
use survey::{Case, Table, answer, bars, plot};

fn cell(kind: usize) -> BoxedStrategy<String> {
    match kind {
        0 => prop_oneof![Just("\"a\""), Just("\"b\""), Just("\"c\""), Just("")]
            .prop_map(str::to_owned)
            .boxed(),
        1 => prop_oneof![8 => (0..4i32).prop_map(|n| n.to_string()), 1 => Just(String::new())]
            .boxed(),
        2 => (1..9i32).prop_map(|n| format!("{}", f64::from(n) / 2.0)).boxed(),
        _ => prop_oneof![
            6 => (-50..50i32).prop_map(|n| n.to_string()),
            1 => Just(String::new()),
            1 => Just("Inf".to_owned()),
        ]
        .boxed(),
    }
}

fn csv() -> impl Strategy<Value = String> {
    let row = (cell(0), cell(0), cell(1), cell(1), cell(2), cell(3), cell(3));
    prop::collection::vec(row, 0..12).prop_map(|rows| {
        let mut csv = "h,g,u,b,w,y,x\n".to_owned();
        for (h, g, u, b, w, y, x) in rows {
            csv.push_str(&format!("{h},{g},{u},{b},{w},{y},{x}\n"));
        }
        csv
    })
}

fn design() -> impl Strategy<Value = Value> {
    let ids = prop::sample::select(vec![json!([]), json!("u"), json!(["u", "g"]), json!("h")]);
    let strata = prop::sample::select(vec![json!([]), json!("h"), json!(["h", "g"])]);
    let lonely = prop::sample::select(vec!["fail", "remove", "certainty", "adjust", "average"]);
    let fpc = prop::sample::select(vec![json!([]), json!("w"), json!(["w", "w"])]);
    let calibration = prop::sample::select(vec![
        json!(null),
        json!({"method": "poststratify", "margin": "g", "totals": {"a": 9, "b": 4, "c": 5}}),
        json!({"method": "rake", "margins": ["g", "b"],
            "totals": [{"a": 9, "b": 4, "c": 5}, {"0": 4, "1": 4, "2": 5, "3": 5}]}),
        json!({"method": "calibrate", "formula": "~y", "totals": {"(Intercept)": 20, "y": 30}}),
        json!({"method": "calibrate", "formula": "~g", "calfun": "raking",
            "totals": {"(Intercept)": 20, "gb": 7, "gc": 3}}),
        json!({"method": "calibrate", "formula": "~g-1", "calfun": "logit", "bounds": [0.2, 3],
            "totals": {"ga": 9, "gb": 7, "gc": 3}}),
    ]);
    let replicates = prop::sample::select(vec![
        json!(null),
        json!("JK1"),
        json!("JKn"),
        json!("BRR"),
        json!("Fay"),
        json!("bootstrap"),
    ]);
    let pps = prop::sample::select(vec![
        json!(null),
        json!(null),
        json!("brewer"),
        json!("overton"),
        json!("hartley_rao"),
        json!("joint"),
    ]);
    let subset = prop::sample::select(vec![json!(null), json!("g != 'a'"), json!("y > 0 | x < 9")]);
    (ids, strata, lonely, fpc, calibration, replicates, pps, subset, any::<[bool; 3]>()).prop_map(
        |(
            ids,
            strata,
            lonely,
            fpc,
            calibration,
            replicates,
            pps,
            subset,
            [nest, adjust, weighs],
        )| {
            json!({
                "ids": ids, "strata": strata, "lonely_psu": lonely, "fpc": fpc,
                "calibration": calibration, "replicates": replicates, "pps": pps,
                "subset": subset, "nest": nest, "adjust_domain_lonely": adjust,
                "weights": if weighs { json!("w") } else { json!(null) },
                "rho": 0.4, "seed": 7, "n_replicates": 6,
            })
        },
    )
}

fn statistic() -> impl Strategy<Value = Value> {
    let methods = vec!["mean", "logit", "xlogit", "asin", "beta", "likelihood", "wilson"];
    let ciprop = prop::sample::select(methods).prop_map(
        |method| json!({"stat": "ciprop", "condition": "b == 1", "method": method, "level": 0.9}),
    );
    let test = prop::sample::select(vec!["F", "Chisq", "Wald", "adjWald"])
        .prop_map(|test| json!({"stat": "chisq", "vars": ["g", "b"], "statistic": test}));
    let rule = prop::sample::select(vec!["math", "school", "hf7"]).prop_map(
        |rule| json!({"stat": "quantile", "vars": "y", "probs": [0, 0.2, 0.5, 1], "qrule": rule}),
    );
    let other = prop::sample::select(vec![
        json!({"stat": "mean", "vars": ["y", "x"]}),
        json!({"stat": "total", "vars": ["y", "g"]}),
        json!({"stat": "proportions", "vars": ["g"]}),
        json!({"stat": "counts", "vars": ["b"]}),
        json!({"stat": "ratio", "numerator": "y", "denominator": "x"}),
        json!({"stat": "variance", "vars": "y"}),
        json!({"stat": "domain_mean", "vars": "y", "by": "g+b"}),
        json!({"stat": "domain_total", "vars": "y", "by": "h"}),
        json!({"stat": "domain_proportions", "vars": "b", "by": "g"}),
        json!({"stat": "ttest", "formula": "y~h"}),
        json!({"stat": "ttest", "formula": "y~1"}),
        json!({"stat": "weights"}),
        json!({"stat": "weights_summary"}),
    ]);
    prop_oneof![2 => ciprop, 1 => test, 1 => rule, 4 => other]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_panics(csv in csv(), design in design(), statistic in statistic()) {
        let case = json!({"id": 1, "data": "d.csv", "design": design, "statistic": statistic});
        let case: Case = serde_json::from_value(case).unwrap();
        let source = |_: &str| Table::read(csv.as_bytes(), |_| true).map(Rc::new);
        if let Ok(value) = answer(&case, &source) {
            plot(&[("all".to_owned(), bars(&value))]);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,80}") {
        let _ = Table::read(&bytes[..], |_| true);
        let table = Table::read(&b"a,b\n1,x\n2,y\n"[..], |_| true).unwrap();
        let _ = survey::judge(&text, &table);
        let _ = serde_json::from_slice::<survey::Cases>(&bytes);
    }
}
