//! A connection to PostgreSQL that is driven by whoever uses it.
//!
//! Owns: a connection, the runtime of one thread that drives it, and the pool of them. Must not
//! know: transactions.
//!
//! The usual way is a task that drives each connection beside the work of all others. A verb sends
//! some thirty statements one after the other, and waking that task and being woken by it cost more
//! than most of them; so the thread that waits for an answer reads it itself.

use std::io;
use std::time::Duration;

use deadpool::Runtime as PoolRuntime;
use deadpool::managed::{self, Metrics, PoolError, RecycleResult, TimeoutType};
use deadpool_postgres::ClientWrapper;
use tokio::runtime::{Builder, Runtime};

use super::address::Address;
use crate::config::StoreConfig;
use crate::error::{ErrorKind, StoreError};

/// A server that does not answer for this long is not there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A scan of a whole table marks all of it as read, and every other write to it then counts as a
/// conflict. The planner likes such scans while tables are small, and keeps its plans.
/// Planning a statement again for each of its values, compiling it for the processor and starting
/// other processes to share it cost more than any statement of the desk gains by it: each has its
/// index. The search is the exception, and says so itself.
const ON_CONNECT: &str = "set enable_seqscan = off; set plan_cache_mode = force_generic_plan; \
    set jit = off; set max_parallel_workers_per_gather = 0";

pub(super) type Pool = managed::Pool<Seats>;
pub(super) type Object = managed::Object<Seats>;

/// Makes seats for connections to one database.
pub(super) struct Seats {
    pub(super) address: Address,
}

impl managed::Manager for Seats {
    type Type = Seat;
    type Error = io::Error;

    async fn create(&self) -> Result<Seat, io::Error> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(Seat {
            runtime: Some(runtime),
            client: None,
        })
    }

    /// A dead connection is noticed by its first statement.
    async fn recycle(&self, _: &mut Seat, _: &Metrics) -> RecycleResult<io::Error> {
        Ok(())
    }
}

/// Room for one connection. Everything here waits, so it belongs on a thread that may.
pub(super) struct Seat {
    /// Always there, until it is dropped.
    runtime: Option<Runtime>,
    client: Option<ClientWrapper>,
}

impl Seat {
    /// Connects, if it is not connected yet.
    pub(super) fn connect(&mut self, address: &Address) -> Result<(), StoreError> {
        if self.client.is_none() {
            self.client = Some(self.runtime().block_on(connect(address))?);
        }
        Ok(())
    }

    /// Drives the connection until the work is done.
    ///
    /// # Panics
    /// Before it is connected.
    pub(super) fn run<T>(&self, work: impl AsyncFnOnce(&ClientWrapper) -> T) -> T {
        let client = self.client.as_ref().expect("a session connects first");
        self.runtime().block_on(work(client))
    }

    fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("taken only when dropped")
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.client = None;
        // A runtime that waited for its tasks could not be dropped by a task of another.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Connects. The connection is driven by the runtime that this is called in.
pub(super) async fn connect(address: &Address) -> Result<ClientWrapper, StoreError> {
    let unreachable = |error| StoreError {
        // Whatever a server says instead of a connection: it is not there for us now.
        kind: ErrorKind::Unavailable,
        ..StoreError::postgres("connect", error)
    };
    let connecting = address.config.connect(address.tls.clone());
    let Ok(connected) = tokio::time::timeout(CONNECT_TIMEOUT, connecting).await else {
        let words = "the server does not answer";
        return Err(StoreError::because(
            "connect",
            ErrorKind::Unavailable,
            words,
        ));
    };
    let (client, connection) = connected.map_err(unreachable)?;
    let driven = tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection to the database ended");
        }
    });
    client
        .batch_execute(ON_CONNECT)
        .await
        .map_err(unreachable)?;
    Ok(ClientWrapper::new(client, driven))
}

/// Makes the pool; nothing is connected yet.
pub(super) fn pool(address: Address, config: &StoreConfig) -> Result<Pool, StoreError> {
    Pool::builder(Seats { address })
        .max_size(config.connections.max(1))
        .wait_timeout(Some(config.queue_wait))
        .runtime(PoolRuntime::Tokio1)
        .build()
        .map_err(|error| StoreError::with("make a pool", ErrorKind::Broken, error))
}

/// A seat of the pool, connected or not.
pub(super) async fn seat(pool: &Pool) -> Result<Object, StoreError> {
    pool.get().await.map_err(|error| match error {
        PoolError::Timeout(TimeoutType::Wait) => {
            StoreError::with("wait for a connection", ErrorKind::Busy, error)
        }
        error => StoreError::with("make room for a connection", ErrorKind::Unavailable, error),
    })
}
