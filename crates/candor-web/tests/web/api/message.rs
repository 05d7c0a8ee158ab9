//! Replies, notes and the thread.

use super::{opened, post, program, with_header};
use axum::http::Method;
use candor_testkit::TestDesk;
use serde_json::json;

#[tokio::test]
async fn a_reply_goes_out_by_mail_and_a_note_does_not() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let path = format!("/api/v1/tickets/{}", opened(&mut program).await);
    let note = json!({ "body": "Check with the warehouse." });
    let noted = post(&mut program, &format!("{path}/notes"), &note).await;
    assert_eq!(noted.status, 201, "{}", noted.text());
    let reply = json!({ "body": "The rest is on its way.", "then": "solve", "cc": ["sam@customer.example"] });
    let replied = post(&mut program, &format!("{path}/replies"), &reply).await;
    assert_eq!(replied.status, 201, "{}", replied.text());
    assert_eq!(replied.json()["to"], json!(["amira@customer.example"]));
    kit.run_jobs().await;
    let mails = kit.mail_out();
    assert_eq!(mails.len(), 1);
    assert!(!String::from_utf8_lossy(&mails[0].raw).contains("warehouse"));
    assert_eq!(program.get(&path).await.json()["status"], "solved");

    let thread = program.get(&format!("{path}/messages")).await.json();
    let lines: Vec<String> = thread["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| format!("{} {}", message["kind"], message["author"]["name"]))
        .collect();
    assert_eq!(
        lines,
        [
            r#""incoming" "Amira Khan""#,
            r#""note" "Ayla""#,
            r#""reply" "Ayla""#
        ]
    );
    let page = program
        .get(&format!("{path}/messages?limit=2"))
        .await
        .json();
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = program
        .get(&format!("{path}/messages?limit=2&cursor={cursor}"))
        .await
        .json();
    assert_eq!(rest["items"][0]["kind"], "reply");
    assert_eq!(rest["next_cursor"], serde_json::Value::Null);
}

#[tokio::test]
async fn a_reply_is_refused_when_the_thread_moved_on() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let path = format!("/api/v1/tickets/{}", opened(&mut program).await);
    let seen = program.get(&path).await.json()["last_message"].clone();
    let replies = format!("{path}/replies");
    let reply = json!({ "body": "One moment.", "then": "open", "seen_message": seen });
    assert_eq!(post(&mut program, &replies, &reply).await.status, 201);
    let refused = post(&mut program, &replies, &reply).await;
    assert_eq!(refused.status, 409);
    assert_eq!(refused.json()["type"], "urn:candor:problem:newer-message");
}

#[tokio::test]
async fn a_repeated_reply_is_sent_once() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let path = format!("/api/v1/tickets/{}/replies", opened(&mut program).await);
    let reply = json!({ "body": "It is on its way." });
    let mut bodies = Vec::new();
    for _ in 0..3 {
        let to = (Method::POST, path.as_str());
        let key = ("idempotency-key", "once");
        bodies.push(with_header(&mut program, to, key, &reply).await.body);
    }
    kit.run_jobs().await;
    assert_eq!(kit.mail_out().len(), 1);
    bodies.dedup();
    assert_eq!(bodies.len(), 1);
}

#[tokio::test]
async fn a_file_is_downloaded_as_a_file() {
    let kit = TestDesk::new().await;
    let raw = "From: amira@customer.example\r\nTo: help@shop.example\r\nSubject: Cup\r\n\
        Message-ID: <1@c.example>\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
        Broken.\r\n--b\r\nContent-Type: image/png\r\n\
        Content-Disposition: attachment; filename=\"cup.svg\"\r\n\r\n\
        <svg onload=\"x\"/>\r\n--b--\r\n";
    let ticket = kit.deliver("help@shop.example", raw.as_bytes()).await;
    let mut program = program(&kit).await;
    let thread = program
        .get(&format!("/api/v1/tickets/{ticket}/messages"))
        .await
        .json();
    let url = thread["items"][0]["files"][0]["url"].as_str().unwrap();
    let file = program.get(url).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename*=UTF-8''cup.svg"
    );
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(program.get("/api/v1/attachments/999").await.status, 404);
}

#[tokio::test]
async fn files_travel_as_base64_with_tickets_replies_and_notes() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let ticket = json!({
        "subject": "Broken mug", "body": "See the photo.",
        "customer": { "email": "amira@customer.example" },
        "files": [{ "name": "mug.txt", "content": "YnJva2Vu" }]
    });
    let opened = post(&mut program, "/api/v1/tickets", &ticket).await;
    assert_eq!(opened.status, 201, "{}", opened.text());
    let path = opened.json()["url"].as_str().unwrap().to_owned();
    let reply = json!({
        "body": "Print this label.",
        "files": [{ "name": "label.txt", "content": "bGFiZWw=" }]
    });
    let replied = post(&mut program, &format!("{path}/replies"), &reply).await;
    assert_eq!(replied.status, 201, "{}", replied.text());
    let note = json!({ "body": "Ours.", "files": [{ "name": "n.txt", "content": "" }] });
    let noted = post(&mut program, &format!("{path}/notes"), &note).await;
    assert_eq!(noted.json()["files"][0]["name"], "n.txt");
    kit.run_jobs().await;
    assert_eq!(kit.mail_out()[0].message.attachments[0].name, "label.txt");

    let id = &replied.json()["id"];
    let one = program.get(&format!("{path}/messages/{id}")).await;
    assert_eq!(
        one.json(),
        replied.json(),
        "one message reads as it was made"
    );
    let first = program
        .get(&format!("{path}/messages?limit=1"))
        .await
        .json();
    let file = first["items"][0]["files"][0]["url"].as_str().unwrap();
    assert_eq!(program.get(file).await.body, b"broken");

    let bad = json!({ "body": "x", "files": [{ "name": "a", "content": "%" }] });
    let refused = post(&mut program, &format!("{path}/replies"), &bad).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["errors"][0]["field"], "files[0].content");
    let file = json!({ "name": "a", "content": "" });
    let many = json!({ "body": "x", "files": vec![file; 21] });
    let refused = post(&mut program, &format!("{path}/notes"), &many).await;
    assert_eq!(
        refused.json()["errors"][0]["field"],
        "files",
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn a_message_is_found_in_its_own_ticket_only() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let (first, second) = (opened(&mut program).await, opened(&mut program).await);
    let thread = format!("/api/v1/tickets/{first}/messages");
    let id = program.get(&thread).await.json()["items"][0]["id"].clone();
    assert_eq!(program.get(&format!("{thread}/{id}")).await.status, 200);
    for path in [
        format!("/api/v1/tickets/{second}/messages/{id}"),
        format!("{thread}/999"),
        format!("{thread}/0{id}"),
        format!("{thread}/x"),
    ] {
        assert_eq!(program.get(&path).await.status, 404, "{path}");
    }
}
