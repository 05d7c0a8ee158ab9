//! The domains that the shop sends from, who wrote what comes in, and mail that is late.

use candor_desk::intake::{Envelope, Handover, receive_from};
use candor_desk::ticket::Reply;
use candor_domain::message::Channel;
use candor_domain::text::PublicText;
use candor_domain::ticket::AfterSend;
use candor_testkit::{Mark, TestDesk};
use jiff::SignedDuration;

const DOMAIN: &str = "/settings/domains/shop.example";

#[tokio::test]
async fn an_owner_makes_a_key_copies_its_entry_and_sees_when_it_stands() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let list = mara.get("/settings/domains").await.words();
    assert!(
        list.contains("shop.example") && list.contains("Not signed"),
        "{list}"
    );

    let made = mara.post(&format!("{DOMAIN}/key"), &[]).await;
    assert_eq!(made.header("location"), DOMAIN);
    let shown = mara.get(DOMAIN).await.words();
    assert!(
        shown.contains("The key is made. Now add its entry."),
        "{shown}"
    );
    assert!(
        shown.contains("v=DKIM1; k=rsa; p=dGhlIHB1YmxpYyBoYWxm"),
        "{shown}"
    );
    assert!(shown.contains("v=spf1 a:mail.shop.example ~all"), "{shown}");
    assert!(shown.contains("please add these entries to the DNS of shop.example"));
    // The private half is on no page.
    assert!(!shown.contains("dGhlIHByaXZhdGUgaGFsZg"), "{shown}");

    let name = shown
        .split_whitespace()
        .find(|word| word.ends_with("._domainkey.shop.example"))
        .unwrap()
        .to_owned();
    let dns = &desk.postmaster;
    dns.put(&name, &["v=DKIM1; k=rsa; p=dGhlIHB1YmxpYyBoYWxm"]);
    dns.put("shop.example", &["v=spf1 mx a:mail.shop.example -all"]);
    dns.put("_dmarc.shop.example", &["v=DMARC1; p=none"]);
    dns.put_servers("shop.example", &["mx.shop.example"]);
    mara.post(&format!("{DOMAIN}/look"), &[]).await;

    let shown = mara.get(DOMAIN).await.words();
    assert!(shown.contains("All good"), "{shown}");
    assert!(shown.contains("Every mail from this domain is signed."));
    let list = mara.get("/settings/domains").await.words();
    assert!(list.contains("All good"), "{list}");

    mara.post(&format!("{DOMAIN}/key/removal"), &[]).await;
    let shown = mara.get(DOMAIN).await.words();
    assert!(shown.contains("Mail is no longer signed."), "{shown}");
    assert_eq!(mara.get("/settings/domains/else.example").await.status, 404);
}

#[tokio::test]
async fn a_server_in_front_is_named_in_words_that_can_be_one() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let path = "/settings/senders";
    let wrong = mara
        .post(path, &[("checks", "true"), ("fronts", "a b/c")])
        .await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.words().contains("Write names of servers"),
        "{}",
        wrong.words()
    );

    let form = [
        ("checks", "true"),
        ("fronts", "MX.google.com, mx.shop.example"),
    ];
    let kept = mara.post(path, &form).await;
    assert_eq!(kept.header("location"), path);
    let shown = mara.get(path).await.text();
    assert!(shown.contains("mx.google.com, mx.shop.example"), "{shown}");
}

#[tokio::test]
async fn a_message_shows_whether_its_sender_was_checked() {
    let desk = TestDesk::new().await;
    desk.postmaster.say("customer.example", Mark::Fail);
    let envelope = Envelope {
        via: "smtp".to_owned(),
        mail_from: "bob@customer.example".to_owned(),
        recipients: vec!["help@shop.example".to_owned()],
    };
    let from = Handover {
        peer: Some([192, 0, 2, 7].into()),
        hello: "mail.customer.example".to_owned(),
    };
    let raw = b"From: bob@customer.example\r\nTo: help@shop.example\r\nSubject: Account\r\n\
        Message-ID: <1@customer.example>\r\n\r\nPlease pay to my new account.\r\n";
    let receipt = receive_from(&desk.desk, &envelope, &from, raw.to_vec());
    receipt.await.unwrap();
    desk.run_jobs().await;

    let mut ayla = desk.browser("ayla").await;
    let words = ayla.get("/tickets/1").await.words();
    assert!(words.contains("Sender may be forged"), "{words}");
    assert!(
        words.contains("The domain of bob@customer.example says"),
        "{words}"
    );
}

#[tokio::test]
async fn a_reply_that_is_late_says_for_how_long_and_until_when_it_is_tried() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail("bob@customer.example", "My grinder", "It does not grind.")
        .await;
    let mut ayla = desk.browser("ayla").await;
    let path = format!("/tickets/{ticket}");
    let reply = Reply {
        files: Vec::new(),
        ticket,
        body: PublicText::new("It is on its way."),
        cc: Vec::new(),
        then: AfterSend::Wait,
        seen: None,
        channel: Channel::Desk,
    };
    desk.desk
        .run(&desk.actor("ayla").await, reply)
        .await
        .unwrap();
    let fail = || desk.courier.fail_next_as("send-failure-timed-out", "");
    for minutes in [1, 60, 60] {
        fail();
        desk.clock.advance(SignedDuration::from_mins(minutes));
        desk.run_jobs().await;
    }
    let words = ayla.get(&path).await.words();
    assert!(words.contains("Not out yet"), "{words}");

    for _ in 0..3 {
        fail();
        desk.clock.advance(SignedDuration::from_mins(70));
        desk.run_jobs().await;
    }
    let words = ayla.get(&path).await.words();
    assert!(words.contains("Not delivered for"), "{words}");
    assert!(words.contains("It is tried until"), "{words}");
}

#[tokio::test]
async fn the_limits_of_the_provider_are_numbers() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let path = "/settings/outgoing/limits";
    let wrong = mara
        .post(path, &[("per_minute", "many"), ("per_day", "5")])
        .await;
    assert_eq!(wrong.status, 422);
    let kept = mara
        .post(path, &[("per_minute", "10"), ("per_day", "500")])
        .await;
    assert_eq!(kept.header("location"), "/settings/outgoing");
    let shown = mara.get("/settings/outgoing").await.text();
    assert!(shown.contains("value=\"10\"") && shown.contains("value=\"500\""));
}
