//! The English words are the errors' own, and the Chinese name the same things.
#![allow(clippy::unwrap_used)]

use std::fmt::Display;

use calendar::{BadInput, Calendar, Expected, Fault, Place};
use journal::{CheckpointError, EntryError, MetaError, Wrong};
use paper::sheet::SheetError;

use super::{bad_input, fault, lots, phrases::PHRASES, proofs, samples, sheet};
use crate::ui::words::{Lang, Words};

/// In English the same as displayed; in Chinese another sentence, with its words.
fn same<T: Display>(error: &T, told: impl Fn(&Words, &T) -> String) {
    assert_eq!(told(&Words::of(Lang::En), error), error.to_string());
    for lang in [Lang::Hans, Lang::Hant] {
        let said = told(&Words::of(lang), error);
        assert!(!said.contains('⟦') && !said.contains("{$"), "{said}");
        assert!(!said.contains(" found ") && !said.contains("expected"), "{said}");
        assert!(said.chars().any(|sign| ('\u{4e00}'..'\u{a000}').contains(&sign)), "{said}");
    }
}

#[test]
fn every_place_and_every_expectation_has_its_words() {
    let places = [
        Place::File,
        Place::Row(2),
        Place::Line(7),
        Place::Task(-3),
        Place::Calendar("north".into()),
    ];
    let expected = [
        Expected::Date,
        Expected::Moment,
        Expected::Number,
        Expected::Amount(3_000_000),
        Expected::Range,
        Expected::OneOf("0, 1"),
        Expected::Something,
        Expected::Unique,
        Expected::KnownTask,
        Expected::KnownCalendar,
        Expected::Other,
        Expected::NoCycle,
        Expected::Link,
        Expected::Later,
        Expected::WorkingTime,
        Expected::Writable,
        Expected::Format("UTF-8 text"),
    ];
    for place in places {
        for expected in &expected {
            for field in ["", "uid"] {
                let bad = BadInput::new(place.clone(), field, "so\n\"x\"", expected.clone());
                same(&bad, bad_input);
                let said = bad_input(&Words::of(Lang::Hans), &bad);
                assert!(said.contains("so\\n\\\"x\\\"") && said.contains(field), "{said}");
            }
        }
    }
    let text = "name = \"x\"\n[week]\nmon = [\"08:00-12:00\", \"11:00-13:00\"]\n";
    same(&Calendar::from_toml(text).unwrap_err(), fault);
    same(&Calendar::from_toml("[week]\nmon = []\n").unwrap_err(), fault);
    same(&Fault::NoWorkingTime, fault);
    let day = jiff::civil::date(2015, 11, 20);
    same(&Fault::Backwards { first: day, last: day.yesterday().unwrap() }, fault);
}

#[test]
fn tables_and_frames_have_their_words() {
    for error in [
        SheetError::Empty,
        SheetError::TooLarge(33),
        SheetError::TooManyRows,
        SheetError::TooManyColumns,
        SheetError::Unknown("plan.doc".into()),
        SheetError::Workbook("no ZIP".into()),
        SheetError::Row { row: 3, what: "too long".into() },
        SheetError::NotText { row: 4 },
    ] {
        same(&error, sheet);
    }
    same(&draw::Trouble::NotText { line: 2 }, lots::trouble);
    same(&draw::Trouble::Empty, lots::trouble);
    let again = draw::Trouble::Repeated { id: "a".into(), first: 1, again: 3 };
    same(&again, lots::trouble);
    same(&draw::NoBundle::Unreadable("EOF".into()), lots::no_bundle);
    same(&draw::NoBundle::OtherKind("x".into()), lots::no_bundle);
    let (stated, found) = ("ab".to_owned(), "cd".to_owned());
    for fault in [
        draw::Fault::Frame(draw::NoFrame::Empty.to_string()),
        draw::Fault::Frame(draw::NoFrame::Repeated("a".into()).to_string()),
        draw::Fault::Frame(draw::NoFrame::NoSize("a".into()).to_string()),
        draw::Fault::Fingerprint { what: "seed", stated: stated.clone(), found },
        draw::Fault::OtherFrame { trusted: "x".into(), stated },
        draw::Fault::Order("secret revealed at 1, before the number of 2".into()),
        draw::Fault::ShortSecret(3),
        draw::Fault::Unplayable("too many".into()),
        draw::Fault::Team { place: 1, stated: None, found: Some(("a".into(), vec![])) },
    ] {
        same(&fault, lots::fault);
    }
}

#[test]
fn every_fault_of_a_journal_has_its_words() {
    use journal::Fault;
    let text = || "x".to_owned();
    let key = CheckpointError::Key { key: text(), why: text() };
    let other = CheckpointError::OtherOrigin { found: text(), expected: text() };
    let notes = [
        CheckpointError::Origin(text()),
        key,
        CheckpointError::NotNote(text()),
        CheckpointError::Signature(text()),
        CheckpointError::Text,
        other,
    ];
    for error in notes {
        same(&Fault::Checkpoint(error.clone()), proofs::fault);
        same(&Fault::Meta(MetaError::Signature(error)), proofs::fault);
    }
    for error in
        [MetaError::Json(text()), MetaError::Format(text()), MetaError::Form, MetaError::Half]
    {
        same(&Fault::Meta(error), proofs::fault);
    }
    for wrong in [
        Wrong::Magic,
        Wrong::NoLength(2),
        Wrong::Short { announced: 6, left: 0 },
        Wrong::Long(5000),
        Wrong::NotText(1),
        Wrong::Empty,
        Wrong::NotNumber(text()),
        Wrong::NotInstant(text()),
        Wrong::NotDay(text()),
        Wrong::NotCommitment(text()),
        Wrong::Trailing(3),
    ] {
        let error = EntryError { field: "act", at: 16, wrong };
        same(&Fault::EntryUnreadable { number: 7, error }, proofs::fault);
    }
    for fault in [
        Fault::OtherKey { trusted: text(), found: text() },
        Fault::Origin { signed: text(), says: text() },
        Fault::Size { signed: 1, says: 2 },
        Fault::FileMissing { path: text() },
        Fault::FileAdded { path: text() },
        Fault::TileChanged { path: text(), first: 1, last: 2 },
        Fault::EntryChanged { number: 7 },
        Fault::EntryLength { number: 7 },
        Fault::EntryMissing { number: 7 },
        Fault::EntryAdded { number: 7 },
        Fault::OutOfPlace { number: 7, says: 8 },
        Fault::OutOfTurn { number: 7, turn: 1, before: 2 },
        Fault::OtherBody { number: 7, says: text() },
        Fault::ContentChanged { number: 7 },
        Fault::ContentUnreadable { number: 7 },
        Fault::ContentMissing { number: 7 },
        Fault::ContentAdded { number: 7 },
        Fault::Root { first: 0, last: 9 },
    ] {
        same(&fault, proofs::fault);
    }
}

#[test]
fn every_trouble_of_a_sample_has_its_words() {
    use survey::Trouble;
    let (column, found, expected) = ("w".to_owned(), "x".to_owned(), "two or more".to_owned());
    for trouble in [
        Trouble::Unread { message: found.clone() },
        Trouble::NotText { row: 1, cell: 2 },
        Trouble::OpenQuote { row: 1 },
        Trouble::AfterQuote { row: 1, cell: 2 },
        Trouble::Width { row: 1, found: 1, expected: 2 },
        Trouble::RepeatedColumn { column: column.clone() },
        Trouble::UnknownColumn { column: column.clone(), known: "a, b".into() },
        Trouble::NotNumbers { column: column.clone(), found: found.clone() },
        Trouble::Missing { column: column.clone(), row: 1 },
        Trouble::Weight { column: column.clone(), row: 1, found: "0".into() },
        Trouble::TwoStrata { column: column.clone(), unit: "u".into(), row: 1 },
        Trouble::Population {
            column: column.clone(),
            row: 1,
            found: "found population count 0.5".into(),
            expected: expected.clone(),
        },
        Trouble::Totals { margin: column, found: found.clone(), expected: expected.clone() },
        Trouble::LonelyUnit { stage: 1, row: 2 },
        Trouble::Request { field: "vars".into(), found, expected },
    ] {
        same(&trouble, samples::trouble);
    }
}

/// What the crates say in words of their own is what is turned here: no phrase is stale, and no
/// format of a calendar or a plan is without its words.
#[test]
fn the_phrases_are_those_of_the_crates() {
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (mut folders, mut text) = (Vec::new(), String::new());
    folders.extend(["calendar", "schedule", "draw", "survey"].map(|name| crates.join(name)));
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                text.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let english = Words::of(Lang::En);
    for (pattern, key) in PHRASES {
        let longest = pattern.split("{}").max_by_key(|literal| literal.len()).unwrap();
        assert!(text.contains(longest), "{pattern:?} is said no more");
        let filled = pattern.replace("{}", "7 x");
        assert_eq!(super::phrase(&english, &filled), filled, "{key}");
        let chinese = super::phrase(&Words::of(Lang::Hant), &filled);
        assert!(chinese != filled && !chinese.contains('⟦'), "{key}: {chinese}");
    }
    let formats = text.split("Expected::Format(\"").skip(1);
    for format in formats.filter_map(|rest| rest.split('"').next()) {
        assert!(PHRASES.iter().any(|(pattern, _)| *pattern == format), "{format:?}");
    }
}
