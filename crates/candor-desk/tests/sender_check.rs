//! What a mail may do whose sender is or is not who it claims to be.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

#[path = "support/house.rs"]
mod house;

use candor_desk::intake::{Envelope, Handover, receive_from};
use candor_desk::sender_check::{ChangeSenderCheck, Vouched};
use candor_domain::id::TicketId;
use candor_mail::{Mark, PassedOn};
use house::{HELP, House, answer, mail};

const KIM: &str = "Kim Nowak <kim@post.example>";
const OUTSIDE: &str = "192.0.2.7";

async fn house() -> House {
    let house = House::new().await;
    arrive(
        &house,
        OUTSIDE,
        HELP,
        &mail(KIM, "1@post.example", "Parcel", "Where is it?"),
        Mark::Pass,
    )
    .await;
    house
}

/// A mail is handed over by a computer.
async fn arrive(house: &House, peer: &str, to: &str, mail: &str, dmarc: Mark) {
    house.ground.postmaster.say("post.example", dmarc);
    let envelope = Envelope {
        via: "smtp".to_owned(),
        mail_from: "kim@post.example".to_owned(),
        recipients: vec![to.to_owned()],
    };
    let from = Handover {
        peer: Some(peer.parse().unwrap()),
        hello: "mail.post.example".to_owned(),
    };
    let raw = mail.replace('\n', "\r\n").into_bytes();
    receive_from(&house.desk, &envelope, &from, raw)
        .await
        .unwrap();
    house.run_jobs().await;
}

/// The word that was kept about the newest message of a ticket.
async fn word(house: &House, ticket: TicketId) -> Option<Vouched> {
    let newest = house.messages(ticket).await.pop().unwrap().id;
    let checks = house.read(move |tx| Ok(tx.sender_checks_of(ticket)?)).await;
    let check = checks.into_iter().find(|check| check.message == newest);
    Vouched::parse(&check?.vouched)
}

fn again(id: &str) -> String {
    answer(KIM, id, "1@post.example", "Any news?")
}

#[tokio::test]
async fn a_forged_mail_joins_nothing_by_the_ids_that_it_names() {
    let house = house().await;
    let ticket = house.only_ticket().await.id;
    arrive(&house, OUTSIDE, HELP, &again("2@post.example"), Mark::Fail).await;

    assert_eq!(house.messages(ticket).await.len(), 1);
    let other = house.tickets().await.pop().unwrap().id;
    assert_eq!(word(&house, other).await, Some(Vouched::Forged));

    arrive(&house, OUTSIDE, HELP, &again("3@post.example"), Mark::Pass).await;
    let joined = house.messages(ticket).await.pop().unwrap();
    assert!(joined.sender_is_customer);
    assert_eq!(word(&house, ticket).await, Some(Vouched::Verified));
}

#[tokio::test]
async fn a_mail_that_nobody_vouches_for_joins_by_our_token_alone() {
    let house = house().await;
    let ticket = house.only_ticket().await.id;
    arrive(&house, OUTSIDE, HELP, &again("2@post.example"), Mark::None).await;
    assert_eq!(house.messages(ticket).await.len(), 1);

    house.reply(ticket, "It left today.").await;
    house.run_jobs().await;
    let reply_to = house.courier.sent().remove(0).message.reply_to[0]
        .address
        .clone();
    let thanks = mail(KIM, "3@post.example", "Thanks", "Thank you");
    arrive(&house, OUTSIDE, reply_to.as_str(), &thanks, Mark::None).await;
    let joined = house.messages(ticket).await.pop().unwrap();
    assert_eq!(joined.body.trim(), "Thank you");
    assert!(joined.sender_is_customer);
    assert_eq!(word(&house, ticket).await, Some(Vouched::Unverified));

    // A forgery that got hold of the token speaks as nobody.
    let evil = mail(KIM, "4@post.example", "Money", "Pay to this account");
    arrive(&house, OUTSIDE, reply_to.as_str(), &evil, Mark::Fail).await;
    let joined = house.messages(ticket).await.pop().unwrap();
    assert!(!joined.sender_is_customer);
}

#[tokio::test]
async fn a_dns_that_does_not_answer_loses_and_hinders_nothing() {
    let house = house().await;
    let ticket = house.only_ticket().await.id;
    arrive(&house, OUTSIDE, HELP, &again("2@post.example"), Mark::Later).await;

    assert_eq!(house.messages(ticket).await.len(), 2);
    assert_eq!(word(&house, ticket).await, Some(Vouched::Unknown));
}

#[tokio::test]
async fn a_computer_of_our_own_network_is_believed_only_as_far_as_it_is_named() {
    let house = house().await;
    let ticket = house.only_ticket().await.id;
    let asked = house.ground.postmaster.asked().len();
    let says = |by: &str, result: &str, id: &str| {
        let header = format!(
            "Authentication-Results: {by}; dmarc={result} header.from=post.example\nFrom: "
        );
        again(id).replacen("From: ", &header, 1)
    };

    // Nobody is named: what stands there may be written by anybody.
    let mail = says("mx.shop.example", "fail", "2@post.example");
    arrive(&house, "10.0.0.3", HELP, &mail, Mark::Fail).await;
    assert_eq!(word(&house, ticket).await, None);
    assert_eq!(house.messages(ticket).await.len(), 2);

    let change = ChangeSenderCheck {
        checks: true,
        fronts: "mx.shop.example, mx.google.com".to_owned(),
        forwarders: String::new(),
    };
    house.desk.run(&house.lena, change).await.unwrap();
    let mail = says("MX.shop.example", "pass", "3@post.example");
    arrive(&house, "10.0.0.3", HELP, &mail, Mark::Fail).await;
    assert_eq!(word(&house, ticket).await, Some(Vouched::Verified));

    // The sender wrote one too; only the topmost counts.
    let forged = says("mx.shop.example", "pass", "4@post.example");
    let forged = format!("Authentication-Results: other.example; dmarc=none\n{forged}");
    arrive(&house, "10.0.0.3", HELP, &forged, Mark::Fail).await;
    assert_eq!(word(&house, ticket).await, None);
    let bad = says("mx.shop.example", "fail", "5@post.example");
    arrive(&house, "10.0.0.3", HELP, &bad, Mark::Pass).await;
    let other = house.tickets().await.pop().unwrap().id;
    assert_eq!(word(&house, other).await, Some(Vouched::Forged));

    assert_eq!(house.ground.postmaster.asked().len(), asked);
}

#[tokio::test]
async fn whoever_switches_the_check_off_gets_none() {
    let house = house().await;
    let ticket = house.only_ticket().await.id;
    let change = ChangeSenderCheck {
        checks: false,
        fronts: String::new(),
        forwarders: String::new(),
    };
    house.desk.run(&house.lena, change).await.unwrap();

    arrive(&house, OUTSIDE, HELP, &again("2@post.example"), Mark::Fail).await;

    assert_eq!(house.messages(ticket).await.len(), 2);
    assert_eq!(word(&house, ticket).await, None);
}

#[tokio::test]
async fn whoever_is_trusted_to_pass_mail_on_vouches_for_its_sender_and_no_other_does() {
    let house = house().await;
    let ticket = house.only_ticket().await.id;
    let list = PassedOn::read(
        vec!["lists.example".to_owned()],
        "i=1; lists.example; dmarc=pass header.from=post.example",
        "post.example",
    );
    house.ground.postmaster.say_passed_on(Some(list));
    arrive(&house, OUTSIDE, HELP, &again("2@post.example"), Mark::Fail).await;
    assert_eq!(
        house.messages(ticket).await.len(),
        1,
        "nobody trusts the list"
    );
    let other = house.tickets().await.pop().unwrap().id;
    assert_eq!(word(&house, other).await, Some(Vouched::Forged));

    let change = |forwarders: &str| ChangeSenderCheck {
        checks: true,
        fronts: String::new(),
        forwarders: forwarders.to_owned(),
    };
    house
        .desk
        .run(&house.lena, change("other.example"))
        .await
        .unwrap();
    arrive(&house, OUTSIDE, HELP, &again("3@post.example"), Mark::Fail).await;
    assert_eq!(house.messages(ticket).await.len(), 1);

    house
        .desk
        .run(&house.lena, change("other.example, Lists.example"))
        .await
        .unwrap();
    arrive(&house, OUTSIDE, HELP, &again("4@post.example"), Mark::Fail).await;
    let joined = house.messages(ticket).await.pop().unwrap();
    assert!(joined.sender_is_customer);
    assert_eq!(word(&house, ticket).await, Some(Vouched::PassedOn));
    let refused = house.desk.run(&house.lena, change("not a/domain")).await;
    assert!(refused.is_err());
}
