//! Checkpoints are those of C2SP: pinned, and opened only by their key.

use super::{Checkpoint, CheckpointError, Signer};
use crate::{EMPTY_ROOT, leaf_hash};

fn signer() -> Signer {
    Signer::new("shigan/130200", &[9; 32]).unwrap()
}

#[test]
fn the_bytes_of_a_checkpoint_are_pinned() {
    let note = signer().checkpoint(1, &leaf_hash(b"one")).unwrap();
    // Python: cryptography's Ed25519PrivateKey.from_private_bytes(b"\t" * 32).sign(text)
    assert_eq!(
        note,
        "shigan/130200\n1\n0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=\n\n\
         — shigan/130200 fMoIGTKAB7tAnvZBc5tsJPJXn0n6ApFhQxF5au+0kAyXXmcxiFJc5HXZxwRO\
         8Zbnr9LsWRwcIfN2WxciqrFUx+h0IAQ=\n"
    );
    assert_eq!(
        signer().verifier_key(),
        "shigan/130200+7cca0819+Af0XJDhaoMdbZPt4zWAvodmR/ev3axPFjtcC6sg16fYY"
    );
}

#[test]
fn every_key_opens_its_own_checkpoint() {
    // Half of all keys have a `+` among their base64, which also stands between a key's parts.
    let keys = (0..=255).map(|byte| Signer::new("shigan/130200", &[byte; 32]).unwrap());
    let plus = keys.filter(|signer| {
        let (note, key) = (signer.checkpoint(600, &EMPTY_ROOT).unwrap(), signer.verifier_key());
        assert_eq!(Checkpoint::open(&note, &key).unwrap().size, 600, "{key}");
        key.matches('+').count() > 2
    });
    assert!(plus.count() > 64);
}

#[test]
fn one_changed_byte_is_not_believed() {
    let (note, key) = (signer().checkpoint(600, &EMPTY_ROOT).unwrap(), signer().verifier_key());
    assert_eq!(Checkpoint::open(&note, &key).unwrap().size, 600);
    let changed = |text: &str, place: usize, bit: u8| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] ^= 1 << bit;
        String::from_utf8(bytes).ok()
    };
    for bit in 0..8 {
        for place in 0..note.len() {
            let Some(note) = changed(&note, place, bit) else { continue };
            assert!(Checkpoint::open(&note, &key).is_err(), "{place}: {note}");
        }
        for place in 0..key.len() {
            let Some(key) = changed(&key, place, bit) else { continue };
            assert!(Checkpoint::open(&note, &key).is_err(), "{place}: {key}");
        }
    }
}

#[test]
fn signatures_of_witnesses_are_left_alone() {
    let note = signer().checkpoint(600, &EMPTY_ROOT).unwrap();
    let witness = Signer::new("witness.example", &[1; 32]).unwrap();
    let other = witness.checkpoint(600, &EMPTY_ROOT).unwrap();
    let both = note + other.lines().last().unwrap() + "\n";
    assert_eq!(Checkpoint::open(&both, &signer().verifier_key()).unwrap().size, 600);
}

#[test]
fn what_is_signed_must_be_a_checkpoint_of_the_key() {
    let key = signer().verifier_key();
    let letter = signer().sign("a letter\n").unwrap();
    assert_eq!(Checkpoint::open(&letter, &key), Err(CheckpointError::Text));
    let other = signer().sign("other\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").unwrap();
    let error = Checkpoint::open(&other, &key).unwrap_err();
    let (found, expected) = ("other".to_owned(), "shigan/130200".to_owned());
    assert_eq!(error, CheckpointError::OtherOrigin { found, expected });
}

#[test]
fn a_key_anybody_can_sign_for_is_refused() {
    // The neutral point: every signature of a certain form holds under it.
    let mut public = [0; 32];
    public[0] = 1;
    let weak = ed25519_dalek::VerifyingKey::from_bytes(&public).unwrap();
    let key = signed_note::new_ed25519_verifier_key("shigan/130200", &weak);
    let note = signer().checkpoint(0, &EMPTY_ROOT).unwrap();
    assert!(matches!(Checkpoint::open(&note, &key), Err(CheckpointError::Key { .. })));
}

#[test]
fn names_that_break_a_note_are_refused() {
    for origin in ["", "a b", "a+b", "a\nb", "a\u{3000}b", "a\u{1}b"] {
        assert!(Signer::new(origin, &[9; 32]).is_err(), "{origin:?}");
    }
}
