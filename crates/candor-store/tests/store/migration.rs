//! Schemas: older, newer, and ours.

use candor_store::testing::fresh_config;
use candor_store::{DatabaseUrl, ErrorKind, Sql, Store, params};

const ADD_STEP: Sql =
    Sql::Same("insert into schema_version (name, applied_at) values ($1, 0) returning 1");

#[tokio::test]
async fn migrating_twice_and_at_once_changes_nothing_more() {
    let (config, _cleanup) = fresh_config(false).await;
    let store = Store::open(config.clone())
        .await
        .expect("an empty database opens");
    let other = Store::open(config).await.expect("an empty database opens");

    let (one, two) = tokio::join!(store.migrate(), other.migrate());
    let again = store.migrate().await;

    one.expect("it migrates");
    two.expect("the second waits and finds it done");
    again.expect("nothing is left to do");
    let position = store.read(|tx| tx.last_position()).await;
    assert_eq!(position.expect("the journal is there"), 0);
}

#[tokio::test]
async fn a_newer_schema_is_refused_in_plain_words() {
    let (config, _cleanup) = fresh_config(false).await;
    let store = Store::open(config).await.expect("it opens");
    store.migrate().await.expect("it migrates");
    store
        .write(|tx| {
            tx.query(ADD_STEP, &params!["2031-01-01-future"], |row| {
                row.get::<i64>(0)
            })
        })
        .await
        .expect("a step of the future");

    let refused = store.migrate().await.expect_err("refused");

    let words = std::error::Error::source(&refused)
        .expect("words")
        .to_string();
    assert_eq!(refused.kind, ErrorKind::Broken);
    assert!(
        words.starts_with("this database was last used by a newer version of Candor"),
        "{words}"
    );
    assert!(words.contains("2031-01-01-future"));
}

#[tokio::test]
async fn a_file_that_holds_something_is_copied_before_it_is_migrated() {
    use std::os::unix::fs::PermissionsExt as _;
    let (config, _cleanup) = fresh_config(false).await;
    let DatabaseUrl::Sqlite(path) = config.database.clone() else {
        return; // A PostgreSQL server has backups of its own.
    };
    let store = Store::open(config).await.expect("it opens");
    crate::lay_table(&store).await;
    store
        .write(|tx| crate::add_cup(tx, "espresso"))
        .await
        .expect("kept");

    store.migrate().await.expect("it migrates");

    let backup = path.with_file_name("candor.db.before-2026-11-22-first");
    let copy = rusqlite::Connection::open(&backup).expect("the copy opens");
    let name: String = copy
        .query_row("select name from cup", [], |row| row.get(0))
        .expect("the copy holds what was there");
    assert_eq!(name, "espresso");
    for file in [&path, &backup] {
        let mode = std::fs::metadata(file)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
    assert_eq!(crate::cups(&store).await, ["espresso"]);
}

#[tokio::test]
async fn an_unreachable_database_is_told_when_it_is_opened() {
    let (mut config, _cleanup) = fresh_config(false).await;
    config.database = "postgres://nobody@127.0.0.1:1/none"
        .parse()
        .expect("an address");

    let refused = Store::open(config)
        .await
        .err()
        .expect("nothing listens there");

    assert_eq!(refused.kind, ErrorKind::Unavailable);
}
