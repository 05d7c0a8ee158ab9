//! The ask form.
//!
//! Owns: its fields, the trap for programs, the page of thanks. Must not know: mailboxes, brakes.

use super::visitor::Visitor;
use crate::error::PageResult;
use crate::failure::{Failure, Faults};
use crate::form::Sent;
use crate::i18n::Texts;
use crate::layout::PortalFrame;
use crate::part::Field;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use candor_desk::ticket::OpenTicket;
use candor_desk::visitor;
use candor_domain::message::Channel;
use candor_domain::ticket::Urgency;

#[derive(Template)]
#[template(path = "portal/ask.html")]
struct Ask {
    frame: PortalFrame,
    t: Texts,
    fields: Vec<Field>,
    files_fault: Option<String>,
}

/// `GET /help/ask`
pub(super) async fn show(visitor: Visitor) -> PageResult {
    let page = page(&visitor, &Sent::default(), &Faults::default());
    visitor.render(StatusCode::OK, &page)
}

/// `POST /help/ask`
pub(super) async fn create(visitor: Visitor, mut sent: Sent) -> PageResult {
    let thanks = Redirect::to("/help/thanks").into_response();
    // Nobody sees this field. Whoever fills it in is a program, and learns nothing from the answer.
    if !sent.text("website").is_empty() {
        return Ok(thanks);
    }
    let open = OpenTicket {
        phone: String::new(),
        subject: sent.text("subject").to_owned(),
        body: sent.text("body").to_owned(),
        email: sent.text("email").to_owned(),
        name: sent.text("name").to_owned(),
        mailbox: None,
        channel: Channel::Form,
        kind: None,
        urgency: Urgency::Normal,
        tags: Vec::new(),
        files: Vec::new(),
    };
    let files = std::mem::take(&mut sent.files);
    let asked = visitor::ask(&visitor.app.desk, &visitor.origin(), open, files).await;
    match asked.map_err(Failure::from) {
        Ok(()) => Ok(thanks),
        Err(Failure::Invalid(faults)) => {
            let page = page(&visitor, &sent, &Faults(faults));
            visitor.render(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

fn page(visitor: &Visitor, sent: &Sent, faults: &Faults) -> Ask {
    let t = visitor.t.clone();
    let dressed = |field: Field, name: &str| field.value(sent.text(name)).faults(faults, &t);
    let fields = vec![
        dressed(
            Field::text("name", t.get("portal-name"))
                .autocomplete("name")
                .max_length(120),
            "name",
        ),
        dressed(
            Field::email("email", t.get("portal-email"))
                .autocomplete("email")
                .required()
                .hint(t.get("portal-email-hint")),
            "email",
        ),
        dressed(
            Field::text("subject", t.get("portal-subject"))
                .required()
                .max_length(250),
            "subject",
        ),
        dressed(
            Field::area("body", t.get("portal-body"), 8)
                .required()
                .max_length(50_000)
                .hint(t.get("portal-body-hint")),
            "body",
        ),
    ];
    Ask {
        frame: visitor.frame(t.get("portal-ask-title")),
        fields,
        files_fault: faults.of("files", &t),
        t,
    }
}

#[derive(Template)]
#[template(path = "portal/thanks.html")]
struct Thanks {
    frame: PortalFrame,
    t: Texts,
}

/// `GET /help/thanks`
pub(super) async fn thanks(visitor: Visitor) -> PageResult {
    let t = visitor.t.clone();
    let page = Thanks {
        frame: visitor.frame(t.get("portal-thanks-title")),
        t,
    };
    visitor.render(StatusCode::OK, &page)
}
