//! A logistic model with nothing but an intercept, fitted step by step as R's `glm` does.

use super::expit;
use crate::chance;
use crate::sums;
use crate::trouble::Trouble;
use crate::view::View;

/// The fitted model.
pub(super) struct Logistic {
    intercept: f64,
    /// The variance of the intercept under the design, and that of independent rows.
    spread: f64,
    naive: f64,
    deviance: f64,
    dispersion: f64,
    /// The sums of weights of all rows and of those the condition holds for.
    whole: f64,
    held: f64,
    /// Rows of the model, those of weight zero included.
    rows: f64,
}

/// An intercept and the one a step before, at which the weights of the fit were taken.
struct Fit {
    intercept: f64,
    before: f64,
}

impl View<'_> {
    pub(super) fn logistic(&self, judged: &[Option<bool>]) -> Result<Logistic, Trouble> {
        let view = self.keep(|row| judged[row as usize].is_some());
        let frame: f64 = sums::total(self.weights()) / self.frame() as f64;
        let holds: Vec<bool> =
            view.rows.iter().map(|row| judged[*row as usize] == Some(true)).collect();
        let weights = view.weights();
        let scaled: Vec<f64> = weights.iter().map(|weight| weight / frame).collect();
        let (whole, held) = parts(&scaled, &holds);
        let fit = fit(&scaled, &holds);
        let share = expit(fit.intercept);
        let slope = share * (1.0 - share);
        let before = expit(fit.before);
        let naive = 1.0 / (whole * before * (1.0 - before));
        let distance = |held: &bool| f64::from(u8::from(*held)) - share;
        let spread = match &view.design.replicates {
            Some(_) => view.over_replicates(&[fit.intercept], |weights| {
                let sum = sums::total(weights.iter().copied());
                let scaled: Vec<f64> = weights.iter().map(|weight| weight / sum).collect();
                let (_, held) = parts(&scaled, &holds);
                vec![refit(fit.intercept, held).intercept]
            }),
            None => {
                let sum = sums::total(weights.iter().copied());
                view.covariance(1, |_, influence| {
                    influence.clear();
                    let rows = holds.iter().zip(&weights);
                    influence.extend(rows.map(|(held, w)| distance(held) / slope * w / sum));
                })?
            }
        };
        let (sum, many) = (sums::total(weights.iter().copied()), weights.len() as f64);
        let squares = sums::total(
            holds.iter().zip(&weights).map(|(held, w)| distance(held) * distance(held) * w),
        );
        let dispersion = match view.design.replicates.is_some() {
            true => squares / slope / frame,
            false => {
                let scale = sum / view.frame() as f64 / frame;
                let mean =
                    sums::total(holds.iter().zip(&weights).map(|(held, w)| distance(held) * w));
                let centred = squares / sum - (mean / sum) * (mean / sum);
                centred * scale / slope * many / (many - 1.0)
            }
        };
        let mut model = Logistic {
            intercept: fit.intercept,
            spread: spread.at(0, 0),
            naive,
            deviance: 0.0,
            dispersion,
            whole,
            held,
            rows: match self.design.keeps_rows() {
                true => judged.iter().flatten().count() as f64,
                false => weights.len() as f64,
            },
        };
        model.deviance = model.deviance_at(fit.intercept);
        Ok(model)
    }
}

impl Logistic {
    pub(super) fn share(&self) -> f64 {
        expit(self.intercept)
    }

    fn deviance_at(&self, intercept: f64) -> f64 {
        deviance(self.whole, self.held, expit(intercept))
    }

    /// Student's t about the intercept.
    pub(super) fn wald(&self, level: f64, freedom: f64) -> [f64; 2] {
        if freedom <= 0.0 {
            return [f64::NAN; 2];
        }
        let reach = chance::student_quantile((1.0 - level) / 2.0, freedom);
        let error = self.spread.sqrt();
        [self.intercept + error * reach, self.intercept - error * reach].map(expit)
    }

    /// Where the root of the scaled deviance reaches Student's t times the root of the design
    /// effect: up to nine steps to each side, a spline through them, and straight lines between
    /// three times as many points of it.
    pub(super) fn profile(&self, level: f64, freedom: f64) -> Result<[f64; 2], Trouble> {
        let effect = (self.spread / self.naive).sqrt();
        let cut = chance::student_quantile((1.0 - level) / 2.0, freedom) * effect;
        let alpha = chance::normal(cut) / 2.0;
        let farthest = chance::fisher_upper_quantile(alpha, 1.0, self.rows - 1.0).sqrt();
        let step = farthest / 5.0 * self.spread.sqrt();
        let mut points = vec![(self.intercept, 0.0)];
        for side in [-1.0, 1.0] {
            let mut root: f64 = 0.0;
            let mut taken = 1.0;
            while taken < 10.0 && root.abs() < farthest {
                let intercept = self.intercept + side * taken * step;
                let rise = (self.deviance_at(intercept) - self.deviance) / self.dispersion;
                if rise.is_nan() || rise <= -1e-3 {
                    return Ok([f64::NAN; 2]);
                }
                root = side * rise.max(0.0).sqrt();
                points.push((intercept, root));
                taken += 1.0;
            }
        }
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        let fine = spline(&points);
        Ok([cut, -cut].map(|cut| expit(cross(&fine, cut))))
    }
}

fn parts(weights: &[f64], holds: &[bool]) -> (f64, f64) {
    let held = weights.iter().zip(holds).filter(|(_, held)| **held).map(|(weight, _)| *weight);
    (sums::total(weights.iter().copied()), sums::total(held))
}

fn deviance(whole: f64, held: f64, share: f64) -> f64 {
    -2.0 * (held * share.ln() + (whole - held) * (1.0 - share).ln())
}

/// Starts as R does, from each row's own guess.
fn fit(weights: &[f64], holds: &[bool]) -> Fit {
    let (mut above, mut below, mut start) = (0.0, 0.0, 0.0);
    for (weight, held) in weights.iter().zip(holds) {
        let held = f64::from(u8::from(*held));
        let guess = (weight * held + 0.5) / (weight + 1.0);
        let slope = guess * (1.0 - guess);
        let work = (guess / (1.0 - guess)).ln() + (held - guess) / slope;
        above += weight * slope * work;
        below += weight * slope;
        let kept = if held == 1.0 { guess.ln() } else { (1.0 - guess).ln() };
        start -= 2.0 * weight * kept;
    }
    let (whole, held) = parts(weights, holds);
    iterate(above / below, start, whole, held)
}

/// Starts from an intercept, with weights that add up to one.
fn refit(intercept: f64, held: f64) -> Fit {
    let start = deviance(1.0, held, expit(intercept));
    let next = step(intercept, held);
    let mut fit = iterate(next, start, 1.0, held);
    if fit.before.is_nan() {
        fit.before = intercept;
    }
    fit
}

fn step(intercept: f64, share: f64) -> f64 {
    let guess = expit(intercept);
    intercept + (share - guess) / (guess * (1.0 - guess))
}

/// Newton's steps from a first one until the deviance stays.
fn iterate(first: f64, start: f64, whole: f64, held: f64) -> Fit {
    let mut fit = Fit { intercept: first, before: f64::NAN };
    let mut last = start;
    for _ in 0..24 {
        let now = deviance(whole, held, expit(fit.intercept));
        if (now - last).abs() / (now.abs() + 0.1) < 1e-8 {
            break;
        }
        last = now;
        fit = Fit { intercept: step(fit.intercept, held / whole), before: fit.intercept };
    }
    if fit.before.is_nan() {
        fit.before = fit.intercept;
    }
    fit
}

/// A cubic spline through points, at three times as many places; the ends fit the cubic through
/// the four points nearest (Forsythe, Malcolm and Moler 1977).
fn spline(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let count = points.len();
    let (x, y): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    let (b, c, d) = coefficients(&x, &y);
    let many = 3 * count;
    let width = (x[count - 1] - x[0]) / (many - 1) as f64;
    let mut piece = 0;
    (0..many)
        .map(|at| {
            let place = if at == many - 1 { x[count - 1] } else { x[0] + at as f64 * width };
            while piece + 1 < count && x[piece + 1] <= place {
                piece += 1;
            }
            let h = place - x[piece];
            (place, y[piece] + h * (b[piece] + h * (c[piece] + h * d[piece])))
        })
        .collect()
}

fn coefficients(x: &[f64], y: &[f64]) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let n = x.len();
    let (mut b, mut c, mut d) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
    if n < 3 {
        let slope = if n < 2 { 0.0 } else { (y[1] - y[0]) / (x[1] - x[0]) };
        return (vec![slope; n], c, d);
    }
    d[0] = x[1] - x[0];
    c[1] = (y[1] - y[0]) / d[0];
    for i in 1..n - 1 {
        d[i] = x[i + 1] - x[i];
        b[i] = 2.0 * (d[i - 1] + d[i]);
        c[i + 1] = (y[i + 1] - y[i]) / d[i];
        c[i] = c[i + 1] - c[i];
    }
    b[0] = -d[0];
    b[n - 1] = -d[n - 2];
    (c[0], c[n - 1]) = (0.0, 0.0);
    if n > 3 {
        c[0] = c[2] / (x[3] - x[1]) - c[1] / (x[2] - x[0]);
        c[n - 1] = c[n - 2] / (x[n - 1] - x[n - 3]) - c[n - 3] / (x[n - 2] - x[n - 4]);
        c[0] = c[0] * d[0] * d[0] / (x[3] - x[0]);
        c[n - 1] = -c[n - 1] * d[n - 2] * d[n - 2] / (x[n - 1] - x[n - 4]);
    }
    for i in 1..n {
        let t = d[i - 1] / b[i - 1];
        b[i] -= t * d[i - 1];
        c[i] -= t * c[i - 1];
    }
    c[n - 1] /= b[n - 1];
    for i in (0..n - 1).rev() {
        c[i] = (c[i] - d[i] * c[i + 1]) / b[i];
    }
    b[n - 1] = (y[n - 1] - y[n - 2]) / d[n - 2] + d[n - 2] * (c[n - 2] + 2.0 * c[n - 1]);
    for i in 0..n - 1 {
        b[i] = (y[i + 1] - y[i]) / d[i] - d[i] * (c[i + 1] + 2.0 * c[i]);
        d[i] = (c[i + 1] - c[i]) / d[i];
        c[i] *= 3.0;
    }
    c[n - 1] *= 3.0;
    d[n - 1] = d[n - 2];
    (b, c, d)
}

/// Where straight lines between points reach a height.
fn cross(points: &[(f64, f64)], height: f64) -> f64 {
    let mut sorted = points.to_vec();
    sorted.sort_by(|one, other| one.1.total_cmp(&other.1));
    for pair in sorted.windows(2) {
        let ((x, low), (next, high)) = (pair[0], pair[1]);
        if low <= height && height <= high {
            if height == high {
                return next;
            }
            return if height == low {
                x
            } else {
                x + (next - x) * ((height - low) / (high - low))
            };
        }
    }
    f64::NAN
}
