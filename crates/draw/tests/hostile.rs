//! Bundles from anywhere: whatever the bytes, a report or what they are not, and never "holds"
//! for what was changed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use draw::{Bundle, verify};
use proptest::prelude::*;

/// The seeds of the fuzz target and what it found.
fn corpus() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/bundle");
    let files = std::fs::read_dir(folder).unwrap();
    let mut all: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    all.sort();
    all.into_iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// What the fuzz target asks of any bytes.
fn check(bytes: &[u8]) {
    let Ok(report) = verify(bytes, None) else { return };
    let bundle = Bundle::read(bytes).unwrap();
    let again = verify(bundle.json().as_bytes(), None).unwrap();
    assert_eq!(report.holds(), again.holds());
}

#[test]
fn every_seed_of_the_fuzz_target_holds() {
    let corpus = corpus();
    assert_eq!(corpus.len(), 10);
    for bytes in corpus {
        assert!(verify(&bytes, None).unwrap().holds());
        check(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A byte changed anywhere makes no bundle, another text of the same bundle, or a fault.
    #[test]
    fn a_changed_byte_is_found(
        nth in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let corpus = corpus();
        let whole = &corpus[nth.index(corpus.len())];
        let mut bytes = whole.clone();
        bytes[place.index(whole.len())] = byte;
        check(&bytes);
        if let Ok(report) = verify(&bytes, None)
            && report.holds()
        {
            // What is only told, and decides nothing, may be told otherwise.
            let told = |bytes: &[u8]| {
                let mut bundle = Bundle::read(bytes).unwrap();
                bundle.number.source.clear();
                for at in [
                    &mut bundle.published_frame.at,
                    &mut bundle.published_secret.at,
                    &mut bundle.number.at,
                    &mut bundle.reveal.at,
                ] {
                    at.clear();
                }
                let chances = bundle.drawn.iter_mut().map(|one| &mut one.chance);
                let members = bundle.teams.iter_mut().flat_map(|(_, team)| team.iter_mut());
                for chance in chances.chain(members.map(|(_, chance)| chance)) {
                    *chance = (*chance * 1e8).round();
                }
                bundle
            };
            prop_assert_eq!(told(&bytes), told(whole));
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }
}
