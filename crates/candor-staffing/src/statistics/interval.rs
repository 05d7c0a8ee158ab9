//! Intervals for shares, and whether counts scatter as a Poisson process does.
//!
//! Owns: Wilson's interval, the dispersion index. Must not know: what was counted.

use crate::check;
use crate::error::StaffingError;
use crate::statistics::normal;
use serde::Serialize;

/// Where the true share lies, with the confidence that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// Wilson's score interval (1927) for `hits` out of `trials`; honest for small counts and for shares
/// near 0 and 1, unlike the textbook interval.
pub fn wilson(hits: u64, trials: u64, confidence: f64) -> Result<Interval, StaffingError> {
    check::inner_share("confidence", confidence)?;
    if trials == 0 || hits > trials {
        let need = "there must be at least one trial, and no more hits than trials";
        return Err(StaffingError::invalid(
            "hits of trials",
            format!("{hits} of {trials}"),
            need,
        ));
    }
    let (n, share) = (trials as f64, hits as f64 / trials as f64);
    let z = normal::quantile(0.5 + confidence / 2.0);
    let shrink = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / shrink;
    let half = z * libm::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n)) / shrink;
    Ok(Interval {
        low: if hits == 0 {
            0.0
        } else {
            (centre - half).max(0.0)
        },
        high: if hits == trials {
            1.0
        } else {
            (centre + half).min(1.0)
        },
    })
}

/// Variance over mean of counts in equal periods: about 1 for a Poisson process; above 1.3 the
/// formulas of Erlang flatter, and a simulation is the better answer. `None` for fewer than two
/// periods or when nothing was counted.
pub fn dispersion_index(counts: &[u64]) -> Option<f64> {
    let n = counts.len() as f64;
    let mean = counts.iter().map(|&count| count as f64).sum::<f64>() / n;
    if counts.len() < 2 || mean <= 0.0 {
        return None;
    }
    let square = |&count: &u64| (count as f64 - mean) * (count as f64 - mean);
    Some(counts.iter().map(square).sum::<f64>() / (n - 1.0) / mean)
}
