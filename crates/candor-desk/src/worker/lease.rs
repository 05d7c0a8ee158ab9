//! Keeping a job while it runs.
//!
//! Owns: how long a claim lasts and its renewal. Must not know: what the job does.
//!
//! A short claim that is renewed lets another process take over soon after a crash, and a long
//! mail session is not run twice.

use crate::cx::Desk;
use crate::error::DeskError;
use candor_domain::id::JobId;
use candor_store::Tx;
use std::future::Future;
use std::time::Duration;

/// How long a claim lasts without renewal.
pub(super) const LEASE: Duration = Duration::from_secs(30);
const RENEW_EVERY: Duration = Duration::from_secs(8);

/// Waits for the work and renews its claim meanwhile.
pub(super) async fn keeping<T>(desk: &Desk, job: JobId, work: impl Future<Output = T>) -> T {
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done,
            () = tokio::time::sleep(RENEW_EVERY) => renew(desk, job).await,
        }
    }
}

async fn renew(desk: &Desk, job: JobId) {
    let until = desk.now() + LEASE;
    let renewed: Result<(), DeskError> = desk
        .store()
        .write(move |tx: &mut Tx<'_>| Ok(tx.extend_job(job, until)?))
        .await;
    if let Err(error) = renewed {
        tracing::warn!(%error, job = job.0, "a running job could not be kept");
    }
}
