//! Jobs that gave up, as staff see them.
//!
//! Owns: the list, trying one again, and dropping one. Payloads are never shown: they are the
//! desk's own. Must not know: HTML.

use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::journal;
use candor_domain::id::JobId;
use candor_domain::permission::Permission;
use candor_domain::record::Recorded;
use candor_store::job::Job;
use candor_store::{Paged, Stretch, Tx};
use serde_json::json;

/// Jobs on one page of the list.
const PAGE: usize = 50;

/// Jobs that gave up, the newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct JobsThatGaveUp {
    /// Which stretch of the list.
    pub stretch: Stretch<JobId>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenUpJob {
    /// Which.
    pub id: JobId,
    /// What it was to do: `intake`, `send`, `release`.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it gave up.
    pub reason: String,
}

impl Query for JobsThatGaveUp {
    type Output = Paged<GivenUpJob, JobId>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageJobs)?;
        let read = |stretch, most| -> Result<Vec<GivenUpJob>, DeskError> {
            let jobs = tx.jobs_that_gave_up(stretch, most)?;
            Ok(jobs.into_iter().map(given_up).collect())
        };
        self.stretch.page(PAGE, |job| job.id, read)
    }
}

fn given_up(job: Job) -> GivenUpJob {
    GivenUpJob {
        id: job.id,
        kind: job.kind,
        attempts: job.attempts,
        reason: job.last_error.unwrap_or_default(),
    }
}

/// Lets a job that gave up start afresh.
pub struct ReviveJob {
    /// Which.
    pub job: JobId,
}

impl Verb for ReviveJob {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageJobs)?;
        if !tx.revive_job(self.job, cx.now())? {
            return Err(DeskError::NotFound("job"));
        }
        let event = json!({ "job": self.job });
        journal::record(tx, cx, "job.revived", event, &[&JobRecord(self.job)])
    }
}

/// Takes a job that gave up off the list for good.
pub struct DropJob {
    /// Which.
    pub job: JobId,
}

impl Verb for DropJob {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageJobs)?;
        if !tx.drop_job(self.job)? {
            return Err(DeskError::NotFound("job"));
        }
        let event = json!({ "job": self.job });
        journal::record(tx, cx, "job.dropped", event, &[&JobRecord(self.job)])
    }
}

/// A job as the history names it; its row itself is working state.
struct JobRecord(JobId);

impl Recorded for JobRecord {
    fn subject(&self) -> String {
        self.0.subject()
    }
    fn facts(&self) -> serde_json::Value {
        json!({})
    }
}
