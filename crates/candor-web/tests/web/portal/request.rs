//! The request page behind a customer's link.

use super::{page_of, send_form, ticket};
use axum::http::Method;
use candor_desk::ticket::{ChangeTicket, ListPage, Reply, RevokeLink, WhichList, WriteNote};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::message::Channel;
use candor_domain::text::{PublicText, StaffText};
use candor_domain::ticket::{AfterSend, Change, Status};
use candor_testkit::{Browser, TestDesk};

const CANARY: &str = "zqx7-note-canary";

async fn reply(kit: &TestDesk, ticket: TicketId, body: &str) {
    let reply = Reply {
        files: Vec::new(),
        ticket,
        body: PublicText::new(body),
        cc: Vec::new(),
        then: AfterSend::Wait,
        seen: None,
        channel: Channel::Desk,
    };
    kit.desk.run(&kit.actor("ayla").await, reply).await.unwrap();
}

async fn set(kit: &TestDesk, ticket: TicketId, change: Change) {
    let change = ChangeTicket {
        ticket,
        change,
        version: None,
    };
    kit.desk
        .run(&kit.actor("ayla").await, change)
        .await
        .unwrap();
}

async fn asked(kit: &TestDesk) -> TicketId {
    kit.mail(
        "Amira Khan <amira@customer.example>",
        "Two bags missing",
        "I got two of four.",
    )
    .await
}

async fn answer(browser: &mut Browser, page: &str, body: &str) -> candor_testkit::Answer {
    send_form(browser, &format!("{page}/answers"), &[("body", body)], &[]).await
}

#[tokio::test]
async fn a_customer_reads_answers_and_settles() {
    let kit = TestDesk::new().await;
    let id = asked(&kit).await;
    reply(&kit, id, "The rest is on its way. **Sorry!**").await;
    let page = page_of(&kit, id).await;
    let mut browser = kit.visitor();
    let shown = browser.get(&page).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("<strong>Sorry!</strong>"));
    insta::assert_snapshot!("request", shown.words());

    let answered = answer(&mut browser, &page, "It came. <b>Thank you!</b>").await;
    assert_eq!(
        (answered.status, answered.header("location")),
        (303, page.as_str())
    );
    let shown = browser.get(&page).await;
    assert!(shown.words().contains("Thank you, we have your answer."));
    assert!(shown.words().contains("It came. <b>Thank you!</b>"));
    assert_eq!(ticket(&kit, id).await.status, Status::Open);

    let settled = browser.post(&format!("{page}/settlement"), &[]).await;
    assert_eq!(settled.header("location"), page);
    let shown = browser.get(&page).await;
    assert!(
        shown
            .text()
            .contains(&format!("action=\"{page}/settlement/removal\""))
    );
    assert_eq!(ticket(&kit, id).await.status, Status::Solved);
    browser
        .post(&format!("{page}/settlement/removal"), &[])
        .await;
    assert_eq!(ticket(&kit, id).await.status, Status::Open);
}

#[tokio::test]
async fn nothing_that_staff_say_among_themselves_reaches_a_customer() {
    let kit = TestDesk::new().await;
    let id = asked(&kit).await;
    let note = WriteNote {
        files: Vec::new(),
        ticket: id,
        body: StaffText::new(CANARY),
        channel: Channel::Desk,
    };
    kit.desk.run(&kit.actor("ayla").await, note).await.unwrap();
    set(&kit, id, Change::Tags(vec![CANARY.to_owned()])).await;
    reply(&kit, id, "Soon.").await;
    kit.run_jobs().await;
    let page = page_of(&kit, id).await;
    let mut browser = kit.visitor();
    let mut seen = vec![browser.get(&page).await];
    seen.push(answer(&mut browser, &page, " ").await);
    seen.push(answer(&mut browser, &page, "Thanks.").await);
    seen.push(browser.post(&format!("{page}/settlement"), &[]).await);
    seen.push(browser.get(&page).await);
    for answer in &seen {
        assert!(!answer.text().contains(CANARY));
        for word in ["ayla@", "jonas", "Support", "version"] {
            assert!(!answer.words().contains(word), "{word}");
        }
    }
    for mail in kit.mail_out() {
        assert!(!String::from_utf8_lossy(&mail.raw).contains(CANARY));
    }
}

#[tokio::test]
async fn a_link_opens_its_own_request_and_no_file_of_another() {
    let kit = TestDesk::new().await;
    let mine = asked(&kit).await;
    let theirs = kit
        .mail("bo@customer.example", "Grinder", "It rattles.")
        .await;
    let page = page_of(&kit, theirs).await;
    let mut bo = kit.visitor();
    let files = [("proof.html", b"<script>x</script>".as_slice())];
    send_form(
        &mut bo,
        &format!("{page}/answers"),
        &[("body", "See here.")],
        &files,
    )
    .await;
    let shown = bo.get(&page).await.text();
    let place = shown.split("/files/").nth(1).unwrap();
    let id = &place[..place.find('"').unwrap()];
    let file = bo.get(&format!("{page}/files/{id}")).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "application/octet-stream");

    let other = page_of(&kit, mine).await;
    let mut amira = kit.visitor();
    assert_eq!(amira.get(&format!("{other}/files/{id}")).await.status, 404);
    assert!(!amira.get(&other).await.words().contains("Grinder"));
}

#[tokio::test]
async fn every_dead_link_gets_the_same_friendly_page() {
    let kit = TestDesk::new().await;
    let id = asked(&kit).await;
    let page = page_of(&kit, id).await;
    let spam = kit.mail("spam@customer.example", "Win", "Now").await;
    let spam_page = page_of(&kit, spam).await;
    set(&kit, spam, Change::Spam(true)).await;
    let revoke = RevokeLink { ticket: id };
    kit.desk
        .run(&kit.actor("ayla").await, revoke)
        .await
        .unwrap();
    let mut mistyped = page.clone();
    mistyped.replace_range(20..21, if &page[20..21] == "A" { "B" } else { "A" });
    let mut browser = kit.visitor();
    let reference = browser.get("/help/r/nonsense").await;
    assert_eq!(reference.status, 404);
    insta::assert_snapshot!("gone", reference.words());
    for dead in [page, mistyped, spam_page] {
        let shown = browser.get(&dead).await;
        assert_eq!((shown.status, shown.words()), (404, reference.words()));
        for path in ["answers", "settlement", "settlement/removal"] {
            let refused = browser
                .post(&format!("{dead}/{path}"), &[("body", "x")])
                .await;
            assert_eq!((refused.status, refused.words()), (404, reference.words()));
        }
        let file = browser.get(&format!("{dead}/files/1")).await;
        assert_eq!((file.status, file.words()), (404, reference.words()));
    }
}

#[tokio::test]
async fn an_answer_to_a_closed_request_begins_a_new_one_and_says_so() {
    let kit = TestDesk::new().await;
    let id = asked(&kit).await;
    set(&kit, id, Change::Status(Status::Closed)).await;
    let page = page_of(&kit, id).await;
    let mut browser = kit.visitor();
    let shown = browser.get(&page).await.words();
    assert!(shown.contains("a new request begins"), "{shown}");
    assert!(!shown.contains("My matter is settled"));
    let answered = answer(&mut browser, &page, "One more thing.").await;
    assert_ne!(answered.header("location"), page);
    let new_page = answered.header("location").to_owned();
    let shown = browser.get(&new_page).await.words();
    assert!(shown.contains("This is your new request"), "{shown}");
    assert!(shown.contains("One more thing."));
    assert!(!shown.contains("I got two of four."));
    let all = ListPage {
        list: WhichList::All,
        customer: None,
        stretch: candor_desk::Stretch::Top,
        limit: 10,
    };
    let rows = kit.desk.ask(&Actor::System, all).await.unwrap().rows;
    assert_eq!(ticket(&kit, rows[0].id).await.follows, Some(id));
}

#[tokio::test]
async fn a_link_changes_nothing_by_being_read() {
    let kit = TestDesk::new().await;
    let id = asked(&kit).await;
    let page = page_of(&kit, id).await;
    let before = ticket(&kit, id).await;
    let mut browser = kit.visitor();
    for path in [
        page.clone(),
        format!("{page}/settlement"),
        format!("{page}/answers"),
    ] {
        let headers = [("accept", "text/html")];
        browser
            .send(Method::GET, &path, &headers, axum::body::Body::empty())
            .await;
    }
    assert_eq!(ticket(&kit, id).await, before);
}
