//! What is written reads back.

use std::io::Cursor;

use expect_test::expect;
use jiff::civil::date;

use super::{check, office, read};
use crate::sheet::{
    Column, Csv, Limits, Note, Remark, Sheet, Value, write_csv, write_remarks, write_xlsx,
};

fn sample() -> Sheet {
    let column = |title: &str, width| Column { title: title.to_owned(), width };
    Sheet {
        name: "运行图[1/2]：一份很长很长很长很长很长很长很长很长很长的名字".to_owned(),
        columns: vec![column("编号", 8), column("工作", 30), column("时限", 12), column("进度", 8)],
        frozen: 1,
        rows: vec![
            vec![
                "27-1".into(),
                "=SUM(A1)".into(),
                Value::Day(date(2015, 11, 30)),
                Value::Number(83.9),
            ],
            vec!["27-2".into(), "烧结机\n脱硫".into(), Value::Empty, Value::Number(90.0)],
        ],
        notes: vec![Note { row: 1, column: 2, text: "没有时限".to_owned() }],
    }
}

#[test]
fn a_written_workbook_reads_back() {
    let bytes = write_xlsx(&[sample()], date(2015, 11, 20)).unwrap();
    check(
        &bytes,
        expect![[r#"
            运行图12：一份很长很长很长很长很长很长很长很长很长的名字 1 ["编号", "工作", "时限", "进度"]
            A2=27-1 B2==SUM(A1) C2=2015-11-30 D2=83.9
            A3=27-2 B3=烧结机
            脱硫 D3=90
        "#]],
    );
    assert_eq!(bytes, write_xlsx(&[sample()], date(2015, 11, 20)).unwrap());
    let long = Sheet { rows: vec![vec!["字".repeat(32_768).as_str().into()]], ..sample() };
    let fault = write_xlsx(&[long], date(2015, 11, 20)).unwrap_err().to_string();
    assert_eq!(fault, "cell A2: 32768 characters, 32767 are the most a cell takes");
}

#[test]
fn remarks_come_back_on_the_cells_they_are_about() {
    let table = read("x", &office(), None, &Limits::default()).unwrap();
    let remark = |row, column, text: &str| Remark { row, column, text: text.to_owned() };
    let remarks = [
        remark(6, Some(3), "没有分包领导"),
        remark(6, Some(5), "不是日期"),
        remark(5, None, "与第 3 行重复"),
    ];
    let bytes = write_remarks(&table, &remarks, "备注", date(2015, 11, 20)).unwrap();
    check(
        &bytes,
        expect![[r#"
            运行图 4 ["目标", "具体工作", "分包领导", "牵头单位", "开始", "完成", "备注"]
            A5=治理大气 B5=锅炉 D5=市环保局 F5=2015-11-30 G5=与第 3 行重复
            A6=治理大气 B6=扬尘 D6=市环保局 E6=0.3 F6=1026 G6=没有分包领导
            不是日期
        "#]],
    );
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let comments = std::io::read_to_string(archive.by_name("xl/comments1.xml").unwrap()).unwrap();
    assert!(comments.contains(r#"ref="C6""#) && comments.contains("没有分包领导"), "{comments}");
    assert!(!comments.contains(r#"ref="A5""#));
}

#[test]
fn a_written_text_reads_back_and_starts_no_formula() {
    let header = ["编号".to_owned(), "工作".to_owned()];
    let rows = vec![
        vec!["1".into(), "a,\"b\"\nc".into()],
        vec!["=1+2".into(), "-6".into()],
        vec![Value::Number(-6.5), Value::Day(date(2015, 1, 5))],
    ];
    let bytes = write_csv(&header, &rows, Csv::WithMark);
    expect![[r#"
        编号,工作
        1,"a,""b""
        c"
        '=1+2,-6
        -6.5,2015-01-05
    "#]]
    .assert_eq(&String::from_utf8(bytes.clone()).unwrap().replace(['\r', '\u{feff}'], ""));
    assert_eq!(bytes[..3], [0xEF, 0xBB, 0xBF]);
    assert_eq!(write_csv(&header, &rows, Csv::Plain)[..3], *"编".as_bytes());
    check(
        &bytes,
        expect![[r#"
            表 1 ["编号", "工作"]
            A2=1 B2=a,"b"
            c
            A3='=1+2 B3=-6
            A4=-6.5 B4=2015-01-05
        "#]],
    );
}
