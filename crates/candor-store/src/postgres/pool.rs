//! Connections to PostgreSQL, and what is said on each before its first use.
//!
//! Owns: their number, how long one is waited for, the settings of the planner. Must not know:
//! transactions.

use std::time::Duration;

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime,
    TimeoutType,
};

use super::address::Address;
use crate::config::StoreConfig;
use crate::error::{ErrorKind, StoreError};

/// A server that does not answer for this long is not there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A scan of a whole table marks all of it as read, and every other write to it then counts as a
/// conflict. The planner likes such scans while tables are small, and keeps its plans.
/// Compiling a statement for the processor costs more than any statement of the desk gains.
const ON_CONNECT: &str = "set enable_seqscan = off; set jit = off";

/// Makes the pool; nothing is connected yet.
pub(super) fn pool(address: &Address, config: &StoreConfig) -> Result<Pool, StoreError> {
    let manager = Manager::from_config(
        address.config.clone(),
        address.tls.clone(),
        ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        },
    );
    Pool::builder(manager)
        .max_size(config.connections.max(1))
        .wait_timeout(Some(config.queue_wait))
        .create_timeout(Some(CONNECT_TIMEOUT))
        .runtime(Runtime::Tokio1)
        .post_create(Hook::async_fn(|client, _| {
            Box::pin(async move {
                let set = client.batch_execute(ON_CONNECT).await;
                set.map_err(HookError::Backend)
            })
        }))
        .build()
        .map_err(|error| StoreError::with("make a pool", ErrorKind::Broken, error))
}

/// A connection of the pool, or a new one.
pub(super) async fn connection(pool: &Pool) -> Result<Object, StoreError> {
    pool.get().await.map_err(|error| match error {
        PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => {
            StoreError {
                // Whatever a server says instead of a connection: it is not there for us now.
                kind: ErrorKind::Unavailable,
                ..StoreError::postgres("connect", error)
            }
        }
        PoolError::Timeout(TimeoutType::Wait) => {
            StoreError::with("wait for a connection", ErrorKind::Busy, error)
        }
        error => StoreError::with("connect", ErrorKind::Unavailable, error),
    })
}
