//! Mails that were passed on, and who vouches for them.

use candor_post::dkim::{NewKey, make_key};
use candor_post::dns::Dns;
use candor_post::sender_check::{Arrival, CheckEnd, Findings};
use candor_post::testing::zone::{NameServer, Zone};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_auth::arc::{ArcSealer, Set};
use mail_auth::common::crypto::{RsaKey, Sha256};
use mail_auth::common::headers::{Header, HeaderWriter as _};
use mail_auth::{
    ArcOutput, AuthenticatedMessage, AuthenticationResults, DkimResult, DmarcOutput, DmarcResult,
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// Kim's mail as a list passes it on: Kim's own signature no longer fits.
const MAIL: &str = "From: Kim <kim@strict.example>\r\nTo: list@lists.example\r\n\
    Subject: [list] A question\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\
    Message-ID: <1@strict.example>\r\n\r\nHow do I clean it?\r\n-- the list\r\n";

fn zone(key: &NewKey) -> Zone {
    let public = format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(&key.public_der));
    Zone::default()
        .text("_dmarc.strict.example", "v=DMARC1; p=reject")
        .text("arc._domainkey.lists.example", &public)
        .text("arc._domainkey.other.example", &public)
}

/// The mail with one more seal, which says that the sender passed.
fn passed_on(key: &NewKey, by: &str, raw: &str) -> String {
    let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.private_der.as_slice()));
    let key = RsaKey::<Sha256>::from_key_der(der).unwrap();
    let message = AuthenticatedMessage::parse(raw.as_bytes()).unwrap();
    let dmarc = DmarcOutput::new("strict.example".to_owned()).with_dkim_result(DmarcResult::Pass);
    let results = AuthenticationResults::new(by).with_dmarc_result(&dmarc);
    let mut earlier = ArcOutput::default();
    if !message.as_headers.is_empty() {
        earlier = earlier.with_result(DkimResult::Pass);
    }
    for ((signature, seal), results) in message
        .ams_headers
        .iter()
        .zip(&message.as_headers)
        .zip(&message.aar_headers)
    {
        earlier = earlier.with_set(Set {
            signature: Header::new(signature.name, signature.value, &signature.header),
            seal: Header::new(seal.name, seal.value, &seal.header),
            results: Header::new(results.name, results.value, &results.header),
        });
    }
    let sealed = ArcSealer::from_key(key)
        .domain(by)
        .selector("arc")
        .headers(["From", "To", "Subject", "Date", "Message-ID"])
        .seal(&message, &results, &earlier)
        .unwrap();
    format!("{}{raw}", sealed.to_header())
}

async fn check(server: &NameServer, raw: &str) -> Findings {
    let arrival = Arrival {
        peer: "192.0.2.9".parse().unwrap(),
        hello: "out.lists.example".to_owned(),
        mail_from: "bounce@lists.example".to_owned(),
        host_name: "desk.example".to_owned(),
    };
    let dns = Dns::at(server.address());
    dns.check_sender(&arrival, raw.as_bytes()).await
}

#[tokio::test]
async fn a_chain_that_holds_names_who_passed_it_on_and_what_they_found() {
    let key = make_key().unwrap();
    let server = NameServer::start(zone(&key)).await.unwrap();
    let once = passed_on(&key, "lists.example", MAIL);
    let found = check(&server, &once).await;
    assert_eq!(found.dmarc, CheckEnd::Fail, "Kim's own domain disowns it");
    let chain = found.chain.expect("the seal holds");
    assert_eq!(chain.sealers, ["lists.example"]);
    let results = chain.results;
    assert!(results.contains("lists.example"), "{results}");
    assert!(results.contains("dmarc=pass"), "{results}");

    let twice = passed_on(&key, "other.example", &once);
    let chain = check(&server, &twice).await.chain.expect("both seals hold");
    assert_eq!(chain.sealers, ["lists.example", "other.example"]);

    // What nobody may do on the way.
    for changed in [
        once.replace("How do I clean it", "Pay to this account"),
        once.replace("kim@strict.example>\r\nTo", "boss@strict.example>\r\nTo"),
        once.replace("dmarc=pass", "dmarc=fail"),
        once.replace("d=lists.example", "d=other.example"),
        once.replacen("ARC-Seal", "X-Seal", 1),
        format!("From: boss@strict.example\r\n{once}"),
    ] {
        assert_eq!(check(&server, &changed).await.chain, None, "{changed}");
    }
    assert_eq!(check(&server, MAIL).await.chain, None);
}

#[tokio::test]
async fn a_seal_whose_key_nobody_knows_holds_nothing() {
    let key = make_key().unwrap();
    let server = NameServer::start(zone(&key)).await.unwrap();
    let raw = passed_on(&make_key().unwrap(), "lists.example", MAIL);
    assert_eq!(check(&server, &raw).await.chain, None);
    let raw = passed_on(&key, "unknown.example", MAIL);
    assert_eq!(check(&server, &raw).await.chain, None);
}
