//! Throw-away databases on a PostgreSQL server, made from a migrated template.

use sha2::{Digest as _, Sha256};
use tokio_postgres::{Client, NoTls};

use crate::migrate::{MIGRATIONS, migrate_database};

/// Keeps test processes that start at the same time from making the template twice.
const LOCK: &str = "select pg_advisory_lock(7234017283807667300)";

/// Creates a database and returns its address.
pub(super) async fn create(admin: &str, name: &str, migrated: bool) -> String {
    let client = connect(admin).await;
    let from = if migrated {
        template(admin, &client).await
    } else {
        "template0".to_owned()
    };
    run(&client, &format!("create database {name} template {from}")).await;
    address(admin, name)
}

/// Drops a database, from a thread of its own: the test's runtime may be gone.
pub(super) fn remove(admin: String, name: String) {
    let removal = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime starts");
        runtime.block_on(async {
            let client = connect(&admin).await;
            run(
                &client,
                &format!("drop database if exists {name} with (force)"),
            )
            .await;
        });
    });
    // A database that stays behind vanishes with its throw-away server.
    drop(removal.join());
}

/// The name of a migrated template, which is made when it is the first of its schema.
async fn template(admin: &str, client: &Client) -> String {
    let parts = MIGRATIONS.iter().flat_map(|step| step.postgres);
    let mut hash = Sha256::new();
    parts.for_each(|part| hash.update(part));
    let name = format!("candor_template_{}", hex::encode(&hash.finalize()[..8]));

    run(client, LOCK).await;
    let exists = client
        .query_opt("select 1 from pg_database where datname = $1", &[&name])
        .await
        .expect("the server lists its databases");
    if exists.is_none() {
        let making = format!("{name}_making");
        run(
            client,
            &format!("drop database if exists {making} with (force)"),
        )
        .await;
        run(
            client,
            &format!("create database {making} template template0"),
        )
        .await;
        migrate_database(&mut connect(&address(admin, &making)).await)
            .await
            .expect("the template migrates");
        // The connection above closes in the background; this ends it for certain.
        let end = "select pg_terminate_backend(pid) from pg_stat_activity where datname = ";
        run(client, &format!("{end} '{making}'")).await;
        run(client, &format!("alter database {making} rename to {name}")).await;
    }
    run(client, "select pg_advisory_unlock_all()").await;
    name
}

/// The same server, another database.
fn address(admin: &str, name: &str) -> String {
    let (scheme, rest) = admin.split_once("://").expect("an address has a scheme");
    let options = rest.split_once('?').map_or("", |(_, options)| options);
    let server = rest.split(['/', '?']).next().unwrap_or(rest);
    format!("{scheme}://{server}/{name}?{options}")
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls)
        .await
        .expect("the test server answers");
    tokio::spawn(connection);
    client
}

async fn run(client: &Client, text: &str) {
    client
        .batch_execute(text)
        .await
        .unwrap_or_else(|error| panic!("{text}: {error}"));
}
