//! Opening a ticket for somebody: a call that was taken, a word in the shop.
//!
//! Owns: the form. Must not know: what a ticket needs; the desk says what is missing.

use super::words::{kind_key, urgency_key};
use crate::cookie::Flash;
use crate::error::{PageResult, render_with};
use crate::failure::{Failure, Faults};
use crate::form::Sent;
use crate::i18n::{Texts, key};
use crate::layout::{AppFrame, Columns, Section};
use crate::page::{Page, Rail};
use crate::part::{Choice, Field};
use askama::Template;
use axum::http::StatusCode;
use candor_desk::DeskError;
use candor_desk::ticket::{NewTicketView, OpenTicket, stage_all};
use candor_desk::visitor::Handed;
use candor_domain::mailbox::Mailbox;
use candor_domain::message::Channel;
use candor_domain::ticket::{Kind, Ticket, Urgency};

#[derive(Template)]
#[template(path = "page/ticket/new.html")]
struct NewPage {
    frame: AppFrame,
    t: Texts,
    who: Vec<Field>,
    what: Vec<Field>,
    how: Vec<Field>,
    files_fault: Option<String>,
}

/// `GET /tickets/new`
pub(crate) async fn show(cx: Page) -> PageResult {
    form(&cx, &Sent::default(), &Faults::default(), StatusCode::OK).await
}

/// `POST /tickets`
pub(crate) async fn create(cx: Page, mut sent: Sent) -> PageResult {
    let files = std::mem::take(&mut sent.files);
    match open(&cx, &sent, files).await.map_err(Failure::from) {
        Ok(ticket) => {
            let told = Flash::new("done-opened");
            Ok(cx.lead_to(&format!("/tickets/{}", ticket.id), Some(&told)))
        }
        Err(Failure::Invalid(faults)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            form(&cx, &sent, &Faults(faults), status).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn open(cx: &Page, sent: &Sent, files: Vec<Handed>) -> Result<Ticket, DeskError> {
    let text = |name: &str| sent.text(name).to_owned();
    let verb = OpenTicket {
        subject: text("subject"),
        body: text("body"),
        email: text("email"),
        phone: text("phone"),
        name: text("name"),
        mailbox: Some(text("mailbox")).filter(|mailbox| !mailbox.is_empty()),
        channel: match Channel::parse(sent.text("channel")) {
            Some(Channel::Desk) => Channel::Desk,
            _ => Channel::Phone,
        },
        kind: Kind::parse(sent.text("kind")),
        urgency: Urgency::parse(sent.text("urgency")).unwrap_or(Urgency::Normal),
        tags: Vec::new(),
        files: stage_all(&cx.app.desk, None, files).await?,
    };
    cx.run(verb).await
}

async fn form(cx: &Page, sent: &Sent, faults: &Faults, status: StatusCode) -> PageResult {
    let t = &cx.t;
    let screen = cx.ask(NewTicketView).await?;
    let rail = Rail {
        counts: &screen.counts,
        open: None,
    };
    let filled = |field: Field, name: &str| field.value(sent.text(name)).faults(faults, t);
    let title = t.get("app-new-ticket");
    let page = NewPage {
        frame: cx.frame(&title, Section::Inbox, Columns::Wide, &rail),
        who: vec![
            filled(Field::text("name", t.get("new-name")), "name"),
            filled(
                Field::email("email", t.get("new-email")).hint(t.get("new-email-hint")),
                "email",
            ),
            filled(Field::phone("phone", t.get("new-phone")), "phone"),
        ],
        what: vec![
            filled(
                Field::text("subject", t.get("new-subject"))
                    .required()
                    .max_length(Ticket::MAX_SUBJECT as u32),
                "subject",
            ),
            filled(Field::area("body", t.get("new-body"), 8).required(), "body"),
        ],
        how: how(
            t,
            &screen.mailboxes,
            ["channel", "mailbox", "kind", "urgency"].map(|name| sent.text(name)),
        ),
        files_fault: faults.of("files", t),
        t: t.clone(),
    };
    render_with(status, &page).map(|response| cx.told(response))
}

fn how(t: &Texts, mailboxes: &[Mailbox], typed: [&str; 4]) -> Vec<Field> {
    let [channel, mailbox, kind, urgency] = typed;
    let channels = [
        (Channel::Phone, key("new-by-phone")),
        (Channel::Desk, key("new-by-desk")),
    ];
    let channels = channels.map(|(channel, words)| Choice::new(channel.as_str(), t.get(words)));
    let mut kinds = vec![Choice::new("", t.get("new-no-kind"))];
    kinds.extend(
        Kind::ALL
            .iter()
            .map(|k| Choice::new(k.as_str(), t.get(kind_key(*k)))),
    );
    let urgencies = Urgency::ALL.iter();
    let urgencies = urgencies.map(|u| Choice::new(u.as_str(), t.get(urgency_key(*u))));
    let boxes = mailboxes.iter();
    let boxes = boxes.map(|m| Choice::new(m.address.to_string(), &m.name));
    let urgency = if urgency.is_empty() {
        Urgency::Normal.as_str().to_owned()
    } else {
        urgency.to_owned()
    };
    let mut fields = vec![
        Field::choice("channel", t.get("new-channel"), channels.into()).value(channel),
        Field::choice("kind", t.get("side-kind"), kinds).value(kind),
        Field::choice("urgency", t.get("side-urgency"), urgencies.collect()).value(urgency),
    ];
    if mailboxes.len() > 1 {
        fields
            .push(Field::choice("mailbox", t.get("side-mailbox"), boxes.collect()).value(mailbox));
    }
    fields
}
