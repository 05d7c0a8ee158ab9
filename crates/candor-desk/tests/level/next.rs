//! Which ticket comes next, and who gets it.

use super::{level_for_everybody, on_shift, wrong};
use candor_desk::queue::{
    HandOut, KeepQueueLimit, KeepQueueMode, NextForYou, QueueMode, QueuePage, TakeNext, Taken,
};
use candor_desk::roster::{AbsenceText, AskForAbsence};
use candor_desk::ticket::{ChangeTicket, TicketView};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::roster::AbsenceKind;
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
    let screen = kit
        .desk
        .ask(
            &ayla,
            NextForYou {
                limit: 10,
                after: None,
            },
        )
        .await
        .unwrap();
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

/// Somebody is away from today on, and somebody else stands in.
async fn away(kit: &TestDesk, who: &str, deputy: &str) {
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    let today = kit.desk.now().to_zoned(zone).date();
    let absence = AbsenceText {
        person: kit.person(who).await.id,
        deputy: Some(kit.person(deputy).await.id),
        first: today.to_string(),
        last: today.saturating_add(2.days()).to_string(),
        kind: AbsenceKind::Sick,
        note: String::new(),
    };
    let ask = AskForAbsence(absence);
    kit.desk.run(&Actor::System, ask).await.unwrap();
}

#[tokio::test]
async fn a_deputy_sees_the_tickets_of_whoever_is_away() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let first = kit.mail("lena@cafe.example", "A question", "When?").await;
    let (ayla, ben) = (kit.actor("ayla").await, kit.actor("ben").await);
    kit.desk.run(&ayla, TakeNext).await.unwrap();
    let screen = kit
        .desk
        .ask(
            &ben,
            NextForYou {
                limit: 10,
                after: None,
            },
        )
        .await
        .unwrap();
    assert!(screen.lines.is_empty(), "it is Ayla's");
    away(&kit, "ayla", "ben").await;
    let screen = kit
        .desk
        .ask(
            &ben,
            NextForYou {
                limit: 10,
                after: None,
            },
        )
        .await
        .unwrap();
    assert_eq!(screen.lines[0].ticket, first);
    assert_eq!(screen.lines[0].stands_in_for.as_deref(), Some("Ayla"));
    let view = kit.desk.ask(&ben, TicketView { ticket: first }).await;
    let (_, deputy) = view.unwrap().away.unwrap();
    assert_eq!(deputy, ben.person());
    kit.mail("otto@cafe.example", "Another", "When?").await;
    let taken = kit.desk.run(&ayla, TakeNext).await.unwrap();
    assert!(matches!(taken, Taken::Away { .. }), "{taken:?}");
    kit.clock.advance(72.hours());
    let taken = kit.desk.run(&ayla, TakeNext).await.unwrap();
    assert!(matches!(taken, Taken::Ticket(_)), "Ayla is back");
}

#[tokio::test]
async fn the_desk_hands_out_to_whoever_is_there() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let mut tickets = Vec::new();
    for number in 0..4 {
        let from = format!("c{number}@cafe.example");
        tickets.push(kit.mail(&from, "A question", "When?").await);
    }
    let handed = kit.desk.run(&Actor::System, HandOut).await.unwrap();
    assert_eq!(handed, 0, "people pull");
    let mode = KeepQueueMode(QueueMode::RoundRobin);
    kit.desk.run(&Actor::System, mode).await.unwrap();
    let handed = kit.desk.run(&Actor::System, HandOut).await.unwrap();
    assert_eq!(handed, 0, "nobody is there");
    let (ayla, ben) = (kit.person("ayla").await.id, kit.person("ben").await.id);
    on_shift(&kit, &[ayla, ben]).await;
    let handed = kit.desk.run(&Actor::System, HandOut).await.unwrap();
    assert_eq!(handed, 4);
    let store = kit.desk.store();
    let read = tickets.clone();
    let have = store.read(move |tx| -> Result<_, candor_desk::DeskError> {
        let of = |id: &TicketId| Ok(tx.ticket(*id)?.and_then(|ticket| ticket.assignee));
        read.iter()
            .map(of)
            .collect::<Result<Vec<_>, candor_desk::DeskError>>()
    });
    let have = have.await.unwrap();
    assert_eq!(have, [Some(ayla), Some(ben), Some(ayla), Some(ben)]);
}

#[tokio::test]
async fn pages_of_the_queue_neither_skip_nor_repeat_while_time_goes_on() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let mut all = BTreeSet::new();
    for number in 0..9 {
        let from = format!("c{number}@cafe.example");
        let ticket = kit.mail(&from, "A question", "When?").await;
        if number % 3 == 0 {
            urgent(&kit, ticket).await;
        }
        all.insert(ticket);
        kit.clock.advance(7.minutes());
    }
    let (ayla, ben) = (kit.actor("ayla").await, kit.actor("ben").await);
    let mut seen = Vec::new();
    let mut taken = None;
    let mut after = None;
    loop {
        let page = QueuePage { limit: 2, after };
        let page = kit.desk.ask(&ayla, page).await.unwrap();
        seen.extend(page.lines.iter().map(|line| line.ticket));
        let Some(next) = page.next else { break };
        after = Some(next);
        // Some are late by the next page, and somebody takes the first of the first page.
        kit.clock.advance(29.minutes());
        if taken.is_none() {
            taken = Some(kit.desk.run(&ben, TakeNext).await.unwrap());
        }
    }
    let mut once = seen.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), seen.len(), "none twice: {seen:?}");
    let Some(Taken::Ticket(taken)) = taken else {
        panic!("{taken:?}")
    };
    all.remove(&taken);
    assert!(all.iter().all(|ticket| seen.contains(ticket)), "{seen:?}");
}
