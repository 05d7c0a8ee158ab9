//! Skills, as a program of a lead reads and writes them.

use super::{faults, post};
use axum::http::Method;
use candor_domain::permission::Permission;
use candor_testkit::TestDesk;
use serde_json::{Value, json};

#[tokio::test]
async fn a_skill_is_added_changed_taken_away_and_brought_back() {
    let kit = TestDesk::new().await;
    let token = kit.token("jonas", &[Permission::ManageTeams]).await;
    let mut program = kit.visitor().with_token(&token);
    let ben = kit.person("ben").await.id.0;
    let skill = json!({ "name": "German", "languages": ["DE"], "people": [ben] });

    let made = post(&mut program, "/api/v1/skills", &skill).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let url = made.json()["url"].as_str().unwrap().to_owned();
    assert_eq!(made.header("location"), url);
    assert_eq!(made.json()["languages"], json!(["de"]));
    let again = post(&mut program, "/api/v1/skills", &skill).await;
    assert_eq!(again.status, 409, "{}", again.text());

    let more = json!({ "name": "German", "languages": ["de"], "tags": ["Umlaut"], "people": [] });
    let changed = program.json(Method::PUT, &url, &more).await;
    assert_eq!(changed.json()["tags"], json!(["umlaut"]));
    let gone = program.json(Method::DELETE, &url, &Value::Null).await;
    assert_eq!(gone.json()["active"], false);
    let back = post(&mut program, &format!("{url}/return"), &json!({})).await;
    assert_eq!(back.json(), program.get(&url).await.json());
    let list = program.get("/api/v1/skills").await.json();
    assert_eq!(list["items"][0], back.json());
}

#[tokio::test]
async fn what_is_no_skill_is_named() {
    let kit = TestDesk::new().await;
    let token = kit.token("jonas", &[Permission::ManageTeams]).await;
    let mut program = kit.visitor().with_token(&token);
    let wrong = json!({ "name": "German", "tags": "de", "people": ["ben"] });
    let refused = post(&mut program, "/api/v1/skills", &wrong).await;
    assert_eq!(refused.status, 422);
    let lists = [
        "people: This must be a list of positive whole numbers.",
        "tags: This must be a list of texts.",
    ];
    assert_eq!(faults(&refused), lists);
    let needless = json!({ "name": "German" });
    let refused = post(&mut program, "/api/v1/skills", &needless).await;
    let words = "tags: Please name at least one tag or language: otherwise no ticket needs it.";
    assert_eq!(faults(&refused), [words]);
}
