//! An open queue worked off by a rule.
//!
//! Owns: who is begun when, if nothing more came in. Must not know: tickets that are still to come;
//! those belong to the simulation.

use crate::order::loss::Job;
use crate::order::rule::{Candidate, Rule, Standing, mean_handle, order};

/// Tickets in the order in which they are begun, and when each is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// Positions in the queue as it was given.
    pub order: Vec<usize>,
    /// Minutes from now until done, by position.
    pub done: Vec<f64>,
}

impl Schedule {
    /// The weight of all tickets that are done after their due time.
    pub fn weight_late(&self, jobs: &[Job]) -> f64 {
        self.late(jobs).map(|job| job.weight).sum()
    }

    /// How many tickets are done after their due time.
    pub fn count_late(&self, jobs: &[Job]) -> usize {
        self.late(jobs).count()
    }

    fn late<'a>(&self, jobs: &'a [Job]) -> impl Iterator<Item = &'a Job> {
        jobs.iter()
            .zip(&self.done)
            // a thousandth of a second forgives the digits that sums lose
            .filter(|(job, done)| **done > job.due + 1.0 / 60_000.0)
            .map(|(job, _)| job)
    }
}

/// Lets `servers` people work a queue off: whoever is free takes the ticket that the rule puts first
/// at that moment.
pub fn dispatch(rule: Rule, tickets: &[Candidate], servers: usize) -> Schedule {
    let mean = mean_handle(tickets);
    let mut free_at = vec![0.0_f64; servers.max(1)];
    let mut waiting = order(rule, tickets);
    let mut schedule = Schedule {
        order: Vec::with_capacity(tickets.len()),
        done: vec![0.0; tickets.len()],
    };
    if rule.is_static() {
        waiting.reverse();
    } else {
        waiting.sort_unstable();
    }
    while !waiting.is_empty() {
        let server = earliest(&free_at);
        let now = free_at[server];
        let place = if rule.is_static() {
            waiting.len() - 1
        } else {
            first(&waiting, |&position| {
                later(rule, &tickets[position], mean, now)
            })
        };
        let position = waiting.remove(place);
        free_at[server] = now + tickets[position].handle;
        schedule.order.push(position);
        schedule.done[position] = free_at[server];
    }
    schedule
}

/// Where a ticket will stand `minutes` from now, and its wait then.
fn later(rule: Rule, ticket: &Candidate, mean: f64, minutes: f64) -> (Standing, f64) {
    let aged = Candidate {
        left: ticket.left - minutes,
        ..*ticket
    };
    (rule.standing(&aged, mean), aged.waited())
}

fn first(waiting: &[usize], standing: impl Fn(&usize) -> (Standing, f64)) -> usize {
    let mut best = (0, standing(&waiting[0]));
    for (place, position) in waiting.iter().enumerate().skip(1) {
        let (found, wait) = standing(position);
        let by_wait = || best.1.1.total_cmp(&wait);
        if found.compare(&best.1.0).then_with(by_wait).is_lt() {
            best = (place, (found, wait));
        }
    }
    best.0
}

fn earliest(free_at: &[f64]) -> usize {
    let by_time = |a: &usize, b: &usize| free_at[*a].total_cmp(&free_at[*b]);
    (0..free_at.len()).min_by(by_time).unwrap_or(0)
}
