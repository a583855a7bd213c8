//! Allocation beside exact fractions, and what no allocation may do.

use proptest::prelude::*;

use super::*;

fn sized(units: &[u64]) -> Vec<Stratum> {
    units.iter().map(|units| Stratum { units: *units, spread: 1, fixed: 0 }).collect()
}

#[test]
fn a_stratum_that_is_full_hands_on_what_it_cannot_take() {
    let mut strata = sized(&[2, 50, 50]);
    strata[0].spread = 1000;
    // Neyman would take 19 of the first stratum's 2.
    assert_eq!(allocate(&strata, 20, 0, Allocation::Neyman).unwrap(), [2, 9, 9]);
}

#[test]
fn ties_fall_to_the_earlier_stratum() {
    assert_eq!(allocate(&sized(&[3, 3, 3]), 4, 0, Allocation::Proportional).unwrap(), [2, 1, 1]);
}

#[test]
fn what_does_not_fit_is_said() {
    let strata = sized(&[3, 4]);
    assert_eq!(
        allocate(&strata, 8, 0, Allocation::Proportional),
        Err(Unallocated::TooFewUnits { units: 7, wanted: 8 })
    );
    assert_eq!(
        allocate(&strata, 3, 2, Allocation::Proportional),
        Err(Unallocated::LeastTooLarge { least: 4, wanted: 3 })
    );
    assert_eq!(
        allocate(&strata, 3, 0, Allocation::Fixed),
        Err(Unallocated::FixedSum { fixed: 0, wanted: 3 })
    );
    let fixed = [Stratum { units: 3, spread: 0, fixed: 4 }];
    assert_eq!(
        allocate(&fixed, 3, 0, Allocation::Fixed),
        Err(Unallocated::FixedTooLarge { stratum: 0, units: 3, fixed: 4 })
    );
    let still = [Stratum { units: 3, ..Stratum::default() }];
    assert_eq!(allocate(&still, 2, 1, Allocation::Neyman), Err(Unallocated::NoSpread { left: 1 }));
    assert_eq!(allocate(&still, 1, 1, Allocation::Neyman), Ok(vec![1]));
}

#[test]
fn every_unit_of_a_stratum_has_its_chance() {
    let ids = ["a", "b", "c", "d", "e", "f"];
    let replays = 100_000;
    let mut drawn = [0_u32; 6];
    for replay in 0..replays {
        for place in sample(&ids, &[0, 0, 1, 1, 1, 1], &[1, 3], &format!("replay {replay}")) {
            drawn[place] += 1;
        }
    }
    for (place, chance) in [0.5, 0.5, 0.75, 0.75, 0.75, 0.75].into_iter().enumerate() {
        let error = (chance * (1.0 - chance) / f64::from(replays)).sqrt();
        let share = f64::from(drawn[place]) / f64::from(replays);
        assert!((share - chance).abs() < 4.5 * error, "{place}: {share}");
    }
}

proptest! {
    #[test]
    fn shares_add_up_and_stay_within(
        units in prop::collection::vec(0_u64..60, 1..8),
        spread in prop::collection::vec(1_u64..500, 8),
        part in 0.0_f64..=1.0,
        least in 0_u64..4,
    ) {
        let mut strata = sized(&units);
        strata.iter_mut().zip(spread).for_each(|(stratum, spread)| stratum.spread = spread);
        let wanted = (units.iter().sum::<u64>() as f64 * part) as u64;
        for allocation in [Allocation::Proportional, Allocation::Neyman] {
            match allocate(&strata, wanted, least, allocation) {
                Ok(shares) => {
                    prop_assert_eq!(shares.iter().sum::<u64>(), wanted);
                    for (share, stratum) in shares.iter().zip(&strata) {
                        prop_assert!(*share <= stratum.units);
                        prop_assert!(*share >= stratum.units.min(least));
                    }
                }
                Err(Unallocated::LeastTooLarge { .. }) => prop_assert!(least > 0),
                Err(other) => prop_assert!(false, "{other}"),
            }
        }
    }

    #[test]
    fn proportional_shares_stay_within_one_of_exact(
        units in prop::collection::vec(1_u64..900, 2..9),
    ) {
        let all: u64 = units.iter().sum();
        let wanted = all / 3;
        let shares = allocate(&sized(&units), wanted, 0, Allocation::Proportional).unwrap();
        for (share, units) in shares.iter().zip(&units) {
            let exact = wanted as f64 * *units as f64 / all as f64;
            prop_assert!((*share as f64 - exact).abs() < 1.0);
        }
    }
}
