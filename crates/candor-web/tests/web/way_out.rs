//! A mailbox that sends through its own account at a provider, and the trial of both its ways.

use candor_desk::intake::{Envelope, receive};
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

/// What the mailbox sent to itself comes back, as `change` leaves it.
async fn come_back(desk: &TestDesk, change: impl Fn(String) -> String) {
    let own = desk.mail_out().into_iter();
    for mail in own.filter(|mail| mail.message.header("x-desk-round-trip").is_some()) {
        let envelope = Envelope {
            via: "imap".to_owned(),
            mail_from: String::new(),
            recipients: vec!["help@shop.example".to_owned()],
        };
        let raw = change(String::from_utf8(mail.raw).unwrap()).into_bytes();
        receive(&desk.desk, &envelope, raw).await.unwrap();
    }
    desk.run_jobs().await;
}

#[tokio::test]
async fn a_test_says_what_the_provider_does_to_mail_and_how_to_mend_it() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let trial = "/settings/mailboxes/1/trial";
    let begun = mara.post(trial, &[]).await.words();
    assert!(begun.contains("On its way. Look again"), "{begun}");

    // The copy in the folder of sent mail proves nothing.
    for mail in desk.mail_out() {
        let envelope = Envelope {
            via: "imap-sent".to_owned(),
            mail_from: String::new(),
            recipients: vec!["help@shop.example".to_owned()],
        };
        receive(&desk.desk, &envelope, mail.raw).await.unwrap();
    }
    desk.run_jobs().await;
    let waiting = mara.get(PATH).await.words();
    assert!(waiting.contains("On its way. Look again"), "{waiting}");

    let results = "Authentication-Results: mx.post.example; dkim=pass header.d=shop.example\r\n";
    come_back(&desk, |raw| format!("{results}{raw}")).await;
    let words = mara.get(PATH).await.words();
    for found in [
        "A mail to help@shop.example came back.",
        "A mail to help+test@shop.example came back",
        "It stays as we wrote it.",
        "The Reply-To stays as we wrote it.",
        "finds that shop.example stands behind the mail",
        "mx.post.example says: dmarc=none",
    ] {
        assert!(words.contains(found), "{found}: {words}");
    }
    let quarantine = desk
        .browser("jonas")
        .await
        .get("/settings/quarantine")
        .await;
    assert!(quarantine.words().contains("Every mail was understood"));
    let log = mara.get("/settings/mailboxes/1/log").await.words();
    assert!(log.contains("A test of this mailbox"), "{log}");
}

#[tokio::test]
async fn a_provider_that_changes_mail_or_knows_no_plus_is_found_out() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    mara.post("/settings/mailboxes/1/trial", &[]).await;
    let sent = desk.mail_out();
    let plus = sent.last().unwrap().message.message_id.clone().unwrap();
    let report = format!(
        "From: mailer-daemon@post.example\r\nTo: help@shop.example\r\n\
         Message-ID: <r@post.example>\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=xx\r\n\r\n\
         --xx\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; p.example\r\n\r\n\
         Final-Recipient: rfc822; help+test@shop.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         --xx\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{plus}>\r\n\r\n--xx--\r\n"
    );
    let envelope = Envelope {
        via: "imap".to_owned(),
        mail_from: String::new(),
        recipients: vec!["help@shop.example".to_owned()],
    };
    receive(&desk.desk, &envelope, report.into_bytes())
        .await
        .unwrap();
    desk.run_jobs().await;
    let refused = mara.get(PATH).await.words();
    assert!(refused.contains("knows no such addresses"), "{refused}");
    let inbox = mara.get("/inbox?list=unassigned").await.words();
    assert!(!inbox.contains("Undelivered"), "{inbox}");

    come_back(&desk, |raw| {
        let kept = raw.lines().filter(|line| !line.starts_with("Reply-To:"));
        let text: Vec<String> = kept
            .map(|line| match line.strip_prefix("Message-ID: <") {
                Some(_) => "Message-ID: <new@provider.example>".to_owned(),
                None => line.to_owned(),
            })
            .collect();
        text.join("\r\n")
    })
    .await;
    let words = mara.get(PATH).await.words();
    for found in [
        "Your provider writes another one.",
        "takes the Reply-To away",
        "without a word about its sender",
    ] {
        assert!(words.contains(found), "{found}: {words}");
    }
    desk.clock.advance(jiff::SignedDuration::from_mins(11));
    mara.post("/settings/mailboxes/1/trial", &[]).await;
    desk.clock.advance(jiff::SignedDuration::from_mins(11));
    let late = mara.get(PATH).await.words();
    assert!(late.contains("left and did not come back"), "{late}");
    let mut jonas = desk.browser("jonas").await;
    assert_eq!(jonas.get(PATH).await.status, 403);
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
