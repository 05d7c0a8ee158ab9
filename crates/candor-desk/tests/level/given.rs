//! Promises that people give in replies, and urgencies that they decide.

use super::{hours, level_for_everybody, reply, usual, view, wrong};
use candor_desk::level::{
    AddLevel, AttainmentBy, AttainmentView, DraftPromise, GivePromise, GivenState,
    KeepDraftPromise, MyPromises, WithdrawPromise, promise_in,
};
use candor_desk::queue::NextForYou;
use candor_desk::ticket::{
    ChangeTicket, CustomerView, DecideUrgency, DropUrgencyDecision, SaveDraft, SendDraft, TakeBack,
};
use candor_desk::verify::verify;
use candor_desk::{Conflict, DeskError};
use candor_domain::actor::Actor;
use candor_domain::id::{DraftId, TicketId};
use candor_domain::level::{Coverage, Metric};
use candor_domain::message::MessageKind;
use candor_domain::ticket::{AfterSend, Change, Kind, Urgency};
use candor_domain::urgency::UrgencyGround;
use candor_testkit::TestDesk;
use jiff::ToSpan;

const WORDS: &str = "Dear Lena,\n\nI'll write by 12:00.\n\nAyla";

async fn question(kit: &TestDesk) -> TicketId {
    kit.mail("lena@cafe.example", "Late parcel", "Where is it?")
        .await
}

/// Ayla writes a reply that promises something and lets it go out.
async fn send(kit: &TestDesk, ticket: TicketId, body: &str) -> DraftId {
    let ayla = kit.actor("ayla").await;
    let seen = view(kit, ticket).await.ticket.last_public_message.unwrap();
    let draft = SaveDraft {
        ticket,
        kind: MessageKind::Reply,
        body: body.to_owned(),
        cc: Vec::new(),
        then: AfterSend::Wait,
        seen,
    };
    let draft = kit.desk.run(&ayla, draft).await.unwrap();
    let promise = promise_in(&kit.desk, &ayla, ticket, body).await.unwrap();
    let keep = KeepDraftPromise { draft, promise };
    kit.desk.run(&ayla, keep).await.unwrap();
    kit.desk
        .run(&ayla, SendDraft { draft, seen })
        .await
        .unwrap();
    draft
}

async fn released(kit: &TestDesk, ticket: TicketId, body: &str) {
    send(kit, ticket, body).await;
    kit.clock.advance(1.minute());
    kit.run_jobs().await;
}

async fn states(kit: &TestDesk, ticket: TicketId) -> Vec<GivenState> {
    let promise = view(kit, ticket).await.promise;
    let given = promise.map(|promise| promise.given).unwrap_or_default();
    given.into_iter().map(|given| given.state).collect()
}

#[tokio::test]
async fn a_promise_typed_in_a_reply_runs_until_the_next_reply() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let ticket = question(&kit).await;
    released(&kit, ticket, WORDS).await;

    // It has a place in the queue, in the lists and on the customer's page.
    let seen = view(&kit, ticket).await;
    let first = seen.promise.unwrap().first.unwrap();
    assert_eq!(first.metric, Metric::Promised);
    assert_eq!(first.due.unwrap().to_string(), "2026-03-02T11:00:00Z");
    let ayla = kit.actor("ayla").await;
    let mine = kit.desk.ask(&ayla, MyPromises).await.unwrap();
    assert_eq!(mine[0].words, "I'll write by 12:00.");
    let (customer, id) = (seen.ticket.customer, ticket);
    let lena = Actor::Customer {
        customer,
        ticket: id,
    };
    let page = kit.desk.ask(&lena, CustomerView { ticket }).await.unwrap();
    let (name, given) = page.given.unwrap();
    assert_eq!((name.as_str(), given.state), ("Ayla", GivenState::Open));

    kit.clock.advance(1.hour());
    reply(&kit, "ben", ticket, AfterSend::Wait).await;
    assert!(matches!(
        states(&kit, ticket).await[..],
        [GivenState::Kept { .. }]
    ));
    assert!(kit.desk.ask(&ayla, MyPromises).await.unwrap().is_empty());
    let report = AttainmentView {
        days: 1,
        by: AttainmentBy::Level,
    };
    let report = kit.desk.ask(&Actor::System, report).await.unwrap();
    let given = report.given.unwrap();
    assert_eq!((given.promises, given.kept), (1, 1));
    assert!(wrong(&kit).await.is_empty());
    kit.run_tasks().await;
    let findings = verify(&kit.desk, &Actor::System, |_| {})
        .await
        .unwrap()
        .findings;
    assert!(findings.is_empty(), "{findings:?}");
}

#[tokio::test]
async fn a_promise_that_nobody_keeps_warns_breaks_and_stays_broken() {
    // In a shop that has no levels at all.
    let kit = TestDesk::new().await;
    let ticket = question(&kit).await;
    released(&kit, ticket, WORDS).await;
    kit.clock.advance(70.minutes());
    kit.run_tasks().await;
    let kinds = |happening: &candor_desk::ticket::Happening| happening.event.kind();
    let told: Vec<_> = view(&kit, ticket)
        .await
        .happenings
        .iter()
        .map(kinds)
        .collect();
    assert_eq!(told.last(), Some(&"ticket.promise_warned"), "{told:?}");

    kit.clock.advance(1.hour());
    kit.run_tasks().await;
    assert_eq!(states(&kit, ticket).await, [GivenState::Late]);
    let told: Vec<_> = view(&kit, ticket)
        .await
        .happenings
        .iter()
        .map(kinds)
        .collect();
    assert_eq!(told.last(), Some(&"ticket.promise_broken"), "{told:?}");
    reply(&kit, "ayla", ticket, AfterSend::Wait).await;
    assert!(matches!(
        states(&kit, ticket).await[..],
        [GivenState::KeptLate { .. }]
    ));
    assert!(wrong(&kit).await.is_empty());
    kit.run_tasks().await;
    let findings = verify(&kit.desk, &Actor::System, |_| {})
        .await
        .unwrap()
        .findings;
    assert!(findings.is_empty(), "{findings:?}");
}

#[tokio::test]
async fn a_promise_is_withdrawn_with_a_reason_and_not_twice() {
    let kit = TestDesk::new().await;
    let ticket = question(&kit).await;
    released(&kit, ticket, WORDS).await;
    let ayla = kit.actor("ayla").await;
    let withdraw = |reason: &str| WithdrawPromise {
        ticket,
        cycle: 1,
        reason: reason.to_owned(),
    };
    let empty = kit.desk.run(&ayla, withdraw(" ")).await;
    assert!(matches!(empty, Err(DeskError::Invalid(_))));
    let why = withdraw("Lena called and has it");
    kit.desk.run(&ayla, why.clone()).await.unwrap();
    let again = kit.desk.run(&ayla, why).await;
    assert!(matches!(again, Err(DeskError::Conflict(Conflict::TooLate))));
    assert!(matches!(
        states(&kit, ticket).await[..],
        [GivenState::Withdrawn { broken: false, .. }]
    ));
    kit.clock.advance(3.hours());
    kit.run_tasks().await;
    assert!(wrong(&kit).await.is_empty());
    let findings = verify(&kit.desk, &Actor::System, |_| {})
        .await
        .unwrap()
        .findings;
    assert!(findings.is_empty(), "{findings:?}");
}

#[tokio::test]
async fn a_reply_that_is_taken_back_promises_nothing_and_one_is_owed_at_a_time() {
    let kit = TestDesk::new().await;
    let ticket = question(&kit).await;
    let ayla = kit.actor("ayla").await;
    let draft = send(&kit, ticket, WORDS).await;
    kit.desk.run(&ayla, TakeBack { draft }).await.unwrap();
    kit.clock.advance(1.minute());
    kit.run_jobs().await;
    assert!(states(&kit, ticket).await.is_empty());

    let give = |due| GivePromise {
        ticket,
        promise: DraftPromise {
            words: "by telephone".to_owned(),
            due,
        },
    };
    let now = kit.desk.now();
    let past = kit.desk.run(&ayla, give(now)).await;
    assert!(matches!(past, Err(DeskError::Invalid(_))));
    let first = kit.desk.run(&ayla, give(now + 2.hours())).await.unwrap();
    assert_eq!(first, 1);
    let second = kit.desk.run(&ayla, give(now + 3.hours())).await;
    assert!(matches!(
        second,
        Err(DeskError::Conflict(Conflict::Taken("promise")))
    ));
}

#[tokio::test]
async fn what_was_promised_first_is_due_first_in_the_queue() {
    let kit = TestDesk::new().await;
    level_for_everybody(&kit).await;
    let promised = question(&kit).await;
    reply(&kit, "ayla", promised, AfterSend::Open).await;
    let other = kit.mail("otto@cafe.example", "A question", "When?").await;
    let ayla = kit.actor("ayla").await;
    let order = async || {
        let screen = kit
            .desk
            .ask(
                &ayla,
                NextForYou {
                    limit: 5,
                    after: None,
                },
            )
            .await
            .unwrap();
        let lines = screen.lines.into_iter();
        lines.map(|line| line.ticket).collect::<Vec<_>>()
    };
    assert_eq!(order().await, [other, promised]);
    let give = GivePromise {
        ticket: promised,
        promise: DraftPromise {
            words: String::new(),
            due: kit.desk.now() + 30.minutes(),
        },
    };
    kit.desk.run(&ayla, give).await.unwrap();
    assert_eq!(order().await, [promised, other]);
}

#[tokio::test]
async fn a_complaint_at_a_better_level_is_suggested_as_urgent_and_a_person_may_say_no() {
    let kit = TestDesk::new().await;
    let covers = Coverage {
        everybody: true,
        ..Coverage::default()
    };
    let mut level = usual("Wholesale", hours(&kit).await, covers);
    level.weight = Some(2.5);
    kit.desk.run(&Actor::System, AddLevel(level)).await.unwrap();
    let ticket = question(&kit).await;
    let jonas = kit.actor("jonas").await;
    let seen = async || view(&kit, ticket).await.urgency;
    assert_eq!(seen().await.suggestion, None);
    let complaint = ChangeTicket {
        ticket,
        change: Change::Kind(Some(Kind::Complaint)),
        version: None,
    };
    kit.desk.run(&jonas, complaint).await.unwrap();
    let suggestion = seen().await.suggestion.unwrap();
    assert_eq!(suggestion.urgency, Urgency::Urgent);
    assert_eq!(suggestion.ground, UrgencyGround::ValuedComplaint);
    let ticket_now = view(&kit, ticket).await.ticket;
    assert_eq!(ticket_now.urgency, Urgency::Normal, "nothing by itself");

    let decide = |reason: &str| DecideUrgency {
        ticket,
        urgency: Urgency::CanWait,
        reason: reason.to_owned(),
    };
    let silent = kit.desk.run(&jonas, decide("")).await;
    assert!(matches!(silent, Err(DeskError::Invalid(_))));
    let decided = decide("A replacement is on its way");
    kit.desk.run(&jonas, decided).await.unwrap();
    let now = seen().await;
    assert_eq!(now.suggestion, None);
    assert_eq!(now.choice.unwrap().reason, "A replacement is on its way");
    let urgency = view(&kit, ticket).await.ticket.urgency;
    assert_eq!(urgency, Urgency::CanWait);

    // Two more tickets of hers are a stronger fact than a complaint.
    question(&kit).await;
    question(&kit).await;
    let news = seen().await.suggestion.unwrap();
    assert_eq!(news.ground, UrgencyGround::SeveralTickets);
    let drop = DropUrgencyDecision { ticket };
    kit.desk.run(&jonas, drop).await.unwrap();
    assert!(seen().await.choice.is_none());
    kit.run_tasks().await;
    let findings = verify(&kit.desk, &Actor::System, |_| {})
        .await
        .unwrap()
        .findings;
    assert!(findings.is_empty(), "{findings:?}");
}
