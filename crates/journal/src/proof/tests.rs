//! Proofs hold for what they prove and for nothing else.

use std::collections::BTreeMap;

use super::{Consistency, Inclusion, ProofError, ProofFileError, open_proof};
use crate::{EMPTY_ROOT, Hash, Log, Place, Signer, inclusion_path, leaf_hash, root_from_path};

fn leaf(number: u64) -> Hash {
    leaf_hash(&number.to_be_bytes())
}

/// A log with its full tiles, and the root at every size on the way.
fn grown(size: u64) -> (Log, BTreeMap<Place, Vec<Hash>>, Vec<Hash>) {
    let (mut log, mut full, mut roots) = (Log::default(), BTreeMap::new(), vec![EMPTY_ROOT]);
    for number in 0..size {
        full.extend(log.append(leaf(number)).into_iter().map(|tile| (tile.place(), tile.hashes)));
        roots.push(log.root());
    }
    (log, full, roots)
}

#[test]
fn every_entry_can_be_proven() {
    for size in [1, 2, 3, 7, 255, 256, 257, 600] {
        let (log, full, _) = grown(size);
        let leaves: Vec<Hash> = (0..size).map(leaf).collect();
        for number in 0..size {
            let proof = Inclusion::prove(number, size, log.root(), &(&log, &full)).unwrap();
            assert!(proof.holds(leaf(number), log.root()), "{number} of {size}");
            // The same by the definition alone, without tiles.
            let (at, count) = (usize::try_from(number).unwrap(), leaves.len());
            assert_eq!(inclusion_path(&leaves, at), proof.hashes);
            let root = root_from_path(leaf(number), at, count, &proof.hashes);
            assert_eq!(root, Some(log.root()));
            for wrong in [&proof.hashes[..proof.hashes.len().saturating_sub(1)], &[[0; 32]; 20]] {
                let root = root_from_path(leaf(number), at, count, wrong);
                assert!(wrong == proof.hashes || root.is_none(), "{number} of {size}");
            }
            assert!(!proof.holds(leaf(number + 1), log.root()));
            assert!(!proof.holds(leaf(number), EMPTY_ROOT));
            let moved = Inclusion { number: number + 1, ..proof };
            assert!(!moved.holds(leaf(number), log.root()));
        }
    }
}

#[test]
fn a_log_of_three_levels_proves_too() {
    let (log, full, roots) = grown(66_000);
    for number in [0, 255, 256, 65_535, 65_536, 65_999] {
        let proof = Inclusion::prove(number, 66_000, log.root(), &(&log, &full)).unwrap();
        assert!(proof.holds(leaf(number), log.root()), "{number}");
    }
    for before in [0, 1, 255, 256, 300, 65_535, 65_536, 65_537, 66_000] {
        let proof = Consistency::prove(before, 66_000, log.root(), &(&log, &full)).unwrap();
        let root = roots[usize::try_from(before).unwrap()];
        assert!(proof.holds(root, log.root()), "{before}");
        assert!(!proof.holds(leaf(7), log.root()), "{before}");
    }
}

#[test]
fn every_earlier_log_is_a_beginning() {
    let (log, full, roots) = grown(300);
    for before in 0..=300_u64 {
        let proof = Consistency::prove(before, 300, log.root(), &(&log, &full)).unwrap();
        let root = roots[usize::try_from(before).unwrap()];
        assert!(proof.holds(root, log.root()), "{before}");
        assert!(!proof.holds(leaf(7), log.root()), "{before}");
        assert!(before == 300 || !proof.holds(root, leaf(7)) || before == 0, "{before}");
    }
    let nothing = Consistency { before: 0, size: 0, hashes: vec![] };
    assert!(nothing.holds(EMPTY_ROOT, EMPTY_ROOT) && !nothing.holds(EMPTY_ROOT, leaf(7)));
}

#[test]
fn nothing_is_proven_from_damaged_or_missing_tiles() {
    let (log, mut full, _) = grown(600);
    let place = Place { level: 0, number: 0, width: 256 };
    let prove = |full: &BTreeMap<_, _>| Inclusion::prove(17, 600, log.root(), &(&log, full));
    assert!(prove(&full).is_ok());
    let whole = full.clone();
    full.get_mut(&place).unwrap()[200][0] ^= 1;
    assert_eq!(prove(&full), Err(ProofError::OtherLog));
    let earlier = Consistency::prove(150, 600, log.root(), &(&log, &full));
    assert_eq!(earlier, Err(ProofError::OtherLog));
    full.remove(&place);
    assert_eq!(prove(&full), Err(ProofError::Missing(vec![place])));
    let out = Err(ProofError::OutOfRange { asked: 600, size: 600 });
    assert_eq!(Inclusion::prove(600, 600, log.root(), &whole), out);
    let out = Err(ProofError::OutOfRange { asked: 0, size: u64::MAX });
    assert_eq!(Inclusion::prove(0, u64::MAX, log.root(), &whole), out);
    let huge = Inclusion { number: 0, size: u64::MAX, hashes: vec![[0; 32]; 64] };
    assert!(!huge.holds(leaf(0), log.root()));
    let huge = Consistency { before: 5, size: u64::MAX, hashes: vec![[0; 32]; 64] };
    assert!(!huge.holds(leaf(0), log.root()));
}

#[test]
fn one_changed_byte_of_a_proof_file_is_noticed() {
    let signer = Signer::new("shigan/130200", &[9; 32]).unwrap();
    let (log, full, _) = grown(600);
    let note = signer.checkpoint(600, &log.root()).unwrap();
    let proof = Inclusion::prove(17, 600, log.root(), &(&log, &full)).unwrap();
    let file = proof.file(&17_u64.to_be_bytes(), &note);
    let opened = open_proof(&file, &signer.verifier_key()).unwrap();
    assert_eq!((opened.0, opened.1.as_slice()), (17, 17_u64.to_be_bytes().as_slice()));
    for place in 0..file.len() {
        let mut bytes = file.clone().into_bytes();
        bytes[place] ^= 4;
        let Ok(changed) = String::from_utf8(bytes) else { continue };
        assert!(open_proof(&changed, &signer.verifier_key()).is_err(), "{place}: {changed}");
    }
    let other = file.replacen("index 17", "index 18", 1);
    let error = open_proof(&other, &signer.verifier_key());
    assert_eq!(error, Err(ProofFileError::NotIncluded(18)));
}
