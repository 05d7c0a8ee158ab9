//! What came of a simulated desk.
//!
//! Owns: sums over tickets, and how sure they are. Must not know: how tickets were ordered.
//!
//! Waits of neighbouring tickets resemble each other, so that the textbook interval would be far too
//! narrow: the tickets are cut into twenty batches, and the scatter of the batches gives the interval.

use crate::promise::{GRID_HOURS, PromisePoint, Publishable, USUAL_GOAL, publishable};
use crate::simulate::heat::{Heat, HotHour};
use crate::simulate::scenario::Scenario;
use crate::simulate::stream::Ticket;
use crate::statistics::Interval;
use serde::Serialize;
use std::collections::BTreeMap;

const BATCHES: usize = 20;

/// Student's t for 95 % and 19 degrees of freedom.
const STUDENT: f64 = 2.093_024_054;

/// What happened to the tickets of one priority.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassResult {
    /// Such as P1.
    pub name: String,
    /// Tickets that were counted.
    pub tickets: u64,
    /// The share begun within the target.
    pub attainment: f64,
    /// Where that share lies in the long run, with 95 % confidence; `None` for short simulations.
    pub attainment_interval: Option<Interval>,
    /// How well other promises would have been kept under this order.
    pub curve: Vec<PromisePoint>,
    /// The smallest of them that is kept by 95 %, safely.
    pub publishable: Option<Publishable>,
    /// Mean wait in minutes of the promise's clock.
    pub mean_wait_minutes: f64,
    /// The longest such wait, in hours.
    pub max_wait_hours: f64,
    /// The share that gave up.
    pub abandoned: f64,
}

/// What happened under one rule with one roster.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunResult {
    /// Weight of late tickets in percent of all weight.
    pub weighted_breach_percent: f64,
    /// Where that lies in the long run, with 95 % confidence; `None` for short simulations.
    pub weighted_breach_interval: Option<Interval>,
    /// Hours beyond the target, averaged over tickets by weight.
    pub weighted_tardiness_hours: f64,
    /// The longest wait in hours of the promise's clock.
    pub max_wait_hours: f64,
    /// Mean wait of everybody, in minutes of the promise's clock.
    pub mean_wait_minutes: f64,
    /// The share that gave up.
    pub abandoned: f64,
    /// The hours of arrival with the largest parts of the late weight, the worst first.
    pub worst_hours: Vec<HotHour>,
    /// The share begun within the target, by priority.
    pub attainment: BTreeMap<String, f64>,
    /// The same with what else is known of each priority, in the order of the file.
    pub priorities: Vec<ClassResult>,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    tickets: u64,
    kept: u64,
    abandoned: u64,
    within: [u64; GRID_HOURS.len()],
    wait: f64,
    tardiness: f64,
    longest: f64,
}

/// Sums by batch and priority.
pub(crate) struct Tally {
    targets: Vec<f64>,
    weights: Vec<f64>,
    first: usize,
    per_batch: usize,
    batches: Vec<Vec<Sums>>,
    heat: Heat,
}

impl Tally {
    pub(crate) fn new(scenario: &Scenario, tickets: usize) -> Self {
        let first = (tickets as f64 * scenario.warm_up).floor() as usize;
        let classes = scenario.priorities.len();
        Self {
            targets: scenario
                .priorities
                .iter()
                .map(|priority| priority.target)
                .collect(),
            weights: scenario
                .priorities
                .iter()
                .map(|priority| priority.weight)
                .collect(),
            first,
            per_batch: (tickets - first).div_ceil(BATCHES).max(1),
            batches: vec![vec![Sums::default(); classes]; BATCHES],
            heat: Heat::new(),
        }
    }

    /// Somebody took a ticket after this wait.
    pub(crate) fn begun(&mut self, number: usize, ticket: &Ticket, wait: f64) {
        let target = self.targets[ticket.class];
        if let Some(sums) = self.sums(number, ticket.class) {
            sums.add(wait, target);
            sums.kept += u64::from(wait <= target);
            for (count, hours) in sums.within.iter_mut().zip(GRID_HOURS) {
                *count += u64::from(wait <= hours * 60.0);
            }
            let weight = self.weights[ticket.class];
            self.heat.add(ticket.arrival, weight, wait > target);
        }
    }

    /// A customer gave up after this wait; the promise was not kept.
    pub(crate) fn gave_up(&mut self, number: usize, ticket: &Ticket, wait: f64) {
        let target = self.targets[ticket.class];
        if let Some(sums) = self.sums(number, ticket.class) {
            sums.add(wait, target);
            sums.abandoned += 1;
            let weight = self.weights[ticket.class];
            self.heat.add(ticket.arrival, weight, true);
        }
    }

    fn sums(&mut self, number: usize, class: usize) -> Option<&mut Sums> {
        let counted = number.checked_sub(self.first)?;
        Some(&mut self.batches[counted / self.per_batch][class])
    }

    pub(crate) fn result(&self, scenario: &Scenario) -> RunResult {
        let totals: Vec<Sums> = (0..self.weights.len())
            .map(|class| self.total(class))
            .collect();
        let everybody = totals
            .iter()
            .fold(Sums::default(), |sum, class| sum.and(class));
        let breaches: Vec<f64> = self
            .batches
            .iter()
            .filter_map(|batch| self.breach_percent(batch))
            .collect();
        let weight: f64 = self.weighted(&totals, |sums| sums.tickets as f64);
        let classes = scenario.priorities.iter().zip(&totals).enumerate();
        RunResult {
            weighted_breach_percent: self.breach_percent(&totals).unwrap_or(0.0),
            weighted_breach_interval: interval(&breaches, 100.0),
            weighted_tardiness_hours: self.weighted(&totals, |sums| sums.tardiness)
                / weight.max(1e-300)
                / 60.0,
            max_wait_hours: everybody.longest / 60.0,
            mean_wait_minutes: everybody.mean_wait(),
            abandoned: everybody.share(everybody.abandoned),
            worst_hours: self.heat.worst(),
            attainment: classes
                .clone()
                .map(|(_, (priority, sums))| (priority.name.clone(), sums.share(sums.kept)))
                .collect(),
            priorities: classes
                .map(|(class, (priority, sums))| self.class_result(class, &priority.name, sums))
                .collect(),
        }
    }

    fn class_result(&self, class: usize, name: &str, sums: &Sums) -> ClassResult {
        let point = |place: usize| PromisePoint {
            hours: GRID_HOURS[place],
            kept: sums.share(sums.within[place]),
            interval: self.scatter(class, |sums| sums.within[place]),
        };
        let curve: Vec<PromisePoint> = (0..GRID_HOURS.len()).map(point).collect();
        ClassResult {
            name: name.to_owned(),
            tickets: sums.tickets,
            attainment: sums.share(sums.kept),
            attainment_interval: self.scatter(class, |sums| sums.kept),
            publishable: publishable(&curve, USUAL_GOAL),
            curve,
            mean_wait_minutes: sums.mean_wait(),
            max_wait_hours: sums.longest / 60.0,
            abandoned: sums.share(sums.abandoned),
        }
    }

    /// The interval of a share, by the scatter of the batches.
    fn scatter(&self, class: usize, part: impl Fn(&Sums) -> u64) -> Option<Interval> {
        let batches = self.batches.iter().map(|batch| &batch[class]);
        let counted = batches.filter(|sums| sums.tickets > 0);
        let shares: Vec<f64> = counted.map(|sums| sums.share(part(sums))).collect();
        interval(&shares, 1.0)
    }

    fn total(&self, class: usize) -> Sums {
        self.batches
            .iter()
            .fold(Sums::default(), |sum, batch| sum.and(&batch[class]))
    }

    fn breach_percent(&self, classes: &[Sums]) -> Option<f64> {
        let weight = self.weighted(classes, |sums| sums.tickets as f64);
        let late = self.weighted(classes, |sums| (sums.tickets - sums.kept) as f64);
        (weight > 0.0).then(|| 100.0 * late / weight)
    }

    fn weighted(&self, classes: &[Sums], value: impl Fn(&Sums) -> f64) -> f64 {
        classes
            .iter()
            .zip(&self.weights)
            .map(|(sums, weight)| weight * value(sums))
            .sum()
    }
}

impl Sums {
    fn add(&mut self, wait: f64, target: f64) {
        self.tickets += 1;
        self.wait += wait;
        self.tardiness += (wait - target).max(0.0);
        self.longest = self.longest.max(wait);
    }

    fn and(self, other: &Self) -> Self {
        Self {
            tickets: self.tickets + other.tickets,
            kept: self.kept + other.kept,
            abandoned: self.abandoned + other.abandoned,
            within: core::array::from_fn(|place| self.within[place] + other.within[place]),
            wait: self.wait + other.wait,
            tardiness: self.tardiness + other.tardiness,
            longest: self.longest.max(other.longest),
        }
    }

    fn share(&self, part: u64) -> f64 {
        part as f64 / self.tickets.max(1) as f64
    }

    fn mean_wait(&self) -> f64 {
        self.wait / self.tickets.max(1) as f64
    }
}

/// Student's interval around the mean of the batches, cut to what is possible.
fn interval(batches: &[f64], most: f64) -> Option<Interval> {
    if batches.len() < BATCHES {
        return None;
    }
    let n = batches.len() as f64;
    let mean = batches.iter().sum::<f64>() / n;
    let squares: f64 = batches
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum();
    let half = STUDENT * libm::sqrt(squares / (n - 1.0) / n);
    Some(Interval {
        low: (mean - half).max(0.0),
        high: (mean + half).min(most),
    })
}
