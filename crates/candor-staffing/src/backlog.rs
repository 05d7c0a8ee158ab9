//! Mail as a fluid: work that waits in a heap and drains at the desk's pace.
//!
//! Owns: the backlog over a day and when a ticket of a given moment is begun. Must not know: chance;
//! that is what the simulation adds.
//!
//! Times are hours on any one clock; rates are tickets an hour.

use crate::check;
use crate::error::StaffingError;
use serde::Serialize;

/// A stretch of the day with one arrival rate and one pace.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// When it begins.
    pub from: f64,
    /// When it ends.
    pub to: f64,
    /// Tickets that come, an hour.
    pub arrivals: f64,
    /// Tickets that the people on shift finish, an hour.
    pub capacity: f64,
}

/// A day, or a week, of stretches without gaps.
#[derive(Debug, Clone, PartialEq)]
pub struct Backlog {
    waiting: f64,
    stretches: Vec<Stretch>,
}

/// What the fluid says about a promise.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Verdict {
    /// When the ticket is begun.
    pub starts: f64,
    /// Hours it waits until then.
    pub wait: f64,
    /// Hours to spare; below zero the promise is broken.
    pub margin: f64,
    /// Whether the promise is kept.
    pub kept: bool,
    /// Whether it is still kept when a tenth more comes in.
    pub robust: bool,
}

/// Tickets an hour that so many people finish: people x efficiency / AHT.
pub fn pace(people: f64, aht_minutes: f64, efficiency: f64) -> Result<f64, StaffingError> {
    check::not_negative("people", people)?;
    check::positive("aht_minutes", aht_minutes)?;
    check::share("efficiency", efficiency)?;
    Ok(people * efficiency * 60.0 / aht_minutes)
}

impl Backlog {
    /// A heap of `waiting` tickets at the start of the first stretch.
    pub fn new(waiting: f64, stretches: Vec<Stretch>) -> Result<Self, StaffingError> {
        check::not_negative("waiting", waiting)?;
        for stretch in &stretches {
            check::not_negative("arrivals", stretch.arrivals)?;
            check::not_negative("capacity", stretch.capacity)?;
            if !stretch.from.is_finite() || !stretch.to.is_finite() || stretch.from >= stretch.to {
                return Err(StaffingError::invalid(
                    "stretch",
                    stretch.to,
                    "it must end after its start",
                ));
            }
        }
        let joined = stretches
            .windows(2)
            .all(|pair| pair[0].to.total_cmp(&pair[1].from).is_eq());
        if stretches.is_empty() || !joined {
            let need = "each must begin where the one before ends";
            return Err(StaffingError::invalid("stretches", stretches.len(), need));
        }
        Ok(Self { waiting, stretches })
    }

    /// Tickets in the heap at a time; an empty heap stays empty while the pace outruns arrivals.
    pub fn at(&self, time: f64) -> Result<f64, StaffingError> {
        self.inside(time)?;
        let passed = self
            .stretches
            .iter()
            .take_while(|stretch| stretch.from < time);
        Ok(passed.fold(self.waiting, |heap, stretch| {
            let hours = stretch.to.min(time) - stretch.from;
            (heap + hours * (stretch.arrivals - stretch.capacity)).max(0.0)
        }))
    }

    /// When a ticket that comes at this time is begun, oldest first; `None` if not before the end of
    /// the last stretch.
    pub fn start_of(&self, time: f64) -> Result<Option<f64>, StaffingError> {
        let mut ahead = self.at(time)?;
        for stretch in self.stretches.iter().filter(|stretch| stretch.to > time) {
            let from = stretch.from.max(time);
            let done = (stretch.to - from) * stretch.capacity;
            if ahead <= done {
                let hours = if ahead > 0.0 {
                    ahead / stretch.capacity
                } else {
                    0.0
                };
                return Ok(Some(from + hours));
            }
            ahead -= done;
        }
        Ok(None)
    }

    /// Whether a ticket of this time is begun within a promise of so many hours.
    pub fn verdict(&self, time: f64, promise: f64) -> Result<Option<Verdict>, StaffingError> {
        check::positive("promise", promise)?;
        let Some(starts) = self.start_of(time)? else {
            return Ok(None);
        };
        let wait = starts - time;
        let surged = self.surged(1.1).start_of(time)?;
        Ok(Some(Verdict {
            starts,
            wait,
            margin: promise - wait,
            kept: wait <= promise,
            robust: surged.is_some_and(|starts| starts - time <= promise),
        }))
    }

    fn surged(&self, factor: f64) -> Self {
        let more = |stretch: &Stretch| Stretch {
            arrivals: stretch.arrivals * factor,
            ..*stretch
        };
        Self {
            waiting: self.waiting,
            stretches: self.stretches.iter().map(more).collect(),
        }
    }

    fn inside(&self, time: f64) -> Result<(), StaffingError> {
        let from = self.stretches.first().map_or(0.0, |stretch| stretch.from);
        let to = self.stretches.last().map_or(0.0, |stretch| stretch.to);
        if (from..=to).contains(&time) {
            return Ok(());
        }
        Err(StaffingError::invalid(
            "time",
            time,
            format!("it must lie between {from} and {to}"),
        ))
    }
}
