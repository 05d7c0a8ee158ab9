//! The TOML form of a scenario; docs/staffing.md describes it.
//!
//! Owns: its words and defaults. Must not know: what a simulation does with them.

use crate::error::StaffingError;
use crate::order::Rule;
use crate::simulate::scenario::{
    HOURS_OF_WEEK, Handle, Length, NamedRule, Priority, Roster, Scenario, Shape,
};
use crate::simulate::week::{Hours, Span, Steps};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    name: String,
    #[serde(default)]
    seed: u64,
    weeks: Option<f64>,
    tickets: Option<usize>,
    #[serde(default)]
    warm_up: f64,
    hours: Option<SpansOrAlways>,
    arrivals: ArrivalsTable,
    handle: HandleTable,
    patience_minutes: Option<f64>,
    priority: Vec<PriorityTable>,
    roster: Vec<RosterTable>,
    #[serde(default)]
    rules: Vec<RuleEntry>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "hours are \"always\" or a list such as [\"Mon-Fri 09:00-18:00\"]"
)]
enum SpansOrAlways {
    Word(String),
    Spans(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArrivalsTable {
    per_hour: Option<f64>,
    per_week: Option<f64>,
    day_weights: Option<Vec<f64>>,
    hour_weights: Option<Vec<f64>>,
    hours_of_week: Option<Vec<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HandleTable {
    mean_minutes: f64,
    #[serde(default)]
    distribution: Distribution,
    cv: Option<f64>,
    #[serde(default = "whole")]
    efficiency: f64,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "snake_case")]
enum Distribution {
    #[default]
    Lognormal,
    Exponential,
    Fixed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorityTable {
    name: String,
    share: f64,
    target_minutes: Option<f64>,
    target_hours: Option<f64>,
    weight: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RosterTable {
    name: String,
    people: PeopleOrSpans,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "people are a whole number, or a table such as { \"Mon-Fri 09:00-18:00\" = 2 }"
)]
enum PeopleOrSpans {
    Always(usize),
    Spans(BTreeMap<String, usize>),
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a rule is a name, or a table with rule, and with name, kappa, age_cap if wanted"
)]
enum RuleEntry {
    Name(String),
    Table(RuleTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    rule: String,
    name: Option<String>,
    kappa: Option<f64>,
    age_cap: Option<f64>,
}

/// The rules that are compared when a file names none.
const USUAL_RULES: [&str; 5] = ["fifo", "edf", "strict", "atc", "atc_capped"];

/// The coefficient of variation of handle times when a file names none.
const USUAL_VARIATION: f64 = 0.9;

fn whole() -> f64 {
    1.0
}

/// Reads a scenario from TOML.
pub fn read(text: &str) -> Result<Scenario, StaffingError> {
    let file: File = toml::from_str(text)
        .map_err(|error| StaffingError::Unreadable(error.to_string().trim_end().to_owned()))?;
    let length = length(&file)?;
    Scenario {
        name: file.name,
        seed: file.seed,
        length,
        warm_up: file.warm_up,
        hours: hours(file.hours)?,
        arrivals: file.arrivals.rates()?,
        handle: file.handle.handle(),
        patience: file.patience_minutes,
        priorities: file
            .priority
            .into_iter()
            .map(priority)
            .collect::<Result<_, _>>()?,
        rosters: file
            .roster
            .into_iter()
            .map(roster)
            .collect::<Result<_, _>>()?,
        rules: rules(file.rules)?,
    }
    .checked()
}

fn length(file: &File) -> Result<Length, StaffingError> {
    match (file.weeks, file.tickets) {
        (Some(weeks), None) => Ok(Length::Weeks(weeks)),
        (None, Some(tickets)) => Ok(Length::Tickets(tickets)),
        _ => Err(StaffingError::Unreadable(
            "name either weeks or tickets: how long the simulation goes on".to_owned(),
        )),
    }
}

fn hours(named: Option<SpansOrAlways>) -> Result<Hours, StaffingError> {
    match named {
        None => Ok(Hours::always()),
        Some(SpansOrAlways::Word(word)) if word == "always" => Ok(Hours::always()),
        Some(SpansOrAlways::Word(span)) => Hours::new(Span::parse(&span)?),
        Some(SpansOrAlways::Spans(texts)) => {
            let spans = texts
                .iter()
                .map(|text| Span::parse(text))
                .collect::<Result<Vec<_>, _>>()?;
            Hours::new(spans.concat())
        }
    }
}

impl ArrivalsTable {
    /// Tickets in each hour of the week.
    fn rates(self) -> Result<Vec<f64>, StaffingError> {
        match self {
            Self { per_hour: Some(rate), per_week: None, day_weights: None, hour_weights: None, hours_of_week: None } => {
                Ok(vec![rate; HOURS_OF_WEEK])
            }
            Self { hours_of_week: Some(rates), per_hour: None, per_week: None, day_weights: None, hour_weights: None } => {
                Ok(rates)
            }
            Self { per_week: Some(total), day_weights, hour_weights, per_hour: None, hours_of_week: None } => {
                spread(total, &weights("day_weights", day_weights, 7)?, &weights("hour_weights", hour_weights, 24)?)
            }
            _ => Err(StaffingError::Unreadable(
                "[arrivals] names one of: per_hour; hours_of_week (168 numbers); per_week with day_weights (7) and hour_weights (24) if wanted".to_owned(),
            )),
        }
    }
}

fn weights(name: &str, named: Option<Vec<f64>>, count: usize) -> Result<Vec<f64>, StaffingError> {
    let weights = named.unwrap_or_else(|| vec![1.0; count]);
    if weights.len() == count {
        return Ok(weights);
    }
    Err(StaffingError::invalid(
        name,
        format!("a list of {}", weights.len()),
        format!("it needs {count} numbers"),
    ))
}

/// A week's tickets by weight of day times weight of hour.
fn spread(total: f64, days: &[f64], hours: &[f64]) -> Result<Vec<f64>, StaffingError> {
    let products: Vec<f64> = days
        .iter()
        .flat_map(|day| hours.iter().map(move |hour| day * hour))
        .collect();
    let sum: f64 = products.iter().sum();
    if sum > 0.0 {
        return Ok(products
            .into_iter()
            .map(|product| total * product / sum)
            .collect());
    }
    Err(StaffingError::invalid(
        "day_weights and hour_weights",
        sum,
        "together they must be above 0",
    ))
}

impl HandleTable {
    fn handle(&self) -> Handle {
        Handle {
            mean: self.mean_minutes,
            shape: match self.distribution {
                Distribution::Lognormal => Shape::Lognormal(self.cv.unwrap_or(USUAL_VARIATION)),
                Distribution::Exponential => Shape::Exponential,
                Distribution::Fixed => Shape::Fixed,
            },
            efficiency: self.efficiency,
        }
    }
}

fn priority(table: PriorityTable) -> Result<Priority, StaffingError> {
    let target = match (table.target_minutes, table.target_hours) {
        (Some(minutes), None) => minutes,
        (None, Some(hours)) => hours * 60.0,
        _ => {
            let need = format!(
                "priority {} names either target_minutes or target_hours",
                table.name
            );
            return Err(StaffingError::Unreadable(need));
        }
    };
    Ok(Priority {
        name: table.name,
        share: table.share,
        target,
        weight: table.weight,
    })
}

fn roster(table: RosterTable) -> Result<Roster, StaffingError> {
    let people = match table.people {
        PeopleOrSpans::Always(people) => Steps::always(people),
        PeopleOrSpans::Spans(spans) => {
            let mut parts = Vec::new();
            for (text, people) in spans {
                parts.extend(Span::parse(&text)?.into_iter().map(|span| (span, people)));
            }
            Steps::new(&parts)
        }
    };
    if people.most() as u64 > crate::check::MOST_SERVERS {
        return Err(StaffingError::invalid(
            "people",
            people.most(),
            "that is more than can be simulated",
        ));
    }
    Ok(Roster {
        name: table.name,
        people,
    })
}

fn rules(entries: Vec<RuleEntry>) -> Result<Vec<NamedRule>, StaffingError> {
    if entries.is_empty() {
        return USUAL_RULES.iter().map(|name| named(name, None)).collect();
    }
    entries
        .into_iter()
        .map(|entry| match entry {
            RuleEntry::Name(name) => named(&name, None),
            RuleEntry::Table(table) => named(&table.rule, Some(&table)),
        })
        .collect()
}

fn named(name: &str, table: Option<&RuleTable>) -> Result<NamedRule, StaffingError> {
    let Some(mut rule) = Rule::named(name) else {
        let known = Rule::ALL.map(|rule| rule.name()).join(", ");
        return Err(StaffingError::invalid(
            "rule",
            name,
            format!("there are {known}"),
        ));
    };
    if let Some(table) = table {
        let (reach, cap) = (table.kappa, table.age_cap);
        match &mut rule {
            Rule::Cost { kappa } | Rule::CostLateLast { kappa } if cap.is_none() => {
                *kappa = reach.unwrap_or(*kappa);
            }
            Rule::CostAgeCapped { kappa, age_cap } => {
                *kappa = reach.unwrap_or(*kappa);
                *age_cap = cap.unwrap_or(*age_cap);
            }
            _ if reach.is_none() && cap.is_none() => {}
            _ => {
                return Err(StaffingError::invalid(
                    "rule",
                    name,
                    "it has no such setting",
                ));
            }
        }
    }
    for setting in [
        table.and_then(|table| table.kappa),
        table.and_then(|table| table.age_cap),
    ] {
        crate::check::positive("kappa or age_cap", setting.unwrap_or(1.0))?;
    }
    let shown = table.and_then(|table| table.name.clone());
    Ok(NamedRule {
        name: shown.unwrap_or_else(|| name.to_owned()),
        rule,
    })
}
