//! Priority that grows while a ticket waits (Kleinrock 1964; Stanford, Taylor and Ziedins 2014).
//!
//! Owns: the mean wait of each class. Must not know: targets.

use crate::check;
use crate::erlang::delay::stable;
use crate::error::StaffingError;

/// A class that gains priority with time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accumulating {
    /// Its part of the servers' time, rho(i).
    pub utilisation: f64,
    /// Priority that a ticket gains per unit of waiting; only the ratios matter.
    pub rate: f64,
}

/// Mean waits in the order of `classes`.
///
/// With rates ascending, W(p) = [W0/(1-rho) - sum over i<p of rho(i) W(i) (1 - b(i)/b(p))]
/// / [1 - sum over i>p of rho(i) (1 - b(p)/b(i))]. `residual` is W0: lambda E[S^2] / 2 for one
/// server, C(c, A) / (c mu) for several with one exponential rate.
pub fn accumulating_waits(
    residual: f64,
    classes: &[Accumulating],
) -> Result<Vec<f64>, StaffingError> {
    check::not_negative("residual", residual)?;
    for class in classes {
        check::not_negative("utilisation", class.utilisation)?;
        check::positive("rate", class.rate)?;
    }
    let used: f64 = classes.iter().map(|class| class.utilisation).sum();
    stable(used, 1)?;
    let mut ascending: Vec<usize> = (0..classes.len()).collect();
    ascending.sort_by(|&a, &b| classes[a].rate.total_cmp(&classes[b].rate));
    let mut waits = vec![0.0; classes.len()];
    for (place, &this) in ascending.iter().enumerate() {
        let rate = classes[this].rate;
        let slower = ascending[..place]
            .iter()
            .map(|&i| classes[i].utilisation * waits[i] * (1.0 - classes[i].rate / rate));
        let faster = ascending[place + 1..]
            .iter()
            .map(|&i| classes[i].utilisation * (1.0 - rate / classes[i].rate));
        let above = residual / (1.0 - used) - slower.sum::<f64>();
        waits[this] = above / (1.0 - faster.sum::<f64>());
    }
    Ok(waits)
}
