//! The request page behind a customer's link.
//!
//! Owns: reading, answering, settling. Must not know: whether a link that opens nothing ever did.

use super::conversation::Said;
use super::promises::{given, owed};
use super::visitor::Visitor;
use crate::cookie::Flash;
use crate::download;
use crate::error::{PageError, PageResult};
use crate::failure::{Conflict, Failure, Faults};
use crate::form::Sent;
use crate::i18n::{Texts, key};
use crate::layout::PortalFrame;
use crate::part::{ActionButton, Chip, Field, Tone};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use candor_desk::rating::RatingView;
use candor_desk::ticket::{ChangeTicket, CustomerPage, CustomerView, FileOf, OpenLink, UndoChange};
use candor_desk::{DeskError, blob, visitor};
use candor_domain::actor::Actor;
use candor_domain::id::{AttachmentId, TicketId};
use candor_domain::ticket::{Change, Status};

#[derive(Template)]
#[template(path = "portal/request.html")]
struct Request {
    frame: PortalFrame,
    t: Texts,
    subject: String,
    status: Chip,
    next: String,
    owed: Option<(String, bool)>,
    given: Option<(String, bool)>,
    messages: Vec<Said>,
    answer: Field,
    action: String,
    files_fault: Option<String>,
    follows: bool,
    settle: Option<ActionButton>,
    rate: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/gone.html")]
struct Gone {
    frame: PortalFrame,
    t: Texts,
}

/// `GET /help/r/{token}`
pub(super) async fn show(visitor: Visitor, Path(token): Path<String>) -> PageResult {
    shown(visitor, &token, &Sent::default(), &Faults::default()).await
}

/// `POST /help/r/{token}/answers`
pub(super) async fn answer(
    visitor: Visitor,
    Path(token): Path<String>,
    mut sent: Sent,
) -> PageResult {
    let Some((customer, ticket)) = open(&visitor, &token).await? else {
        return gone(&visitor);
    };
    let said = (ticket, sent.text("body").to_owned());
    let files = std::mem::take(&mut sent.files);
    let desk = &visitor.app.desk;
    let answered = visitor::answer(desk, &customer, said, &visitor.origin(), files).await;
    match answered.map_err(Failure::from) {
        Ok(answered) => {
            let told = if answered.ticket == ticket {
                Flash::new(key("done-answer-sent"))
            } else {
                Flash::new(key("done-new-request"))
            };
            Ok(visitor.lead_to(&format!("/help/r/{}", answered.link), &told))
        }
        Err(Failure::Invalid(faults)) => shown(visitor, &token, &sent, &Faults(faults)).await,
        Err(other) => Err(other.into()),
    }
}

/// `POST /help/r/{token}/settlement`
pub(super) async fn settle(visitor: Visitor, Path(token): Path<String>) -> PageResult {
    let Some((customer, ticket)) = open(&visitor, &token).await? else {
        return gone(&visitor);
    };
    let settle = ChangeTicket {
        ticket,
        change: Change::Status(Status::Solved),
        version: None,
    };
    let done = visitor.app.desk.run(&customer, settle).await;
    unless_so_already(done.map(|_| ()))?;
    let page = format!("/help/r/{token}");
    let told = Flash::new(key("done-settled")).with_undo(format!("{page}/settlement/removal"));
    Ok(visitor.lead_to(&page, &told))
}

/// `DELETE /help/r/{token}/settlement`
pub(super) async fn unsettle(visitor: Visitor, Path(token): Path<String>) -> PageResult {
    let Some((customer, ticket)) = open(&visitor, &token).await? else {
        return gone(&visitor);
    };
    let done = visitor.app.desk.run(&customer, UndoChange { ticket }).await;
    unless_so_already(done.map(|_| ()))?;
    let told = Flash::new(key("done-unsettled"));
    Ok(visitor.lead_to(&format!("/help/r/{token}"), &told))
}

/// `GET /help/r/{token}/files/{file}`
pub(super) async fn file(
    visitor: Visitor,
    Path((token, file)): Path<(String, AttachmentId)>,
) -> PageResult {
    let Some((customer, _)) = open(&visitor, &token).await? else {
        return gone(&visitor);
    };
    let desk = &visitor.app.desk;
    let file = desk.ask(&customer, FileOf { file }).await?.0;
    let bytes = blob::read(desk, &file.blob).await?;
    Ok(download::file(bytes, &file.name, Some(&file.media_type)))
}

/// Who came with the link, and to which ticket; `None` for one that opens nothing.
pub(super) async fn open(
    visitor: &Visitor,
    token: &str,
) -> Result<Option<(Actor, TicketId)>, PageError> {
    let link = OpenLink {
        token: token.to_owned(),
    };
    match visitor.app.desk.ask(&Actor::Visitor, link).await {
        Ok(customer) => Ok(customer.ticket().map(|ticket| (customer, ticket))),
        Err(DeskError::NotFound(_)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// A second click finds it done: that is what was wanted.
fn unless_so_already(done: Result<(), DeskError>) -> Result<(), PageError> {
    match done.map_err(Failure::from) {
        Err(Failure::Conflict(Conflict::AlreadySo)) | Ok(()) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

pub(super) fn gone(visitor: &Visitor) -> PageResult {
    let t = visitor.t.clone();
    let page = Gone {
        frame: visitor.frame(t.get("portal-gone-title")),
        t,
    };
    visitor.render(StatusCode::NOT_FOUND, &page)
}

async fn shown(mut visitor: Visitor, token: &str, sent: &Sent, faults: &Faults) -> PageResult {
    let Some((customer, ticket)) = open(&visitor, token).await? else {
        return gone(&visitor);
    };
    let view = visitor
        .app
        .desk
        .ask(&customer, CustomerView { ticket })
        .await?;
    let rating = visitor.app.desk.ask(&customer, RatingView { ticket });
    let may_rate = rating.await?.open;
    visitor.follow(view.language.as_deref(), &view.brand);
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let mut page = page(&visitor, &view, token, (sent, faults));
    page.rate = may_rate.then(|| format!("/help/r/{token}/rating"));
    visitor.render(status, &page)
}

fn page(
    visitor: &Visitor,
    view: &CustomerPage,
    token: &str,
    (sent, faults): (&Sent, &Faults),
) -> Request {
    let t = visitor.t.clone();
    let path = format!("/help/r/{token}");
    let over = matches!(view.status, Status::Solved | Status::Closed);
    let (words, next, tone) = state(view.status);
    Request {
        frame: visitor.frame(view.subject.to_string()),
        subject: view.subject.to_string(),
        status: Chip::toned(t.get(words), tone),
        next: t.get(next),
        owed: owed(&t, view.answer, view.usual),
        given: given(&t, view.given.as_ref()),
        messages: view
            .messages
            .iter()
            .map(|message| Said::of(&t, token, message))
            .collect(),
        answer: Field::area("body", t.get("portal-answer"), 5)
            .required()
            .max_length(50_000)
            .value(sent.text("body"))
            .faults(faults, &t),
        action: format!("{path}/answers"),
        files_fault: faults.of("files", &t),
        follows: view.status == Status::Closed,
        settle: (!over)
            .then(|| ActionButton::post(format!("{path}/settlement"), t.get("portal-settle"))),
        rate: None,
        t,
    }
}

/// Where a request stands, in a customer's words: the state, what comes next, its tone.
fn state(status: Status) -> (&'static str, &'static str, Tone) {
    match status {
        Status::New => (key("portal-new"), key("portal-new-next"), Tone::Accent),
        Status::Open => (key("portal-open"), key("portal-open-next"), Tone::Accent),
        Status::Waiting => (
            key("portal-waiting"),
            key("portal-waiting-next"),
            Tone::Warn,
        ),
        Status::OnHold => (key("portal-hold"), key("portal-hold-next"), Tone::Neutral),
        Status::Solved => (key("portal-solved"), key("portal-solved-next"), Tone::Good),
        Status::Closed => (
            key("portal-closed"),
            key("portal-closed-next"),
            Tone::Neutral,
        ),
    }
}
