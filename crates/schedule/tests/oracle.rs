//! Other people's schedulers, as recorded in the reference folder: every row they agree on.
#![allow(clippy::unwrap_used)]

use std::{collections::HashMap, fs, path::PathBuf};

use schedule::{Plan, Row, schedule};

fn reference(kind: &str) -> Vec<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/schedule/");
    let entries = fs::read_dir(format!("{root}{kind}")).unwrap();
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

type Expected = HashMap<String, String>;

fn expected(folder: &std::path::Path) -> Vec<Expected> {
    let mut reader = csv::Reader::from_path(folder.join("expected.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        header.iter().zip(&record).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn row_of(plan: &Plan, rows: &[Row], uid: &str) -> Row {
    let uid: i64 = uid.parse().unwrap();
    rows[plan.tasks.iter().position(|task| task.uid == uid).unwrap()]
}

/// The fields that differ from what is expected, with both values.
fn differing(row: &Row, want: &Expected, names: &[&str], slack: i64) -> Vec<String> {
    let dates = [
        ("early_start", row.early_start),
        ("early_finish", row.early_finish),
        ("late_start", row.late_start),
        ("late_finish", row.late_finish),
        ("start", row.start),
        ("finish", row.finish),
    ];
    let mut found = Vec::new();
    for (name, date) in dates.iter().filter(|(name, _)| names.contains(name)) {
        if date.to_string() != want[*name] && !want[*name].is_empty() {
            found.push(format!("{name} {date} for {}", want[*name]));
        }
    }
    for (name, seconds) in [("total_slack_min", row.total_slack), ("free_slack_min", row.free_slack)] {
        if !names.contains(&name) || want[name].is_empty() {
            continue;
        }
        let wanted = (want[name].parse::<f64>().unwrap() * 60.0).round() as i64;
        if (seconds - wanted).abs() > slack {
            found.push(format!("{name} {} for {}", seconds as f64 / 60.0, want[name]));
        }
    }
    if names.contains(&"critical") && u8::from(row.is_critical).to_string() != want["critical"] {
        found.push(format!("critical {} for {}", row.is_critical, want["critical"]));
    }
    found
}

const FIVE: [&str; 5] = ["early_start", "early_finish", "late_start", "late_finish", "total_slack_min"];
const ALL: [&str; 9] = [
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "start",
    "finish",
    "total_slack_min",
    "free_slack_min",
    "critical",
];

#[test]
fn every_case_agrees_in_every_column() {
    let mut wrong: HashMap<String, usize> = HashMap::new();
    for kind in ["msproject", "generated"] {
        for folder in reference(kind) {
            let plan = Plan::from_xml(&fs::read(folder.join("input.xml")).unwrap()).unwrap();
            let rows = schedule(&plan).unwrap();
            for want in expected(&folder) {
                let row = row_of(&plan, rows.rows(), &want["uid"]);
                let found = differing(&row, &want, &ALL, 0);
                let opinion = &want["second_opinion"];
                for one in found.iter() {
                    let field = one.split(' ').next().unwrap();
                    *wrong.entry(format!("{kind} {opinion} {field}")).or_default() += 1;
                    if opinion == "exact" || opinion == "agree" {
                        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
                        println!("{name} {} {one}", want["uid"]);
                    }
                }
            }
        }
    }
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort();
    for one in &wrong { println!("{one:?}"); }
    let _ = FIVE;
    panic!();
}
