//! Questions to the DNS.

use candor_post::dns::Dns;
use candor_post::testing::zone::{NameServer, Zone};

#[tokio::test]
async fn what_stands_there_is_read_whole_and_what_does_not_is_nothing() {
    let long = format!("v=DKIM1; k=rsa; p={}", "A".repeat(392));
    let zone = Zone::default()
        .text("candor-1._domainkey.shop.example", &long)
        .text("shop.example", "v=spf1 -all")
        .text("shop.example", "other")
        .mail_server("shop.example", 20, "Second.shop.example")
        .mail_server("shop.example", 10, "first.shop.example");
    let server = NameServer::start(zone).await.unwrap();
    let dns = Dns::at(server.address());

    assert_eq!(
        dns.texts("candor-1._domainkey.shop.example").await.unwrap(),
        [long]
    );
    let mut texts = dns.texts("shop.example").await.unwrap();
    texts.sort();
    assert_eq!(texts, ["other", "v=spf1 -all"]);
    assert_eq!(
        dns.mail_servers("shop.example").await.unwrap(),
        ["first.shop.example", "second.shop.example"]
    );
    assert_eq!(dns.texts("nowhere.example").await.unwrap(), [""; 0]);
    let no_server = dns.mail_servers("candor-1._domainkey.shop.example").await;
    assert_eq!(no_server.unwrap(), [""; 0]);
}

#[tokio::test]
async fn no_answer_is_another_thing_than_nothing() {
    let server = NameServer::silent().await.unwrap();
    let dns = Dns::at(server.address());
    assert!(dns.texts("shop.example").await.is_err());
    assert!(dns.texts("no name at all..").await.is_err());
}
