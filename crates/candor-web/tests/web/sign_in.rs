//! A mailbox that is signed in at its provider, step by step.

use candor_desk::provider_account::AccountLogin;
use candor_desk::sign_in::GrantOf;
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_testkit::{Browser, CONSENT_CODE, TestDesk};

const PATH: &str = "/settings/mailboxes/1/sign-in";
const BACK: &str = "/settings/sign-in";

async fn register(mara: &mut Browser, provider: &str) {
    let app = [
        ("provider", provider),
        ("client_id", "app-1"),
        ("client_secret", "app secret"),
        ("tenant", "shop.example"),
    ];
    let kept = mara.post(&format!("{PATH}/app"), &app).await;
    assert_eq!(kept.status, 303, "{}", kept.words());
}

async fn granted(desk: &TestDesk) -> Option<String> {
    let grant = desk.desk.ask(&Actor::System, GrantOf(MailboxId(1))).await;
    grant.unwrap().map(|grant| grant.refresh)
}

#[tokio::test]
async fn a_visit_to_the_consent_page_signs_the_mailbox_in() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let fresh = mara.get(&format!("{PATH}?provider=google")).await.words();
    let redirect = "http://desk.shop.example/settings/sign-in";
    assert!(fresh.contains(redirect), "to copy: {fresh}");
    register(&mut mara, "google").await;

    let begun = mara
        .post(&format!("{PATH}/visit"), &[("provider", "google")])
        .await;
    assert_eq!(begun.header("location"), format!("{PATH}?provider=google"));
    let page = mara.get(begun.header("location")).await.text();
    let state = desk.consent.state();
    assert!(page.contains(&state), "the link leads there: {page}");

    let back = mara
        .get(&format!("{BACK}?state={state}&code={CONSENT_CODE}"))
        .await;
    assert!(back.words().contains("One click"), "{}", back.words());
    assert_eq!(granted(&desk).await, None, "reading a page changes nothing");
    let answer = [("state", state.as_str()), ("code", CONSENT_CODE)];
    let done = mara.post(BACK, &answer).await;
    assert_eq!(done.header("location"), PATH);

    let words = mara.get(PATH).await;
    assert!(words.words().contains("Signed in at Google"));
    assert!(!words.text().contains("app secret"), "no secret is shown");
    assert_eq!(granted(&desk).await.as_deref(), Some("lasting"));
    let again = mara.post(BACK, &answer).await.words();
    assert!(again.contains("finished already"), "once: {again}");
}

#[tokio::test]
async fn what_one_person_began_no_other_finishes() {
    let desk = TestDesk::new().await;
    desk.hire("olga", 0).await;
    let mut mara = desk.browser("mara").await;
    let mut olga = desk.browser("olga").await;
    register(&mut mara, "google").await;
    mara.post(&format!("{PATH}/visit"), &[("provider", "google")])
        .await;
    let state = desk.consent.state();
    let answer = [("state", state.as_str()), ("code", CONSENT_CODE)];

    let refused = olga.post(BACK, &answer).await.words();

    assert!(refused.contains("by somebody else"), "{refused}");
    assert_eq!(granted(&desk).await, None);
    for wrong in ["", "1.guess", "x", "99.guess"] {
        let refused = mara.post(BACK, &[("state", wrong), ("code", "x")]).await;
        assert!(refused.words().contains("Begin again"), "{wrong}");
    }
    assert_eq!(mara.post(BACK, &answer).await.status, 303, "Mara may");
}

#[tokio::test]
async fn a_refusal_is_explained_in_the_providers_words_too() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    register(&mut mara, "microsoft").await;
    mara.post(&format!("{PATH}/visit"), &[("provider", "microsoft")])
        .await;
    let state = desk.consent.state();
    let answer = [
        ("state", state.as_str()),
        ("error", "access_denied"),
        ("error_description", "They said no."),
    ];

    let refused = mara.post(BACK, &answer).await.words();

    assert!(refused.contains("Access was declined."), "{refused}");
    assert!(refused.contains("They said no."), "{refused}");
    let page = mara.get(PATH).await.words();
    assert!(page.contains("Access was declined."), "it stays: {page}");
}

#[tokio::test]
async fn a_code_on_another_device_signs_the_mailbox_in() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let none = mara
        .post(&format!("{PATH}/code"), &[("provider", "microsoft")])
        .await
        .words();
    assert!(none.contains("known at the provider first"), "{none}");
    register(&mut mara, "microsoft").await;
    mara.post(&format!("{PATH}/code"), &[("provider", "microsoft")])
        .await;
    let page = mara.get(PATH).await.words();
    assert!(page.contains("ABCD-EFGH"), "{page}");

    desk.consent.enter_code();
    while granted(&desk).await.is_none() {
        tokio::task::yield_now().await;
    }

    let page = mara.get(PATH).await.words();
    assert!(page.contains("Signed in at Microsoft"), "{page}");
    assert!(!page.contains("ABCD-EFGH"), "the code is used up: {page}");
}

#[tokio::test]
async fn the_key_opens_the_providers_server_and_no_other() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let mut form = vec![
        ("user", "help@shop.example"),
        ("login", "sign_in"),
        ("host", "imap.gmail.com"),
        ("port", "993"),
        ("tls", "implicit"),
        ("folder", "INBOX"),
        ("after", "read"),
    ];
    let fetching = "/settings/mailboxes/1/fetching";
    let early = mara.post(fetching, &form).await;
    assert_eq!(early.status, 422);
    assert!(early.words().contains("Sign in at the provider first."));
    register(&mut mara, "google").await;
    mara.post(&format!("{PATH}/visit"), &[("provider", "google")])
        .await;
    let state = desk.consent.state();
    mara.post(BACK, &[("state", &state), ("code", CONSENT_CODE)])
        .await;
    let offered = mara.get(&format!("{fetching}?login=sign_in")).await.text();
    assert!(offered.contains("value=\"imap.gmail.com\""), "{offered}");

    let kept = mara.post(fetching, &form).await;
    assert_eq!(kept.status, 303, "{}", kept.words());
    let account = desk.fetcher.looked().pop().unwrap();
    assert!(account.login == AccountLogin::SignIn);
    form[2] = ("host", "imap.evil.example");
    let other = mara.post(fetching, &form).await;
    assert_eq!(other.status, 422);
    assert!(other.words().contains("not the server of the provider"));
}

#[tokio::test]
async fn another_app_or_signing_out_ends_the_sign_in() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    register(&mut mara, "google").await;
    for end in ["same app", "other app", "sign out"] {
        mara.post(&format!("{PATH}/visit"), &[("provider", "google")])
            .await;
        let state = desk.consent.state();
        mara.post(BACK, &[("state", &state), ("code", CONSENT_CODE)])
            .await;
        assert!(granted(&desk).await.is_some());
        match end {
            "same app" => register(&mut mara, "google").await,
            "other app" => {
                let other = [("provider", "google"), ("client_id", "app-2")];
                mara.post(&format!("{PATH}/app"), &other).await;
            }
            _ => {
                mara.post(&format!("{PATH}/removal"), &[]).await;
            }
        }
        assert_eq!(granted(&desk).await.is_some(), end == "same app", "{end}");
    }
}

#[tokio::test]
async fn wrong_addresses_of_another_provider_are_named_beside_their_fields() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let app = [
        ("provider", "other"),
        ("client_id", "app-1"),
        ("authorize", "http://provider.example/consent"),
        ("token", "https://provider.example/token"),
        ("host", "imap provider"),
    ];

    let refused = mara.post(&format!("{PATH}/app"), &app).await;

    assert_eq!(refused.status, 422);
    let words = refused.words();
    assert!(words.contains("begins with https://"), "{words}");
    assert!(words.contains("Say what the program asks for."), "{words}");
    assert!(refused.text().contains("imap provider"), "it stays");
}
