//! Machines that answer in somebody's place.

use super::{KIM, answered, last_sent_id, seen};
use crate::house::{HELP, House, answer, mail};
use candor_desk::ticket::{ChangeTicket, is_quiet};
use candor_domain::ticket::{Change, Status, Ticket};

/// Kim's machine answers our last mail.
async fn is_away(house: &House) {
    let text = "I am out of the office and will be back on 3 March 2027.";
    let mail = answer(KIM, "away@post.example", &last_sent_id(house), text).replacen(
        "\nSubject: Re:",
        "\nAuto-Submitted: auto-replied\nSubject: Automatic reply:",
        1,
    );
    house.accept_from("", &[HELP], &mail).await;
    house.run_jobs().await;
}

async fn set(house: &House, ticket: &Ticket, status: Status) {
    let change = ChangeTicket {
        ticket: ticket.id,
        change: Change::Status(status),
        version: None,
    };
    house.desk.run(&house.lena, change).await.unwrap();
}

#[tokio::test]
async fn an_absence_reopens_nothing_and_says_until_when() {
    let (house, ticket) = answered().await;
    set(&house, &ticket, Status::Solved).await;
    let before = house.only_ticket().await;
    is_away(&house).await;

    let after = house.only_ticket().await;
    assert_eq!(after.status, Status::Solved);
    assert_eq!(after.waiting_since, None);
    assert_eq!(after.last_public_message, before.last_public_message);
    let messages = seen(&house, ticket.id).await;
    let reading = messages.last().unwrap().reading.as_ref().unwrap();
    assert_eq!(reading.verdict, "out_of_office");
    assert_eq!(reading.back_on, "2027-03-03");
    assert!(is_quiet(reading));
}

#[tokio::test]
async fn an_absence_opens_no_ticket_after_a_closed_one() {
    let (house, ticket) = answered().await;
    for status in [Status::Solved, Status::Closed] {
        set(&house, &ticket, status).await;
    }
    is_away(&house).await;
    let ticket = house.only_ticket().await;
    assert_eq!(ticket.status, Status::Closed);
    assert_eq!(house.messages(ticket.id).await.len(), 3);
}

#[tokio::test]
async fn a_machine_that_belongs_nowhere_opens_a_ticket_and_is_shown() {
    let house = House::new().await;
    let text = mail(
        KIM,
        "1@post.example",
        "Automatic reply: hello",
        "I am away.",
    )
    .replacen("\nSubject", "\nAuto-Submitted: auto-replied\nSubject", 1);
    house.deliver(&[HELP], &text).await;
    let ticket = house.only_ticket().await;
    assert_eq!(ticket.status, Status::New);
    let messages = seen(&house, ticket.id).await;
    assert!(!is_quiet(messages[0].reading.as_ref().unwrap()));
}

#[tokio::test]
async fn an_empty_envelope_alone_makes_no_machine_of_a_customer() {
    let (house, _) = answered().await;
    let text = "Thanks, but it is still not here. Can you look again?";
    let mail = answer(KIM, "2@post.example", &last_sent_id(&house), text);
    house.accept_from("", &[HELP], &mail).await;
    house.run_jobs().await;
    assert_eq!(house.only_ticket().await.status, Status::Open);
}
