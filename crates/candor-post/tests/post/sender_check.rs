//! Who sent a mail, by SPF and DMARC.

use candor_post::dns::Dns;
use candor_post::sender_check::{Arrival, CheckEnd, Findings};
use candor_post::testing::zone::{NameServer, Zone};

fn zone() -> Zone {
    Zone::default()
        .text(
            "shop.example",
            "v=spf1 ip4:192.0.2.0/28 a:out.shop.example -all",
        )
        .address("out.shop.example", "2001:db8::25".parse().unwrap())
        .text("_dmarc.shop.example", "v=DMARC1; p=quarantine")
        .text("plain.example", "v=spf1 ip4:192.0.2.99 ~all")
        .text("broken.example", "v=spf1 include:broken.example -all")
}

fn mail(from: &str) -> String {
    format!("From: {from}\r\nTo: help@desk.example\r\nSubject: Hi\r\n\r\nHi\r\n")
}

async fn check(dns: &Dns, peer: &str, mail_from: &str, raw: &str) -> Findings {
    let arrival = Arrival {
        peer: peer.parse().unwrap(),
        hello: "out.shop.example".to_owned(),
        mail_from: mail_from.to_owned(),
        host_name: "desk.example".to_owned(),
    };
    dns.check_sender(&arrival, raw.as_bytes()).await
}

#[tokio::test]
async fn a_permitted_computer_speaks_for_its_own_domain_alone() {
    let server = NameServer::start(zone()).await.unwrap();
    let dns = Dns::at(server.address());
    let ours = "kim@shop.example";
    for (peer, mail_from, from, spf, dmarc) in [
        ("192.0.2.3", ours, ours, CheckEnd::Pass, CheckEnd::Pass),
        ("2001:db8::25", ours, ours, CheckEnd::Pass, CheckEnd::Pass),
        ("198.51.100.1", ours, ours, CheckEnd::Fail, CheckEnd::Fail),
        // A report has no sender; the computer's name stands for it.
        (
            "192.0.2.99",
            "a@plain.example",
            ours,
            CheckEnd::Pass,
            CheckEnd::Fail,
        ),
        (
            "192.0.2.99",
            "a@plain.example",
            "a@plain.example",
            CheckEnd::Pass,
            CheckEnd::None,
        ),
        (
            "192.0.2.98",
            "a@plain.example",
            "a@plain.example",
            CheckEnd::Fail,
            CheckEnd::None,
        ),
        (
            "192.0.2.1",
            "a@broken.example",
            "a@broken.example",
            CheckEnd::None,
            CheckEnd::None,
        ),
        (
            "192.0.2.1",
            "a@none.example",
            "a@none.example",
            CheckEnd::None,
            CheckEnd::None,
        ),
    ] {
        let found = check(&dns, peer, mail_from, &mail(from)).await;
        assert_eq!(
            (found.spf.0, found.dmarc),
            (spf, dmarc),
            "{peer} {mail_from} {from}"
        );
    }
}

#[tokio::test]
async fn a_dns_that_does_not_answer_is_no_verdict() {
    let server = NameServer::silent().await.unwrap();
    let dns = Dns::at(server.address());
    let found = check(&dns, "192.0.2.3", "a@shop.example", &mail("a@shop.example")).await;
    assert_eq!(found.dmarc, CheckEnd::Later);
}

#[tokio::test]
async fn what_is_no_mail_proves_nothing() {
    let server = NameServer::start(zone()).await.unwrap();
    let dns = Dns::at(server.address());
    for raw in ["", "\r\n\r\n", "From", "From: \r\n\r\n", "\0\0\0"] {
        let found = check(&dns, "198.51.100.1", "", raw).await;
        assert_eq!(found.dmarc, CheckEnd::None, "{raw:?}");
    }
}
