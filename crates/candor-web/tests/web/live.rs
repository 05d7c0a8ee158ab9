//! The stream that tells a browser what changed.

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode, header};
use candor_desk::ticket::{Doing, SetPresence};
use candor_testkit::{Browser, TestDesk};
use futures_util::StreamExt;
use tower::ServiceExt;

async fn open(desk: &TestDesk, browser: &Browser, since: Option<&str>) -> BodyDataStream {
    let cookies: Vec<String> = browser
        .cookies()
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let origin = desk.app.site.absolute("");
    let mut request = Request::get("/live")
        .header(header::HOST, origin.split("://").nth(1).unwrap())
        .header(header::COOKIE, cookies.join("; "));
    if let Some(since) = since {
        request = request.header("last-event-id", since);
    }
    let request = request.body(Body::empty()).unwrap();
    let response = desk.router().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(
        response.headers()[header::CONTENT_TYPE],
        "text/event-stream"
    );
    response.into_body().into_data_stream()
}

/// The next event as it stands on the line.
async fn next(stream: &mut BodyDataStream) -> String {
    let bytes = stream.next().await.expect("the stream goes on").unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Everything that is said up to the event that is waited for, that one included. Others may come
/// before it: on PostgreSQL what happened before the stream was opened is numbered a little later.
async fn until(stream: &mut BodyDataStream, wanted: impl Fn(&str) -> bool) -> String {
    let mut heard = String::new();
    loop {
        let event = next(stream).await;
        heard.push_str(&event);
        if wanted(&event) {
            return heard;
        }
    }
}

#[tokio::test]
async fn a_mail_reaches_an_open_page() {
    let desk = TestDesk::new().await;
    let ayla = desk.browser("ayla").await;
    let mut stream = open(&desk, &ayla, None).await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let topic = format!("ticket:{ticket}");
    let heard = until(&mut stream, |event| event.contains(&topic)).await;
    assert!(heard.contains("event: changed"), "{heard}");
    assert!(heard.contains("\"counts\""), "{heard}");
}

#[tokio::test]
async fn a_browser_that_comes_back_is_told_what_it_missed() {
    let desk = TestDesk::new().await;
    let ayla = desk.browser("ayla").await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let mut stream = open(&desk, &ayla, Some("0")).await;
    let topic = format!("ticket:{ticket}");
    let heard = until(&mut stream, |event| event.contains(&topic)).await;
    assert!(heard.contains("id: "), "{heard}");
}

#[tokio::test]
async fn presence_crosses_to_the_others_and_tickets_stay_with_those_who_see_them() {
    let desk = TestDesk::new().await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let mut mara = desk.browser("mara").await;
    mara.post(
        &format!("/tickets/{ticket}/assignment"),
        &[("person", ""), ("team", "")],
    )
    .await;
    let (ayla, cora) = (desk.browser("ayla").await, desk.browser("cora").await);
    let mut for_ayla = open(&desk, &ayla, None).await;
    let mut for_cora = open(&desk, &cora, None).await;
    let doing = Doing::Writing;
    let actor = desk.actor("ben").await;
    desk.desk
        .run(&actor, SetPresence { ticket, doing })
        .await
        .unwrap();
    // A word about the ticket that is none about the lists: only presence says that.
    let topic = format!("\"ticket:{ticket}\"");
    let is_presence = |event: &str| event.contains(&topic) && !event.contains("counts");
    until(&mut for_ayla, is_presence).await;
    // Cora's next word is about something else: she was not told of the ticket.
    let other = desk.mail("lee@customer.example", "Jug", "It leaks.").await;
    let next_word = format!("\"ticket:{other}\"");
    let heard = until(&mut for_cora, |event| event.contains(&next_word)).await;
    assert!(!heard.contains(&topic), "{heard}");
}

#[tokio::test]
async fn the_stream_ends_with_the_session() {
    let desk = TestDesk::new().await;
    let mut ayla = desk.browser("ayla").await;
    let mut stream = open(&desk, &ayla, None).await;
    ayla.post("/logout", &[]).await;
    let ticket = desk
        .mail("kim@customer.example", "Mug", "It wobbles.")
        .await;
    let mut rest = String::new();
    while let Some(bytes) = stream.next().await {
        rest.push_str(&String::from_utf8_lossy(&bytes.unwrap()));
    }
    assert!(!rest.contains(&format!("\"ticket:{ticket}\"")), "{rest}");
}
