//! An inbox at a provider, set up in the settings of a mailbox.

use candor_desk::provider_account::AccountLogin;
use candor_testkit::{INBOX_PASSWORD, TestDesk};

const PATH: &str = "/settings/mailboxes/1/fetching";

fn typed<'a>(host: &'a str, password: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("user", "help@shop.example"),
        ("password", password),
        ("host", host),
        ("port", "993"),
        ("tls", "implicit"),
        ("folder", "INBOX"),
        ("since", "2026-01-31"),
        ("after", "move"),
        ("move_to", "Done"),
    ]
}

#[tokio::test]
async fn an_inbox_that_opens_is_kept_and_its_password_is_never_shown() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let fresh = mara.get(PATH).await.text();
    assert!(fresh.contains("value=\"imap.shop.example\""), "{fresh}");

    let kept = mara
        .post(PATH, &typed("imap.shop.example", INBOX_PASSWORD))
        .await;
    assert_eq!(kept.header("location"), PATH);

    let shown = mara.get(PATH).await;
    let words = shown.words();
    assert!(words.contains("The inbox opens."), "{words}");
    assert!(words.contains("Not looked yet"), "{words}");
    assert!(shown.text().contains("value=\"2026-01-31\""));
    assert!(!shown.text().contains(INBOX_PASSWORD));
    let account = desk.fetcher.looked().pop().unwrap();
    let password = AccountLogin::Password(INBOX_PASSWORD.to_owned());
    assert!(account.login == password);
}

#[tokio::test]
async fn an_inbox_that_does_not_open_is_explained_and_not_kept() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;

    let refused = mara.post(PATH, &typed("imap.shop.example", "guess")).await;
    let words = refused.words();

    assert!(words.contains("Nothing was changed."), "{words}");
    assert!(words.contains("app password"), "{words}");
    assert!(words.contains("[AUTHENTICATIONFAILED] Wrong"), "{words}");
    let again = mara.get(PATH).await.words();
    assert!(!again.contains("Not looked yet"), "nothing is fetched");
}

#[tokio::test]
async fn a_kept_password_goes_to_no_other_server() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    mara.post(PATH, &typed("imap.shop.example", INBOX_PASSWORD))
        .await;
    let looks = desk.fetcher.looked().len();

    let same = mara.post(PATH, &typed("imap.shop.example", "")).await;
    assert_eq!(same.status, 303, "for the same server it is used again");
    let other = mara.post(PATH, &typed("imap.evil.example", "")).await;

    assert_eq!(other.status, 422);
    assert!(other.words().contains("password"), "{}", other.words());
    assert_eq!(
        desk.fetcher.looked().len(),
        looks + 1,
        "the other server was not even asked"
    );
}

#[tokio::test]
async fn a_wrong_day_or_port_is_named_beside_its_field() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let mut form = typed("imap.shop.example", INBOX_PASSWORD);
    form.retain(|(name, _)| !["since", "port"].contains(name));
    form.extend([("since", "31.1.2026"), ("port", "imap")]);

    let refused = mara.post(PATH, &form).await;

    assert_eq!(refused.status, 422);
    let words = refused.words();
    assert!(words.contains("Write the day as in 2026-01-31."), "{words}");
    assert!(refused.text().contains("value=\"31.1.2026\""), "it stays");
}

#[tokio::test]
async fn fetching_ends_when_somebody_says_so() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    mara.post(PATH, &typed("imap.shop.example", INBOX_PASSWORD))
        .await;

    let ended = mara.post(&format!("{PATH}/removal"), &[]).await;

    assert_eq!(ended.header("location"), "/settings/mailboxes/1");
    let words = mara.get("/settings/mailboxes/1").await.words();
    assert!(words.contains("Mail is no longer fetched."), "{words}");
    assert!(!mara.get(PATH).await.words().contains("Not looked yet"));
}
