//! The bytes are a published contract; the log agrees with an independent implementation; one
//! changed byte is found at its number.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::{
    Entry, Fault, Files, Hash, Log, Meta, Payload, Signer, Tile, bundle::path, commit,
    entry_bundle, meta_file, payload_bundle, tile_file, verify,
};

fn entry(number: i64, payload: &str) -> Entry {
    Entry {
        jurisdiction: "130200".into(),
        number,
        turn: number / 2,
        at: "2015-11-20T01:00:00.000000Z".into(),
        day: "2015-11-20".into(),
        person: 11,
        post: 12,
        kind: "item".into(),
        matter: 7,
        act: "Signed".into(),
        commitment: commit("a1", payload),
    }
}

#[test]
fn the_bytes_of_an_entry_are_pinned() {
    let bytes = entry(3, "\"Signed\"").to_bytes().unwrap();
    let shown: String =
        bytes.iter().flat_map(|byte| std::ascii::escape_default(*byte)).map(char::from).collect();
    // The commitment was computed with another program's SHA-256.
    assert_eq!(
        shown,
        "shigan-entry/v1\\n\\x00\\x00\\x00\\x06130200\\x00\\x00\\x00\\x013\\x00\\x00\\x00\\x011\
         \\x00\\x00\\x00\\x1b2015-11-20T01:00:00.000000Z\\x00\\x00\\x00\\n2015-11-20\
         \\x00\\x00\\x00\\x0211\\x00\\x00\\x00\\x0212\\x00\\x00\\x00\\x04item\
         \\x00\\x00\\x00\\x017\\x00\\x00\\x00\\x06Signed\\x00\\x00\\x00@\
         f077e7c178bd0c38fd7a8f81de32ec7174dd5e28f11a86c97739b4514704a8ce",
    );
    assert_eq!(Entry::from_bytes(&bytes).unwrap(), entry(3, "\"Signed\""));
}

/// Every stored hash of a log, for the independent implementation.
struct Stored(Vec<tlog_tiles::Hash>);

impl tlog_tiles::HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).unwrap()]).collect())
    }
}

#[test]
fn roots_and_tiles_agree_with_an_independent_implementation() {
    let (mut log, mut stored, mut tiles) = (Log::default(), Stored(Vec::new()), Vec::new());
    for number in 0..66_200_u64 {
        let data = number.to_be_bytes();
        let more = tlog_tiles::stored_hashes(number, &data, &stored).unwrap();
        stored.0.extend(more);
        tiles.extend(log.append(crate::log::leaf_hash(&data)));
        if number < 600 || number % 4_999 == 0 {
            let expected = tlog_tiles::tree_hash(number + 1, &stored).unwrap();
            assert_eq!(log.root(), expected.0, "{number}");
        }
    }
    assert_eq!(tiles.len(), 66_200 / 256 + 1);
    for Tile { level, number, hashes } in tiles {
        let tile = tlog_tiles::Tile::new(8, level, number, 256, false);
        assert_eq!(tile.read_data(&stored).unwrap(), hashes.concat());
    }
}

#[test]
fn a_log_is_taken_up_where_it_was_left() {
    let mut log = Log::default();
    for number in 0..1_000_u32 {
        let again = Log::resume(log.size(), log.open().to_vec()).unwrap();
        assert_eq!(again, log);
        log.append(crate::log::leaf_hash(&number.to_be_bytes()));
    }
    assert_eq!(Log::resume(7, vec![vec![[0; 32]; 6]]), None);
}

fn bundle(size: i64) -> BTreeMap<String, Vec<u8>> {
    let signer = Signer::new("shigan/130200", &[9; 32]).unwrap();
    let mut files = BTreeMap::new();
    let mut log = Log::default();
    let (mut entries, mut payloads, mut leaves) = (Vec::new(), Vec::new(), Vec::<Hash>::new());
    let mut put = |(path, bytes)| assert!(files.insert(path, bytes).is_none());
    for number in 0..size {
        let text = format!("{{\"Reported\":{{\"amount\":{number}}}}}");
        let one = entry(number, &text);
        entries.push(one.to_bytes().unwrap());
        leaves.push(one.leaf().unwrap());
        let payload =
            Payload { number, salt: Some("a1".into()), payload: Some(text), erased: false };
        payloads.push(payload);
        for tile in log.append(one.leaf().unwrap()) {
            put(tile_file(tile.level, tile.number, &tile.hashes));
        }
        if entries.len() == 256 || number + 1 == size {
            let at = u64::try_from(number / 256).unwrap();
            put(entry_bundle(at, &entries));
            put(payload_bundle(at, &payloads));
            entries.clear();
            payloads.clear();
        }
    }
    for (level, open) in log.open().iter().enumerate().filter(|open| !open.1.is_empty()) {
        put(tile_file(u8::try_from(level).unwrap(), log.size() >> (8 * (level + 1)), open));
    }
    let meta = Meta {
        format: "shigan-bundle/v1".into(),
        origin: signer.origin().into(),
        verifier_key: signer.verifier_key(),
        jurisdiction: "130200".into(),
        size: log.size(),
    };
    put(("bundle.json".into(), meta_file(&meta)));
    let note = signer.checkpoint(log.size(), &log.root()).unwrap();
    put(("checkpoint".into(), note.into_bytes()));
    files
}

#[test]
fn an_untouched_bundle_holds() {
    for size in [0, 1, 255, 256, 257, 600] {
        let report = verify(&bundle(size), None);
        assert!(report.holds(), "{size}: {:?}", report.faults);
        assert_eq!(report.contents, u64::try_from(size).unwrap());
    }
}

#[test]
fn an_erased_content_leaves_the_proof_whole() {
    let mut files = bundle(300);
    let text = String::from_utf8(files["payload/0.jsonl"].clone()).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[17] = "{\"number\":17,\"erased\":true}";
    files.insert("payload/0.jsonl".into(), (lines.join("\n") + "\n").into_bytes());
    let report = verify(&files, None);
    assert!(report.holds(), "{:?}", report.faults);
    assert_eq!((report.erased, report.contents), (1, 299));
}

#[test]
fn another_key_is_not_trusted() {
    let other = Signer::new("shigan/130200", &[8; 32]).unwrap().verifier_key();
    assert!(!verify(&bundle(3), Some(&other)).holds());
}

/// The entry a byte of a bundle file belongs to.
fn number_at(files: &BTreeMap<String, Vec<u8>>, file: &str, byte: usize) -> u64 {
    let bytes = &files[file];
    if let Some(rest) = file.strip_prefix("payload/") {
        let bundle: u64 = rest.trim_end_matches(".jsonl").parse().unwrap();
        let line = bytes[..byte].iter().filter(|byte| **byte == b'\n').count();
        return bundle * 256 + u64::try_from(line).unwrap();
    }
    let bundle = if file.contains("000") { 0 } else { 1 };
    let (mut at, mut number) = (0, bundle * 256);
    loop {
        let length = usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]));
        at += 2 + length;
        if byte < at {
            return number;
        }
        number += 1;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn one_changed_byte_is_found(file in 0_usize..7, place in any::<u32>(), change in 1_u8..=255) {
        let mut files = bundle(300);
        let names: Vec<String> = files.paths();
        let name = names[file % names.len()].clone();
        let length = files[&name].len();
        let byte = usize::try_from(place).unwrap() % length;
        let number = (name.contains("entries") || name.contains("payload"))
            .then(|| number_at(&files, &name, byte));
        files.get_mut(&name).unwrap()[byte] ^= change;
        let report = verify(&files, None);
        prop_assert!(!report.holds(), "{name} at {byte}");
        if let Some(number) = number {
            let first = report.faults.iter().find_map(|fault| match fault {
                Fault::EntryChanged { number }
                | Fault::EntryUnreadable { number, .. }
                | Fault::ContentChanged { number }
                | Fault::ContentMissing { number } => Some(*number),
                _ => None,
            });
            prop_assert_eq!(first, Some(number), "{} at {}: {:?}", name, byte, report.faults);
        }
    }
}

#[test]
fn paths_are_those_of_tlog_tiles() {
    assert_eq!(path(0, 1_234_067, 256, false), "tile/0/x001/x234/067");
    assert_eq!(path(1, 0, 7, false), "tile/1/000.p/7");
    assert_eq!(path(0, 5, 12, true), "tile/entries/005.p/12");
}

#[test]
fn every_leaf_leads_to_the_root_and_no_other() {
    for size in 1..70_usize {
        let leaves: Vec<Hash> =
            (0..size).map(|number| crate::log::leaf_hash(&number.to_be_bytes())).collect();
        let mut log = Log::default();
        for leaf in &leaves {
            log.append(*leaf);
        }
        for (place, leaf) in leaves.iter().enumerate() {
            let path = crate::inclusion_path(&leaves, place);
            assert_eq!(crate::root_from_path(*leaf, place, size, &path), Some(log.root()));
            let other = crate::log::leaf_hash(b"other");
            assert_ne!(crate::root_from_path(other, place, size, &path), Some(log.root()));
        }
    }
}
