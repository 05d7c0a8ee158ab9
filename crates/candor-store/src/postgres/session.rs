//! One transaction on one connection, driven from a thread that may block.
//!
//! Owns: begin, statements, commit and rollback. Must not know: retries, tables.

use std::cell::Cell;

use deadpool_postgres::Object;
use futures_util::future::join;
use tokio::runtime::Handle;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Statement};

use super::parameter::Parameter;
use crate::error::{ErrorKind, StoreError};
use crate::row::Row;
use crate::sql::for_postgres;
use crate::value::Value;

/// One transaction on one connection.
pub(crate) struct PostgresSession {
    handle: Handle,
    client: Object,
    /// What still has to be sent before the first statement; it travels with it.
    begin: Cell<Option<&'static str>>,
    lost_before_it_began: Cell<bool>,
}

impl PostgresSession {
    pub(super) fn new(handle: Handle, client: Object, begin: &'static str) -> Self {
        Self {
            handle,
            client,
            begin: Cell::new(Some(begin)),
            lost_before_it_began: Cell::new(false),
        }
    }

    pub(crate) fn query<T>(
        &self,
        op: &'static str,
        text: &str,
        params: &[Value],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.run(op, text, params, async |statement, places| {
            self.client.query(&statement, places).await
        })?;
        rows.iter()
            .map(|row| map(&Row::postgres(op, row)))
            .collect()
    }

    pub(crate) fn execute(
        &self,
        op: &'static str,
        text: &str,
        params: &[Value],
    ) -> Result<u64, StoreError> {
        self.run(op, text, params, async |statement, places| {
            self.client.execute(&statement, places).await
        })
    }

    pub(crate) fn prepare(&self, text: &'static str) -> Result<(), StoreError> {
        self.handle
            .block_on(self.client.prepare(text))
            .map(|_| ())
            .map_err(|error| StoreError::postgres(text, error))
    }

    /// Sends `begin` and the first statement in one go; later ones alone.
    fn run<T>(
        &self,
        op: &'static str,
        text: &str,
        params: &[Value],
        send: impl AsyncFnOnce(Statement, &[&(dyn ToSql + Sync)]) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        let text = for_postgres(text, params);
        let params: Vec<Parameter<'_>> = params.iter().map(Parameter).collect();
        let places: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let statement = async {
            let statement = self.client.prepare_cached(&text).await?;
            send(statement, &places).await
        };
        let answer = match self.begin.take() {
            None => self.handle.block_on(statement),
            Some(begin) => {
                let both = join(self.client.batch_execute(begin), statement);
                let (begun, answer) = self.handle.block_on(both);
                if let Err(error) = begun {
                    self.lost_before_it_began.set(error.is_closed());
                    return Err(StoreError::postgres(begin, error));
                }
                answer
            }
        };
        answer.map_err(|error| StoreError::postgres(op, error))
    }

    /// The connection was dead before anything happened on it: another one may be tried.
    pub(crate) fn lost_before_it_began(&self) -> bool {
        self.lost_before_it_began.get()
    }

    /// Commits. A transaction without a statement has nothing to commit.
    pub(super) fn commit(self) -> Result<(), StoreError> {
        if self.begin.get().is_some() {
            return Ok(());
        }
        let committed = self.handle.block_on(self.client.batch_execute("commit"));
        committed.map_err(|error| {
            let lost = error.is_closed();
            let error = StoreError::postgres("commit", error);
            if lost { unknown(error) } else { error }
        })
    }

    /// Undoes everything. A connection that cannot even do that is closed.
    pub(super) fn roll_back(self) {
        self.leave("rollback");
    }

    /// Ends a snapshot; nobody waits for the answer.
    pub(super) fn finish_read(self) {
        self.leave("commit");
    }

    fn leave(self, text: &'static str) {
        if self.begin.get().is_some() {
            return;
        }
        let client = self.client;
        self.handle.spawn(async move {
            if client.batch_execute(text).await.is_err() {
                drop(Object::take(client));
            }
        });
    }
}

/// The connection broke while the commit was on its way: it may or may not have happened.
fn unknown(error: StoreError) -> StoreError {
    StoreError {
        op: "commit (its outcome is unknown)",
        kind: ErrorKind::Unavailable,
        ..error
    }
}
