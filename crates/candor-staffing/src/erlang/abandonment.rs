//! Erlang A: customers who give up.
//!
//! Owns: M/M/N+M in steady state. Must not know: what a customer who gave up does next.
//!
//! Rates are all per one unit of time, which is the unit of the waits that come out.

use crate::check;
use crate::erlang::delay;
use crate::error::StaffingError;
use serde::Serialize;

/// A desk whose customers lose patience after exponential times (Palm 1957).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Impatient {
    /// Customers who come, per unit of time.
    pub arrivals: f64,
    /// Customers whom one busy agent finishes, per unit of time.
    pub service_rate: f64,
    /// One over the mean patience. Zero: nobody gives up.
    pub patience_rate: f64,
    /// People who answer.
    pub agents: u64,
}

/// What the customers of an Erlang A desk meet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Abandonment {
    /// Share of all customers who give up.
    pub abandon: f64,
    /// Mean wait of everybody, those who give up included.
    pub mean_wait: f64,
    /// Share that has to wait at all.
    pub waiting: f64,
    /// Share of the agents' time that is spent on customers.
    pub utilisation: f64,
    /// Mean number of customers who wait.
    pub queue_length: f64,
}

/// What a sum over the states leaves out stays below this part of it.
const TAIL: f64 = 1e-17;

/// More states than this are not summed.
const MOST_STATES: u64 = 20_000_000;

/// Sums over the states of the birth-death chain, not yet divided by their total.
#[derive(Default)]
struct Sums {
    total: f64,
    waiting: f64,
    queue: f64,
    busy: f64,
}

impl Impatient {
    /// Solves the chain: death rates min(k, N) mu + (k - N)+ theta, abandonment theta Lq / lambda,
    /// mean wait Lq / lambda.
    pub fn solve(&self) -> Result<Abandonment, StaffingError> {
        self.check()?;
        if self.patience_rate <= 0.0 {
            return self.solve_patient();
        }
        let sums = self.sums()?;
        let queue_length = sums.queue / sums.total;
        Ok(Abandonment {
            abandon: (self.patience_rate * queue_length / self.arrivals).min(1.0),
            mean_wait: queue_length / self.arrivals,
            waiting: sums.waiting / sums.total,
            utilisation: sums.busy / sums.total / self.agents as f64,
            queue_length,
        })
    }

    /// The share of all customers who are answered, and within this time.
    ///
    /// The wait that an endlessly patient customer would have has, above zero, a density
    /// proportional to exp(lambda (1 - e^(-theta v)) / theta - N mu v) (Baccelli and Hebuterne
    /// 1981); a customer lives to see it with probability e^(-theta v).
    pub fn answered_within(&self, within: f64) -> Result<f64, StaffingError> {
        check::not_negative("within", within)?;
        let waiting = self.solve()?.waiting;
        let theta = self.patience_rate;
        if theta <= 0.0 {
            let delay = delay(self.arrivals / self.service_rate, self.agents)?;
            return delay.service_level(1.0 / self.service_rate, within);
        }
        let everybody = self.integral(0.0, f64::INFINITY);
        let answered = self.integral(theta, within);
        let ratio = answered.1 / everybody.1 * libm::exp(answered.0 - everybody.0);
        Ok((1.0 - waiting + waiting * ratio).clamp(0.0, 1.0))
    }

    fn check(&self) -> Result<(), StaffingError> {
        check::positive("arrivals", self.arrivals)?;
        check::positive("service-rate", self.service_rate)?;
        check::not_negative("patience-rate", self.patience_rate)?;
        check::servers("agents", self.agents)?;
        Ok(())
    }

    fn solve_patient(&self) -> Result<Abandonment, StaffingError> {
        let delay = delay(self.arrivals / self.service_rate, self.agents)?;
        Ok(Abandonment {
            abandon: 0.0,
            mean_wait: delay.asa_over_aht / self.service_rate,
            waiting: delay.waiting,
            utilisation: delay.occupancy,
            queue_length: delay.queue_length,
        })
    }

    /// The rate at which a state with `present` customers is left downwards.
    fn death_rate(&self, present: f64) -> f64 {
        let agents = self.agents as f64;
        present.min(agents) * self.service_rate + (present - agents).max(0.0) * self.patience_rate
    }

    /// The likeliest state: the last one in which no more leave than come.
    fn mode(&self) -> f64 {
        let capacity = self.agents as f64 * self.service_rate;
        if self.arrivals < capacity {
            (self.arrivals / self.service_rate).floor()
        } else {
            self.agents as f64 + ((self.arrivals - capacity) / self.patience_rate).floor()
        }
    }

    /// Sums outwards from the likeliest state. The probabilities are log-concave, so that what a
    /// side still holds is less than a geometric series with the ratio just seen.
    fn sums(&self) -> Result<Sums, StaffingError> {
        let mode = self.mode();
        let mut sums = Sums::default();
        sums.add(self, mode, 1.0);
        let (mut state, mut weight) = (mode, 1.0);
        for _ in 0..MOST_STATES {
            let ratio = self.arrivals / self.death_rate(state + 1.0);
            state += 1.0;
            weight *= ratio;
            sums.add(self, state, weight);
            if ratio < 1.0 && weight * ratio / (1.0 - ratio) * (state + 1.0) < TAIL * sums.total {
                return Ok(sums.downwards(self, mode));
            }
        }
        Err(StaffingError::invalid(
            "patience-rate",
            self.patience_rate,
            "for this load it must be larger, or 0 when nobody gives up",
        ))
    }

    /// The logarithm of the integrand's peak, and the integral from 0 to `end` divided by it, of
    /// exp(lambda (1 - e^(-theta v)) / theta - (N mu + extra) v).
    fn integral(&self, extra: f64, end: f64) -> (f64, f64) {
        let slope = self.agents as f64 * self.service_rate + extra;
        let theta = self.patience_rate;
        let exponent = |v: f64| -self.arrivals * libm::expm1(-theta * v) / theta - slope * v;
        let peak_at = (libm::log(self.arrivals / slope) / theta).clamp(0.0, end);
        let peak = exponent(peak_at);
        let far = |v: f64| exponent(v) < peak - 45.0;
        let from = edge(peak_at, 0.0, far);
        let to = edge(peak_at, end.min(peak_at + beyond(peak_at, far)), far);
        (peak, gauss(from, to, |v| libm::exp(exponent(v) - peak)))
    }
}

impl Sums {
    fn add(&mut self, desk: &Impatient, state: f64, weight: f64) {
        let agents = desk.agents as f64;
        self.total += weight;
        self.busy += weight * state.min(agents);
        if state >= agents {
            self.waiting += weight;
            self.queue += weight * (state - agents);
        }
    }

    fn downwards(mut self, desk: &Impatient, mode: f64) -> Self {
        let (mut state, mut weight) = (mode, 1.0);
        while state > 0.0 {
            let ratio = desk.death_rate(state) / desk.arrivals;
            state -= 1.0;
            weight *= ratio;
            self.add(desk, state, weight);
            if ratio < 1.0 && weight * ratio / (1.0 - ratio) < TAIL * self.total {
                break;
            }
        }
        self
    }
}

/// A distance from `start` at which `far` holds.
fn beyond(start: f64, far: impl Fn(f64) -> bool) -> f64 {
    let mut distance = 1e-12;
    while !far(start + distance) && distance < 1e18 {
        distance *= 2.0;
    }
    distance
}

/// The point between a near and an outer one at which `far` begins.
fn edge(near: f64, outer: f64, far: impl Fn(f64) -> bool) -> f64 {
    if !far(outer) {
        return outer;
    }
    let (mut inside, mut outside) = (near, outer);
    for _ in 0..60 {
        let middle = f64::midpoint(inside, outside);
        if far(middle) {
            outside = middle;
        } else {
            inside = middle;
        }
    }
    outside
}

/// Gauss-Legendre with five points on each of 400 panels.
fn gauss(from: f64, to: f64, function: impl Fn(f64) -> f64) -> f64 {
    const POINTS: [(f64, f64); 5] = [
        (-0.906_179_845_938_664, 0.236_926_885_056_189_1),
        (-0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (0.0, 0.568_888_888_888_888_9),
        (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (0.906_179_845_938_664, 0.236_926_885_056_189_1),
    ];
    const PANELS: u32 = 400;
    let half = (to - from) / f64::from(PANELS) / 2.0;
    let panel = |number: u32| {
        let centre = from + half * f64::from(2 * number + 1);
        let value = |(at, weight): (f64, f64)| weight * function(centre + half * at);
        POINTS.into_iter().map(value).sum::<f64>() * half
    };
    (0..PANELS).map(panel).sum()
}
