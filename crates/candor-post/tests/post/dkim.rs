//! Signatures that others accept.

use candor_post::dkim::{make_key, signed};
use candor_post::dns::Dns;
use candor_post::sender_check::{Arrival, CheckEnd};
use candor_post::testing::zone::{NameServer, Zone};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const MAIL: &str = "From: The Shop <help@shop.example>\r\nTo: Bob <bob@customer.example>\r\n\
    Subject: Your grinder\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\
    Message-ID: <1@shop.example>\r\nMIME-Version: 1.0\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\r\nIt left  today. \r\n\r\n.\r\n\r\n";

/// The mail of a new key, and whoever knows its public half.
async fn signed_mail() -> (Vec<u8>, NameServer) {
    let key = make_key().unwrap();
    let mail = signed(
        "shop.example",
        "candor-1",
        &key.private_der,
        MAIL.as_bytes(),
    )
    .unwrap();
    let public = format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(&key.public_der));
    let zone = Zone::default()
        .text("candor-1._domainkey.shop.example", &public)
        .text("_dmarc.shop.example", "v=DMARC1; p=reject");
    (mail, NameServer::start(zone).await.unwrap())
}

/// A stranger's computer, from which only a signature proves anything.
fn stranger() -> Arrival {
    Arrival {
        peer: "192.0.2.9".parse().unwrap(),
        hello: "relay.example".to_owned(),
        mail_from: "bounce@relay.example".to_owned(),
        host_name: "mx.customer.example".to_owned(),
    }
}

#[tokio::test]
async fn a_signed_mail_is_accepted_and_a_changed_one_is_not() {
    let (mail, server) = signed_mail().await;
    let dns = Dns::at(server.address());
    let text = String::from_utf8(mail.clone()).unwrap();
    assert!(text.starts_with("DKIM-Signature: "), "{text}");
    assert!(text.ends_with(MAIL));

    let found = dns.check_sender(&stranger(), &mail).await;
    assert_eq!(found.dkim, [(CheckEnd::Pass, "shop.example".to_owned())]);
    assert_eq!(found.dmarc, CheckEnd::Pass);

    // What a relay may do on its way: trace headers, blanks at line ends.
    let relayed = text
        .replace("left  today. \r\n", "left today.\r\n")
        .replacen("From: ", "Received: from a by b\r\nFrom:  ", 1);
    let found = dns.check_sender(&stranger(), relayed.as_bytes()).await;
    assert_eq!(found.dmarc, CheckEnd::Pass, "{relayed}");

    // What nobody may do: change the text or a header, add one that people see.
    for changed in [
        text.replace("left  today", "never left"),
        text.replace("Your grinder", "Your refund"),
        text.replace("bob@customer.example", "eve@customer.example"),
        text.replacen("To: Bob", "Subject: Pay here\r\nTo: Bob", 1),
        text.replacen("To: Bob", "Reply-To: eve@evil.example\r\nTo: Bob", 1),
        text.replacen("To: Bob", "Content-Type: text/html\r\nTo: Bob", 1),
    ] {
        let found = dns.check_sender(&stranger(), changed.as_bytes()).await;
        assert_eq!(found.dmarc, CheckEnd::Fail, "{changed}");
    }
}

#[test]
fn what_is_no_key_signs_nothing() {
    assert!(signed("shop.example", "s", b"no key", MAIL.as_bytes()).is_err());
}
