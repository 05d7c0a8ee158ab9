//! Mail from before the desk, and who hears when no mail comes, in the settings of a mailbox.

use candor_desk::past_mail::{BeginCount, Count, Survey, keep_survey};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_testkit::{INBOX_PASSWORD, TestDesk};

const PATH: &str = "/settings/mailboxes/1/past";
const WATCH: &str = "/settings/mailboxes/1/watch";

#[tokio::test]
async fn without_an_inbox_the_page_leads_there_first() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;

    let page = mara.get(PATH).await;

    assert!(
        page.words().contains("First connect the inbox"),
        "{}",
        page.words()
    );
    assert!(page.text().contains("/settings/mailboxes/1/fetching"));
}

/// What the part that counts does, with three mails of one customer.
async fn three_mails_are_counted(desk: &TestDesk) {
    let mut survey = Survey::default();
    for uid in 1..=3 {
        survey.take(&candor_desk::past_mail::Head {
            folder: candor_desk::fetch::FetchFolder::Inbox,
            uid,
            size: 100,
            received: None,
            fields: b"From: kim@post.example\r\n\r\n".to_vec(),
        });
    }
    let mailbox = MailboxId(1);
    let run = desk.desk.run(&Actor::System, BeginCount { mailbox }).await;
    let count = Count {
        mailbox,
        run: run.unwrap().unwrap(),
        holder: "this".to_owned(),
    };
    keep_survey(&desk.desk, &count, (1, 0), survey)
        .await
        .unwrap();
}

#[tokio::test]
async fn what_there_is_is_told_and_somebody_says_yes_or_no() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let account = [
        ("user", "help@shop.example"),
        ("password", INBOX_PASSWORD),
        ("host", "imap.shop.example"),
        ("port", "993"),
        ("tls", "implicit"),
        ("folder", "INBOX"),
        ("after", "leave"),
    ];
    mara.post("/settings/mailboxes/1/fetching", &account).await;

    let wrong = mara.post(PATH, &[("months", "7")]).await;
    assert_eq!(wrong.status, 422);
    mara.post(PATH, &[("months", "12"), ("sent", "true")]).await;
    let counting = mara.get(PATH).await;
    assert!(
        counting.words().contains("Counting"),
        "{}",
        counting.words()
    );
    assert!(counting.text().contains("hx-trigger=\"every 3s\""));

    three_mails_are_counted(&desk).await;
    let counted = mara.get(PATH).await;
    let words = counted.words();
    assert!(
        words.contains("3 mails, 3 conversations, none unreadable"),
        "{words}"
    );
    assert!(
        words.contains("fetches all mail of its inbox by itself"),
        "no first day is named: {words}"
    );
    assert!(
        words.contains("Bring them in") && words.contains("Leave them"),
        "{words}"
    );
    assert!(
        !counted.text().contains("every 3s"),
        "it waits for a person"
    );

    mara.post(&format!("{PATH}/run"), &[]).await;
    let words = mara.get(PATH).await.words();
    assert!(words.contains("0 of 3 mails"), "{words}");
    mara.post(&format!("{PATH}/run/removal"), &[]).await;
    let words = mara.get(PATH).await.words();
    assert!(
        words.contains("Stopped") && words.contains("Go on"),
        "{words}"
    );
    mara.post(&format!("{PATH}/removal"), &[]).await;
    assert!(mara.get(PATH).await.words().contains("Look first"));
}

#[tokio::test]
async fn whoever_shall_hear_of_silence_is_named_and_a_wrong_address_is_explained() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let fresh = mara.get(WATCH).await.words();
    assert!(fresh.contains("Not enough history yet"), "{fresh}");

    let wrong = mara
        .post(
            WATCH,
            &[("addresses", "help@shop.example"), ("hook", "bell")],
        )
        .await;
    assert_eq!(wrong.status, 422);
    let words = wrong.words();
    assert!(words.contains("begins with https://"), "{words}");

    let named = [("addresses", "a@b.example\r\nc@d.example"), ("hook", "")];
    assert_eq!(mara.post(WATCH, &named).await.status, 303);
    assert!(
        mara.get(WATCH)
            .await
            .text()
            .contains("a@b.example\nc@d.example")
    );
}
