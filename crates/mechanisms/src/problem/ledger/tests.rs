//! Stories of a batch: who files, who approves, which numbers are given, who is missing.

use super::{Command, Filing, Ledger};
use crate::{
    Id,
    roster::Role,
    world::{BUREAU, LEADERS, OFFICE, OTHER, SECTION, World, day},
};

fn open(world: &mut World) -> Ledger {
    let file_by = day("2015-09-30");
    let command = Command::Open { ordinal: 2, title: "第二批".into(), file_by };
    world.ask(None, "clerk", "2015-09-01", command).expect("a ledger")
}

fn list(unit: Id<crate::roster::Unit>, problems: &[i64], looked_at: &str) -> Command {
    let problems = problems.iter().map(|id| Id::new(*id)).collect();
    Command::FileList { unit, problems, looked_at: looked_at.into() }
}

#[test]
fn lists_are_filed_approved_and_numbered() {
    let mut world = World::new();
    let ledger = open(&mut world);
    let mut refused = |who, command| world.refused(&ledger, who, "2015-09-10", command);
    assert_eq!(refused("outsider", list(BUREAU, &[1], "")), "refused-not-the-unit");
    assert_eq!(refused("li", list(SECTION, &[1], "")), "refused-not-counted");
    assert_eq!(refused("chief", list(BUREAU, &[], " ")), "refused-looked-at-missing");
    assert_eq!(refused("chief", list(BUREAU, &[1, 2, 1], "")), "refused-list-repeated");
    assert_eq!(refused("clerk", Command::ApproveList { unit: BUREAU }), "refused-no-list");
    // A section's officer files for the bureau.
    let filed = list(BUREAU, &[1, 2, 3], "");
    let ledger = world.ask(Some(ledger), "li", "2015-09-10", filed).expect("a list");
    let mut refused = |who, command| world.refused(&ledger, who, "2015-09-11", command);
    assert_eq!(refused("chief", list(BUREAU, &[4], "")), "refused-list-waits");
    assert_eq!(refused("chief", Command::ApproveList { unit: BUREAU }), "refused-no-power");
    let back = |reason: &str| Command::ReturnList { unit: BUREAU, reason: reason.into() };
    assert_eq!(refused("clerk", back("")), "refused-reason-missing");
    let ledger = world.ask(Some(ledger), "clerk", "2015-09-11", back("只列不改")).expect("back");
    assert_eq!(ledger.filing(BUREAU), Filing::Returned);
    let again = list(BUREAU, &[1, 2], "");
    let ledger = world.ask(Some(ledger), "chief", "2015-09-12", again).expect("a list");
    let approve = Command::ApproveList { unit: BUREAU };
    let ledger = world.ask(Some(ledger), "clerk", "2015-09-14", approve).expect("approved");
    assert_eq!((ledger.last, ledger.number(ledger.last)), (2, "2-002".to_owned()));
    // What supervision finds goes on with the numbers; a further list too.
    let number = Command::Number { problem: Id::new(9) };
    assert_eq!(world.refused(&ledger, "chief", "2015-09-15", number.clone()), "refused-no-power");
    let ledger = world.ask(Some(ledger), "second", "2015-09-15", number).expect("a number");
    let ledger =
        world.ask(Some(ledger), "chief", "2015-09-20", list(BUREAU, &[10], "")).expect("more");
    assert_eq!(ledger.filing(BUREAU), Filing::Approved, "a further list does not uncover it");
    let approve = Command::ApproveList { unit: BUREAU };
    let ledger = world.ask(Some(ledger), "clerk", "2015-09-21", approve).expect("approved");
    assert_eq!(ledger.last, 4);
}

#[test]
fn the_supervision_office_files_its_own_list_and_another_of_it_approves() {
    let mut world = World::new();
    let ledger = open(&mut world);
    let ledger =
        world.ask(Some(ledger), "clerk", "2015-09-10", list(OFFICE, &[1], "")).expect("one");
    let approve = || Command::ApproveList { unit: OFFICE };
    assert_eq!(world.refused(&ledger, "clerk", "2015-09-11", approve()), "refused-another-person");
    // The same person in another post is the same person.
    let other = world.also("clerk", OTHER, Role::Supervisor, "2015-09-10");
    let asked = world.ask_as(Some(ledger.clone()), other, "2015-09-11", approve());
    assert!(asked.is_err());
    assert_eq!(world.refused(&ledger, "second", "2015-09-11", approve()), "");
}

#[test]
fn coverage_names_who_is_missing() {
    let mut world = World::new();
    let ledger = open(&mut world);
    let ledger =
        world.ask(Some(ledger), "chief", "2015-09-10", list(BUREAU, &[1], "")).expect("one");
    let none = list(OTHER, &[], "查了 12 个窗口，没有发现");
    let ledger = world.ask(Some(ledger), "outsider", "2015-09-10", none).expect("none found");
    let approve = Command::ApproveList { unit: OTHER };
    let ledger = world.ask(Some(ledger), "clerk", "2015-09-11", approve).expect("approved");
    let coverage = ledger.coverage(&world.roster, day("2015-09-30"));
    let told: Vec<String> = coverage
        .units
        .iter()
        .map(|(unit, filing)| format!("{} {}", world.roster.unit_name(*unit), filing.word()))
        .collect();
    assert_eq!(told, ["市委督查室 missing", "市环保局 waiting", "市住建局 approved"]);
    assert_eq!((coverage.covered(), coverage.all()), (1, 3));
    assert_eq!(coverage.uncovered().count(), 2);
    assert!(!coverage.units.iter().any(|(unit, _)| [LEADERS, SECTION].contains(unit)));
    let close = || Command::Close { reason: "本批结束".into() };
    assert_eq!(world.refused(&ledger, "clerk", "2015-10-01", close()), "refused-lists-wait");
    let approve = Command::ApproveList { unit: BUREAU };
    let ledger = world.ask(Some(ledger), "clerk", "2015-10-01", approve).expect("approved");
    let ledger = world.ask(Some(ledger), "clerk", "2015-10-01", close()).expect("closed");
    let late = list(OFFICE, &[7], "");
    assert_eq!(world.refused(&ledger, "head", "2015-10-08", late), "refused-ledger-closed");
}
