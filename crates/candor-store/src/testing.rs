//! Fresh stores for tests, on the engine that the environment chooses.
//!
//! Owns: throw-away databases. Must not know: what is tested.
//!
//! `CANDOR_TEST_POSTGRES` holds the address of a throw-away server, as somebody who may create
//! databases there; without it the tests run on SQLite.

mod postgres;

use std::path::PathBuf;

use crate::config::{DatabaseUrl, StoreConfig, StoreKeys};
use crate::random::random_name;
use crate::store::Store;

/// A migrated, empty store that vanishes with its last use.
pub struct TestStore {
    /// The store.
    pub store: Store,
    /// How to open it once more, as a second process or node would.
    pub config: StoreConfig,
    _cleanup: Cleanup,
}

/// Makes a store that no other test sees.
pub async fn fresh_store() -> TestStore {
    let (config, cleanup) = fresh_config(true).await;
    let store = Store::open(config.clone())
        .await
        .expect("a fresh database opens");
    store.migrate().await.expect("a fresh database migrates");
    store.start_sequencer();
    TestStore {
        store,
        config,
        _cleanup: cleanup,
    }
}

/// Settings for a database of its own, made from a migrated template or empty.
pub async fn fresh_config(migrated: bool) -> (StoreConfig, Cleanup) {
    let folder = std::env::temp_dir().join(format!("candor-test-{}", random_name()));
    crate::private::create_folder(&folder).expect("the temporary folder can be written");
    let mut cleanup = Cleanup {
        folder: folder.clone(),
        database: None,
    };
    let database = match std::env::var("CANDOR_TEST_POSTGRES") {
        Ok(admin) => {
            let name = format!("candor_test_{}", random_name());
            let url = postgres::create(&admin, &name, migrated).await;
            cleanup.database = Some((admin, name));
            DatabaseUrl::Postgres(url)
        }
        Err(_) => DatabaseUrl::Sqlite(folder.join("candor.db")),
    };
    let keys = StoreKeys { journal: [7; 32] };
    let mut config = StoreConfig::new(database, folder, keys);
    // Many tests share one small server.
    config.connections = 8;
    (config, cleanup)
}

/// Removes the database and its folder.
pub struct Cleanup {
    folder: PathBuf,
    database: Option<(String, String)>,
}

impl Drop for Cleanup {
    fn drop(&mut self) {
        if let Some((admin, name)) = self.database.take() {
            postgres::remove(admin, name);
        }
        // What stays behind lies in the system's temporary folder.
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
