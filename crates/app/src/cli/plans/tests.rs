//! What `shigan schedule` says to good plans and to bad ones.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use super::{Direction, ScheduleArgs, day_of, scheduled};
use crate::ui::words::{Lang, Words};

const HEADER: &str = "uid,name,duration_min,predecessors,constraint,constraint_date,deadline\n";

fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn args(plan: PathBuf) -> ScheduleArgs {
    ScheduleArgs {
        plan,
        direction: None,
        start: Some("2015-11-20T08:00".into()),
        deadline: None,
        calendar: None,
        explain: false,
    }
}

fn run(args: &ScheduleArgs) -> Result<schedule::Printed, String> {
    scheduled(args, jiff::civil::date(2015, 11, 20), &Words::of(Lang::En))
}

#[test]
fn a_bad_plan_is_refused_with_its_row_and_field() {
    let cases = [
        (
            "1,a,480,2:FS:0,,,\n2,b,480,1:FS:0,,,\n",
            "row 2, field predecessors: found \"1 → 2 → 1\"",
        ),
        ("1,a,480,1:FS:0,,,\n", "row 2, field predecessors: found \"1:FS:0\", expected another"),
        ("1,a,480,9:FS:0,,,\n", "row 2, field predecessors: found \"9\""),
        ("1,a,480,,,,\n1,b,480,,,,\n", "row 3, field uid: found \"1\""),
        ("1,a,-480,,,,\n", "row 2, field duration_min: found \"-480\""),
        ("1,a,1e9,,,,\n", "row 2, field duration_min: found \"1e9\""),
        ("1,a,99999999999999999999,,,,\n", "row 2, field duration_min"),
        ("1,a,999999999,,,,\n\n2,b,999999999,1:FS:0,,,\n3,c,999999999,2:FS:0,,,\n", "row 2, field"),
        ("1,a,480,,SNET,2015/12/01,\n", "row 2, field constraint_date: found \"2015/12/01\""),
        ("1,a,480,,SNET,2015-02-29T08:00,\n", "row 2, field constraint_date: found \"2015-02-29"),
        ("\n1,a,480,,,,2015-02-29T17:00\n", "row 3, field deadline: found \"2015-02-29T17:00\""),
        ("1,a,480,,SNET,,\n", "row 2, field constraint_date: found \"\""),
        ("1,a,480,,LATER,,\n", "row 2, field constraint: found \"LATER\""),
        ("1,a,480,2-FS,,,\n", "row 2, field predecessors: found \"2-FS\""),
    ];
    for (rows, said) in cases {
        let (_folder, plan) = file("plan.csv", format!("{HEADER}{rows}").as_bytes());
        let wrong = run(&args(plan)).unwrap_err();
        assert!(wrong.contains("plan.csv: ") && wrong.contains(said), "{wrong}");
        assert!(wrong.contains("expected"), "{wrong}");
    }
}

#[test]
fn files_that_are_no_plans_are_refused() {
    for (name, bytes) in [
        ("plan.csv", &b""[..]),
        ("plan.csv", b"a,b\n1,2\n"),
        ("plan.csv", b"\xff\xfe\x00"),
        ("plan.xml", b""),
        ("plan.xml", b"<Project><Tasks>"),
        ("plan.xml", b"<html/>"),
        ("plan.xlsx", b""),
        ("plan.xlsx", b"PK not a workbook"),
        ("plan.doc", b"uid"),
    ] {
        let (_folder, plan) = file(name, bytes);
        let wrong = run(&args(plan)).unwrap_err();
        assert!(wrong.contains(name) && !wrong.ends_with(": "), "{wrong}");
    }
    assert!(run(&args("/nowhere/plan.csv".into())).unwrap_err().contains("plan.csv"));
}

#[test]
fn a_wrong_argument_is_named() {
    let (_folder, plan) = file("plan.csv", format!("{HEADER}1,a,480,,,,\n").as_bytes());
    let bad = ScheduleArgs { start: Some("2015-02-29T08:00".into()), ..args(plan.clone()) };
    assert!(run(&bad).unwrap_err().starts_with("--start: found \"2015-02-29T08:00\""));
    let backward = Some(Direction::Backward);
    let bad = ScheduleArgs { direction: backward, ..args(plan.clone()) };
    assert!(run(&bad).unwrap_err().contains("field --deadline"));
    let (_other, calendar) = file("never.toml", b"name = \"never\"\n[week]\nmon = []\n");
    let calendar = Some(calendar.display().to_string());
    let bad = ScheduleArgs { calendar, ..args(plan) };
    let wrong = run(&bad).unwrap_err();
    assert!(wrong.contains("never.toml") && wrong.contains("no working time"), "{wrong}");
}

#[test]
fn a_workbook_is_read_like_a_table() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let header = ["uid", "name", "duration_min", "predecessors", "constraint", "constraint_date"];
    for (column, name) in (0..).zip(header) {
        sheet.write(0, column, name).unwrap();
    }
    sheet.write(1, 0, 1).unwrap();
    sheet.write(1, 1, "survey").unwrap();
    sheet.write(1, 2, 480).unwrap();
    sheet.write(1, 4, "SNET").unwrap();
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2015, 12, 1).unwrap();
    let date = date.and_hms(8, 0, 0).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm");
    sheet.write_datetime_with_format(1, 5, &date, &format).unwrap();
    sheet.write(3, 0, 2).unwrap();
    sheet.write(3, 2, 960).unwrap();
    sheet.write(3, 3, "1:FS:0").unwrap();
    let (_folder, plan) = file("plan.xlsx", &book.save_to_buffer().unwrap());
    let printed = run(&args(plan)).unwrap();
    let rows: Vec<&str> = printed.csv.lines().collect();
    assert!(rows[1].starts_with("1,survey,2015-12-01T08:00,2015-12-01T17:00,"), "{}", rows[1]);
    assert!(rows[2].starts_with("2,,2015-12-02T08:00,2015-12-03T17:00,"), "{}", rows[2]);

    book.worksheet_from_index(0).unwrap().write(3, 3, "7:FS:0").unwrap();
    let (_folder, plan) = file("plan.xlsx", &book.save_to_buffer().unwrap());
    let wrong = run(&args(plan)).unwrap_err();
    assert!(wrong.contains("row 4, field predecessors: found \"7\""), "{wrong}");
}

#[test]
fn a_day_of_a_workbook_is_its_midnight() {
    assert_eq!(day_of("42339").unwrap(), "2015-12-01T00:00");
    assert_eq!(day_of("2015-12-01"), None);
}

#[test]
fn a_plan_that_cannot_be_kept_says_why() {
    let rows = "1,a,480,,,,\n2,b,960,1:FS:0,,,2015-11-23T17:00\n";
    let (_folder, plan) = file("plan.csv", format!("{HEADER}{rows}").as_bytes());
    let printed = run(&ScheduleArgs { explain: true, ..args(plan) }).unwrap();
    assert!(!printed.is_feasible);
    assert!(printed.csv.contains(",-480,"), "{}", printed.csv);
    let said: serde_json::Value = serde_json::from_str(&printed.explanation.unwrap()).unwrap();
    assert_eq!(said["conflict"]["facts"].as_array().unwrap().len(), 3);
    assert_eq!(said["conflict"]["missing_min"], 480);
    assert!(!said["relaxations"]["single"].as_array().unwrap().is_empty());
}
