//! Rules about SQL: every list has an order, and only the journal and each mechanism's rows
//! change anything.

use super::{Fault, Tree, source::Source};

/// What asks for one row, and needs no order.
const ONE: &[&str] = &[".fetch_one(", ".fetch_optional("];
/// What asks for a list.
const LIST: &[&str] = &[".fetch_all(", ".fetch("];
/// The tables outside the journal, and the one module each that writes them: accounts and their
/// tokens, sessions, drafts of imports.
const OUTSIDE: &[&str] = &["access/", "import/draft.rs"];

fn app(tree: &Tree) -> impl Iterator<Item = (&str, &str, &Source)> {
    tree.sources()
        .filter_map(|(path, source)| Some((path, path.strip_prefix("crates/app/src/")?, source)))
}

/// A query whose answer is a list says in which order. Judged by the first thing the function
/// does with the query after its text; a query outside a function always needs its order.
pub fn orders(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, _, source) in app(tree) {
        for (place, literal) in source.literals.iter().enumerate() {
            let text = literal.text.to_lowercase();
            if !is_query(&text) || text.contains("order by") {
                continue;
            }
            let function = source.function_at(literal.at);
            let until = function.map_or(literal.at, |function| function.until);
            let asked = first_of(&source.code, literal.at, until);
            let added = source.literals[place + 1..].iter().any(|later| {
                let text = later.text.to_lowercase();
                later.at < asked.unwrap_or(until) && text.contains("order by") && !is_query(&text)
            });
            let is_list = asked.is_some_and(|at| begins_with(&source.code[at..], LIST));
            if !added && (is_list || function.is_none()) {
                let said = "a list without an order: add order by";
                faults.push(Fault::new(path, source.line(literal.at), said));
            }
        }
    }
    faults
}

fn is_query(text: &str) -> bool {
    let text = text.trim_start();
    (text.starts_with("select ") || text.starts_with("with ")) && text.contains(" from ")
}

fn begins_with(code: &str, calls: &[&str]) -> bool {
    calls.iter().any(|call| code.starts_with(call))
}

/// The first call that asks the database, between two places.
fn first_of(code: &str, from: usize, until: usize) -> Option<usize> {
    let calls = ONE.iter().chain(LIST);
    calls.filter_map(|call| code[from..until].find(call)).min().map(|at| from + at)
}

/// Changing SQL stands in the store, in each mechanism's `rows.rs`, and beside the few tables
/// that are outside the journal.
pub fn changes(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, within, source) in app(tree) {
        let may = within.starts_with("store/")
            || within.ends_with("/rows.rs")
            || OUTSIDE.iter().any(|place| within.starts_with(place));
        for literal in source.literals.iter().filter(|_| !may) {
            let text = literal.text.trim_start().to_lowercase();
            let is_change = text.starts_with("insert into ")
                || text.starts_with("delete from ")
                || (text.starts_with("update ") && text.contains(" set "));
            if is_change {
                let said = "changing SQL: rows are written by the turn that wrote the events";
                faults.push(Fault::new(path, source.line(literal.at), said));
            }
        }
    }
    faults
}
