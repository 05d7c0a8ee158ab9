//! Questions to a business calendar.
//!
//! Owns: arguments, reading the files, printing JSON. Must not know: how open time is counted.

use anyhow::{Context, Result};
use candor_domain::calendar::{AddQuestion, BetweenQuestion, Calendar, CalendarForm, Holidays};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// What is asked.
#[derive(Subcommand)]
pub(crate) enum CalendarCommand {
    /// When so many open minutes will have passed. Prints {"due": ...} in the calendar's zone.
    Add {
        #[command(flatten)]
        common: Common,
        /// Open minutes.
        #[arg(long, value_name = "N")]
        minutes: u32,
    },
    /// How much open time lies between two moments. Prints {"minutes": ..., "seconds": ...}.
    Between {
        #[command(flatten)]
        common: Common,
        /// The end.
        #[arg(long, value_name = "TIME")]
        to: String,
    },
}

/// What both questions need.
#[derive(Args)]
pub(crate) struct Common {
    /// The calendar; its form stands in the manual under Service levels.
    #[arg(long, value_name = "FILE.toml")]
    calendar: PathBuf,
    /// An iCalendar file with more holidays; may be given more than once.
    #[arg(long, value_name = "FILE.ics")]
    holidays: Vec<PathBuf>,
    /// The beginning: 2026-01-16T17:30 in the calendar's zone, or with an offset or a Z.
    #[arg(long, value_name = "TIME")]
    from: String,
    /// A stretch that does not count; several may follow.
    #[arg(long = "pause", value_name = "FROM/TO", num_args = 1..)]
    pauses: Vec<String>,
}

/// Asks and gives the answer as JSON.
pub(crate) fn calendar(command: &CalendarCommand) -> Result<String> {
    let (CalendarCommand::Add { common, .. } | CalendarCommand::Between { common, .. }) = command;
    let calendar = read(common)?;
    let (from, pauses) = (common.from.as_str(), common.pauses.as_slice());
    let answer = match command {
        CalendarCommand::Add { minutes, .. } => {
            let minutes = *minutes;
            let question = AddQuestion {
                from,
                minutes,
                pauses,
            };
            serde_json::to_string(&question.ask(&calendar)?)?
        }
        CalendarCommand::Between { to, .. } => {
            let question = BetweenQuestion { from, to, pauses };
            serde_json::to_string(&question.ask(&calendar)?)?
        }
    };
    Ok(answer)
}

fn read(common: &Common) -> Result<Calendar> {
    let file = &common.calendar;
    let named = || format!("{}", file.display());
    let form: CalendarForm = toml::from_str(&text_of(file)?).with_context(named)?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let holidays =
        |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let mut calendar = Calendar::from_form(form, holidays).with_context(named)?;
    for file in &common.holidays {
        let found = Holidays::from_icalendar(&text_of(file)?);
        let found = found.with_context(|| format!("{}", file.display()))?;
        calendar = calendar.with_holidays(&found.holidays);
    }
    Ok(calendar)
}

fn text_of(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
