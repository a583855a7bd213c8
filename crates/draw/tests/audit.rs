//! Audit bounds, sample sizes and tails beside those of scipy and of exact fractions, as
//! `audit_bounds.py` made them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use draw::audit::{at_most, sample_size, upper_bound};

#[test]
fn every_row_of_the_exact_table() {
    let mut rows = [0; 3];
    for row in include_str!("data/audit_bounds.csv").lines() {
        let (kind, cells) = row.split_once(',').unwrap();
        let cells: Vec<f64> = cells.split(',').map(|cell| cell.parse().unwrap()).collect();
        let whole = |nth: usize| cells[nth] as u64;
        match kind {
            "bound" => {
                let bound = upper_bound(whole(0), whole(1), whole(2), cells[3]).unwrap();
                assert_eq!(bound.most, whole(4), "{row}");
                rows[0] += 1;
            }
            "size" => {
                assert_eq!(sample_size(whole(0), whole(1), whole(2), cells[3]), Ok(whole(4)));
                rows[1] += 1;
            }
            _ => {
                let tail = at_most(whole(3), whole(0), whole(1), whole(2));
                // One minus a long tail keeps absolute, not relative precision.
                assert!((tail - cells[4]).abs() <= 1e-12 * cells[4], "{row}: {tail}");
                rows[2] += 1;
            }
        }
    }
    assert!(rows[0] > 250 && rows[1] == 80 && rows[2] > 150, "{rows:?}");
}
