//! Finding messages. The same hits on both engines, because both run these.

use candor_domain::id::{MessageId, TicketId};
use candor_store::search::{Hits, Query, analyse};
use candor_store::testing::{TestStore, fresh_store};
use candor_store::{Engine, StoreError};

const MESSAGES: [(i64, i64, &str); 7] = [
    (
        1,
        10,
        "My printer is on fire. The printers in the office are burning too!",
    ),
    (
        2,
        11,
        "Wann kommt meine Bestellung? Die Kaffeemühle ist für Herrn Müller.",
    ),
    (3, 10, "The fire is out, thank you for your quick answer."),
    (
        4,
        12,
        "Order HP-1042: the delivery was late, and a cup was broken.",
    ),
    (5, 13, "Où est ma commande ? Crème brûlée, s'il vous plaît."),
    (6, 14, "Заказ не пришёл. Где моя посылка?"),
    (
        7,
        15,
        "Deliveries are always late; delivered to the wrong Mueller.",
    ),
];

async fn filled() -> TestStore {
    let desk = fresh_store().await;
    desk.store
        .write(|tx| {
            for (message, ticket, text) in MESSAGES {
                tx.index_message(MessageId(message), TicketId(ticket), &analyse(text))?;
            }
            Ok::<_, StoreError>(())
        })
        .await
        .expect("messages are indexed");
    desk
}

async fn search(desk: &TestStore, text: &str, limit: usize) -> Hits {
    let query = Query::parse(text);
    desk.store
        .read(move |tx| tx.search_messages(&query, limit))
        .await
        .expect("the search runs")
}

async fn tickets(desk: &TestStore, text: &str) -> Vec<i64> {
    let hits = search(desk, text, 50).await;
    hits.tickets.into_iter().map(|ticket| ticket.0).collect()
}

#[tokio::test]
async fn messages_are_found_by_words_stems_and_beginnings() {
    let desk = filled().await;
    for (text, expected) in [
        ("fire", vec![10]),
        ("burned", vec![10]),
        ("FIRE printers", vec![10]),
        ("delivery", vec![15, 12]),
        ("deliver", vec![15, 12]),
        ("bestellungen", vec![11]),
        ("kaffeemuhlen", vec![11]),
        ("müller", vec![15, 11]),
        ("mueller", vec![15, 11]),
        ("HP-1042", vec![12]),
        ("creme brulee", vec![13]),
        ("посылка", vec![14]),
        ("посыл", vec![14]),
        ("kaff", vec![11]),
        ("kaff ", vec![]),
        ("fire late", vec![]),
        ("", vec![]),
        ("' OR 1=1 --", vec![]),
        ("\"fire\" AND NEAR(", vec![]),
        ("fi*", vec![]),
        (":* & ! <->", vec![]),
    ] {
        assert_eq!(tickets(&desk, text).await, expected, "{text:?}");
    }
}

#[tokio::test]
async fn a_ticket_is_listed_once_newest_message_first() {
    let desk = filled().await;
    desk.store
        .write(|tx| {
            tx.index_message(MessageId(8), TicketId(12), &analyse("The fire is back."))?;
            tx.index_message(MessageId(9), TicketId(10), &analyse("Fire again, fire!"))
        })
        .await
        .expect("indexed");

    let all = search(&desk, "fire", 50).await;
    let one = search(&desk, "fire", 1).await;

    assert_eq!(all.tickets, [TicketId(10), TicketId(12)]);
    assert!(!all.stopped);
    assert_eq!(one.tickets, [TicketId(10)]);
    assert!(one.stopped, "another ticket was cut off");
}

#[tokio::test]
async fn a_common_word_visits_the_newest_messages_only_and_says_so() {
    let desk = fresh_store().await;
    desk.store
        .write(|tx| {
            let terms = analyse("coffee");
            for number in 1..=600 {
                tx.index_message(MessageId(number), TicketId(number), &terms)?;
            }
            Ok::<_, StoreError>(())
        })
        .await
        .expect("indexed");

    let hits = search(&desk, "coffee", 1000).await;

    assert_eq!(hits.tickets.len(), 500);
    assert_eq!(hits.tickets.first(), Some(&TicketId(600)));
    assert!(hits.stopped);
}

#[tokio::test]
async fn a_changed_message_is_found_by_its_new_words_and_a_removed_one_not_at_all() {
    let desk = filled().await;
    desk.store
        .write(|tx| {
            tx.index_message(MessageId(4), TicketId(12), &analyse("All is well."))?;
            tx.unindex_message(MessageId(2))?;
            tx.move_indexed_messages(&[MessageId(7)], TicketId(10))
        })
        .await
        .expect("changed");

    assert_eq!(tickets(&desk, "broken").await, [0; 0]);
    assert_eq!(tickets(&desk, "well").await, [12]);
    assert_eq!(tickets(&desk, "mueller").await, [10]);
}

#[tokio::test]
async fn a_removed_message_leaves_no_trace_in_the_file() {
    let desk = fresh_store().await;
    if desk.store.engine() == Engine::Postgres {
        return; // A PostgreSQL server reclaims its pages by itself, in its own time.
    }
    let index = |text: &'static str| {
        desk.store
            .write(move |tx| tx.index_message(MessageId(1), TicketId(1), &analyse(text)))
    };
    index("zanzibarcanary").await.expect("indexed");
    desk.store
        .write(|tx| tx.unindex_message(MessageId(1)))
        .await
        .expect("removed");
    let path = desk.config.data_dir.join("candor.db");
    rusqlite::Connection::open(&path)
        .and_then(|file| {
            file.query_row("pragma wal_checkpoint(truncate)", [], |row| {
                row.get::<_, i64>(0)
            })
        })
        .expect("the log is folded in");

    let bytes = std::fs::read(path).expect("the file");

    let found = bytes.windows(14).any(|window| window == b"zanzibarcanary");
    assert!(!found, "the removed word is still in the file");
}

#[tokio::test]
async fn a_beginning_finds_the_newest_tickets_however_many_words_begin_so() {
    let desk = fresh_store().await;
    desk.store
        .write(|tx| {
            for number in 1..=300 {
                let terms = analyse(&format!("mocha{number} mo{}", number % 7));
                tx.index_message(MessageId(number), TicketId(number), &terms)?;
            }
            tx.unindex_message(MessageId(299))?;
            tx.unindex_message(MessageId(7))
        })
        .await
        .expect("indexed");

    assert_eq!(
        search(&desk, "moch", 3).await.tickets.first(),
        Some(&TicketId(300))
    );
    assert_eq!(
        tickets(&desk, "mocha29").await,
        [298, 297, 296, 295, 294, 293, 292, 291, 290, 29]
    );
    assert_eq!(tickets(&desk, "mo5 mocha1").await.len(), 16);
    assert_eq!(
        search(&desk, "mo0", 500).await.tickets.len(),
        41,
        "one of 42 was removed"
    );
}

#[tokio::test]
async fn words_of_messages_from_before_the_vocabulary_are_found_by_their_beginning() {
    let desk = filled().await;
    if desk.store.engine() == Engine::Postgres {
        return; // It keeps no vocabulary.
    }
    rusqlite::Connection::open(desk.config.data_dir.join("candor.db"))
        .and_then(|file| {
            file.execute_batch(
                "drop table search_term;
                 drop index search_doc_ticket;
                 delete from schema_version where name = '2026-11-22-search';",
            )
        })
        .expect("as the version before left it");

    desk.store.migrate().await.expect("it migrates");

    assert_eq!(tickets(&desk, "kaffeem").await, [11]);
}
