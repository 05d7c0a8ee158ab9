//! "When is it due?" and "how long is that?", as they are asked on the command line.
//!
//! Owns: questions in texts and their answers in texts. Must not know: files, arguments.

use super::{Calendar, CalendarError, Pause, Pauses, moment, written};
use jiff::SignedDuration;
use serde::Serialize;

/// When something is due that may take so many minutes of open time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddQuestion<'a> {
    /// The beginning; without an offset it is meant in the calendar's zone.
    pub from: &'a str,
    /// Open minutes.
    pub minutes: u32,
    /// Stretches that do not count, each `FROM/TO`.
    pub pauses: &'a [String],
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddAnswer {
    /// In the calendar's zone, with the offset.
    pub due: String,
}

impl AddQuestion<'_> {
    /// Asks a calendar.
    ///
    /// # Errors
    /// Names the text that is not understood, or why nothing is ever due.
    pub fn ask(&self, calendar: &Calendar) -> Result<AddAnswer, CalendarError> {
        let zone = calendar.zone();
        let from = moment(self.from, zone)?;
        let pauses = read(self.pauses, calendar)?;
        let amount = SignedDuration::from_mins(i64::from(self.minutes));
        let due = calendar.add_with_pauses(from, amount, &pauses)?;
        Ok(AddAnswer {
            due: written(due, zone),
        })
    }
}

/// How much open time lies between two moments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BetweenQuestion<'a> {
    /// The beginning; without an offset it is meant in the calendar's zone.
    pub from: &'a str,
    /// The end; nothing lies between when it is not later.
    pub to: &'a str,
    /// Stretches that do not count, each `FROM/TO`.
    pub pauses: &'a [String],
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BetweenAnswer {
    /// Whole open minutes.
    pub minutes: i64,
    /// The same in whole seconds.
    pub seconds: i64,
}

impl BetweenQuestion<'_> {
    /// Asks a calendar.
    ///
    /// # Errors
    /// Names the text that is not understood.
    pub fn ask(&self, calendar: &Calendar) -> Result<BetweenAnswer, CalendarError> {
        let zone = calendar.zone();
        let (from, to) = (moment(self.from, zone)?, moment(self.to, zone)?);
        let pauses = read(self.pauses, calendar)?;
        let open = calendar.between_with_pauses(from, to, &pauses);
        Ok(BetweenAnswer {
            minutes: open.as_mins(),
            seconds: open.as_secs(),
        })
    }
}

fn read(pauses: &[String], calendar: &Calendar) -> Result<Pauses, CalendarError> {
    let zone = calendar.zone();
    let pauses = pauses.iter().map(|text| Pause::parse(text, zone));
    Ok(Pauses::new(pauses.collect::<Result<_, _>>()?))
}
