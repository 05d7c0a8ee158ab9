//! Questions as they are typed, answers as they are printed.
//!
//! Owns: the words of the command line's answers. Must not know: the command line itself, formulas.

use crate::StaffingError;
use crate::check;
use crate::erlang::{Impatient, agents_for, delay, gross_staff};
use crate::priority::cobham;
use serde_json::{Value, json};

/// A telephone or chat desk whose customers wait for ever.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangC {
    /// Offered load in erlangs.
    pub load: f64,
    /// People who answer.
    pub agents: i64,
    /// Mean handle time; its unit is that of `within` and of the answer's times.
    pub aht: Option<f64>,
    /// Time in which a customer should be answered.
    pub within: Option<f64>,
    /// Share of customers who should be answered in that time.
    pub goal: Option<f64>,
    /// Share of paid time that people are not at the desk.
    pub shrinkage: Option<f64>,
}

impl ErlangC {
    /// `blocking`, `waiting`, `asa_over_aht`, `queue_length`, `occupancy`; with a handle time `asa`
    /// and `wait_p90`; with a time limit `service_level`; with a goal `agents_needed`; with shrinkage
    /// `gross_staff`.
    pub fn answer(&self) -> Result<Value, StaffingError> {
        let agents = whole("agents", self.agents)?;
        let found = delay(self.load, agents)?;
        let mut answer = json!(found);
        if let Some(aht) = self.aht {
            check::positive("aht", aht)?;
            answer["asa"] = json!(found.asa_over_aht * aht);
            answer["wait_p90"] = json!(found.wait_quantile(aht, 0.9)?);
        }
        let mut needed = agents;
        if let Some(within) = self.within {
            let aht = self.aht.ok_or_else(|| without("within", "aht"))?;
            answer["service_level"] = json!(found.service_level(aht, within)?);
            if let Some(goal) = self.goal {
                needed = agents_for(self.load, aht, within, goal)?;
                answer["agents_needed"] = json!(needed);
            }
        } else if self.goal.is_some() {
            return Err(without("goal", "within"));
        }
        if let Some(shrinkage) = self.shrinkage {
            answer["gross_staff"] = json!(gross_staff(needed, shrinkage)?);
        }
        Ok(answer)
    }
}

/// A telephone or chat desk whose customers give up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangA {
    /// Customers per unit of time.
    pub arrivals: f64,
    /// Customers whom one person finishes in that unit.
    pub service_rate: f64,
    /// One over the mean patience in that unit.
    pub patience_rate: f64,
    /// People who answer.
    pub agents: i64,
    /// Time in which a customer should be answered, in that unit.
    pub within: Option<f64>,
}

impl ErlangA {
    /// `abandon`, `mean_wait`, `waiting`, `utilisation`, `queue_length`; with a time limit
    /// `service_level`, the share of all who are answered within it.
    pub fn answer(&self) -> Result<Value, StaffingError> {
        let desk = Impatient {
            arrivals: self.arrivals,
            service_rate: self.service_rate,
            patience_rate: self.patience_rate,
            agents: whole("agents", self.agents)?,
        };
        let mut answer = json!(desk.solve()?);
        if let Some(within) = self.within {
            answer["service_level"] = json!(desk.answered_within(within)?);
        }
        Ok(answer)
    }
}

/// Strict priorities on one rate of service.
#[derive(Debug, Clone, PartialEq)]
pub struct Cobham {
    /// People or machines that serve.
    pub servers: i64,
    /// Tickets that one of them finishes per unit of time.
    pub service_rate: f64,
    /// Tickets per unit of time of each class, the most urgent first, with commas between.
    pub arrivals: String,
}

impl Cobham {
    /// `waits` by class, `fifo`, `utilisation`; in the unit of the rates.
    pub fn answer(&self) -> Result<Value, StaffingError> {
        let arrivals = self
            .arrivals
            .split(',')
            .map(|part| {
                let need = "write one number a class with commas between, such as 0.3,0.5";
                let wrong = |_| StaffingError::invalid("arrivals", format!("\"{part}\""), need);
                part.trim().parse::<f64>().map_err(wrong)
            })
            .collect::<Result<Vec<f64>, _>>()?;
        let servers = whole("servers", self.servers)?;
        Ok(json!(cobham(servers, self.service_rate, &arrivals)?))
    }
}

/// What a refusal answers in place of numbers, where it can: an overloaded desk says `unstable` and
/// with how many people it is not.
pub fn answer_of(error: &StaffingError) -> Option<Value> {
    match error {
        StaffingError::Unstable {
            load,
            servers,
            least,
        } => Some(json!({
            "unstable": true,
            "load": load,
            "agents": servers,
            "least_agents": least,
        })),
        _ => None,
    }
}

fn whole(name: &str, value: i64) -> Result<u64, StaffingError> {
    check::servers(name, u64::try_from(value).unwrap_or(0)).map_err(|error| match error {
        StaffingError::Invalid { name, need, .. } => StaffingError::invalid(name, value, need),
        other => other,
    })
}

fn without(named: &str, missing: &str) -> StaffingError {
    StaffingError::Unreadable(format!("{named} says nothing without {missing}; name both"))
}
