//! Tables made to hurt: small on arrival and vast when believed.

use std::io::{Cursor, Write};

use expect_test::expect;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{check, check_within, office, read};
use crate::sheet::Limits;

/// A workbook of these parts beside the ones every workbook has.
fn forged(sheet: &str, strings: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        let schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        format!(r#"<Relationship Id="{id}" Type="{schema}/{kind}" Target="{target}"/>"#)
    };
    let relations = |inside: &str| {
        let schema = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!(r#"<Relationships xmlns="{schema}">{inside}</Relationships>"#)
    };
    let of_book = relation("r1", "worksheet", "worksheets/sheet1.xml")
        + &relation("r2", "sharedStrings", "sharedStrings.xml");
    let schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let sheets = r#"<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>"#;
    let book = format!(r#"<workbook xmlns:r="{schema}">{sheets}</workbook>"#);
    let parts = [
        ("_rels/.rels", relations(&relation("r1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations(&of_book)),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
        ("xl/sharedStrings.xml", strings.to_owned()),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_hostile_workbook_costs_little() {
    let strings = "<sst uniqueCount=\"1\"><si><t>x</t></si></sst>";
    let far = concat!(
        r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>"#,
        r#"<row r="1048576"><c r="C1048576"><v>2</v></c></row></sheetData></worksheet>"#,
    );
    check(
        &forged(far, strings),
        expect![[r#"
            S 1 ["1", "", ""]
            C1048576=2
        "#]],
    );
    let empty = "<worksheet><sheetData/></worksheet>";
    let many = "<sst uniqueCount=\"99999999999999\"><si><t>x</t></si></sst>";
    check(
        &forged(empty, many),
        expect![[r#"
        sheet-damaged: the workbook is damaged: it declares more texts than it holds
    "#]],
    );
    let backwards = concat!(
        r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>"#,
        r#"<mergeCells><mergeCell ref="C9:A1"/></mergeCells></worksheet>"#,
    );
    assert!(read("x", &forged(backwards, strings), None, &Limits::default()).is_err());
    let bomb = forged(&" ".repeat(40 << 20), strings);
    assert!(bomb.len() < 100_000);
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    check_within(
        &bomb,
        &limits,
        expect![[r#"
        sheet-unpacks-too-large: the workbook unpacks to more than 1048576 bytes
    "#]],
    );
}

#[test]
fn one_text_named_by_many_cells_is_counted_each_time() {
    let long = "字".repeat(10_000);
    let strings = format!("<sst uniqueCount=\"1\"><si><t>{long}</t></si></sst>");
    let row = |number: usize| {
        let cells: String = ["A", "B", "C"]
            .iter()
            .map(|column| format!(r#"<c r="{column}{number}" t="s"><v>0</v></c>"#))
            .collect();
        format!("<row r=\"{number}\">{cells}</row>")
    };
    let rows: String = (1..2_000).map(row).collect();
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let fault = read("x", &forged(&sheet, &strings), None, &Limits::default()).unwrap_err();
    assert_eq!(fault.key(), "sheet-too-much-text");
    let down = concat!(
        r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>"#,
        r#"<row r="2"><c r="A2" t="s"><v>0</v></c></row>ROWS</sheetData>"#,
        r#"<mergeCells><mergeCell ref="A2:A9999"/></mergeCells></worksheet>"#,
    );
    let rows: String = (3..9_999)
        .map(|row| format!("<row r=\"{row}\"><c r=\"B{row}\"><v>1</v></c></row>"))
        .collect();
    let fault =
        read("x", &forged(&down.replace("ROWS", &rows), &strings), None, &Limits::default());
    assert_eq!(fault.unwrap_err().key(), "sheet-too-much-text");
}

proptest::proptest! {
    /// Whatever the bytes, an answer comes.
    #[test]
    fn no_text_stops_the_reader(text in "[a,;\t\n\r\"= 字]{0,80}") {
        if let Ok(table) = read("x", text.as_bytes(), None, &Limits::default()) {
            for row in &table.rows {
                proptest::prop_assert_eq!(row.len(), table.header.len());
                proptest::prop_assert!(row[0].row > table.header_row);
            }
        }
    }

    /// A flipped byte in a workbook is a fault or another text, never a stop.
    #[test]
    fn no_flip_stops_the_reader(place in 0usize..6_000, byte: u8) {
        let mut bytes = office();
        let place = place % bytes.len();
        bytes[place] = byte;
        let _ = read("x", &bytes, None, &Limits::default());
    }
}
