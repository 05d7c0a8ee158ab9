//! The ask form, from the first page to the page of thanks.

use super::send_form;
use candor_desk::ticket::{ListPage, TicketView, WhichList};
use candor_domain::actor::Actor;
use candor_testkit::{Answer, Browser, TestDesk};

const QUESTION: [(&str, &str); 4] = [
    ("name", "Amira Khan"),
    ("email", "amira@customer.example"),
    ("subject", "Two bags missing"),
    ("body", "I ordered four and got two."),
];

async fn tickets(kit: &TestDesk) -> Vec<candor_desk::ticket::ListRow> {
    let page = ListPage {
        list: WhichList::All,
        customer: None,
        stretch: candor_desk::Stretch::Top,
        limit: 50,
    };
    kit.desk.ask(&Actor::System, page).await.unwrap().rows
}

async fn ask(browser: &mut Browser, form: &[(&str, &str)]) -> Answer {
    send_form(browser, "/help/ask", form, &[]).await
}

#[tokio::test]
async fn somebody_asks_with_a_picture_and_nothing_is_mailed() {
    let kit = TestDesk::new().await;
    let mut browser = kit.visitor();
    let home = browser.get("/help").await;
    assert_eq!(home.status, 200);
    insta::assert_snapshot!("home", home.words());
    let png = b"\x89PNG\r\n\x1a\n0000";
    let sent = send_form(
        &mut browser,
        "/help/ask",
        &QUESTION,
        &[("cup.png", png), ("", b"")],
    )
    .await;
    assert_eq!(
        (sent.status, sent.header("location")),
        (303, "/help/thanks")
    );
    let thanks = browser.get("/help/thanks").await;
    insta::assert_snapshot!("thanks", thanks.words());

    let rows = tickets(&kit).await;
    assert_eq!(rows.len(), 1);
    let view = TicketView { ticket: rows[0].id };
    let view = kit.desk.ask(&Actor::System, view).await.unwrap();
    assert_eq!(view.messages[0].message.body, "I ordered four and got two.");
    assert_eq!(view.messages[0].files[0].media_type, "image/png");
    assert_eq!(view.messages[0].files.len(), 1);
    assert_eq!(view.customer.language.as_deref(), Some("en"));
    kit.run_jobs().await;
    assert!(kit.mail_out().is_empty() && kit.courier.kept().is_empty());
}

#[tokio::test]
async fn a_form_with_faults_comes_back_with_what_was_typed() {
    let kit = TestDesk::new().await;
    let mut browser = kit.visitor().speaking("de");
    let form = [
        ("email", "nobody"),
        ("subject", ""),
        ("body", "Wo ist mein Kaffee?"),
    ];
    let again = ask(&mut browser, &form).await;
    assert_eq!(again.status, 422);
    let words = again.words();
    assert!(words.contains("Wo ist mein Kaffee?"), "{words}");
    assert!(
        words.contains("Dies ist keine") || words.contains("Das ist keine"),
        "{words}"
    );
    assert!(again.text().contains("value=\"nobody\""));
    assert!(tickets(&kit).await.is_empty());
}

#[tokio::test]
async fn a_program_that_fills_in_the_trap_leaves_nothing() {
    let kit = TestDesk::new().await;
    let mut browser = kit.visitor();
    let mut form = QUESTION.to_vec();
    form.push(("website", "https://spam.example"));
    let sent = ask(&mut browser, &form).await;
    assert_eq!(
        (sent.status, sent.header("location")),
        (303, "/help/thanks")
    );
    assert!(tickets(&kit).await.is_empty());
}

#[tokio::test]
async fn whoever_floods_the_form_is_slowed_down_on_every_node() {
    let kit = TestDesk::new().await;
    let mut slowed = None;
    for _ in 0..30 {
        let sent = ask(&mut kit.visitor(), &QUESTION).await;
        if sent.status != 303 {
            slowed = Some(sent);
            break;
        }
    }
    let slowed = slowed.expect("a brake");
    assert_eq!(slowed.status, 429);
    assert_ne!(slowed.header("retry-after"), "");
    assert!(
        slowed.text().contains("href=\"/help\""),
        "the way out stays among these pages"
    );
    let opened = tickets(&kit).await.len();
    kit.clock.advance(jiff::Span::new().hours(2));
    assert_eq!(ask(&mut kit.visitor(), &QUESTION).await.status, 303);
    assert_eq!(tickets(&kit).await.len(), opened + 1);
}

#[tokio::test]
async fn files_have_a_quota_until_the_network_has_rested() {
    let kit = TestDesk::new().await;
    let large = vec![7; 14 * 1024 * 1024];
    let send = async |browser: &mut Browser, files: &[(&str, &[u8])]| {
        send_form(browser, "/help/ask", &QUESTION, files)
            .await
            .status
    };
    let mut browser = kit.visitor();
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(send(&mut browser, &[("big", &large)]).await);
    }
    assert_eq!(statuses, [303, 303, 303, 303, 429]);
    kit.clock.advance(jiff::Span::new().hours(2));
    assert_eq!(send(&mut browser, &[("big", &large)]).await, 303);
    let half: &[u8] = &large[..8 * 1024 * 1024];
    assert_eq!(send(&mut browser, &[("a", half), ("b", half)]).await, 422);
    let many = [("x", b"x".as_slice()); 11];
    assert_eq!(send(&mut browser, &many).await, 422);
}

#[tokio::test]
async fn the_language_is_chosen_once_and_remembered() {
    let kit = TestDesk::new().await;
    let mut browser = kit.visitor();
    assert!(
        browser
            .get("/help")
            .await
            .words()
            .contains("How can we help?")
    );
    let german = browser.get("/help?lang=de").await;
    assert!(german.words().contains("Wie können wir helfen?"));
    assert!(
        browser
            .get("/help/ask")
            .await
            .text()
            .contains("lang=\"de\"")
    );
    assert!(
        browser
            .get("/help?lang=xx")
            .await
            .text()
            .contains("<html lang=\"de\"")
    );
}

#[tokio::test]
async fn no_search_engine_and_no_cache_keeps_these_pages() {
    let kit = TestDesk::new().await;
    let mut browser = kit.visitor();
    for path in ["/help", "/help/ask", "/help/thanks", "/help/r/nonsense"] {
        let page = browser.get(path).await;
        assert_eq!(page.header("x-robots-tag"), "noindex, nofollow", "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
    }
}
