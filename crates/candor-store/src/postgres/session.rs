//! One transaction on one connection, driven from a thread that may block.
//!
//! Owns: taking a connection that lives, begin, statements, commit and rollback. Must not know:
//! retries, tables.

use std::cell::{OnceCell, RefCell};

use deadpool_postgres::ClientWrapper;
use futures_util::TryStreamExt as _;
use futures_util::future::{join, try_join_all};
use tokio::runtime::Handle;
use tokio_postgres::Error;

use super::late::{Late, send_late};
use super::parameter::Parameter;
use super::seat::{Object, Pool, seat};
use crate::error::{ErrorKind, StoreError};
use crate::row::Row;
use crate::sql::for_postgres;
use crate::value::Value;

/// Statements that travel together at most.
const MOST_LATE: usize = 24;

/// One transaction on one connection. The connection is taken for the first statement, with which
/// `begin` travels.
pub(crate) struct PostgresSession {
    handle: Handle,
    pool: Pool,
    begin: &'static str,
    seat: OnceCell<Object>,
    /// Sent with the next statement that somebody waits for.
    late: RefCell<Vec<Late>>,
}

impl PostgresSession {
    pub(super) fn new(handle: &Handle, pool: &Pool, begin: &'static str) -> Self {
        Self {
            handle: handle.clone(),
            pool: pool.clone(),
            begin,
            seat: OnceCell::new(),
            late: RefCell::default(),
        }
    }

    pub(crate) fn query<T>(
        &self,
        op: &'static str,
        text: &str,
        params: &[Value],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.rows(op, text, params)?;
        rows.iter()
            .map(|row| map(&Row::postgres(op, row)))
            .collect()
    }

    /// Apart from reading the rows, which is another function for each statement: the runtime would
    /// be compiled with each of them.
    fn rows(
        &self,
        op: &'static str,
        text: &str,
        params: &[Value],
    ) -> Result<Vec<tokio_postgres::Row>, StoreError> {
        let text = for_postgres(text, params);
        self.on_connection(op, async |client| rows_of(client, &text, params).await)
    }

    /// Sends all statements before it waits for an answer.
    pub(crate) fn query_together(
        &self,
        op: &'static str,
        wanted: &[(&'static str, Vec<Value>)],
    ) -> Result<Vec<Vec<tokio_postgres::Row>>, StoreError> {
        self.on_connection(op, async |client| {
            let each = wanted.iter().map(async |(text, params)| {
                rows_of(client, &for_postgres(text, params), params).await
            });
            try_join_all(each).await
        })
    }

    pub(crate) fn execute(
        &self,
        op: &'static str,
        text: &str,
        params: &[Value],
    ) -> Result<u64, StoreError> {
        let text = for_postgres(text, params);
        self.on_connection(op, async |client| {
            let prepared = client.prepare_cached(&text).await?;
            client
                .execute_raw(&prepared, params.iter().map(Parameter))
                .await
        })
    }

    /// Runs a statement whose count nobody needs: it travels with the next one.
    pub(crate) fn put(
        &self,
        op: &'static str,
        text: &str,
        params: &[Value],
    ) -> Result<(), StoreError> {
        if self.seat.get().is_none() {
            return self.execute(op, text, params).map(|_| ());
        }
        self.late.borrow_mut().push(Late {
            op,
            text: for_postgres(text, params),
            params: params.to_vec(),
        });
        if self.late.borrow().len() < MOST_LATE {
            return Ok(());
        }
        self.flush()
    }

    /// Waits for what was put and not answered yet.
    pub(crate) fn flush(&self) -> Result<(), StoreError> {
        if self.late.borrow().is_empty() {
            return Ok(());
        }
        self.on_connection("flush", async |_| Ok(()))
    }

    /// Whether it can change nothing, so that an answer stays true to its end.
    pub(crate) fn is_snapshot(&self) -> bool {
        self.begin == super::BEGIN_READ
    }

    fn on_connection<T>(
        &self,
        op: &'static str,
        work: impl AsyncFn(&ClientWrapper) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        let answer = match self.seat.get() {
            Some(seat) => {
                let late = self.late.take();
                seat.run(async |client| send_late(client, &late, work).await)?
            }
            None => self.begin_with(&work)?,
        };
        answer.map_err(|error| StoreError::postgres(op, error))
    }

    /// Sends `begin` and the first statement in one go. A server that restarted leaves dead
    /// connections in the pool; nothing has happened on them, so they are passed over.
    fn begin_with<T>(
        &self,
        statement: &impl AsyncFn(&ClientWrapper) -> Result<T, Error>,
    ) -> Result<Result<T, Error>, StoreError> {
        for _ in 0..=self.pool.status().max_size {
            let mut seat = self.handle.block_on(seat(&self.pool))?;
            seat.connect(&self.pool.manager().address)?;
            let (begun, answer) = seat.run(async |client: &ClientWrapper| {
                join(client.batch_execute(self.begin), statement(client)).await
            });
            match begun.map_err(|error| StoreError::postgres(self.begin, error)) {
                Ok(()) => {
                    // The cell is empty: it is filled here only, once for a session.
                    drop(self.seat.set(seat));
                    return Ok(answer);
                }
                Err(error) if error.kind == ErrorKind::Unavailable => drop(Object::take(seat)),
                Err(error) => return Err(error),
            }
        }
        let words = "every connection of the pool was dead";
        Err(StoreError::because(
            self.begin,
            ErrorKind::Unavailable,
            words,
        ))
    }

    /// Commits. A transaction without a statement has nothing to commit.
    pub(super) fn commit(self) -> Result<(), StoreError> {
        let Some(seat) = self.seat.into_inner() else {
            return Ok(());
        };
        let committed =
            seat.run(async |client: &ClientWrapper| client.batch_execute("commit").await);
        committed.map_err(|error| {
            let error = StoreError::postgres("commit", error);
            // It may or may not have happened, and the connection is of no more use.
            if error.kind == ErrorKind::Unavailable {
                drop(Object::take(seat));
                return StoreError {
                    op: "commit (its outcome is unknown)",
                    ..error
                };
            }
            error
        })
    }

    /// Undoes everything, or ends a snapshot; nobody waits for the answer. A connection that
    /// cannot do that is closed.
    pub(super) fn leave(self) {
        let Some(seat) = self.seat.into_inner() else {
            return;
        };
        self.handle.spawn_blocking(move || {
            let left =
                seat.run(async |client: &ClientWrapper| client.batch_execute("rollback").await);
            if left.is_err() {
                drop(Object::take(seat));
            }
        });
    }
}

async fn rows_of(
    client: &ClientWrapper,
    text: &str,
    params: &[Value],
) -> Result<Vec<tokio_postgres::Row>, Error> {
    let prepared = client.prepare_cached(text).await?;
    let rows = client.query_raw(&prepared, params.iter().map(Parameter));
    rows.await?.try_collect().await
}
