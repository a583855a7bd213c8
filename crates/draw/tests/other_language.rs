//! `verify_draw.py` and `draw::verify` agree: on what holds, and on what was changed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{fs, path::PathBuf, process::Command};

use draw::{Bundle, Ceremony, Design, Frame, TeamTerms, Terms, Unit, fingerprint, verify};
use serde_json::{Value, json};

const SECRET: &str = "秘密-4f1d0c2b3a49586776859483a2b1c0df";

fn bundle(design: Design) -> Bundle {
    let unit = |nth: u64| Unit {
        id: format!("1302{nth:02} \"{}\"", ["滦县", "迁安", "Łódź\t😀"][nth as usize % 3]),
        stratum: if nth < 11 { "县区" } else { "部门" }.into(),
        size: if nth == 5 { 400 } else { 1 + nth * nth % 17 },
    };
    let frame = Frame::new((0..40).map(unit).collect()).unwrap();
    let inspectors = ["li", "wang", "zhao", "chen", "liu"].map(String::from).to_vec();
    let recusals = vec![("li".to_owned(), frame.units()[3].id.clone())];
    let teams = Some(TeamTerms { inspectors, recusals, per_object: 2, most: None });
    let mut round = Ceremony::new("第 3 轮", frame, Terms { design, teams }, &[]).unwrap();
    round.publish_frame("2015-11-20T09:00").unwrap();
    round.publish_secret(&fingerprint(SECRET), "2015-11-20T09:10").unwrap();
    round.publish_number("07112331", "lottery", "2015-11-21T21:30").unwrap();
    round.reveal(SECRET, "2015-11-23T09:00").unwrap()
}

/// Whether the script holds it, and what it says.
fn other(name: &str, text: &str) -> (bool, String) {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("draw-{name}.json"));
    fs::write(&file, text).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/verify_draw.py");
    let answer = Command::new("python3").arg(script).arg(&file).output().unwrap();
    let said = [answer.stdout, answer.stderr].concat();
    (answer.status.success(), String::from_utf8(said).unwrap().trim().to_owned())
}

#[test]
fn the_script_is_forty_lines() {
    assert_eq!(include_str!("../verify_draw.py").lines().count(), 40);
}

#[test]
fn both_hold_every_design() {
    let designs = [
        Design::Simple { drop: 2, take: 7, with_replacement: false },
        Design::Simple { drop: 3, take: 200, with_replacement: true },
        Design::Strata([("县区".to_owned(), 3), ("部门".to_owned(), 4)].into()),
        Design::Systematic { take: 9 },
        Design::ConditionalPoisson { take: 9 },
    ];
    for (nth, design) in designs.into_iter().enumerate() {
        let text = bundle(design).json();
        assert!(verify(text.as_bytes(), None).unwrap().holds());
        assert_eq!(other(&format!("holds-{nth}"), &text), (true, "holds".to_owned()), "{nth}");
    }
}

#[test]
fn both_name_every_change() {
    let changes = [
        ("/frame/3/0", json!("130299"), "frame"),
        ("/terms/design/systematic/take", json!(5), "terms"),
        ("/number/number", json!("07112332"), "seed"),
        ("/reveal/secret", json!("秘密-5f1d0c2b3a49586776859483a2b1c0df"), "secret"),
        ("/drawn/2/1", json!("130299"), "drawn"),
        ("/number/at", json!("2015-11-20T09:05"), "order"),
        ("/teams/0/1", json!([["li", 0.4]]), "team"),
    ];
    let whole: Value =
        serde_json::from_str(&bundle(Design::Systematic { take: 9 }).json()).unwrap();
    for (nth, (path, value, expected)) in changes.into_iter().enumerate() {
        let mut changed = whole.clone();
        *changed.pointer_mut(path).unwrap() = value;
        let faults = verify(changed.to_string().as_bytes(), None).unwrap().faults;
        assert!(faults.iter().any(|one| one.to_string().starts_with(expected)), "{faults:?}");
        let (holds, said) = other(&format!("changed-{nth}"), &changed.to_string());
        assert!(!holds && said.contains(expected), "{path}: {said}");
    }
}
