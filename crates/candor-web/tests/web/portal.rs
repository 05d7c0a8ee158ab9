//! The customers' pages.

mod ask;
mod request;

use axum::body::Body;
use axum::http::Method;
use candor_desk::link::customer_link;
use candor_desk::ticket::SheetById;
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::ticket::Ticket;
use candor_testkit::{Answer, Browser, TestDesk};

/// What staff know of a ticket.
async fn ticket(kit: &TestDesk, ticket: TicketId) -> Ticket {
    let sheet = kit.desk.ask(&Actor::System, SheetById { ticket }).await;
    sheet.unwrap().ticket
}

/// The page behind the link in a mail about the ticket.
pub(super) async fn page_of(kit: &TestDesk, id: TicketId) -> String {
    let link = customer_link(&kit.desk.config().keys, &ticket(kit, id).await);
    format!("/help/r/{link}")
}

/// A form with files, as a browser sends it.
async fn send_form(
    browser: &mut Browser,
    path: &str,
    texts: &[(&str, &str)],
    files: &[(&str, &[u8])],
) -> Answer {
    let mut body = Vec::new();
    for (name, text) in texts {
        let head =
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    for (name, bytes) in files {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: text/html\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    browser
        .send(Method::POST, path, &headers, Body::from(body))
        .await
}
