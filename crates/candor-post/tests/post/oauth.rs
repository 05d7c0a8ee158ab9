//! Signing in at a provider: a small authorization server on loopback.

use std::time::Duration;

use candor_post::http::{HttpClient, HttpFailure};
use candor_post::oauth::{self, OAuthApp, OAuthFailure};
use candor_post::testing::provider::Provider;

fn client() -> HttpClient {
    HttpClient::new("127.0.0.1".parse().unwrap()).unwrap()
}

const GRANTED: &str = r#"{"access_token": "short", "token_type": "Bearer", "expires_in": 3599,
    "refresh_token": "lasting", "refresh_token_expires_in": 604799}"#;

#[test]
fn the_link_carries_who_asks_and_for_what_but_no_secret() {
    let app = OAuthApp::google("app-1".to_owned(), Some("app secret".to_owned()));
    let back = "https://desk.example/settings/sign-in";
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    let link = oauth::consent_link(&app, back, "state-1", verifier, "help@shop.example").unwrap();

    for part in [
        "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=app-1",
        "state=state-1",
        // RFC 7636, appendix B.
        "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method=S256",
        "redirect_uri=https%3A%2F%2Fdesk.example%2Fsettings%2Fsign-in",
        "scope=https%3A%2F%2Fmail.google.com%2F",
        "login_hint=help%40shop.example",
        "access_type=offline",
    ] {
        assert!(link.contains(part), "{part} in {link}");
    }
    assert!(!link.contains("secret") && !link.contains(verifier));
}

#[tokio::test]
async fn a_code_is_exchanged_with_its_verifier() {
    let provider = Provider::start(&[(200, GRANTED)]).await;
    let back = "https://desk.example/back";

    let tokens = oauth::exchange(&client(), &provider.app(), back, "code-1", "verifier-1")
        .await
        .unwrap();

    assert_eq!(tokens.access, "short");
    assert_eq!(tokens.refresh.as_deref(), Some("lasting"));
    let week = Some(Duration::from_secs(604_799));
    assert_eq!(tokens.dies_in, week, "an app in testing says so");
    assert!(!format!("{tokens:?}").contains("short"), "{tokens:?}");
    let asked = provider.asked().pop().unwrap();
    for part in [
        "POST /token",
        "code=code-1",
        "code_verifier=verifier-1",
        "client_id=app-1",
    ] {
        assert!(asked.contains(part), "{part} in {asked}");
    }
}

#[tokio::test]
async fn a_code_for_another_device_is_waited_for() {
    let device = r#"{"device_code": "long", "user_code": "ABCD", "expires_in": 900,
        "verification_uri": "https://provider.example/device", "interval": 0}"#;
    let pending = r#"{"error": "authorization_pending"}"#;
    let provider = Provider::start(&[
        (200, device),
        (400, pending),
        (400, pending),
        (200, GRANTED),
    ])
    .await;
    let app = provider.app();

    let code = oauth::begin_device(&client(), &app).await.unwrap();
    assert_eq!(
        (code.code(), code.page()),
        ("ABCD", "https://provider.example/device")
    );
    let tokens = oauth::await_device(&client(), &app, &code).await.unwrap();

    assert_eq!(tokens.refresh.as_deref(), Some("lasting"));
    assert_eq!(provider.asked().len(), 4);
}

#[tokio::test]
async fn what_a_provider_refuses_is_told_apart() {
    let cases = [
        (r#"{"error": "invalid_client"}"#, "sign-in-failure-app"),
        (r#"{"error": "invalid_grant"}"#, "sign-in-failure-withdrawn"),
        (r#"{"error": "invalid_scope"}"#, "sign-in-failure-scope"),
        (
            r#"{"error": "invalid_grant", "error_description": "AADSTS65001: no consent"}"#,
            "sign-in-failure-needs-admin",
        ),
        (
            r#"{"error": "something_else"}"#,
            "sign-in-failure-not-understood",
        ),
        ("<html>maintenance</html>", "sign-in-failure-not-understood"),
    ];
    for (said, id) in cases {
        let provider = Provider::start(&[(400, said)]).await;
        let failed = oauth::refresh(&client(), &provider.app(), "lasting", &[]).await;
        assert_eq!(failed.unwrap_err().id(), id, "{said}");
    }
    let nobody = OAuthApp {
        token: "http://127.0.0.1:9/token".to_owned(),
        ..Provider::start(&[]).await.app()
    };
    let failed = oauth::refresh(&client(), &nobody, "lasting", &[])
        .await
        .unwrap_err();
    assert!(failed.may_pass(), "{failed}");
}

#[tokio::test]
async fn access_for_an_hour_only_is_no_sign_in() {
    let hour = r#"{"access_token": "short", "token_type": "Bearer", "expires_in": 3599}"#;
    let provider = Provider::start(&[(200, hour), (200, hour)]).await;
    let app = provider.app();

    let failed = oauth::exchange(&client(), &app, "https://desk.example/back", "code", "v").await;
    assert_eq!(failed, Err(OAuthFailure::NoLastingAccess));
    let renewed = oauth::refresh(&client(), &app, "lasting", &[])
        .await
        .unwrap();
    assert_eq!(renewed.refresh, None, "the one before stays good");
}

#[tokio::test]
async fn nothing_inside_the_house_is_asked() {
    let provider = Provider::start(&[(200, GRANTED)]).await;
    let public_only = HttpClient::new("".parse().unwrap()).unwrap();
    let mut app = provider.app();
    for token in [
        app.token.clone(),
        app.token.replace("http:", "https:"),
        app.token.replace("127.0.0.1", "localhost"),
        app.token.replace("http://127.0.0.1", "https://localhost"),
        app.token
            .replace("http://127.0.0.1", "https://[::ffff:127.0.0.1]"),
    ] {
        app.token.clone_from(&token);
        let failed = oauth::refresh(&public_only, &app, "lasting", &[]).await;
        assert!(
            matches!(failed, Err(OAuthFailure::NoAnswer(_))),
            "{token}: {failed:?}"
        );
    }
    assert!(provider.asked().is_empty(), "nobody was asked");
}

#[tokio::test]
async fn an_endless_answer_is_not_read_to_its_end() {
    let large = "x".repeat(2 * 1024 * 1024);
    let provider = Provider::start(&[(200, &large)]).await;
    let failed = oauth::refresh(&client(), &provider.app(), "lasting", &[]).await;
    let words = HttpFailure::TooLarge.to_string();
    assert_eq!(failed, Err(OAuthFailure::NoAnswer(words)));
}
