//! What was once written stays readable: `golden/events.tsv` holds a fact of every variant of
//! every kind as the journal keeps it. A line may be added, never edited.

use std::collections::BTreeSet;

use crate::{
    Mechanism,
    audit::Audit,
    intake::Intake,
    plan::{Plan, goal::Goal, item::Item},
    problem::{Ledger, Problem},
    project::Project,
    roster::Roster,
    workdays::Workdays,
};

const GOLDEN: &str = include_str!("../golden/events.tsv");

/// Reads every golden line of a kind and writes it again, and finds each variant the source names.
fn holds<M: Mechanism>(source: &str) {
    let mut seen = BTreeSet::new();
    for line in GOLDEN.lines() {
        let (kind, text) = line.split_once('\t').expect("a kind and a fact");
        if kind != M::KIND {
            continue;
        }
        let event: M::Event = serde_json::from_str(text)
            .unwrap_or_else(|error| panic!("{kind} can no longer read {text}: {error}"));
        assert_eq!(serde_json::to_string(&event).expect("a fact"), text, "{kind} writes otherwise");
        seen.insert(text.trim_start_matches(['{', '"']).split('"').next().unwrap().to_owned());
    }
    let body = source.split("pub enum Event {").nth(1).expect("an enum of events");
    let body = body.split("\n}").next().expect("its end");
    let named: BTreeSet<String> = body
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|line| line.split([' ', ',', '(', '{']).next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(seen, named, "every variant of {} has its golden line", M::KIND);
}

#[test]
fn every_fact_ever_written_is_still_read_and_written_the_same() {
    holds::<Item>(include_str!("plan/item/event.rs"));
    holds::<Roster>(include_str!("roster.rs"));
    holds::<Plan>(include_str!("plan.rs"));
    holds::<Goal>(include_str!("plan/goal.rs"));
    holds::<Intake>(include_str!("intake.rs"));
    holds::<Project>(include_str!("project.rs"));
    holds::<Problem>(include_str!("problem/event.rs"));
    holds::<Ledger>(include_str!("problem/ledger.rs"));
    holds::<Audit>(include_str!("audit.rs"));
    holds::<Workdays>(include_str!("workdays.rs"));
}
