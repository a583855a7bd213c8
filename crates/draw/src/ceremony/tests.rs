//! The order of the ceremony: what is refused, and that every round is fresh.

use super::*;
use crate::{Design, Unit};

const SECRET: &str = "4f1d0c2b3a49586776859483a2b1c0df";

fn frame() -> Frame {
    Frame::new(["a", "b", "c", "d"].map(Unit::plain).to_vec()).unwrap()
}

fn open(past: &[Past]) -> Result<Ceremony, Refused> {
    let design = Design::Simple { drop: 0, take: 2, with_replacement: false };
    Ceremony::new("round 2", frame(), Terms { design, teams: None }, past)
}

fn published() -> Ceremony {
    let mut round = open(&[]).unwrap();
    round.publish_frame("2015-11-20T09:00").unwrap();
    round.publish_secret(&fingerprint(SECRET), "2015-11-20T09:10").unwrap();
    round
}

#[test]
fn a_frame_or_secret_after_the_number_is_refused() {
    let mut round = published();
    let same_minute = round.publish_number("7", "lottery", "2015-11-20T09:10").unwrap_err();
    assert!(matches!(same_minute, Refused::AfterNumber { what: "secret", .. }));
    let before = round.publish_number("7", "lottery", "2015-11-20T09:00").unwrap_err();
    assert!(matches!(before, Refused::AfterNumber { what: "frame", .. }));
    round.publish_number("7", "lottery", "2015-11-21T21:30").unwrap();
    let late = round.publish_frame("2015-11-21T22:00").unwrap_err();
    assert!(matches!(late, Refused::AfterNumber { what: "frame", .. }));
    let late = round.publish_secret(&fingerprint("x"), "2015-11-21T22:00").unwrap_err();
    assert!(matches!(late, Refused::AfterNumber { what: "secret", .. }));
    assert_eq!(
        round.publish_number("8", "lottery", "2015-11-22T21:30"),
        Err(Refused::Already("number"))
    );
}

#[test]
fn steps_are_taken_in_order_and_once() {
    let mut round = open(&[]).unwrap();
    assert_eq!(round.publish_number("7", "l", "2015-11-21T21:30"), Err(Refused::NotYet("frame")));
    round.publish_frame("2015-11-20T09:00").unwrap();
    assert_eq!(round.publish_frame("2015-11-20T09:01"), Err(Refused::Already("frame")));
    assert_eq!(round.publish_number("7", "l", "2015-11-21T21:30"), Err(Refused::NotYet("secret")));
    assert_eq!(round.reveal(SECRET, "2015-11-21T21:30"), Err(Refused::NotYet("secret")));
    assert_eq!(round.publish_frame("20 November"), Err(Refused::Time("20 November".into())));
    let blank = "2015-11-20 09:00";
    assert_eq!(round.publish_secret("", blank), Err(Refused::Time(blank.into())));
}

#[test]
fn only_the_sealed_secret_can_be_revealed() {
    let mut round = published();
    round.publish_number("7", "lottery", "2015-11-21T21:30").unwrap();
    let other = round.reveal("another secret of many characters", "2015-11-22T09:00").unwrap_err();
    assert!(matches!(other, Refused::OtherSecret { .. }));
    let early = round.reveal(SECRET, "2015-11-21T21:29").unwrap_err();
    assert!(matches!(early, Refused::RevealedEarly { .. }));
    assert_eq!(round.reveal(SECRET, "2015-11-22T09:00").unwrap().drawn.len(), 2);
    let mut round = open(&[]).unwrap();
    round.publish_frame("2015-11-20T09:00").unwrap();
    round.publish_secret(&fingerprint("guess"), "2015-11-20T09:10").unwrap();
    round.publish_number("7", "lottery", "2015-11-21T21:30").unwrap();
    assert_eq!(round.reveal("guess", "2015-11-22T09:00"), Err(Refused::ShortSecret(5)));
}

#[test]
fn every_round_has_its_own_name_secret_and_number() {
    let past = |round: &str| Past {
        round: round.into(),
        secret: fingerprint(SECRET),
        number: "7".into(),
        source: "lottery".into(),
    };
    assert!(matches!(open(&[past("round 2")]), Err(Refused::Stale { what: "name", .. })));
    let mut round = open(&[past("round 1")]).unwrap();
    round.publish_frame("2015-11-20T09:00").unwrap();
    let again = round.publish_secret(&fingerprint(SECRET), "2015-11-20T09:10").unwrap_err();
    assert!(matches!(again, Refused::Stale { what: "secret", .. }));
    round.publish_secret(&fingerprint("another"), "2015-11-20T09:10").unwrap();
    let again = round.publish_number("7", "lottery", "2015-11-21T21:30").unwrap_err();
    assert!(matches!(again, Refused::Stale { what: "number", .. }));
    round.publish_number("7", "another lottery", "2015-11-21T21:30").unwrap();
}

#[test]
fn one_digit_makes_another_seed() {
    let seeds: Vec<String> = ["7", "8"]
        .map(|number| {
            let mut round = published();
            round.publish_number(number, "lottery", "2015-11-21T21:30").unwrap();
            round.reveal(SECRET, "2015-11-22T09:00").unwrap().seed
        })
        .to_vec();
    assert_ne!(seeds[0], seeds[1]);
    assert!(seeds[0].starts_with("[\"shigan draw 1\",\"round 2\",\""), "{}", seeds[0]);
}
