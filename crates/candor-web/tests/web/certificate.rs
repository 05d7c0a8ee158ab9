//! The address of the desk and its certificate.

use candor_desk::certificate::{
    CertificateFailure, CertificateSource, CertificateState, KeepCertificateState,
};
use candor_domain::actor::Actor;
use candor_testkit::TestDesk;
use jiff::ToSpan;

const PATH: &str = "/settings/certificate";

#[tokio::test]
async fn without_https_the_page_says_what_that_means() {
    let desk = TestDesk::new().await;
    let words = desk.browser("mara").await.get(PATH).await.words();
    assert!(words.contains("The desk itself serves no HTTPS"), "{words}");
}

#[tokio::test]
async fn a_refusal_is_told_in_words_above_every_page_and_may_be_tried_again() {
    let desk = TestDesk::new().await;
    let now = desk.desk.now();
    let state = CertificateState {
        source: CertificateSource::Authority,
        names: vec!["help.shop.example".to_owned()],
        from: Some(now - (24 * 65).hours()),
        until: Some(now + (24 * 25).hours()),
        failure: Some(CertificateFailure {
            id: "acme-failure-unreachable".to_owned(),
            name: "help.shop.example".to_owned(),
            detail: "Timeout during connect".to_owned(),
            since: now - 30.hours(),
            tries: 4,
        }),
        next_at: Some(now + 2.hours()),
        ..CertificateState::default()
    };
    let keep = KeepCertificateState(state);
    desk.desk.run(&Actor::System, keep).await.unwrap();
    let mut mara = desk.browser("mara").await;

    let inbox = mara.get("/inbox").await.words();
    assert!(inbox.contains("cannot be renewed"), "{inbox}");
    let words = mara.get(PATH).await.words();
    for part in [
        "could not reach",
        "on port 80",
        "Timeout during connect",
        "Try now",
        "Good until",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert_eq!(mara.post(&format!("{PATH}/try"), &[]).await.status, 303);

    let mut agent = desk.browser("ayla").await;
    let inbox = agent.get("/inbox").await.words();
    assert!(!inbox.contains("cannot be renewed"), "{inbox}");
}
