//! The customer's mood on the pages, hints below a draft, the question, ratings.

use super::portal::page_of;
use axum::body::Body;
use axum::http::Method;
use candor_desk::rating::{ChangeRatingSettings, RatingSettings};
use candor_desk::ticket::{ChangeTicket, TicketView};
use candor_domain::id::TicketId;
use candor_domain::ticket::{Change, Status};
use candor_testkit::{Answer, Browser, TestDesk};
use std::fmt::Write as _;

const AMIRA: &str = "Amira Haddad <amira@customer.example>";
const FURIOUS: &str = "This is outrageous. I have been waiting for three weeks and nobody answers. \
    I want my money back now or I will call my lawyer.";
const DELIGHTED: &str = "Thank you so much, the beans are wonderful and the card made my day!";
const JOKE: &str = "Hello Amira,\n\nyour bags took a holiday without you, haha! A new box leaves \
    today and reaches you on Thursday.\n\nBest regards\nAyla";

/// Sends the composer as a browser without scripts does.
pub(super) async fn compose(
    browser: &mut Browser,
    ticket: TicketId,
    fields: &[(&str, &str)],
) -> Answer {
    let mut body = String::new();
    for (name, value) in fields {
        let part = format!("content-disposition: form-data; name=\"{name}\"");
        write!(body, "--xx\r\n{part}\r\n\r\n{value}\r\n").unwrap();
    }
    body.push_str("--xx--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=xx")];
    let path = format!("/tickets/{ticket}/replies");
    browser
        .send(Method::POST, &path, &headers, Body::from(body))
        .await
}

pub(super) async fn seen(kit: &TestDesk, ticket: TicketId) -> String {
    let ayla = kit.actor("ayla").await;
    let view = kit.desk.ask(&ayla, TicketView { ticket }).await.unwrap();
    view.ticket.last_public_message.unwrap().to_string()
}

/// Whether a reply of Ayla's is on its way or out.
async fn is_sent(kit: &TestDesk, ticket: TicketId) -> bool {
    let ayla = kit.actor("ayla").await;
    let view = kit.desk.ask(&ayla, TicketView { ticket }).await.unwrap();
    view.drafts.iter().any(|(draft, _)| draft.send_at.is_some())
}

#[tokio::test]
async fn the_page_tells_the_mood_in_words_and_suggests_urgency_with_the_reason() {
    let kit = TestDesk::new().await;
    let ticket = kit.mail(AMIRA, "Where are my bags?", FURIOUS).await;
    let mut ayla = kit.browser("ayla").await;

    let list = ayla.get("/inbox").await.text();
    assert!(list.contains("upset"), "{list}");
    let page = ayla.get(&format!("/tickets/{ticket}")).await.text();
    for part in [
        "Answer first, be concrete, no jokes.",
        "Speaks of lawyers or authorities",
        "my lawyer",
        "Mark as urgent",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let path = format!("/tickets/{ticket}/urgency");
    ayla.post(&path, &[("urgency", "urgent")]).await;
    let page = ayla.get(&format!("/tickets/{ticket}")).await.text();
    assert!(!page.contains("Mark as urgent"), "it is marked: {page}");
}

#[tokio::test]
async fn a_joke_is_asked_about_once_and_better_words_come_by_one_click() {
    let kit = TestDesk::new().await;
    let ticket = kit.mail(AMIRA, "Where are my bags?", FURIOUS).await;
    let seen = seen(&kit, ticket).await;
    let mut ayla = kit.browser("ayla").await;
    let fields = |more: &[(&'static str, &'static str)], body: &'static str| {
        let mut fields = vec![("kind", "reply"), ("body", body), ("then", "wait")];
        fields.extend_from_slice(more);
        fields
    };

    let mut first = fields(&[], JOKE);
    first.push(("seen", &seen));
    let asked = compose(&mut ayla, ticket, &first).await;
    let text = asked.text();
    assert!(
        text.contains("Amira is upset. This line may sound like a joke"),
        "{text}"
    );
    assert!(
        text.contains("Better: “I am sorry that this happened.”"),
        "{text}"
    );
    assert!(!is_sent(&kit, ticket).await);

    let mut better = fields(&[("better", "1")], JOKE);
    better.push(("seen", &seen));
    compose(&mut ayla, ticket, &better).await;
    let page = ayla.get(&format!("/tickets/{ticket}")).await.text();
    assert!(
        page.contains("I am sorry that this happened. A new box"),
        "{page}"
    );
    assert!(
        !is_sent(&kit, ticket).await,
        "its writer reads it once more"
    );

    // Asked once: the same joke again goes out, if its writer wants it so.
    compose(&mut ayla, ticket, &first).await;
    assert!(is_sent(&kit, ticket).await);
}

#[tokio::test]
async fn keep_mine_sends_and_a_happy_customer_raises_no_question() {
    let kit = TestDesk::new().await;
    let upset = kit.mail(AMIRA, "Where are my bags?", FURIOUS).await;
    let happy = kit.mail(AMIRA, "Your beans", DELIGHTED).await;
    let mut ayla = kit.browser("ayla").await;
    for (ticket, asked) in [(upset, "1"), (happy, "")] {
        let seen = seen(&kit, ticket).await;
        let mut fields = vec![
            ("kind", "reply"),
            ("body", JOKE),
            ("then", "wait"),
            ("seen", seen.as_str()),
        ];
        if !asked.is_empty() {
            fields.push(("asked", asked));
        }
        compose(&mut ayla, ticket, &fields).await;
        assert!(is_sent(&kit, ticket).await, "{ticket}");
    }
}

#[tokio::test]
async fn hints_come_while_typing_and_not_for_whoever_switched_them_off() {
    let kit = TestDesk::new().await;
    let ticket = kit.mail(AMIRA, "Where are my bags?", FURIOUS).await;
    let mut ayla = kit.browser("ayla").await;
    let path = format!("/tickets/{ticket}/hints");

    let hints = ayla.post(&path, &[("body", JOKE)]).await.text();
    assert!(hints.contains("data-use"), "{hints}");

    ayla.post("/account/hints", &[]).await;
    let answer = ayla.post(&path, &[("body", JOKE)]).await;
    assert_eq!(answer.status, 204);
    let page = ayla.get(&format!("/tickets/{ticket}")).await.text();
    assert!(!page.contains("data-hints="), "{page}");
    assert!(!page.contains("no jokes"), "{page}");
}

#[tokio::test]
async fn a_scanner_that_opens_the_link_does_not_vote() {
    let kit = TestDesk::new().await;
    let ticket = kit.mail(AMIRA, "Your beans", DELIGHTED).await;
    let mara = kit.actor("mara").await;
    let mailbox = kit.desk.store().read(|tx| tx.mailboxes()).await.unwrap()[0].id;
    let settings = RatingSettings {
        asks: true,
        alert: None,
    };
    let change = ChangeRatingSettings { mailbox, settings };
    kit.desk.run(&mara, change).await.unwrap();
    let solve = ChangeTicket {
        ticket,
        change: Change::Status(Status::Solved),
        version: None,
    };
    kit.desk.run(&mara, solve).await.unwrap();
    let path = format!("{}/rating", page_of(&kit, ticket).await);
    let grade = async || {
        let rating = kit.desk.store().read(move |tx| tx.rating_of(ticket));
        rating.await.unwrap().and_then(|rating| rating.grade)
    };

    let mut amira = kit.visitor();
    let page = amira.get(&format!("{path}?grade=unhappy")).await.text();
    assert!(
        page.contains("value=\"unhappy\" required checked"),
        "{page}"
    );
    assert_eq!(grade().await, None, "looking counts nothing");

    let refused = amira.post(&path, &[("words", "Hm.")]).await;
    assert_eq!(refused.status, 422);
    amira
        .post(&path, &[("grade", "fine"), ("words", "Hm.")])
        .await;
    assert_eq!(grade().await, Some(candor_domain::rating::Grade::Fine));
    let page = amira.get(&path).await.text();
    assert!(page.contains("You have answered already"), "{page}");

    let mut ayla = kit.browser("ayla").await;
    let page = ayla.get(&format!("/tickets/{ticket}")).await.text();
    assert!(page.contains("The customer said: it was fine."), "{page}");
}

#[tokio::test]
async fn the_report_lists_who_left_upset_and_takes_what_is_done_about_it() {
    let kit = TestDesk::new().await;
    let ticket = kit.mail(AMIRA, "Your beans", DELIGHTED).await;
    let mut jonas = kit.browser("jonas").await;
    let page = jonas.get("/reports").await.text();
    assert!(page.contains("Nobody here. That is good."), "{page}");

    let raw = format!("{FURIOUS}\r\n");
    let customer = kit.actor("jonas").await;
    let view = kit
        .desk
        .ask(&customer, TicketView { ticket })
        .await
        .unwrap();
    let actor = candor_domain::actor::Actor::Customer {
        customer: view.customer.id,
        ticket,
    };
    let answer = candor_desk::ticket::AnswerOnPage {
        ticket,
        body: raw,
        files: Vec::new(),
    };
    kit.desk.run(&actor, answer).await.unwrap();
    kit.run_jobs().await;
    jonas
        .post(&format!("/tickets/{ticket}/solution"), &[])
        .await;

    let page = jonas.get("/reports").await.text();
    assert!(
        page.contains("100 %") && page.contains("Your beans"),
        "{page}"
    );
    let path = format!("/reports/upset/{ticket}");
    let plan = [
        ("action", "Call Amira"),
        ("due", "2026-03-01"),
        ("done", ""),
    ];
    jonas.post(&path, &plan).await;
    let page = jonas.get("/reports").await.text();
    assert!(
        page.contains("Call Amira") && page.contains("late"),
        "{page}"
    );
    jonas
        .post(&path, &[("action", "Call Amira"), ("done", "true")])
        .await;
    let page = jonas.get("/reports").await.text();
    assert!(page.contains("Nobody here. That is good."), "{page}");
}

#[tokio::test]
async fn a_voice_is_made_and_tried() {
    let kit = TestDesk::new().await;
    let mut mara = kit.browser("mara").await;
    let add = [("name", "Harbour style"), ("base", "fun")];
    mara.post("/settings/voice", &add).await;
    let page = mara.get("/settings/voice/own-1").await.text();
    assert!(page.contains("Harbour style"), "{page}");

    let tried = [
        ("mood", "upset"),
        ("body", "Hi! Sorry, the parcel had a party, haha!"),
    ];
    let path = "/settings/voice/own-1/trial";
    let page = mara.post(path, &tried).await.text();
    assert!(page.contains("joke at a bad moment"), "{page}");
}
