//! STARTTLS with a certificate of our own, and nothing carried over from before it.

use std::sync::Arc;
use std::time::Duration;

use candor_post::{Limits, ServerTls};
use tempfile::TempDir;

use super::support::{Client, Desk, HOST, code};

async fn desk() -> (Desk, Arc<ServerTls>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let tls = Arc::new(ServerTls::self_made(folder.path(), HOST).unwrap());
    let desk = Desk::start_with(Limits::default(), Some(Arc::clone(&tls))).await;
    (desk, tls, folder)
}

#[tokio::test]
async fn a_message_comes_over_tls_with_a_self_made_certificate() {
    let (desk, tls, _folder) = desk().await;
    let mut client = desk.client().await;
    assert!(
        client
            .say("EHLO sender.example")
            .await
            .contains("250-STARTTLS")
    );
    assert_eq!(code(&client.say("STARTTLS").await), "220 2.0.0");
    let mut client = client.protect(tls.certificate_file()).await;
    assert!(!client.say("EHLO sender.example").await.contains("STARTTLS"));
    assert_eq!(code(&client.say("STARTTLS").await), "503 5.5.1");
    assert_eq!(client.deliver("secret").await, "250 2.0.0 Stored as r1");
    assert_eq!(client.say("QUIT").await, "221 2.0.0 Goodbye");
    assert_eq!(client.rest().await, "");
    assert!(desk.mails()[0].peer.encrypted);
}

#[tokio::test]
async fn words_slipped_in_behind_starttls_are_never_heard() {
    let (desk, tls, _folder) = desk().await;
    let mut client = desk.greeted().await;
    client
        .send("STARTTLS\r\nEHLO evil\r\nMAIL FROM:<evil@example.org>\r\nRCPT TO:<help@shop.example>\r\n")
        .await;
    assert_eq!(code(&client.reply().await), "220 2.0.0");
    let mut client = client.protect(tls.certificate_file()).await;
    // The first reply over TLS answers the first command over TLS.
    assert_eq!(code(&client.say("DATA").await), "503 5.5.1");
    assert_eq!(
        code(&client.say("MAIL FROM:<ann@example.org>").await),
        "503 5.5.1"
    );
    assert!(
        client
            .say("EHLO sender.example")
            .await
            .starts_with("250-desk.example")
    );
    assert_eq!(code(&client.deliver("honest").await), "250 2.0.0");
    assert_eq!(desk.mails()[0].envelope.from, "ann@example.org");
}

#[tokio::test]
async fn what_was_said_in_the_clear_counts_no_more() {
    let (desk, tls, _folder) = desk().await;
    let mut client = desk.greeted().await;
    let codes = client
        .codes(&[
            "MAIL FROM:<evil@example.org>",
            "RCPT TO:<help@shop.example>",
            "STARTTLS",
        ])
        .await;
    assert_eq!(codes, ["250 2.1.0", "250 2.1.5", "220 2.0.0"]);
    let mut client = client.protect(tls.certificate_file()).await;
    assert_eq!(
        client.codes(&["DATA", "MAIL FROM:<a@b.example>"]).await,
        ["503 5.5.1", "503 5.5.1"]
    );
}

#[tokio::test]
async fn without_a_certificate_tls_is_neither_offered_nor_given() {
    let desk = Desk::start().await;
    let mut client = desk.client().await;
    assert!(!client.say("EHLO sender.example").await.contains("STARTTLS"));
    assert_eq!(code(&client.say("STARTTLS").await), "454 4.7.0");
}

#[tokio::test]
async fn a_handshake_that_never_comes_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let tls = Arc::new(ServerTls::self_made(folder.path(), HOST).unwrap());
    let limits = Limits {
        handshake_time: Duration::from_millis(50),
        ..Limits::default()
    };
    let desk = Desk::start_with(limits, Some(tls)).await;
    let mut client = desk.greeted().await;
    client.say("STARTTLS").await;
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_renewed_certificate_is_used_from_the_next_connection_on() {
    let (desk, tls, folder) = desk().await;
    let other = tempfile::tempdir().unwrap();
    let renewed = ServerTls::self_made(other.path(), HOST).unwrap();
    for file in ["smtp-certificate.pem", "smtp-key.pem"] {
        std::fs::copy(other.path().join(file), folder.path().join(file)).unwrap();
    }
    tls.reload().unwrap();
    let mut client: Client<_> = desk.greeted().await;
    client.say("STARTTLS").await;
    let mut client = client.protect(renewed.certificate_file()).await;
    assert!(client.say("EHLO x").await.starts_with("250-"));
}
