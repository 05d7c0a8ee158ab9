//! The seam between the worker and whoever does a job.
//!
//! Owns: what a handler is told and what it may answer. Must not know: any kind of job.

use crate::cx::Desk;
use crate::error::DeskError;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// A future as a value, so that handlers of all kinds stand in one table.
pub type Running<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// One run of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRun {
    /// What the job was given.
    pub payload: String,
    /// Which run this is, counted from 1; runs that a crash ended count too.
    pub attempt: i64,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobOutcome {
    /// It is done; the job goes away.
    Done,
    /// It did not work and is tried again.
    Retry {
        /// How long to wait.
        after: Duration,
        /// Why, for whoever looks at it.
        reason: String,
    },
    /// No later run would help; a person has to look.
    GiveUp(String),
}

/// Does the jobs of one kind.
pub trait JobHandler: Send + Sync + 'static {
    /// Runs one. A panic counts as a run that did not work.
    fn run(&self, desk: Desk, job: JobRun) -> Running<JobOutcome>;
}

impl<F, Answer> JobHandler for F
where
    F: Fn(Desk, JobRun) -> Answer + Send + Sync + 'static,
    Answer: Future<Output = JobOutcome> + Send + 'static,
{
    fn run(&self, desk: Desk, job: JobRun) -> Running<JobOutcome> {
        Box::pin(self(desk, job))
    }
}

/// The longest pause between two runs of a job that fails.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

impl JobRun {
    /// How long to wait before the next run: a second, doubled with each run, at most an hour.
    pub fn pause(&self) -> Duration {
        let doublings = u32::try_from(self.attempt.clamp(1, 13) - 1).unwrap_or_default();
        Duration::from_secs(1 << doublings).min(LONGEST_PAUSE)
    }

    /// Another run after a pause.
    pub fn again(&self, reason: impl Into<String>) -> JobOutcome {
        JobOutcome::Retry {
            after: self.pause(),
            reason: reason.into(),
        }
    }

    /// What a refused verb means for the job: a busy or missing database passes, anything else
    /// would happen again.
    pub fn after_error(&self, error: &DeskError) -> JobOutcome {
        match error {
            DeskError::Unavailable(_) | DeskError::SlowDown { .. } => self.again(error.to_string()),
            _ => JobOutcome::GiveUp(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        let seconds = |attempt| {
            JobRun {
                payload: String::new(),
                attempt,
            }
            .pause()
            .as_secs()
        };
        assert_eq!(
            [1, 2, 3, 12, 13, 1_000].map(seconds),
            [1, 2, 4, 2_048, 3_600, 3_600]
        );
    }
}
