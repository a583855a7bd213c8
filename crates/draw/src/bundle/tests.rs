//! Anything changed after the fact is found and named.

use serde_json::{Value, json};

use super::*;
use crate::{Ceremony, Design, Frame, TeamTerms, fingerprint};

const SECRET: &str = "4f1d0c2b3a49586776859483a2b1c0df";

fn frame() -> Frame {
    let unit = |nth: u64| Unit {
        id: format!("1302{nth:02}"),
        stratum: if nth < 8 { "县区" } else { "部门" }.into(),
        size: 1 + nth % 4,
    };
    Frame::new((0..20).map(unit).collect()).unwrap()
}

fn bundle(design: Design) -> Bundle {
    let inspectors = ["li", "wang", "zhao", "chen", "liu"].map(String::from).to_vec();
    let recusals = vec![("li".to_owned(), "130203".to_owned()), ("wang".into(), "130211".into())];
    let teams = Some(TeamTerms { inspectors, recusals, per_object: 2, most: None });
    let mut round = Ceremony::new("round 3", frame(), Terms { design, teams }, &[]).unwrap();
    round.publish_frame("2015-11-20T09:00").unwrap();
    round.publish_secret(&fingerprint(SECRET), "2015-11-20T09:10").unwrap();
    round.publish_number("07112331", "lottery", "2015-11-21T21:30").unwrap();
    round.reveal(SECRET, "2015-11-23T09:00").unwrap()
}

fn designs() -> [Design; 5] {
    [
        Design::Simple { drop: 1, take: 6, with_replacement: false },
        Design::Simple { drop: 0, take: 9, with_replacement: true },
        Design::Strata([("县区".to_owned(), 3), ("部门".to_owned(), 4)].into()),
        Design::Systematic { take: 6 },
        Design::ConditionalPoisson { take: 6 },
    ]
}

fn faults(bundle: &Value) -> Vec<String> {
    let report = verify(bundle.to_string().as_bytes(), None).unwrap();
    report.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn every_design_holds_and_reads_back() {
    for design in designs() {
        let bundle = bundle(design);
        let known = bundle.published_frame.fingerprint.clone();
        let report = verify(bundle.json().as_bytes(), Some(&known)).unwrap();
        assert!(report.holds() && report.trusted, "{:?}", report.faults);
        assert_eq!((report.units, report.teams > 4), (20, true));
        assert_eq!(Bundle::read(bundle.json().as_bytes()).unwrap(), bundle);
        for (_, team) in &bundle.teams {
            assert_eq!(team.len(), 2);
        }
    }
}

#[test]
fn every_change_is_named() {
    let changes: [(&str, Value, &str); 12] = [
        ("/frame/3/0", json!("130299"), "frame: published"),
        ("/frame/3/2", json!(9), "frame: published"),
        ("/terms/design/systematic/take", json!(5), "terms: published"),
        ("/terms/teams/recusals/0/1", json!("130204"), "terms: published"),
        ("/number/number", json!("07112332"), "seed: published"),
        ("/reveal/secret", json!("5f1d0c2b3a49586776859483a2b1c0df"), "secret: published"),
        ("/seed", json!("52775263"), "seed: published"),
        ("/round", json!("round 4"), "seed: published"),
        ("/drawn/2/1", json!("130299"), "drawn 3: stated"),
        ("/drawn/2/3", json!(0.5), "drawn 3: stated"),
        ("/teams/0/1/0/0", json!("nobody"), "team 1: stated"),
        ("/number/at", json!("2015-11-20T09:05"), "order: secret published"),
    ];
    let text = bundle(Design::Systematic { take: 6 }).json();
    let whole: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(faults(&whole), Vec::<String>::new());
    for (path, value, expected) in changes {
        let mut changed = whole.clone();
        *changed.pointer_mut(path).unwrap() = value;
        let found = faults(&changed);
        assert!(found.iter().any(|fault| fault.starts_with(expected)), "{path}: {found:?}");
    }
}

#[test]
fn another_number_draws_others() {
    let mut changed: Value =
        serde_json::from_str(&bundle(Design::Systematic { take: 6 }).json()).unwrap();
    changed["number"]["number"] = json!("07112332");
    changed["seed"] = json!(seed_of(&changed));
    assert!(faults(&changed).iter().any(|fault| fault.starts_with("drawn")));
}

fn seed_of(bundle: &Value) -> String {
    crate::ceremony::seed(&serde_json::from_value(bundle.clone()).unwrap())
}

#[test]
fn a_frame_forged_throughout_is_caught_by_its_published_fingerprint() {
    let forged = bundle(Design::Systematic { take: 6 });
    let report = verify(forged.json().as_bytes(), Some(&fingerprint("what you noted"))).unwrap();
    assert!(matches!(report.faults[..], [Fault::OtherFrame { .. }]));
}

#[test]
fn what_is_no_bundle_is_said() {
    assert!(matches!(verify(b"\xff", None), Err(NoBundle::Unreadable(_))));
    let other = bundle(Design::Systematic { take: 6 }).json().replace(KIND, "shigan draw 2");
    assert_eq!(verify(other.as_bytes(), None), Err(NoBundle::OtherKind("shigan draw 2".into())));
    let endless = Design::Simple { drop: 0, take: usize::MAX, with_replacement: true };
    let mut bundle = bundle(Design::Systematic { take: 6 });
    bundle.terms.design = endless;
    let report = verify(bundle.json().as_bytes(), None).unwrap();
    assert!(report.faults.iter().any(|fault| matches!(fault, Fault::Unplayable(_))));
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_the_reader_or_the_verifier_fall(
        design in 0_usize..5,
        changes in proptest::collection::vec((0.0_f64..1.0, 32_u8..127), 1..6),
        number in proptest::prelude::any::<u64>(),
        field in 0_usize..5,
    ) {
        let mut bundle: Value =
            serde_json::from_str(&bundle(designs()[design].clone()).json()).unwrap();
        let fields = [
            "/terms/design/simple/take",
            "/terms/design/simple/drop",
            "/terms/design/systematic/take",
            "/terms/teams/per_object",
            "/frame/4/2",
        ];
        bundle.pointer_mut(fields[field]).into_iter().for_each(|value| *value = json!(number));
        let mut bytes = bundle.to_string().into_bytes();
        let _ = verify(&bytes, None);
        for (place, byte) in changes {
            let at = (place * bytes.len() as f64) as usize;
            bytes[at] = byte;
        }
        let _ = verify(&bytes, None);
    }
}
