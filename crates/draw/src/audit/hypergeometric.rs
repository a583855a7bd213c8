//! The hypergeometric distribution to full double precision, for populations of any size.
//!
//! Source: C. Loader, *Fast and Accurate Computation of Binomial Probabilities* (2000): binomial
//! probabilities by their deviance, and a hypergeometric one as a quotient of three of them, so
//! that no large logarithms are subtracted.

use std::f64::consts::TAU;

/// ln(n!) less Stirling's formula, for n from 0 to 15 (Loader 2000, table 1).
const STIRLING_ERRORS: [f64; 16] = [
    0.0,
    0.081_061_466_795_327_26,
    0.041_340_695_955_409_29,
    0.027_677_925_684_998_34,
    0.020_790_672_103_765_093,
    0.016_644_691_189_821_193,
    0.013_876_128_823_070_748,
    0.011_896_709_945_891_77,
    0.010_411_265_261_972_096,
    0.009_255_462_182_712_733,
    0.008_330_563_433_362_87,
    0.007_573_675_487_951_841,
    0.006_942_840_107_209_53,
    0.006_408_994_188_004_207,
    0.005_951_370_112_758_848,
    0.005_554_733_551_962_801,
];

fn stirling_error(count: f64) -> f64 {
    if count < 16.0 {
        return STIRLING_ERRORS[count as usize];
    }
    let square = count * count;
    let series =
        1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square) / square;
    (1.0 / 12.0 - series / square) / count
}

/// x ln(x/np) + np − x, without cancellation where x is near np.
fn deviance(count: f64, mean: f64) -> f64 {
    if (count - mean).abs() >= 0.1 * (count + mean) {
        return count * (count / mean).ln() + mean - count;
    }
    let ratio = (count - mean) / (count + mean);
    let mut sum = (count - mean) * ratio;
    let mut term = 2.0 * count * ratio;
    let mut odd = 3.0;
    loop {
        term *= ratio * ratio;
        let next = sum + term / odd;
        if next == sum {
            return sum;
        }
        sum = next;
        odd += 2.0;
    }
}

fn ln_binomial(count: u64, tries: u64, share: f64) -> f64 {
    let (hits, all) = (count as f64, tries as f64);
    let (misses, rest) = ((tries - count) as f64, 1.0 - share);
    if count == 0 {
        return if share < 0.1 {
            -deviance(all, all * rest) - all * share
        } else {
            all * rest.ln()
        };
    }
    if count == tries {
        return if share > 0.9 {
            -deviance(all, all * share) - all * rest
        } else {
            all * share.ln()
        };
    }
    stirling_error(all)
        - stirling_error(hits)
        - stirling_error(misses)
        - deviance(hits, all * share)
        - deviance(misses, all * rest)
        + 0.5 * (all / (TAU * hits * misses)).ln()
}

/// The chance of exactly so many; both tails cut off.
fn exactly(found: u64, population: u64, false_items: u64, examined: u64) -> f64 {
    if examined == population || examined == 0 {
        return 1.0;
    }
    let share = examined as f64 / population as f64;
    let of_false = ln_binomial(found, false_items, share);
    let of_true = ln_binomial(examined - found, population - false_items, share);
    (of_false + of_true - ln_binomial(examined, population, share)).exp()
}

/// The chance that a simple random sample without replacement of `examined` of `population`
/// items, `false_items` of them false, shows at most `found` false ones. Its relative error is
/// below 1e-12 for populations up to a million.
///
/// Impossible counts are answered as their limits: more false items or examined ones than there
/// are, are taken as all of them.
///
/// ```
/// // One false item in twenty stays unseen by nineteen looks once in twenty times.
/// assert!((draw::audit::at_most(0, 20, 1, 19) - 0.05).abs() < 1e-15);
/// ```
pub fn at_most(found: u64, population: u64, false_items: u64, examined: u64) -> f64 {
    let (false_items, examined) = (false_items.min(population), examined.min(population));
    let true_items = population - false_items;
    let (least, greatest) = (examined.saturating_sub(true_items), examined.min(false_items));
    if found < least {
        return 0.0;
    }
    if found >= greatest {
        return 1.0;
    }
    // Sum the shorter way out from `found`, where the terms fall: no cancellation below.
    let mean = examined as f64 * (false_items as f64 / population as f64);
    let f = |count: u64| count as f64;
    let falls = |sum: f64, term: f64| term > sum * 1e-17;
    if f(found) <= mean {
        let (mut term, mut sum, mut at) = (1.0, 1.0, found);
        while at > least && falls(sum, term) {
            term *= f(at) * (f(true_items + at - examined))
                / (f(false_items - at + 1) * f(examined - at + 1));
            sum += term;
            at -= 1;
        }
        return (exactly(found, population, false_items, examined) * sum).min(1.0);
    }
    let (mut term, mut sum, mut at) = (1.0, 1.0, found + 1);
    while at < greatest && falls(sum, term) {
        term *= f(false_items - at) * f(examined - at)
            / (f(at + 1) * f(true_items + at + 1 - examined));
        sum += term;
        at += 1;
    }
    (1.0 - exactly(found + 1, population, false_items, examined) * sum).clamp(0.0, 1.0)
}
