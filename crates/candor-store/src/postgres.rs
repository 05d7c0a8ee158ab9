//! The PostgreSQL engine: a pool of connections, serializable transactions, one place to retry.
//!
//! Owns: the retry, the hand-over to threads that may block. Must not know: tables.

mod address;
mod follower;
mod late;
mod parameter;
mod seat;
mod session;

use std::sync::Arc;
use std::time::{Duration, Instant};

use deadpool_postgres::ClientWrapper;
use tokio::runtime::Handle;
use tokio::sync::RwLock;
use tokio_postgres::Client;

use crate::config::StoreConfig;
use crate::error::StoreError;
use crate::store::Shared;
use crate::thread::on_thread;
use crate::tx::{Tx, guarded};

use address::Address;
use follower::Follower;
use seat::{Pool, connect, pool};
pub(crate) use session::PostgresSession;

/// Tries of one transaction before its caller is told that the database is busy.
const MOST_TRIES: u32 = 12;
const BEGIN_WRITE: &str = "begin isolation level serializable";
// Nobody waits for the disk; the order of commits stays.
const BEGIN_NOTE: &str = "begin isolation level serializable; set local synchronous_commit = off";
const BEGIN_READ: &str = "begin isolation level repeatable read, read only";
/// For single statements that need no other isolation, such as the sequencer's.
const BEGIN_PLAIN: &str = "begin isolation level read committed";

/// A reachable PostgreSQL database.
pub(crate) struct Postgres {
    pool: Pool,
    shared: Arc<Shared>,
    follower: Follower,
    /// Shared by the first tries of verbs; held alone by later ones.
    turns: RwLock<()>,
}

impl Postgres {
    pub(crate) async fn open(
        url: &str,
        config: &StoreConfig,
        shared: &Arc<Shared>,
    ) -> Result<Self, StoreError> {
        let address = Address::parse(url)?;
        // A wrong address is told now and not to the first visitor.
        let client = connect(&address).await?;
        let position = last_position(&client)
            .await
            .map_err(|error| StoreError::postgres("read the last position", error))?;
        shared.positions.send_replace(position);
        Ok(Self {
            shared: Arc::clone(shared),
            follower: Follower::start(address.clone(), Arc::clone(shared)),
            pool: pool(address, config)?,
            turns: RwLock::new(()),
        })
    }

    pub(crate) fn start_sequencer(&self) {
        self.follower.start_sequencer();
    }

    /// Transactions that wait for a connection.
    pub(crate) fn waiting(&self) -> usize {
        self.pool.status().waiting
    }

    /// A plain connection, for work that is no verb.
    pub(crate) async fn client(&self) -> Result<ClientWrapper, StoreError> {
        connect(&self.pool.manager().address).await
    }

    fn session(&self, handle: &Handle, begin: &'static str) -> PostgresSession {
        PostgresSession::new(handle, &self.pool, begin)
    }

    pub(crate) async fn write<T, E, F>(self: &Arc<Self>, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.on_thread(move |postgres, handle| postgres.tries(BEGIN_WRITE, handle, &closure))
            .await
    }

    /// A write of working state.
    pub(crate) async fn note<T, E, F>(self: &Arc<Self>, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.on_thread(move |postgres, handle| postgres.tries(BEGIN_NOTE, handle, &closure))
            .await
    }

    /// A write that sees each statement's own moment. For statements that cannot disturb others.
    pub(crate) async fn write_plain<T, F>(self: &Arc<Self>, closure: F) -> Result<T, StoreError>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.on_thread(move |postgres, handle| postgres.tries(BEGIN_PLAIN, handle, &closure))
            .await
    }

    pub(crate) async fn read<T, E, F>(self: &Arc<Self>, closure: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.on_thread(move |postgres, handle| {
            let session = postgres.session(handle, BEGIN_READ);
            let result = guarded(closure, &mut Tx::postgres(&session, &postgres.shared));
            session.leave();
            result
        })
        .await
    }

    async fn on_thread<T, E, F>(self: &Arc<Self>, work: F) -> Result<T, E>
    where
        F: FnOnce(&Self, &Handle) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let postgres = Arc::clone(self);
        let handle = Handle::current();
        on_thread("run a closure", move || work(&postgres, &handle)).await?
    }

    /// Runs the closure until its transaction commits or fails for a reason that another try does
    /// not cure.
    fn tries<T, E, F>(&self, begin: &'static str, handle: &Handle, closure: &F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E>,
        E: From<StoreError>,
    {
        let mut tried = 0;
        loop {
            tried += 1;
            match self.in_turn(begin, tried, || self.try_once(begin, handle, closure))? {
                Ok(value) => return Ok(value),
                Err(error) if tried >= MOST_TRIES => return Err(error),
                Err(_) => handle.block_on(tokio::time::sleep(pause(tried))),
            }
        }
    }

    /// A first try goes beside others, a later one alone: those that met would otherwise meet each
    /// other again, as new rows are added in the same few pages. Other processes may still be met.
    fn in_turn<T>(&self, begin: &'static str, tried: u32, work: impl FnOnce() -> T) -> T {
        if begin == BEGIN_PLAIN {
            return work();
        }
        if tried == 1 {
            let _beside = self.turns.blocking_read();
            return work();
        }
        let _alone = self.turns.blocking_write();
        work()
    }

    /// The outer result is final; an inner error asks for another try.
    fn try_once<T, E, F>(
        &self,
        begin: &'static str,
        handle: &Handle,
        closure: &F,
    ) -> Result<Result<T, E>, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E>,
        E: From<StoreError>,
    {
        let session = self.session(handle, begin);
        let mut tx = Tx::postgres(&session, &self.shared);
        let of_a_verb = begin != BEGIN_PLAIN;
        if !of_a_verb {
            tx = tx.uncounted();
        }
        let started = Instant::now();
        let done = guarded(closure, &mut tx);
        if of_a_verb {
            self.shared.meter.verb(started);
        }
        match done {
            Ok(value) => {
                let effects = tx.effects;
                let started = Instant::now();
                let committed = session.commit();
                if of_a_verb {
                    self.shared.meter.statement(started);
                }
                match committed {
                    Ok(()) => {
                        self.shared.committed(effects);
                        Ok(Ok(value))
                    }
                    Err(error) if error.retry => Ok(Err(error.into())),
                    Err(error) => Err(error.into()),
                }
            }
            Err(error) => {
                let again = tx.wants_retry();
                session.leave();
                if again { Ok(Err(error)) } else { Err(error) }
            }
        }
    }
}

/// The last position, or 0 before the journal exists.
async fn last_position(client: &Client) -> Result<i64, tokio_postgres::Error> {
    let journal = "select to_regclass('journal') is not null";
    if !client.query_one(journal, &[]).await?.get::<_, bool>(0) {
        return Ok(0);
    }
    let last = "select coalesce(max(position), 0) from journal";
    Ok(client.query_one(last, &[]).await?.get(0))
}

/// Grows with each try, with a random share so that two that met do not meet again.
fn pause(tried: u32) -> Duration {
    let mut random = [0; 2];
    // Without randomness the pause is merely less well spread.
    getrandom::fill(&mut random).unwrap_or_default();
    let ceiling = 1_000u64 << tried.min(7);
    Duration::from_micros(500 + u64::from(u16::from_be_bytes(random)) * ceiling / 65_536)
}
