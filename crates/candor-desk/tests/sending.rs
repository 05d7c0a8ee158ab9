//! By what others know that our mail is ours, how much leaves, and where reports come back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

#[path = "support/house.rs"]
mod house;

use candor_desk::DeskError;
use candor_desk::outbox::{ChangeSendLimits, SendLimits, returned_mail};
use candor_desk::sending_domain::{
    DropSigningKey, RecordState, SendingDomain, SendingDomains, look_at, make_signing_key,
};
use candor_domain::address::EmailAddress;
use candor_store::Stretch;
use candor_store::outbox::OutboxState;
use house::{HELP, House, mail};
use jiff::SignedDuration;

const KIM: &str = "Kim Nowak <kim@post.example>";
const DOMAIN: &str = "shop.example";
/// What the postmaster of the tests makes, in base64.
const PUBLIC: &str = "dGhlIHB1YmxpYyBoYWxm";

async fn house_with_ticket() -> House {
    let house = House::new().await;
    house
        .deliver(&[HELP], &mail(KIM, "1@post.example", "Parcel", "Where?"))
        .await;
    house
}

async fn domain(house: &House) -> SendingDomain {
    let asked = house.desk.ask(&house.lena, SendingDomains { relay: None });
    asked.await.unwrap().remove(0)
}

async fn make_key(house: &House) {
    let office = house.ground.post_office(true);
    make_signing_key(&house.desk, &house.lena, &office, DOMAIN)
        .await
        .unwrap();
}

async fn look(house: &House) {
    let office = house.ground.post_office(true);
    look_at(&house.desk, &house.lena, &office, DOMAIN)
        .await
        .unwrap();
}

/// The entry of the key is put into the DNS.
async fn publish(house: &House) {
    let record = domain(house).await.records.remove(0);
    let dns = &house.ground.postmaster;
    dns.put(&record.name, &[&record.wanted]);
}

/// Lena answers; the bytes of the mail that leaves.
async fn answered(house: &House, text: &str) -> String {
    let ticket = house.only_ticket().await.id;
    house.reply(ticket, text).await;
    house.run_jobs().await;
    let sent = house.courier.sent();
    String::from_utf8_lossy(&sent.last().unwrap().raw).into_owned()
}

#[tokio::test]
async fn mail_is_signed_from_the_moment_at_which_its_record_was_seen() {
    let house = house_with_ticket().await;
    assert!(!answered(&house, "one").await.contains("DKIM-Signature"));

    make_key(&house).await;
    look(&house).await;
    assert_eq!(domain(&house).await.records[0].state, RecordState::Missing);
    assert!(!answered(&house, "two").await.contains("DKIM-Signature"));

    publish(&house).await;
    look(&house).await;
    let now = domain(&house).await;
    assert_eq!(now.records[0].state, RecordState::Good);
    assert!(now.records[0].wanted.ends_with(&format!("p={PUBLIC}")));
    let selector = now.records[0].name.split('.').next().unwrap().to_owned();
    let signature = format!("DKIM-Signature: s={selector}; d={DOMAIN}\r\n");
    assert!(answered(&house, "three").await.starts_with(&signature));

    let domain = DOMAIN.to_owned();
    let drop = DropSigningKey { domain };
    house.desk.run(&house.lena, drop).await.unwrap();
    assert!(!answered(&house, "four").await.contains("DKIM-Signature"));
}

#[tokio::test]
async fn signing_begins_by_itself_once_the_record_stands() {
    let house = house_with_ticket().await;
    make_key(&house).await;
    publish(&house).await;

    house.worker.run_tasks().await.unwrap();

    assert!(domain(&house).await.signs);
    assert!(answered(&house, "hi").await.contains("DKIM-Signature"));
}

#[tokio::test]
async fn a_new_key_has_a_name_of_its_own_and_waits_for_its_own_record() {
    let house = house_with_ticket().await;
    make_key(&house).await;
    publish(&house).await;
    look(&house).await;
    let first = domain(&house).await.records[0].name.clone();

    make_key(&house).await;
    look(&house).await;

    let now = domain(&house).await;
    assert_ne!(now.records[0].name, first);
    assert!(!now.signs);
}

#[tokio::test]
async fn a_silent_dns_changes_nothing() {
    let house = house_with_ticket().await;
    make_key(&house).await;
    publish(&house).await;
    look(&house).await;

    house.ground.postmaster.fall_silent(true);
    look(&house).await;

    let now = domain(&house).await;
    let silent = now.records.iter();
    assert!(silent.clone().all(|r| r.state == RecordState::NoAnswer));
    assert!(now.signs);
    assert!(answered(&house, "hi").await.contains("DKIM-Signature"));
}

#[tokio::test]
async fn the_key_lies_encrypted_and_only_for_domains_of_ours() {
    let house = house_with_ticket().await;
    make_key(&house).await;
    let kept = house
        .read(|tx| Ok(tx.setting(&format!("signing.{DOMAIN}"))?))
        .await
        .unwrap();
    assert!(kept.value.starts_with("v1."), "{}", kept.value);

    let office = house.ground.post_office(true);
    let other = make_signing_key(&house.desk, &house.lena, &office, "else.example").await;
    assert!(matches!(other, Err(DeskError::NotFound("domain"))));
}

#[tokio::test]
async fn a_key_that_does_not_open_any_more_keeps_no_mail_back() {
    let house = house_with_ticket().await;
    make_key(&house).await;
    publish(&house).await;
    look(&house).await;

    house
        .tamper("update setting set value = 'v1.AAAA' where name = 'signing.shop.example'")
        .await;

    assert!(!answered(&house, "hi").await.contains("DKIM-Signature"));
}

#[tokio::test]
async fn what_the_provider_does_not_take_now_leaves_later_and_once() {
    let house = house_with_ticket().await;
    let limits = SendLimits {
        per_minute: 2,
        per_day: 3,
    };
    let change = ChangeSendLimits { limits };
    house.desk.run(&house.lena, change).await.unwrap();
    let ticket = house.only_ticket().await.id;
    for text in ["one", "two", "three", "four"] {
        house.reply(ticket, text).await;
    }

    house.run_jobs().await;
    assert_eq!(house.courier.sent().len(), 2);
    house.clock.advance(SignedDuration::from_secs(59));
    house.run_jobs().await;
    assert_eq!(house.courier.sent().len(), 2);
    house.clock.advance(SignedDuration::from_secs(2));
    house.run_jobs().await;
    assert_eq!(
        house.courier.sent().len(),
        3,
        "the fourth is over the day's limit"
    );
    house.clock.advance(SignedDuration::from_hours(24));
    house.run_jobs().await;

    let sent = house.courier.sent();
    let ids: std::collections::BTreeSet<_> = sent
        .iter()
        .map(|mail| mail.message.message_id.clone())
        .collect();
    assert_eq!((sent.len(), ids.len()), (4, 4));
}

#[tokio::test]
async fn a_report_comes_back_to_the_mail_that_it_is_about() {
    let house = house_with_ticket().await;
    answered(&house, "hi").await;
    let back = house.courier.sent().remove(0).envelope.mail_from;
    assert!(
        back.starts_with("help+") && back.ends_with("@shop.example"),
        "{back}"
    );

    let address = EmailAddress::parse(&back).unwrap();
    let cx = house.desk.cx(&house.lena);
    let mail = house
        .read(move |tx| returned_mail(tx, &cx, &[address]))
        .await
        .unwrap();
    assert_eq!(mail.state, OutboxState::Sent);

    // Nobody makes up such an address, and a reply address is none.
    let changed = back.replacen("help+", "help+a", 1);
    let reply_to = house.courier.sent().remove(0).message.reply_to[0]
        .address
        .clone();
    for other in [EmailAddress::parse(&changed).unwrap(), reply_to] {
        let cx = house.desk.cx(&house.lena);
        let none = house.read(move |tx| returned_mail(tx, &cx, &[other])).await;
        assert_eq!(none, None);
    }
}

#[tokio::test]
async fn whoever_may_not_set_up_mail_sees_no_domain() {
    let house = House::new().await;
    let visitor = candor_domain::actor::Actor::Visitor;
    let asked = house
        .desk
        .ask(&visitor, SendingDomains { relay: None })
        .await;
    assert!(matches!(asked, Err(DeskError::NotAllowed(_))));
    let failed = candor_desk::outbox::FailedMails {
        stretch: Stretch::default(),
    };
    assert!(house.desk.ask(&visitor, failed).await.is_err());
}
