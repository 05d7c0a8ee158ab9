//! Migrating a PostgreSQL database; an advisory lock keeps two nodes apart.

use std::sync::Arc;

use tokio_postgres::Client;

use super::{APPLIED, CREATE_VERSIONS, missing, now, tell};
use crate::error::StoreError;
use crate::postgres::Postgres;

/// The number of the lock: `candor` in ASCII.
const LOCK: &str = "select pg_advisory_lock(109304588136306)";
const UNLOCK: &str = "select pg_advisory_unlock(109304588136306)";

/// Runs what is missing.
pub(crate) async fn migrate(postgres: &Arc<Postgres>) -> Result<(), StoreError> {
    let mut client = postgres.client().await?;
    migrate_database(&mut client).await
}

/// The same on a plain connection.
pub(crate) async fn migrate_database(client: &mut Client) -> Result<(), StoreError> {
    step(client, LOCK).await?;
    let changed = migrate_locked(client).await;
    // Of two failures the first is the one to tell.
    changed.and(step(client, UNLOCK).await)
}

async fn migrate_locked(client: &mut Client) -> Result<(), StoreError> {
    step(client, CREATE_VERSIONS).await?;
    let rows = client
        .query(APPLIED, &[])
        .await
        .map_err(|error| StoreError::postgres(APPLIED, error))?;
    let applied: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    for migration in missing(&applied)? {
        let run = async {
            let transaction = client.transaction().await?;
            for part in migration.postgres {
                transaction.batch_execute(part).await?;
            }
            transaction
                .execute(
                    "insert into schema_version (name, applied_at) values ($1, $2)",
                    &[&migration.name, &now()],
                )
                .await?;
            transaction.commit().await
        };
        run.await
            .map_err(|error| StoreError::postgres(migration.name, error))?;
        tell(migration, &applied);
    }
    Ok(())
}

async fn step(client: &Client, text: &'static str) -> Result<(), StoreError> {
    client
        .batch_execute(text)
        .await
        .map_err(|error| StoreError::postgres(text, error))
}
