//! What a turn costs the journal: an entry's bytes and leaf, the log's growth, one signature.
//!
//! `cargo bench -p journal`

use std::{collections::BTreeMap, hint::black_box};

use divan::{Bencher, counter::ItemsCount};
use journal::{Entry, Export, Hash, Inclusion, Log, Meta, Payload, Signer, commit, leaf_hash};

fn main() {
    divan::main();
}

const PAYLOAD: &str = r#"{"Reported":{"account":{"amount":20,"text":"累计拆除 20 台"}}}"#;

fn entry(number: i64) -> Entry {
    Entry {
        jurisdiction: "130200".into(),
        number,
        turn: number,
        at: "2015-11-20T01:00:00.000000Z".into(),
        day: "2015-11-20".into(),
        person: 11,
        post: 12,
        kind: "item".into(),
        matter: 7,
        act: "Reported".into(),
        commitment: commit("5c1e0f5c1e0f5c1e0f5c1e0f5c1e0f5c", PAYLOAD),
    }
}

fn signer() -> Signer {
    Signer::new("shigan/130200", &[9; 32]).unwrap_or_else(|error| panic!("{error}"))
}

/// A log of so many leaves, without hashing entries.
fn log(size: u64) -> Log {
    let mut log = Log::default();
    (0..size).for_each(|number| drop(log.append(leaf_hash(&number.to_be_bytes()))));
    log
}

#[divan::bench]
fn entry_to_leaf(bencher: Bencher<'_, '_>) {
    let entry = entry(1_000_000);
    bencher.bench(|| black_box(&entry).leaf());
}

#[divan::bench]
fn commitment(bencher: Bencher<'_, '_>) {
    bencher.bench(|| commit(black_box("5c1e0f5c1e0f5c1e0f5c1e0f5c1e0f5c"), black_box(PAYLOAD)));
}

#[divan::bench(args = [1_000, 1_000_000])]
fn append_256_leaves_and_root(bencher: Bencher<'_, '_>, size: u64) {
    let leaves: Vec<Hash> = (0..256_u32).map(|number| leaf_hash(&number.to_be_bytes())).collect();
    let log = log(size);
    bencher.counter(ItemsCount::new(256_usize)).with_inputs(|| log.clone()).bench_refs(|log| {
        leaves.iter().for_each(|leaf| drop(black_box(log.append(*leaf))));
        log.root()
    });
}

#[divan::bench]
fn sign_a_checkpoint(bencher: Bencher<'_, '_>) {
    let (signer, root) = (signer(), [7; 32]);
    bencher.bench(|| signer.checkpoint(black_box(1_000_000), black_box(&root)));
}

/// A group of turns as a store commits it: entries, leaves, root, signature.
#[divan::bench(args = [1, 16, 256])]
fn a_group_of_turns(bencher: Bencher<'_, '_>, turns: usize) {
    let (signer, log, entry) = (signer(), log(1_000_000), entry(1_000_000));
    bencher.counter(ItemsCount::new(turns)).with_inputs(|| log.clone()).bench_refs(|log| {
        for _ in 0..turns {
            let mut entry = entry.clone();
            entry.commitment = commit("5c1e0f5c1e0f5c1e0f5c1e0f5c1e0f5c", PAYLOAD);
            if let Ok(leaf) = entry.leaf() {
                drop(black_box(log.append(leaf)));
            }
        }
        signer.checkpoint(log.size(), &log.root())
    });
}

#[divan::bench]
fn write_the_logs_text(bencher: Bencher<'_, '_>) {
    let log = log(1_000_000);
    bencher.bench(|| black_box(&log).to_string());
}

#[divan::bench]
fn read_the_logs_text(bencher: Bencher<'_, '_>) {
    let text = log(1_000_000).to_string();
    bencher.bench(|| black_box(&text).parse::<Log>());
}

#[divan::bench]
fn prove_one_of_a_million(bencher: Bencher<'_, '_>) {
    let (mut log, mut full) = (Log::default(), BTreeMap::new());
    for number in 0..1_000_000_u64 {
        let tiles = log.append(leaf_hash(&number.to_be_bytes()));
        full.extend(tiles.into_iter().map(|tile| (tile.place(), tile.hashes)));
    }
    let root = log.root();
    bencher.bench(|| Inclusion::prove(black_box(123_456), 1_000_000, root, &(&log, &full)));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn verify_a_bundle_of_20_000(bencher: Bencher<'_, '_>) {
    let (signer, mut log, mut files) = (signer(), Log::default(), BTreeMap::new());
    let entries: Vec<Entry> = (0..20_000).map(entry).collect();
    entries.iter().filter_map(|entry| entry.leaf().ok()).for_each(|leaf| drop(log.append(leaf)));
    let note = signer.checkpoint(log.size(), &log.root()).unwrap_or_default();
    let mut export = Export::new(Meta::new(&signer, "130200", log.size()), note);
    for entry in &entries {
        let salt = "5c1e0f5c1e0f5c1e0f5c1e0f5c1e0f5c";
        files.extend(export.push(entry, &Payload::kept(entry.number, salt, PAYLOAD)));
    }
    files.extend(export.finish());
    bencher.counter(ItemsCount::new(entries.len())).bench(|| {
        let report = journal::verify(black_box(&files), None);
        assert!(report.holds(), "{report}");
    });
}
