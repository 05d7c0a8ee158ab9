//! Every rule with every roster, side by side.
//!
//! Owns: the form of the answer. Must not know: files, the command line.

use crate::error::StaffingError;
use crate::plot::Bars;
use crate::simulate::desk::run;
use crate::simulate::file;
use crate::simulate::scenario::{Roster, Scenario};
use crate::simulate::stream::Stream;
use crate::simulate::tally::RunResult;
use serde::Serialize;
use std::collections::BTreeMap;

/// What came of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SimulationReport {
    /// The scenario's name.
    pub name: String,
    /// The seed that repeats it.
    pub seed: u64,
    /// Tickets that came in.
    pub tickets: usize,
    /// People's hours that a week's tickets take on average.
    pub offered_hours_per_week: f64,
    /// The share of tickets that came in while the promise's clock stood still.
    pub arrived_closed: f64,
    /// Roster by roster.
    pub rosters: Vec<RosterReport>,
}

/// What came of one roster.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RosterReport {
    /// Its name.
    pub name: String,
    /// People's hours that it pays for in a week.
    pub hours_per_week: f64,
    /// Offered over paid hours.
    pub utilisation: f64,
    /// Why there are no results, if there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unstable: Option<Overload>,
    /// Results by rule.
    pub rules: BTreeMap<String, RunResult>,
}

/// A roster under which the backlog grows without end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overload {
    /// In a sentence.
    pub message: String,
    /// More hours than this a week are stable.
    pub least_hours_per_week: f64,
    /// For a roster that never changes: the fewest people who are stable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_people: Option<u64>,
}

impl SimulationReport {
    /// The weighted breaches of every rule and roster as a picture.
    pub fn plot(&self) -> String {
        let bars = |roster: &RosterReport| {
            let bar = |(name, result): (&String, &RunResult)| {
                (name.clone(), result.weighted_breach_percent)
            };
            let heading = format!("{}, {:.0} h a week", roster.name, roster.hours_per_week);
            (heading, roster.rules.iter().map(bar).collect())
        };
        Bars {
            title: format!("{}: weight that is late", self.name),
            unit: " %".to_owned(),
            groups: self.rosters.iter().map(bars).collect(),
        }
        .svg()
    }
}

/// Reads a scenario from TOML and simulates it, with another seed if one is named. Refused when no
/// roster can carry the load.
pub fn simulate_text(text: &str, seed: Option<u64>) -> Result<SimulationReport, StaffingError> {
    let mut scenario = file::read(text)?;
    scenario.seed = seed.unwrap_or(scenario.seed);
    let report = simulate(&scenario);
    let overloads = report.rosters.iter().map(|roster| roster.unstable.as_ref());
    match overloads.collect::<Option<Vec<_>>>().as_deref() {
        Some([first, ..]) => Err(StaffingError::Overloaded(first.message.clone())),
        _ => Ok(report),
    }
}

/// Simulates every roster with every rule on the same tickets.
pub fn simulate(scenario: &Scenario) -> SimulationReport {
    let stream = Stream::draw(scenario);
    let open = |minute: f64| scenario.hours.passed(minute + 1e-6) > scenario.hours.passed(minute);
    let closed = stream
        .tickets
        .iter()
        .filter(|ticket| !open(ticket.arrival))
        .count();
    SimulationReport {
        name: scenario.name.clone(),
        seed: scenario.seed,
        tickets: stream.tickets.len(),
        offered_hours_per_week: scenario.offered_minutes() / 60.0,
        arrived_closed: closed as f64 / stream.tickets.len().max(1) as f64,
        rosters: scenario
            .rosters
            .iter()
            .map(|roster| roster_report(scenario, &stream, roster))
            .collect(),
    }
}

fn roster_report(scenario: &Scenario, stream: &Stream, roster: &Roster) -> RosterReport {
    let unstable = overload(scenario, roster);
    let rules = match unstable {
        Some(_) => BTreeMap::new(),
        None => scenario
            .rules
            .iter()
            .filter_map(|named| {
                let result = run(scenario, stream, roster, named.rule)?;
                Some((named.name.clone(), result))
            })
            .collect(),
    };
    let paid = roster.people.person_minutes();
    RosterReport {
        name: roster.name.clone(),
        hours_per_week: paid / 60.0,
        utilisation: if paid > 0.0 {
            scenario.offered_minutes() / paid
        } else {
            0.0
        },
        unstable,
        rules,
    }
}

/// Customers who give up keep any desk stable, as long as anybody is there.
fn overload(scenario: &Scenario, roster: &Roster) -> Option<Overload> {
    let (offered, paid) = (scenario.offered_minutes(), roster.people.person_minutes());
    if offered < paid || scenario.patience.is_some() && paid > 0.0 {
        return None;
    }
    let load = offered / crate::simulate::week::WEEK;
    let least_people = roster.people.is_constant().then(|| load.floor() as u64 + 1);
    let people = least_people.map_or(String::new(), |least| {
        format!(", or {least} people at all times")
    });
    Some(Overload {
        message: format!(
            "unstable: roster {} has {:.1} hours a week, and the tickets take {:.1}; the least that is stable is more than {:.1} hours{people}",
            roster.name,
            paid / 60.0,
            offered / 60.0,
            offered / 60.0,
        ),
        least_hours_per_week: offered / 60.0,
        least_people,
    })
}
