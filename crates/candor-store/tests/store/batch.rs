//! What verbs that share a commit do to each other, and what they do not.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use candor_store::testing::{fresh_config, fresh_store};
use candor_store::{DatabaseUrl, Engine, ErrorKind, Sql, Store, StoreError, Tx};

use crate::{add_cup, cups, lay_table};

/// Keeps the writer busy until something is sent, so that what is queued meanwhile shares a batch.
async fn hold(store: &Store, gate: Receiver<()>) -> Result<(), StoreError> {
    let gate = std::sync::Mutex::new(gate);
    let wait = move |_: &mut Tx<'_>| {
        // A re-run finds the gate's other end gone, and goes on.
        let _ = gate.lock().expect("nobody panics here").recv();
        Ok(())
    };
    store.write(wait).await
}

#[tokio::test]
async fn of_two_verbs_in_a_batch_one_fails_and_the_other_is_kept() {
    let desk = fresh_store().await;
    lay_table(&desk.store).await;
    let (open, gate) = channel();

    let (held, good, bad, also_good, ()) = tokio::join!(
        hold(&desk.store, gate),
        desk.store.write(|tx| add_cup(tx, "espresso")),
        desk.store.write(|tx| {
            add_cup(tx, "mocha")?;
            Err::<(), _>(StoreError::new("think again", ErrorKind::NotFound))
        }),
        desk.store.write(|tx| add_cup(tx, "latte")),
        async move {
            open.send(()).expect("the gate listens");
        },
    );

    held.expect("the gate opens");
    good.expect("a good verb is kept");
    also_good.expect("a good verb after a bad one is kept");
    assert_eq!(bad.expect_err("the verb refused").kind, ErrorKind::NotFound);
    assert_eq!(cups(&desk.store).await, ["espresso", "latte"]);
    if desk.store.engine() == Engine::Sqlite {
        assert_eq!(desk.store.figures().largest_batch, 4);
    }
}

/// How the engine commits what runs just now.
const CARE: Sql = Sql::PerEngine {
    sqlite: "select cast(synchronous as text) from pragma_synchronous",
    postgres: "select current_setting('synchronous_commit')",
};

fn care(tx: &mut Tx<'_>) -> Result<String, StoreError> {
    tx.query_one(CARE, &[], |row| row.get(0))
}

#[tokio::test]
async fn nobody_waits_for_the_disk_to_keep_a_note() {
    let desk = fresh_store().await;
    lay_table(&desk.store).await;
    let usual = desk.store.write(care).await.expect("a write");
    let (open, gate) = channel();

    let (_, first, noted, kept, joined, ()) = tokio::join!(
        hold(&desk.store, gate),
        desk.store.note(care),
        desk.store.note(|tx| add_cup(tx, "espresso")),
        desk.store.write(care),
        desk.store.note(|tx| add_cup(tx, "mocha")),
        async move {
            open.send(()).expect("the gate listens");
        },
    );
    let alone = desk.store.note(care).await.expect("a note");
    let after = desk.store.write(care).await.expect("a write");

    noted.expect("a note is kept");
    joined.expect("a note beside a write is kept");
    assert_eq!(cups(&desk.store).await, ["espresso", "mocha"]);
    assert_eq!([kept.expect("a write"), after], [usual.as_str(), &usual]);
    let [full, normal, off] = ["2", "1", "off"];
    if desk.store.engine() == Engine::Sqlite {
        assert_eq!(usual, full);
        assert_eq!(alone, normal);
        assert_eq!(first.expect("a note"), full, "it joined the write before");
    } else {
        assert_eq!([first.expect("a note").as_str(), &alone], [off, off]);
    }
}

#[tokio::test]
async fn a_write_joins_no_note() {
    let desk = fresh_store().await;
    if desk.store.engine() != Engine::Sqlite {
        return; // Only SQLite's writer puts verbs together.
    }
    let (open, gate) = channel();
    let gate = std::sync::Mutex::new(gate);
    let held = desk.store.note(move |tx| {
        let _ = gate.lock().expect("nobody panics here").recv();
        care(tx)
    });

    let (note, write, ()) = tokio::join!(held, desk.store.write(care), async move {
        open.send(()).expect("the gate listens");
    });

    assert_eq!([note.expect("a note"), write.expect("a write")], ["1", "2"]);
    assert_eq!(desk.store.figures().largest_batch, 1);
}

#[tokio::test]
async fn a_panic_harms_nobody_else() {
    let desk = fresh_store().await;
    lay_table(&desk.store).await;
    let (open, gate) = channel();

    let (_, before, panicked, after, ()) = tokio::join!(
        hold(&desk.store, gate),
        desk.store.write(|tx| add_cup(tx, "espresso")),
        desk.store.write(|tx| -> Result<(), StoreError> {
            add_cup(tx, "mocha")?;
            panic!("a defect in a verb");
        }),
        desk.store.write(|tx| add_cup(tx, "latte")),
        async move {
            open.send(()).expect("the gate listens");
        },
    );
    let read = desk
        .store
        .read(|_| -> Result<(), StoreError> { panic!("a defect in a page") })
        .await;

    before.expect("the verb before is kept");
    after.expect("the verb after is kept");
    assert_eq!(panicked.expect_err("it panicked").kind, ErrorKind::Broken);
    assert_eq!(read.expect_err("it panicked").kind, ErrorKind::Broken);
    assert_eq!(cups(&desk.store).await, ["espresso", "latte"]);
}

#[tokio::test]
async fn a_batch_whose_commit_dies_is_run_again_verb_by_verb() {
    // A deferred foreign key lets a verb pass and the commit fail.
    const DEFER: Sql = Sql::PerEngine {
        sqlite: "pragma defer_foreign_keys = on",
        postgres: "alter table cup alter constraint cup_saucer_fkey deferrable initially deferred",
    };
    const ORPHAN: Sql = Sql::Same("insert into cup (name, saucer) values ('mocha', 'none')");
    let desk = fresh_store().await;
    lay_table(&desk.store).await;
    let (open, gate) = channel();

    let (_, before, orphan, after, ()) = tokio::join!(
        hold(&desk.store, gate),
        desk.store.write(|tx| add_cup(tx, "espresso")),
        desk.store.write(|tx| {
            tx.execute(DEFER, &[])?;
            tx.execute(ORPHAN, &[])
        }),
        desk.store.write(|tx| add_cup(tx, "latte")),
        async move {
            open.send(()).expect("the gate listens");
        },
    );

    before.expect("the verb before is kept");
    after.expect("the verb after is kept");
    let refused = orphan.expect_err("the saucer is missing");
    assert_eq!((refused.op, refused.kind), ("commit", ErrorKind::Conflict));
    assert_eq!(cups(&desk.store).await, ["espresso", "latte"]);
}

#[tokio::test]
async fn a_full_queue_refuses_as_busy_and_recovers() {
    let (mut config, _cleanup) = fresh_config(true).await;
    config.queue_depth = 1;
    config.connections = 1;
    config.queue_wait = Duration::from_millis(1);
    let store = Store::open(config).await.expect("the store opens");
    if store.engine() == Engine::Sqlite {
        store.migrate().await.expect("it migrates");
    }
    lay_table(&store).await;
    let (open, gate) = channel();
    let (started, running) = tokio::sync::oneshot::channel();
    let started = std::sync::Mutex::new(Some(started));
    let gate = std::sync::Mutex::new(gate);
    let holding = tokio::spawn({
        let store = store.clone();
        async move {
            store
                .write(move |tx| {
                    // A statement makes sure that PostgreSQL's one connection is taken.
                    add_cup(tx, "espresso")?;
                    if let Some(started) = started.lock().expect("no panic").take() {
                        started.send(()).expect("the test waits");
                    }
                    gate.lock().expect("no panic").recv().expect("a sender");
                    Ok::<_, StoreError>(())
                })
                .await
        }
    });
    running.await.expect("the first verb runs");

    let (queued, refused) = tokio::join!(store.write(|tx| add_cup(tx, "latte")), async {
        let refused = store.write(|tx| add_cup(tx, "mocha")).await;
        open.send(()).expect("the gate listens");
        refused
    });

    holding.await.expect("no panic").expect("the first is kept");
    assert_eq!(refused.expect_err("no place").kind, ErrorKind::Busy);
    if store.engine() == Engine::Sqlite {
        queued.expect("the second had the one place in the queue");
    }
    store
        .write(|tx| add_cup(tx, "ristretto"))
        .await
        .expect("the way is free");
    assert!(cups(&store).await.contains(&"ristretto".to_owned()));
}

#[tokio::test]
async fn a_file_that_another_process_keeps_locked_is_told_as_busy() {
    let (mut config, _cleanup) = fresh_config(true).await;
    config.queue_wait = Duration::from_millis(1);
    let DatabaseUrl::Sqlite(path) = config.database.clone() else {
        return; // A PostgreSQL server locks rows.
    };
    let store = Store::open(config).await.expect("the store opens");
    lay_table(&store).await;
    let other = rusqlite::Connection::open(path).expect("another process");

    other.execute_batch("begin immediate").expect("it locks");
    let (one, two, read) = tokio::join!(
        store.write(|tx| add_cup(tx, "espresso")),
        store.write(|tx| add_cup(tx, "latte")),
        cups(&store),
    );
    other.execute_batch("rollback").expect("it lets go");
    let after = store.write(|tx| add_cup(tx, "mocha")).await;

    assert_eq!(one.expect_err("locked").kind, ErrorKind::Busy);
    assert_eq!(two.expect_err("locked").kind, ErrorKind::Busy);
    assert!(read.is_empty(), "reading goes on");
    after.expect("the way is free");
}

#[tokio::test]
async fn a_full_disk_is_told_and_writing_goes_on_once_there_is_space() {
    const LIMIT: Sql = Sql::Same("pragma max_page_count = 1");
    const FREE: Sql = Sql::Same("pragma max_page_count = 1000000");
    let desk = fresh_store().await;
    if desk.store.engine() == Engine::Postgres {
        return; // The server's disk is the server's matter; its code maps to the same kind.
    }
    lay_table(&desk.store).await;
    let limit = |sql: Sql| {
        desk.store
            .write(move |tx| tx.query(sql, &[], |row| row.get::<i64>(0)))
    };
    let fill = || desk.store.write(|tx| add_cup(tx, &"x".repeat(100_000)));

    limit(LIMIT).await.expect("the size can be limited");
    let (open, gate) = channel();
    let (_, first, second, ()) =
        tokio::join!(hold(&desk.store, gate), fill(), fill(), async move {
            open.send(()).expect("the gate listens");
        },);
    let read = cups(&desk.store).await;
    limit(FREE).await.expect("the size can be freed");
    let kept = fill().await;

    assert_eq!(first.expect_err("no space").kind, ErrorKind::Full);
    assert_eq!(second.expect_err("no space").kind, ErrorKind::Full);
    assert!(read.is_empty(), "reading goes on");
    kept.expect("there is space again");
}
