//! The untouched bundle holds; one changed byte is found, at its number; and what was changed is
//! told from what was not.

use std::{collections::BTreeMap, sync::LazyLock};

use proptest::prelude::*;

use super::{
    Fault, Report,
    align::{Step, align},
    verify,
};
use crate::{
    Entry, Export, Files, Log, Meta, Payload, Place, Signer, entry::tests::entry, leaf_hash,
    meta_file,
};

type Bundle = BTreeMap<String, Vec<u8>>;

fn signer() -> Signer {
    Signer::new("shigan/130200", &[9; 32]).unwrap()
}

fn payload(number: i64) -> String {
    format!("{{\"Reported\":{{\"amount\":{number},\"text\":\"累计\"}}}}")
}

fn plain(number: i64) -> Entry {
    entry(number, &payload(number))
}

fn note(entries: &[Entry]) -> String {
    let mut log = Log::default();
    entries.iter().for_each(|entry| drop(log.append(leaf_hash(&entry.bytes_as_kept()))));
    signer().checkpoint(log.size(), &log.root()).unwrap()
}

/// The export of entries under the checkpoint of `size` entries.
fn export(entries: &[Entry], size: u64, note: String) -> Bundle {
    let meta = Meta::new(&signer(), "130200", size);
    let mut export = Export::new(meta, note).named("示范市", &signer()).unwrap();
    let mut files = Bundle::new();
    for entry in entries {
        let content = Payload::kept(entry.number, "a1", &payload(entry.number));
        for (path, bytes) in export.push(entry, &content) {
            assert!(files.insert(path.clone(), bytes).is_none(), "{path}");
        }
    }
    files.extend(export.finish());
    files
}

fn bundle(size: i64) -> Bundle {
    let entries: Vec<Entry> = (0..size).map(plain).collect();
    export(&entries, u64::try_from(size).unwrap(), note(&entries))
}

/// The tiles of one bundle with the entries of another: a store whose entries were changed.
fn with_tiles_of(mut files: Bundle, whole: &Bundle) -> Bundle {
    let is_tile = |path: &str| path.starts_with("tile/") && !path.starts_with("tile/entries/");
    files.retain(|path, _| !is_tile(path));
    let tiles = whole.iter().filter(|file| is_tile(file.0));
    files.extend(tiles.map(|(path, bytes)| (path.clone(), bytes.clone())));
    files
}

fn faults(files: &Bundle) -> Vec<Fault> {
    verify(files, None).faults
}

#[test]
fn an_untouched_bundle_holds() {
    for size in [0, 1, 255, 256, 257, 512, 600] {
        let files = bundle(size);
        let report = verify(&files, Some(&signer().verifier_key()));
        assert!(report.holds(), "{size}: {report}");
        let count = u64::try_from(size).unwrap();
        assert_eq!((report.entries, report.contents, report.erased), (count, count, vec![]));
        assert_eq!((report.name.as_deref(), report.trusted), (Some("示范市"), true));
        let tiles: Vec<String> = Place::all(count).map(|place| place.path()).collect();
        assert!(tiles.iter().all(|path| files.contains_key(path)));
        assert_eq!(files.len(), tiles.len() + 2 * count.div_ceil(256) as usize + 2);
    }
}

#[test]
fn an_erased_content_leaves_the_proof_whole() {
    let mut files = bundle(300);
    change_line(&mut files, 17, "{\"number\":17,\"erased\":true}");
    let report = verify(&files, None);
    assert!(report.holds(), "{report}");
    assert_eq!((report.erased, report.contents), (vec![17], 299));
}

#[test]
fn another_key_is_not_trusted() {
    let other = Signer::new("shigan/130200", &[8; 32]).unwrap().verifier_key();
    let report = verify(&bundle(3), Some(&other));
    assert!(
        matches!(report.faults[..], [Fault::OtherKey { .. }, Fault::Checkpoint(_)]),
        "{report}"
    );
}

fn change_line(files: &mut Bundle, number: usize, line: &str) {
    let path = format!("payloads/{:03}.jsonl", number / 256);
    let text = String::from_utf8(files[&path].clone()).unwrap();
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = if line.is_empty() { String::new() } else { line.to_owned() + "\n" };
    lines[number % 256] = &line;
    files.insert(path, lines.concat().into_bytes());
}

#[test]
fn a_changed_entry_of_the_store_is_named() {
    let whole = bundle(600);
    for number in [0_usize, 17, 255, 256, 511, 512, 599] {
        let mut entries: Vec<Entry> = (0..600).map(plain).collect();
        entries[number].matter = 8;
        let files = export(&entries, 600, String::from_utf8(whole["checkpoint"].clone()).unwrap());
        let number = number as u64;
        let stored = with_tiles_of(files.clone(), &whole);
        assert_eq!(faults(&stored), [Fault::EntryChanged { number }]);
        // With tiles made from the changed entries, the tile above still tells the bundle.
        let mut together = files.clone();
        let above = "tile/1/000.p/2".to_owned();
        together.insert(above.clone(), whole[&above].clone());
        let range = number / 256 * 256;
        let (first, last) = if number < 512 { (range, range + 255) } else { (0, 599) };
        assert_eq!(faults(&together), [Fault::Root { first, last }]);
        // With all tiles made anew, only the signed root says that something is wrong.
        assert_eq!(faults(&files), [Fault::Root { first: 0, last: 599 }]);
    }
}

#[test]
fn a_missing_or_added_entry_of_the_store_is_named() {
    let whole = bundle(600);
    let note = || String::from_utf8(whole["checkpoint"].clone()).unwrap();
    for number in [0_usize, 17, 255, 256, 511, 512, 599] {
        let mut entries: Vec<Entry> = (0..600).map(plain).collect();
        entries.remove(number);
        let files = with_tiles_of(export(&entries, 600, note()), &whole);
        let number = number as u64;
        let missing = [Fault::EntryMissing { number }, Fault::ContentMissing { number }];
        assert_eq!(faults(&files), missing);
    }
    for number in [0_usize, 17, 300, 599, 600] {
        let mut entries: Vec<Entry> = (0..600).map(plain).collect();
        let added = Entry { act: "Slipped".into(), ..plain(number as i64) };
        entries.insert(number, added);
        let files = with_tiles_of(export(&entries, 600, note()), &whole);
        let number = number as u64;
        let faults = faults(&files);
        let added = [Fault::EntryAdded { number }, Fault::ContentAdded { number: number.min(600) }];
        assert_eq!(faults[0], added[0], "{faults:?}");
        assert_eq!(faults.len(), 2, "{faults:?}");
    }
}

#[test]
fn a_changed_tile_is_told_from_a_changed_entry() {
    for (path, at, first, last) in [
        ("tile/0/000", 17, 17, 17),
        ("tile/0/001", 255, 511, 511),
        ("tile/0/002.p/88", 87, 599, 599),
        ("tile/1/000.p/2", 1, 256, 511),
    ] {
        let mut files = bundle(600);
        files.get_mut(path).unwrap()[at * 32 + 5] ^= 1;
        assert_eq!(faults(&files), [Fault::TileChanged { path: path.into(), first, last }]);
        files.get_mut(path).unwrap().pop();
        assert!(matches!(&faults(&files)[..], [Fault::TileChanged { .. }]), "{path}");
        files.remove(path);
        assert_eq!(faults(&files), [Fault::FileMissing { path: path.into() }]);
    }
}

#[test]
fn files_missing_or_too_many_are_named() {
    let whole = bundle(600);
    for path in whole.keys() {
        let mut files = whole.clone();
        files.remove(path);
        let missing = Fault::FileMissing { path: path.clone() };
        assert_eq!(faults(&files), [missing], "{path}");
    }
    let mut files = whole;
    files.insert("tile/entries/003.p/1".into(), vec![]);
    assert_eq!(faults(&files), [Fault::FileAdded { path: "tile/entries/003.p/1".into() }]);
    assert_eq!(faults(&Bundle::new()), [Fault::FileMissing { path: "bundle.json".into() }]);
}

#[test]
fn a_checkpoint_of_many_entries_does_not_make_a_small_bundle_long_work() {
    let mut files = bundle(3);
    let note = signer().checkpoint(1 << 50, &[7; 32]).unwrap();
    files.insert("checkpoint".into(), note.into_bytes());
    assert!(faults(&files).len() < 100);
}

#[test]
fn a_page_about_another_log_is_noticed() {
    let with_page = |change: fn(&mut Meta)| {
        let (mut files, mut meta) = (bundle(3), Meta::new(&signer(), "130200", 3));
        change(&mut meta);
        files.insert("bundle.json".into(), meta_file(&meta));
        faults(&files)
    };
    assert_eq!(with_page(|_| ()), []);
    assert_eq!(with_page(|meta| meta.size = 4), [Fault::Size { signed: 3, says: 4 }]);
    let (signed, says) = ("shigan/130200".to_owned(), "shigan/130300".to_owned());
    let other = with_page(|meta| meta.origin = "shigan/130300".into());
    assert_eq!(other, [Fault::Origin { signed, says }]);
    let other = with_page(|meta| meta.jurisdiction = "130300".into());
    assert_eq!(other[0], Fault::OtherBody { number: 0, says: "130200".into() });
}

#[test]
fn an_entry_whose_number_was_changed_is_missing_in_its_place() {
    let whole = bundle(600);
    let note = String::from_utf8(whole["checkpoint"].clone()).unwrap();
    let mut entries: Vec<Entry> = (0..600).map(plain).collect();
    entries[17].number = 5_000;
    entries.sort_by_key(|entry| entry.number);
    let faults = faults(&with_tiles_of(export(&entries, 600, note), &whole));
    let missing = [Fault::EntryMissing { number: 17 }, Fault::ContentMissing { number: 17 }];
    assert_eq!(faults[..2], missing);
    let added = [Fault::EntryAdded { number: 600 }, Fault::ContentAdded { number: 600 }];
    assert_eq!(faults[2..], added);
}

#[test]
fn contents_missing_torn_or_exchanged_are_named() {
    let whole = bundle(600);
    let line = |number: i64| Payload::kept(number, "a1", &payload(number));
    let text = |payload: &Payload| String::from_utf8(payload.line()).unwrap().trim_end().to_owned();
    for number in [0, 17, 255, 256, 599] {
        let n = number as u64;
        for (line, fault) in [
            (String::new(), Fault::ContentMissing { number: n }),
            (text(&line(number + 600)), Fault::ContentUnreadable { number: n }),
            (text(&Payload::kept(number, "a1", "{}")), Fault::ContentChanged { number: n }),
            (
                text(&Payload::kept(number, "a2", &payload(number))),
                Fault::ContentChanged { number: n },
            ),
            ("{\"number\":1,\n\"erased\":true}".into(), Fault::ContentUnreadable { number: n }),
        ] {
            let mut files = whole.clone();
            change_line(&mut files, number as usize, &line);
            assert_eq!(faults(&files), [fault], "{line}");
        }
    }
}

/// The bundle of entries that say something else than their place, honestly logged and signed.
fn honest(change: impl Fn(&mut Vec<Entry>)) -> Report {
    let mut entries: Vec<Entry> = (0..300).map(plain).collect();
    change(&mut entries);
    verify(&export(&entries, 300, note(&entries)), None)
}

#[test]
fn a_signed_journal_that_contradicts_itself_is_found() {
    let report = honest(|entries| entries[280].turn = 3);
    let turns = Fault::OutOfTurn { number: 280, turn: 3, before: 139 };
    assert_eq!(report.faults, [turns], "{report}");
    let report = honest(|entries| entries[280].jurisdiction = "130300".into());
    assert_eq!(report.faults, [Fault::OtherBody { number: 280, says: "130300".into() }]);
    let report = honest(|entries| entries[280].day = "2015-02-30".into());
    assert!(
        matches!(&report.faults[..], [Fault::EntryUnreadable { number: 280, error }]
            if error.field == "day"),
        "{report}"
    );
    let report = honest(|entries| entries.swap(280, 281));
    assert_eq!(report.first(), Some(280), "{report}");
    assert!(report.faults.contains(&Fault::OutOfPlace { number: 280, says: 281 }), "{report}");
}

#[test]
fn rows_are_aligned() {
    let row = |wrong: &str, right: &str| {
        let (right, wrong) = (right.as_bytes(), wrong.as_bytes());
        align(right.len(), wrong.len(), |e, f| right[e] == wrong[f])
            .into_iter()
            .filter(|step| !matches!(step, Step::Same(..)))
            .collect::<Vec<_>>()
    };
    assert_eq!(row("abcd", "abcd"), []);
    assert_eq!(row("abXd", "abcd"), [Step::Changed(2)]);
    assert_eq!(row("abcX", "abcd"), [Step::Changed(3)]);
    assert_eq!(row("abd", "abcd"), [Step::Missing(2)]);
    assert_eq!(row("abc", "abcd"), [Step::Missing(3)]);
    assert_eq!(row("abXcd", "abcd"), [Step::Added(2)]);
    assert_eq!(row("abcdX", "abcd"), [Step::Added(4)]);
    assert_eq!(row("abXYd", "abcd"), [Step::Changed(2)]);
    assert_eq!(row("aXd", "abcd"), [Step::Changed(1), Step::Missing(2)]);
    assert_eq!(row("", "ab"), [Step::Missing(0), Step::Missing(1)]);
    assert_eq!(row("ab", ""), [Step::Added(0), Step::Added(0)]);
}

/// The entry a byte of a bundle's file belongs to, if it is one of entries or contents.
fn number_at(files: &Bundle, path: &str, byte: usize) -> Option<u64> {
    let bytes = &files[path];
    let lengths: Vec<usize> = if path.starts_with("payloads/") {
        bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::len).collect()
    } else if path.starts_with("tile/entries/") {
        let (mut lengths, mut rest) = (Vec::new(), bytes.as_slice());
        while let Some((length, _)) = rest.split_first_chunk::<2>() {
            lengths.push(2 + usize::from(u16::from_be_bytes(*length)));
            rest = &rest[lengths[lengths.len() - 1]..];
        }
        lengths
    } else {
        return None;
    };
    let digits = path.trim_start_matches("payloads/").trim_start_matches("tile/entries/");
    let first = digits[..3].parse::<u64>().unwrap() * 256;
    let before = lengths.iter().scan(0, |end, length| {
        *end += length;
        Some(*end)
    });
    Some(first + before.take_while(|end| *end <= byte).count() as u64)
}

fn check_flip(files: &Bundle, path: &str, byte: usize, change: u8) -> Result<(), TestCaseError> {
    let mut changed = files.clone();
    changed.get_mut(path).unwrap()[byte] ^= change;
    let report = verify(&changed, None);
    prop_assert!(!report.holds(), "{path} at {byte}");
    let expected = number_at(files, path, byte);
    prop_assert_eq!(report.first(), expected, "{} at {} by {}: {}", path, byte, change, report);
    Ok(())
}

static BUNDLES: LazyLock<Vec<Bundle>> =
    LazyLock::new(|| [1, 200, 256, 300, 513].map(bundle).into());

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]
    #[test]
    fn one_changed_byte_is_found_at_its_number(
        which in any::<prop::sample::Index>(),
        file in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(),
        change in 1_u8..,
    ) {
        let files = which.get(&BUNDLES);
        let names = files.paths();
        let path = file.get(&names);
        check_flip(files, path, byte.index(files[path].len()), change)?;
    }
}

#[test]
fn every_byte_of_a_small_bundle_matters() {
    let files = bundle(3);
    for path in files.paths() {
        for byte in 0..files[&path].len() {
            for change in [1, 4, 0x20, 0x80, b'\n' ^ b'{', 0xff] {
                check_flip(&files, &path, byte, change).unwrap();
            }
        }
    }
}
