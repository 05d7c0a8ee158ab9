//! Waiting until the measured desk has nothing left to do.
//!
//! Owns: when a desk rests. A reply leaves ten seconds after it was written: without a pause that
//! work would count as the next row's. Must not know: what is measured.

use super::process::Served;
use anyhow::{Result, ensure};
use candor_desk::Desk;
use candor_store::Tx;
use jiff::{Timestamp, ToSpan};
use std::time::{Duration, Instant};

/// Work that is due within this time is waited for.
const SOON_SECONDS: i64 = 20;
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(500);
/// Processor time in one pause below which a desk rests.
const QUIET: Duration = Duration::from_millis(20);
/// A desk that works for longer has something wrong with it.
const LONGEST: Duration = Duration::from_mins(10);

/// Returns once no job is due and the process uses next to no processor time.
pub(crate) async fn rest(desk: &Desk, served: &Served) -> Result<()> {
    let started = Instant::now();
    loop {
        ensure!(
            started.elapsed() < LONGEST,
            "the desk does not come to rest"
        );
        let before = served.cpu()?;
        tokio::time::sleep(PAUSE).await;
        let quiet = served.cpu()?.saturating_sub(before) <= QUIET;
        let next = desk
            .store()
            .read(|tx: &mut Tx<'_>| tx.next_job_at())
            .await?;
        let soon = Timestamp::now() + SOON_SECONDS.seconds();
        if quiet && next.is_none_or(|at| at > soon) {
            return Ok(());
        }
    }
}
