//! The SQLite engine: one writer thread, a few readers, one watcher.
//!
//! Owns: opening the file, and running one statement. Must not know: tables.

mod readers;
mod watcher;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{CachedStatement, Connection, OpenFlags};

use crate::config::StoreConfig;
use crate::error::{ErrorKind, StoreError};
use crate::row::Row;
use crate::sql::for_sqlite;
use crate::store::Shared;
use crate::value::{Value, without_nul};

use readers::Readers;
use watcher::Watcher;
use writer::Writer;

/// Statements kept ready on each connection.
const STATEMENT_CACHE: usize = 512;

/// An open SQLite file.
pub(crate) struct Sqlite {
    pub(crate) path: PathBuf,
    pub(crate) writer: Writer,
    pub(crate) readers: Arc<Readers>,
    _watcher: Watcher,
}

impl Sqlite {
    /// Opens the file, which is created when absent, and starts its threads.
    pub(crate) fn open(
        path: &Path,
        config: &StoreConfig,
        shared: &Arc<Shared>,
    ) -> Result<Self, StoreError> {
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            crate::private::create_folder(folder)?;
        }
        crate::private::create_file(path)?;
        let connection = connect(path, config.queue_wait)?;
        shared.positions.send_replace(newest(&connection)?.0);
        let readers = Arc::new(Readers::new(path, config, Arc::clone(shared)));
        let watched = connect(path, config.queue_wait)?;
        Ok(Self {
            path: path.to_owned(),
            writer: Writer::start(connection, config, Arc::clone(shared))?,
            _watcher: Watcher::start(watched, Arc::clone(&readers), Arc::clone(shared))?,
            readers,
        })
    }
}

/// Opens a connection with the settings that every connection needs. It waits for `patience` while
/// another process writes.
pub(crate) fn connect(path: &Path, patience: Duration) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(patience)?;
        connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
        // Without it SQLite looks at the values of a statement while it plans, and plans again
        // whenever they change. Ours are written so that their plan holds for all values.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.execute_batch(
            "pragma journal_mode = wal;
             pragma synchronous = full;
             pragma foreign_keys = on;
             pragma secure_delete = on;
             pragma temp_store = memory;",
        )?;
        Ok(connection)
    };
    open().map_err(|error| StoreError::sqlite("open the database file", error))
}

pub(crate) fn query<T>(
    connection: &Connection,
    op: &'static str,
    text: &str,
    params: &[Value],
    mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = bind(connection, op, text, params)?;
    let mut rows = statement.raw_query();
    let mut out = Vec::new();
    while let Some(row) = rows.next().map_err(|e| StoreError::sqlite(op, e))? {
        out.push(map(&Row::sqlite(op, row))?);
    }
    Ok(out)
}

pub(crate) fn execute(
    connection: &Connection,
    op: &'static str,
    text: &str,
    params: &[Value],
) -> Result<u64, StoreError> {
    let mut statement = bind(connection, op, text, params)?;
    let changed = statement
        .raw_execute()
        .map_err(|e| StoreError::sqlite(op, e))?;
    Ok(changed as u64)
}

/// Runs a statement of the transaction itself: `begin`, `commit` and their kin.
pub(crate) fn step(
    connection: &Connection,
    shared: &Shared,
    text: &'static str,
) -> Result<(), StoreError> {
    let started = Instant::now();
    let done = connection
        .prepare_cached(text)
        .and_then(|mut statement| statement.raw_execute())
        .map(|_| ())
        .map_err(|error| StoreError::sqlite(text, error));
    shared.meter.statement(started);
    done
}

fn bind<'c>(
    connection: &'c Connection,
    op: &'static str,
    text: &str,
    params: &[Value],
) -> Result<CachedStatement<'c>, StoreError> {
    let mut statement = connection
        .prepare_cached(&for_sqlite(text, params))
        .map_err(|e| StoreError::sqlite(op, e))?;
    if statement.parameter_count() != params.len() {
        let words = format!(
            "{} values for {} places",
            params.len(),
            statement.parameter_count()
        );
        return Err(StoreError::because(op, ErrorKind::Broken, words));
    }
    for (place, value) in params.iter().enumerate() {
        bind_one(&mut statement, place + 1, value).map_err(|e| StoreError::sqlite(op, e))?;
    }
    Ok(statement)
}

fn bind_one(
    statement: &mut CachedStatement<'_>,
    place: usize,
    value: &Value,
) -> rusqlite::Result<()> {
    match value {
        Value::Null => statement.raw_bind_parameter(place, rusqlite::types::Null),
        Value::Int(number) => statement.raw_bind_parameter(place, number),
        Value::Text(text) => statement.raw_bind_parameter(place, without_nul(text)),
        Value::Blob(bytes) => statement.raw_bind_parameter(place, bytes.as_slice()),
        Value::Ids(ids) => {
            let list: Vec<String> = ids.iter().map(i64::to_string).collect();
            statement.raw_bind_parameter(place, format!("[{}]", list.join(",")))
        }
    }
}

/// The last position and the newest job; zeros before the schema exists.
pub(crate) fn newest(connection: &Connection) -> Result<(i64, i64), StoreError> {
    const OP: &str = "read the last position";
    const NEWEST: &str = "select coalesce((select max(position) from journal), 0),
        coalesce((select max(id) from job), 0)";
    let read = || {
        let exists = connection
            .prepare_cached("select 1 from sqlite_master where name = 'journal'")?
            .exists([])?;
        if !exists {
            return Ok((0, 0));
        }
        connection
            .prepare_cached(NEWEST)?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
    };
    read().map_err(|error| StoreError::sqlite(OP, error))
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    #[test]
    fn a_statement_is_planned_once_whatever_its_values() {
        let connection = connect(Path::new(":memory:"), Duration::ZERO).expect("it opens");
        connection
            .execute_batch(
                "create table cup (id integer primary key, place integer, owner integer);
                 create index cup_at_home on cup (id) where place = 1;",
            )
            .expect("a table with an index over a part of it");
        let text = "select id from cup where place = $1 and owner in ($2)";
        for place in 0..3 {
            let values = [Value::Int(place), Value::Ids(vec![place])];
            let row = |row: &Row<'_>| row.get::<i64>(0);
            query(&connection, "look", text, &values, row).expect("it runs");
        }

        let values = [Value::Int(9), Value::Ids(vec![9])];
        let statement = bind(&connection, "look", text, &values).expect("it is kept");

        assert_eq!(statement.get_status(StatementStatus::Run), 3);
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }
}
