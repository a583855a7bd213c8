//! Terms that do not fit their frame, and chances beside replays.

use super::*;
use crate::Unit;

fn frame() -> Frame {
    let unit = |nth: u64| Unit {
        id: format!("u{nth}"),
        stratum: if nth < 3 { "a" } else { "b" }.into(),
        size: 1 + nth,
    };
    Frame::new((0..8).map(unit).collect()).unwrap()
}

fn plain(design: Design) -> Terms {
    Terms { design, teams: None }
}

#[test]
fn chances_are_those_of_replays() {
    let designs = [
        Design::Simple { drop: 2, take: 3, with_replacement: false },
        Design::Simple { drop: 1, take: 3, with_replacement: true },
        Design::Strata([("a".to_owned(), 1), ("b".to_owned(), 3)].into()),
        Design::Systematic { take: 3 },
        Design::ConditionalPoisson { take: 3 },
    ];
    for design in designs {
        // The others have 100,000 in tests of their own.
        let replays = if matches!(design, Design::Simple { .. }) { 100_000 } else { 4_000 };
        let terms = plain(design);
        let mut seen: HashMap<String, (u32, f64)> = HashMap::new();
        for replay in 0..replays {
            let drawn = terms.draw(&frame(), &replay.to_string()).unwrap().drawn;
            let mut ids = HashSet::new();
            for one in drawn.iter().filter(|one| ids.insert(one.id.clone())) {
                seen.entry(one.id.clone()).or_insert((0, one.chance)).0 += 1;
            }
        }
        assert_eq!(seen.len(), 8);
        for (id, (times, chance)) in seen {
            let share = f64::from(times) / f64::from(replays);
            let error = (chance * (1.0 - chance) / f64::from(replays)).sqrt();
            assert!((share - chance).abs() < 4.5 * error, "{terms:?} {id}: {share} {chance}");
        }
    }
}

#[test]
fn what_does_not_fit_is_named() {
    let unknown = plain(Design::Strata([("c".to_owned(), 1)].into()));
    let refused = unknown.draw(&frame(), "s").unwrap_err();
    let none = Unplayable::StratumTooSmall { stratum: "c".into(), units: 0, share: 1 };
    assert_eq!(refused, none);
    let team = |inspectors: &[&str], recusals: &[(&str, &str)]| Terms {
        design: Design::Simple { drop: 0, take: 8, with_replacement: false },
        teams: Some(TeamTerms {
            inspectors: inspectors.iter().map(|id| (*id).to_owned()).collect(),
            recusals: recusals.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
            per_object: 2,
            most: None,
        }),
    };
    let twice = team(&["li", "li"], &[]).draw(&frame(), "s");
    assert_eq!(twice, Err(Unplayable::RepeatedInspector("li".into())));
    let nobody = team(&["li", "wang"], &[("zhao", "u1")]).draw(&frame(), "s");
    assert_eq!(nobody, Err(Unplayable::UnknownRecusal("zhao".into(), "u1".into())));
    let impossible = team(&["li", "wang", "zhao"], &[("zhao", "u1"), ("li", "u1"), ("li", "u2")]);
    assert_eq!(
        impossible.draw(&frame(), "s").unwrap_err().to_string(),
        "u1 need 2 inspectors' places and 1 can be taken, because of the recusals of \
         li from u1, zhao from u1"
    );
}
