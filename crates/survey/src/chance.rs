//! Tails and quantiles of the normal, t, F, chi-square and beta distributions.
//!
//! The incomplete integrals are `statrs`'s, the error function `libm`'s, which is exact to the
//! last digit; quantiles are found here by halving and then Newton's
//! steps, so that they agree with the integrals to the last digits.

use statrs::function::{beta, gamma};

/// The chance that a standard normal value is at most so much.
pub(crate) fn normal(value: f64) -> f64 {
    0.5 * libm::erfc(-value / std::f64::consts::SQRT_2)
}

/// The value a standard normal stays under with this chance.
pub(crate) fn normal_quantile(chance: f64) -> f64 {
    if !(chance > 0.0 && chance < 1.0) {
        return f64::NAN;
    }
    if chance > 0.5 {
        return -normal_quantile(1.0 - chance);
    }
    rising_root(-40.0, 0.0, |value| normal(value) - chance)
}

/// The chance that a value of Student's t is at most so much; infinite freedom is the normal.
pub(crate) fn student(value: f64, freedom: f64) -> f64 {
    if freedom.is_infinite() {
        return normal(value);
    }
    let half = 0.5 * incomplete_beta(freedom / 2.0, 0.5, freedom / (freedom + value * value));
    if value > 0.0 { 1.0 - half } else { half }
}

/// The value Student's t stays under with this chance.
pub(crate) fn student_quantile(chance: f64, freedom: f64) -> f64 {
    if freedom.is_infinite() {
        return normal_quantile(chance);
    }
    if !(chance > 0.0 && chance < 1.0 && freedom > 0.0) {
        return f64::NAN;
    }
    if chance > 0.5 {
        return -student_quantile(1.0 - chance, freedom);
    }
    let mut low = -1.0;
    while student(low, freedom) > chance && low > -1e300 {
        low *= 2.0;
    }
    rising_root(low, 0.0, |value| student(value, freedom) - chance)
}

/// The chance that a value of F is greater.
pub(crate) fn fisher_upper(value: f64, above: f64, below: f64) -> f64 {
    if value.is_nan() || below <= 0.0 {
        return f64::NAN;
    }
    if value <= 0.0 {
        return 1.0;
    }
    incomplete_beta(below / 2.0, above / 2.0, below / (below + above * value))
}

/// The value F exceeds with this chance.
pub(crate) fn fisher_upper_quantile(chance: f64, above: f64, below: f64) -> f64 {
    let mut high = 1.0;
    while fisher_upper(high, above, below) > chance && high < 1e300 {
        high *= 2.0;
    }
    rising_root(0.0, high, |value| chance - fisher_upper(value, above, below))
}

/// The chance that a value of chi-square is greater.
pub(crate) fn chi_square_upper(value: f64, freedom: f64) -> f64 {
    if value.is_nan() {
        return f64::NAN;
    }
    if value <= 0.0 {
        return 1.0;
    }
    gamma::checked_gamma_ur(freedom / 2.0, value / 2.0).unwrap_or(f64::NAN)
}

/// The value a beta variable stays under with this chance. A shape of zero puts all the chance
/// on one end.
pub(crate) fn beta_quantile(chance: f64, one: f64, other: f64) -> f64 {
    if !(one >= 0.0 && other >= 0.0 && one + other > 0.0) {
        return f64::NAN;
    }
    if one == 0.0 || other == 0.0 {
        return if one == 0.0 { 0.0 } else { 1.0 };
    }
    rising_root(0.0, 1.0, |value| incomplete_beta(one, other, value) - chance)
}

fn incomplete_beta(one: f64, other: f64, value: f64) -> f64 {
    if value.is_nan() {
        return f64::NAN;
    }
    beta::checked_beta_reg(one, other, value.clamp(0.0, 1.0)).unwrap_or(f64::NAN)
}

/// Where a rising function passes zero: halving down to neighbouring numbers.
fn rising_root(low: f64, high: f64, function: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..400 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if function(middle) < 0.0 { low = middle } else { high = middle }
    }
    low + (high - low) / 2.0
}
