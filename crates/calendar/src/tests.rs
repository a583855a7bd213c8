//! The answers of other people's software, read from the reference folder, and plain counting
//! day by day and minute by minute.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::{
    Calendar, DAY, Derivation, Exception, Expected, Fault, Moment, Range, Rules, Season, Term,
    Week, answer,
};

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
    let asked: Vec<String> = rows.iter().map(|row| row[..3].join(",")).collect();
    let answers = answer(&china, format!("op,a,b\n{}\n", asked.join("\n")).as_bytes()).unwrap();
    for (row, said) in rows.iter().zip(answers.lines.lines()) {
        assert_eq!(said, row[3], "{row:?}");
    }
    assert_eq!(answers.lines.lines().count(), 400);
}

#[test]
fn every_month_has_its_number_of_working_days() {
    let china = Calendar::china();
    for row in reference("cn_year_counts.csv") {
        let Ok(month) = row[1].parse::<i8>() else { continue };
        let first = date(row[0].parse().unwrap(), month, 1);
        let last = first.last_of_month();
        let count = china.count_workdays(first, last);
        assert_eq!(count.to_string(), row[2], "{first}");
        assert_eq!((i64::from(last.day()) - count).to_string(), row[3], "{first}");
    }
}

#[test]
fn the_other_list_of_holidays_agrees() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/");
    let text = std::fs::read_to_string(format!("{path}cn_holidays_2007_2026.json")).unwrap();
    let china = Calendar::china();
    let mut seen = 0;
    for entry in text.split('{').filter(|entry| entry.contains("\"notice_year\"")) {
        let after = |key: &str| {
            entry.split(key).nth(1).unwrap().trim_start_matches([':', ' ', '"']).to_owned()
        };
        let found = day(&after("\"date\"")[..10]);
        assert_eq!(!china.is_workday(found), after("\"off\"").starts_with("true"), "{found}");
        seen += 1;
    }
    assert!(seen > 600, "{seen}");
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

#[test]
fn the_first_wrong_row_and_field_are_named() {
    let china = Calendar::china();
    let wrong = |text: &str| answer(&china, text.as_bytes()).unwrap_err().to_string();
    let cases = [
        (
            "add_after,2015-02-29,3",
            "row 1, field a: found \"2015-02-29\", expected a date YYYY-MM-DD",
        ),
        (
            "op,a,b\nadd_after,2015-02-28,-3",
            "row 2, field b: found \"-3\", expected a whole number from 0 to 3000000",
        ),
        ("count_closed,2015-02-28,3", "row 1, field b: found \"3\", expected a date YYYY-MM-DD"),
        (
            "minus,2015-02-28,3",
            "row 1, field op: found \"minus\", expected one of count_closed, add_after, \
             sub_before, next_or_same, prev_or_same",
        ),
        (
            "add_after,9999-12-01,3000000",
            "row 1, field b: found \"3000000\", expected dates between the years 1 and 9999",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(wrong(text), expected);
    }
}

#[test]
fn a_calendar_file_says_what_is_wrong() {
    let week = "[week]\nmon = [\"08:00-12:00\", \"13:00-17:00\"]\n";
    let cases = [
        ("name = \"x\"\n[week]\nmon = []\n".to_owned(), "some working time"),
        ("name = \"x\"\n".to_owned(), "field week"),
        (format!("{week}tuesday = []\n"), "one of mon, tue"),
        ("[week]\nmon = [\"8-12\"]\n".to_owned(), "field week.mon: found \"8-12\""),
        ("[week]\nmon = [\"08:00-12:00\", \"11:00-13:00\"]\n".to_owned(), "do not overlap"),
        (format!("{week}[[exception]]\nfirst = 2015-02-30\n"), "line 4, field first"),
        (format!("{week}[[exception]]\nfirst = \"2015-02-29\"\n"), "exception 1, first"),
        (
            format!("{week}[[exception]]\nfirst = 2015-02-03\nlast = 2015-02-02\n"),
            "exception 1, last",
        ),
        (format!("{week}[[exception]]\nfirst = 2015-02-03\nworkin = []\n"), "workin"),
    ];
    for (text, expected) in cases {
        let said = Calendar::from_toml(&text).unwrap_err().to_string();
        assert!(said.contains(expected), "{text}\n{said}");
    }
}

#[test]
fn a_deadline_prints_its_derivation() {
    let china = Calendar::china();
    let said = |derived: Derivation| derived.to_string();
    assert_eq!(
        said(china.deadline(date(2015, 9, 1), Term::Days(30))),
        "issued 2015-09-01, 30 days, ends 2015-10-01, skips 2015-10-01 国庆节, 2015-10-02 国庆节, \
         2015-10-03 国庆节, 2015-10-04 国庆节, 2015-10-05 国庆节, 2015-10-06 国庆节, \
         2015-10-07 国庆节, due 2015-10-08"
    );
    assert_eq!(
        said(china.deadline(date(2015, 10, 8), Term::Workdays(3))),
        "issued 2015-10-08, 3 working days, skips 2015-10-11, counts made-up 2015-10-10, \
         due 2015-10-12"
    );
    assert_eq!(
        said(china.deadline(date(2026, 11, 30), Term::Months(1))),
        "issued 2026-11-30, 1 month, due 2026-12-30 (provisional)"
    );
}

#[test]
fn an_own_exception_goes_before_the_base_and_the_base_before_an_own_week() {
    let six_days = std::array::from_fn(|day| if day < 6 { crate::office_hours() } else { vec![] });
    let (first, last) = (date(2015, 10, 5), date(2015, 10, 5));
    let duty = Exception { first, last, working: crate::office_hours(), name: "值班".into() };
    let own = Rules { week: Some(six_days), exceptions: vec![duty], ..Rules::default() };
    let city = Calendar::china().derive(&own).unwrap();
    let works = |month, day| city.is_workday(date(2015, month, day));
    assert!(works(11, 21) && !works(11, 22));
    assert!(!works(10, 2) && works(10, 5) && !works(10, 6));
    assert_eq!(city.published_until(), Some(date(2026, 12, 28)));
}

fn a_week() -> impl Strategy<Value = Week> {
    let ranges = [
        vec![],
        vec![Range { from: 0, to: DAY }],
        crate::office_hours(),
        vec![Range { from: 0, to: 3 * 3600 }, Range { from: 22 * 3600, to: DAY }],
        vec![Range { from: 9 * 3600, to: 9 * 3600 + 60 }],
    ];
    let hours = proptest::sample::select(ranges.to_vec());
    proptest::array::uniform7(hours)
}

fn rules() -> impl Strategy<Value = Rules> {
    let exception = (0_i64..40, 0_i64..9, a_week()).prop_map(|(first, length, week)| Exception {
        first: crate::moment::day_of(first + 100),
        last: crate::moment::day_of(first + 100 + length),
        working: week[0].clone(),
        name: String::new(),
    });
    let season = (0_i64..40, 0_i64..30, a_week()).prop_map(|(first, length, week)| Season {
        first: crate::moment::day_of(first + 100),
        last: crate::moment::day_of(first + 100 + length),
        week,
    });
    let exceptions = proptest::collection::vec(exception, 0..6);
    let seasons = proptest::collection::vec(season, 0..3);
    (a_week(), seasons, exceptions).prop_filter_map("no work", |(week, seasons, exceptions)| {
        let works = week.iter().any(|hours| !hours.is_empty());
        works.then(|| Rules { week: Some(week), seasons, exceptions, ..Rules::default() })
    })
}

/// The hours of a day, read off the rules by looking at each in turn.
fn plain_hours(rules: &Rules, number: i64) -> Vec<Range> {
    let day = crate::moment::day_of(number);
    let weekday = day.weekday().to_monday_zero_offset() as usize;
    let mut hours = rules.week.as_ref().unwrap()[weekday].clone();
    for season in rules.seasons.iter().filter(|s| (s.first..=s.last).contains(&day)) {
        hours = season.week[weekday].clone();
    }
    for exception in rules.exceptions.iter().filter(|e| (e.first..=e.last).contains(&day)) {
        hours = exception.working.clone();
    }
    hours
}

proptest! {
    #[test]
    fn working_time_is_what_counting_minutes_gives(
        rules in rules(),
        start in 0_i64..60 * 1440,
        minutes in 1_i64..9_000,
    ) {
        let calendar = Calendar::new(&rules).unwrap();
        let works = |minute: i64| {
            let (day, clock) = (minute.div_euclid(1440), minute.rem_euclid(1440) * 60);
            plain_hours(&rules, day).iter().any(|range| (range.from..range.to).contains(&clock))
        };
        let from = 85 * 1440 + start;
        let (mut now, mut left) = (from, minutes);
        while left > 0 {
            left -= i64::from(works(now));
            now += 1;
        }
        let (from, finish) = (Moment(from * 60), Moment(now * 60));
        prop_assert_eq!(calendar.add_time(from, minutes * 60), finish);
        prop_assert_eq!(calendar.worked_between(from, finish), minutes * 60);
        prop_assert_eq!(calendar.worked_between(finish, from), -minutes * 60);
        let (mut back, mut left) = (from.0 / 60, minutes);
        while left > 0 {
            back -= 1;
            left -= i64::from(works(back));
        }
        prop_assert_eq!(calendar.sub_time(from, minutes * 60), Moment(back * 60));
        let next = (from.0 / 60..).find(|minute| works(*minute)).unwrap();
        prop_assert_eq!(calendar.next_start(from), Moment(next * 60));
        let before = (0..=from.0 / 60).rev().find(|minute| works(minute - 1)).unwrap();
        prop_assert_eq!(calendar.prev_finish(from), Moment(before * 60));
    }

    #[test]
    fn working_days_are_what_counting_days_gives(
        rules in rules(),
        start in 60_i64..180,
        n in 1_i64..60,
    ) {
        let calendar = Calendar::new(&rules).unwrap();
        let day = crate::moment::day_of;
        let works = |number: i64| !plain_hours(&rules, number).is_empty();
        let after = (start + 1..).filter(|number| works(*number)).nth(n as usize - 1).unwrap();
        let before = (1..).map(|back| start - back).filter(|number| works(*number));
        let before = before.take(n as usize).last().unwrap();
        prop_assert_eq!(calendar.add_workdays(day(start), n), day(after));
        prop_assert_eq!(calendar.sub_workdays(day(start), n), day(before));
        prop_assert_eq!(calendar.count_workdays(day(start + 1), day(after)), n);
        prop_assert_eq!(calendar.is_workday(day(start)), works(start));
    }

    #[test]
    fn no_file_and_no_question_is_too_strange(text in "\\PC{0,80}", bytes in any::<Vec<u8>>()) {
        let _ = Calendar::from_toml(&text);
        let _ = answer(&Calendar::china(), &bytes);
        let _ = answer(&Calendar::china(), format!("add_after,{text},{text}").as_bytes());
    }
}

#[test]
fn a_calendar_without_working_time_is_none() {
    let rules = Rules { week: Some(Week::default()), ..Rules::default() };
    assert_eq!(Calendar::new(&rules), Err(Fault::NoWorkingTime));
    let bad = answer(&Calendar::china(), b"\xff").unwrap_err();
    assert_eq!(bad.expected, Expected::Format("UTF-8 text"));
}
