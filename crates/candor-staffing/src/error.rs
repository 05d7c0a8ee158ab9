//! What a question to this crate can get wrong.
//!
//! Owns: the words of refusal. Must not know: who asked.

use crate::plan::Shortage;
use thiserror::Error;

/// Why there is no answer. Nothing here ever answers NaN or infinity.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum StaffingError {
    /// A value that the formula has no answer for.
    #[error("{name} is {value}, but {need}")]
    Invalid {
        /// The value's name as the caller wrote it.
        name: String,
        /// What stood there.
        value: String,
        /// What is allowed.
        need: String,
    },
    /// More work comes in than these people can do: the queue would grow without end.
    #[error(
        "unstable: an offered load of {load} erlangs is more than {servers} can carry; the least that is stable is {least}"
    )]
    Unstable {
        /// Offered load in erlangs.
        load: f64,
        /// The servers that were asked about.
        servers: u64,
        /// The fewest servers with which the queue does not grow for ever.
        least: u64,
    },
    /// A roster that cannot carry its tickets, in a sentence.
    #[error("{0}")]
    Overloaded(String),
    /// A roster whose needs cannot be met.
    #[error("this roster cannot be met: {0}")]
    CannotBeMet(Shortage),
    /// A roster whose limits leave no plan, whatever might be missed.
    #[error("the limits contradict each other")]
    Contradiction,
    /// The solver gave up.
    #[error(
        "no plan was found in {seconds} seconds ({reason}); plan fewer days, shifts or people at once"
    )]
    NoPlanInTime {
        /// How long it tried.
        seconds: f64,
        /// Its own words.
        reason: String,
    },
    /// More choices than the solver can weigh.
    #[error(
        "people x shifts x breaks x days of a week is {choices}, but it must be at most {most}; plan teams apart or give fewer breaks"
    )]
    TooManyChoices {
        /// How many there are.
        choices: usize,
        /// How many there may be.
        most: usize,
    },
    /// A file that cannot be read as what it should be.
    #[error("{0}")]
    Unreadable(String),
}

impl StaffingError {
    /// Names a value that cannot be used, and what could.
    pub fn invalid(
        name: impl Into<String>,
        value: impl core::fmt::Display,
        need: impl Into<String>,
    ) -> Self {
        Self::Invalid {
            name: name.into(),
            value: value.to_string(),
            need: need.into(),
        }
    }
}
