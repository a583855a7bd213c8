//! The answers of other people's software, read from the reference folder.

use jiff::civil::Date;

use crate::Calendar;

fn reference(name: &str) -> Vec<Vec<String>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/calendar/");
    let text = std::fs::read_to_string(format!("{path}{name}")).unwrap();
    let rows = text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect());
    rows.collect()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn every_published_day_is_known() {
    let china = Calendar::china();
    let rows = reference("cn_exceptional_days.csv");
    assert!(rows.len() > 700, "{}", rows.len());
    for row in rows {
        assert_eq!(china.is_workday(day(&row[0])), row[1] == "1", "{}", row[0]);
    }
}

#[test]
fn every_query_is_answered() {
    let china = Calendar::china();
    let rows = reference("cn_queries.csv");
    assert_eq!(rows.len(), 400);
    for row in rows {
        let a = day(&row[1]);
        let answer = match row[0].as_str() {
            "count_closed" => china.count_workdays(a, day(&row[2])).to_string(),
            "add_after" => china.add_workdays(a, row[2].parse().unwrap()).to_string(),
            "sub_before" => china.sub_workdays(a, row[2].parse().unwrap()).to_string(),
            "next_or_same" => china.next_or_same(a).to_string(),
            "prev_or_same" => china.prev_or_same(a).to_string(),
            other => panic!("{other}"),
        };
        assert_eq!(answer, row[3], "{row:?}");
    }
}

#[test]
fn adding_and_counting_agree_far_outside_the_published_years() {
    let china = Calendar::china();
    for start in ["1996-02-28", "2003-12-20", "2026-12-20", "2031-07-05"] {
        for n in 1..60 {
            let start = day(start);
            let later = china.add_workdays(start, n);
            assert!(china.is_workday(later));
            assert_eq!(china.count_workdays(start.tomorrow().unwrap(), later), n);
            let before = china.sub_workdays(start, n);
            assert!(china.is_workday(before));
            assert_eq!(china.count_workdays(before, start.yesterday().unwrap()), n);
        }
    }
}
