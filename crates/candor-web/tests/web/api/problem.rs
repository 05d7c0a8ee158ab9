//! What a program reads when something is wrong.

use super::{faults, post, program, question};
use axum::body::Body;
use axum::http::Method;
use candor_testkit::{Browser, TestDesk};
use serde_json::json;

async fn raw(program: &mut Browser, kind: &str, body: &'static str) -> candor_testkit::Answer {
    let headers = [("content-type", kind)];
    program
        .send(Method::POST, "/api/v1/tickets", &headers, Body::from(body))
        .await
}

#[tokio::test]
async fn every_fault_of_a_body_is_named_at_once() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let body = json!({
        "subjekt": "Hello", "colour": "red", "body": 7, "urgency": "asap", "tags": [1],
        "customer": { "emial": "a@b.example" },
    });
    let refused = post(&mut program, "/api/v1/tickets", &body).await;
    assert_eq!(refused.status, 422);
    insta::assert_snapshot!(faults(&refused).join("\n"));
    let german = faults(
        &post(
            &mut program.clone().speaking("de"),
            "/api/v1/tickets",
            &json!({ "subject": "x" }),
        )
        .await,
    );
    assert_eq!(
        german,
        ["customer: Diese Angabe fehlt.", "body: Diese Angabe fehlt."]
    );
}

#[tokio::test]
async fn what_the_desk_refuses_is_named_as_the_body_names_it() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let mut body = question();
    body["customer"]["email"] = json!("nobody");
    body["subject"] = json!("  ");
    let refused = post(&mut program, "/api/v1/tickets", &body).await;
    assert_eq!(refused.status, 422);
    let named: Vec<String> = faults(&refused)
        .iter()
        .map(|fault| fault.split(':').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(named, ["customer.email", "subject"]);
}

#[tokio::test]
async fn broken_json_is_pointed_at() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let refused = raw(
        &mut program,
        "application/json; charset=utf-8",
        "{\n  \"subject\": \"x\",\n  oops\n}",
    )
    .await;
    assert_eq!(refused.status, 400);
    let problem = refused.json();
    assert_eq!(problem["type"], "urn:candor:problem:broken-json");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("line 3, column 3"), "{detail}");
    assert_eq!(raw(&mut program, "application/json", "").await.status, 400);
    assert_eq!(
        raw(&mut program, "application/json", "[]").await.status,
        422
    );
    assert_eq!(raw(&mut program, "text/plain", "{}").await.status, 415);
}

#[tokio::test]
async fn every_way_to_miss_is_a_problem_document() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let missed = [
        (Method::GET, "/api/v1/nothing", 404),
        (Method::GET, "/api/v1/tickets/999", 404),
        (Method::GET, "/api/v1/tickets/0", 404),
        (Method::GET, "/api/v1/tickets/01", 404),
        (Method::GET, "/api/v1/tickets/+1", 404),
        (Method::GET, "/api/v1/tickets/1e0", 404),
        (Method::GET, "/api/v1/tickets/99999999999999999999", 404),
        (Method::PUT, "/api/v1/tickets", 405),
        (Method::GET, "/api/v1/tickets?lisst=all", 422),
        (Method::GET, "/api/v1/tickets?list=every", 422),
        (Method::GET, "/api/v1/tickets?limit=0", 422),
        (Method::GET, "/api/v1/tickets?limit=101", 422),
        (Method::GET, "/api/v1/tickets?cursor=x", 422),
        (Method::GET, "/api/v1/search", 422),
    ];
    for (method, path, status) in missed {
        let answer = program.send(method.clone(), path, &[], Body::empty()).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{method} {path}"
        );
        assert_eq!(answer.json()["status"], status);
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let mut body = question();
    body["body"] = json!("x".repeat(1100 * 1024));
    let refused = post(&mut program, "/api/v1/tickets", &body).await;
    assert_eq!(refused.status, 413);
    assert_eq!(refused.json()["type"], "urn:candor:problem:too-large");
    body["body"] = json!("x".repeat(300_000));
    assert_eq!(
        post(&mut program, "/api/v1/tickets", &body).await.status,
        413
    );
}
