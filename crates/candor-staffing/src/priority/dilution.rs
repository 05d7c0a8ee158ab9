//! The price of calling everything urgent.
//!
//! Owns: dilution, the number of levels really used, the quota test. Must not know: how urgency is
//! chosen.

use crate::check;
use crate::error::StaffingError;
use crate::statistics::binomial_at_least;
use serde::Serialize;

/// Whether more is marked urgent than the quota lets expect.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quota {
    /// The chance of so many or more, if the quota were kept.
    pub chance: f64,
    /// Whether that is rarer than the level of the test.
    pub alarm: bool,
}

/// The wait of urgent tickets over the wait without priorities, (1 - rho) / (1 - rho p), where `p`
/// is the share marked urgent (from Cobham). Near zero: priority works. One: it says nothing.
pub fn dilution(utilisation: f64, urgent_share: f64) -> Result<f64, StaffingError> {
    check::share("urgent_share", urgent_share)?;
    if !(0.0..1.0).contains(&utilisation) {
        let need = "it must be from 0 to below 1";
        return Err(StaffingError::invalid("utilisation", utilisation, need));
    }
    Ok((1.0 - utilisation) / (1.0 - utilisation * urgent_share))
}

/// By how much longer urgent tickets wait with one share marked urgent than with another: 0.47 is
/// 47 % longer. The ratio of the two dilutions.
pub fn longer(utilisation: f64, urgent_share: f64, would: f64) -> Result<f64, StaffingError> {
    Ok(dilution(utilisation, urgent_share)? / dilution(utilisation, would)? - 1.0)
}

/// exp of the entropy of the shares: how many levels are really in use. For display only: it cannot
/// tell "all urgent" from "none urgent".
pub fn effective_levels(shares: &[f64]) -> Result<f64, StaffingError> {
    let mut total = 0.0;
    for part in shares {
        total += check::not_negative("share", *part)?;
    }
    if total <= 0.0 {
        return Err(StaffingError::invalid(
            "shares",
            total,
            "at least one must be above 0",
        ));
    }
    let term = |part: f64| {
        if part > 0.0 {
            -part * libm::log(part)
        } else {
            0.0
        }
    };
    Ok(libm::exp(
        shares.iter().map(|part| term(part / total)).sum(),
    ))
}

/// Tests `urgent` of the last `tickets` against a quota: the binomial tail at `level`, such as 0.05.
pub fn quota(urgent: u64, tickets: u64, quota: f64, level: f64) -> Result<Quota, StaffingError> {
    check::inner_share("level", level)?;
    if tickets == 0 || urgent > tickets {
        let need = "count at least one ticket, and no more urgent ones than tickets";
        return Err(StaffingError::invalid(
            "urgent of tickets",
            format!("{urgent} of {tickets}"),
            need,
        ));
    }
    let chance = binomial_at_least(urgent, tickets, quota)?;
    Ok(Quota {
        chance,
        alarm: chance < level,
    })
}
