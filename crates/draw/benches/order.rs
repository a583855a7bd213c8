//! What ordering a million ids costs, beside the bare SHA-256 of the same bytes on one core.
//!
//! `cargo bench -p draw`

use std::hint::black_box;

use divan::{Bencher, counter::ItemsCount};
use draw::{audit, order};
use sha2::{Digest, Sha256};

const COUNT: usize = 1_000_000;

fn main() {
    divan::main();
}

/// The ids of the reference million: 18 characters, as in the reference vectors' template.
fn ids() -> Vec<String> {
    (0..COUNT).map(|number| format!("91130200MA{number:08}")).collect()
}

/// The least that can be: one block for an id, as if the seed cost nothing.
#[divan::bench(sample_count = 10)]
fn bare_sha256_of_the_id_alone(bencher: Bencher) {
    let ids = ids();
    bencher.counter(ItemsCount::new(COUNT)).bench(|| {
        for id in &ids {
            black_box(Sha256::digest(id));
        }
    });
}

/// What a ticket hashes: the seed's fingerprint and the id, two blocks.
#[divan::bench(sample_count = 10)]
fn bare_sha256_of_the_ticket(bencher: Bencher) {
    let ids = ids();
    let salt = "52775263".repeat(8);
    bencher.counter(ItemsCount::new(COUNT)).bench(|| {
        for id in &ids {
            black_box(Sha256::new().chain_update(&salt).chain_update(id).finalize());
        }
    });
}

#[divan::bench(sample_count = 10)]
fn order_of_a_million(bencher: Bencher) {
    let ids = ids();
    bencher.counter(ItemsCount::new(COUNT)).bench(|| order(black_box(&ids), "52775263"));
}

#[divan::bench]
fn audit_bound_of_five_thousand() -> u64 {
    audit::upper_bound(black_box(5000), 400, 7, 0.05).map_or(0, |bound| bound.most)
}
