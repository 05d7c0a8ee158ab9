//! Who works when, as a program of a lead reads and writes it.

use super::{faults, post, with_header};
use axum::http::Method;
use candor_domain::permission::Permission;
use candor_testkit::{Browser, TestDesk};
use serde_json::{Value, json};

/// A program of the lead. It is Monday 2 March 2026 in Berlin.
async fn leads_program(kit: &TestDesk) -> Browser {
    let token = kit.token("jonas", &[Permission::ManageLevels]).await;
    kit.visitor().with_token(&token)
}

async fn number_of(kit: &TestDesk, name: &str) -> i64 {
    kit.person(name).await.id.0
}

async fn read(program: &mut Browser, path: &str) -> Value {
    let answer = program.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn a_shift_is_added_changed_taken_away_and_brought_back() {
    let kit = TestDesk::new().await;
    let mut program = leads_program(&kit).await;
    let ayla = number_of(&kit, "ayla").await;
    let shift = json!({
        "person": ayla, "days": ["monday", "friday"], "first": "2026-03-02", "hours": "9-17",
    });
    let key = ("idempotency-key", "from-the-payroll");

    let made = with_header(&mut program, (Method::POST, "/api/v1/shifts"), key, &shift).await;
    let again = with_header(&mut program, (Method::POST, "/api/v1/shifts"), key, &shift).await;

    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.json(), again.json(), "one call, one shift");
    let url = made.json()["url"].as_str().unwrap().to_owned();
    assert_eq!(made.header("location"), url);
    let told = read(&mut program, &url).await;
    assert_eq!(told["hours"], "09:00-17:00");
    assert_eq!(told["days"], json!(["monday", "friday"]));
    assert_eq!(told["last"], Value::Null);

    let later = json!({
        "person": ayla, "days": ["friday"], "first": "2026-03-02", "last": "2026-03-31",
        "hours": "12:00-20:00",
    });
    let changed = program.json(Method::PUT, &url, &later).await;
    assert_eq!(changed.json()["last"], "2026-03-31");
    let roster = read(&mut program, "/api/v1/roster?week=2026-03-04").await;
    assert_eq!(roster["monday"], "2026-03-02");
    assert_eq!(roster["zone"], "Europe/Berlin");
    let days = roster["days"].as_array().unwrap();
    assert_eq!(days.len(), 1, "{roster}");
    assert_eq!(days[0]["from"], "2026-03-06T11:00:00Z", "noon in Berlin");

    let gone = program.json(Method::DELETE, &url, &Value::Null).await;
    assert_eq!(gone.json()["active"], false);
    let empty = read(&mut program, "/api/v1/roster").await;
    assert_eq!(empty["days"], json!([]));
    let changed = program.json(Method::PUT, &url, &shift).await;
    assert_eq!(changed.json()["active"], false, "it stays away");
    let back = post(&mut program, &format!("{url}/return"), &json!({})).await;
    assert_eq!(back.json()["active"], true);
}

#[tokio::test]
async fn an_absence_is_decided_and_taken_back_and_the_roster_tells_of_it() {
    let kit = TestDesk::new().await;
    let mut program = leads_program(&kit).await;
    let (ayla, ben) = (number_of(&kit, "ayla").await, number_of(&kit, "ben").await);
    let shift = json!({ "person": ayla, "first": "2026-03-05", "hours": "9-17" });
    post(&mut program, "/api/v1/shifts", &shift).await;
    let away = json!({
        "person": ayla, "deputy": ben, "first": "2026-03-05", "last": "2026-03-06",
        "kind": "sick", "note": "A cold.",
    });

    let made = post(&mut program, "/api/v1/absences", &away).await;

    assert_eq!(made.status, 201, "{}", made.text());
    let (url, absence) = (made.json()["url"].clone(), made.json()["id"].clone());
    let url = url.as_str().unwrap();
    assert_eq!(made.json()["state"], "approved", "a lead wrote it");
    let roster = read(&mut program, "/api/v1/roster").await;
    assert_eq!(roster["days"][0]["absence"], absence);
    assert_eq!(roster["absences"][0]["deputy"], ben);

    let decision = format!("{url}/decision");
    let no = post(&mut program, &decision, &json!({ "approve": false })).await;
    assert_eq!(no.json()["state"], "declined");
    let open = program.json(Method::DELETE, &decision, &Value::Null).await;
    assert_eq!(open.json()["state"], "asked");
    let off = program.json(Method::DELETE, url, &Value::Null).await;
    assert_eq!(off.json()["state"], "withdrawn");
    let late = post(&mut program, &decision, &json!({ "approve": true })).await;
    assert_eq!(late.status, 409, "{}", late.text());
    let back = post(&mut program, &format!("{url}/return"), &json!({})).await;
    assert_eq!(back.json()["state"], "approved");
    assert_eq!(read(&mut program, url).await["note"], "A cold.");
}

#[tokio::test]
async fn what_is_wrong_with_a_shift_or_an_absence_is_named() {
    let kit = TestDesk::new().await;
    let mut program = leads_program(&kit).await;
    let ayla = number_of(&kit, "ayla").await;
    let wrong = [
        (
            "/api/v1/shifts",
            json!({ "persn": 1, "days": ["someday"], "first": "2026-03-02" }),
            vec!["days", "hours", "person", "persn"],
        ),
        (
            "/api/v1/shifts",
            json!({ "person": ayla, "first": "soon", "hours": "late" }),
            vec!["first", "hours"],
        ),
        (
            "/api/v1/shifts",
            json!({ "person": 4711, "first": "2026-03-02", "hours": "9-17" }),
            vec!["person"],
        ),
        (
            "/api/v1/absences",
            json!({ "person": ayla, "first": "2026-03-05", "kind": "bored" }),
            vec!["kind"],
        ),
        ("/api/v1/absences/1/decision", json!({}), vec!["approve"]),
    ];
    for (path, body, fields) in wrong {
        let answer = post(&mut program, path, &body).await;
        assert_eq!(answer.status, 422, "{path} {body}: {}", answer.text());
        let faults = faults(&answer);
        for field in fields {
            let named = |fault: &String| fault.starts_with(&format!("{field}: "));
            assert!(faults.iter().any(named), "{field} of {path}: {faults:?}");
        }
    }
    assert_eq!(program.get("/api/v1/roster?week=soon").await.status, 422);
    assert_eq!(program.get("/api/v1/shifts/99").await.status, 404);
    assert_eq!(program.get("/api/v1/absences/99").await.status, 404);
}
