//! What keeps a desk from being used against its people: foreign forms, planted sessions, links
//! that lead elsewhere, names that are not ours.

use super::every_route::HEADERS;
use axum::body::Body;
use axum::http::Method;
use candor_testkit::{PASSWORD, TestDesk};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let foreign = [
        [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ],
        [
            ("sec-fetch-site", "same-site"),
            ("origin", "http://other.shop.example"),
        ],
    ];
    for [site, origin] in foreign {
        let headers = [FORM, site, origin];
        let plain = axum::http::Request::builder()
            .method(Method::POST)
            .uri("/settings/teams")
            .header("host", "desk.shop.example")
            .header("cookie", format!("sid={}", mara.cookies()["sid"]));
        let request = headers.iter().fold(plain, |request, (name, value)| {
            request.header(*name, *value)
        });
        let request = request.body(Body::from("name=Evil")).expect("well formed");
        let answer = tower::ServiceExt::oneshot(desk.router(), request)
            .await
            .expect("the router answers");
        assert_eq!(answer.status(), 403, "{origin:?}");
    }
    let teams = mara.get("/settings/teams").await.words();
    assert!(!teams.contains("Evil"), "{teams}");
    let own = mara.post("/settings/teams", &[("name", "Returns")]).await;
    assert_eq!(own.status, 303);
}

#[tokio::test]
async fn after_login_nobody_is_led_to_another_site() {
    let desk = TestDesk::new().await;
    let elsewhere = [
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https:evil.example",
        "https://evil.example/",
        "http://desk.shop.example@evil.example/",
        "javascript:alert(1)",
        "aHR0cHM6Ly9ldmlsLmV4YW1wbGU=",
        "/inbox\r\nLocation: https://evil.example",
        "",
    ];
    for next in elsewhere {
        let mut visitor = desk.visitor();
        let typed = [
            ("email", "mara@shop.example"),
            ("password", PASSWORD),
            ("next", next),
        ];
        let answer = visitor.post("/login", &typed).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, "/inbox"),
            "{next:?}"
        );
    }
    let mut visitor = desk.visitor();
    let asked = visitor.get("/settings/people?x=1").await;
    assert_eq!(
        asked.header("location"),
        "/login?next=/settings/people%3Fx%3D1"
    );
    let typed = [
        ("email", "mara@shop.example"),
        ("password", PASSWORD),
        ("next", "/settings/people?x=1"),
    ];
    let answer = visitor.post("/login", &typed).await;
    assert_eq!(answer.header("location"), "/settings/people?x=1");
}

#[tokio::test]
async fn a_session_from_before_the_login_is_worth_nothing_after_it() {
    let desk = TestDesk::new().await;
    let mut mara = desk.browser("mara").await;
    let before = mara.cookies()["sid"].clone();
    let typed = [("email", "mara@shop.example"), ("password", PASSWORD)];
    assert_eq!(mara.post("/login", &typed).await.status, 303);
    assert_ne!(mara.cookies()["sid"], before);
    let mut planted = desk.visitor();
    let cookie = format!("sid={before}");
    let answer = planted
        .send(
            Method::GET,
            "/account",
            &[("cookie", &cookie)],
            Body::empty(),
        )
        .await;
    assert_eq!(answer.header("location"), "/login?next=/account");
    // What ends on this side ends on the other too.
    let cookie = format!("sid={}", mara.cookies()["sid"]);
    assert_eq!(mara.post("/logout", &[]).await.header("location"), "/login");
    let answer = planted
        .send(
            Method::GET,
            "/account",
            &[("cookie", &cookie)],
            Body::empty(),
        )
        .await;
    assert_eq!(answer.status, 303);
}

#[tokio::test]
async fn over_https_the_cookie_cannot_leave_this_host() {
    let desk = TestDesk::at("https://help.shop.example").await;
    let mut visitor = desk.visitor();
    let typed = [("email", "mara@shop.example"), ("password", PASSWORD)];
    let answer = visitor.post("/login", &typed).await;
    let set: Vec<&str> = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|set| set.to_str().ok())
        .collect();
    let session = set
        .iter()
        .find(|set| set.starts_with("__Host-sid="))
        .expect("a session");
    for flag in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(session.contains(flag), "{session}");
    }
    assert!(!session.contains("Domain"), "{session}");
    for set in set {
        assert!(set.contains("HttpOnly") && set.contains("Secure"), "{set}");
    }
    assert!(
        answer
            .header("strict-transport-security")
            .contains("max-age=63072000")
    );
}

#[tokio::test]
async fn answers_of_every_sort_carry_the_full_header_set() {
    let desk = TestDesk::at("https://help.shop.example").await;
    let mut visitor = desk.visitor();
    let sheet = candor_web::asset::url("candor.css");
    let sorts = [
        (Method::GET, "/login", 200),
        (Method::GET, "/inbox", 303),
        (Method::GET, "/nothing/here", 404),
        (Method::GET, "/settings/people/x.css", 303),
        (Method::DELETE, "/login", 405),
        (Method::GET, "/api/v1/nothing", 404),
        (Method::GET, "/api/v1/tickets", 401),
        (Method::GET, sheet.as_str(), 200),
    ];
    for (method, path, status) in sorts {
        let answer = visitor.send(method, path, &[], Body::empty()).await;
        assert_eq!(answer.status, status, "{path}");
        for name in HEADERS.iter().chain(&["strict-transport-security"]) {
            assert!(answer.headers.contains_key(*name), "{path} lacks {name}");
        }
    }
}

#[tokio::test]
async fn a_foreign_host_name_is_not_served_and_reaches_no_mail() {
    let desk = TestDesk::new().await;
    let typed = Body::from("email=mara%40shop.example");
    let request = axum::http::Request::post("/forgotten")
        .header("host", "evil.example")
        .header(FORM.0, FORM.1)
        .header("origin", "http://evil.example")
        .body(typed)
        .expect("well formed");
    let answer = tower::ServiceExt::oneshot(desk.router(), request)
        .await
        .expect("the router answers");
    assert_eq!(answer.status(), 421);
    let mut visitor = desk.visitor();
    let forwarded = [FORM, ("x-forwarded-host", "evil.example")];
    let typed = Body::from("email=mara%40shop.example");
    assert_eq!(
        visitor
            .send(Method::POST, "/forgotten", &forwarded, typed)
            .await
            .status,
        200
    );
    desk.run_jobs().await;
    let mails = desk.mail_out();
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0]
            .message
            .text
            .contains("http://desk.shop.example/reset/"),
        "{}",
        mails[0].message.text
    );
    assert!(
        !mails[0].message.text.contains("evil"),
        "{}",
        mails[0].message.text
    );
}
