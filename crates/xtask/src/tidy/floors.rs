//! The floors of the house, stated as absences: which crate may know which, what no pure crate
//! may have anywhere below it, and that slices of the app do not name each other.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Fault, Tree, source::Source};
use crate::folders::{answer, cargo};

/// Every crate below the app, and the crates of the house it may know.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("calendar", &[]),
    ("schedule", &["calendar"]),
    ("draw", &[]),
    ("survey", &[]),
    ("rulebook", &["calendar"]),
    ("journal", &[]),
    ("mechanisms", &["calendar", "draw", "schedule", "rulebook"]),
    ("paper", &["calendar"]),
];

/// What no crate below the app has in its tree: a runtime, a database, HTTP, a clock, chance,
/// files.
const ABSENT: &[&str] = &[
    "tokio",
    "async-std",
    "smol",
    "mio",
    "futures-executor",
    "sqlx",
    "sqlx-core",
    "rusqlite",
    "libsqlite3-sys",
    "postgres",
    "axum",
    "hyper",
    "reqwest",
    "ureq",
    "tower",
    "rustls",
    "native-tls",
    "rand",
    "getrandom",
    "fastrand",
    "chrono",
    "object_store",
    "tempfile",
    "walkdir",
    "notify",
];

/// Parts of the app that all slices share, and that know no slice.
const SHARED: &[&str] = &["access", "jobs", "matters", "reminders", "store", "ui"];
/// Parts that name every slice, since they put the app together.
const ABOVE: &[&str] = &["cli", "daily", "demo", "lib", "main", "openapi"];

/// The crate graph: who knows whom, and what lies below. `tree` gives the names of everything a
/// crate is built from.
pub fn crates(packages: &[Value], tree: impl Fn(&str) -> Option<Vec<String>>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let of_house: BTreeSet<&str> =
        packages.iter().filter_map(|package| package["name"].as_str()).collect();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let path = format!("crates/{name}/Cargo.toml");
        let Some((_, may)) = MAY_KNOW.iter().find(|(one, _)| *one == name) else {
            if name != "app" && name != "xtask" {
                faults.push(Fault::new(&path, 0, "has no floor: give it one in tidy's floors"));
            }
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let known = dependency["name"].as_str().unwrap_or_default();
            if of_house.contains(known) && !may.contains(&known) {
                faults.push(Fault::new(&path, 0, format!("{name} may not know {known}")));
            }
        }
        let Some(below) = tree(name) else {
            faults.push(Fault::new(&path, 0, "cargo tree does not say what is below it"));
            continue;
        };
        // The spreadsheet reader's archive format brings a source of chance it never asks.
        let spared = |one: &&String| name == "paper" && *one == "getrandom";
        let absent = below.iter().filter(|one| ABSENT.contains(&one.as_str()));
        for found in absent.filter(|one| !spared(one)) {
            let said = format!("{found} is below {name}, which knows no world");
            faults.push(Fault::new(&path, 0, said));
        }
    }
    faults
}

/// Everything a crate alone is built from, as Cargo resolves it.
pub fn grown(name: &str) -> Option<Vec<String>> {
    let mut command = cargo();
    command.args(["tree", "--package", name, "--edges", "normal", "--prefix", "none"]);
    let said = answer(command.args(["--format", "{p}"]))?;
    Some(said.lines().filter_map(|line| Some(line.split_once(' ')?.0.to_owned())).collect())
}

/// Slices of the app do not name each other, and what they share names none of them.
pub fn slices(tree: &Tree) -> Vec<Fault> {
    let within = |path: &str| path.strip_prefix("crates/app/src/").map(str::to_owned);
    let slices: BTreeSet<String> = tree
        .sources()
        .filter_map(|(path, _)| Some(within(path)?.split_once('/')?.0.to_owned()))
        .filter(|folder| !SHARED.contains(&folder.as_str()) && !ABOVE.contains(&folder.as_str()))
        .collect();
    let mut faults = Vec::new();
    for (path, source) in tree.sources() {
        let Some(own) = within(path) else { continue };
        let own = own.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        if ABOVE.contains(&own.as_str()) {
            continue;
        }
        for (at, named) in named(source) {
            if named != own && slices.contains(&named) {
                let said = format!("{own} names the slice {named}");
                faults.push(Fault::new(path, source.line(at), said));
            }
        }
    }
    faults
}

/// The modules named right after `crate::`, one by one out of braces.
fn named(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, mark) in source.code.match_indices("crate::") {
        let after = &source.code[at + mark.len()..];
        let mut depth = 0;
        let mut fresh = true;
        let mut name = String::new();
        for letter in after.chars() {
            let is_name = letter.is_alphanumeric() || letter == '_';
            if is_name && fresh && depth <= 1 {
                name.push(letter);
                continue;
            }
            if !name.is_empty() {
                found.push((at, std::mem::take(&mut name)));
                fresh = false;
            }
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => fresh = true,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}
