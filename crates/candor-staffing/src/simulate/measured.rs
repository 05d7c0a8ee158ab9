//! A desk's own history as the input of a simulation.
//!
//! Owns: rates by hour of the week, handle times, whether they are enough and whether formulas would
//! do. Must not know: where the history is stored.

use crate::check;
use crate::error::StaffingError;
use crate::simulate::scenario::{HOURS_OF_WEEK, Handle, Shape};
use crate::statistics::dispersion_index;

/// Above this dispersion, counts scatter more than chance and the formulas of Erlang flatter.
const POISSON_UP_TO: f64 = 1.3;

/// Fewer weeks or tickets than these say too little about a week.
const LEAST_WEEKS: usize = 4;
const LEAST_HANDLED: usize = 59;

/// What a history says.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Mean tickets in each hour of the week.
    pub arrivals: Vec<f64>,
    /// Mean and scatter of handle times, lognormal, at full efficiency.
    pub handle: Handle,
    /// Variance over mean of the counts of one hour, averaged over the hours by their tickets;
    /// `None` with fewer than two weeks or without tickets.
    pub dispersion: Option<f64>,
    /// Whether the counts scatter no more than those of a Poisson process.
    pub is_poisson: bool,
    /// Whether there is enough history to study a promise.
    pub enough: bool,
}

/// Measures weeks of counts by hour, and handle times in minutes.
pub fn measure(weeks: &[Vec<u64>], handled: &[f64]) -> Result<Measured, StaffingError> {
    if weeks.is_empty() || weeks.iter().any(|week| week.len() != HOURS_OF_WEEK) {
        let need = format!("each week needs {HOURS_OF_WEEK} counts, and there must be a week");
        return Err(StaffingError::invalid("weeks", weeks.len(), need));
    }
    let counts = |hour: usize| -> Vec<u64> { weeks.iter().map(|week| week[hour]).collect() };
    let mean = |hour: usize| counts(hour).iter().sum::<u64>() as f64 / weeks.len() as f64;
    let arrivals: Vec<f64> = (0..HOURS_OF_WEEK).map(mean).collect();
    let mut scatter = (0.0, 0.0);
    for (hour, rate) in arrivals.iter().enumerate() {
        if let Some(index) = dispersion_index(&counts(hour)) {
            scatter.0 += index * rate;
            scatter.1 += rate;
        }
    }
    let dispersion = (scatter.1 > 0.0).then(|| scatter.0 / scatter.1);
    Ok(Measured {
        handle: handle(handled)?,
        is_poisson: dispersion.is_some_and(|index| index <= POISSON_UP_TO),
        enough: weeks.len() >= LEAST_WEEKS && handled.len() >= LEAST_HANDLED,
        arrivals,
        dispersion,
    })
}

fn handle(handled: &[f64]) -> Result<Handle, StaffingError> {
    for minutes in handled {
        check::positive("handle time", *minutes)?;
    }
    if handled.is_empty() {
        return Err(StaffingError::invalid(
            "handle times",
            "empty",
            "measure at least one",
        ));
    }
    let n = handled.len() as f64;
    let mean = handled.iter().sum::<f64>() / n;
    let squares: f64 = handled
        .iter()
        .map(|minutes| (minutes - mean) * (minutes - mean))
        .sum();
    let deviation = libm::sqrt(squares / (n - 1.0).max(1.0));
    Ok(Handle {
        mean,
        shape: Shape::Lognormal(deviation / mean),
        efficiency: 1.0,
    })
}
