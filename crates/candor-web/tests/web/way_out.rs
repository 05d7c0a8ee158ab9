//! A mailbox that sends through its own account at a provider, and the trial of both its ways.

use candor_desk::outbox::RelayLogin;
use candor_desk::ticket::Reply;
use candor_domain::id::TicketId;
use candor_domain::message::Channel;
use candor_domain::text::PublicText;
use candor_domain::ticket::AfterSend;
use candor_testkit::{CONSENT_CODE, INBOX_PASSWORD, OUTBOX_PASSWORD, TestDesk};

const PATH: &str = "/settings/mailboxes/1/sending";
const SIGN_IN: &str = "/settings/mailboxes/1/sign-in";

fn typed<'a>(host: &'a str, password: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("user", "help@shop.example"),
        ("login", "password"),
        ("password", password),
        ("host", host),
        ("port", "587"),
        ("tls", "starttls"),
        ("back", "plain"),
        ("per_minute", "2"),
        ("per_day", "0"),
    ]
}

/// Ayla answers at once.
async fn reply(desk: &TestDesk, ticket: TicketId, text: &str) {
    let reply = Reply {
        ticket,
        body: PublicText::new(text),
        cc: Vec::new(),
        then: AfterSend::Wait,
        seen: None,
        files: Vec::new(),
        channel: Channel::Desk,
    };
    let ayla = desk.actor("ayla").await;
    desk.desk.run(&ayla, reply).await.unwrap();
}

async fn answer(desk: &TestDesk) {
    let ticket = desk.mail("kim@post.example", "Parcel", "Where?").await;
    reply(desk, ticket, "It left today.").await;
    desk.run_jobs().await;
}

#[tokio::test]
async fn replies_leave_through_the_account_that_opened_and_no_sooner() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let fresh = mara.get(PATH).await.text();
    assert!(fresh.contains("value=\"smtp.shop.example\""), "{fresh}");
    let refused = mara.post(PATH, &typed("smtp.shop.example", "guess")).await;
    assert!(refused.words().contains("Nothing was changed."));
    assert!(refused.words().contains("535 5.7.8 no"));
    answer(&desk).await;

    let kept = mara
        .post(PATH, &typed("smtp.shop.example", OUTBOX_PASSWORD))
        .await;
    assert_eq!(kept.header("location"), PATH, "{}", kept.words());
    answer(&desk).await;
    mara.post(&format!("{PATH}/removal"), &[]).await;
    answer(&desk).await;

    let sent = desk.mail_out();
    let hosts: Vec<&str> = sent.iter().map(|mail| mail.relay.host.as_str()).collect();
    let server = "mail.shop.example";
    assert_eq!(hosts, [server, "smtp.shop.example", server]);
    assert!(sent[0].envelope.mail_from.starts_with("help+"));
    assert_eq!(sent[1].envelope.mail_from, "help@shop.example");
    let back = &sent[1].message.reply_to[0];
    assert_eq!(back.address.as_str(), "help@shop.example");
    assert!(!mara.get(PATH).await.text().contains(OUTBOX_PASSWORD));
}

#[tokio::test]
async fn each_account_keeps_its_own_limits() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    mara.post(PATH, &typed("smtp.shop.example", OUTBOX_PASSWORD))
        .await;
    let ticket = desk.mail("kim@post.example", "Parcel", "Where?").await;
    for text in ["one", "two", "three"] {
        reply(&desk, ticket, text).await;
    }
    desk.run_jobs().await;
    assert_eq!(desk.mail_out().len(), 2, "two a minute");
    desk.clock.advance(jiff::SignedDuration::from_secs(61));
    desk.run_jobs().await;
    assert_eq!(desk.mail_out().len(), 3);
}

#[tokio::test]
async fn a_sign_in_sends_through_its_providers_server_alone() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let mut form = typed("smtp.office365.com", "");
    form[1] = ("login", "sign_in");
    let early = mara.post(PATH, &form).await;
    assert!(early.words().contains("Sign in at the provider first."));
    let app = [
        ("provider", "microsoft"),
        ("client_id", "app-1"),
        ("tenant", "shop.example"),
    ];
    mara.post(&format!("{SIGN_IN}/app"), &app).await;
    mara.post(&format!("{SIGN_IN}/visit"), &[("provider", "microsoft")])
        .await;
    let state = desk.consent.state();
    let answer = [("state", state.as_str()), ("code", CONSENT_CODE)];
    mara.post("/settings/sign-in", &answer).await;
    let offered = mara.get(&format!("{PATH}?login=sign_in")).await.text();
    assert!(offered.contains("value=\"smtp.office365.com\""));

    let kept = mara.post(PATH, &form).await;
    assert_eq!(kept.status, 303, "{}", kept.words());
    let both = mara.post("/settings/mailboxes/1/trial", &[]).await;
    assert!(both.words().contains("Out: the mail server took the test"));
    let relay = desk.mail_out().pop().unwrap().relay;
    assert!(matches!(relay.login, Some(RelayLogin::SignIn { .. })));

    form[3] = ("host", "smtp.evil.example");
    let other = mara.post(PATH, &form).await;
    assert_eq!(other.status, 422);
    assert!(other.words().contains("not the server of the provider"));
}

#[tokio::test]
async fn both_ways_are_tried_at_once_and_each_says_how_it_ended() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let trial = "/settings/mailboxes/1/trial";
    let bare = mara.post(trial, &[]).await.words();
    assert!(bare.contains("In: no mail is fetched"), "{bare}");
    assert!(bare.contains("Out: the mail server took"), "{bare}");
    let inbox = [
        ("user", "help@shop.example"),
        ("password", INBOX_PASSWORD),
        ("host", "imap.shop.example"),
        ("port", "993"),
        ("tls", "implicit"),
        ("folder", "INBOX"),
        ("after", "read"),
    ];
    mara.post("/settings/mailboxes/1/fetching", &inbox).await;

    let id = "send-failure-switched-off";
    desk.courier.fail_next_as(id, "535 5.7.139 disabled");
    let words = mara.post(trial, &[]).await.words();

    assert!(words.contains("There are 12 mails in it."), "{words}");
    assert!(words.contains("Out: the test did not leave."), "{words}");
    assert!(words.contains("Authenticated SMTP"), "{words}");
    assert!(words.contains("535 5.7.139 disabled"), "{words}");
}
