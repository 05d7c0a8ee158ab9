//! Mail becomes tickets.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

#[path = "support/house.rs"]
mod house;

use candor_desk::DeskError;
use candor_desk::Stretch;
use candor_desk::intake::{Envelope, QuarantinedMails, RawMail, RetryIncoming, reason, receive};
use candor_desk::ticket::ChangeTicket;
use candor_domain::actor::Actor;
use candor_domain::message::MessageKind;
use candor_domain::ticket::{Change, Status, Ticket};
use candor_testkit::SentMail;
use house::{HELP, House, answer, mail};

const KIM: &str = "Kim Weber <kim@post.example>";
const EVE: &str = "Eve <eve@else.example>";

async fn close(house: &House, ticket: &Ticket) {
    for status in [Status::Solved, Status::Closed] {
        let change = ChangeTicket {
            ticket: ticket.id,
            change: Change::Status(status),
            version: None,
        };
        house.desk.run(&house.lena, change).await.unwrap();
    }
}

#[tokio::test]
async fn a_mail_becomes_a_ticket_of_a_new_customer() {
    let house = House::new().await;
    house
        .deliver(
            &[HELP],
            &mail(KIM, "1@post.example", "Late parcel", "Where is it?"),
        )
        .await;

    let ticket = house.only_ticket().await;
    assert_eq!(
        (ticket.subject.as_str(), ticket.status),
        ("Late parcel", Status::New)
    );
    let messages = house.messages(ticket.id).await;
    let message = &messages[0];
    assert_eq!(message.kind, MessageKind::Incoming);
    assert_eq!(message.sender_name, "Kim Weber");
    assert_eq!(message.sender_address, "kim@post.example");
    assert!(message.sender_is_customer);
    assert_eq!(message.body.trim(), "Where is it?");
    assert_eq!(message.mail_id, "<1@post.example>");
    assert!(message.raw_blob.is_some());
}

#[tokio::test]
async fn a_mail_is_stored_before_it_is_understood() {
    let house = House::new().await;
    let receipt = house
        .accept(&[HELP], &mail(KIM, "1@post.example", "Hello", "Hi"))
        .await;

    assert!(receipt.is_new);
    assert_eq!(house.tickets().await, []);
    assert_eq!(
        house
            .count("select count(*) from incoming where state = 'pending'")
            .await,
        1
    );
    assert_eq!(house.run_jobs().await, 1);
    assert_eq!(house.tickets().await.len(), 1);
}

#[tokio::test]
async fn a_mail_that_comes_twice_makes_one_message() {
    let house = House::new().await;
    let first = house
        .deliver(&[HELP], &mail(KIM, "1@post.example", "Hello", "Hi"))
        .await;
    let again = format!(
        "Received: from mx2\n{}",
        mail(KIM, "1@post.example", "Hello", "Hi")
    );
    let second = house.deliver(&[HELP], &again).await;

    assert_eq!((second.incoming, second.is_new), (first.incoming, false));
    house.only_ticket().await;
}

#[tokio::test]
async fn deliveries_at_the_same_moment_make_one_message() {
    let house = House::new().await;
    let text = mail(KIM, "1@post.example", "Hello", "Hi");
    let receipts = tokio::join!(
        house.accept(&[HELP], &text),
        house.accept(&[HELP], &text),
        house.accept(&[HELP], &text),
    );
    let new = [receipts.0, receipts.1, receipts.2]
        .iter()
        .filter(|one| one.is_new)
        .count();
    assert_eq!(new, 1);
    house.run_jobs().await;
    house.only_ticket().await;
}

#[tokio::test]
async fn another_mail_with_a_reused_id_is_not_swallowed() {
    let house = House::new().await;
    house
        .deliver(&[HELP], &mail(KIM, "1@post.example", "Hello", "Hi"))
        .await;
    house
        .deliver(
            &[HELP],
            &mail(KIM, "1@post.example", "Hello", "Something else"),
        )
        .await;
    assert_eq!(house.tickets().await.len(), 2);
}

#[tokio::test]
async fn the_customers_answer_lands_in_the_ticket_and_reopens_it() {
    let house = House::new().await;
    house
        .deliver(
            &[HELP],
            &mail(KIM, "1@post.example", "Late parcel", "Where is it?"),
        )
        .await;
    let ticket = house.only_ticket().await;
    house.reply(ticket.id, "It left today.").await;
    house.run_jobs().await;
    assert_eq!(house.only_ticket().await.status, Status::Waiting);

    let sent = house.courier.sent().remove(0).message;
    let to = sent.message_id.unwrap();
    house
        .deliver(
            &[HELP],
            &answer(KIM, "2@post.example", to.as_str(), "Thanks!"),
        )
        .await;

    let ticket = house.only_ticket().await;
    assert_eq!(ticket.status, Status::Open);
    let messages = house.messages(ticket.id).await;
    assert!(messages[2].sender_is_customer);
    assert_eq!(messages[2].body.trim(), "Thanks!");
}

#[tokio::test]
async fn the_reply_address_alone_finds_the_ticket() {
    let house = House::new().await;
    house
        .deliver(
            &[HELP],
            &mail(KIM, "1@post.example", "Late parcel", "Where is it?"),
        )
        .await;
    let ticket = house.only_ticket().await;
    house.reply(ticket.id, "It left today.").await;
    house.run_jobs().await;
    let sent = house.courier.sent().remove(0).message;
    let address = sent.reply_to[0].address.clone();

    house
        .deliver(
            &[address.as_str()],
            &mail(KIM, "2@post.example", "New subject", "Hm"),
        )
        .await;
    assert_eq!(house.messages(house.only_ticket().await.id).await.len(), 3);
}

#[tokio::test]
async fn a_foreign_message_id_that_we_know_leads_the_customer_to_the_ticket() {
    let house = House::new().await;
    house
        .deliver(
            &[HELP],
            &mail(KIM, "1@post.example", "Late parcel", "Where is it?"),
        )
        .await;
    house
        .deliver(
            &[HELP],
            &answer(KIM, "2@post.example", "1@post.example", "Me again"),
        )
        .await;
    assert_eq!(house.messages(house.only_ticket().await.id).await.len(), 2);
}

#[tokio::test]
async fn an_unknown_sender_never_joins_by_guessing() {
    let house = House::new().await;
    house
        .deliver(
            &[HELP],
            &mail(KIM, "1@post.example", "Late parcel", "Where is it?"),
        )
        .await;
    let ticket = house.only_ticket().await;

    // A number in the subject, a foreign id that leaked, and a forged token.
    let numbered = mail(
        EVE,
        "e1@else.example",
        &format!("[#{}] Late parcel", ticket.id),
        "Me too",
    );
    house.deliver(&[HELP], &numbered).await;
    house
        .deliver(
            &[HELP],
            &answer(EVE, "e2@else.example", "1@post.example", "Me too"),
        )
        .await;
    let forged = "help+aaaaaaaaaaaaaaaaaaaa@shop.example";
    house
        .deliver(&[forged], &mail(EVE, "e3@else.example", "Hi", "Me too"))
        .await;

    assert_eq!(house.messages(ticket.id).await.len(), 1);
    assert_eq!(house.tickets().await.len(), 4);
}

#[tokio::test]
async fn a_stranger_with_a_signed_address_is_shown_as_a_new_sender_and_gets_nothing() {
    let house = House::new().await;
    house
        .deliver(
            &[HELP],
            &mail(KIM, "1@post.example", "Late parcel", "Where is it?"),
        )
        .await;
    let ticket = house.only_ticket().await;
    house.reply(ticket.id, "It left today.").await;
    house.run_jobs().await;
    let sent = house.courier.sent().remove(0).message;
    let address = sent.reply_to[0].address.clone();

    house
        .deliver(
            &[address.as_str()],
            &mail(EVE, "e1@else.example", "Re", "I live with Kim"),
        )
        .await;
    let messages = house.messages(house.only_ticket().await.id).await;
    assert!(!messages[2].sender_is_customer);
    assert_eq!(messages[2].sender_address, "eve@else.example");

    // The next reply goes to the customer alone and quotes nothing of the stranger.
    house.reply(ticket.id, "All right.").await;
    house.run_jobs().await;
    let SentMail {
        envelope,
        message: mail,
        ..
    } = house.courier.sent().remove(1);
    assert_eq!(envelope.recipients, ["kim@post.example"]);
    assert!(!mail.text.contains("I live with Kim"), "{}", mail.text);
}

#[tokio::test]
async fn a_copied_address_of_an_incoming_mail_never_gets_our_reply() {
    let house = House::new().await;
    let copied = mail(KIM, "1@post.example", "Late parcel", "Where is it?").replacen(
        "\nMessage-ID",
        "\nCc: eve@else.example\nMessage-ID",
        1,
    );
    house.deliver(&[HELP], &copied).await;
    let ticket = house.only_ticket().await;
    house.reply(ticket.id, "It left today.").await;
    house.run_jobs().await;

    let SentMail {
        envelope,
        message: mail,
        ..
    } = house.courier.sent().remove(0);
    assert_eq!(envelope.recipients, ["kim@post.example"]);
    assert_eq!(mail.cc, []);
    // And the copied one does not join by the id of the mail that they got.
    house
        .deliver(
            &[HELP],
            &answer(EVE, "e1@else.example", "1@post.example", "Hi all"),
        )
        .await;
    assert_eq!(house.tickets().await.len(), 2);
}

#[tokio::test]
async fn somebody_whom_staff_copied_takes_part_but_is_not_the_customer() {
    let house = House::new().await;
    house
        .deliver(
            &[HELP],
            &mail(KIM, "1@post.example", "Late parcel", "Where is it?"),
        )
        .await;
    let ticket = house.only_ticket().await;
    house
        .reply_with_copy(ticket.id, "Eve knows more.", &["eve@else.example"])
        .await;
    house.run_jobs().await;

    house
        .deliver(
            &[HELP],
            &answer(EVE, "e1@else.example", "1@post.example", "I do"),
        )
        .await;
    let messages = house.messages(house.only_ticket().await.id).await;
    assert_eq!(messages.len(), 3);
    assert!(!messages[2].sender_is_customer);
}

#[tokio::test]
async fn an_answer_to_a_closed_ticket_opens_a_new_one_that_follows_it() {
    let house = House::new().await;
    house
        .deliver(
            &[HELP],
            &mail(KIM, "1@post.example", "Late parcel", "Where is it?"),
        )
        .await;
    let closed = house.only_ticket().await;
    close(&house, &closed).await;
    house
        .deliver(
            &[HELP],
            &answer(KIM, "2@post.example", "1@post.example", "Again!"),
        )
        .await;

    let tickets = house.tickets().await;
    assert_eq!(tickets.len(), 2);
    assert_eq!(tickets[1].follows, Some(closed.id));
    assert_eq!(tickets[0].status, Status::Closed);
}

#[tokio::test]
async fn files_come_with_their_message() {
    let house = House::new().await;
    let text = "From: Kim <kim@post.example>\nTo: help@shop.example\nMessage-ID: <1@post.example>\n\
        Subject: Broken\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
        --b\nContent-Type: text/plain\n\nSee the picture.\n\
        --b\nContent-Type: text/plain; name=\"list.txt\"\nContent-Disposition: attachment; \
        filename=\"list.txt\"\n\nmug, kettle\n--b--\n";
    house.deliver(&[HELP], text).await;
    let ticket = house.only_ticket().await;
    let files = house.files(ticket.id).await;
    assert_eq!(files.len(), 1);
    assert_eq!(
        (files[0].name.as_str(), files[0].media_type.as_str()),
        ("list.txt", "text/plain")
    );
    let bytes = candor_desk::blob::read(&house.desk, &files[0].blob)
        .await
        .unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap().trim(), "mug, kettle");
}

#[tokio::test]
async fn a_mail_for_nobody_here_waits_where_people_see_it_and_can_be_tried_again() {
    let house = House::new().await;
    let envelope = Envelope {
        via: "pipe".into(),
        mail_from: String::new(),
        recipients: vec![],
    };
    let raw = mail(KIM, "1@post.example", "Hi", "Hi").replace(HELP, "old@shop.example");
    receive(&house.desk, &envelope, raw.clone().into_bytes())
        .await
        .unwrap();
    house.run_jobs().await;
    assert_eq!(house.tickets().await, []);

    let mails = house
        .desk
        .ask(&house.lena, QuarantinedMails::default())
        .await
        .unwrap()
        .rows;
    assert_eq!(
        (mails.len(), mails[0].reason.as_str()),
        (1, reason::NO_MAILBOX)
    );
    let bytes = RawMail {
        incoming: mails[0].id,
    }
    .bytes(&house.desk, &house.lena)
    .await
    .unwrap();
    assert_eq!(bytes, raw.as_bytes());

    house
        .tamper("update mailbox set address = 'old@shop.example'")
        .await;
    house
        .desk
        .run(
            &house.lena,
            RetryIncoming {
                incoming: mails[0].id,
            },
        )
        .await
        .unwrap();
    house.run_jobs().await;
    house.only_ticket().await;
}

#[tokio::test]
async fn a_mail_that_is_too_large_for_the_desk_is_kept_and_shown() {
    let house = House::new().await;
    house
        .accept(&[HELP], &mail(KIM, "1@post.example", "Hi", "Hi"))
        .await;
    house
        .tamper("update incoming set size = 26 * 1024 * 1024")
        .await;
    house.run_jobs().await;
    let mails = house
        .desk
        .ask(&house.lena, QuarantinedMails::default())
        .await
        .unwrap()
        .rows;
    assert_eq!(mails[0].reason, reason::TOO_LARGE);
    let raw = RawMail {
        incoming: mails[0].id,
    };
    assert!(raw.bytes(&house.desk, &house.lena).await.is_ok());
}

#[tokio::test]
async fn our_own_mail_that_comes_back_is_put_aside() {
    let house = House::new().await;
    house
        .deliver(
            &[HELP],
            &mail(KIM, "1@post.example", "Late parcel", "Where is it?"),
        )
        .await;
    house
        .reply(house.only_ticket().await.id, "It left today.")
        .await;
    house.run_jobs().await;
    let raw = house.courier.sent()[0].raw.clone();
    let forwarded = String::from_utf8(raw).unwrap().replace("\r\n", "\n");

    house.deliver(&[HELP], &forwarded).await;
    house
        .deliver(
            &[HELP],
            &mail("Shop <help@shop.example>", "3@x.example", "Loop", "Loop"),
        )
        .await;

    assert_eq!(house.messages(house.only_ticket().await.id).await.len(), 2);
    let mails = house
        .desk
        .ask(&house.lena, QuarantinedMails::default())
        .await
        .unwrap()
        .rows;
    let reasons: Vec<&str> = mails.iter().map(|mail| mail.reason.as_str()).collect();
    assert_eq!(reasons, [reason::OWN_MAIL, reason::OWN_MAIL]);
    assert_eq!(house.courier.sent().len(), 1, "nothing was answered");
}

#[tokio::test]
async fn a_mail_whose_bytes_are_gone_is_tried_three_times_and_put_aside() {
    let house = House::new().await;
    house
        .accept(&[HELP], &mail(KIM, "1@post.example", "Hi", "Hi"))
        .await;
    house.tamper("update incoming set blob = 'ff'").await;
    for _ in 0..3 {
        house.run_jobs().await;
        house.clock.advance(jiff::Span::new().minutes(5));
    }
    let mails = house
        .desk
        .ask(&house.lena, QuarantinedMails::default())
        .await
        .unwrap()
        .rows;
    assert_eq!(
        (mails.len(), mails[0].reason.as_str()),
        (1, reason::UNREADABLE)
    );
    assert_eq!(house.count("select count(*) from job").await, 0);
}

#[tokio::test]
async fn the_intake_job_may_run_twice() {
    let house = House::new().await;
    house
        .accept(&[HELP], &mail(KIM, "1@post.example", "Hi", "Hi"))
        .await;
    house
        .tamper("insert into job (kind, payload, run_at) select kind, payload, run_at from job")
        .await;
    assert_eq!(house.run_jobs().await, 2);
    assert_eq!(house.messages(house.only_ticket().await.id).await.len(), 1);
}

#[tokio::test]
async fn only_those_with_the_right_see_quarantined_mails() {
    let house = House::new().await;
    let refused = house
        .desk
        .ask(&Actor::Visitor, QuarantinedMails::default())
        .await;
    assert!(matches!(refused, Err(DeskError::NotAllowed(_))));
}

#[tokio::test]
async fn no_quarantined_mail_is_out_of_reach() {
    let house = House::new().await;
    for number in 0..101 {
        let stray = mail(
            "kim@post.example",
            &format!("{number}@post.example"),
            "Hi",
            "Hi",
        );
        house.accept(&["nobody@shop.example"], &stray).await;
    }
    house.run_jobs().await;
    let ask = |stretch| house.desk.ask(&house.lena, QuarantinedMails { stretch });
    let mut pages = vec![ask(Stretch::Top).await.unwrap()];
    while let Some(last) = pages.last().and_then(|page| page.next) {
        pages.push(ask(Stretch::After(last)).await.unwrap());
    }
    let sizes: Vec<usize> = pages.iter().map(|page| page.rows.len()).collect();
    assert_eq!(sizes, [50, 50, 1]);
    let first = pages[2].previous.unwrap();
    assert_eq!(ask(Stretch::Before(first)).await.unwrap(), pages[1]);
    let first = pages[1].previous.unwrap();
    assert_eq!(ask(Stretch::Before(first)).await.unwrap(), pages[0]);
}
