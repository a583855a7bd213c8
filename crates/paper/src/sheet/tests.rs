//! Tables as offices send them.

use super::{SheetError, column_letters, read};

#[test]
fn a_csv_with_a_mark_and_quotes() {
    let table = read("a.csv", "\u{feff}序号,任务\n1,\"甲，\n乙\"\n2,丙\n".as_bytes()).unwrap();
    assert_eq!(table.header, ["序号", "任务"]);
    assert_eq!(table.rows[0].cells, ["1", "甲，\n乙"]);
    assert_eq!((table.rows[0].number, table.rows[1].number), (2, 4));
}

#[test]
fn a_csv_in_the_national_encoding() {
    let (bytes, _, _) = encoding_rs::GB18030.encode("序号;任务\n1;治理大气污染\n");
    let table = read("a.csv", &bytes).unwrap();
    assert_eq!(table.rows[0].cells[1], "治理大气污染");
}

#[test]
fn a_workbook_with_a_title_above_its_header() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "2015年四个干运行图").unwrap();
    for (column, text) in ["序号", "任务", "时限"].iter().enumerate() {
        sheet.write(1, u16::try_from(column).unwrap(), *text).unwrap();
    }
    sheet.write(2, 0, 1).unwrap();
    sheet.write(2, 1, "淘汰燃煤锅炉").unwrap();
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2015, 11, 30).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_with_format(2, 2, &date, &format).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let table = read("a.xlsx", &bytes).unwrap();
    assert_eq!(table.header, ["序号", "任务", "时限"]);
    assert_eq!(table.rows[0].number, 3);
    assert_eq!(table.rows[0].cells, ["1", "淘汰燃煤锅炉", "42338"]);
}

#[test]
fn what_is_no_table_says_so() {
    assert_eq!(read("a.csv", b""), Err(SheetError::Empty));
    assert_eq!(read("a.doc", b"x"), Err(SheetError::Unknown("a.doc".into())));
    assert!(matches!(read("a.xlsx", b"PK nonsense"), Err(SheetError::Workbook(_))));
    assert_eq!(read("a.csv", b"a,b\n\xff\xff,1\n"), Err(SheetError::NotText { row: 2 }));
}

#[test]
fn a_workbook_of_two_far_cells_takes_no_room() {
    let written = |row: u32, column: u16| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (place, text) in ["uid", "name"].iter().enumerate() {
            sheet.write(0, u16::try_from(place).unwrap(), *text).unwrap();
        }
        sheet.write(row, column, "far").unwrap();
        book.save_to_buffer().unwrap()
    };
    assert_eq!(read("a.xlsx", &written(1_048_575, 16_383)), Err(SheetError::TooManyColumns));
    let table = read("a.xlsx", &written(1_048_575, 1)).unwrap();
    assert_eq!((table.rows.len(), table.rows[0].number), (1, 1_048_576));
    assert_eq!(table.rows[0].cells, ["", "far"]);
    // A part that says it unpacks to more than a person would send.
    let mut vast = written(1, 1);
    let entry = vast.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    vast[entry + 24..entry + 28].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(matches!(read("a.xlsx", &vast), Err(SheetError::TooLarge(_))));
}

#[test]
fn letters_of_columns() {
    assert_eq!([0, 25, 26, 701].map(column_letters), ["A", "Z", "AA", "ZZ"]);
}
