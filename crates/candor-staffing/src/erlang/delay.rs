//! Erlang B and C: customers who are turned away, and customers who wait for ever.
//!
//! Owns: M/M/N/N and M/M/N in steady state, the least agents for a service level. Must not know:
//! impatience.

use crate::check;
use crate::error::StaffingError;
use serde::Serialize;

/// What customers of a stable M/M/N desk meet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Delay {
    /// Offered load in erlangs.
    pub load: f64,
    /// People who answer.
    pub agents: u64,
    /// Erlang B: the share turned away if nobody could wait.
    pub blocking: f64,
    /// Erlang C: the share that has to wait at all.
    pub waiting: f64,
    /// Mean wait of everybody, in mean handle times (average speed of answer over AHT).
    pub asa_over_aht: f64,
    /// Mean number of customers who wait.
    pub queue_length: f64,
    /// Share of the agents' time that is spent on customers.
    pub occupancy: f64,
}

/// Erlang B by its recursion, B(0) = 1, B(k) = A B(k-1) / (k + A B(k-1)); stable for any size.
pub fn blocking(load: f64, agents: u64) -> Result<f64, StaffingError> {
    check::not_negative("load", load)?;
    check::servers("agents", agents)?;
    Ok((1..=agents).fold(1.0, |before, k| next_blocking(load, k, before)))
}

/// Erlang C and what follows from it: C = B / (1 - rho (1 - B)), ASA = C AHT / (N - A).
pub fn delay(load: f64, agents: u64) -> Result<Delay, StaffingError> {
    let blocking = blocking(load, agents)?;
    stable(load, agents)?;
    Ok(Delay::from_blocking(load, agents, blocking))
}

impl Delay {
    fn from_blocking(load: f64, agents: u64, blocking: f64) -> Self {
        let servers = agents as f64;
        let spare = servers - load;
        let waiting = (servers * blocking / (spare + load * blocking)).min(1.0);
        Self {
            load,
            agents,
            blocking,
            waiting,
            asa_over_aht: waiting / spare,
            queue_length: waiting * load / spare,
            occupancy: load / servers,
        }
    }

    /// The share answered within a time, both times in one unit: 1 - C e^(-(N - A) T / AHT).
    pub fn service_level(&self, aht: f64, within: f64) -> Result<f64, StaffingError> {
        check::positive("aht", aht)?;
        check::not_negative("within", within)?;
        Ok(1.0 - self.waiting * libm::exp(-self.spare() * within / aht))
    }

    /// The wait that this share of all customers does not exceed, in the unit of the handle time.
    pub fn wait_quantile(&self, aht: f64, share: f64) -> Result<f64, StaffingError> {
        check::positive("aht", aht)?;
        check::inner_share("share", share)?;
        let beyond = 1.0 - share;
        if self.waiting <= beyond {
            return Ok(0.0);
        }
        Ok(aht * libm::log(self.waiting / beyond) / self.spare())
    }

    fn spare(&self) -> f64 {
        self.agents as f64 - self.load
    }
}

/// The fewest agents who answer `goal` of all customers within a time.
pub fn agents_for(load: f64, aht: f64, within: f64, goal: f64) -> Result<u64, StaffingError> {
    check::not_negative("load", load)?;
    check::share("goal", goal)?;
    let mut blocking = 1.0;
    for agents in 1..=check::MOST_SERVERS {
        blocking = next_blocking(load, agents, blocking);
        if agents as f64 <= load {
            continue;
        }
        let reached = Delay::from_blocking(load, agents, blocking).service_level(aht, within)?;
        if reached >= goal {
            return Ok(agents);
        }
    }
    Err(StaffingError::invalid(
        "goal",
        goal,
        format!("no team of up to {} reaches it", check::MOST_SERVERS),
    ))
}

/// People to employ for so many at work: N / (1 - shrinkage), rounded up. Shrinkage is the share of
/// paid time that is leave, illness, training; adding it on top instead would be too little.
pub fn gross_staff(agents: u64, shrinkage: f64) -> Result<u64, StaffingError> {
    if !(0.0..=0.99).contains(&shrinkage) {
        let need = "it must be a share of paid time from 0 to 0.99";
        return Err(StaffingError::invalid("shrinkage", shrinkage, need));
    }
    let gross = agents as f64 / (1.0 - shrinkage);
    Ok((gross * (1.0 - 1e-12)).ceil() as u64)
}

/// Refuses a load that so many servers cannot carry.
pub(crate) fn stable(load: f64, servers: u64) -> Result<(), StaffingError> {
    if load < servers as f64 {
        return Ok(());
    }
    Err(StaffingError::Unstable {
        load,
        servers,
        least: load.floor() as u64 + 1,
    })
}

fn next_blocking(load: f64, servers: u64, before: f64) -> f64 {
    let offered = load * before;
    offered / (servers as f64 + offered)
}
