//! What the team sends from telephones and old mail programs appears as ours.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

#[path = "support/house.rs"]
mod house;

use candor_desk::fetch::{AfterFetch, FetchAccountFields, FetchTls, SetFetching};
use candor_desk::intake::{Envelope, SENT, receive};
use candor_desk::provider_account::AccountLoginField;
use candor_desk::ticket::{SaveDraft, SendDraft, TicketView};
use candor_desk::{Conflict, DeskError};
use candor_domain::id::MailboxId;
use candor_domain::message::{Author, Message, MessageKind};
use candor_domain::ticket::{AfterSend, Status};
use house::{HELP, House, answer, mail};
use jiff::ToSpan;

const KIM: &str = "Kim Weber <kim@post.example>";

/// A mail in the folder of sent mail, from the shop's own address.
fn sent(from: &str, to: &str, id: &str, answers: &str, text: &str) -> String {
    format!(
        "From: {from} <{HELP}>\nTo: {to}\nMessage-ID: <{id}>\n{answers}\
         Date: Fri, 15 Jan 2027 10:05:00 +0100\nSubject: Re: Parcel\n\n{text}\n"
    )
}

fn to_kim(id: &str, text: &str) -> String {
    let answers = "In-Reply-To: <1@post.example>\nReferences: <1@post.example>\n";
    sent("Lena Brandt", "kim@post.example", id, answers, text)
}

async fn read_sent(house: &House, raw: &str) {
    let envelope = Envelope {
        via: SENT.to_owned(),
        mail_from: String::new(),
        recipients: vec![HELP.to_owned()],
    };
    let raw = raw.replace('\n', "\r\n").into_bytes();
    receive(&house.desk, &envelope, raw).await.unwrap();
    house.run_jobs().await;
}

async fn house_with_ticket() -> House {
    let house = House::new().await;
    let first = mail(KIM, "1@post.example", "Parcel", "Where is it?");
    house.deliver(&[HELP], &first).await;
    house
}

async fn said(house: &House) -> Vec<Message> {
    house.messages(house.only_ticket().await.id).await
}

#[tokio::test]
async fn an_answer_from_a_telephone_is_the_reply_of_whoever_wrote_it() {
    let house = house_with_ticket().await;
    let quoted = "It left today.\n\nAm 15.01.2027 um 10:00 schrieb Kim Weber:\n> Where is it?";
    read_sent(&house, &to_kim("p1@phone.example", quoted)).await;
    // The folder is read once more after a restore.
    read_sent(&house, &to_kim("p1@phone.example", quoted)).await;

    let messages = said(&house).await;
    assert_eq!(messages.len(), 2, "{messages:#?}");
    let reply = &messages[1];
    assert_eq!(reply.kind, MessageKind::Reply);
    assert_eq!(reply.body, "It left today.");
    assert_eq!(reply.author, Author::Person(house.lena.person().unwrap()));
    assert_eq!(house.only_ticket().await.status, Status::Waiting);
    assert!(house.courier.sent().is_empty(), "nothing goes out for it");

    // And the customer's answer to it finds the way.
    let back = answer(KIM, "2@post.example", "p1@phone.example", "Thanks!");
    house.deliver(&[HELP], &back).await;
    assert_eq!(said(&house).await.len(), 3);
    assert_eq!(house.only_ticket().await.status, Status::Open);
}

#[tokio::test]
async fn copies_of_our_own_mails_are_known_by_their_id_or_their_mark() {
    let house = house_with_ticket().await;
    let ticket = house.only_ticket().await.id;
    house.reply(ticket, "It left today.").await;
    house.run_jobs().await;
    let copy = String::from_utf8(house.courier.sent().remove(0).raw).unwrap();
    let copy = copy.replace("\r\n", "\n");
    read_sent(&house, &copy).await;
    // A provider that writes ids of its own.
    let line = copy.lines().find(|line| line.starts_with("Message-ID:"));
    let renamed = copy.replace(line.unwrap(), "Message-ID: <new@provider.example>");
    read_sent(&house, &renamed).await;

    assert_eq!(said(&house).await.len(), 2, "the question and one answer");
}

#[tokio::test]
async fn whoever_writes_an_answer_meanwhile_is_told_before_it_is_a_second_one() {
    let house = house_with_ticket().await;
    let ticket = house.only_ticket().await;
    let seen = ticket.last_public_message.unwrap();
    let save = SaveDraft {
        ticket: ticket.id,
        kind: MessageKind::Reply,
        body: "It left yesterday.".to_owned(),
        cc: Vec::new(),
        then: AfterSend::Wait,
        seen,
    };
    let draft = house.desk.run(&house.lena, save).await.unwrap();
    let send = SendDraft { draft, seen };
    house.desk.run(&house.lena, send.clone()).await.unwrap();

    read_sent(&house, &to_kim("p1@phone.example", "It left today.")).await;

    let view = TicketView { ticket: ticket.id };
    let view = house.desk.ask(&house.lena, view).await.unwrap();
    let answered = view.messages[1].message.id;
    assert_eq!(view.drafts[0].0.held_by, Some(answered));
    assert_eq!(view.drafts[0].0.send_at, None, "taken back");
    let again = house.desk.run(&house.lena, send).await;
    let conflict = Conflict::NewerMessage(answered);
    assert!(matches!(again, Err(DeskError::Conflict(why)) if why == conflict));
}

#[tokio::test]
async fn what_is_passed_on_to_others_is_a_note_and_no_answer() {
    let house = house_with_ticket().await;
    let answers = "References: <1@post.example>\n";
    let passed_on = sent(
        "Harbour & Pine",
        "depot@carrier.example",
        "p2@phone.example",
        answers,
        "Please look for this parcel.",
    );
    read_sent(&house, &passed_on).await;

    let messages = said(&house).await;
    assert_eq!(messages[1].kind, MessageKind::Note);
    assert_eq!(
        messages[1].author,
        Author::System,
        "a shared name is nobody"
    );
    assert_ne!(house.only_ticket().await.status, Status::Waiting);
}

#[tokio::test]
async fn a_mail_to_somebody_new_opens_a_ticket_only_where_the_setting_says_so() {
    let house = House::new().await;
    let first = |id: &str, to: &str| sent("Lena Brandt", to, id, "", "We have your order.");
    read_sent(&house, &first("p1@phone.example", "Ann <ann@new.example>")).await;
    assert!(house.tickets().await.is_empty());

    let fields = FetchAccountFields {
        host: "imap.shop.example".to_owned(),
        port: 993,
        tls: FetchTls::Implicit,
        user: HELP.to_owned(),
        login: AccountLoginField::Password(Some("secret".to_owned())),
        folder: "INBOX".to_owned(),
        after: AfterFetch::Leave,
        since: None,
        sent: Some(("Sent".to_owned(), true)),
    };
    let mailbox = MailboxId(1);
    let set = SetFetching { mailbox, fields };
    house.desk.run(&house.lena, set).await.unwrap();
    read_sent(&house, &first("p2@phone.example", "Ann <ann@new.example>")).await;

    assert_eq!(house.only_ticket().await.status, Status::Waiting);
    let messages = said(&house).await;
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].kind, MessageKind::Reply);
}

#[tokio::test]
async fn an_answer_counts_when_it_was_sent_and_a_later_question_still_waits() {
    let house = house_with_ticket().await;
    house.clock.advance(2.hours());
    let again = answer(KIM, "2@post.example", "1@post.example", "And when?");
    house.deliver(&[HELP], &again).await;
    let asked_again = house.only_ticket().await.updated_at;
    house.clock.advance(1.hour());
    // Sent an hour after the first question (08:00 UTC), read three hours after it.
    let late = to_kim("p1@phone.example", "It left today.").replace("10:05:00", "10:00:00");
    read_sent(&house, &late).await;

    let ticket = house.only_ticket().await;
    let messages = said(&house).await;
    assert_eq!(messages[2].at.to_string(), "2027-01-15T09:00:00Z");
    assert_eq!(ticket.status, Status::Open);
    assert_eq!(ticket.waiting_since, Some(asked_again));
    assert_eq!(ticket.updated_at, asked_again, "it does not get older");

    let then = to_kim("p2@phone.example", "Tomorrow.").replace("10:05:00", "11:30:00");
    read_sent(&house, &then).await;
    assert_eq!(house.only_ticket().await.status, Status::Waiting);
}
