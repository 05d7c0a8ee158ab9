//! Towards a relay: always the right server, or no mail leaves.

use std::sync::Arc;

use candor_post::testing::{Fault, Sink, SinkConfig, Stage};
use candor_post::{ConnectProblem, Login, Relay, RelayTls, SendFailure, ServerTls, TlsProblem};
use rcgen::{CertificateParams, KeyPair};
use tempfile::TempDir;

use super::sender::{envelope, sender};

const TEXT: &[u8] = b"Subject: hi\r\n\r\nhi\r\n";

/// A relay with TLS, the client's way to it, and the folder of its certificate.
struct Protected {
    sink: Sink,
    relay: Relay,
    _folder: TempDir,
}

async fn protected(name: &str, tls: RelayTls) -> Protected {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerTls::self_made(folder.path(), name).unwrap();
    let pem = std::fs::read_to_string(server.certificate_file()).unwrap();
    let sink = Sink::start(SinkConfig {
        tls: Some(Arc::new(server)),
        implicit_tls: tls == RelayTls::Implicit,
        login: Some(("ann".into(), "secret".into())),
        ..SinkConfig::default()
    })
    .await;
    let relay = Relay {
        tls,
        login: Some(Login::Password {
            user: "ann".into(),
            password: "secret".into(),
        }),
        extra_roots: Some(pem),
        ..sink.relay()
    };
    Protected {
        sink,
        relay,
        _folder: folder,
    }
}

async fn failure(relay: &Relay) -> SendFailure {
    sender().send(relay, &envelope(), TEXT).await.unwrap_err()
}

#[tokio::test]
async fn a_message_leaves_over_tls_from_the_start_or_after_starttls() {
    for tls in [RelayTls::StartTls, RelayTls::Implicit] {
        let there = protected("127.0.0.1", tls).await;
        let sender = sender();
        sender.send(&there.relay, &envelope(), TEXT).await.unwrap();
        sender.send(&there.relay, &envelope(), TEXT).await.unwrap();
        assert_eq!((there.sink.mails().len(), there.sink.connections()), (2, 1));
    }
}

#[tokio::test]
async fn a_certificate_from_nobody_we_know_is_refused() {
    for tls in [RelayTls::StartTls, RelayTls::Implicit] {
        let mut there = protected("127.0.0.1", tls).await;
        there.relay.extra_roots = None;
        let failure = failure(&there.relay).await;
        assert_eq!(failure, SendFailure::Tls(TlsProblem::UnknownIssuer));
        assert!(!failure.is_permanent(), "somebody will put it right");
        assert!(there.sink.mails().is_empty());
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let there = protected("mail.elsewhere.example", RelayTls::Implicit).await;
    assert_eq!(
        failure(&there.relay).await,
        SendFailure::Tls(TlsProblem::WrongName)
    );
    assert!(there.sink.mails().is_empty());
}

#[tokio::test]
async fn a_certificate_that_has_expired_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    params.not_after = rcgen::date_time_ymd(2020, 1, 1);
    let key = KeyPair::generate().unwrap();
    let pem = params.self_signed(&key).unwrap().pem();
    let (certificate, secret) = (folder.path().join("c.pem"), folder.path().join("k.pem"));
    std::fs::write(&certificate, &pem).unwrap();
    std::fs::write(&secret, key.serialize_pem()).unwrap();
    let sink = Sink::start(SinkConfig {
        tls: Some(Arc::new(
            ServerTls::from_files(&certificate, &secret).unwrap(),
        )),
        implicit_tls: true,
        ..SinkConfig::default()
    })
    .await;
    let relay = Relay {
        tls: RelayTls::Implicit,
        extra_roots: Some(pem),
        ..sink.relay()
    };
    assert_eq!(
        failure(&relay).await,
        SendFailure::Tls(TlsProblem::OutOfDate)
    );
}

#[tokio::test]
async fn a_relay_that_stops_offering_starttls_gets_neither_mail_nor_password() {
    let there = protected("127.0.0.1", RelayTls::StartTls).await;
    // Somebody between us strips the offer.
    let stripped = Fault::Reply("250-sink\r\n250 AUTH PLAIN".into());
    there.sink.fail(Stage::Hello, stripped);
    assert_eq!(
        failure(&there.relay).await,
        SendFailure::Tls(TlsProblem::NotOffered)
    );
    there.sink.recover();
    there
        .sink
        .fail(Stage::StartTls, Fault::Reply("454 4.7.0 not now".into()));
    assert_eq!(failure(&there.relay).await.id(), "send-failure-temporary");
    assert!(there.sink.mails().is_empty());
}

#[tokio::test]
async fn words_slipped_in_behind_the_reply_to_starttls_end_the_conversation() {
    let there = protected("127.0.0.1", RelayTls::StartTls).await;
    let injected = b"220 go ahead\r\n250-evil\r\n250 AUTH PLAIN\r\n".to_vec();
    there.sink.fail(Stage::StartTls, Fault::Bytes(injected));
    assert_eq!(failure(&there.relay).await.id(), "send-failure-tls");
    assert!(there.sink.mails().is_empty());
}

#[tokio::test]
async fn tls_from_the_start_on_a_port_that_begins_without_is_explained() {
    let sink = Sink::start(SinkConfig::default()).await;
    let relay = Relay {
        tls: RelayTls::Implicit,
        ..sink.relay()
    };
    let failure = failure(&relay).await;
    assert_eq!(failure, SendFailure::Tls(TlsProblem::ExpectsStartTls));
    assert!(failure.explain().contains("Choose STARTTLS instead of TLS"));
}

#[tokio::test]
async fn starttls_on_a_port_that_expects_tls_is_explained() {
    let sink = Sink::start(SinkConfig::default()).await;
    // Such a server answers talk in the clear with a TLS alert.
    sink.fail(Stage::Greeting, Fault::Bytes(vec![21, 3, 3, 0, 2, 2, 10]));
    let relay = Relay {
        tls: RelayTls::StartTls,
        ..sink.relay()
    };
    let failure = failure(&relay).await;
    assert_eq!(failure, SendFailure::Connect(ConnectProblem::ExpectsTls));
    assert!(failure.explain().contains("Choose TLS instead of STARTTLS"));
}

#[tokio::test]
async fn unreadable_certificate_authorities_are_named_before_connecting() {
    let mut there = protected("127.0.0.1", RelayTls::Implicit).await;
    there.relay.extra_roots = Some("no certificate".into());
    assert_eq!(
        failure(&there.relay).await,
        SendFailure::Tls(TlsProblem::BadRoots)
    );
}
