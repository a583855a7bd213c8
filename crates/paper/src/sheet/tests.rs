//! Tables read as offices send them.

use expect_test::{Expect, expect};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::*;

mod hostile;
mod writing;

/// A table as a person would copy it: where the header is, then every cell with its address.
fn show(table: &Table) -> String {
    let mut out = format!("{} {} {:?}\n", table.name, table.header_row, table.header);
    for row in &table.rows {
        let cells = row.iter().filter(|cell| !cell.is_empty());
        let cells: Vec<String> =
            cells.map(|cell| format!("{}={}", cell.address(), cell.text)).collect();
        out.push_str(&cells.join(" "));
        out.push('\n');
    }
    out
}

fn check(bytes: &[u8], expect: Expect) {
    check_within(bytes, &Limits::default(), expect);
}

fn check_within(bytes: &[u8], limits: &Limits, expect: Expect) {
    let said = match read("表", bytes, None, limits) {
        Ok(table) => show(&table),
        Err(fault) => format!("{}: {fault}\n", fault.key()),
    };
    expect.assert_eq(&said);
}

#[test]
fn columns_have_letters() {
    let letters = [1, 26, 27, 52, 53, 702, 703, 16_384].map(column_letters);
    assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
}

#[test]
fn a_comma_text_with_quotes_and_lines_inside() {
    let text = "\u{feff}编号,工作,时限\r\n1-1,\"主航道，\r\n\"\"深水\"\"\",2015-10-20\r\n\r\n1-2, 码头 ,\r\n";
    check(
        text.as_bytes(),
        expect![[r#"
            表 1 ["编号", "工作", "时限"]
            A2=1-1 B2=主航道，
            "深水" C2=2015-10-20
            A4=1-2 B4=码头
        "#]],
    );
}

#[test]
fn semicolons_tabs_and_lone_carriage_returns() {
    check(
        b"no;title;amount\n1;a, b;3,5\n2;c, d, e;4,0\n",
        expect![[r#"
            表 1 ["no", "title", "amount"]
            A2=1 B2=a, b C2=3,5
            A3=2 B3=c, d, e C3=4,0
        "#]],
    );
    check(
        b"no\ttitle\r1\ta;b\r",
        expect![[r#"
            表 1 ["no", "title"]
            A2=1 B2=a;b
        "#]],
    );
}

#[test]
fn encodings_of_the_office() {
    let text = "编号,单位\n1,市环保局\n";
    let expected = r#"表 1 ["编号", "单位"]
A2=1 B2=市环保局
"#;
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    for bytes in [gb.as_ref(), text.as_bytes(), &utf16] {
        assert_eq!(show(&read("表", bytes, None, &Limits::default()).unwrap()), expected);
    }
}

#[test]
fn what_is_no_table_says_so() {
    let limits = Limits { file_bytes: 9, ..Limits::default() };
    check_within(
        b"0123456789",
        &limits,
        expect![[r#"
        sheet-too-large: the file has 10 bytes, 9 are the most
    "#]],
    );
    check(
        b"",
        expect![[r#"
        sheet-empty: the sheet “表” is empty
    "#]],
    );
    check(
        b"\n , \n\n",
        expect![[r#"
        sheet-empty: the sheet “表” is empty
    "#]],
    );
    check(
        b"%PDF-1.7\n\0\x01\x02",
        expect![[r#"
        sheet-not-a-table: this is neither an .xlsx workbook nor a .csv text
    "#]],
    );
    check(
        &[0xD0, 0xCF, 0x11, 0xE0, 0xA1],
        expect![[r#"
        sheet-old-format: this is an old .xls or a workbook with a password: save it as a plain .xlsx
    "#]],
    );
    check(
        b"a,b\n1,\xff\xff\n",
        expect![[r#"
        sheet-not-text: line 2: this is not UTF-8, UTF-16 or GB18030 text
    "#]],
    );
    check(
        b"PK\x03\x04 and then nothing",
        expect![[r#"
        sheet-damaged: the workbook is damaged: invalid Zip archive: Could not find EOCD
    "#]],
    );
    check(
        b"no,title\n1,\"begun\n2,never closed\n3,x\n",
        expect![[r#"
        sheet-quote-open: row 2: a quotation mark opens and never closes
    "#]],
    );
}

#[test]
fn limits_say_where() {
    let limits = Limits { rows: 2, columns: 3, text_bytes: 20, ..Limits::default() };
    check_within(
        b"a,b\n1,2\n3,4\n",
        &limits,
        expect![[r#"
        sheet-too-many-rows: row 3: more than 2 rows hold something
    "#]],
    );
    check_within(
        b"a,b\n1,,,9\n",
        &limits,
        expect![[r#"
        sheet-too-many-columns: cell D2: more than 3 columns
    "#]],
    );
    check_within(
        b"a,b\n1,twenty letters or more\n",
        &limits,
        expect![[r#"
        sheet-too-much-text: cell B2: more than 20 bytes of text
    "#]],
    );
    let limits = Limits { cells: 5, ..Limits::default() };
    check_within(
        b"a,b\n1,2\n3,4\n5,6\n",
        &limits,
        expect![[r#"
        sheet-too-many-cells: 6 cells, 5 are the most
    "#]],
    );
}

/// A chart as offices send it: a title over everything, a header of two levels, goals merged down.
fn office() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let plain = Format::new();
    let hidden = workbook.add_worksheet();
    hidden.set_name("字典").unwrap().set_hidden(true).write_string(0, 0, "秘").unwrap();
    workbook.add_worksheet().set_name("说明").unwrap();
    let page = workbook.add_worksheet();
    page.set_name("运行图").unwrap().set_active(true);
    page.merge_range(0, 0, 0, 5, "2015年“四个干”运行图", &plain).unwrap();
    page.write_string(1, 0, "填报单位：市环保局").unwrap();
    page.merge_range(2, 0, 3, 0, "目标", &plain).unwrap();
    page.merge_range(2, 1, 3, 1, "具体\n工作", &plain).unwrap();
    page.merge_range(2, 2, 2, 3, "谁来干", &plain).unwrap();
    page.merge_range(2, 4, 2, 5, "时间", &plain).unwrap();
    for (column, title) in ["分包领导", "牵头单位", "开始", "完成"].iter().enumerate() {
        page.write_string(3, u16::try_from(column).unwrap() + 2, *title).unwrap();
    }
    page.merge_range(4, 0, 5, 0, "治理大气", &plain).unwrap();
    for (row, title) in [(4, "锅炉"), (5, "扬尘")] {
        page.write_string(row, 1, title).unwrap();
        page.write_string(row, 3, "市环保局").unwrap();
    }
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let moment = ExcelDateTime::from_ymd(2015, 11, 30).unwrap();
    page.write_datetime_with_format(4, 5, &moment, &day).unwrap();
    page.write_number(5, 4, 0.1 + 0.2).unwrap();
    page.write_number(5, 5, 1_026.0).unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_with_titles_levels_and_merged_goals() {
    let bytes = office();
    check(
        &bytes,
        expect![[r#"
            运行图 4 ["目标", "具体工作", "分包领导", "牵头单位", "开始", "完成"]
            A5=治理大气 B5=锅炉 D5=市环保局 F5=2015-11-30
            A6=治理大气 B6=扬尘 D6=市环保局 E6=0.3 F6=1026
        "#]],
    );
    let limits = Limits::default();
    assert_eq!(names("x", &bytes, &limits).unwrap(), ["说明", "运行图"]);
    let chosen = read("x", &bytes, Some("说明"), &limits);
    assert_eq!(chosen, Err(Fault::Empty { name: "说明".to_owned() }));
    let said = read("x", &bytes, Some("附表"), &limits).unwrap_err().to_string();
    assert_eq!(said, "there is no sheet “附表”; there is: 说明、运行图");
}

#[test]
fn two_columns_of_one_name_are_told_apart_by_the_level_above() {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    let plain = Format::new();
    page.write_string(0, 0, "编号").unwrap();
    page.merge_range(0, 1, 0, 2, "计划", &plain).unwrap();
    page.merge_range(0, 3, 0, 4, "实际", &plain).unwrap();
    for (column, title) in [(1, "开始"), (2, "完成"), (3, "开始"), (4, "完成")] {
        page.write_string(1, column, title).unwrap();
    }
    page.write_string(2, 0, "1-1").unwrap();
    check(
        &workbook.save_to_buffer().unwrap(),
        expect![[r#"
            Sheet1 2 ["编号", "计划 开始", "计划 完成", "实际 开始", "实际 完成"]
            A3=1-1
        "#]],
    );
}

#[test]
fn public_tables_are_read_whole() {
    let shared = |name: &str| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/").to_owned() + name;
        let bytes = std::fs::read(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        let table = read(name, &bytes, None, &Limits::default()).unwrap();
        (table.header.len(), table.rows.len(), table.rows[table.rows.len() - 1][0].address())
    };
    assert_eq!(shared("tangshan_gwr_2016_items.csv"), (10, 175, "A176".to_owned()));
    assert_eq!(shared("uk_gmpp_2019_2023.csv"), (20, 921, "A922".to_owned()));
    assert_eq!(shared("ca_mandate_commitments_2021.csv"), (4, 760, "A761".to_owned()));
    assert_eq!(shared("gb2260_tangshan_201512.csv"), (3, 15, "A16".to_owned()));
}
