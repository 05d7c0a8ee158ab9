//! Hints: the same joke to two customers, the question, and that no trace is left.

use super::{AMIRA, DELIGHTED, FURIOUS};
use candor_desk::tone::{CheckKind, DraftHints, SwitchHints, check_draft};
use candor_domain::id::TicketId;
use candor_store::{Sql, Tx};
use candor_testkit::TestDesk;

const JOKE: &str = "Hello Amira,\n\nyour bags took a holiday without you, haha! A new box leaves \
    today and reaches you on Thursday.\n\nBest regards\nAyla";

async fn hints(kit: &TestDesk, ticket: TicketId, draft: &str) -> Option<DraftHints> {
    let ayla = kit.actor("ayla").await;
    check_draft(&kit.desk, &ayla, ticket, draft).await.unwrap()
}

#[tokio::test]
async fn a_joke_hurts_an_upset_customer_and_not_a_happy_one() {
    let kit = TestDesk::new().await;
    let upset = kit.mail(AMIRA, "Where are my bags?", FURIOUS).await;
    let happy = kit.mail(AMIRA, "Your beans", DELIGHTED).await;

    let found = hints(&kit, upset, JOKE).await.unwrap();
    let question = found.question().expect("it is worth a question");
    assert_eq!(
        (question.check, found.name.as_str()),
        (CheckKind::Joke, "Amira")
    );
    let better = question.better.as_ref().unwrap().applied(JOKE);
    assert!(
        better.contains("I am sorry that this happened. A new box"),
        "{better}"
    );
    let again = hints(&kit, upset, &better).await.unwrap();
    assert!(again.question().is_none(), "{again:?}");

    let found = hints(&kit, happy, JOKE).await.unwrap();
    assert!(found.question().is_none(), "{found:?}");
    assert!(
        found.hints.iter().all(|hint| hint.check != CheckKind::Joke),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_clause_of_blame_is_taken_out_by_one_click() {
    let kit = TestDesk::new().await;
    let upset = kit.mail(AMIRA, "Where are my bags?", FURIOUS).await;
    let draft = "Hello Amira,\n\nas you should have read in our terms, both ways are free for \
        you.\n\nBest regards\nAyla";

    let found = hints(&kit, upset, draft).await.unwrap();
    let question = found.question().expect("it is worth a question");
    assert_eq!(question.check, CheckKind::Blame);
    assert_eq!(
        question.better.as_ref().unwrap().applied(draft),
        "Hello Amira,\n\nBoth ways are free for you.\n\nBest regards\nAyla"
    );
}

#[tokio::test]
async fn whoever_wants_no_hints_gets_none() {
    let kit = TestDesk::new().await;
    let upset = kit.mail(AMIRA, "Where are my bags?", FURIOUS).await;
    let ayla = kit.actor("ayla").await;
    kit.desk
        .run(&ayla, SwitchHints { off: true })
        .await
        .unwrap();
    assert!(hints(&kit, upset, JOKE).await.is_none());

    kit.desk
        .run(&ayla, SwitchHints { off: false })
        .await
        .unwrap();
    assert!(hints(&kit, upset, JOKE).await.is_some());
}

/// How many rows each table has that could keep something of a person.
async fn rows(kit: &TestDesk) -> Vec<i64> {
    const COUNTS: [Sql; 8] = [
        Sql::Same("select count(*) from journal"),
        Sql::Same("select count(*) from message_reading"),
        Sql::Same("select count(*) from ticket_mood"),
        Sql::Same("select count(*) from draft"),
        Sql::Same("select count(*) from job"),
        Sql::Same("select count(*) from outbox"),
        Sql::Same("select count(*) from setting"),
        Sql::Same("select count(*) from message"),
    ];
    let count = |tx: &mut Tx<'_>| {
        let one = |sql: Sql| tx.query_one(sql, &[], |row| row.get(0));
        COUNTS.into_iter().map(one).collect()
    };
    kit.desk.store().read(count).await.unwrap()
}

#[tokio::test]
async fn neither_a_hint_nor_the_switch_leaves_a_trace_for_others() {
    let kit = TestDesk::new().await;
    let upset = kit.mail(AMIRA, "Where are my bags?", FURIOUS).await;
    let before = rows(&kit).await;

    let found = hints(&kit, upset, JOKE).await.unwrap();
    assert!(found.question().is_some());
    let ayla = kit.actor("ayla").await;
    kit.desk
        .run(&ayla, SwitchHints { off: true })
        .await
        .unwrap();

    assert_eq!(rows(&kit).await, before);
}
