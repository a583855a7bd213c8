//! All samples of small populations: estimators must be unbiased, and so must their variances.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use survey::{Column, Design, Files, Names, Plan, Table, Terms};

/// Every choice of `take` out of `among`.
fn choices(among: usize, take: usize) -> Vec<Vec<usize>> {
    if take == 0 {
        return vec![vec![]];
    }
    (take - 1..among)
        .flat_map(|last| {
            choices(last, take - 1).into_iter().map(move |mut chosen| {
                chosen.push(last);
                chosen
            })
        })
        .collect()
}

fn table(columns: &[(&str, Vec<f64>)]) -> Table {
    let named =
        |(name, values): &(&str, Vec<f64>)| ((*name).to_owned(), Column::Numbers(values.clone()));
    Table::from_columns(columns.iter().map(named)).unwrap()
}

fn names(names: &[&str]) -> Names {
    Names(names.iter().map(|name| (*name).to_owned()).collect())
}

/// The total of `y` and its variance.
fn total(plan: &Plan, table: &Table) -> (f64, f64) {
    let design = Design::new(plan, table, Files::default()).unwrap();
    let total = design.whole().total(&Terms::of(table, &["y"]).unwrap()).unwrap();
    (total.values[0], total.covariance.at(0, 0))
}

/// The mean of estimates, their variance, and the mean of the estimated variances.
fn moments(estimates: &[(f64, f64)]) -> (f64, f64, f64) {
    let many = estimates.len() as f64;
    let mean = estimates.iter().map(|(value, _)| value).sum::<f64>() / many;
    let spread = estimates.iter().map(|(value, _)| (value - mean).powi(2)).sum::<f64>() / many;
    (mean, spread, estimates.iter().map(|(_, variance)| variance).sum::<f64>() / many)
}

#[track_caller]
fn unbiased(estimates: &[(f64, f64)], truth: f64) {
    let (mean, spread, estimated) = moments(estimates);
    assert!((mean / truth - 1.0).abs() < 1e-12, "{mean} is not {truth}");
    assert!((estimated / spread - 1.0).abs() < 1e-12, "{estimated} is not {spread}");
}

#[test]
fn simple_samples() {
    let population = [3.0, 8.0, 1.0, 12.0, 5.0, 7.0, 20.0];
    let plan = Plan { fpc: names(&["size"]), ..Plan::default() };
    let estimates: Vec<_> = choices(7, 3)
        .into_iter()
        .map(|chosen| {
            let y = chosen.iter().map(|at| population[*at]).collect();
            total(&plan, &table(&[("y", y), ("size", vec![7.0; 3])]))
        })
        .collect();
    assert_eq!(estimates.len(), 35);
    unbiased(&estimates, population.iter().sum());
}

#[test]
fn stratified_samples() {
    let strata = [vec![3.0, 8.0, 1.0, 12.0], vec![50.0, 70.0, 20.0, 44.0, 31.0]];
    let plan = Plan { strata: names(&["h"]), fpc: names(&["size"]), ..Plan::default() };
    let mut estimates = Vec::new();
    for one in choices(4, 2) {
        for other in choices(5, 3) {
            let first = one.iter().map(|at| strata[0][*at]);
            let y = first.chain(other.iter().map(|at| strata[1][*at])).collect();
            let (h, size) = (vec![1.0, 1.0, 2.0, 2.0, 2.0], vec![4.0, 4.0, 5.0, 5.0, 5.0]);
            estimates.push(total(&plan, &table(&[("y", y), ("h", h), ("size", size)])));
        }
    }
    unbiased(&estimates, strata.iter().flatten().sum());
}

/// Two of three clusters, two of the elements of each: both stages with their corrections.
#[test]
fn two_stage_samples() {
    let clusters = [vec![3.0, 8.0, 1.0], vec![12.0, 5.0], vec![7.0, 20.0, 9.0, 2.0]];
    let plan = Plan { ids: names(&["c", "e"]), fpc: names(&["many", "size"]), ..Plan::default() };
    let (mut estimates, mut shares) = (Vec::new(), Vec::new());
    for pair in choices(3, 2) {
        let (one, other) = (&clusters[pair[0]], &clusters[pair[1]]);
        let (all_one, all_other) = (choices(one.len(), 2), choices(other.len(), 2));
        for first in &all_one {
            for second in &all_other {
                let y = first.iter().map(|at| one[*at]);
                let y = y.chain(second.iter().map(|at| other[*at])).collect();
                let (n, m) = (one.len() as f64, other.len() as f64);
                let columns = [
                    ("y", y),
                    ("c", vec![1.0, 1.0, 2.0, 2.0]),
                    ("e", vec![1.0, 2.0, 1.0, 2.0]),
                    ("many", vec![3.0; 4]),
                    ("size", vec![n, n, m, m]),
                ];
                estimates.push(total(&plan, &table(&columns)));
                shares.push(1.0 / (3.0 * all_one.len() as f64 * all_other.len() as f64));
            }
        }
    }
    let weighted = |value: &dyn Fn(&(f64, f64)) -> f64| -> f64 {
        estimates.iter().zip(&shares).map(|(one, share)| value(one) * share).sum()
    };
    let truth: f64 = clusters.iter().flatten().sum();
    let mean = weighted(&|one| one.0);
    assert!((mean / truth - 1.0).abs() < 1e-12);
    let spread = weighted(&|one| (one.0 - mean).powi(2));
    assert!((weighted(&|one| one.1) / spread - 1.0).abs() < 1e-12);
}

/// Pairs drawn with unequal chances: the chances of pairs make inclusion and joint probabilities,
/// and both forms of the variance are unbiased.
#[test]
fn unequal_probabilities_from_joint_ones() {
    let population = [10.0, 25.0, 31.0, 60.0];
    let pairs = choices(4, 2);
    let chances = [0.05, 0.1, 0.2, 0.1, 0.25, 0.3];
    let held = |at: usize| -> f64 {
        pairs.iter().zip(chances).filter(|(pair, _)| pair.contains(&at)).map(|(_, p)| p).sum()
    };
    for variance in [survey::Form::HT, survey::Form::YG] {
        let (mut mean, mut square, mut estimated) = (0.0, 0.0, 0.0);
        for (pair, chance) in pairs.iter().zip(chances) {
            let (one, other) = (held(pair[0]), held(pair[1]));
            let joint = table(&[("1", vec![one, chance]), ("2", vec![chance, other])]);
            let y = pair.iter().map(|at| population[*at]).collect();
            let sample = table(&[("y", y), ("p", vec![one, other])]);
            let plan = Plan {
                fpc: names(&["p"]),
                pps: Some(survey::Pps::Joint),
                variance,
                ..Plan::default()
            };
            let files = Files { joint: Some(&joint), replicate_weights: None };
            let design = Design::new(&plan, &sample, files).unwrap();
            let total = design.whole().total(&Terms::of(&sample, &["y"]).unwrap()).unwrap();
            mean += chance * total.values[0];
            square += chance * total.values[0].powi(2);
            estimated += chance * total.covariance.at(0, 0);
        }
        assert!((mean / 126.0 - 1.0).abs() < 1e-12, "{mean}");
        let spread = square - mean * mean;
        assert!((estimated / spread - 1.0).abs() < 1e-9, "{variance:?}: {estimated}, {spread}");
    }
}
