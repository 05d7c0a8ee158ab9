//! Opening a ticket for somebody: a call that was taken, a word in the shop.
//!
//! Owns: the form. Must not know: what a ticket needs; the desk says what is missing.

use super::words::{kind_key, urgency_key};
use crate::cookie::Flash;
use crate::error::{PageResult, render_with};
use crate::failure::{Failure, Faults};
use crate::i18n::{Texts, key};
use crate::layout::{AppFrame, Columns, Section};
use crate::page::{Page, Rail};
use crate::part::{Choice, Field};
use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use candor_desk::ticket::{NewTicketView, OpenTicket};
use candor_domain::mailbox::Mailbox;
use candor_domain::message::Channel;
use candor_domain::ticket::{Kind, Ticket, Urgency};
use serde::Deserialize;

/// The form as it was filled in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    channel: String,
    name: String,
    email: String,
    subject: String,
    body: String,
    mailbox: String,
    kind: String,
    urgency: String,
}

#[derive(Template)]
#[template(path = "page/ticket/new.html")]
struct NewPage {
    frame: AppFrame,
    t: Texts,
    who: Vec<Field>,
    what: Vec<Field>,
    how: Vec<Field>,
}

/// `GET /tickets/new`
pub(crate) async fn show(cx: Page) -> PageResult {
    form(&cx, Typed::default(), &Faults::default(), StatusCode::OK).await
}

/// `POST /tickets`
pub(crate) async fn create(cx: Page, Form(typed): Form<Typed>) -> PageResult {
    let verb = OpenTicket {
        subject: typed.subject.clone(),
        body: typed.body.clone(),
        email: typed.email.clone(),
        name: typed.name.clone(),
        mailbox: Some(typed.mailbox.clone()).filter(|mailbox| !mailbox.is_empty()),
        channel: match Channel::parse(&typed.channel) {
            Some(Channel::Desk) => Channel::Desk,
            _ => Channel::Phone,
        },
        kind: Kind::parse(&typed.kind),
        urgency: Urgency::parse(&typed.urgency).unwrap_or(Urgency::Normal),
        tags: Vec::new(),
        files: Vec::new(),
    };
    match cx.run(verb).await.map_err(Failure::from) {
        Ok(ticket) => {
            let told = Flash::new("done-opened");
            Ok(cx.lead_to(&format!("/tickets/{}", ticket.id), Some(&told)))
        }
        Err(Failure::Invalid(faults)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            form(&cx, typed, &Faults(faults), status).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn form(cx: &Page, typed: Typed, faults: &Faults, status: StatusCode) -> PageResult {
    let t = &cx.t;
    let screen = cx.ask(NewTicketView).await?;
    let rail = Rail {
        counts: &screen.counts,
        open: None,
    };
    let title = t.get("app-new-ticket");
    let page = NewPage {
        frame: cx.frame(&title, Section::Inbox, Columns::Wide, &rail),
        who: vec![
            Field::text("name", t.get("new-name")).value(typed.name),
            Field::email("email", t.get("new-email"))
                .value(typed.email)
                .required(),
        ],
        what: vec![
            Field::text("subject", t.get("new-subject"))
                .value(typed.subject)
                .required()
                .max_length(Ticket::MAX_SUBJECT as u32),
            Field::area("body", t.get("new-body"), 8)
                .value(typed.body)
                .required(),
        ]
        .into_iter()
        .map(|field| field.faults(faults, t))
        .collect(),
        how: how(
            t,
            &screen.mailboxes,
            [&typed.channel, &typed.mailbox, &typed.kind, &typed.urgency],
        ),
        t: t.clone(),
    };
    let page = NewPage {
        who: page
            .who
            .into_iter()
            .map(|field| field.faults(faults, t))
            .collect(),
        ..page
    };
    render_with(status, &page).map(|response| cx.told(response))
}

fn how(t: &Texts, mailboxes: &[Mailbox], typed: [&String; 4]) -> Vec<Field> {
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
        urgency.clone()
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
