//! People who work tickets off by a rule.
//!
//! Owns: the events of a simulation: a ticket comes, a person is free, the shift changes. Must not
//! know: how tickets are drawn, how results are shown.
//!
//! A ticket that was begun is worked to its end: with fewer people on shift nobody begins another
//! until enough are done. Where nobody is there work stands still, and goes on in the next shift.

use crate::order::Rule;
use crate::simulate::line::Line;
use crate::simulate::scenario::{Roster, Scenario};
use crate::simulate::stream::Stream;
use crate::simulate::tally::{RunResult, Tally};
use crate::simulate::week::Hours;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A minute that can be compared; minutes are never NaN here.
#[derive(PartialEq, Clone, Copy)]
struct Minute(f64);

impl Eq for Minute {}

impl PartialOrd for Minute {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Minute {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

struct Desk<'a> {
    scenario: &'a Scenario,
    roster: &'a Roster,
    staffed: &'a Hours,
    line: Line<'a>,
    stream: &'a Stream,
    /// When each person at work is done.
    busy: BinaryHeap<Reverse<Minute>>,
    waiting: usize,
    people: usize,
    next_step: usize,
    tally: Tally,
}

/// Works all tickets of a stream off with one roster by one rule; `None` when nobody is ever there.
pub fn run(scenario: &Scenario, stream: &Stream, roster: &Roster, rule: Rule) -> Option<RunResult> {
    let staffed = roster.people.staffed()?;
    let mut desk = Desk {
        scenario,
        roster,
        staffed: &staffed,
        line: Line::new(scenario, rule, &stream.tickets),
        stream,
        busy: BinaryHeap::new(),
        waiting: 0,
        people: roster.people.step(0).1,
        next_step: 1,
        tally: Tally::new(scenario, stream.tickets.len()),
    };
    for (number, ticket) in stream.tickets.iter().enumerate() {
        desk.work_until(ticket.arrival);
        desk.line.push(number);
        desk.waiting += 1;
        desk.begin(ticket.arrival);
    }
    desk.work_until(f64::INFINITY);
    Some(desk.tally.result(scenario))
}

impl Desk<'_> {
    /// Lets time pass to the next arrival, or until nobody waits.
    fn work_until(&mut self, minute: f64) {
        loop {
            let done = self
                .busy
                .peek()
                .map_or(f64::INFINITY, |Reverse(done)| done.0);
            let step = self.step_time();
            if minute.is_infinite() && self.waiting == 0 || done.min(step) > minute {
                return;
            }
            let now = done.min(step);
            if done <= step {
                self.busy.pop();
            } else {
                self.people = self.roster.people.step(self.next_step).1;
                self.next_step += 1;
            }
            self.begin(now);
        }
    }

    fn step_time(&self) -> f64 {
        if self.roster.people.is_constant() {
            f64::INFINITY
        } else {
            self.roster.people.step(self.next_step).0
        }
    }

    /// Whoever is free takes the next ticket.
    fn begin(&mut self, minute: f64) {
        if self.waiting == 0 || self.busy.len() >= self.people {
            return;
        }
        let counted = self.scenario.hours.passed(minute);
        while self.waiting > 0 && self.busy.len() < self.people {
            let (tickets, tally, waiting) =
                (&self.stream.tickets, &mut self.tally, &mut self.waiting);
            let hours = &self.scenario.hours;
            let mut gone = |number: usize| {
                let ticket = &tickets[number];
                *waiting -= 1;
                let wait = hours.passed(ticket.gives_up) - ticket.counted;
                tally.gave_up(number, ticket, wait);
            };
            let Some(number) = self.line.pop(minute, counted, &mut gone) else {
                return;
            };
            let ticket = &self.stream.tickets[number];
            self.waiting -= 1;
            self.tally.begun(number, ticket, counted - ticket.counted);
            let done = self.staffed.at(self.staffed.passed(minute) + ticket.handle);
            self.busy.push(Reverse(Minute(done)));
        }
    }
}
