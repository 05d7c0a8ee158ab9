//! Doing in the background what a transaction only promised.
//!
//! Owns: claiming jobs, running them side by side, trying again, giving up where a person sees it,
//! and tasks that come round by the clock. Must not know: what a job does.
//!
//! A job may run more than once (a lost lease, a crash after the work and before the commit), so
//! every handler looks first whether its work is done already.

mod handler;
mod house;
mod lease;
mod page;
mod run;
mod task;

pub use handler::{JobHandler, JobOutcome, JobRun, Running};
pub use house::house_worker;
pub use page::{DropJob, GivenUpJob, JobsThatGaveUp, ReviveJob};
pub use task::{Task, TaskRun};

use crate::cx::Desk;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Jobs that run side by side where nothing else is said.
const PARALLEL: usize = 12;

/// Runs jobs and tasks of one process.
pub struct Worker {
    desk: Desk,
    /// This process among all that work on the same database.
    holder: String,
    handlers: HashMap<&'static str, Arc<dyn JobHandler>>,
    tasks: Vec<Task>,
    parallel: usize,
    slow: Slow,
}

/// A kind of job that waits for others, such as a mail server: it never fills the whole house.
struct Slow {
    kind: &'static str,
    slots: Arc<Semaphore>,
}

impl Worker {
    /// A worker that knows no job yet.
    pub fn new(desk: Desk) -> Self {
        let holder = hex::encode(&desk.config().entropy.seed()[..8]);
        Self {
            desk,
            holder,
            handlers: HashMap::new(),
            tasks: Vec::new(),
            parallel: PARALLEL,
            slow: Slow {
                kind: "",
                slots: Arc::new(Semaphore::new(PARALLEL)),
            },
        }
    }

    /// Says who does the jobs of a kind.
    #[must_use]
    pub fn handle(mut self, kind: &'static str, handler: impl JobHandler) -> Self {
        self.handlers.insert(kind, Arc::new(handler));
        self
    }

    /// Adds something that comes round by the clock; one process does it at a time.
    #[must_use]
    pub fn task(mut self, task: Task) -> Self {
        self.tasks.push(task);
        self
    }

    /// Says which kind of job is slow, and how many of it may run side by side.
    #[must_use]
    pub fn slow(mut self, kind: &'static str, jobs: usize) -> Self {
        self.slow = Slow {
            kind,
            slots: Arc::new(Semaphore::new(jobs.max(1))),
        };
        self
    }

    /// How many jobs may run side by side.
    #[must_use]
    pub fn parallel(mut self, jobs: usize) -> Self {
        self.parallel = jobs.max(1);
        self
    }
}
