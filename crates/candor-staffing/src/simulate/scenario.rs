//! What is simulated.
//!
//! Owns: a checked description of a desk: arrivals, work, promises, rosters, rules. Must not know:
//! how it was written down.

use crate::check;
use crate::error::StaffingError;
use crate::order::Rule;
use crate::simulate::week::{Hours, Steps};
use std::collections::BTreeSet;

/// Hours of a week.
pub const HOURS_OF_WEEK: usize = 168;

/// The most tickets of one simulation.
const MOST_TICKETS: f64 = 2e7;

/// The most weeks of one simulation.
const MOST_WEEKS: f64 = 1e5;

/// A desk to be worked through.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// What it is called in reports.
    pub name: String,
    /// Another number gives another run of chance.
    pub seed: u64,
    /// How long it goes on.
    pub length: Length,
    /// The first part of the tickets that is not counted, while the desk fills up; 0 to below 1.
    pub warm_up: f64,
    /// When the clock of a promise runs.
    pub hours: Hours,
    /// Tickets an hour in each hour of the week, from Monday 0:00.
    pub arrivals: Vec<f64>,
    /// How long a ticket takes.
    pub handle: Handle,
    /// Mean minutes after which a customer gives up, exponential; for chat.
    pub patience: Option<f64>,
    /// What is promised to whom.
    pub priorities: Vec<Priority>,
    /// Who is there when.
    pub rosters: Vec<Roster>,
    /// By which rules the next ticket is taken.
    pub rules: Vec<NamedRule>,
}

/// How long a simulation goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    /// Tickets come in for so many weeks.
    Weeks(f64),
    /// So many tickets come in.
    Tickets(usize),
}

/// How long a person works on a ticket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Handle {
    /// Mean minutes of work.
    pub mean: f64,
    /// How they scatter.
    pub shape: Shape,
    /// Share of a person's time at the desk that goes into tickets; work is stretched by it.
    pub efficiency: f64,
}

impl Handle {
    /// Minutes at the desk that a ticket takes on average.
    pub fn stretched(&self) -> f64 {
        self.mean / self.efficiency
    }
}

/// How handle times scatter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// As handle times of real desks do; the coefficient of variation (deviation over mean).
    Lognormal(f64),
    /// As the formulas of Erlang assume.
    Exponential,
    /// Not at all.
    Fixed,
}

/// A kind of ticket with one promise.
#[derive(Debug, Clone, PartialEq)]
pub struct Priority {
    /// Such as P1.
    pub name: String,
    /// Its part of all tickets.
    pub share: f64,
    /// Minutes of the promise's clock until somebody begins with it.
    pub target: f64,
    /// What being late costs.
    pub weight: f64,
}

/// Who is there when.
#[derive(Debug, Clone, PartialEq)]
pub struct Roster {
    /// What it is called.
    pub name: String,
    /// People through the week.
    pub people: Steps,
}

/// A rule under the name by which its results are listed.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedRule {
    /// Usually the rule's own name.
    pub name: String,
    /// The rule.
    pub rule: Rule,
}

impl Scenario {
    /// Refuses what cannot be simulated, and makes the shares add up to 1.
    pub fn checked(mut self) -> Result<Self, StaffingError> {
        self.check_chance()?;
        self.check_lists()?;
        self.check_names()?;
        let mut total = 0.0;
        for priority in &self.priorities {
            total += check::not_negative("share", priority.share)?;
            check::positive("target_minutes", priority.target)?;
            check::not_negative("weight", priority.weight)?;
        }
        if total <= 0.0
            || self
                .priorities
                .iter()
                .all(|priority| priority.weight <= 0.0)
        {
            let need = "some priority must have a share and some a weight";
            return Err(StaffingError::invalid("priority", total, need));
        }
        for priority in &mut self.priorities {
            priority.share /= total;
        }
        Ok(self)
    }

    fn check_chance(&self) -> Result<(), StaffingError> {
        check::positive("mean_minutes", self.handle.mean)?;
        if let Shape::Lognormal(variation) = self.handle.shape {
            check::not_negative("cv", variation)?;
        }
        check::positive("efficiency", self.handle.efficiency)?;
        check::share("efficiency", self.handle.efficiency)?;
        if let Some(patience) = self.patience {
            check::positive("patience", patience)?;
        }
        if !(0.0..=0.9).contains(&self.warm_up) {
            return Err(StaffingError::invalid(
                "warm_up",
                self.warm_up,
                "it must be from 0 to 0.9",
            ));
        }
        for rate in &self.arrivals {
            check::not_negative("arrivals", *rate)?;
        }
        check::positive("arrivals a week", self.per_week())?;
        let tickets = match self.length {
            Length::Weeks(weeks) => check::positive("weeks", weeks)? * self.per_week(),
            Length::Tickets(tickets) => tickets as f64,
        };
        if !(1.0..=MOST_TICKETS).contains(&tickets) {
            let need = format!("simulate from 1 to {MOST_TICKETS} tickets");
            return Err(StaffingError::invalid("tickets", tickets.round(), need));
        }
        let weeks = tickets / self.per_week();
        if weeks > MOST_WEEKS {
            let need = format!("simulate at most {MOST_WEEKS}");
            return Err(StaffingError::invalid("weeks", weeks.round(), need));
        }
        Ok(())
    }

    fn check_names(&self) -> Result<(), StaffingError> {
        let priorities = self.priorities.iter().map(|priority| &priority.name);
        let rosters = self.rosters.iter().map(|roster| &roster.name);
        let rules = self.rules.iter().map(|rule| &rule.name);
        let lists: [(&str, Vec<&String>); 3] = [
            ("priority", priorities.collect()),
            ("roster", rosters.collect()),
            ("rules", rules.collect()),
        ];
        for (list, names) in lists {
            let mut seen = BTreeSet::new();
            if let Some(name) = names.into_iter().find(|name| !seen.insert(name.as_str())) {
                let need = "each name can stand once; give the other one a name of its own";
                return Err(StaffingError::invalid(list, name, need));
            }
        }
        Ok(())
    }

    fn check_lists(&self) -> Result<(), StaffingError> {
        if self.arrivals.len() != HOURS_OF_WEEK {
            let need = format!("name all {HOURS_OF_WEEK} hours of a week");
            return Err(StaffingError::invalid(
                "arrivals",
                self.arrivals.len(),
                need,
            ));
        }
        for (name, count) in [
            ("priority", self.priorities.len()),
            ("roster", self.rosters.len()),
            ("rules", self.rules.len()),
        ] {
            if !(1..=100).contains(&count) {
                return Err(StaffingError::invalid(
                    name,
                    count,
                    "there must be 1 to 100 of them",
                ));
            }
        }
        Ok(())
    }

    /// Tickets a week.
    pub fn per_week(&self) -> f64 {
        self.arrivals.iter().sum()
    }

    /// Minutes of people's time that a week's tickets take.
    pub fn offered_minutes(&self) -> f64 {
        self.per_week() * self.handle.stretched()
    }
}
