//! Servers in front of us, and a server of one's own behind which we stand.

use std::net::IpAddr;

use candor_post::{Addresses, Fronts, Protocol};

use super::support::{Client, Desk, code};

fn here() -> Addresses {
    Addresses::those(|address| address.is_loopback())
}

fn behind_server() -> Fronts {
    Fronts {
        servers: here(),
        ..Fronts::default()
    }
}

fn behind_proxy() -> Fronts {
    Fronts {
        proxies: here(),
        ..Fronts::default()
    }
}

#[tokio::test]
async fn a_named_front_says_whose_mail_it_passes_on() {
    let desk = Desk::start_as(Protocol::Smtp, behind_server()).await;
    let mut client = desk.client().await;
    assert!(
        client
            .say("EHLO front.example")
            .await
            .contains(" / 250-XCLIENT ")
    );
    let again = client
        .say("XCLIENT ADDR=192.0.2.7 HELO=mail.shop.example NAME=[UNAVAILABLE]")
        .await;
    assert_eq!(again, "220 desk.example ESMTP Candor");
    // The dialogue begins anew.
    assert_eq!(
        code(&client.say("MAIL FROM:<a@b.example>").await),
        "503 5.5.1"
    );
    client.say("EHLO front.example").await;
    client.deliver("Subject: hi\r\n\r\nhi").await;
    // Another sender over the same connection.
    client.say("XCLIENT ADDR=IPV6:2001:db8::9").await;
    client.say("EHLO front.example").await;
    client.deliver("Subject: ho\r\n\r\nho").await;

    let mails = desk.mails();
    assert_eq!(
        mails[0].peer.address,
        "192.0.2.7".parse::<IpAddr>().unwrap()
    );
    assert_eq!(mails[0].peer.hello, "mail.shop.example");
    assert_eq!(
        mails[1].peer.address,
        "2001:db8::9".parse::<IpAddr>().unwrap()
    );
    assert_eq!(mails[1].peer.hello, "front.example");
}

#[tokio::test]
async fn nobody_else_may_speak_for_others() {
    let desk = Desk::start().await;
    let mut client = desk.greeted().await;
    assert!(!client.say("EHLO x.example").await.contains("XCLIENT"));
    let refused = client.say("XCLIENT ADDR=192.0.2.7").await;
    assert_eq!(code(&refused), "550 5.7.0");
    let refused = client.say("PROXY TCP4 192.0.2.7 192.0.2.8 1 25").await;
    assert_eq!(code(&refused), "500 5.5.1");
    client.deliver("Subject: hi\r\n\r\nhi").await;
    assert!(desk.mails()[0].peer.address.is_loopback());
}

#[tokio::test]
async fn a_named_proxy_says_for_whom_it_stands() {
    let desk = Desk::start_as(Protocol::Smtp, behind_proxy()).await;
    let mut client = Client::connect(desk.address).await;
    client
        .send(b"PROXY TCP4 192.0.2.7 192.0.2.8 51000 25\r\n")
        .await;
    assert_eq!(client.reply().await, "220 desk.example ESMTP Candor");
    client.say("EHLO mail.shop.example").await;
    client.deliver("Subject: hi\r\n\r\nhi").await;

    assert_eq!(
        desk.mails()[0].peer.address,
        "192.0.2.7".parse::<IpAddr>().unwrap()
    );
}

#[tokio::test]
async fn a_proxy_without_its_header_is_not_let_in() {
    let desk = Desk::start_as(Protocol::Smtp, behind_proxy()).await;
    let mut client = Client::connect(desk.address).await;
    client.send(b"EHLO mail.shop.example\r\n").await;
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn lmtp_answers_for_each_recipient() {
    let desk = Desk::start_as(Protocol::Lmtp, Fronts::default()).await;
    let mut client = Client::connect(desk.address).await;
    assert_eq!(client.reply().await, "220 desk.example LMTP Candor");
    assert_eq!(code(&client.say("EHLO mx.example").await), "503 5.5.1");
    assert!(client.say("LHLO mx.example").await.contains("PIPELINING"));
    client.say("MAIL FROM:<a@b.example>").await;
    client.say("RCPT TO:<help@shop.example>").await;
    client.say("RCPT TO:<orders@shop.example>").await;
    client.say("RCPT TO:<help@shop.example>").await;
    assert_eq!(
        code(&client.say("RCPT TO:<nobody@shop.example>").await),
        "550 5.1.1"
    );
    assert_eq!(client.say("DATA").await.get(..3), Some("354"));
    client.send(b"Subject: hi\r\n\r\nhi\r\n.\r\n").await;
    for _ in 0..3 {
        assert_eq!(code(&client.reply().await), "250 2.0.0");
    }
    assert_eq!(code(&client.say("NOOP").await), "250 2.0.0");

    // One mail for both, stored once.
    assert_eq!(desk.mails().len(), 1);
    let recipients = &desk.mails()[0].envelope.recipients;
    assert_eq!(recipients, &["help@shop.example", "orders@shop.example"]);
}

#[tokio::test]
async fn smtp_does_not_speak_lmtp() {
    let desk = Desk::start().await;
    let mut client = desk.client().await;
    assert_eq!(code(&client.say("LHLO mx.example").await), "503 5.5.1");
}
