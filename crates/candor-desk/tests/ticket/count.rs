//! The counts beside the lists, and the lists themselves.

use candor_desk::Stretch;
use candor_desk::ticket::{ChangeTicket, ListCounts, ListPage, Search, WhichList};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::permission::Permission;
use candor_domain::ticket::{Change, Status};
use candor_testkit::TestDesk;
use jiff::ToSpan;

async fn shown(kit: &TestDesk, actor: &Actor, list: WhichList) -> Vec<TicketId> {
    let page = ListPage {
        list,
        customer: None,
        stretch: Stretch::Top,
        limit: 50,
    };
    let page = kit.desk.ask(actor, page).await.unwrap();
    page.rows.iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn the_kept_counts_equal_a_recount_whatever_happened() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let me = kit.person("ayla").await.id;
    let mut ids = Vec::new();
    for n in 0..6 {
        ids.push(
            kit.mail(&format!("c{n}@customer.example"), "Hello", "Hi")
                .await,
        );
        kit.clock.advance(1.minute());
    }
    let changes = [
        Change::Assign {
            team: Some(kit.team),
            person: Some(me),
        },
        Change::Status(Status::Waiting),
        Change::Status(Status::Solved),
        Change::Spam(true),
        Change::Assign {
            team: None,
            person: None,
        },
    ];
    for (id, change) in ids.iter().zip(changes) {
        kit.desk
            .run(
                &ayla,
                ChangeTicket {
                    ticket: *id,
                    change,
                    version: None,
                },
            )
            .await
            .unwrap();
    }
    for round in ["as they came", "after folding"] {
        let (kept, counted) = kit
            .desk
            .store()
            .read(|tx| Ok::<_, candor_store::StoreError>((tx.counts()?, tx.recount()?)))
            .await
            .unwrap();
        assert_eq!(kept, counted, "{round}");
        for list in WhichList::ALL {
            let lists = kit.desk.ask(&ayla, ListCounts).await.unwrap();
            let rows = shown(&kit, &ayla, list).await.len() as i64;
            assert_eq!(lists.of(list), rows, "{round}: {}", list.as_str());
        }
        kit.run_tasks().await;
    }
}

#[tokio::test]
async fn a_list_goes_on_where_the_page_before_ended() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(
            kit.mail(&format!("c{n}@customer.example"), "Hello", "Hi")
                .await,
        );
        kit.clock.advance(1.minute());
    }
    ids.reverse();
    let ask = |stretch| ListPage {
        list: WhichList::All,
        customer: None,
        stretch,
        limit: 2,
    };
    let mut seen = Vec::new();
    let mut stretch = Stretch::Top;
    let mut back = loop {
        let page = kit.desk.ask(&ayla, ask(stretch)).await.unwrap();
        seen.extend(page.rows.iter().map(|row| row.id));
        match page.next {
            Some(last) => stretch = Stretch::After(last),
            None => break page.previous,
        }
    };
    assert_eq!(seen, ids, "newest first, each once");

    let mut again = seen.split_off(4);
    while let Some(first) = back {
        let page = kit.desk.ask(&ayla, ask(Stretch::Before(first))).await;
        let page = page.unwrap();
        again.splice(0..0, page.rows.iter().map(|row| row.id));
        back = page.previous;
    }
    assert_eq!(again, ids, "and each once on the way back");
}

#[tokio::test]
async fn the_search_finds_words_and_numbers_and_only_what_may_be_seen() {
    let kit = TestDesk::new().await;
    let (ayla, cora) = (kit.actor("ayla").await, kit.actor("cora").await);
    let id = kit
        .mail(
            "amira@customer.example",
            "Grinder squeaks",
            "My grinders are squeaking.",
        )
        .await;
    let find = |text: &str| Search {
        text: text.to_owned(),
        limit: 10,
    };
    for text in ["squeak", "grinder", &format!("#{id}"), "GRINDERS"] {
        let found = kit.desk.ask(&ayla, find(text)).await.unwrap();
        assert_eq!(found.rows.len(), 1, "{text}");
    }
    let give_away = ChangeTicket {
        ticket: id,
        change: Change::Assign {
            team: None,
            person: None,
        },
        version: None,
    };
    kit.desk.run(&ayla, give_away).await.unwrap();
    for text in ["squeak", &format!("#{id}")] {
        assert!(
            kit.desk
                .ask(&cora, find(text))
                .await
                .unwrap()
                .rows
                .is_empty(),
            "{text}"
        );
    }
    assert!(!matches!(&cora, Actor::Person(access) if access.has(Permission::Reply)));
}
