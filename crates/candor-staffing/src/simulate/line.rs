//! The waiting tickets of a simulation.
//!
//! Owns: one queue for each priority, in which the next is found without looking at all. Must not
//! know: people, the week.
//!
//! Tickets of one priority have one weight, one target and one expected handle time, so that under
//! every rule the one that waited longest stands first within its group (starving, in time, late).
//! Comparing the heads of the groups is enough: the cost of a decision does not grow with the queue.
//! Tickets that came while the desk was closed have waited equally long on the promise's clock; among
//! equals the heavier goes first, then the older.

use crate::order::rule::Group;
use crate::order::{Candidate, Rule, Standing};
use crate::simulate::scenario::Scenario;
use crate::simulate::stream::Ticket;
use std::collections::VecDeque;

/// What waits, for one rule.
pub(crate) struct Line<'a> {
    rule: Rule,
    tickets: &'a [Ticket],
    /// Weight, target, mean handle time of each priority.
    classes: Vec<Candidate>,
    mean_handle: f64,
    queues: Vec<[VecDeque<usize>; 3]>,
}

const IN_TIME: usize = 0;
const LATE: usize = 1;
const STARVING: usize = 2;

impl<'a> Line<'a> {
    pub(crate) fn new(scenario: &Scenario, rule: Rule, tickets: &'a [Ticket]) -> Self {
        let class = |priority: &crate::simulate::scenario::Priority| Candidate {
            weight: priority.weight,
            target: priority.target,
            left: priority.target,
            handle: scenario.handle.mean,
            lead: 0.0,
        };
        Self {
            rule,
            tickets,
            classes: scenario.priorities.iter().map(class).collect(),
            mean_handle: scenario.handle.mean,
            queues: scenario
                .priorities
                .iter()
                .map(|_| Default::default())
                .collect(),
        }
    }

    pub(crate) fn push(&mut self, ticket: usize) {
        let class = self.tickets[ticket].class;
        self.queues[class][IN_TIME].push_back(ticket);
    }

    /// Takes the ticket that the rule puts first at this minute; `counted` is the promise's clock.
    /// Whoever gave up before is handed to `gone`.
    pub(crate) fn pop(
        &mut self,
        minute: f64,
        counted: f64,
        gone: &mut impl FnMut(usize),
    ) -> Option<usize> {
        let mut best: Option<(Place, usize, usize)> = None;
        for class in 0..self.queues.len() {
            self.regroup(class, counted);
            for group in [IN_TIME, LATE, STARVING] {
                let Some(head) = self.head(class, group, minute, gone) else {
                    continue;
                };
                let ticket = self.candidate(head, counted);
                let place = Place {
                    standing: self.rule.standing(&ticket, self.mean_handle),
                    weight: ticket.weight,
                    arrival: self.tickets[head].arrival,
                };
                if best
                    .as_ref()
                    .is_none_or(|(other, ..)| place.goes_before(other))
                {
                    best = Some((place, class, group));
                }
            }
        }
        let (_, class, group) = best?;
        self.queues[class][group].pop_front()
    }

    /// The first of a group who is still there.
    fn head(
        &mut self,
        class: usize,
        group: usize,
        minute: f64,
        gone: &mut impl FnMut(usize),
    ) -> Option<usize> {
        let queue = &mut self.queues[class][group];
        while let Some(&head) = queue.front() {
            if self.tickets[head].gives_up > minute {
                return Some(head);
            }
            queue.pop_front();
            gone(head);
        }
        None
    }

    /// Moves the heads of groups whom time has moved on.
    fn regroup(&mut self, class: usize, counted: f64) {
        for (from, to) in [(IN_TIME, LATE), (LATE, STARVING)] {
            while let Some(&head) = self.queues[class][from].front() {
                let ticket = self.candidate(head, counted);
                let group = self.rule.standing(&ticket, self.mean_handle).group;
                if from == number(group) || group == Group::InTime {
                    break;
                }
                self.queues[class][from].pop_front();
                self.queues[class][to].push_back(head);
            }
        }
    }

    fn candidate(&self, ticket: usize, counted: f64) -> Candidate {
        let ticket = &self.tickets[ticket];
        let class = self.classes[ticket.class];
        Candidate {
            left: class.target - (counted - ticket.counted),
            ..class
        }
    }
}

/// Where the head of a group stands.
struct Place {
    standing: Standing,
    weight: f64,
    arrival: f64,
}

impl Place {
    fn goes_before(&self, other: &Self) -> bool {
        self.standing
            .compare(&other.standing)
            .then(other.weight.total_cmp(&self.weight))
            .then(self.arrival.total_cmp(&other.arrival))
            .is_lt()
    }
}

fn number(group: Group) -> usize {
    match group {
        Group::InTime => IN_TIME,
        Group::Late => LATE,
        Group::Starving => STARVING,
    }
}
