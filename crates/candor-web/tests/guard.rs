//! What stands around every request: the header set, the checks, the worded failures.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Path;
use axum::http::request::{Builder, Parts};
use axum::http::{Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::{Json, Router};
use candor_domain::permission::Permission;
use candor_web::asset;
use candor_web::error::{ApiError, PageError};
use candor_web::failure::{Failure, FieldFault};
use candor_web::guard::{MailFrame, Reader, around};
use candor_web::i18n::Language;
use candor_web::route::{Admission, Doorkeeper, RouteBook};
use candor_web::site::Site;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use tower::ServiceExt;

/// Lets in whoever says a name; "grete" reads German.
#[derive(Clone)]
struct Door;

impl Doorkeeper for Door {
    async fn admit(&self, admission: Admission, parts: &mut Parts) -> Result<(), Failure> {
        let who = parts.headers.get("x-who");
        if who.is_some_and(|who| who == "grete")
            && let Some(reader) = parts.extensions.get::<Reader>()
        {
            reader.prefer(Language::German, TimeZone::UTC);
        }
        match admission {
            Admission::Public | Admission::Customer => Ok(()),
            _ if who.is_none() => Err(Failure::SignIn),
            Admission::Staff | Admission::Api(_) => Ok(()),
            Admission::Permission(_) => Err(Failure::NotAllowed),
        }
    }
}

fn book() -> RouteBook<Door> {
    use Admission::{Api, Public, Staff};
    let mut book = RouteBook::new();
    book.get(asset::PATH, Public, asset::show)
        .get("/", Public, async || Redirect::to("/inbox"))
        .get("/inbox", Staff, async || "the inbox")
        .get(
            "/settings",
            Admission::Permission(Permission::ManageBrand),
            async || "never reached",
        )
        .get("/panic", Public, async || -> String {
            panic!("a table is missing")
        })
        .get(
            "/number/{number}",
            Public,
            async |Path(number): Path<i64>| number.to_string(),
        )
        .post("/tickets", Staff, async |_: String| StatusCode::CREATED)
        .delete("/tickets/{ticket}/closure", Staff, async |_: Path<i64>| {
            StatusCode::NO_CONTENT
        })
        .get("/mail/{images}", Staff, async |Path(images): Path<bool>| {
            let mut response = "<p>Hello</p>".into_response();
            response.extensions_mut().insert(MailFrame {
                remote_images: images,
            });
            response
        })
        .get("/slow", Public, async || {
            PageError(Failure::SlowDown { retry_after_s: 90 })
        })
        .post(
            "/api/v1/tickets",
            Api(Permission::Reply),
            async |Json(_): Json<Value>| {
                let fault = FieldFault::new("subject", "error-invalid-what");
                ApiError(Failure::Invalid(vec![fault]))
            },
        );
    book
}

fn desk_at(public_url: &str) -> Router {
    let site = Site::new(public_url, ([127, 0, 0, 1], 8080).into()).expect("an origin");
    around(book().into_router().with_state(Door), Arc::new(site))
}

struct Answer {
    status: StatusCode,
    headers: header::HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("ASCII"))
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }
}

fn get(path: &str) -> Builder {
    Request::get(path).header("host", "help.example.com")
}

fn post(path: &str) -> Builder {
    Request::post(path)
        .header("host", "help.example.com")
        .header("x-who", "ann")
}

async fn ask(request: Builder, body: impl Into<Body>) -> Answer {
    let request = request.body(body.into()).expect("a valid request");
    ask_at("https://help.example.com", request).await
}

async fn ask_at(public_url: &str, request: Request<Body>) -> Answer {
    let response = match desk_at(public_url).oneshot(request).await {
        Ok(response) => response,
        Err(impossible) => match impossible {},
    };
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body in memory");
    Answer {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8_lossy(&body).into_owned(),
    }
}

#[tokio::test]
async fn every_answer_carries_the_full_header_set() {
    let answers = [
        (303, ask(get("/"), "").await),
        (200, ask(get(&asset::url("candor.css")), "").await),
        (404, ask(get("/assets/x/nothing"), "").await),
        (404, ask(get("/nowhere"), "").await),
        (404, ask(get("/api/v1/nowhere"), "").await),
        (405, ask(post("/inbox"), "").await),
        (400, ask(get("/number/seven"), "").await),
        (500, ask(get("/panic"), "").await),
        (303, ask(get("/inbox"), "").await),
        (200, ask(get("/inbox").header("x-who", "ann"), "").await),
        (403, ask(get("/settings").header("x-who", "ann"), "").await),
        (413, ask(post("/tickets"), "x".repeat(300 * 1024)).await),
        (
            421,
            ask(Request::get("/").header("host", "evil.example"), "").await,
        ),
        (
            403,
            ask(
                post("/tickets").header("origin", "https://evil.example"),
                "",
            )
            .await,
        ),
        (
            401,
            ask(
                Request::post("/api/v1/tickets").header("host", "help.example.com"),
                "{}",
            )
            .await,
        ),
    ];
    for (status, answer) in answers {
        assert_eq!(answer.status, status, "{}", answer.text);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"));
        for rule in [
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(rule), "{rule}");
        }
        assert!(!policy.contains("unsafe"));
        let fixed = [
            (
                "strict-transport-security",
                "max-age=63072000; includeSubDomains",
            ),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("x-frame-options", "DENY"),
            ("server", ""),
        ];
        for (name, value) in fixed {
            assert_eq!(answer.header(name), value, "{name} at {status}");
        }
        assert!(answer.header("permissions-policy").contains("camera=()"));
        assert!(!answer.header("cache-control").is_empty());
        assert_eq!(answer.header("x-request-id").len(), 16);
    }
}

#[tokio::test]
async fn what_people_see_is_kept_by_nobody() {
    let answer = ask(get("/inbox").header("x-who", "ann"), "").await;
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn plain_http_promises_no_https() {
    let request = Request::get("/").header("host", "192.168.1.7:8080");
    let request = request.body(Body::empty()).expect("a valid request");
    let answer = ask_at("http://desk.lan:8080", request).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_mail_is_framed_by_us_alone_and_runs_nothing() {
    for (images, sources) in [(false, "img-src data:;"), (true, "img-src data: https:;")] {
        let request = get(&format!("/mail/{images}")).header("x-who", "ann");
        let answer = ask(request, "").await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with(
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
        ));
        assert!(policy.contains(sources), "{policy}");
        assert!(policy.contains("frame-ancestors 'self'"));
        assert!(!policy.contains("script") && !policy.contains("same-origin"));
        assert_eq!(answer.header("x-frame-options"), "SAMEORIGIN");
    }
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let refused = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "null"),
        ("origin", "https://evil.example"),
        ("origin", "https://help.example.com.evil.example"),
        ("origin", "https://xhelp.example.com"),
    ];
    for (name, value) in refused {
        let answer = ask(post("/tickets").header(name, value), "").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(answer.text.contains("This was sent from another site"));
    }
    let accepted = [
        ("sec-fetch-site", "same-origin"),
        ("origin", "https://help.example.com"),
        ("user-agent", "curl"),
    ];
    for (name, value) in accepted {
        let answer = ask(post("/tickets").header(name, value), "").await;
        assert_eq!(answer.status, StatusCode::CREATED, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_forwarded_host_is_not_believed() {
    let request = get("/").header("x-forwarded-host", "evil.example");
    let answer = ask(request, "").await;
    assert_eq!(answer.header("location"), "/inbox");
    assert!(!answer.text.contains("evil.example"));
}

#[tokio::test]
async fn who_is_not_logged_in_is_led_through_login_and_back() {
    let answer = ask(get("/inbox?list=mine&x=1"), "").await;
    assert_eq!(
        answer.header("location"),
        "/login?next=/inbox%3Flist%3Dmine%26x%3D1"
    );
}

#[tokio::test]
async fn a_failure_speaks_the_readers_language() {
    let english = ask(get("/nowhere"), "").await;
    assert!(english.text.contains("This page is not here"));
    let german = ask(get("/nowhere").header("accept-language", "de-AT"), "").await;
    assert!(german.text.contains("Diese Seite gibt es hier nicht"));
    let grete = get("/settings").header("x-who", "grete");
    let grete = ask(grete.header("accept-language", "en"), "").await;
    assert!(grete.text.contains("Das dürfen Sie hier nicht"));
}

#[tokio::test]
async fn a_panic_tells_the_reader_nothing_technical() {
    let answer = ask(get("/panic"), "").await;
    assert!(answer.text.contains("That was our mistake"));
    assert!(answer.text.contains(answer.header("x-request-id")));
    assert!(!answer.text.contains("a table is missing"));
}

#[tokio::test]
async fn programs_get_problem_documents() {
    let request = post("/api/v1/tickets").header("content-type", "application/json");
    let answer = ask(request, "{}").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let mut problem = answer.json();
    let instance = problem["instance"].take();
    assert_eq!(instance, answer.header("x-request-id"));
    assert_eq!(
        problem,
        json!({
            "type": "urn:candor:problem:invalid",
            "title": "Something in the form needs another look",
            "status": 422,
            "detail": "Go back, correct what is named here and send it again.",
            "instance": null,
            "errors": [{"field": "subject", "detail": "Something in the form needs another look"}],
        })
    );
    let json = post("/api/v1/tickets").header("content-type", "application/json");
    let broken = ask(json, "{\"subject\": ").await;
    assert_eq!(broken.json()["type"], "urn:candor:problem:unreadable");
    let typed = post("/api/v1/tickets").header("content-type", "text/plain");
    let wrong_type = ask(typed, "{}").await;
    assert_eq!(
        wrong_type.json()["type"],
        "urn:candor:problem:wrong-media-type"
    );
    let method = ask(get("/api/v1/tickets").header("x-who", "ann"), "").await;
    assert_eq!(method.json()["status"], 405);
    assert_eq!(method.header("allow"), "POST");
}

#[tokio::test]
async fn who_tries_too_often_learns_when_to_come_back() {
    let answer = ask(get("/slow"), "").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.header("retry-after"), "90");
}

#[tokio::test]
async fn taking_away_works_with_and_without_a_script() {
    let delete = Request::delete("/tickets/7/closure")
        .header("host", "help.example.com")
        .header("x-who", "ann");
    assert_eq!(ask(delete, "").await.status, StatusCode::NO_CONTENT);
    let form = ask(post("/tickets/7/closure/removal"), "").await;
    assert_eq!(form.status, StatusCode::NO_CONTENT);
}

#[test]
fn the_table_names_every_route_with_who_is_let_in() {
    let book = book();
    let table: Vec<_> = book
        .routes()
        .iter()
        .filter(|route| route.method != Method::GET)
        .map(|route| format!("{} {} {:?}", route.method, route.path, route.admission))
        .collect();
    assert_eq!(
        table,
        [
            "POST /tickets Staff",
            "POST /tickets/{ticket}/closure/removal Staff",
            "DELETE /tickets/{ticket}/closure Staff",
            "POST /api/v1/tickets Api(Reply)",
        ]
    );
}

#[tokio::test]
async fn nobody_passes_the_doorkeeper_by_another_method() {
    let head = Request::head("/inbox").header("host", "help.example.com");
    assert_eq!(ask(head, "").await.status, StatusCode::SEE_OTHER);
}
