//! The worker of a running desk.
//!
//! Owns: the table of all jobs and tasks. Must not know: how any of them works.

use super::{JobOutcome, JobRun, Task, Worker};
use crate::auth::SweepLogins;
use crate::cx::Desk;
use crate::error::DeskError;
use crate::intake::{INTAKE_JOB, understand_job};
use crate::level::{LEVELS_JOB, LookAtClocks, MailWarnings, reconsider_job};
use crate::mail_watch::watch_mail;
use crate::once::ForgetAnswers;
use crate::outbox::{PostOffice, SEND_JOB};
use crate::queue::HandOut;
use crate::rating::ask_for_ratings;
use crate::seal::seal_new;
use crate::sending_domain::look_at_all;
use crate::staff_mail::{NOTICE_JOB, tell_held_back, tell_job};
use crate::ticket::{CloseDue, RELEASE_JOB, Release};
use crate::tone::{READ_JOB, read_job, read_waiting};
use candor_domain::actor::Actor;
use candor_domain::id::DraftId;
use candor_store::Tx;
use std::sync::Arc;
use std::time::Duration;

const SEAL_EVERY: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_secs(15);
const MINUTE: Duration = Duration::from_mins(1);
const FIVE_MINUTES: Duration = Duration::from_mins(5);
const HOUR: Duration = Duration::from_hours(1);

/// A worker that knows every job and every task of the desk.
pub fn house_worker(desk: Desk, post_office: PostOffice) -> Worker {
    let postmaster = Arc::clone(&post_office.postmaster);
    let office = post_office.clone();
    Worker::new(desk)
        .handle(INTAKE_JOB, move |desk, job| {
            understand_job(desk, job, Arc::clone(&postmaster))
        })
        .handle(SEND_JOB, post_office)
        // A mail server that hangs must not keep the desk from understanding what comes in.
        .slow(SEND_JOB, 6)
        .handle(RELEASE_JOB, release_job)
        .handle(LEVELS_JOB, reconsider_job)
        .handle(READ_JOB, read_job)
        .handle(NOTICE_JOB, tell_job)
        .task(Task::new("seal", SEAL_EVERY, async |desk: Desk| {
            seal_new(&desk).await.map(|_| ())
        }))
        .task(Task::new("close", MINUTE, close_solved))
        .task(Task::new("clocks", LOOK_EVERY, look_at_clocks))
        .task(Task::new("mail-warnings", MINUTE, async |desk: Desk| {
            desk.run(&Actor::System, MailWarnings).await.map(|_| ())
        }))
        .task(Task::new("hand-out", LOOK_EVERY, hand_out))
        .task(Task::new("ask-for-ratings", MINUTE, async |desk: Desk| {
            ask_for_ratings(&desk).await
        }))
        .task(Task::new("staff-notices", MINUTE, async |desk: Desk| {
            tell_held_back(&desk).await
        }))
        .task(Task::new("watch-mail", FIVE_MINUTES, async |desk: Desk| {
            watch_mail(&desk).await
        }))
        .task(Task::new("fold-counts", MINUTE, fold_counts))
        .task(Task::new("forget-presence", MINUTE, forget_presence))
        .task(Task::new("forget-logins", HOUR, async |desk: Desk| {
            desk.run(&Actor::System, SweepLogins).await
        }))
        // After a change of version, whatever an older model read.
        .task(Task::new("read-again", HOUR, async |desk: Desk| {
            read_waiting(&desk).await
        }))
        .task(Task::new("sweep-blobs", HOUR, sweep_blobs))
        .task(Task::new("look-at-domains", HOUR, move |desk: Desk| {
            let office = office.clone();
            async move { look_at_all(&desk, &office).await }
        }))
        .task(Task::new("forget-answers", HOUR, async |desk: Desk| {
            desk.run(&Actor::System, ForgetAnswers).await
        }))
}

/// The job that lets a reply out whose time to think again is over.
async fn release_job(desk: Desk, job: JobRun) -> JobOutcome {
    let Ok(draft) = job.payload.parse::<DraftId>() else {
        return JobOutcome::GiveUp("the job names no draft".to_owned());
    };
    match desk.run(&Actor::System, Release { draft }).await {
        Ok(_) => JobOutcome::Done,
        Err(error) => job.after_error(&error),
    }
}

async fn close_solved(desk: Desk) -> Result<(), DeskError> {
    while desk.run(&Actor::System, CloseDue).await? > 0 {}
    Ok(())
}

/// Notes the promises that reached a warning or their end.
async fn look_at_clocks(desk: Desk) -> Result<(), DeskError> {
    while desk.run(&Actor::System, LookAtClocks).await? > 0 {}
    Ok(())
}

/// Gives open tickets to people who are there, where the desk hands out.
async fn hand_out(desk: Desk) -> Result<(), DeskError> {
    while desk.run(&Actor::System, HandOut).await? > 0 {}
    Ok(())
}

/// Sums of counters and marks of presence are working state: nothing in them is told.
async fn fold_counts(desk: Desk) -> Result<(), DeskError> {
    desk.store()
        .write(|tx: &mut Tx<'_>| Ok(tx.fold_counts().map(|_| ())?))
        .await
}

async fn forget_presence(desk: Desk) -> Result<(), DeskError> {
    let now = desk.now();
    desk.store()
        .write(move |tx: &mut Tx<'_>| Ok(tx.drop_old_presence(now).map(|_| ())?))
        .await
}

async fn sweep_blobs(desk: Desk) -> Result<(), DeskError> {
    let now = desk.now();
    desk.store().blobs().sweep(desk.store(), now).await?;
    Ok(())
}
