//! Every route is called as everybody. A route that stands in no table fails.

use axum::body::Body;
use axum::http::{Method, Request, Response, header};
use candor_desk::link::customer_link;
use candor_desk::people::Deactivate;
use candor_domain::actor::Actor;
use candor_domain::permission::Permission;
use candor_testkit::{Browser, TestDesk};
use candor_web::app::book;
use candor_web::route::{Admission, Route};
use std::collections::BTreeSet;
use tower::ServiceExt;

/// Who is let in at least, and where: `agent POST /customers`. Everybody further up is let in too.
const TABLE: &str = include_str!("routes.txt");

/// The headers that every answer carries.
pub(super) const HEADERS: [&str; 11] = [
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "cross-origin-embedder-policy",
    "permissions-policy",
    "x-permitted-cross-domain-policies",
    "x-frame-options",
    "cache-control",
    "x-request-id",
];

/// The callers of pages, from the least to the most trusted.
const STEPS: [&str; 6] = ["anybody", "staff", "collaborator", "agent", "lead", "owner"];

struct Line {
    least: &'static str,
    method: &'static str,
    path: &'static str,
}

fn table() -> Vec<Line> {
    let lines = TABLE.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [least, method, path] = words[..] else {
                panic!("this is no line of the table: {line}");
            };
            Line {
                least,
                method,
                path,
            }
        })
        .collect()
}

#[test]
fn the_table_knows_every_route_and_no_other() {
    let written: BTreeSet<String> = table()
        .iter()
        .map(|line| format!("{} {}", line.method, line.path))
        .collect();
    let there: BTreeSet<String> = book()
        .routes()
        .iter()
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let unknown: Vec<_> = there.difference(&written).collect();
    let gone: Vec<_> = written.difference(&there).collect();
    assert!(
        unknown.is_empty() && gone.is_empty(),
        "not in tests/web/routes.txt: {unknown:#?}; no such route any more: {gone:#?}"
    );
}

/// What a new desk has one of, once a mail has come in.
const THERE: [&str; 6] = [
    "{customer}",
    "{mailbox}",
    "{person}",
    "{role}",
    "{team}",
    "{ticket}",
];

/// Nothing to show: the first run is over, and nobody has begun a draft.
const WITHOUT_A_PAGE: [&str; 2] = ["/setup", "/tickets/{ticket}/draft/files"];

/// Somebody who calls.
struct Caller {
    name: &'static str,
    cookie: String,
}

async fn caller(desk: &TestDesk, name: &'static str, person: &str) -> Caller {
    let browser = desk.browser(person).await;
    Caller {
        name,
        cookie: cookies(&browser),
    }
}

fn cookies(browser: &Browser) -> String {
    let pairs = browser.cookies().iter();
    let pairs: Vec<String> = pairs
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("; ")
}

async fn callers(desk: &TestDesk) -> Vec<Caller> {
    let anybody = Caller {
        name: "anybody",
        cookie: String::new(),
    };
    // A customer's link opens a ticket and is no login.
    let ticket = desk
        .mail("bob@customer.example", "My grinder", "It does not grind.")
        .await;
    let read = desk.desk.store().read(move |tx| tx.ticket(ticket)).await;
    let ticket = read
        .expect("the ticket can be read")
        .expect("the ticket is there");
    let customer = Caller {
        name: "a customer with a link",
        cookie: format!("sid={}", customer_link(&desk.desk.config().keys, &ticket)),
    };
    vec![
        anybody,
        customer,
        caller(desk, "collaborator", "cora").await,
        caller(desk, "agent", "ayla").await,
        caller(desk, "lead", "jonas").await,
        caller(desk, "owner", "mara").await,
    ]
}

/// Calls a route and gives the answer without waiting for the end of its body: one is a stream.
async fn call(
    desk: &TestDesk,
    route: &Route,
    there: &[&str],
    (name, value): (header::HeaderName, &str),
) -> Response<Body> {
    let mut request = Request::builder()
        .method(route.method.clone())
        .uri(filled(&route.path, there))
        .header(header::HOST, "desk.shop.example")
        .header(header::ORIGIN, "http://desk.shop.example")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, content_type(route));
    if !value.is_empty() {
        request = request.header(name, value);
    }
    let body = if matches!(route.admission, Admission::Api(_)) {
        "{}"
    } else {
        ""
    };
    let request = request
        .body(Body::from(body))
        .expect("the request is well formed");
    desk.router()
        .oneshot(request)
        .await
        .expect("the router answers")
}

fn content_type(route: &Route) -> &'static str {
    match route.admission {
        Admission::Api(_) => "application/json",
        _ => "application/x-www-form-urlencoded",
    }
}

/// The path with something in each placeholder: a number that belongs to nobody, unless the first
/// of its kind is there.
fn filled(path: &str, there: &[&str]) -> String {
    let part = |part: &str| match part {
        known if there.contains(&known) => "1".to_owned(),
        unknown if unknown.starts_with('{') => "0".to_owned(),
        other => other.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn is_let_in(answer: &Response<Body>) -> bool {
    let to = answer
        .headers()
        .get(header::LOCATION)
        .and_then(|to| to.to_str().ok());
    let shown_the_door = to.is_some_and(|to| to.starts_with("/login?next="));
    !shown_the_door && !matches!(answer.status().as_u16(), 401 | 403)
}

fn rank(least: &str) -> usize {
    STEPS
        .iter()
        .position(|step| *step == least)
        .unwrap_or_else(|| panic!("nobody is called {least}"))
}

fn judge(route: &Route, who: &str, expected: bool, answer: &Response<Body>) -> Option<String> {
    let status = answer.status().as_u16();
    let missing: Vec<_> = HEADERS
        .iter()
        .filter(|name| !answer.headers().contains_key(**name))
        .collect();
    let line = format!("{} {} as {who}: {status}", route.method, route.path);
    if !missing.is_empty() {
        Some(format!("{line} without {missing:?}"))
    } else if status >= 500 {
        Some(format!("{line}, a fault of ours"))
    } else if is_let_in(answer) != expected {
        Some(format!("{line}, but let in should be {expected}"))
    } else {
        None
    }
}

#[tokio::test]
async fn every_page_lets_in_who_may_and_nobody_else() {
    let desk = TestDesk::new().await;
    let mut wrong = Vec::new();
    let mut callers = callers(&desk).await;
    let left = caller(&desk, "somebody who left", "ben").await;
    desk.desk
        .run(
            &Actor::System,
            Deactivate {
                person: desk.person("ben").await.id,
            },
        )
        .await
        .expect("the desk itself may");
    callers.push(left);
    let lines = table();
    for route in book().routes() {
        let Some(line) = lines
            .iter()
            .find(|line| line.path == route.path && line.method == route.method.as_str())
        else {
            continue; // the other test names it
        };
        // Logging out and ending logins would end those of the callers.
        let ends_logins = line.path == "/logout" || line.path.starts_with("/account/sessions");
        if line.least.starts_with("token") || ends_logins {
            continue;
        }
        for caller in &callers {
            let own = STEPS
                .iter()
                .position(|step| *step == caller.name)
                .unwrap_or(0);
            let expected = own >= rank(line.least);
            let answer = call(&desk, route, &[], (header::COOKIE, &caller.cookie)).await;
            wrong.extend(judge(route, caller.name, expected, &answer));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn every_api_route_asks_for_a_token_with_its_scope() {
    let desk = TestDesk::new().await;
    let full = desk.token("mara", &[]).await;
    let session = cookies(&desk.browser("mara").await);
    let mut wrong = Vec::new();
    for route in book().routes() {
        let Admission::Api(scope) = route.admission else {
            continue;
        };
        let other = Permission::ALL
            .iter()
            .find(|permission| **permission != scope)
            .expect("there are several");
        let narrow = desk.token("mara", &[*other]).await;
        let callers = [
            ("nobody", header::AUTHORIZATION, String::new(), false),
            ("a session", header::COOKIE, session.clone(), false),
            (
                "another scope",
                header::AUTHORIZATION,
                format!("Bearer {narrow}"),
                false,
            ),
            (
                "no token of ours",
                header::AUTHORIZATION,
                "Bearer candor_0".to_owned(),
                false,
            ),
            (
                "a full token",
                header::AUTHORIZATION,
                format!("Bearer {full}"),
                true,
            ),
        ];
        for (who, name, value, expected) in callers {
            let answer = call(&desk, route, &[], (name, &value)).await;
            wrong.extend(judge(route, who, expected, &answer));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn looking_at_pages_changes_nothing() {
    let desk = TestDesk::new().await;
    desk.mail("bob@customer.example", "My grinder", "It does not grind.")
        .await;
    let owner = caller(&desk, "owner", "mara").await;
    let before = entries(&desk).await;
    let mut wrong = Vec::new();
    for route in book()
        .routes()
        .iter()
        .filter(|route| route.method == Method::GET)
    {
        let answer = call(&desk, route, &THERE, (header::COOKIE, &owner.cookie)).await;
        // A page about nothing in particular, or about something that is there, opens.
        let there = answer.status().is_success() || answer.status().is_redirection();
        let about_nothing = filled(&route.path, &THERE)
            .split('/')
            .any(|part| part == "0");
        let is_page = !about_nothing && !matches!(route.admission, Admission::Api(_));
        if is_page && !there && !WITHOUT_A_PAGE.contains(&route.path.as_str()) {
            wrong.push(format!("{}: {}", route.path, answer.status()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(entries(&desk).await, before, "a GET wrote into the history");
}

async fn entries(desk: &TestDesk) -> usize {
    let read = desk
        .desk
        .store()
        .read(|tx| tx.entries_after(0, 1_000_000))
        .await;
    read.expect("the history can be read").len()
}
