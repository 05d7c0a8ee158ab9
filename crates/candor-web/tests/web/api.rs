//! The API, as a program sees it.

mod change;
mod document;
mod message;
mod problem;
mod roster;
mod scope;
mod skill;
mod ticket;

use axum::body::Body;
use axum::http::Method;
use candor_domain::permission::Permission;
use candor_testkit::{Answer, Browser, TestDesk};
use serde_json::{Value, json};

/// A program with all rights of an agent.
async fn program(kit: &TestDesk) -> Browser {
    let token = kit.token("ayla", &[]).await;
    kit.visitor().with_token(&token)
}

/// A program with some of them.
async fn narrow(kit: &TestDesk, scopes: &[Permission]) -> Browser {
    let token = kit.token("ayla", scopes).await;
    kit.visitor().with_token(&token)
}

fn question() -> Value {
    json!({
        "subject": "Two bags missing",
        "body": "I ordered four and got two.",
        "customer": { "email": "amira@customer.example", "name": "Amira Khan" },
    })
}

async fn post(program: &mut Browser, path: &str, body: &Value) -> Answer {
    program.json(Method::POST, path, body).await
}

/// A request with one header beside the usual ones.
async fn with_header(
    program: &mut Browser,
    (method, path): (Method, &str),
    header: (&str, &str),
    body: &Value,
) -> Answer {
    let headers = [("content-type", "application/json"), header];
    program
        .send(method, path, &headers, Body::from(body.to_string()))
        .await
}

/// Opens the usual ticket and gives its number.
async fn opened(program: &mut Browser) -> i64 {
    let answer = post(program, "/api/v1/tickets", &question()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["number"].as_i64().unwrap()
}

/// The fields that a problem names, with what it says about each.
fn faults(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.json();
    problem["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|error| {
            let word = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
            format!("{}: {}", word("field"), word("detail"))
        })
        .collect()
}
