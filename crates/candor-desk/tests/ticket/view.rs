//! What staff see, and what the customer sees.

use super::{ticket, view};
use candor_desk::DeskError;
use candor_desk::ticket::{AnswerOnPage, ChangeTicket, CustomerView, WriteNote};
use candor_domain::actor::Actor;
use candor_domain::message::Channel;
use candor_domain::text::StaffText;
use candor_domain::ticket::{Change, Status};
use candor_testkit::TestDesk;

const CANARY: &str = "zqx7 the customer must never read this";

#[tokio::test]
async fn a_note_is_seen_by_staff_and_never_by_the_customer() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let id = kit
        .mail("amira@customer.example", "Two bags missing", "Where?")
        .await;
    let note = WriteNote {
        files: Vec::new(),
        ticket: id,
        body: StaffText::new(CANARY),
        channel: Channel::Desk,
    };
    kit.desk.run(&ayla, note).await.unwrap();
    assert_eq!(view(&kit, &ayla, id).await.messages.len(), 2);

    let customer = ticket(&kit, id).await.customer;
    let amira = Actor::Customer {
        customer,
        ticket: id,
    };
    let page = kit
        .desk
        .ask(&amira, CustomerView { ticket: id })
        .await
        .unwrap();
    assert_eq!(page.messages.len(), 1);
    assert!(!format!("{page:?}").contains("zqx7"));
}

#[tokio::test]
async fn a_customer_answers_and_settles_their_own_ticket_and_no_other() {
    let kit = TestDesk::new().await;
    let id = kit
        .mail("amira@customer.example", "Two bags missing", "Where?")
        .await;
    let other = kit
        .mail("tom@customer.example", "Thank you", "Great card")
        .await;
    let customer = ticket(&kit, id).await.customer;
    let amira = Actor::Customer {
        customer,
        ticket: id,
    };
    let settle = |ticket| ChangeTicket {
        ticket,
        change: Change::Status(Status::Solved),
        version: None,
    };
    kit.desk.run(&amira, settle(id)).await.unwrap();
    let spam = ChangeTicket {
        ticket: id,
        change: Change::Spam(true),
        version: None,
    };
    assert!(matches!(
        kit.desk.run(&amira, spam).await,
        Err(DeskError::NotAllowed(_))
    ));
    assert!(matches!(
        kit.desk.run(&amira, settle(other)).await,
        Err(DeskError::NotFound(_))
    ));

    let answer = AnswerOnPage {
        ticket: id,
        body: "No, still missing!".to_owned(),
        files: Vec::new(),
    };
    assert_eq!(kit.desk.run(&amira, answer).await.unwrap().ticket, id);
    assert_eq!(
        ticket(&kit, id).await.status,
        Status::Open,
        "an answer reopens"
    );
}

#[tokio::test]
async fn an_answer_to_a_closed_ticket_opens_a_new_one_that_is_linked() {
    let kit = TestDesk::new().await;
    let ayla = kit.actor("ayla").await;
    let id = kit
        .mail("amira@customer.example", "Two bags missing", "Where?")
        .await;
    let close = ChangeTicket {
        ticket: id,
        change: Change::Status(Status::Closed),
        version: None,
    };
    kit.desk.run(&ayla, close).await.unwrap();
    let customer = ticket(&kit, id).await.customer;
    let amira = Actor::Customer {
        customer,
        ticket: id,
    };
    let answer = AnswerOnPage {
        ticket: id,
        body: "One more thing".to_owned(),
        files: Vec::new(),
    };
    let new = kit.desk.run(&amira, answer).await.unwrap().ticket;
    assert_ne!(new, id);
    assert_eq!(ticket(&kit, new).await.follows, Some(id));
    assert_eq!(view(&kit, &ayla, id).await.followed_by, Some(new));
}
