//! `candor staffing`: questions about staff, waiting and order.
//!
//! Owns: which words are typed, and that the answer is JSON. Must not know: any formula.

use crate::cli::complain;
use anyhow::{Context, Result};
use candor_staffing::ask::{Cobham, ErlangA, ErlangC, answer_of};
use candor_staffing::order::study_text;
use candor_staffing::plan::plan;
use candor_staffing::simulate::simulate_text;
use clap::Subcommand;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What can be asked.
#[derive(Subcommand)]
pub(crate) enum Staffing {
    /// Telephone and chat where everybody waits: Erlang B and C.
    #[command(allow_negative_numbers = true)]
    ErlangC {
        /// Offered load in erlangs: arrivals x handle time.
        #[arg(long, value_name = "ERLANGS")]
        load: f64,
        /// People who answer.
        #[arg(long)]
        agents: i64,
        /// Mean handle time, such as seconds; times come out in the same unit.
        #[arg(long, value_name = "TIME")]
        aht: Option<f64>,
        /// Time in which customers should be answered, in the unit of --aht.
        #[arg(long, value_name = "TIME")]
        within: Option<f64>,
        /// Share of customers who should be: gives the people that it takes.
        #[arg(long, value_name = "SHARE")]
        goal: Option<f64>,
        /// Share of paid time that people are away: gives the people to employ.
        #[arg(long, value_name = "SHARE")]
        shrinkage: Option<f64>,
    },
    /// Telephone and chat where customers give up: Erlang A. All rates are per one unit of time.
    #[command(allow_negative_numbers = true)]
    ErlangA {
        /// Customers who come.
        #[arg(long, value_name = "RATE")]
        arrivals: f64,
        /// Customers whom one person finishes.
        #[arg(long, value_name = "RATE")]
        service_rate: f64,
        /// One over the mean patience; 0 when nobody gives up.
        #[arg(long, value_name = "RATE")]
        patience_rate: f64,
        /// People who answer.
        #[arg(long)]
        agents: i64,
        /// Time in which customers should be answered.
        #[arg(long, value_name = "TIME")]
        within: Option<f64>,
    },
    /// Mean waits under strict priorities.
    #[command(allow_negative_numbers = true)]
    Cobham {
        /// People who serve.
        #[arg(long)]
        servers: i64,
        /// Tickets that one of them finishes per unit of time.
        #[arg(long, value_name = "RATE")]
        service_rate: f64,
        /// Tickets per unit of time of each class, the most urgent first.
        #[arg(long, value_name = "RATE,RATE,...", allow_hyphen_values = true)]
        arrivals: String,
    },
    /// Orders a queue by every rule, and says what each loses and what nobody can save.
    #[command(allow_negative_numbers = true)]
    Order {
        /// JSON: tickets with minutes, due and weight; `-` reads standard input.
        file: PathBuf,
        /// People who work the queue off. Default: as the file says, or 1.
        #[arg(long)]
        agents: Option<usize>,
    },
    /// Works a desk through many weeks, rule by rule and roster by roster.
    Simulate {
        /// TOML as docs/staffing.md describes it; `-` reads standard input.
        file: PathBuf,
        /// Another seed than the file's.
        #[arg(long)]
        seed: Option<u64>,
        /// Draws the results into this file, as SVG.
        #[arg(long, value_name = "FILE.svg")]
        plot: Option<PathBuf>,
    },
    /// Shift plans: people for a week, shifts for a day, or a roster of named people.
    Plan {
        /// TOML as the manual describes it under Shift plans; `-` reads standard input.
        file: PathBuf,
        /// Writes the roster into this file, for calendars.
        #[arg(long, value_name = "FILE.ics")]
        ical: Option<PathBuf>,
        /// Only this person's shifts in the calendar file.
        #[arg(long, value_name = "NAME", requires = "ical")]
        person: Option<String>,
        /// Writes the roster into this file, for spreadsheets.
        #[arg(long, value_name = "FILE.csv")]
        csv: Option<PathBuf>,
    },
}

/// Prints the answer as JSON. A refusal goes to standard error and exits 1; an overloaded desk says
/// on standard output, too, how many people it needs.
pub(crate) fn staffing(question: Staffing) -> ExitCode {
    match answer(question) {
        Ok(answer) => {
            print(&answer);
            ExitCode::SUCCESS
        }
        Err(error) => {
            if let Some(least) = error.downcast_ref().and_then(answer_of) {
                print(&least);
            }
            complain(&error)
        }
    }
}

/// A reader who leaves before the end, as `head` does, is no error.
fn print(answer: &Value) {
    let _ = writeln!(std::io::stdout(), "{answer:#}");
}

#[rustfmt::skip]
fn answer(question: Staffing) -> Result<Value> {
    Ok(match question {
        Staffing::ErlangC { load, agents, aht, within, goal, shrinkage } =>
            ErlangC { load, agents, aht, within, goal, shrinkage }.answer()?,
        Staffing::ErlangA { arrivals, service_rate, patience_rate, agents, within } =>
            ErlangA { arrivals, service_rate, patience_rate, agents, within }.answer()?,
        Staffing::Cobham { servers, service_rate, arrivals } =>
            Cobham { servers, service_rate, arrivals }.answer()?,
        Staffing::Order { file, agents } => json!(study_text(&read(&file)?, agents)?),
        Staffing::Simulate { file, seed, plot } => {
            let report = simulate_text(&read(&file)?, seed)?;
            if let Some(path) = plot {
                write(&path, &report.plot())?;
            }
            json!(report)
        }
        Staffing::Plan { file, ical, person, csv } => {
            let plan = plan(&read(&file)?)?;
            if let Some(path) = ical {
                write(&path, &plan.roster()?.to_icalendar(person.as_deref()))?;
            }
            if let Some(path) = csv {
                write(&path, &plan.roster()?.to_csv())?;
            }
            json!(plan)
        }
    })
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn read(path: &Path) -> Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
