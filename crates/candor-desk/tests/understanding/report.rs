//! What mail servers report about our mails.

use super::{KIM, answered, last_sent_id, seen};
use crate::house::{HELP, House, mail};
use candor_desk::outbox::{DEAD_ADDRESS, DeadAddresses, ReleaseAddress, ReturnedMails};
use candor_desk::outbox::{MailsOfTicket, RetryOutgoing};
use candor_desk::ticket::{LogWhat, MailLog};
use candor_desk::verify::verify;
use candor_desk::{DeskError, seal};
use candor_domain::actor::Actor;
use candor_domain::suppression::Suppression;
use candor_domain::ticket::Status;
use candor_store::outbox::OutboxState;

/// A report in the form of RFC 3464 about a mail of ours.
fn report(action: &str, status: &str, recipient: &str, original: &str) -> String {
    format!(
        "From: Mail Delivery System <mailer-daemon@post.example>\nTo: {HELP}\n\
         Message-ID: <{status}.{recipient}.report>\nSubject: Undelivered Mail\n\
         MIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=xx\n\n\
         --xx\nContent-Type: text/plain\n\nThis is the mail system.\n\
         --xx\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; post.example\n\n\
         Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n\
         Diagnostic-Code: smtp; 550 {status} user unknown\n\
         --xx\nContent-Type: text/rfc822-headers\n\n\
         Message-ID: <{original}>\nSubject: Re: Late parcel\n\n--xx--\n"
    )
}

async fn comes_back(house: &House, action: &str, status: &str, recipient: &str) {
    let report = report(action, status, recipient, &last_sent_id(house));
    house.accept_from("", &[HELP], &report).await;
    house.run_jobs().await;
}

async fn dead(house: &House) -> Vec<Suppression> {
    let asked = house.desk.ask(&house.lena, DeadAddresses::default()).await;
    asked.unwrap().rows
}

#[tokio::test]
async fn a_bounce_stands_at_the_message_it_is_about_and_nowhere_else() {
    let (house, ticket) = answered().await;
    comes_back(&house, "failed", "5.1.1", "kim@post.example").await;

    let after = house.only_ticket().await;
    assert_eq!(after.status, Status::Waiting, "nobody answered");
    let messages = seen(&house, ticket.id).await;
    assert_eq!(messages.len(), 2);
    let told = &messages[1].deliveries[0];
    assert_eq!(
        (told.action.as_str(), told.status.as_str()),
        ("failed", "5.1.1")
    );
    assert_eq!(told.cause, "no_such_mailbox");
    let returned = house.desk.ask(&house.lena, ReturnedMails).await.unwrap();
    assert_eq!(returned[0].1, ticket.id);

    let log = MailLog { ticket: ticket.id };
    let (_, lines) = house.desk.ask(&house.lena, log).await.unwrap();
    let kinds: Vec<&str> = lines
        .iter()
        .map(|line| match &line.what {
            LogWhat::Received(..) => "received",
            LogWhat::Sent(..) => "sent",
            LogWhat::Told(_) => "told",
        })
        .collect();
    assert_eq!(kinds, ["received", "sent", "told"]);
}

#[tokio::test]
async fn mail_to_a_dead_address_is_held_until_somebody_releases_it() {
    let (house, ticket) = answered().await;
    comes_back(&house, "failed", "5.1.1", "Kim@Post.example").await;
    assert_eq!(dead(&house).await[0].address, "kim@post.example");

    house.reply(ticket.id, "Are you there?").await;
    house.run_jobs().await;
    assert_eq!(house.courier.sent().len(), 1, "nothing went out");
    let mails = MailsOfTicket { ticket: ticket.id };
    let states = house.desk.ask(&house.lena, mails).await.unwrap();
    assert_eq!(states[1].state, OutboxState::Held);
    assert_eq!(states[1].fault.as_ref().unwrap().id, DEAD_ADDRESS);

    let release = |release| ReleaseAddress {
        address: dead_id(),
        release,
    };
    house.desk.run(&house.lena, release(true)).await.unwrap();
    assert_eq!(dead(&house).await, []);
    let again = house.desk.run(&house.lena, release(true)).await;
    assert!(matches!(again, Err(DeskError::Conflict(_))));
    let retry = RetryOutgoing { mail: states[1].id };
    house.desk.run(&house.lena, retry).await.unwrap();
    house.run_jobs().await;
    assert_eq!(house.courier.sent().len(), 2);
    house.desk.run(&house.lena, release(false)).await.unwrap();
    assert_eq!(dead(&house).await.len(), 1);
}

/// The first address that was ever put on the list.
fn dead_id() -> candor_domain::id::SuppressionId {
    candor_domain::id::SuppressionId(1)
}

#[tokio::test]
async fn whoever_else_is_on_the_mail_still_gets_it() {
    let (house, ticket) = answered().await;
    comes_back(&house, "failed", "5.1.1", "kim@post.example").await;
    house
        .reply_with_copy(ticket.id, "Eve knows more.", &["eve@else.example"])
        .await;
    house.run_jobs().await;
    let sent = house.courier.sent().pop().unwrap();
    assert_eq!(sent.envelope.recipients, ["eve@else.example"]);
    let mails = MailsOfTicket { ticket: ticket.id };
    let states = house.desk.ask(&house.lena, mails).await.unwrap();
    assert_eq!(states[1].state, OutboxState::Sent);
    let fault = states[1].fault.as_ref().unwrap();
    assert_eq!(fault.detail, "kim@post.example");
}

#[tokio::test]
async fn a_delay_and_a_full_mailbox_make_no_address_dead() {
    let (house, ticket) = answered().await;
    comes_back(&house, "delayed", "4.4.1", "kim@post.example").await;
    comes_back(&house, "failed", "5.2.2", "kim@post.example").await;
    assert_eq!(dead(&house).await, []);
    let messages = seen(&house, ticket.id).await;
    let told: Vec<&str> = messages[1]
        .deliveries
        .iter()
        .map(|told| told.action.as_str())
        .collect();
    assert_eq!(told, ["delayed", "failed"]);
}

#[tokio::test]
async fn a_report_is_believed_about_addresses_that_the_mail_went_to() {
    let (house, _) = answered().await;
    comes_back(&house, "failed", "5.1.1", "eve@else.example").await;
    assert_eq!(dead(&house).await, []);
}

#[tokio::test]
async fn a_report_about_no_mail_of_ours_becomes_a_ticket() {
    let house = House::new().await;
    let report = report("failed", "5.1.1", "kim@post.example", "never@shop.example");
    house.accept_from("", &[HELP], &report).await;
    house.run_jobs().await;
    assert_eq!(house.only_ticket().await.subject, "Undelivered Mail");
    assert_eq!(dead(&house).await, []);
}

#[tokio::test]
async fn a_complaint_is_noted_at_the_message() {
    let (house, ticket) = answered().await;
    let original = last_sent_id(&house);
    let complaint = format!(
        "From: staff@provider.example\nTo: {HELP}\nMessage-ID: <arf@provider.example>\n\
         Subject: FW: Re: Late parcel\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=xx\n\n\
         --xx\nContent-Type: text/plain\n\nThis is an abuse report.\n\
         --xx\nContent-Type: message/feedback-report\n\n\
         Feedback-Type: abuse\nUser-Agent: Provider/1.0\nVersion: 1\n\
         Original-Rcpt-To: kim@post.example\n\
         --xx\nContent-Type: message/rfc822\n\n\
         Message-ID: <{original}>\nSubject: Re: Late parcel\n\nIt left today.\n--xx--\n"
    );
    house
        .accept_from("fbl@provider.example", &[HELP], &complaint)
        .await;
    house.run_jobs().await;
    assert_eq!(house.only_ticket().await.status, Status::Waiting);
    let messages = seen(&house, ticket.id).await;
    let told = &messages[1].deliveries[0];
    assert_eq!(
        (told.action.as_str(), told.cause.as_str()),
        ("complained", "abuse")
    );
    assert_eq!(dead(&house).await, []);
}

#[tokio::test]
async fn a_server_that_refuses_the_address_says_what_a_report_would() {
    let house = House::new().await;
    let text = mail(KIM, "1@post.example", "Late parcel", "Where is it?");
    house.deliver(&[HELP], &text).await;
    let ticket = house.only_ticket().await;
    house
        .courier
        .refuse_next("550 5.1.1 <kim@post.example>: user unknown");
    house.reply(ticket.id, "It left today.").await;
    house.run_jobs().await;
    let dead = dead(&house).await;
    assert_eq!(dead[0].address, "kim@post.example");
    assert_eq!(dead[0].status, "5.1.1");
}

#[tokio::test]
async fn the_history_vouches_for_the_list_of_dead_addresses() {
    let (house, _) = answered().await;
    comes_back(&house, "failed", "5.1.1", "kim@post.example").await;
    let release = ReleaseAddress {
        address: dead_id(),
        release: true,
    };
    house.desk.run(&house.lena, release).await.unwrap();
    assert_eq!(findings(&house).await, Vec::<String>::new());
    house
        .tamper("update suppression set released_at = null")
        .await;
    let found = findings(&house).await;
    assert!(found[0].contains("suppression 1"), "{found:?}");
    assert!(found[0].contains("released is nothing"), "{found:?}");
}

async fn findings(house: &House) -> Vec<String> {
    house.sequenced().await;
    seal::seal_new(&house.desk).await.unwrap();
    let report = verify(&house.desk, &Actor::System, |_| {}).await.unwrap();
    report.findings.iter().map(ToString::to_string).collect()
}
