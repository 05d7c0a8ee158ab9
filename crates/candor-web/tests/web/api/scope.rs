//! What a token may do.

use super::{narrow, opened, post, program, question};
use axum::http::Method;
use candor_domain::permission::Permission;
use candor_testkit::TestDesk;
use serde_json::json;

#[tokio::test]
async fn nothing_opens_without_a_token() {
    let kit = TestDesk::new().await;
    let mut stranger = kit.visitor();
    let mut liar = kit.visitor().with_token("candor_nonsense");
    for path in ["/api/v1/tickets", "/api/v1/people", "/api/v1/attachments/1"] {
        for browser in [&mut stranger, &mut liar] {
            let refused = browser.get(path).await;
            assert_eq!(refused.status, 401, "{path}");
            assert_eq!(refused.header("www-authenticate"), "Bearer");
            assert_eq!(refused.header("set-cookie"), "");
        }
    }
    let mut person = kit.browser("ayla").await;
    let refused = person.get("/api/v1/tickets").await;
    assert_eq!(refused.status, 401, "a session is no token");
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_and_no_more() {
    let kit = TestDesk::new().await;
    let number = opened(&mut program(&kit).await).await;
    let mut reader = narrow(&kit, &[Permission::ReadTickets]).await;
    let path = format!("/api/v1/tickets/{number}");
    assert_eq!(reader.get(&path).await.status, 200);
    let text = json!({ "body": "x" });
    let refused = [
        (Method::POST, "/api/v1/tickets".to_owned(), question()),
        (Method::POST, format!("{path}/replies"), text.clone()),
        (Method::POST, format!("{path}/notes"), text),
        (Method::POST, format!("{path}/closure"), json!(null)),
        (Method::PATCH, path.clone(), json!({ "urgency": "urgent" })),
        (
            Method::PATCH,
            path.clone(),
            json!({ "assignee": null, "team": null }),
        ),
        (Method::PATCH, path.clone(), json!({ "spam": true })),
        (Method::GET, "/api/v1/customers/1".to_owned(), json!(null)),
    ];
    for (method, path, body) in refused {
        let answer = reader.json(method.clone(), &path, &body).await;
        assert_eq!(answer.status, 403, "{method} {path} {body}");
    }

    let mut form = narrow(&kit, &[Permission::Reply]).await;
    assert_eq!(
        post(&mut form, "/api/v1/tickets", &question()).await.status,
        201
    );
    assert_eq!(form.get("/api/v1/tickets").await.status, 403);
}

#[tokio::test]
async fn tickets_that_a_person_does_not_see_are_not_there_for_their_token() {
    let kit = TestDesk::new().await;
    let mut agent = program(&kit).await;
    let number = opened(&mut agent).await;
    let path = format!("/api/v1/tickets/{number}");
    let away = json!({ "team": null, "assignee": null });
    agent.json(Method::PATCH, &path, &away).await;
    let token = kit.token("cora", &[]).await;
    let mut cora = kit.visitor().with_token(&token);
    assert_eq!(cora.get(&path).await.status, 404);
    assert_eq!(cora.get(&format!("{path}/messages")).await.status, 404);
    let note = post(&mut cora, &format!("{path}/notes"), &json!({ "body": "x" })).await;
    assert_eq!(note.status, 404);
    let found = cora.get("/api/v1/search?q=bags").await.json();
    assert_eq!(found["items"], json!([]));
    let numbered = cora.get(&format!("/api/v1/search?q={number}")).await.json();
    assert_eq!(numbered["items"], json!([]));
}
