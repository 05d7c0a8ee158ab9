//! How surprising a large count is.
//!
//! Owns: binomial and Poisson upper tails, the levels of a surge. Must not know: what was counted.

use crate::check;
use crate::error::StaffingError;
use serde::Serialize;

/// How loudly a surge is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Alarm {
    /// Such counts come by chance.
    None,
    /// Rarer than one in a hundred.
    Amber,
    /// Rarer than one in a thousand.
    Red,
}

/// P(X >= count) for `trials` chances of probability `share`.
pub fn binomial_at_least(count: u64, trials: u64, share: f64) -> Result<f64, StaffingError> {
    check::share("share", share)?;
    if count == 0 || share >= 1.0 {
        return Ok(if count <= trials { 1.0 } else { 0.0 });
    }
    if count > trials || share <= 0.0 {
        return Ok(0.0);
    }
    let (n, k) = (trials as f64, count as f64);
    let choose = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
    let odds = share / (1.0 - share);
    let first = choose + k * libm::log(share) + (n - k) * libm::log1p(-share);
    if k <= n * share {
        let below = 1.0 - binomial_at_least(trials - count + 1, trials, 1.0 - share)?;
        return Ok(below);
    }
    Ok(upper_sum(first, k, |j| {
        if j > n { 0.0 } else { (n - j + 1.0) / j * odds }
    }))
}

/// P(X >= count) for a Poisson count with this mean.
pub fn poisson_at_least(count: u64, mean: f64) -> Result<f64, StaffingError> {
    check::not_negative("mean", mean)?;
    if count == 0 {
        return Ok(1.0);
    }
    if mean <= 0.0 {
        return Ok(0.0);
    }
    let k = count as f64;
    let log_point = |j: f64| j * libm::log(mean) - mean - libm::lgamma(j + 1.0);
    if k > mean {
        return Ok(upper_sum(log_point(k), k, |j| mean / j));
    }
    let (mut sum, mut term, mut j) = (0.0, 1.0, k - 1.0);
    while j >= 0.0 && term > 1e-18 * sum {
        sum += term;
        term *= j / mean;
        j -= 1.0;
    }
    Ok((1.0 - sum * libm::exp(log_point(k - 1.0))).clamp(0.0, 1.0))
}

/// How surprising `count` is where `expected` is usual.
pub fn surge(count: u64, expected: f64) -> Result<(f64, Alarm), StaffingError> {
    let chance = poisson_at_least(count, expected)?;
    let alarm = match chance {
        p if p < 0.001 => Alarm::Red,
        p if p < 0.01 => Alarm::Amber,
        _ => Alarm::None,
    };
    Ok((chance, alarm))
}

/// A decreasing series from its first term's logarithm and the ratio of each term to the one before.
fn upper_sum(log_first: f64, first: f64, ratio: impl Fn(f64) -> f64) -> f64 {
    let (mut sum, mut term, mut j) = (0.0, 1.0, first);
    while term > 1e-18 * sum {
        sum += term;
        j += 1.0;
        term *= ratio(j);
    }
    (sum * libm::exp(log_first)).clamp(0.0, 1.0)
}
