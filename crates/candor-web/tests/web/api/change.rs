//! Changing tickets.

use super::{opened, program, with_header};
use axum::http::Method;
use candor_testkit::TestDesk;
use serde_json::{Value, json};

#[tokio::test]
async fn a_change_needs_the_version_that_was_seen() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let path = format!("/api/v1/tickets/{}", opened(&mut program).await);
    let tag = program.get(&path).await.header("etag").to_owned();
    let change = json!({ "urgency": "urgent", "tags": ["parcel"], "kind": "complaint" });
    let to = (Method::PATCH, path.as_str());
    let done = with_header(&mut program, to.clone(), ("if-match", &tag), &change).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(done.json()["tags"], json!(["parcel"]));
    assert_ne!(done.header("etag"), tag);

    let late = json!({ "kind": null });
    for stale in [tag.as_str(), "W/\"1\"", "nonsense"] {
        let refused = with_header(&mut program, to.clone(), ("if-match", stale), &late).await;
        assert_eq!(refused.status, 412, "{stale}");
        assert_eq!(refused.json()["type"], "urn:candor:problem:precondition");
    }
    assert_eq!(program.get(&path).await.json()["kind"], "complaint");
    let cleared = with_header(&mut program, to, ("if-match", "*"), &late).await;
    assert_eq!(cleared.json()["kind"], Value::Null);
}

#[tokio::test]
async fn all_of_a_change_happens_or_nothing() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let path = format!("/api/v1/tickets/{}", opened(&mut program).await);
    let open = json!({ "status": "open" });
    let before = program.json(Method::PATCH, &path, &open).await.json();
    let never_new_again = json!({ "urgency": "can_wait", "status": "new" });
    let nobody = json!({ "tags": ["x"], "assignee": 999 });
    for (change, status) in [(never_new_again, 409), (nobody, 422)] {
        let refused = program.json(Method::PATCH, &path, &change).await;
        assert_eq!(refused.status, status, "{}", refused.text());
    }
    assert_eq!(program.get(&path).await.json(), before);
}

#[tokio::test]
async fn a_ticket_is_given_to_somebody_and_taken_back() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let path = format!("/api/v1/tickets/{}", opened(&mut program).await);
    let ben = kit.person("ben").await.id.0;
    let given = program
        .json(
            Method::PATCH,
            &path,
            &json!({ "assignee": ben, "team": null }),
        )
        .await;
    assert_eq!(given.json()["assignee"]["name"], "Ben");
    assert_eq!(given.json()["team"], Value::Null);
    let back = program
        .json(Method::PATCH, &path, &json!({ "assignee": null }))
        .await;
    assert_eq!(back.json()["assignee"], Value::Null);
}

#[tokio::test]
async fn a_ticket_is_closed_and_opened_again_however_often_it_is_said() {
    let kit = TestDesk::new().await;
    let mut program = program(&kit).await;
    let ticket = format!("/api/v1/tickets/{}", opened(&mut program).await);
    let path = format!("{ticket}/closure");
    let status = async |program: &mut candor_testkit::Browser, method: Method| {
        let answer = program.json(method, &path, &Value::Null).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status(&mut program, Method::DELETE).await, "new");
    assert_eq!(status(&mut program, Method::POST).await, "closed");
    assert_eq!(status(&mut program, Method::POST).await, "closed");
    assert_eq!(status(&mut program, Method::DELETE).await, "open");
    assert_eq!(status(&mut program, Method::DELETE).await, "open");
}
