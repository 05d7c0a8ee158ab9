//! Entries and their positions.

use std::collections::BTreeSet;

use candor_store::journal::{Entry, NewEntry};
use candor_store::testing::{TestStore, fresh_store};
use candor_store::{ErrorKind, Sql, Store, StoreError, Tx, params};
use jiff::Timestamp;

fn new_entry<'a>(subject: &'a str, facts: &'a str) -> NewEntry<'a> {
    NewEntry {
        at: Timestamp::UNIX_EPOCH,
        actor: "person:3",
        subject,
        kind: "ticket.closed",
        version: 1,
        facts,
        content: Some([9; 32]),
    }
}

fn append(tx: &mut Tx<'_>, subject: &str) -> Result<(), StoreError> {
    tx.append_entry(&new_entry(subject, "{}"))
}

/// Waits until the position is reached, and reads everything.
async fn sequenced(desk: &TestStore, last: i64) -> Vec<Entry> {
    let mut positions = desk.store.positions();
    positions
        .wait_for(|position| *position >= last)
        .await
        .expect("the store lives");
    desk.store
        .read(|tx| tx.entries_after(0, 1000))
        .await
        .expect("entries can be read")
}

#[tokio::test]
async fn an_entry_comes_back_whole_and_authentic() {
    let desk = fresh_store().await;
    desk.store
        .write(|tx| tx.append_entry(&new_entry("ticket:12", "{\"a\":\"\0b\"}")))
        .await
        .expect("it is kept");

    let entries = sequenced(&desk, 1).await;

    let [entry] = entries.as_slice() else {
        panic!("one entry, not {entries:?}");
    };
    assert_eq!(entry.position, Some(1));
    assert_eq!(entry.facts, "{\"a\":\"b\"}");
    assert_eq!(entry.content, Some([9; 32]));
    assert!(entry.is_authentic(&[7; 32]));
    assert!(!entry.is_authentic(&[8; 32]), "another key wrote it");
    let mut forged = entry.clone();
    forged.facts = "{}".to_owned();
    assert!(!forged.is_authentic(&[7; 32]), "the facts were edited");
}

#[tokio::test]
async fn an_undone_verb_leaves_no_gap() {
    let desk = fresh_store().await;
    let store = &desk.store;
    let (first, undone, second) = tokio::join!(
        store.write(|tx| append(tx, "ticket:1")),
        store.write(|tx| {
            append(tx, "ticket:2")?;
            Err::<(), _>(StoreError::new("think again", ErrorKind::NotFound))
        }),
        store.write(|tx| append(tx, "ticket:3")),
    );
    first.expect("kept");
    second.expect("kept");
    undone.expect_err("undone");

    let entries = sequenced(&desk, 2).await;

    let positions: Vec<Option<i64>> = entries.iter().map(|entry| entry.position).collect();
    assert_eq!(positions, [Some(1), Some(2)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_have_no_gaps_under_many_writers_in_two_processes() {
    const WRITERS: usize = 8;
    const EACH: usize = 25;
    let desk = fresh_store().await;
    let other = Store::open(desk.config.clone())
        .await
        .expect("it opens twice");
    other.start_sequencer();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = if writer % 2 == 0 { &desk.store } else { &other }.clone();
            tokio::spawn(async move {
                for number in 0..EACH {
                    let subject = format!("ticket:{writer}-{number}");
                    store
                        .write(move |tx| append(tx, &subject))
                        .await
                        .expect("it is kept");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("no writer panics");
    }

    let all = (WRITERS * EACH) as i64;
    let entries = sequenced(&desk, all).await;
    let mut elsewhere = other.positions();
    elsewhere
        .wait_for(|position| *position == all)
        .await
        .expect("the other process notices");

    let positions: Vec<i64> = entries.iter().filter_map(|entry| entry.position).collect();
    assert_eq!(positions, (1..=all).collect::<Vec<_>>());
    let subjects: BTreeSet<&str> = entries.iter().map(|entry| entry.subject.as_str()).collect();
    assert_eq!(subjects.len(), WRITERS * EACH, "each entry is there once");
    for writer in 0..WRITERS {
        let prefix = format!("ticket:{writer}-");
        let order: Vec<&str> = entries
            .iter()
            .filter_map(|entry| entry.subject.strip_prefix(&prefix))
            .collect();
        let expected: Vec<String> = (0..EACH).map(|number| number.to_string()).collect();
        assert_eq!(order, expected, "one writer's entries keep their order");
    }
}

#[tokio::test]
async fn the_history_of_a_subject_is_its_newest_entries_oldest_first() {
    let desk = fresh_store().await;
    desk.store
        .write(|tx| {
            for number in 0..5 {
                tx.append_entry(&new_entry("ticket:12", &format!("{number}")))?;
                append(tx, "ticket:13")?;
            }
            Ok::<_, StoreError>(())
        })
        .await
        .expect("kept");
    sequenced(&desk, 10).await;

    let history = desk
        .store
        .read(|tx| tx.entries_of("ticket:12", 3))
        .await
        .expect("read");
    let facts: Vec<&str> = history.iter().map(|entry| entry.facts.as_str()).collect();
    let (tail, last) = desk
        .store
        .read(|tx| Ok::<_, StoreError>((tx.entries_after(8, 100)?, tx.last_position()?)))
        .await
        .expect("read");

    assert_eq!(facts, ["2", "3", "4"]);
    assert_eq!((tail.len(), last), (2, 10));
}

#[tokio::test(flavor = "multi_thread")]
async fn verbs_that_decide_on_what_they_read_never_both_win() {
    const COUNT: Sql = Sql::Same("select count(*) from lease where holder = $1");
    const ADD: Sql = Sql::Same("insert into lease (name, holder, until) values ($1, $2, 0)");
    let desk = fresh_store().await;
    let claims: Vec<_> = (0..8)
        .map(|number| {
            let store = desk.store.clone();
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        let taken =
                            tx.query_one(COUNT, &params!["last cup"], |row| row.get::<i64>(0))?;
                        if taken > 0 {
                            return Ok(false);
                        }
                        tx.execute(ADD, &params![format!("guest {number}"), "last cup"])?;
                        Ok::<_, StoreError>(true)
                    })
                    .await
                    .expect("conflicts are retried below the seam")
            })
        })
        .collect();

    let mut winners = 0;
    for claim in claims {
        winners += usize::from(claim.await.expect("no panic"));
    }

    assert_eq!(winners, 1);
}
