//! Which ticket comes next, and who gets it.

use super::{level_for_everybody, wrong};
use candor_desk::queue::{KeepQueueLimit, NextForYou, TakeNext, Taken};
use candor_desk::ticket::ChangeTicket;
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::ticket::{Change, Urgency};
use candor_testkit::TestDesk;
use jiff::ToSpan;
use std::collections::BTreeSet;

async fn urgent(kit: &TestDesk, ticket: TicketId) {
    let change = ChangeTicket {
        ticket,
        change: Change::Urgency(Urgency::Urgent),
        version: None,
    };
    kit.desk.run(&Actor::System, change).await.unwrap();
}

#[tokio::test]
async fn the_urgent_one_goes_first_and_the_reason_can_be_read() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let first = kit.mail("lena@cafe.example", "A question", "When?").await;
    kit.clock.advance(30.minutes());
    let second = kit
        .mail("otto@cafe.example", "No power", "It is dead.")
        .await;
    urgent(&kit, second).await;
    let ayla = kit.actor("ayla").await;
    let screen = kit.desk.ask(&ayla, NextForYou { limit: 10 }).await.unwrap();
    let order: Vec<TicketId> = screen.lines.iter().map(|line| line.ticket).collect();
    assert_eq!(order, [second, first]);
    let line = &screen.lines[0];
    assert_eq!(line.level.as_deref(), Some("Standard"));
    assert_eq!((line.left.as_mins(), line.sum.urgency as u8), (60, 8));
    assert!(
        screen.unavoidable.is_none(),
        "what nobody can save is for leads"
    );
    let taken = kit.desk.run(&ayla, TakeNext).await.unwrap();
    assert_eq!(taken, Taken::Ticket(second));
    assert!(wrong(&kit).await.is_empty());
}

#[tokio::test]
async fn two_at_once_never_get_the_same_ticket() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    for number in 0..6 {
        kit.mail(&format!("c{number}@cafe.example"), "A question", "When?")
            .await;
    }
    let (ayla, ben, jonas) = (
        kit.actor("ayla").await,
        kit.actor("ben").await,
        kit.actor("jonas").await,
    );
    let take = |actor: &Actor| {
        let (desk, actor) = (kit.desk.clone(), actor.clone());
        tokio::spawn(async move { desk.run(&actor, TakeNext).await.unwrap() })
    };
    let tries: Vec<_> = [&ayla, &ben, &jonas, &ayla, &ben, &jonas].map(take).into();
    let mut got = BTreeSet::new();
    for one in tries {
        let Taken::Ticket(ticket) = one.await.unwrap() else {
            panic!("somebody got nothing");
        };
        assert!(got.insert(ticket), "{ticket} was given away twice");
    }
    assert_eq!(kit.desk.run(&ayla, TakeNext).await.unwrap(), Taken::Nothing);
}

#[tokio::test]
async fn nobody_hoards_and_nobody_takes_what_they_may_not() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    for number in 0..3 {
        kit.mail(&format!("c{number}@cafe.example"), "A question", "When?")
            .await;
    }
    let mara = kit.actor("mara").await;
    kit.desk.run(&mara, KeepQueueLimit(2)).await.unwrap();
    let ayla = kit.actor("ayla").await;
    for _ in 0..2 {
        kit.desk.run(&ayla, TakeNext).await.unwrap();
    }
    let enough = Taken::Enough { limit: 2 };
    assert_eq!(kit.desk.run(&ayla, TakeNext).await.unwrap(), enough);
    let cora = kit.actor("cora").await;
    assert_eq!(kit.desk.run(&cora, TakeNext).await.unwrap(), Taken::Nothing);
}
