//! A file of tickets, ordered by every rule.
//!
//! Owns: the JSON form of a queue and of the comparison. Must not know: files, the command line.

use crate::check;
use crate::error::StaffingError;
use crate::order::dispatch::{Schedule, dispatch};
use crate::order::loss::{Job, Loss, fewest_late, unavoidable_loss};
use crate::order::rule::{Candidate, Rule};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// More tickets than this are refused, because each rule is asked again after every ticket.
const MOST_TICKETS: usize = 10_000;

/// Every rule's order of one queue, its loss, and the loss that no order avoids.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrderStudy {
    /// People who work the queue off.
    pub agents: usize,
    /// Tickets in the queue.
    pub tickets: usize,
    /// The least weighted loss. Exact for one person; for several the weight that is late at least.
    pub optimum: f64,
    /// Whether `optimum` is reached by some order, and not only a bound from below.
    pub optimum_exact: bool,
    /// The least loss known to be possible: the optimum, or that of the best rule.
    pub best_known: f64,
    /// An order that loses no more than the optimum, when one was found.
    pub optimal_order: Option<Vec<Value>>,
    /// The fewest tickets that one person must finish late, whatever their weights.
    pub fewest_late: Option<usize>,
    /// By rule: `order`, `weighted_loss`, `late`, `regret`.
    pub rules: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    List(Vec<Value>),
    Queue {
        tickets: Vec<Value>,
        #[serde(default, alias = "servers")]
        agents: Option<usize>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ticket {
    id: Option<Value>,
    minutes: f64,
    due: f64,
    #[serde(default = "one")]
    weight: f64,
    waited: Option<f64>,
    target: Option<f64>,
}

fn one() -> f64 {
    1.0
}

/// Reads a queue from JSON and studies it.
pub fn study_text(text: &str, agents: Option<usize>) -> Result<OrderStudy, StaffingError> {
    let file: File = serde_json::from_str(text).map_err(|error| {
        let unlike = "expected a list of tickets or {\"agents\": 1, \"tickets\": [...]}";
        match error.line() {
            0 => StaffingError::Unreadable(unlike.to_owned()),
            _ => StaffingError::Unreadable(format!("{unlike}: {error}")),
        }
    })?;
    let (raw, named) = match file {
        File::List(tickets) => (tickets, None),
        File::Queue { tickets, agents } => (tickets, agents),
    };
    let agents = agents.or(named).unwrap_or(1);
    check::servers("agents", agents as u64)?;
    if raw.len() > MOST_TICKETS {
        let need = format!("a study takes at most {MOST_TICKETS}");
        return Err(StaffingError::invalid("tickets", raw.len(), need));
    }
    let tickets = raw
        .into_iter()
        .enumerate()
        .map(|(position, value)| ticket(position, value))
        .collect::<Result<Vec<Ticket>, _>>()?;
    Ok(study(&tickets, agents))
}

fn ticket(position: usize, value: Value) -> Result<Ticket, StaffingError> {
    let place =
        |error: String| StaffingError::Unreadable(format!("ticket {}: {error}", position + 1));
    let ticket: Ticket = serde_json::from_value(value).map_err(|error| place(error.to_string()))?;
    let checked = check::positive("minutes", ticket.minutes)
        .and_then(|_| check::not_negative("weight", ticket.weight))
        .and_then(|_| check::minutes("minutes", ticket.minutes))
        .and_then(|_| check::minutes("due", ticket.due))
        .and_then(|_| check::not_negative("waited", ticket.waited.unwrap_or(0.0)))
        .and_then(|_| check::positive("target", ticket.target.unwrap_or(1.0)));
    checked.map_err(|error| place(error.to_string()))?;
    Ok(ticket)
}

impl Ticket {
    /// Without a target, what was waited plus what is left; a ticket that is late and says neither
    /// was promised in as many minutes as it takes.
    fn candidate(&self) -> Candidate {
        let implied = self.waited.unwrap_or(0.0) + self.due;
        let target = self.target.or((implied > 0.0).then_some(implied));
        Candidate {
            weight: self.weight,
            target: target.unwrap_or(self.minutes),
            left: self.due,
            handle: self.minutes,
            lead: self.minutes,
        }
    }

    fn job(&self) -> Job {
        Job {
            minutes: self.minutes,
            due: self.due,
            weight: self.weight,
        }
    }
}

fn study(tickets: &[Ticket], agents: usize) -> OrderStudy {
    let candidates: Vec<Candidate> = tickets.iter().map(Ticket::candidate).collect();
    let jobs: Vec<Job> = tickets.iter().map(Ticket::job).collect();
    let busy = agents.min(tickets.len());
    let loss = unavoidable_loss(&jobs, busy);
    let schedules = Rule::ALL.map(|rule| (rule, dispatch(rule, &candidates, busy)));
    let best_rule = schedules
        .iter()
        .map(|(_, schedule)| schedule.weight_late(&jobs))
        .fold(f64::INFINITY, f64::min);
    let rules = schedules
        .iter()
        .map(|(rule, schedule)| {
            (
                rule.name().to_owned(),
                answer(tickets, &jobs, schedule, &loss),
            )
        })
        .collect();
    OrderStudy {
        agents,
        tickets: tickets.len(),
        optimum: loss.weight,
        optimum_exact: loss.exact || best_rule <= loss.weight,
        best_known: if loss.exact { loss.weight } else { best_rule },
        optimal_order: loss.order.as_ref().map(|order| names(tickets, order)),
        fewest_late: (agents == 1).then(|| fewest_late(&jobs)),
        rules,
    }
}

fn answer(tickets: &[Ticket], jobs: &[Job], schedule: &Schedule, loss: &Loss) -> Value {
    let weighted_loss = schedule.weight_late(jobs);
    json!({
        "order": names(tickets, &schedule.order),
        "weighted_loss": weighted_loss,
        "late": schedule.count_late(jobs),
        "regret": (weighted_loss - loss.weight).max(0.0),
    })
}

/// The tickets' own names, or their places in the file, the first being 1.
fn names(tickets: &[Ticket], order: &[usize]) -> Vec<Value> {
    let name = |&position: &usize| match &tickets[position].id {
        Some(id) => id.clone(),
        None => json!(position + 1),
    };
    order.iter().map(name).collect()
}
