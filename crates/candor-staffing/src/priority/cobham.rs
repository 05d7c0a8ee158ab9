//! Strict priorities without interruption (Cobham 1954).
//!
//! Owns: the mean wait of each class, and what it would be without classes. Must not know: targets.

use crate::check;
use crate::erlang::delay;
use crate::erlang::delay::stable;
use crate::error::StaffingError;
use serde::Serialize;

/// Mean waits before service begins.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Waits {
    /// For each class, the most urgent first.
    pub waits: Vec<f64>,
    /// For everybody, if tickets were taken as they came.
    pub fifo: f64,
    /// Share of the servers' time that is spent on tickets.
    pub utilisation: f64,
}

/// A class of tickets for one server with any distribution of handle times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Class {
    /// Tickets per unit of time.
    pub arrivals: f64,
    /// `E[S]`, in that unit.
    pub mean: f64,
    /// `E[S^2]`.
    pub second_moment: f64,
}

/// M/M/c with one service rate for all: W(k) = W0 / ((1 - s(k-1)) (1 - s(k))), where s(k) is the
/// utilisation by the classes up to k and W0 = C(c, A) / (c mu). The most urgent class comes first.
pub fn cobham(servers: u64, service_rate: f64, arrivals: &[f64]) -> Result<Waits, StaffingError> {
    check::servers("servers", servers)?;
    check::positive("service-rate", service_rate)?;
    if arrivals.is_empty() {
        return Err(StaffingError::invalid(
            "arrivals",
            "empty",
            "name at least one class",
        ));
    }
    for rate in arrivals {
        check::not_negative("arrivals", *rate)?;
    }
    let capacity = servers as f64 * service_rate;
    let loads: Vec<f64> = arrivals.iter().map(|rate| rate / capacity).collect();
    let load = arrivals.iter().sum::<f64>() / service_rate;
    Ok(spread(delay(load, servers)?.waiting / capacity, &loads))
}

/// M/G/1: the same with W0 = sum of `lambda(i) E[S(i)^2] / 2`, and means that may differ.
pub fn cobham_single_server(classes: &[Class]) -> Result<Waits, StaffingError> {
    for class in classes {
        check::not_negative("arrivals", class.arrivals)?;
        check::positive("mean", class.mean)?;
        if class.second_moment.is_nan()
            || class.second_moment < class.mean * class.mean * (1.0 - 1e-9)
        {
            let need = "E[S^2] is never below E[S]^2";
            return Err(StaffingError::invalid(
                "second_moment",
                class.second_moment,
                need,
            ));
        }
        check::positive("second_moment", class.second_moment)?;
    }
    let loads: Vec<f64> = classes
        .iter()
        .map(|class| class.arrivals * class.mean)
        .collect();
    stable(loads.iter().sum(), 1)?;
    let residual = |class: &Class| class.arrivals * class.second_moment / 2.0;
    Ok(spread(classes.iter().map(residual).sum(), &loads))
}

fn spread(residual: f64, loads: &[f64]) -> Waits {
    let mut used = 0.0;
    let mut wait = |load: &f64| {
        let before = 1.0 - used;
        used += load;
        residual / (before * (1.0 - used))
    };
    let waits = loads.iter().map(&mut wait).collect();
    let utilisation: f64 = loads.iter().sum();
    Waits {
        waits,
        fifo: residual / (1.0 - utilisation),
        utilisation,
    }
}
