//! Telling somebody that their mail arrived.

use super::{KIM, seen};
use crate::house::{HELP, House, answer, mail};
use candor_desk::DeskError;
use candor_desk::automatic::{
    Acknowledgement, Brake, ChangeAcknowledgement, ReleaseBrake, silence,
};
use candor_domain::id::{MailboxId, TicketId};
use candor_testkit::SentMail;
use jiff::ToSpan;

/// A shop that acknowledges.
pub(super) async fn acknowledging() -> House {
    let house = House::new().await;
    switch(&house, "").await;
    house
}

pub(super) async fn switch(house: &House, text: &str) {
    let mailbox = house.read(|tx| Ok(tx.mailboxes()?.remove(0).id)).await;
    let to = Acknowledgement {
        on: true,
        text: text.to_owned(),
    };
    let change = ChangeAcknowledgement { mailbox, to };
    house.desk.run(&house.lena, change).await.unwrap();
}

/// Why the newest ticket's first message was not answered.
async fn silence_of_newest(house: &House) -> String {
    let ticket = house
        .read(|tx| Ok(tx.tickets_after(TicketId(0), 1_000)?.pop().unwrap()))
        .await;
    let messages = seen(house, ticket.id).await;
    messages[0].reading.as_ref().unwrap().silence.clone()
}

#[tokio::test]
async fn nothing_is_acknowledged_unless_the_mailbox_does() {
    let house = House::new().await;
    house
        .deliver(&[HELP], &mail(KIM, "1@post.example", "Hello", "Hi"))
        .await;
    assert_eq!(house.courier.sent().len(), 0);
    assert_eq!(silence_of_newest(&house).await, silence::SWITCHED_OFF);
}

#[tokio::test]
async fn a_new_ticket_is_acknowledged_with_none_of_the_senders_words() {
    let house = acknowledging().await;
    let subject = "Buy cheap https://evil.example";
    let text = "Click https://evil.example now";
    house
        .deliver(&[HELP], &mail(KIM, "1@post.example", subject, text))
        .await;
    let SentMail {
        envelope,
        message: sent,
        raw,
        ..
    } = house.courier.sent().remove(0);
    assert_eq!(envelope.mail_from, "", "nothing comes back");
    assert_eq!(envelope.recipients, ["kim@post.example"]);
    assert_eq!(sent.auto_submitted.as_deref(), Some("auto-replied"));
    assert_eq!(sent.header("x-auto-response-suppress"), Some("All"));
    assert_eq!(sent.in_reply_to[0].to_string(), "1@post.example");
    assert_eq!(sent.subject, "We have your message (#1)");
    let raw = String::from_utf8(raw).unwrap();
    assert!(!raw.contains("evil") && !raw.contains("cheap") && !raw.contains("Kim"));
    assert!(sent.text.contains("https://desk.shop.example/help/r/"));

    // An answer to it leads to the ticket.
    let id = sent.message_id.unwrap().to_string();
    house
        .deliver(
            &[HELP],
            &answer(KIM, "2@post.example", &id, "One more thing"),
        )
        .await;
    assert_eq!(house.messages(house.only_ticket().await.id).await.len(), 2);
    assert_eq!(house.courier.sent().len(), 1);
}

#[tokio::test]
async fn an_address_is_told_once_a_day() {
    let house = acknowledging().await;
    for number in 1..=2 {
        let id = format!("{number}@post.example");
        let text = format!("Question {number}");
        house.deliver(&[HELP], &mail(KIM, &id, &text, &text)).await;
    }
    assert_eq!(house.courier.sent().len(), 1);
    assert_eq!(silence_of_newest(&house).await, silence::WITHIN_A_DAY);
    house.clock.advance(24.hours());
    house
        .deliver(&[HELP], &mail(KIM, "3@post.example", "Next day", "Hi"))
        .await;
    assert_eq!(house.courier.sent().len(), 2);
}

#[tokio::test]
async fn machines_lists_and_repetitions_are_met_with_silence() {
    let house = acknowledging().await;
    let with = |header: &str, id: &str| {
        let mail = mail("bot@post.example", id, "Hello", "Hello there");
        mail.replacen("\nSubject", &format!("\n{header}\nSubject"), 1)
    };
    for (header, id) in [
        ("Auto-Submitted: auto-generated", "1@x"),
        ("List-Post: <mailto:all@lists.example>", "2@x"),
        ("X-Auto-Response-Suppress: OOF", "3@x"),
    ] {
        house.deliver(&[HELP], &with(header, id)).await;
    }
    let empty = mail("bot@post.example", "4@x", "Hello", "Something else");
    house.accept_from("", &[HELP], &empty).await;
    house.run_jobs().await;
    assert_eq!(house.courier.sent().len(), 0);
    // The fourth mail in an hour with the same words says nothing any more, whoever it may be.
    house
        .deliver(
            &[HELP],
            &mail("bot@post.example", "5@x", "Hi", "Hello there"),
        )
        .await;
    assert_eq!(silence_of_newest(&house).await, silence::REPEATS);
}

#[tokio::test]
async fn the_shop_may_use_its_own_words() {
    let house = House::new().await;
    switch(&house, "Moin! {brand} has **{number}**. {name}").await;
    house
        .deliver(&[HELP], &mail(KIM, "1@post.example", "Hello", "Hi"))
        .await;
    let sent = house.courier.sent().remove(0).message;
    assert!(
        sent.text.contains("Moin! Harbour & Pine has **1**. {name}"),
        "{}",
        sent.text
    );
    let nobody = ChangeAcknowledgement {
        mailbox: MailboxId(99),
        to: Acknowledgement::default(),
    };
    assert!(matches!(
        house.desk.run(&house.lena, nobody).await,
        Err(DeskError::NotFound("mailbox"))
    ));
}

#[tokio::test]
async fn the_brake_falls_when_the_desk_sends_too_much_by_itself() {
    let house = acknowledging().await;
    let write = async |number: usize| {
        let from = format!("c{number}@post.example");
        let id = format!("{number}@post.example");
        let text = format!("Question {number}");
        house
            .deliver(&[HELP], &mail(&from, &id, &text, &text))
            .await;
    };
    for number in 0..101 {
        write(number).await;
    }
    assert_eq!(house.courier.sent().len(), 100);
    assert_eq!(silence_of_newest(&house).await, silence::BRAKE);
    let since = house.desk.ask(&house.lena, Brake).await.unwrap();
    assert_eq!(since, Some(house.desk.now()));

    // Time alone releases nothing.
    house.clock.advance(2.hours());
    write(101).await;
    assert_eq!(house.courier.sent().len(), 100);
    house.desk.run(&house.lena, ReleaseBrake).await.unwrap();
    assert_eq!(house.desk.ask(&house.lena, Brake).await.unwrap(), None);
    write(102).await;
    assert_eq!(house.courier.sent().len(), 101);
}
