//! Square-root staffing: N = A + beta sqrt(A).
//!
//! Owns: the limits for large desks. Must not know: small ones; below a load of 20 the exact formulas
//! are used.

use crate::check;
use crate::error::StaffingError;
use crate::statistics::normal;

/// Halfin and Whitt 1981: the share that waits when N = A + beta sqrt(A),
/// 1 / (1 + beta Phi(beta) / phi(beta)).
pub fn halfin_whitt(beta: f64) -> Result<f64, StaffingError> {
    check::not_negative("beta", beta)?;
    let ratio = beta * normal::below(beta) / normal::density(beta);
    Ok(1.0 / (1.0 + ratio))
}

/// Garnett, Mandelbaum and Reiman 2002: the share that waits when customers give up; `beta` may be
/// negative, because such a desk is stable at any load.
pub fn garnett(beta: f64, service_rate: f64, patience_rate: f64) -> Result<f64, StaffingError> {
    check::positive("service-rate", service_rate)?;
    check::positive("patience-rate", patience_rate)?;
    if !(-30.0..=30.0).contains(&beta) {
        return Err(StaffingError::invalid(
            "beta",
            beta,
            "it must lie between -30 and 30",
        ));
    }
    let root = libm::sqrt(patience_rate / service_rate);
    let ratio = root * normal::hazard(beta / root) / normal::hazard(-beta);
    Ok(1.0 / (1.0 + ratio))
}

/// Agents for a load of which at most this share should wait.
pub fn square_root_staff(load: f64, waiting: f64) -> Result<u64, StaffingError> {
    check::not_negative("load", load)?;
    check::inner_share("waiting", waiting)?;
    let (mut low, mut high) = (0.0, 40.0);
    for _ in 0..80 {
        let beta = f64::midpoint(low, high);
        if halfin_whitt(beta)? > waiting {
            low = beta;
        } else {
            high = beta;
        }
    }
    Ok((load + high * libm::sqrt(load))
        .ceil()
        .max(load.floor() + 1.0) as u64)
}
