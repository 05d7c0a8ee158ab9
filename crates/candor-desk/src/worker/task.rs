//! Tasks that come round by the clock.
//!
//! Owns: how often a task runs, and that one process does it at a time. Must not know: what it does.

use super::handler::Running;
use crate::cx::Desk;
use crate::error::DeskError;
use candor_store::Tx;
use jiff::Timestamp;
use std::future::Future;
use std::time::Duration;

/// How a task's run ended; an error is logged, and the task comes round again.
pub type TaskRun = Result<(), DeskError>;

type TaskBody = Box<dyn Fn(Desk) -> Running<TaskRun> + Send + Sync>;

/// Something that comes round by the clock.
pub struct Task {
    pub(super) name: &'static str,
    pub(super) every: Duration,
    body: TaskBody,
}

impl Task {
    /// A task that runs at most once in `every`, over all processes together.
    pub fn new<Answer>(
        name: &'static str,
        every: Duration,
        body: impl Fn(Desk) -> Answer + Send + Sync + 'static,
    ) -> Self
    where
        Answer: Future<Output = TaskRun> + Send + 'static,
    {
        Self {
            name,
            every,
            body: Box::new(move |desk| Box::pin(body(desk))),
        }
    }

    /// Runs it, unless another process has it for this round.
    pub(super) async fn run(&self, desk: &Desk, holder: &str) -> TaskRun {
        let now = desk.now();
        if self.take_round(desk, holder, now).await? {
            (self.body)(desk.clone()).await?;
        }
        Ok(())
    }

    async fn take_round(
        &self,
        desk: &Desk,
        holder: &str,
        now: Timestamp,
    ) -> Result<bool, DeskError> {
        let (name, holder) = (format!("task:{}", self.name), holder.to_owned());
        let until = now + self.every;
        desk.store()
            .write(move |tx: &mut Tx<'_>| Ok(tx.take_lease(&name, &holder, now, until)?))
            .await
    }
}
