//! The normal distribution.
//!
//! Owns: its density, tails and quantiles. Must not know: who needs them.

use core::f64::consts::{PI, SQRT_2};

/// phi(x).
pub fn density(x: f64) -> f64 {
    libm::exp(-x * x / 2.0) / libm::sqrt(2.0 * PI)
}

/// Phi(x): the probability of lying below `x`.
pub fn below(x: f64) -> f64 {
    libm::erfc(-x / SQRT_2) / 2.0
}

/// phi(x) / (1 - Phi(x)); far out by the continued fraction of Mills' ratio, where both vanish.
pub fn hazard(x: f64) -> f64 {
    if x < 20.0 {
        return density(x) / below(-x);
    }
    let fraction = (1..=40).rev().fold(x, |inner, k| x + f64::from(k) / inner);
    fraction.max(x)
}

/// The point below which a share of the distribution lies, for shares strictly between 0 and 1.
pub(crate) fn quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-38.0, 38.0);
    for _ in 0..120 {
        let middle = f64::midpoint(low, high);
        if below(middle) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
