//! Migrating a SQLite file, after a copy of it was made.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, params};

use super::{APPLIED, CREATE_VERSIONS, Migration, missing, now, tell};
use crate::error::{ErrorKind, StoreError};

/// How long another process' migration is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// Runs what is missing. Another process that migrates at the same time is waited for.
pub(crate) async fn migrate(path: &Path) -> Result<(), StoreError> {
    let path = path.to_owned();
    let task = tokio::task::spawn_blocking(move || run(&path));
    task.await
        .unwrap_or_else(|error| Err(StoreError::with("migrate", ErrorKind::Broken, error)))
}

fn run(path: &Path) -> Result<(), StoreError> {
    let connection = crate::sqlite::connect(path, PATIENCE)?;
    let Some(first) = missing(&applied(&connection)?)?.first().copied() else {
        return Ok(());
    };
    if !is_empty(&connection)? {
        let backup = back_up(&connection, path, first)?;
        tracing::info!(backup = %backup.display(), "the database was copied before its migration");
    }
    let changed = migrate_locked(&connection);
    if changed.is_err() && !connection.is_autocommit() {
        connection
            .execute_batch("rollback")
            .map_err(|error| StoreError::sqlite("rollback", error))?;
    }
    changed
}

fn migrate_locked(connection: &Connection) -> Result<(), StoreError> {
    step(connection, "begin exclusive")?;
    step(connection, CREATE_VERSIONS)?;
    // Read again under the lock: another process may have been faster.
    let applied = applied(connection)?;
    for migration in missing(&applied)? {
        for part in migration.sqlite {
            connection
                .execute_batch(part)
                .map_err(|error| StoreError::sqlite(migration.name, error))?;
        }
        connection
            .execute(
                "insert into schema_version (name, applied_at) values (?1, ?2)",
                params![migration.name, now()],
            )
            .map_err(|error| StoreError::sqlite(migration.name, error))?;
        tell(migration, &applied);
    }
    step(connection, "commit")
}

fn applied(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let read = || {
        let exists = "select 1 from sqlite_master where name = 'schema_version'";
        if !connection.prepare(exists)?.exists([])? {
            return Ok(Vec::new());
        }
        let mut statement = connection.prepare(APPLIED)?;
        let names = statement.query_map([], |row| row.get(0))?;
        names.collect()
    };
    read().map_err(|error| StoreError::sqlite(APPLIED, error))
}

fn is_empty(connection: &Connection) -> Result<bool, StoreError> {
    connection
        .query_row("select count(*) = 0 from sqlite_master", [], |row| {
            row.get(0)
        })
        .map_err(|error| StoreError::sqlite("look for tables", error))
}

/// Copies the file as it is now, beside it, for our own user only.
fn back_up(
    connection: &Connection,
    path: &Path,
    before: &Migration,
) -> Result<PathBuf, StoreError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".before-{}", before.name));
    let target = path.with_file_name(name);
    drop(crate::private::create_file(&target)?);
    let copy = || {
        let mut copy = Connection::open(&target)?;
        let backup = rusqlite::backup::Backup::new(connection, &mut copy)?;
        backup.run_to_completion(1024, Duration::ZERO, None)
    };
    copy().map_err(|error| StoreError::sqlite("back up before the migration", error))?;
    Ok(target)
}

fn step(connection: &Connection, text: &'static str) -> Result<(), StoreError> {
    connection
        .execute_batch(text)
        .map_err(|error| StoreError::sqlite(text, error))
}
