//! What holds for any text.

use candor_domain::id::{MessageId, TicketId};
use candor_store::search::{Query, analyse};
use candor_store::testing::fresh_store;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[test]
fn any_message_is_found_by_its_own_words() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let desk = runtime.block_on(fresh_store());
    let mut runner = TestRunner::new(Config::with_cases(200));
    // Printable letters of all scripts, quotes and operators included, and control characters.
    let texts = prop_oneof![
        "\\PC{0,60}",
        "[ -~]{0,60}",
        "[\\x00-\\x20a-cÀ-ÿ'\"*:&|!()]{0,40}"
    ];

    let law = |text: String| {
        let (store, indexed) = (desk.store.clone(), text.clone());
        let query = Query::parse(&format!("{text} "));
        let asked = query.clone();
        let (before, hits) = runtime.block_on(async move {
            let before = store.read({
                let query = query.clone();
                move |tx| tx.search_messages(&query, 10)
            });
            let before = before.await;
            store
                .write(move |tx| tx.index_message(MessageId(1), TicketId(7), &analyse(&indexed)))
                .await
                .expect("any text can be indexed");
            let hits = store.read(move |tx| tx.search_messages(&query, 10)).await;
            store
                .write(|tx| tx.unindex_message(MessageId(1)))
                .await
                .expect("it can be removed again");
            (before, hits)
        });
        let found = hits.expect("any text can be looked for").tickets;
        let expected: &[TicketId] = if asked.is_empty() {
            &[]
        } else {
            &[TicketId(7)]
        };
        prop_assert_eq!(before.expect("the search runs").tickets, []);
        prop_assert_eq!(found, expected);
        Ok(())
    };

    runner.run(&texts, law).expect("the law holds");
}
