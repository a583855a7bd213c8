//! Inclusion probabilities beside exact enumeration and beside 100,000 replays.

use super::*;

/// The chance of each unit and of each pair, from every subset of so many by brute force: a
/// subset's chance is the product of its odds, up to a constant.
fn enumerated(odds: &[f64], wanted: u32) -> (Vec<f64>, Vec<Vec<f64>>) {
    let mut joint = vec![vec![0.0; odds.len()]; odds.len()];
    let mut all = 0.0;
    for subset in (0_u32..1 << odds.len()).filter(|subset| subset.count_ones() == wanted) {
        let taken: Vec<usize> = (0..odds.len()).filter(|at| subset >> at & 1 == 1).collect();
        let chance: f64 = taken.iter().map(|at| odds[*at]).product();
        all += chance;
        for one in &taken {
            taken.iter().for_each(|other| joint[*one][*other] += chance);
        }
    }
    joint.iter_mut().flatten().for_each(|chance| *chance /= all);
    ((0..odds.len()).map(|place| joint[place][place]).collect(), joint)
}

fn check_replays(aims: &[f64], draw: impl Fn(u32) -> Vec<usize>) {
    let replays = 100_000;
    let mut drawn = vec![0_u32; aims.len()];
    for replay in 0..replays {
        draw(replay).into_iter().for_each(|place| drawn[place] += 1);
    }
    for (place, aim) in aims.iter().enumerate() {
        let share = f64::from(drawn[place]) / f64::from(replays);
        let error = (aim * (1.0 - aim) / f64::from(replays)).sqrt();
        assert!((share - aim).abs() <= 4.5 * error, "{place}: {share}, expected {aim}");
    }
}

#[test]
fn systematic_replays() {
    let pps = Pps::new(&[3, 11, 7, 200, 1, 9, 14], 3).unwrap();
    check_replays(pps.probabilities(), |replay| pps.systematic(&replay.to_string()));
}

#[test]
fn systematic_by_exact_enumeration_of_all_starts() {
    // Steps of 12/3: a start decides the draw by its quarter of a step.
    let pps = Pps::new(&[1, 2, 3, 3, 2, 1], 3).unwrap();
    let mut drawn = [0_u32; 6];
    for quarter in 0..4 {
        let start = Lot::range() / 4 * quarter;
        let places = pps.stepped(start);
        assert_eq!(places, pps.stepped(start + Lot::range() / 4 - 1));
        assert_eq!(places.len(), 3);
        places.into_iter().for_each(|place| drawn[place] += 1);
    }
    for (chance, times) in pps.probabilities().iter().zip(drawn) {
        assert_eq!(*chance, f64::from(times) / 4.0);
    }
}

#[test]
fn conditional_poisson_replays() {
    let ids = ["a", "b", "c", "d", "e", "f"];
    let pps = Pps::new(&[3, 11, 7, 1, 9, 14], 3).unwrap();
    let design = ConditionalPoisson::new(&pps).unwrap();
    check_replays(pps.probabilities(), |replay| design.sample(&ids, &replay.to_string()));
}

#[test]
fn conditional_poisson_by_exact_enumeration() {
    for (sizes, wanted) in
        [(&[3, 4, 5, 6, 7][..], 2), (&[3, 11, 7, 2, 9, 14, 2, 2, 5, 5], 4), (&[1; 7], 3)]
    {
        let pps = Pps::new(sizes, wanted).unwrap();
        let design = ConditionalPoisson::new(&pps).unwrap();
        let odds: Vec<f64> = design.takings.iter().map(|taking| taking / (1.0 - taking)).collect();
        let (chances, joint) = enumerated(&odds, wanted as u32);
        for place in 0..sizes.len() {
            assert!((chances[place] - pps.probabilities()[place]).abs() < 1e-11);
            for (other, chance) in joint[place].iter().enumerate() {
                assert!((chance - design.joint(place, other)).abs() < 1e-11);
            }
        }
    }
}

#[test]
fn probabilities_near_certainty_are_reached() {
    let sizes: Vec<u64> = (1..=60).map(|place| place * place).collect();
    let pps = Pps::new(&sizes, 25).unwrap();
    assert!((pps.probabilities().iter().sum::<f64>() - 25.0).abs() < 1e-9);
    let design = ConditionalPoisson::new(&pps).unwrap();
    for (place, aim) in pps.probabilities().iter().enumerate() {
        assert!((design.joint(place, place) - aim).abs() < 1e-10);
    }
}

#[test]
fn all_none_and_equal_sizes() {
    let all = Pps::new(&[4, 9, 1], 3).unwrap();
    assert_eq!(all.probabilities(), [1.0; 3]);
    assert_eq!(all.systematic("s"), [0, 1, 2]);
    assert_eq!(ConditionalPoisson::new(&all).unwrap().sample(&["a", "b", "c"], "s"), [0, 1, 2]);
    let none = Pps::new(&[4, 9], 0).unwrap();
    assert!(none.systematic("s").is_empty());
    assert!(ConditionalPoisson::new(&none).unwrap().sample(&["a", "b"], "s").is_empty());
    assert_eq!(Pps::new(&[1 << 45, 1 << 46], 1), Err(Wrong::TooLarge));
    assert_eq!(Pps::new(&[1], 2), Err(Wrong::TooFewUnits { units: 1, wanted: 2 }));
}
