//! Values, rows, snapshots, failures.

use candor_store::testing::fresh_store;
use candor_store::{ErrorKind, Sql, StoreError, Value, params};

use crate::{add_cup, cups, lay_table};

#[tokio::test]
async fn values_come_back_as_they_went_in() {
    const ECHO: Sql = Sql::Same(
        "insert into job (kind, payload, run_at, dedupe) values ($3, $1, $2, $4)
        returning payload, run_at, dedupe",
    );
    let desk = fresh_store().await;
    let text = "Grüße 👋 'quoted' $1 ?1";

    let row = desk
        .store
        .write(move |tx| {
            let params = params![text, i64::MIN, "echo", None::<&str>];
            tx.query_one(ECHO, &params, |row| {
                Ok((
                    row.get::<String>(0)?,
                    row.get::<i64>(1)?,
                    row.get::<Option<String>>(2)?,
                ))
            })
        })
        .await
        .expect("the row is kept");

    assert_eq!(row, (text.to_owned(), i64::MIN, None));
}

#[tokio::test]
async fn nul_bytes_are_left_out() {
    let desk = fresh_store().await;
    lay_table(&desk.store).await;

    desk.store
        .write(|tx| add_cup(tx, "esp\0resso\0"))
        .await
        .expect("it is kept");

    assert_eq!(cups(&desk.store).await, ["espresso"]);
}

#[tokio::test]
async fn a_missing_value_is_never_read_as_zero() {
    const SIZE: Sql = Sql::Same("select size, name from cup");
    const ADD: Sql = Sql::Same("insert into cup (name) values ('espresso')");
    let desk = fresh_store().await;
    lay_table(&desk.store).await;
    desk.store
        .write(|tx| tx.execute(ADD, &[]))
        .await
        .expect("kept");

    let read = |column: usize| {
        desk.store
            .read(move |tx| tx.query_one(SIZE, &[], |row| row.get::<i64>(column)))
    };
    let missing = read(0).await.expect_err("there is no size");
    let text = read(1).await.expect_err("a name is no number");

    assert_eq!(
        (missing.op, missing.kind),
        ("select size, name from cup", ErrorKind::Broken)
    );
    let words = |error: &StoreError| std::error::Error::source(error).expect("words").to_string();
    assert_eq!(
        words(&missing),
        "column 0: expected a whole number, found no value"
    );
    assert_eq!(
        words(&text),
        "column 1: expected a whole number, found text"
    );
}

#[tokio::test]
async fn id_sets_work_when_they_are_large_and_when_they_are_empty() {
    const IN: Sql = Sql::Same("select count(*) from cup where size in ($1) and name <> $2");
    const NOT_IN: Sql = Sql::Same("select count(*) from cup where size not in ($1) and name <> $2");
    const ADD: Sql = Sql::Same("insert into cup (name, size) values");
    let desk = fresh_store().await;
    lay_table(&desk.store).await;
    desk.store
        .write(|tx| {
            let rows: Vec<Vec<Value>> = (0..1000_i64)
                .map(|number| params![format!("cup {number}"), number].to_vec())
                .collect();
            tx.insert_many(ADD, &rows)?;
            tx.insert_many(ADD, &[])
        })
        .await
        .expect("many rows are kept");

    let count = |sql: Sql, ids: Vec<i64>| {
        desk.store
            .read(move |tx| tx.query_one(sql, &params![ids, "cup 1"], |row| row.get::<i64>(0)))
    };

    assert_eq!(count(IN, (0..500).collect()).await.expect("read"), 499);
    assert_eq!(count(NOT_IN, (0..500).collect()).await.expect("read"), 500);
    assert_eq!(count(IN, vec![]).await.expect("read"), 0);
    assert_eq!(count(NOT_IN, vec![]).await.expect("read"), 999);
}

#[tokio::test]
async fn a_failed_statement_ends_its_transaction_even_when_the_failure_is_ignored() {
    let desk = fresh_store().await;
    lay_table(&desk.store).await;

    let ignored = desk
        .store
        .write(|tx| {
            add_cup(tx, "espresso")?;
            let taken = add_cup(tx, "espresso").expect_err("the name is taken");
            assert_eq!(taken.kind, ErrorKind::Conflict);
            let later = add_cup(tx, "latte").expect_err("the transaction has ended");
            assert_eq!(later.kind, ErrorKind::Conflict);
            Ok::<_, StoreError>(())
        })
        .await;

    assert_eq!(ignored.expect_err("refused").kind, ErrorKind::Conflict);
    assert!(cups(&desk.store).await.is_empty());
}

#[tokio::test]
async fn what_was_put_is_there_for_the_next_question_and_in_its_order() {
    const ADD: Sql = Sql::Same("insert into cup (name, size) values ($1, $2)");
    const GROW: Sql = Sql::Same("update cup set size = size * 2 + $1");
    let desk = fresh_store().await;
    lay_table(&desk.store).await;

    let sizes = desk.store.write(|tx| {
        tx.query_one(Sql::Same("select count(*) from cup"), &[], |row| {
            row.get::<i64>(0)
        })?;
        tx.put(ADD, &params!["mocha", 1_i64])?;
        for step in 0..40_i64 {
            tx.put(GROW, &params![step % 2])?;
        }
        tx.query_one(Sql::Same("select size from cup"), &[], |row| {
            row.get::<i64>(0)
        })
    });
    let mut expected = 1_i64;
    for step in 0..40 {
        expected = expected * 2 + step % 2;
    }
    assert_eq!(sizes.await.expect("it is kept"), expected);
}

#[tokio::test]
async fn what_was_put_and_fails_ends_its_transaction_also_at_its_end() {
    const ADD: Sql = Sql::Same("insert into cup (name, size) values ($1, 1)");
    let desk = fresh_store().await;
    lay_table(&desk.store).await;
    let first = |tx: &mut candor_store::Tx<'_>| add_cup(tx, "espresso");

    let taken = desk.store.write(move |tx| {
        first(tx)?;
        tx.put(ADD, &params!["mocha"])?;
        tx.put(ADD, &params!["mocha"])
    });
    let taken = taken.await.expect_err("the name is taken");
    assert_eq!(taken.kind, ErrorKind::Conflict);
    assert!(taken.op.starts_with("insert into cup"), "{}", taken.op);

    // A value too few never reaches the server, which would commit the rest.
    let short = desk.store.write(move |tx| {
        first(tx)?;
        tx.put(ADD, &[])
    });
    let short = short.await.expect_err("a value is missing");
    assert_eq!(short.kind, ErrorKind::Broken);
    assert!(cups(&desk.store).await.is_empty());
}

#[tokio::test]
async fn a_read_changes_nothing_and_sees_one_moment() {
    let desk = fresh_store().await;
    lay_table(&desk.store).await;

    let written = desk.store.read(|tx| add_cup(tx, "espresso")).await;
    let store = desk.store.clone();
    let handle = tokio::runtime::Handle::current();
    let (before, after) = desk
        .store
        .read(move |tx| {
            let count = Sql::Same("select count(*) from cup");
            let before = tx.query_one(count, &[], |row| row.get::<i64>(0))?;
            handle.block_on(store.write(|tx| add_cup(tx, "latte")))?;
            let after = tx.query_one(count, &[], |row| row.get::<i64>(0))?;
            Ok::<_, StoreError>((before, after))
        })
        .await
        .expect("the snapshot is read");

    written.expect_err("a read cannot write");
    assert_eq!((before, after), (0, 0));
    assert_eq!(cups(&desk.store).await, ["latte"]);
}

#[tokio::test]
async fn the_wrong_number_of_values_is_a_defect_on_both_engines() {
    let desk = fresh_store().await;
    for params in [vec![], params![1_i64, 2_i64].to_vec()] {
        let wrong = desk
            .store
            .read(move |tx| {
                tx.query(Sql::Same("select cast($1 as bigint)"), &params, |row| {
                    row.get::<i64>(0)
                })
            })
            .await;
        assert_eq!(wrong.expect_err("refused").kind, ErrorKind::Broken);
    }
}

#[tokio::test]
async fn keys_and_passwords_are_not_printed() {
    let desk = fresh_store().await;
    let printed = format!("{:?}", desk.config);
    assert!(printed.contains("StoreKeys"));
    assert!(!printed.contains("[7, 7"), "{printed}");
}

#[tokio::test]
async fn the_figures_count_each_statement_of_a_verb_and_of_a_query() {
    let desk = fresh_store().await;
    lay_table(&desk.store).await;
    let before = desk.store.figures();

    let pour = desk.store.write(|tx| {
        add_cup(tx, "espresso")?;
        add_cup(tx, "mocha")
    });
    pour.await.expect("two cups");

    let after = desk.store.figures();
    assert_eq!(after.verbs - before.verbs, 1);
    let statements = after.statements - before.statements;
    // Two inserts and the commit; SQLite has a begin and a savepoint around them.
    assert!((3..=6).contains(&statements), "{statements} statements");
    assert!(after.statement_time > before.statement_time);
    assert!(after.verb_time > before.verb_time);
    cups(&desk.store).await;
    let read = desk.store.figures();
    assert_eq!(read.verbs, after.verbs);
    assert!(read.statements > after.statements);
}
