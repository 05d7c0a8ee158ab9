//! Sending over HTTP where SMTP is switched off: a small provider on loopback.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use candor_post::graph;
use candor_post::http::HttpClient;
use candor_post::testing::provider::Provider;

use crate::sender::envelope;

const MAIL: &[u8] = b"To: ann@example.org\r\nSubject: Re: Grinder\r\n\r\n.dot\r\n";

#[tokio::test]
async fn the_whole_mail_crosses_as_it_is_under_the_sign_in() {
    let denied = r#"{"error": {"code": "ErrorAccessDenied", "message": "Access is denied."}}"#;
    let provider = Provider::start(&[(202, ""), (403, denied)]).await;
    let http = HttpClient::new("127.0.0.1".parse().unwrap()).unwrap();
    let address = format!("{}/v1.0/me/sendMail", provider.address);
    let send = async || graph::send(&http, &address, "short", (&envelope(), MAIL)).await;

    send().await.unwrap();

    let asked = provider.asked().pop().unwrap();
    assert!(asked.starts_with("POST /v1.0/me/sendMail "), "{asked}");
    assert!(asked.contains("authorization: Bearer short"), "{asked}");
    assert!(asked.contains("content-type: text/plain"), "{asked}");
    assert!(asked.ends_with(&STANDARD.encode(MAIL)), "{asked}");

    let refused = send().await.unwrap_err();
    assert_eq!(refused.id(), "send-failure-no-right");
    let words = "403 ErrorAccessDenied: Access is denied.";
    assert_eq!(refused.detail().as_deref(), Some(words));
}
