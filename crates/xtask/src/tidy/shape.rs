//! Rules about the shape of files: what they begin with, how long they and their functions are,
//! what things are called, how migrations are numbered.

use std::collections::BTreeMap;

use super::{Fault, Tree};

/// The most lines of a function, from `fn` to the closing brace.
const FUNCTION: usize = 70;
/// The most lines of a file.
const FILE: usize = 400;
/// The files that may be longer, by name.
pub const EXEMPT: &str = "crates/xtask/tidy-exempt.txt";
/// What says nothing about a thing.
const EMPTY_NAMES: &[&str] = &[
    "manager", "service", "services", "helper", "helpers", "util", "utils", "handler", "handlers",
    "base", "common", "impl",
];
const MIGRATIONS: &str = "crates/app/src/store/migrations/";

/// Every source begins with what it is, in prose.
pub fn headers(tree: &Tree) -> Vec<Fault> {
    let begins = |text: &str, mark: &str| {
        text.strip_prefix(mark).is_some_and(|rest| {
            let first = rest.trim_start_matches(['*', '!']).trim_start().lines().next();
            first.is_some_and(|line| line.chars().count() >= 12)
        })
    };
    let missing = tree.with(&[".rs", ".css", ".js"]).filter(|(path, file)| {
        let marks: &[&str] = if path.ends_with(".rs") { &["//!"] } else { &["/*", "//"] };
        !marks.iter().any(|mark| begins(&file.text, mark))
    });
    missing.map(|(path, _)| Fault::new(path, 1, "does not begin with what it is")).collect()
}

/// No function is longer than [`FUNCTION`] lines.
pub fn functions(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, source) in tree.sources() {
        for function in source.functions.iter().filter(|function| function.lines > FUNCTION) {
            let (name, lines) = (&function.name, function.lines);
            let said = format!("fn {name} has {lines} lines, {FUNCTION} are the most");
            faults.push(Fault::new(path, source.line(function.from), said));
        }
    }
    faults
}

/// No file is longer than [`FILE`] lines, but for the catalogues that are listed by name. The
/// list may only shrink: it says how many it names, and what need not be named is a fault.
pub fn files(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    let exempt = exempt(tree, &mut faults);
    for (path, file) in tree.with(&[".rs", ".css", ".js", ".html", ".py"]) {
        let lines = file.text.lines().count();
        let most = exempt.get(path).copied().unwrap_or(FILE);
        if lines > most {
            faults.push(Fault::new(path, 0, format!("{lines} lines, {most} are the most")));
        }
        if lines <= FILE && exempt.contains_key(path) {
            let said = format!("{path} has {lines} lines and need not be named here");
            faults.push(Fault::new(EXEMPT, 0, said));
        }
    }
    for path in exempt.keys().filter(|path| tree.text(path).is_none()) {
        faults.push(Fault::new(EXEMPT, 0, format!("{path} is not there")));
    }
    faults
}

/// `entries N`, then a path and its most lines on each line; `#` begins a comment.
fn exempt(tree: &Tree, faults: &mut Vec<Fault>) -> BTreeMap<String, usize> {
    let mut recorded = 0;
    let mut list = BTreeMap::new();
    let lines = tree.text(EXEMPT).unwrap_or_default().lines();
    for line in lines.filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let Some((path, number)) = line.split_once(' ') else { continue };
        let number = number.parse().unwrap_or_default();
        if path == "entries" {
            recorded = number;
        } else {
            list.insert(path.to_owned(), number);
        }
    }
    if list.len() != recorded {
        let said = format!("{} entries, {recorded} recorded: it may only shrink", list.len());
        faults.push(Fault::new(EXEMPT, 0, said));
    }
    list
}

/// Types, modules and files say what they are: no Manager, no Helper.
pub fn names(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, source) in tree.sources() {
        for keyword in ["struct ", "enum ", "trait ", "type ", "mod ", "union "] {
            for (at, _) in source.code.match_indices(keyword) {
                let before = &source.code[..at];
                let after = &source.code[at + keyword.len()..];
                let is_name = |c: &char| c.is_alphanumeric() || *c == '_';
                let name: String = after.chars().take_while(is_name).collect();
                let whole = !before.ends_with(|c: char| is_name(&c));
                if let Some(part) = parts(&name).into_iter().find(|part| whole && is_empty(part)) {
                    let said = format!("{name}: {part} says nothing about a thing");
                    faults.push(Fault::new(path, source.line(at), said));
                }
            }
        }
        let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rs");
        if let Some(part) = parts(stem).into_iter().find(|part| is_empty(part)) {
            faults.push(Fault::new(path, 0, format!("{part} says nothing about a file")));
        }
    }
    faults
}

fn is_empty(part: &str) -> bool {
    EMPTY_NAMES.contains(&part)
}

/// `PlanManager` and `plan_manager` are plan and manager.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for letter in name.chars() {
        let begins = letter.is_uppercase() || letter == '_' || letter == '-';
        if begins && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
        }
        let part = parts.last_mut().filter(|_| letter.is_alphanumeric());
        part.into_iter().for_each(|part| part.extend(letter.to_lowercase()));
    }
    parts
}

/// Migrations are numbered without a gap, all are applied, and the newest is recorded, so that
/// two branches that both add one conflict.
pub fn migrations(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut newest = 0;
    let applied = tree.text("crates/app/src/store/migrate.rs").unwrap_or_default();
    let files = tree.with(&[".sql"]).filter_map(|(path, _)| path.strip_prefix(MIGRATIONS));
    for (wanted, name) in (1..).zip(files) {
        if !name.starts_with(&format!("{wanted:04}_")) {
            let said = format!("{name} stands where {wanted:04} should");
            faults.push(Fault::new(MIGRATIONS, 0, said));
        }
        if !applied.contains(name) {
            faults.push(Fault::new(MIGRATIONS, 0, format!("{name} is not applied")));
        }
        newest = wanted;
    }
    let recorded = tree.text(&format!("{MIGRATIONS}HEAD")).unwrap_or("0000").trim();
    if recorded != format!("{newest:04}") {
        let said = format!("HEAD records {recorded}, the newest is {newest:04}");
        faults.push(Fault::new(MIGRATIONS, 0, said));
    }
    faults
}
