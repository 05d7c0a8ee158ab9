//! What became of each promise.
//!
//! Owns: reading from what the clocks did which promise was kept, which was not. Must not know: who
//! counts them.

use super::clock::Clock;
use super::fact::{ClockEvent, Happening};
use super::{Metric, TicketClocks};
use jiff::Timestamp;

/// A promise that was kept, or was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// What was promised.
    pub metric: Metric,
    /// Which one of its kind on this ticket, from 1.
    pub cycle: u32,
    /// Since when it was owed.
    pub since: Option<Timestamp>,
    /// When it was decided: the instant of the deed, or the one at which it became too late.
    pub decided: Timestamp,
    /// When it was done; `None` while it is not.
    pub done: Option<Timestamp>,
    /// Whether that was in time.
    pub kept: bool,
    /// What of the time was left, in microseconds of the promise's own clock; zero when too late.
    pub left_us: i64,
}

impl TicketClocks {
    /// What became of promises while one fact was taken in: `before` and `self` are the clocks
    /// around it, `log` is what they did meanwhile.
    pub fn outcomes(&self, before: &Self, log: &[ClockEvent]) -> Vec<Outcome> {
        let mut found: Vec<Outcome> = Vec::new();
        for (index, event) in log.iter().enumerate() {
            if event.metric == Metric::Promised {
                continue;
            }
            let kept = match event.happening {
                Happening::Breach => false,
                Happening::Fulfil { in_time } => in_time,
                _ => continue,
            };
            let begun = log[..index].iter().filter(|earlier| {
                earlier.metric == event.metric && earlier.happening == Happening::Activate
            });
            let old = before.clock(event.metric);
            let cycle = old.cycle + begun.count() as u32;
            let now = self.clock(event.metric);
            let clock = if now.cycle == cycle { now } else { old };
            let same = |other: &&Outcome| (other.metric, other.cycle) == (event.metric, cycle);
            let breached = found.iter().find(same).map(|other| other.decided);
            let breached = breached.or(clock.breached_at).filter(|_| !kept);
            let done = (event.happening != Happening::Breach).then_some(event.at);
            let outcome = Outcome {
                metric: event.metric,
                cycle,
                since: clock.since,
                decided: breached.unwrap_or(event.at),
                done,
                kept,
                left_us: left(clock, kept),
            };
            found.retain(|other| (other.metric, other.cycle) != (outcome.metric, cycle));
            found.push(outcome);
        }
        let given = before.given.as_ref();
        found.extend(given.and_then(|given| given.outcome(log)));
        found
    }

    /// The promise that comes first: the one that is due next, or has been for longest; where none
    /// runs, the one that has least time left.
    pub fn foremost(&self) -> Option<Foremost> {
        let active = self.clocks.iter().filter(|clock| clock.is_active());
        let clocks = active.filter(|clock| clock.target.is_some());
        let owed = clocks.map(|clock| Foremost {
            metric: clock.metric,
            due: clock.due,
            left_us: clock.allowed_us - clock.spent_us,
            allowed_us: clock.allowed_us,
        });
        let given = self.given.as_ref();
        let owed: Vec<Foremost> = owed
            .chain(given.map(|given| given.owed(self.seen)))
            .collect();
        let running = owed.iter().filter(|owed| owed.due.is_some());
        let first = running.min_by_key(|owed| owed.due);
        let first = first.or_else(|| owed.iter().min_by_key(|owed| owed.left_us));
        first.copied()
    }
}

/// The promise of a ticket that comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foremost {
    /// What is promised.
    pub metric: Metric,
    /// By when, or since when it is late; `None` while its clock stands.
    pub due: Option<Timestamp>,
    /// What is left when the clocks were last brought up to date, in microseconds of its own time.
    pub left_us: i64,
    /// All the time there was, in microseconds.
    pub allowed_us: i64,
}

fn left(clock: &Clock, kept: bool) -> i64 {
    if kept {
        (clock.allowed_us - clock.spent_us).max(0)
    } else {
        0
    }
}
