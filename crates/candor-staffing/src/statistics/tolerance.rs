//! Promises from a sample: tolerance bounds without a distribution (Wilks 1941).
//!
//! Owns: which observation bounds which share. Must not know: what was observed.

use crate::check;
use crate::error::StaffingError;
use crate::statistics::tail;

/// The rank, counted from the smallest as 1, of the observation below which at least `share` of all
/// future ones lie, with this confidence: the smallest r with P(Bin(n, share) <= r - 1) >= confidence.
/// `None` when there are too few observations to say so.
pub fn tolerance_rank(n: u64, share: f64, confidence: f64) -> Result<Option<u64>, StaffingError> {
    check::inner_share("share", share)?;
    check::inner_share("confidence", confidence)?;
    let enough = |rank: u64| -> Result<bool, StaffingError> {
        Ok(tail::binomial_at_least(rank, n, share)? <= 1.0 - confidence)
    };
    if n == 0 || !enough(n)? {
        return Ok(None);
    }
    let (mut low, mut high) = (0, n);
    while high - low > 1 {
        let middle = u64::midpoint(low, high);
        if enough(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(Some(high))
}
