//! What only PostgreSQL can do to us.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use candor_store::testing::fresh_store;
use candor_store::{DatabaseUrl, Engine, ErrorKind, Sql, StoreError};

use crate::{add_cup, cups, lay_table};

const KILL_OTHERS: &str = "select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()";

/// Ends every connection to the database, as a restart of the server does.
async fn cut_connections(config: &candor_store::StoreConfig) {
    let DatabaseUrl::Postgres(url) = &config.database else {
        panic!("only called on PostgreSQL");
    };
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
        .await
        .expect("the server answers");
    tokio::spawn(connection);
    client.batch_execute(KILL_OTHERS).await.expect("it cuts");
}

#[tokio::test]
async fn idle_connections_that_died_are_not_noticed_by_anybody() {
    let desk = fresh_store().await;
    if desk.store.engine() == Engine::Sqlite {
        return; // A file has no connections to lose.
    }
    lay_table(&desk.store).await;

    cut_connections(&desk.config).await;
    desk.store
        .write(|tx| add_cup(tx, "espresso"))
        .await
        .expect("a live connection is found");
    cut_connections(&desk.config).await;

    assert_eq!(cups(&desk.store).await, ["espresso"]);
}

#[tokio::test]
async fn a_connection_lost_inside_a_verb_is_told_and_the_next_verb_works() {
    const KILL_ME: Sql = Sql::Same("select pg_terminate_backend(pg_backend_pid())");
    let desk = fresh_store().await;
    if desk.store.engine() == Engine::Sqlite {
        return; // A file has no connections to lose.
    }
    lay_table(&desk.store).await;

    let lost = desk
        .store
        .write(|tx| {
            add_cup(tx, "mocha")?;
            tx.query(KILL_ME, &[], |row| row.get::<bool>(0))
        })
        .await;
    desk.store
        .write(|tx| add_cup(tx, "latte"))
        .await
        .expect("the next verb works");

    assert_eq!(lost.expect_err("lost").kind, ErrorKind::Unavailable);
    assert_eq!(cups(&desk.store).await, ["latte"]);
}

#[tokio::test]
async fn positions_move_again_after_the_follower_lost_its_connection() {
    let desk = fresh_store().await;
    if desk.store.engine() == Engine::Sqlite {
        return; // A file has no connections to lose.
    }
    cut_connections(&desk.config).await;
    desk.store
        .write(|tx| {
            tx.append_entry(&candor_store::journal::NewEntry {
                at: jiff::Timestamp::UNIX_EPOCH,
                actor: "system",
                subject: "ticket:1",
                kind: "ticket.opened",
                version: 1,
                facts: "{}",
                content: None,
            })
        })
        .await
        .expect("kept");

    let mut positions = desk.store.positions();
    let position = *positions
        .wait_for(|position| *position == 1)
        .await
        .expect("the store lives");

    assert_eq!(position, 1);
}

#[tokio::test]
async fn verbs_that_got_in_each_others_way_are_all_done() {
    const TOTAL: Sql = Sql::Same("select cast(coalesce(sum(size), 0) as bigint) from cup");
    let desk = fresh_store().await;
    lay_table(&desk.store).await;
    // Each writes what it read. On PostgreSQL all but one see a conflict and run again.
    let runs = Arc::new(AtomicUsize::new(0));
    let pour = |guest: i64| {
        let runs = Arc::clone(&runs);
        desk.store.write(move |tx| {
            runs.fetch_add(1, Ordering::Relaxed);
            let total = tx.query_one(TOTAL, &[], |row| row.get::<i64>(0))?;
            let add = Sql::Same("insert into cup (name, size) values ($1, $2)");
            tx.execute(add, &candor_store::params![guest.to_string(), total + 1])?;
            Ok::<_, StoreError>(total)
        })
    };

    let poured = futures_util::future::join_all((0..40).map(pour)).await;

    let mut seen: Vec<_> = poured
        .into_iter()
        .map(|total| total.expect("retried below the seam"))
        .collect();
    seen.sort_unstable();
    // As if one after the other: 0, 1, 3, 7, ...
    let alone: Vec<i64> = (0..40).map(|before| (1 << before) - 1).collect();
    assert_eq!(seen, alone);
    // Once beside the others and once alone, and never more.
    let runs = runs.load(Ordering::Relaxed);
    assert!(runs <= 2 * 40, "{runs} runs");
}
