//! Input that is none: whatever comes, there is an answer or a refusal, and soon.

use proptest::prelude::*;
use schedule::{Direction, Options, Source, command};

const CSV: &str = "uid,name,duration_min,predecessors,parent,calendar,constraint,constraint_date,\
                   deadline,elapsed\n";

fn cell() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "1",
        "2",
        "3",
        "1:FS:0",
        "2:SS:-50%",
        "3:FF:10e",
        "1:SF:9e%",
        "480",
        "-1",
        "1e9",
        "999999999",
        "1000000000",
        "9223372036854775807",
        "0.5",
        "ASAP",
        "ALAP",
        "MSO",
        "FNLT",
        "2015-11-20T08:00",
        "2015-02-29T08:00",
        "9999-12-31T23:59",
        "0001-01-01T00:00",
        "continuous",
        "cn-office",
        "office",
        "\"",
        "\"\"",
        "é",
        "\u{0}",
        "NaN",
        "inf",
    ]);
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

fn table() -> impl Strategy<Value = String> {
    let row = prop::collection::vec(cell(), 4..11).prop_map(|cells| cells.join(","));
    prop::collection::vec(row, 0..8).prop_map(|rows| format!("{CSV}{}\n", rows.join("\n")))
}

/// A good file with some bytes changed, cut or doubled.
fn spoiled() -> impl Strategy<Value = Vec<u8>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/schedule/");
    let good: Vec<Vec<u8>> = ["generated/mix-12", "msproject/recurring", "msproject/caltest"]
        .iter()
        .map(|name| std::fs::read(format!("{root}{name}/input.xml")).unwrap())
        .collect();
    let spot = (any::<prop::sample::Index>(), any::<u8>(), 0_usize..4, 1_usize..40);
    (prop::sample::select(good), prop::collection::vec(spot, 1..12)).prop_map(|(good, spots)| {
        let mut bytes = good;
        for (place, byte, how, length) in spots {
            let at = place.index(bytes.len());
            let to = (at + length).min(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes[at] = b'0' + byte % 10,
                2 => drop(bytes.drain(at..to)),
                _ => {
                    let doubled = bytes[at..to].to_vec();
                    bytes.splice(at..at, doubled);
                }
            }
            if bytes.is_empty() {
                bytes.push(b' ');
            }
        }
        bytes
    })
}

fn options(backward: bool, explain: bool) -> Options {
    Options {
        direction: backward.then_some(Direction::Backward),
        start: (!backward).then(|| "2015-11-20T08:00".parse().unwrap()),
        deadline: backward.then(|| "2016-11-18T17:00".parse().unwrap()),
        explain,
        ..Options::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn a_table_is_answered_or_refused(text in table(), backward: bool) {
        match command(Source::Csv(text.as_bytes()), &options(backward, true)) {
            Ok(printed) => prop_assert!(printed.csv.starts_with("uid,")),
            Err(bad) => prop_assert!(!bad.to_string().is_empty()),
        }
    }

    #[test]
    fn bytes_are_answered_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = command(Source::Csv(&bytes), &options(false, false));
        let _ = command(Source::Xml(&bytes), &options(true, false));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_spoiled_file_is_answered_or_refused(bytes in spoiled(), backward: bool) {
        let _ = command(Source::Xml(&bytes), &options(backward, true));
    }
}

#[test]
fn a_long_chain_that_cannot_be_kept_is_explained_soon() {
    let mut text = String::from("uid,name,duration_min,predecessors\n1,,60,\n");
    for uid in 2..6_000 {
        text.push_str(&format!("{uid},,60,{}:FS:0\n", uid - 1));
    }
    let options = Options {
        start: Some("2015-11-20T08:00".parse().unwrap()),
        deadline: Some("2016-02-18T17:00".parse().unwrap()),
        explain: true,
        ..Options::default()
    };
    let printed = command(Source::Csv(text.as_bytes()), &options).unwrap();
    let said: serde_json::Value = serde_json::from_str(&printed.explanation.unwrap()).unwrap();
    assert!(!printed.is_feasible);
    assert_eq!(said["conflict"]["is_minimal"], true);
    assert!(said["relaxations"]["single"].as_array().unwrap().len() >= 2);
}

#[test]
fn the_seeds_of_the_fuzz_target_are_answered_or_refused() {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/plans");
    let mut answered = 0;
    for seed in std::fs::read_dir(seeds).unwrap() {
        let bytes = std::fs::read(seed.unwrap().path()).unwrap();
        let source = match bytes[0] & 2 > 0 {
            true => Source::Csv(&bytes[1..]),
            false => Source::Xml(&bytes[1..]),
        };
        answered += usize::from(command(source, &options(bytes[0] & 1 > 0, true)).is_ok());
    }
    assert!(answered > 10, "{answered}");
}

#[test]
fn exceptions_without_end_are_refused() {
    let exception = "<Exception><TimePeriod><FromDate>2000-01-01T00:00:00</FromDate>\
                     <ToDate>9999-12-31T23:59:00</ToDate></TimePeriod><Type>6</Type>\
                     <Period>1</Period><DaysOfWeek>0</DaysOfWeek></Exception>";
    let xml = format!(
        "<Project><StartDate>2015-11-20T08:00:00</StartDate><CalendarUID>1</CalendarUID>\
         <Calendars><Calendar><UID>1</UID><Exceptions>{}</Exceptions></Calendar></Calendars>\
         </Project>",
        exception.repeat(20_000)
    );
    let bad = command(Source::Xml(xml.as_bytes()), &Options::default()).unwrap_err();
    assert!(bad.to_string().starts_with("calendar 1, field Exceptions"), "{bad}");
}

#[test]
fn what_is_refused_names_the_likelier_mistake() {
    for (rows, expected) in [
        // A part of a summary task waits for the whole, or the whole for its part.
        ("1,s,60,2\n2,part,60,,1\n", "row 2, field predecessors: found \"2 → 1, one part of"),
        ("1,s,60,\n2,part,60,1,1\n", "row 3, field predecessors: found \"1 → 2, one part of"),
        // An hour of work a thousand years later.
        ("1,a,60,\n2,b,60,1:FS:999999999\n", "row 3, field predecessors: found \"999999999\""),
        ("1,a,60,\n2,b,999999999,1:FS:60\n", "row 3, field duration_min: found \"999999999\""),
    ] {
        let text = format!("{CSV}{rows}");
        let refused = command(Source::Csv(text.as_bytes()), &options(false, true)).unwrap_err();
        assert!(refused.to_string().starts_with(expected), "{refused}");
    }
}
