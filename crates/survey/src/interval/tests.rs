//! Intervals against other people's software.

use super::*;
use crate::matrix::Matrix;

fn share(value: f64, rows: f64) -> Estimate {
    let spread = value * (1.0 - value) / rows;
    Estimate {
        values: vec![value],
        covariance: Matrix::from_fn(1, |_, _| spread),
        design_effects: vec![],
    }
}

fn near(ours: [f64; 2], theirs: [f64; 2], tolerance: f64) {
    for (ours, theirs) in ours.into_iter().zip(theirs) {
        assert!((ours - theirs).abs() < tolerance, "{ours} is not {theirs}");
    }
}

/// statsmodels 0.15.0, `proportion_confint(count, n, alpha, method="wilson")`.
#[test]
fn wilson_is_that_of_statsmodels() {
    let known = [
        (30.0, 100.0, 0.95, [0.21894885294932756, 0.39584854633346667]),
        (30.0, 100.0, 0.9, [0.23070495436914523, 0.37983213394412446]),
        (7.0, 9.0, 0.95, [0.45258896910698887, 0.9367748928821533]),
        (815.0, 1000.0, 0.9, [0.7939621849002962, 0.8343379218586544]),
        (0.0, 25.0, 0.95, [0.0, 0.13319225093904855]),
    ];
    for (count, rows, level, theirs) in known {
        let mean = share(count / rows, rows);
        near(around(&mean, Rule::Wilson, level, rows - 1.0, rows, rows - 1.0), theirs, 1e-12);
    }
}

/// statsmodels 0.15.0, `method="beta"`: Clopper and Pearson's.
#[test]
fn beta_is_that_of_statsmodels_for_a_simple_sample() {
    let known = [
        (30.0, 100.0, 0.95, [0.21240642048953662, 0.39981467617980415]),
        (7.0, 9.0, 0.95, [0.39990642628368783, 0.9718550265221018]),
        (815.0, 1000.0, 0.95, [0.7895186222266537, 0.8386110018212144]),
    ];
    for (count, rows, level, theirs) in known {
        let mean = share(count / rows, rows);
        near(around(&mean, Rule::Beta, level, rows - 1.0, rows, rows - 1.0), theirs, 1e-12);
    }
}

/// With few primary units the effective number of rows shrinks and the interval grows.
#[test]
fn fewer_degrees_of_freedom_widen_wilson() {
    let mean = share(0.4, 200.0);
    let [low, high] = around(&mean, Rule::Wilson, 0.95, 199.0, 200.0, 199.0);
    let [wider_low, wider_high] = around(&mean, Rule::Wilson, 0.95, 5.0, 200.0, 5.0);
    assert!(wider_low < low && high < wider_high);
}
