//! Replies leave the house.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

#[path = "support/house.rs"]
mod house;

use candor_desk::DeskError;
use candor_desk::link::{customer_link, open_customer_link};
use candor_desk::outbox::{
    FailedMails, KeptMails, MailBytes, MailState, MailsOfTicket, RetryOutgoing, SecretMail,
    queue_secret_mail,
};
use candor_desk::{Cx, Verb};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::ticket::Ticket;
use candor_store::Tx;
use candor_store::outbox::OutboxState;
use candor_testkit::SentMail;
use house::{HELP, House, mail};
use jiff::Span;

const KIM: &str = "Kim Weber <kim@post.example>";

/// A shop with one ticket that is answered; the mail is not carried yet.
async fn answered() -> (House, Ticket) {
    let house = House::new().await;
    let ticket = answer_in(&house).await;
    (house, ticket)
}

async fn answer_in(house: &House) -> Ticket {
    house
        .deliver(
            &[HELP],
            &mail(KIM, "1@post.example", "Late parcel", "Where is it?"),
        )
        .await;
    let ticket = house.only_ticket().await;
    house.reply(ticket.id, "It left **today**.").await;
    house.only_ticket().await
}

/// A mail with a link, as invitations are.
struct Invite;

impl Verb for Invite {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let (from, to) = (
            EmailAddress::parse(HELP).unwrap(),
            EmailAddress::parse("ann@shop.example").unwrap(),
        );
        let mail = SecretMail {
            purpose: "invitation",
            from: &from,
            to: &to,
            subject: "Welcome",
            body: "Your link: https://desk.shop.example/invitation/s3cret",
        };
        queue_secret_mail(tx, cx, &mail).map(|_| ())
    }
}

/// What the other side said when a mail did not leave.
fn explained(mail: &MailState) -> &str {
    &mail.fault.as_ref().unwrap().detail
}

#[tokio::test]
async fn a_reply_leaves_with_the_threads_headers_and_the_customers_page() {
    let (house, ticket) = answered().await;
    house.run_jobs().await;

    let SentMail {
        envelope,
        message: mail,
        ..
    } = house.courier.sent().remove(0);
    // Reports about it come back to an address of its own.
    let back = EmailAddress::parse(&envelope.mail_from).unwrap();
    assert_eq!(back.without_detail().as_str(), HELP);
    assert_eq!(envelope.recipients, ["kim@post.example"]);
    let from = mail.from.clone().unwrap();
    assert_eq!(from.name.as_deref(), Some("Harbour & Pine"));
    assert_eq!(from.address.as_str(), HELP);
    assert_eq!(mail.subject, "Re: Late parcel");
    let ids =
        |ids: &[candor_mail::MessageId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(ids(&mail.in_reply_to), ["1@post.example"]);
    assert_eq!(ids(&mail.references), ["1@post.example"]);
    assert!(mail.reply_to[0].address.as_str().starts_with("help+"));

    let page = format!(
        "https://desk.shop.example/help/r/{}",
        customer_link(&house.desk.config().keys, &ticket)
    );
    for part in [
        "Please write above this line.",
        "It left **today**.",
        page.as_str(),
        "On 15 January 2027, 09:00, Kim Weber wrote:",
        "> Where is it?",
    ] {
        assert!(mail.text.contains(part), "{part} in\n{}", mail.text);
    }
    let states = house
        .desk
        .ask(&house.lena, MailsOfTicket { ticket: ticket.id })
        .await
        .unwrap();
    assert_eq!(states[0].state, OutboxState::Sent);
}

#[tokio::test]
async fn a_reply_that_others_get_too_carries_no_link_to_the_customers_page() {
    let (house, ticket) = answered().await;
    house.run_jobs().await;
    house
        .reply_with_copy(ticket.id, "Eve knows more.", &["eve@else.example"])
        .await;
    house.run_jobs().await;
    let SentMail {
        envelope,
        message: mail,
        ..
    } = house.courier.sent().remove(1);
    assert_eq!(
        envelope.recipients,
        ["kim@post.example", "eve@else.example"]
    );
    assert!(!mail.text.contains("/help/r/"), "{}", mail.text);
}

#[tokio::test]
async fn a_german_customer_gets_german_sentences() {
    let (house, _) = answered().await;
    house.tamper("update customer set language = 'de-AT'").await;
    house.run_jobs().await;
    let mail = house.courier.sent().remove(0).message;
    assert!(mail.text.contains("Bitte schreiben Sie über dieser Zeile."));
    assert!(mail.text.contains("schrieb Kim Weber:"), "{}", mail.text);
}

#[tokio::test]
async fn a_mail_is_not_sent_twice_when_its_job_runs_twice() {
    let (house, _) = answered().await;
    house
        .tamper("insert into job (kind, payload, run_at) select kind, payload, run_at from job")
        .await;
    assert_eq!(house.run_jobs().await, 2);
    assert_eq!(house.courier.sent().len(), 1);
}

#[tokio::test]
async fn a_mail_that_did_not_leave_goes_out_later_with_the_same_bytes() {
    let (house, ticket) = answered().await;
    house.courier.fail_next(false, "The server is busy.");
    house.run_jobs().await;
    assert_eq!(house.courier.sent().len(), 0);
    let first = MailsOfTicket { ticket: ticket.id };
    let states = house.desk.ask(&house.lena, first).await.unwrap();
    assert_eq!(states[0].state, OutboxState::Queued);
    assert_eq!(explained(&states[0]), "The server is busy.");
    let bytes = MailBytes { mail: states[0].id };
    let before = bytes.bytes(&house.desk, &house.lena).await.unwrap();

    house.clock.advance(Span::new().seconds(299));
    assert_eq!(house.run_jobs().await, 0, "not before 300 seconds");
    // What was written once is not written anew: the mail has to be the same.
    house
        .tamper("update brand set name = 'Renamed in the meantime'")
        .await;
    house.clock.advance(Span::new().seconds(1));
    house.run_jobs().await;
    assert_eq!(house.courier.sent()[0].raw, before);
}

#[tokio::test]
async fn a_refused_mail_fails_at_once_and_visibly_and_can_be_tried_again() {
    let (house, ticket) = answered().await;
    house.courier.fail_next(true, "There is no such mailbox.");
    house.run_jobs().await;

    let failed = house
        .desk
        .ask(&house.lena, FailedMails::default())
        .await
        .unwrap()
        .rows;
    assert_eq!(explained(&failed[0]), "There is no such mailbox.");
    let kinds = house
        .count("select count(*) from journal where kind = 'mail.failed'")
        .await;
    assert_eq!(kinds, 1, "open pages hear of it");

    house
        .desk
        .run(&house.lena, RetryOutgoing { mail: failed[0].id })
        .await
        .unwrap();
    house.run_jobs().await;
    assert_eq!(house.courier.sent().len(), 1);
    let question = MailsOfTicket { ticket: ticket.id };
    let states = house.desk.ask(&house.lena, question).await.unwrap();
    assert_eq!(states[0].state, OutboxState::Sent);
}

#[tokio::test]
async fn after_five_days_a_mail_has_failed() {
    let (house, _) = answered().await;
    for _ in 0..200 {
        house.courier.fail_next(false, "Nobody answers.");
    }
    let mut tries = 0;
    while house
        .count("select count(*) from outbox where state = 'queued'")
        .await
        > 0
    {
        tries += house.run_jobs().await;
        house.clock.advance(Span::new().seconds(4_000));
    }
    assert!((100..=120).contains(&tries), "{tries}");
    assert_eq!(house.courier.sent().len(), 0);
    let failed = FailedMails::default();
    assert_eq!(
        house
            .desk
            .ask(&house.lena, failed)
            .await
            .unwrap()
            .rows
            .len(),
        1
    );
}

#[tokio::test]
async fn without_a_mail_server_mail_is_kept_where_staff_read_it() {
    let house = House::without_relay().await;
    answer_in(&house).await;
    house.run_jobs().await;

    let kept = house
        .desk
        .ask(&house.lena, KeptMails::default())
        .await
        .unwrap()
        .rows;
    assert_eq!(kept[0].recipients, ["kim@post.example"]);
    let bytes = MailBytes { mail: kept[0].id };
    let raw = bytes.bytes(&house.desk, &house.lena).await.unwrap();
    assert_eq!(house.courier.kept(), [(false, raw)]);
    let refused = house.desk.ask(&Actor::Visitor, KeptMails::default());
    assert!(matches!(refused.await, Err(DeskError::NotAllowed(_))));
}

#[tokio::test]
async fn a_secret_mail_stands_on_no_page_and_leaves_no_trace_once_it_is_out() {
    for relay in [true, false] {
        let house = if relay {
            House::new().await
        } else {
            House::without_relay().await
        };
        house.desk.run(&Actor::System, Invite).await.unwrap();
        house.run_jobs().await;

        let raw = if relay {
            house.courier.sent()[0].raw.clone()
        } else {
            let kept = house.courier.kept();
            assert!(kept[0].0, "in the folder that no page shows");
            kept[0].1.clone()
        };
        assert!(String::from_utf8(raw).unwrap().contains("s3cret"));
        assert_eq!(
            house
                .count("select count(*) from outbox where body <> ''")
                .await,
            0
        );
        assert_eq!(
            house
                .count("select count(*) from outbox where blob <> ''")
                .await,
            0
        );
        let kept = house
            .desk
            .ask(&house.lena, KeptMails::default())
            .await
            .unwrap()
            .rows;
        assert_eq!(kept, []);
        let id = house.count("select id from outbox").await;
        let bytes = MailBytes { mail: id.into() }
            .bytes(&house.desk, &house.lena)
            .await;
        assert!(matches!(bytes, Err(DeskError::NotFound(_))));
    }
}

#[tokio::test]
async fn an_invitation_that_cannot_be_delivered_is_no_secret_on_a_list() {
    let house = House::new().await;
    house.desk.run(&Actor::System, Invite).await.unwrap();
    house.courier.fail_next(true, "There is no such mailbox.");
    house.run_jobs().await;
    let failed = FailedMails::default();
    assert_eq!(house.desk.ask(&house.lena, failed).await.unwrap().rows, []);
    assert_eq!(
        house
            .count("select count(*) from outbox where body <> ''")
            .await,
        0
    );
}

#[tokio::test]
async fn a_customers_link_opens_its_ticket_until_it_is_revoked() {
    let (house, ticket) = answered().await;
    let keys = &house.desk.config().keys;
    let token = customer_link(keys, &ticket);
    let claim = open_customer_link(keys, &token).unwrap();
    assert_eq!((claim.ticket, claim.epoch), (ticket.id, ticket.link_epoch));

    let revoked = Ticket {
        link_epoch: ticket.link_epoch + 1,
        ..ticket
    };
    assert_ne!(customer_link(keys, &revoked), token);
    for spoiled in [
        "",
        "x",
        &token[1..],
        &token.to_lowercase(),
        &format!("{token}A"),
    ] {
        assert_eq!(open_customer_link(keys, spoiled), None, "{spoiled:?}");
    }
    let mut others = keys.clone();
    others.links = [9; 32];
    assert_eq!(open_customer_link(&others, &token), None);
}
