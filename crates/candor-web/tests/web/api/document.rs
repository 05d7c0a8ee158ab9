//! The OpenAPI document and the page made from it.

use candor_testkit::TestDesk;
use candor_web::app::book;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn document() -> Value {
    serde_json::to_value(candor_web::api::openapi()).unwrap()
}

#[test]
fn every_route_is_documented_and_every_documented_operation_is_a_route() {
    let routes: BTreeSet<String> = book()
        .routes()
        .iter()
        .filter(|route| route.path.starts_with("/api/v1/") && route.path != "/api/v1/openapi.json")
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let document = document();
    let mut documented = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            documented.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    assert_eq!(routes, documented);
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let document = document();
    let mut names = BTreeSet::new();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "two are called {name}");
        }
    }
    assert!(names.contains("post_tickets_number_replies"), "{names:?}");
}

#[test]
fn the_document_in_the_repository_is_the_one_that_is_served() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(kept).unwrap()).unwrap();
    assert!(
        kept == document(),
        "write it anew with: cargo run -p candor -- openapi > docs/openapi.json"
    );
}

#[tokio::test]
async fn the_document_and_its_page_are_public_and_run_no_script() {
    let kit = TestDesk::new().await;
    let mut visitor = kit.visitor();
    let served = visitor.get("/api/v1/openapi.json").await;
    assert_eq!(served.json(), document());
    assert_eq!(served.json()["openapi"], "3.1.0");
    let page = visitor.get("/api/docs").await;
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("<script"));
    let policy = page.header("content-security-policy");
    assert!(!policy.contains("script-src"), "{policy}");
    let words = page.words();
    for operation in [
        "Opens a ticket",
        "/api/v1/tickets/{number}/closure",
        "NewReply",
    ] {
        assert!(words.contains(operation), "{operation}");
    }
}

#[tokio::test]
async fn the_health_of_the_desk_is_told() {
    let kit = TestDesk::new().await;
    let mut watcher = kit.visitor();
    assert_eq!(watcher.get("/health/live").await.json()["status"], "live");
    assert_eq!(watcher.get("/health/ready").await.json()["status"], "ready");
}
