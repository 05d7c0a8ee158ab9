//! Opening, showing, listing and finding tickets.

use super::{faults, narrow, opened, post, program, question, with_header};
use axum::http::Method;
use candor_domain::permission::Permission;
use candor_testkit::TestDesk;
use serde_json::{Value, json};

#[tokio::test]
async fn a_ticket_is_opened_and_shown_with_exactly_the_published_fields() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let mut body = question();
    body["kind"] = json!("complaint");
    body["urgency"] = json!("urgent");
    body["tags"] = json!(["Missing", "parcel"]);
    body["mailbox"] = json!("help@shop.example");
    let made = post(&mut program, "/api/v1/tickets", &body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let ticket = made.json();
    assert_eq!(made.header("location"), ticket["url"].as_str().unwrap());
    insta::assert_snapshot!(serde_json::to_string_pretty(&ticket).unwrap());

    let shown = program.get(made.header("location")).await;
    assert_eq!(shown.status, 200);
    assert_eq!(shown.body, made.body);
    assert_eq!(shown.header("etag"), made.header("etag"));
    assert_eq!(kit.mail_out().len(), 0, "nothing is mailed by itself");
}

#[tokio::test]
async fn somebody_without_an_address_is_known_by_their_number() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let mut call = question();
    let mut customers = Vec::new();
    for who in [
        json!({ "phone": "+49 30 123456", "name": "Noah" }),
        json!({ "phone": "+49 (30) 12-34-56" }),
        json!({ "name": "Noah" }),
        json!({ "name": "Noah", "email": null }),
    ] {
        call["customer"] = who;
        let made = post(&mut program, "/api/v1/tickets", &call).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let customer = made.json()["customer"].clone();
        assert_eq!(customer["name"], "Noah");
        assert_eq!(customer["email"], Value::Null);
        customers.push(customer["id"].as_i64().unwrap());
    }
    assert_eq!(customers[0], customers[1], "one number is one customer");
    customers.dedup();
    assert_eq!(customers.len(), 3, "a name alone proves nothing");

    let shown = program
        .get(&format!("/api/v1/customers/{}", customers[0]))
        .await;
    assert_eq!(shown.json()["identities"][0]["value"], "+4930123456");
    call["customer"] = json!({ "phone": "call me" });
    let refused = post(&mut program, "/api/v1/tickets", &call).await;
    assert!(faults(&refused)[0].starts_with("customer.phone: "));
    call["customer"] = json!({});
    let refused = post(&mut program, "/api/v1/tickets", &call).await;
    assert_eq!(
        faults(&refused),
        ["customer.email: Give an e-mail address, a telephone number or at least a name."]
    );
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let path = format!("/api/v1/tickets/{}", opened(&mut program).await);
    let tag = program.get(&path).await.header("etag").to_owned();
    let again = with_header(
        &mut program,
        (Method::GET, &path),
        ("if-none-match", &tag),
        &Value::Null,
    )
    .await;
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[tokio::test]
async fn a_list_is_walked_page_by_page_without_loss() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let mut open = Vec::new();
    for _ in 0..5 {
        open.push(opened(&mut program).await);
    }
    let mut seen = Vec::new();
    let mut path = "/api/v1/tickets?limit=2".to_owned();
    loop {
        let page = program.get(&path).await.json();
        let numbers = page["items"].as_array().unwrap().iter();
        seen.extend(numbers.map(|line| line["number"].as_i64().unwrap()));
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/api/v1/tickets?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, open);
}

#[tokio::test]
async fn a_repeated_call_opens_one_ticket_and_gets_the_same_bytes() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let to = (Method::POST, "/api/v1/tickets");
    let key = ("idempotency-key", "order-4711");
    let first = with_header(&mut program, to.clone(), key, &question()).await;
    let second = with_header(&mut program, to.clone(), key, &question()).await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.body, second.body);
    assert_eq!(first.header("location"), second.header("location"));
    assert_eq!(first.header("etag"), second.header("etag"));

    let mut other = question();
    other["subject"] = json!("Something else");
    let refused = with_header(&mut program, to.clone(), key, &other).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["type"], "urn:candor:problem:key-reused");

    let mut stranger = narrow(&kit, &[Permission::Reply]).await;
    let theirs = with_header(&mut stranger, to, key, &question()).await;
    assert_eq!(theirs.status, 201);
    assert_ne!(theirs.body, first.body, "a key belongs to its token");
    let list = program.get("/api/v1/tickets").await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_search_finds_words_and_numbers() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let number = opened(&mut program).await;
    for words in ["bags", &format!("%23{number}")] {
        let found = program.get(&format!("/api/v1/search?q={words}")).await;
        assert_eq!(found.json()["items"][0]["number"], number, "{words}");
    }
    let nothing = program.get("/api/v1/search?q=teapot").await;
    assert_eq!(nothing.json()["items"], json!([]));
}

#[tokio::test]
async fn people_teams_mailboxes_and_the_customer_are_listed() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let number = opened(&mut program).await;
    let ticket = program.get(&format!("/api/v1/tickets/{number}")).await;
    let customer = ticket.json()["customer"]["id"].clone();
    let shown = program.get(&format!("/api/v1/customers/{customer}")).await;
    assert_eq!(
        shown.json()["identities"][0]["value"],
        "amira@customer.example"
    );
    let first = async |program: &mut candor_testkit::Browser, path: &str| {
        program.get(path).await.json()["items"][0]["name"].clone()
    };
    assert_eq!(first(&mut program, "/api/v1/people").await, "Mara");
    assert_eq!(first(&mut program, "/api/v1/teams").await, "Support");
    let mailboxes = program.get("/api/v1/mailboxes").await.json();
    assert_eq!(mailboxes["items"][0]["address"], "help@shop.example");
}
