//! The store: the one way to a transaction.
//!
//! Owns: choosing the engine, handing out transactions, and telling what was committed. Must not
//! know: tables, verbs.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};

use crate::blob::Blobs;
use crate::config::{DatabaseUrl, StoreConfig, StoreKeys};
use crate::error::{StoreError, StoreFailure};
use crate::meter::Meter;
use crate::postgres::Postgres;
use crate::sql::Engine;
use crate::sqlite::Sqlite;
use crate::tx::{Effects, Tx};

/// An open database. Clones share it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    backend: Backend,
    shared: Arc<Shared>,
    blobs: Blobs,
    config: StoreConfig,
}

enum Backend {
    Sqlite(Arc<Sqlite>),
    Postgres(Arc<Postgres>),
}

/// What transactions and background tasks of one store have in common.
pub(crate) struct Shared {
    pub(crate) keys: StoreKeys,
    pub(crate) positions: watch::Sender<i64>,
    pub(crate) jobs: watch::Sender<u64>,
    pub(crate) meter: Meter,
    /// An entry was committed that has no position yet.
    pub(crate) appended: Notify,
}

impl Shared {
    pub(crate) fn new(keys: StoreKeys) -> Self {
        Self {
            keys,
            positions: watch::Sender::new(0),
            jobs: watch::Sender::new(0),
            meter: Meter::default(),
            appended: Notify::new(),
        }
    }

    /// Tells the waiting parts about a commit.
    pub(crate) fn committed(&self, effects: Effects) {
        self.positions.send_if_modified(|position| {
            let moved = effects.position > *position;
            *position = effects.position.max(*position);
            moved
        });
        if effects.appended {
            self.appended.notify_one();
        }
        if effects.enqueued {
            self.jobs
                .send_modify(|count| *count = count.wrapping_add(1));
        }
    }
}

/// Figures for an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreFigures {
    /// Writes that wait at the moment.
    pub waiting_writes: usize,
    /// The most verbs that ever shared a commit (1 on PostgreSQL).
    pub largest_batch: usize,
    /// Statements that ran; the sequencer's are not counted.
    pub statements: u64,
    /// Time spent in them, commits and reading their rows among it.
    pub statement_time: Duration,
    /// Times that the closure of a write ran.
    pub verbs: u64,
    /// Time spent in those closures, their statements among it, without the commit.
    pub verb_time: Duration,
}

impl Store {
    /// Opens the database. It does not migrate: call [`Store::migrate`] next.
    pub async fn open(config: StoreConfig) -> Result<Self, StoreError> {
        crate::private::create_folder(&config.data_dir)?;
        let shared = Arc::new(Shared::new(config.keys.clone()));
        let backend = match &config.database {
            DatabaseUrl::Sqlite(path) => {
                Backend::Sqlite(Arc::new(Sqlite::open(path, &config, &shared)?))
            }
            DatabaseUrl::Postgres(url) => {
                Backend::Postgres(Arc::new(Postgres::open(url, &config, &shared).await?))
            }
        };
        let blobs = match &backend {
            Backend::Sqlite(sqlite) => Blobs::with_sqlite(&config.data_dir, Arc::clone(sqlite))?,
            Backend::Postgres(postgres) => {
                Blobs::with_postgres(&config.data_dir, Arc::clone(postgres), config.shared_blobs)?
            }
        };
        let inner = Inner {
            backend,
            shared,
            blobs,
            config,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Brings the schema to this version's. A SQLite file that holds anything is copied first.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => crate::migrate::sqlite(&sqlite.path).await,
            Backend::Postgres(postgres) => crate::migrate::postgres(postgres).await,
        }
    }

    /// Which engine runs underneath.
    pub fn engine(&self) -> Engine {
        match self.inner.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a closure in one transaction. It may run more than once, so it borrows what it needs
    /// and draws no time and no randomness; its result leaves only after the commit. Dropping the
    /// future does not undo a closure that is already queued.
    pub async fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + StoreFailure + Send + 'static,
    {
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => sqlite.writer.write(closure).await,
            Backend::Postgres(postgres) => postgres.write(closure).await,
        }
    }

    /// Notes working state: like [`Store::write`], but nobody waits for the disk. Whoever reads next
    /// sees it, and a process that dies loses nothing; when the machine loses its power, what was
    /// noted in the last moment is gone.
    pub async fn note<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + StoreFailure + Send + 'static,
    {
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => sqlite.writer.note(closure).await,
            Backend::Postgres(postgres) => postgres.note(closure).await,
        }
    }

    /// Runs a closure on one snapshot that it cannot change.
    pub async fn read<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => sqlite.readers.read(closure).await,
            Backend::Postgres(postgres) => postgres.read(closure).await,
        }
    }

    /// Reads a row or two by their keys. On SQLite that takes less than waking another thread, so
    /// it happens on this one.
    pub async fn look_up<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => sqlite.readers.read_here(closure).await,
            Backend::Postgres(postgres) => postgres.read(closure).await,
        }
    }

    /// The last position. It moves when this or another process or node commits an entry.
    pub fn positions(&self) -> watch::Receiver<i64> {
        self.inner.shared.positions.subscribe()
    }

    /// Changes after a commit that enqueued jobs: a hint, beside [`Tx::next_job_at`]. A receiver
    /// that was busy meanwhile still sees the change.
    pub fn job_wake(&self) -> watch::Receiver<u64> {
        self.inner.shared.jobs.subscribe()
    }

    /// Lets this process give positions. SQLite's writer does so anyway; on PostgreSQL one of the
    /// processes that called this holds the lease and works.
    pub fn start_sequencer(&self) {
        if let Backend::Postgres(postgres) = &self.inner.backend {
            postgres.start_sequencer();
        }
    }

    /// Where bytes are kept.
    pub fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// The settings it was opened with.
    pub fn config(&self) -> &StoreConfig {
        &self.inner.config
    }

    /// Figures for an operator.
    pub fn figures(&self) -> StoreFigures {
        let (waiting_writes, largest_batch) = match &self.inner.backend {
            Backend::Sqlite(sqlite) => (sqlite.writer.waiting(), sqlite.writer.largest_batch()),
            Backend::Postgres(postgres) => (postgres.waiting(), 1),
        };
        let (statements, statement_time) = self.inner.shared.meter.statements();
        let (verbs, verb_time) = self.inner.shared.meter.verbs();
        StoreFigures {
            waiting_writes,
            largest_batch,
            statements,
            statement_time,
            verbs,
            verb_time,
        }
    }
}
