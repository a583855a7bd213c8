//! What must hold of every audit: coverage, error rates, and that all looks agree.

use super::*;

/// A small generator of its own (Steele, Lea and Flood 2014), so that the trials are not made by
/// what they try.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(word ^ word >> 31) * u128::from(end)) >> 64) as u64
    }

    /// Examines items one by one and counts the false ones.
    fn found(&mut self, population: u64, false_items: u64, examined: u64) -> u64 {
        let mut found = 0;
        for looked in 0..examined {
            if self.below(population - looked) < false_items - found {
                found += 1;
            }
        }
        found
    }
}

#[test]
fn coverage_of_simulated_audits() {
    let mut chance = Chance(20_151_120);
    let sizes = [(50, 30), (130, 30), (130, 60), (500, 100), (1000, 30), (5000, 60), (5000, 400)];
    for thousandths in [0, 10, 50, 200] {
        let mut covered = 0;
        let mut trials = 0;
        for (population, examined) in sizes {
            let false_items = population * thousandths / 1000;
            let bounds: Vec<u64> = (0..=examined)
                .map(|found| upper_bound(population, examined, found, 0.05).unwrap().most)
                .collect();
            let here = (0..10_000).filter(|_| {
                bounds[chance.found(population, false_items, examined) as usize] >= false_items
            });
            let here = here.count();
            // Four standard errors of a true coverage of 95 %.
            assert!(here >= 9_412, "{population} {examined} {thousandths}: {here}");
            covered += here;
            trials += 10_000;
        }
        assert!(covered * 100 >= trials * 95, "{thousandths}: {covered} of {trials}");
    }
}

#[test]
fn coverage_is_exact_for_every_truth() {
    for (population, examined, risk) in [(50, 30, 0.05), (50, 12, 0.1), (130, 30, 0.01)] {
        let bound = |found| upper_bound(population, examined, found, risk).map(|bound| bound.most);
        for false_items in 0..=population {
            let missed = (0..=examined).rev().find(|found| bound(*found).unwrap() < false_items);
            let chance =
                missed.map_or(0.0, |found| at_most(found, population, false_items, examined));
            assert!(chance <= risk * (1.0 + TIE), "{population} {false_items}: {chance}");
        }
    }
}

#[test]
fn a_bound_that_ignores_the_population_would_be_caught() {
    // The seeded fault: a bound one too small misses the truth more often than 5 %.
    let most = upper_bound(130, 30, 0, 0.05).unwrap().most;
    assert!(at_most(0, 130, most, 30) > 0.05);
    assert!(at_most(0, 130, most + 1, 30) <= 0.05);
}

/// The chance that the test ever ends with each verdict, by walking all samples.
fn chances(test: &Sequential, population: u64, false_items: u64) -> (f64, f64) {
    let mut alive = vec![1.0];
    let (mut stops, mut rechecks) = (0.0, 0.0);
    for examined in 0..=population {
        let mut after = vec![0.0; alive.len() + 1];
        for (found, chance) in alive.into_iter().enumerate() {
            let found = found as u64;
            if chance == 0.0 {
                continue;
            }
            match test.look(examined, found).unwrap().verdict {
                Verdict::Stop => stops += chance,
                Verdict::RecheckAll => rechecks += chance,
                Verdict::GoOn => {
                    let left = (population - examined) as f64;
                    let share = (false_items - found) as f64 / left;
                    after[found as usize + 1] += chance * share;
                    after[found as usize] += chance * (1.0 - share);
                }
            }
        }
        alive = after;
    }
    (stops, rechecks)
}

#[test]
fn the_sequential_test_keeps_both_error_rates_exactly() {
    for (population, tolerable, stop_risk, recheck_risk) in
        [(40, 0, 0.05, 0.05), (60, 3, 0.05, 0.1), (90, 9, 0.1, 0.01)]
    {
        let test = Sequential::new(population, tolerable, stop_risk, recheck_risk).unwrap();
        let mut worst = (0.0_f64, 0.0_f64);
        for false_items in 0..=population {
            let (stops, rechecks) = chances(&test, population, false_items);
            assert!((stops + rechecks - 1.0).abs() < 1e-9, "it ends");
            if false_items > tolerable {
                worst.0 = worst.0.max(stops);
            } else {
                worst.1 = worst.1.max(rechecks);
            }
        }
        assert!(worst.0 <= stop_risk && worst.1 <= recheck_risk, "{worst:?}");
        // A test that never errs never decides early: it would pass for the wrong reason.
        assert!(worst.0 > stop_risk / 20.0, "{worst:?}");
    }
}

#[test]
fn a_clean_audit_ends_before_the_last_item() {
    let test = Sequential::new(1000, 50, 0.05, 0.05).unwrap();
    let more = test.true_items_to_stop(0, 0).unwrap().unwrap();
    assert!(more < 120, "{more}");
    assert_eq!(test.look(more - 1, 0).unwrap().verdict, Verdict::GoOn);
    assert_eq!(test.true_items_to_stop(51, 51).unwrap(), None);
}

#[test]
fn nonsense_is_refused() {
    assert_eq!(
        upper_bound(5, 6, 0, 0.05),
        Err(Wrong::TooManyExamined { examined: 6, population: 5 })
    );
    assert_eq!(
        upper_bound(5, 3, 4, 0.05),
        Err(Wrong::TooManyFalse { false_items: 4, examined: 3 })
    );
    assert!(matches!(upper_bound(5, 3, 1, f64::NAN), Err(Wrong::Risk(_))));
    assert_eq!(
        sample_size(100, 1, 2, 0.05),
        Err(Wrong::BoundBelowExpected { most: 1, expected: 2 })
    );
}

#[test]
fn the_smallest_and_the_greatest_audits() {
    assert_eq!(upper_bound(0, 0, 0, 0.05).unwrap().most, 0);
    assert_eq!(upper_bound(7, 0, 0, 0.05).unwrap().most, 7);
    assert_eq!(upper_bound(7, 7, 2, 0.05).unwrap().most, 2);
    assert_eq!(sample_size(0, 0, 0, 0.05), Ok(0));
    assert_eq!(sample_size(7, 0, 0, 0.05), Ok(7));
    assert_eq!(upper_bound(1_000_000_000, 299, 0, 0.05).unwrap().most, 9_969_145);
}
