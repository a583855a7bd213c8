//! The published tickets: 44 vectors of consistent_sampler 1.0.10 and the million ids.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use draw::{Options, Plan, command, order};
use serde_json::Value;
use sha2::{Digest, Sha256};

const REFERENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/draws");

fn ids(vector: &Value) -> Vec<String> {
    if let Some(ids) = vector["ids"].as_array() {
        return ids.iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    }
    let template = vector["ids_template"].as_str().unwrap();
    let range = vector["ids_from"].as_u64().unwrap()..=vector["ids_to"].as_u64().unwrap();
    range.map(|number| template.replace("{i}", &number.to_string())).collect()
}

fn drawn(vector: &Value) -> Vec<Value> {
    let plan = Plan {
        drop: vector["drop"].as_u64().unwrap_or(0) as usize,
        take: vector["take"].as_u64().map_or(usize::MAX, |take| take as usize),
        with_replacement: vector["with_replacement"].as_bool().unwrap(),
    };
    let seed = vector["seed"].as_str().unwrap().to_owned();
    let digits = vector["digits"].as_u64().unwrap() as usize;
    let frame = ids(vector).join("\n");
    let lines = command(frame.as_bytes(), &Options { seed, plan, digits }).unwrap();
    lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn check_long(vector: &Value, drawn: &[Value]) {
    let first = vector["expected_first"].as_array().unwrap();
    let last = vector["expected_last"].as_array().unwrap();
    assert_eq!(&drawn[..first.len()], first);
    assert_eq!(&drawn[drawn.len() - last.len()..], last);
    let ids: Vec<&str> = drawn.iter().map(|line| line[1].as_str().unwrap()).collect();
    assert_eq!(hex(&ids.join("\n")), vector["sha256_of_ids_joined_by_newline"].as_str().unwrap());
}

fn hex(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_vector_of_consistent_sampler() {
    let text = std::fs::read_to_string(format!("{REFERENCE}/draws.jsonl")).unwrap();
    let vectors = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut checked = 0;
    for vector in vectors.filter(|vector| vector["algorithm"] == "consistent_sampler") {
        let drawn = drawn(&vector);
        match vector.get("expected") {
            Some(expected) => assert_eq!(&Value::from(drawn), expected, "{vector}"),
            None => check_long(&vector, &drawn),
        }
        checked += 1;
    }
    assert_eq!(checked, 44);
}

#[test]
fn a_million_ids() {
    let text = std::fs::read_to_string(format!("{REFERENCE}/perf_1m.json")).unwrap();
    let vector: Value = serde_json::from_str(&text).unwrap();
    let ids = ids(&vector);
    let order: Vec<&str> =
        order(&ids, "perf").into_iter().map(|place| ids[place].as_str()).collect();
    assert_eq!(order[0], vector["expected_first"][0][1]);
    let fingerprint = hex(&order.join("\n"));
    assert_eq!(fingerprint, vector["sha256_of_ids_joined_by_newline"].as_str().unwrap());
}
