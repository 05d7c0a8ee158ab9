//! Which promise can be published.
//!
//! Owns: the times worth promising, the smallest that is safely kept, when there is too little to say.
//! Must not know: whether waits were measured or simulated.

use crate::check;
use crate::error::StaffingError;
use crate::statistics::{Interval, tolerance_rank, wilson};
use serde::Serialize;

/// The promises that are offered, in hours of the promise's clock.
pub const GRID_HOURS: [f64; 7] = [0.5, 1.0, 2.0, 4.0, 9.0, 18.0, 27.0];

/// The share of promises that should be kept, if nobody chose another.
pub const USUAL_GOAL: f64 = 0.95;

/// Part of the promise that the team aims at, so that it is usually beaten.
const INTERNAL: f64 = 0.7;

/// How well one promise would be kept.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PromisePoint {
    /// The promise.
    pub hours: f64,
    /// The share of tickets begun within it.
    pub kept: f64,
    /// Where that share lies with 95 % confidence; `None` when there is too little to say.
    pub interval: Option<Interval>,
}

/// A promise for publishing and one for the team.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Publishable {
    /// The smallest promise that is kept with the goal's share, safely.
    pub hours: f64,
    /// What the team aims at.
    pub internal_hours: f64,
}

/// How well each promise of the grid was kept by measured waits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PromiseStudy {
    /// How many waits were measured.
    pub tickets: usize,
    /// Whether they are enough to state the goal at all (Wilks: 59 for 95 % with 95 % confidence).
    pub enough: bool,
    /// By promise.
    pub curve: Vec<PromisePoint>,
    /// What may be published; `None` when nothing of the grid is safe, or too little is known.
    pub publishable: Option<Publishable>,
}

/// Studies measured waits, in minutes of the promise's clock.
pub fn promise_study(waits: &[f64], goal: f64) -> Result<PromiseStudy, StaffingError> {
    check::inner_share("goal", goal)?;
    for wait in waits {
        check::not_negative("wait", *wait)?;
    }
    let tickets = waits.len();
    let point = |hours: f64| {
        let hits = waits.iter().filter(|wait| **wait <= hours * 60.0).count();
        PromisePoint {
            hours,
            kept: hits as f64 / tickets.max(1) as f64,
            interval: wilson(hits as u64, tickets as u64, 0.95).ok(),
        }
    };
    let curve: Vec<PromisePoint> = GRID_HOURS.into_iter().map(point).collect();
    let enough = tolerance_rank(tickets as u64, goal, 0.95)?.is_some();
    Ok(PromiseStudy {
        tickets,
        enough,
        publishable: if enough {
            publishable(&curve, goal)
        } else {
            None
        },
        curve,
    })
}

/// The smallest promise whose interval begins at the goal or above.
pub fn publishable(curve: &[PromisePoint], goal: f64) -> Option<Publishable> {
    let safe = |point: &&PromisePoint| point.interval.is_some_and(|interval| interval.low >= goal);
    curve.iter().find(safe).map(|point| Publishable {
        hours: point.hours,
        internal_hours: INTERNAL * point.hours,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_few_waits_promise_nothing() {
        let study = promise_study(&[5.0; 58], 0.95).unwrap();
        assert!(!study.enough && study.publishable.is_none());
        assert!(promise_study(&[], 0.95).unwrap().publishable.is_none());
        assert!(promise_study(&[f64::NAN], 0.95).is_err());
        assert!(promise_study(&[5.0], 1.0).is_err());
    }

    #[test]
    fn the_smallest_safe_promise_is_published() {
        let waits: Vec<f64> = (0..200).map(f64::from).collect();
        let study = promise_study(&waits, 0.95).unwrap();
        // 121 of 200 within two hours, all within four
        assert!((study.curve[2].kept - 0.605).abs() < 1e-12);
        let found = study.publishable.unwrap();
        assert!((found.hours - 4.0).abs() < 1e-12 && (found.internal_hours - 2.8).abs() < 1e-12);
    }
}
