//! Ledgers that went out and came back from Excel: written, edited by another writer of
//! workbooks, read again, and merged with what happened meanwhile.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::{Added, Column, FaultKind, Kind, Line, MergeError, Outcome, merge, read, write};
use crate::sheet::sheets;

fn columns() -> Vec<Column> {
    vec![
        Column::fixed("number", "编号", 8, Kind::Text),
        Column::free("title", "问题", 30, Kind::Text),
        Column::free("due_on", "时限", 12, Kind::Day),
        Column::free("horizon", "期限", 8, Kind::Text).one_of(vec!["短期".into(), "长期".into()]),
        Column::free("count", "件数", 8, Kind::Number),
    ]
}

fn line(id: i64, title: &str, due: &str) -> Line {
    let cells = [&format!("2-{id:03}"), title, due, "短期", "6"].map(str::to_owned);
    Line { id, version: 3, cells: cells.into() }
}

fn ledger() -> Vec<Line> {
    vec![
        line(97, "许可目录之外仍要求\n提供证明材料 6 项", "2015-11-20"),
        line(103, "散煤销售点无进货台账", "2015-11-10"),
        line(88, "项目推进班子三个月未开协调会", ""),
        line(92, "群众信访件超期未答复 14 件", "2015-11-18"),
    ]
}

/// What stands in the sheet for people: the header, then the rows, hidden numbers last.
fn people(bytes: &[u8]) -> Vec<Vec<String>> {
    let table = sheets(bytes).unwrap().remove(0);
    let rows = table.rows.into_iter().map(|row| row.cells);
    std::iter::once(table.header).chain(rows).collect()
}

/// Saves the two sheets anew, as another program would, with the sheet for people as given.
fn saved(bytes: &[u8], people: &[Vec<String>], base: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("问题清单").unwrap();
    let date = Format::new().set_num_format("yyyy/m/d");
    for (row, number) in people.iter().zip(0_u32..) {
        for (cell, place) in row.iter().zip(0_u16..) {
            match cell.parse::<f64>() {
                Ok(serial) if serial > 40_000.0 => {
                    let day = ExcelDateTime::from_serial_datetime(serial).unwrap();
                    sheet.write_datetime_with_format(number, place, &day, &date).unwrap();
                }
                _ => drop(sheet.write_string(number, place, cell).unwrap()),
            }
        }
    }
    if base {
        let hidden = sheets(bytes).unwrap().remove(1);
        let sheet = book.add_worksheet().set_name(&hidden.sheet).unwrap();
        let rows = hidden.rows.into_iter().map(|row| row.cells);
        for (row, number) in std::iter::once(hidden.header).chain(rows).zip(0_u32..) {
            for (cell, place) in row.iter().zip(0_u16..) {
                sheet.write_string(number, place, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// The ledger goes out, is edited, and meets what is there now.
fn check(edit: impl FnOnce(&mut Vec<Vec<String>>), now: &[Line]) -> Outcome {
    let bytes = write("问题清单", &columns(), &ledger(), (2015, 11, 20)).unwrap();
    let mut table = people(&bytes);
    edit(&mut table);
    let edited = read(&saved(&bytes, &table, true), &columns()).unwrap();
    let now: BTreeMap<i64, Line> = now.iter().map(|line| (line.id, line.clone())).collect();
    merge(&edited, &columns(), |id| now.get(&id).cloned())
}

fn told(outcome: &Outcome) -> Vec<(i64, &str, &str, &str)> {
    let change = |one: &super::Change| (one.id, one.column, one.at.clone());
    assert!(outcome.changes.windows(2).all(|two| change(&two[0]) != change(&two[1])));
    outcome.changes.iter().map(|one| (one.id, &*one.at, &*one.was, &*one.now)).collect()
}

#[test]
fn what_nobody_edited_asks_nothing() {
    // Everything moved on meanwhile, and two rows are gone.
    let outcome = check(|_| {}, &[line(97, "改了", "2016-01-01"), line(103, "也改了", "")]);
    assert_eq!(outcome, Outcome { rows: 4, ..Outcome::default() });
}

#[test]
fn only_edited_cells_change_wherever_the_rows_went() {
    let edit = |table: &mut Vec<Vec<String>>| {
        table[1][1] = "许可目录之外仍要求提供证明材料 7 项".into();
        table[2][2] = "2015年12月1日".into();
        table[3][2] = "42338".into();
        table[4][3] = "长期".into();
        table[4][4] = "1,4".into();
        // Sorted the other way round, with an empty line between.
        table[1..].reverse();
        table.insert(2, Vec::new());
    };
    let mut now = ledger();
    now[0].cells[2] = "2015-12-31".into();
    now[3].cells[1] = "标题在系统里改了".into();
    let outcome = check(edit, &now);
    let expected = [
        (92, "D2", "短期", "长期"),
        (92, "E2", "6", "14"),
        (88, "C4", "", "2015-11-30"),
        (103, "C5", "2015-11-10", "2015-12-01"),
        (97, "B6", "许可目录之外仍要求\n提供证明材料 6 项", "许可目录之外仍要求提供证明材料 7 项"),
    ];
    assert_eq!(told(&outcome), expected);
    assert!(outcome.conflicts.is_empty() && outcome.faults.is_empty(), "{outcome:?}");
    assert_eq!(outcome.by_row().len(), 4);
}

#[test]
fn a_cell_changed_on_both_sides_is_reported_and_not_overwritten() {
    let edit = |table: &mut Vec<Vec<String>>| {
        table[1][1] = "表里的写法".into();
        table[1][2] = "2015-11-30".into();
        table[2][1] = "同一写法".into();
        table[3][1] = String::new();
    };
    let mut now = ledger();
    now[0].cells[1] = "系统里的写法".into();
    now[1].cells[1] = "同一写法".into();
    let outcome = check(edit, &now);
    assert_eq!(
        told(&outcome),
        [(97, "C2", "2015-11-20", "2015-11-30"), (88, "B4", "项目推进班子三个月未开协调会", ""),]
    );
    let [conflict] = outcome.conflicts.as_slice() else { panic!("{outcome:?}") };
    assert_eq!((conflict.id, &*conflict.at), (97, "B2"));
    assert_eq!((&*conflict.edited, &*conflict.current), ("表里的写法", "系统里的写法"));
    assert_eq!(conflict.was, ledger()[0].cells[1]);
    assert_eq!(outcome.agreed, 1);
}

#[test]
fn rows_added_removed_and_doubled() {
    let edit = |table: &mut Vec<Vec<String>>| {
        let copy = table[1].clone();
        table.remove(2);
        table.push(copy);
        table.push(vec![String::new(), "新问题".into(), "2015-12-01".into()]);
        // A number nobody gave it.
        table.push(["", "又一个", "", "", "", "4711"].map(str::to_owned).into());
    };
    let outcome = check(edit, &ledger());
    assert_eq!(outcome.removed, [103], "reported, never deleted");
    let [fault] = outcome.faults.as_slice() else { panic!("{outcome:?}") };
    assert_eq!((fault.kind, &*fault.at, fault.id), (FaultKind::Twice, "5", Some(97)));
    let added = |row, cells: [&str; 5]| Added { row, cells: cells.map(str::to_owned).into() };
    let first = added(6, ["", "新问题", "2015-12-01", "", ""]);
    assert_eq!(outcome.added, [first, added(7, ["", "又一个", "", "", ""])]);
    assert!(outcome.changes.is_empty());
}

#[test]
fn what_is_broken_is_said_at_its_cell_and_the_rest_goes_on() {
    let edit = |table: &mut Vec<Vec<String>>| {
        table[0].insert(1, "备注".into());
        for row in &mut table[1..] {
            row.insert(1, String::new());
        }
        table[1][0] = "2-098".into();
        table[1][3] = "11月底".into();
        table[2][3] = "2015-02-29".into();
        table[2][4] = "中期".into();
        table[3][2] = "#REF!".into();
        table[3][5] = "六".into();
        table[4][2] = "改得对".into();
    };
    let outcome = check(edit, &ledger());
    assert_eq!(told(&outcome), [(92, "C5", "群众信访件超期未答复 14 件", "改得对")]);
    let faults: Vec<(FaultKind, &str, &str)> =
        outcome.faults.iter().map(|fault| (fault.kind, &*fault.at, &*fault.found)).collect();
    assert_eq!(
        faults,
        [
            (FaultKind::UnknownColumn, "B", ""),
            (FaultKind::Fixed, "A2", "2-098"),
            (FaultKind::Broken, "D2", "11月底"),
            (FaultKind::Broken, "D3", "2015-02-29"),
            (FaultKind::Broken, "E3", "中期"),
            (FaultKind::Broken, "C4", "#REF!"),
            (FaultKind::Broken, "F4", "六"),
        ]
    );
}

#[test]
fn a_column_taken_out_leaves_its_cells_alone() {
    let edit = |table: &mut Vec<Vec<String>>| {
        for row in table.iter_mut() {
            row.remove(1);
        }
        table[1][1] = "2016-01-31".into();
    };
    let outcome = check(edit, &ledger());
    assert_eq!(told(&outcome), [(97, "B2", "2015-11-20", "2016-01-31")]);
    let [fault] = outcome.faults.as_slice() else { panic!("{outcome:?}") };
    assert_eq!((fault.kind, &*fault.heading), (FaultKind::MissingColumn, "问题"));
}

#[test]
fn an_edited_row_that_is_gone_is_said() {
    let edit = |table: &mut Vec<Vec<String>>| table[1][1] = "改了".into();
    let outcome = check(edit, &ledger()[1..]);
    let [fault] = outcome.faults.as_slice() else { panic!("{outcome:?}") };
    assert_eq!((fault.kind, &*fault.at, fault.id), (FaultKind::Gone, "2", Some(97)));
    assert!(outcome.changes.is_empty());
}

#[test]
fn another_language_reads_what_went_out() {
    let bytes = write("问题清单", &columns(), &ledger(), (2015, 11, 20)).unwrap();
    let mut table = people(&bytes);
    table[1][1] = "edited".into();
    let english: Vec<Column> = columns()
        .into_iter()
        .map(|column| Column { heading: column.key.to_uppercase(), ..column })
        .collect();
    let edited = read(&saved(&bytes, &table, true), &english).unwrap();
    let outcome = merge(&edited, &english, |id| ledger().into_iter().find(|one| one.id == id));
    assert_eq!(outcome.changes.len(), 1);
    assert!(outcome.faults.is_empty(), "{:?}", outcome.faults);
}

#[test]
fn what_cannot_be_merged_says_why() {
    let bytes = write("问题清单", &columns(), &ledger(), (2015, 11, 20)).unwrap();
    let table = people(&bytes);
    assert_eq!(read(&saved(&bytes, &table, false), &columns()), Err(MergeError::NoBase));
    let numberless: Vec<Vec<String>> = table.iter().map(|row| row[..5].to_vec()).collect();
    let saved = saved(&bytes, &numberless, true);
    assert_eq!(read(&saved, &columns()), Err(MergeError::NoNumbers));
    assert!(matches!(read(b"PK", &columns()), Err(MergeError::Sheet(_))));
}

#[test]
fn the_same_ledger_on_the_same_day_is_the_same_file() {
    let write = || write("问题清单", &columns(), &ledger(), (2015, 11, 20)).unwrap();
    assert_eq!(write(), write());
    // An empty ledger has its columns all the same.
    let empty = super::write("空", &columns(), &[], (2015, 11, 20)).unwrap();
    let edited = read(&empty, &columns()).unwrap();
    assert_eq!(merge(&edited, &columns(), |_| None), Outcome::default());
}

#[test]
fn days_as_people_write_them() {
    let column = Column::free("due_on", "时限", 12, Kind::Day);
    for (typed, read) in [
        ("2015-1-5", Some("2015-01-05")),
        ("2015/11/30", Some("2015-11-30")),
        ("2015年2月28日", Some("2015-02-28")),
        ("2016.2.29", Some("2016-02-29")),
        ("42338", Some("2015-11-30")),
        ("59", Some("1900-02-28")),
        ("61", Some("1900-03-01")),
        ("1", Some("1900-01-01")),
        ("1900-02-29", None),
        ("2015-13-1", None),
        ("明年", None),
        ("0", None),
    ] {
        assert_eq!(super::canonical(&column, typed).as_deref(), read, "{typed}");
    }
}
