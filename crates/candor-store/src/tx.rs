//! One transaction, the same to its user on both engines.
//!
//! Owns: running statements and remembering what has to happen after the commit. Must not know:
//! tables; each capability adds its own functions beside its statements.

mod ahead;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use crate::error::{ErrorKind, StoreError};
use crate::postgres::PostgresSession;
use crate::row::Row;
use crate::sql::{Engine, Sql};
use crate::store::Shared;
use crate::value::Value;

use ahead::Ahead;
pub(crate) use ahead::Wanted;

/// Rows of one generated `values` list. Chunks are powers of two, so that the engines' statement
/// caches meet a handful of texts and not one for each number of rows.
const LARGEST_CHUNK: usize = 64;

/// One transaction.
///
/// A statement that fails ends it: every later statement fails too and nothing is committed, even
/// when the closure goes on to return `Ok`. A key that may be taken needs `on conflict`.
pub struct Tx<'a> {
    session: Session<'a>,
    pub(crate) shared: &'a Shared,
    pub(crate) effects: Effects,
    failure: Option<Failure>,
    counted: bool,
    ahead: Ahead,
}

enum Session<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a PostgresSession),
}

/// What follows a commit.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Effects {
    /// The last position given inside the transaction.
    pub(crate) position: i64,
    /// An entry waits for its position.
    pub(crate) appended: bool,
    /// A job was enqueued.
    pub(crate) enqueued: bool,
}

impl Effects {
    pub(crate) fn merge(&mut self, other: Self) {
        self.position = self.position.max(other.position);
        self.appended |= other.appended;
        self.enqueued |= other.enqueued;
    }
}

/// The first failure of a transaction, kept to refuse the commit.
#[derive(Debug, Clone, Copy)]
struct Failure {
    op: &'static str,
    kind: ErrorKind,
    retry: bool,
}

impl<'a> Tx<'a> {
    pub(crate) fn sqlite(connection: &'a rusqlite::Connection, shared: &'a Shared) -> Self {
        Self::new(Session::Sqlite(connection), shared)
    }

    pub(crate) fn postgres(session: &'a PostgresSession, shared: &'a Shared) -> Self {
        Self::new(Session::Postgres(session), shared)
    }

    fn new(session: Session<'a>, shared: &'a Shared) -> Self {
        Self {
            session,
            shared,
            effects: Effects::default(),
            failure: None,
            counted: true,
            ahead: Ahead::default(),
        }
    }

    /// Leaves its statements out of the figures: they belong to no verb and to no query.
    pub(crate) fn uncounted(mut self) -> Self {
        self.counted = false;
        self
    }

    fn count(&self, started: Instant) {
        if self.counted {
            self.shared.meter.statement(started);
        }
    }

    /// Which engine runs underneath.
    pub fn engine(&self) -> Engine {
        match self.session {
            Session::Sqlite(_) => Engine::Sqlite,
            Session::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement and reads each row of its answer.
    pub fn query<T>(
        &mut self,
        sql: Sql,
        params: &[Value],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let (op, text) = (sql.op(self.engine()), sql.text(self.engine()));
        self.refuse_after_failure()?;
        let started = Instant::now();
        let answer = match self.session {
            Session::Sqlite(connection) => crate::sqlite::query(connection, op, text, params, map),
            Session::Postgres(session) => {
                if let Some(rows) = self.ahead.take(text, params) {
                    let read = rows.iter().map(|row| map(&Row::postgres(op, row)));
                    read.collect()
                } else {
                    self.ahead.forget_unless(session.is_snapshot());
                    session.query(op, text, params, map)
                }
            }
        };
        self.count(started);
        self.remember(answer)
    }

    /// Reads the first row, where there is one.
    pub fn query_opt<T>(
        &mut self,
        sql: Sql,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.query(sql, params, map)?.into_iter().next())
    }

    /// Reads the first row; its absence is [`ErrorKind::NotFound`].
    pub fn query_one<T>(
        &mut self,
        sql: Sql,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let op = sql.op(self.engine());
        self.query_opt(sql, params, map)?
            .ok_or_else(|| StoreError::new(op, ErrorKind::NotFound))
    }

    /// Runs a statement and counts the rows it changed.
    pub fn execute(&mut self, sql: Sql, params: &[Value]) -> Result<u64, StoreError> {
        let (op, text) = (sql.op(self.engine()), sql.text(self.engine()));
        self.refuse_after_failure()?;
        let started = Instant::now();
        let answer = match self.session {
            Session::Sqlite(connection) => crate::sqlite::execute(connection, op, text, params),
            Session::Postgres(session) => {
                self.ahead.forget_unless(session.is_snapshot());
                session.execute(op, text, params)
            }
        };
        self.count(started);
        self.remember(answer)
    }

    /// Runs a statement whose count nobody needs. On PostgreSQL it is sent with the next statement
    /// that somebody waits for, at the latest before the commit; there its failure shows.
    pub fn put(&mut self, sql: Sql, params: &[Value]) -> Result<(), StoreError> {
        let engine = self.engine();
        self.change(sql.op(engine), sql.text(engine), params)
    }

    /// Inserts many rows. `head` ends with `values`; the places are written behind it.
    pub fn insert_many(&mut self, head: Sql, rows: &[Vec<Value>]) -> Result<(), StoreError> {
        let engine = self.engine();
        let (op, text) = (head.op(engine), head.text(engine));
        let mut rest = rows;
        while !rest.is_empty() {
            let size = LARGEST_CHUNK.min(1 << rest.len().ilog2());
            let (chunk, tail) = rest.split_at(size);
            let params: Vec<Value> = chunk.iter().flatten().cloned().collect();
            let text = format!("{text} {}", value_lists(size, chunk[0].len()));
            self.change(op, &text, &params)?;
            rest = tail;
        }
        Ok(())
    }

    fn change(&mut self, op: &'static str, text: &str, params: &[Value]) -> Result<(), StoreError> {
        self.refuse_after_failure()?;
        let started = Instant::now();
        let answer = match self.session {
            Session::Sqlite(connection) => {
                crate::sqlite::execute(connection, op, text, params).map(|_| ())
            }
            Session::Postgres(session) => {
                self.ahead.forget_unless(session.is_snapshot());
                session.put(op, text, params)
            }
        };
        self.count(started);
        self.remember(answer)
    }

    /// Waits for what was put and not answered yet; then says whether anything forbids a commit.
    fn finish(&mut self) -> Result<(), StoreError> {
        let flushed = match self.session {
            Session::Postgres(session) if self.failure.is_none() => session.flush(),
            _ => Ok(()),
        };
        self.remember(flushed)?;
        self.failure()
    }

    /// The failure that forbids a commit.
    pub(crate) fn failure(&self) -> Result<(), StoreError> {
        self.failure.map_or(Ok(()), |failure| {
            Err(StoreError {
                retry: failure.retry,
                ..StoreError::because(
                    failure.op,
                    failure.kind,
                    "an earlier statement of this transaction failed",
                )
            })
        })
    }

    /// Whether the engine asked for another try.
    pub(crate) fn wants_retry(&self) -> bool {
        self.failure.is_some_and(|failure| failure.retry)
    }

    fn refuse_after_failure(&self) -> Result<(), StoreError> {
        self.failure()
    }

    fn remember<T>(&mut self, answer: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(error) = &answer {
            self.failure.get_or_insert(Failure {
                op: error.op,
                kind: error.kind,
                retry: error.retry,
            });
        }
        answer
    }
}

/// Runs a closure; a panic and an `Ok` after a failed statement become errors.
pub(crate) fn guarded<T, E: From<StoreError>>(
    closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    tx: &mut Tx<'_>,
) -> Result<T, E> {
    match catch_unwind(AssertUnwindSafe(|| closure(tx))) {
        Ok(Ok(value)) => {
            tx.finish()?;
            Ok(value)
        }
        Ok(Err(error)) => Err(error),
        Err(_) => {
            let words = "the closure panicked; nothing of it was kept";
            Err(StoreError::because("run a closure", ErrorKind::Broken, words).into())
        }
    }
}

/// `($1, $2), ($3, $4)` for two rows of two columns.
fn value_lists(rows: usize, columns: usize) -> String {
    let list = |row: usize| {
        let places: Vec<String> = (1..=columns)
            .map(|column| format!("${}", row * columns + column))
            .collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(list).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::value_lists;

    #[test]
    fn value_lists_number_their_places_row_by_row() {
        assert_eq!(value_lists(2, 3), "($1, $2, $3), ($4, $5, $6)");
    }
}
