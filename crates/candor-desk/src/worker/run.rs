//! The loop: claim, run, note how it ended.
//!
//! Owns: waking up, bounded parallelism, panics. Must not know: any kind of job.

use super::Worker;
use super::handler::{JobOutcome, JobRun};
use super::lease::{LEASE, keeping};
use crate::cx::Desk;
use crate::error::DeskError;
use candor_store::Tx;
use candor_store::job::Job;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// The longest sleep: jobs of other processes are seen at the latest then.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);
/// Runs after which a job gives up where its handler did not decide.
const MOST_ATTEMPTS: i64 = 10;
/// Rounds of [`Worker::run_due`] after which a test has jobs that beget jobs without end. A desk with
/// 10,000 tickets has some ten thousand due at once.
const MOST_ROUNDS: usize = 100_000;

impl Worker {
    /// Works until the token says stop; then finishes what runs.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let clock = tokio::spawn(Arc::clone(&self).come_round(stop.clone()));
        let slots = Arc::new(Semaphore::new(self.parallel));
        let mut wake = self.desk.store().job_wake();
        let mut running = JoinSet::new();
        while !stop.is_cancelled() {
            let claimed = self.claim(slots.available_permits()).await;
            let pause = match &claimed {
                Ok(jobs) if !jobs.is_empty() => Duration::ZERO,
                Ok(_) => self.until_next().await,
                Err(error) => {
                    tracing::warn!(%error, "no jobs can be claimed at the moment");
                    LONGEST_SLEEP
                }
            };
            for job in claimed.unwrap_or_default() {
                let slot = Arc::clone(&slots).try_acquire_owned();
                let place_among_slow = (job.kind == self.slow.kind)
                    .then(|| Arc::clone(&self.slow.slots).try_acquire_owned());
                let worker = Arc::clone(&self);
                running.spawn(async move {
                    worker.work(job).await;
                    drop((slot, place_among_slow));
                });
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = wait_for_work(&slots, &mut wake, pause) => {}
            }
            while running.try_join_next().is_some() {}
        }
        while running.join_next().await.is_some() {}
        if let Err(error) = clock.await {
            tracing::error!(%error, "the clock of the tasks stopped");
        }
    }

    /// Runs every job that is due by the desk's clock, one after the other, and what they enqueue.
    /// Returns how many ran. For tests.
    pub async fn run_due(&self) -> Result<usize, DeskError> {
        let mut ran = 0;
        for _ in 0..MOST_ROUNDS {
            let jobs = self.claim(1).await?;
            if jobs.is_empty() {
                return Ok(ran);
            }
            for job in jobs {
                self.work(job).await;
                ran += 1;
            }
        }
        Err(DeskError::Internal(
            "jobs enqueue jobs without end".to_owned(),
        ))
    }

    /// Runs each task once, whatever the time. For tests and for commands that end.
    pub async fn run_tasks(&self) -> Result<(), DeskError> {
        for task in &self.tasks {
            task.run(&self.desk, &self.holder).await?;
        }
        Ok(())
    }

    async fn come_round(self: Arc<Self>, stop: CancellationToken) {
        let mut tasks = JoinSet::new();
        for at in 0..self.tasks.len() {
            let (worker, stop) = (Arc::clone(&self), stop.clone());
            tasks.spawn(async move {
                while !stop.is_cancelled() {
                    worker.run_task(at).await;
                    tokio::select! {
                        () = stop.cancelled() => {}
                        () = tokio::time::sleep(worker.tasks[at].every) => {}
                    }
                }
            });
        }
        while tasks.join_next().await.is_some() {}
    }

    async fn run_task(self: &Arc<Self>, at: usize) {
        let worker = Arc::clone(self);
        let name = self.tasks[at].name;
        let run = async move { worker.tasks[at].run(&worker.desk, &worker.holder).await };
        match tokio::spawn(run).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(task = name, %error, "a task did not work"),
            Err(error) => tracing::error!(task = name, %error, "a task broke"),
        }
    }

    async fn claim(&self, free: usize) -> Result<Vec<Job>, DeskError> {
        let (now, except) = (self.desk.now(), self.except());
        // Never more than the slow ones among them could run.
        let limit = match self.slow.slots.available_permits() {
            0 => free,
            slow => free.min(slow),
        };
        // Most wake-ups find nothing: looking is cheaper than a transaction of the one writer.
        if limit == 0 || self.next_job_at().await?.is_none_or(|at| at > now) {
            return Ok(Vec::new());
        }
        let (lease, limit) = (LEASE.as_micros() as i64, limit as i64);
        self.desk
            .store()
            .write(move |tx: &mut Tx<'_>| Ok(tx.claim_jobs_except(except, now, lease, limit)?))
            .await
    }

    /// The kind of which enough run at the moment; no job has the empty kind.
    fn except(&self) -> &'static str {
        if self.slow.slots.available_permits() == 0 {
            self.slow.kind
        } else {
            ""
        }
    }

    async fn next_job_at(&self) -> Result<Option<Timestamp>, DeskError> {
        let except = self.except();
        self.desk
            .store()
            .read(move |tx: &mut Tx<'_>| Ok(tx.next_job_at_except(except)?))
            .await
    }

    async fn until_next(&self) -> Duration {
        let Ok(Some(at)) = self.next_job_at().await else {
            return LONGEST_SLEEP;
        };
        let pause = at.duration_since(self.desk.now());
        Duration::try_from(pause)
            .unwrap_or_default()
            .min(LONGEST_SLEEP)
    }

    async fn work(&self, job: Job) {
        let outcome = keeping(&self.desk, job.id, self.outcome_of(&job)).await;
        if let JobOutcome::GiveUp(reason) = &outcome {
            tracing::error!(job = job.id.0, kind = job.kind, reason, "a job gave up");
        }
        if let Err(error) = note(&self.desk, &job, outcome).await {
            // The claim runs out and the job comes again.
            tracing::warn!(job = job.id.0, kind = job.kind, %error, "a job's end was not noted");
        }
    }

    async fn outcome_of(&self, job: &Job) -> JobOutcome {
        let Some(handler) = self.handlers.get(job.kind.as_str()) else {
            return JobOutcome::GiveUp(format!("nobody here does jobs of the kind {}", job.kind));
        };
        let run = JobRun {
            payload: job.payload.clone(),
            attempt: job.attempts,
        };
        // A task of its own, so that a panic ends this job and nothing else.
        let handler = Arc::clone(handler);
        let (desk, given) = (self.desk.clone(), run.clone());
        let outcome = match tokio::spawn(async move { handler.run(desk, given).await }).await {
            Ok(outcome) => outcome,
            Err(error) => run.again(format!("the job broke: {error}")),
        };
        match outcome {
            JobOutcome::Retry { reason, .. }
                if run.attempt >= MOST_ATTEMPTS && !handler_decides(&job.kind) =>
            {
                JobOutcome::GiveUp(reason)
            }
            other => other,
        }
    }
}

/// Mail is never given up by counting: its handlers know when it is enough.
fn handler_decides(kind: &str) -> bool {
    [crate::intake::INTAKE_JOB, crate::outbox::SEND_JOB].contains(&kind)
}

async fn wait_for_work(
    slots: &Semaphore,
    wake: &mut tokio::sync::watch::Receiver<u64>,
    pause: Duration,
) {
    if slots.available_permits() == 0 {
        // Nothing can start before something ends.
        drop(slots.acquire().await);
        return;
    }
    tokio::select! {
        _ = wake.changed() => {}
        () = tokio::time::sleep(pause) => {}
    }
}

async fn note(desk: &Desk, job: &Job, outcome: JobOutcome) -> Result<(), DeskError> {
    let (id, now) = (job.id, desk.now());
    desk.store()
        .write(move |tx: &mut Tx<'_>| {
            match &outcome {
                JobOutcome::Done => tx.finish_job(id)?,
                JobOutcome::Retry { after, reason } => tx.retry_job(id, now + *after, reason)?,
                JobOutcome::GiveUp(reason) => tx.give_up_job(id, reason)?,
            }
            Ok(())
        })
        .await
}
