//! The tickets of a simulation.
//!
//! Owns: arrivals that follow the hours of the week, handle times, priorities, patience. Must not
//! know: rosters and rules; each of them meets the same tickets, so that differences are theirs.

use crate::random::Random;
use crate::simulate::scenario::{Length, Scenario, Shape};

/// One ticket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ticket {
    /// Minute of its arrival.
    pub arrival: f64,
    /// Minutes of the promise's clock from the start to its arrival.
    pub counted: f64,
    /// Minutes that it keeps a person busy.
    pub handle: f64,
    /// The minute at which the customer gives up; infinite for mail.
    pub gives_up: f64,
    /// Which of the priorities.
    pub class: usize,
}

/// All tickets of a simulation in the order of their arrival.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    /// They are many.
    pub tickets: Vec<Ticket>,
}

impl Stream {
    /// Draws the tickets of a scenario from its seed.
    pub fn draw(scenario: &Scenario) -> Self {
        let mut draw = Draw::new(scenario);
        let (end, most) = match scenario.length {
            Length::Weeks(weeks) => (weeks * crate::simulate::week::WEEK, usize::MAX),
            Length::Tickets(tickets) => (f64::INFINITY, tickets),
        };
        let mut tickets = Vec::new();
        while tickets.len() < most {
            let ticket = draw.ticket();
            if ticket.arrival >= end {
                break;
            }
            tickets.push(ticket);
        }
        Self { tickets }
    }
}

struct Draw<'a> {
    scenario: &'a Scenario,
    minute: f64,
    hour: usize,
    arrivals: Random,
    handles: Random,
    classes: Random,
    patience: Random,
}

impl<'a> Draw<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        let random = |stream| Random::new(scenario.seed, stream);
        Self {
            scenario,
            minute: 0.0,
            hour: 0,
            arrivals: random(1),
            handles: random(2),
            classes: random(3),
            patience: random(4),
        }
    }

    fn ticket(&mut self) -> Ticket {
        let arrival = self.next_arrival();
        let handle = self.handle();
        let patience = self
            .scenario
            .patience
            .map_or(f64::INFINITY, |mean| mean * self.patience.exponential());
        Ticket {
            arrival,
            counted: self.scenario.hours.passed(arrival),
            handle,
            gives_up: arrival + patience,
            class: self.class(),
        }
    }

    /// The next point of a Poisson process whose rate changes with the hour: one unit of an
    /// exponential clock is used up as fast as the hour's rate says.
    fn next_arrival(&mut self) -> f64 {
        let mut units = self.arrivals.exponential();
        loop {
            let rate = self.scenario.arrivals[self.hour % self.scenario.arrivals.len()] / 60.0;
            let hour_ends = (self.hour + 1) as f64 * 60.0;
            let available = rate * (hour_ends - self.minute);
            if units < available {
                self.minute += units / rate;
                return self.minute;
            }
            units -= available;
            self.minute = hour_ends;
            self.hour += 1;
        }
    }

    fn handle(&mut self) -> f64 {
        let mean = self.scenario.handle.stretched();
        match self.scenario.handle.shape {
            Shape::Lognormal(variation) => self.handles.lognormal(mean, variation),
            Shape::Exponential => mean * self.handles.exponential(),
            Shape::Fixed => mean,
        }
    }

    fn class(&mut self) -> usize {
        let mut left = self.classes.uniform();
        let last = self.scenario.priorities.len() - 1;
        for (class, priority) in self.scenario.priorities[..last].iter().enumerate() {
            left -= priority.share;
            if left < 0.0 {
                return class;
            }
        }
        last
    }
}
