//! Changing a ticket: one resource for each property.
//!
//! Owns: from a form to the change and the word about it. Must not know: which change is allowed.

use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::{Conflict, Failure};
use crate::i18n::key;
use crate::page::Page;
use crate::page::inbox::Spot;
use crate::route::{Admission, RouteBook};
use crate::state::App;
use axum::extract::{Form, Path};
use axum::http::HeaderMap;
use candor_desk::outbox::RetryOutgoing;
use candor_desk::ticket::{ChangeTicket, RevokeLink, UndoChange};
use candor_domain::id::{OutboxId, PersonId, TeamId, TicketId};
use candor_domain::permission::Permission;
use candor_domain::ticket::{Change, Kind, Status, Urgency};
use serde::Deserialize;

/// Writes every change into the book.
pub(super) fn routes(book: &mut RouteBook<App>) {
    let change = Admission::Permission(Permission::Change);
    let assign = Admission::Permission(Permission::Assign);
    let spam = Admission::Permission(Permission::MarkSpam);
    let undo = Admission::Permission(Permission::ReadTickets);
    let outgoing = Admission::Permission(Permission::ManageOutgoing);
    book.post("/tickets/{ticket}/solution", change, solve)
        .delete("/tickets/{ticket}/solution", change, reopen)
        .post("/tickets/{ticket}/closure", change, close)
        .delete("/tickets/{ticket}/closure", change, reopen)
        .post("/tickets/{ticket}/waiting", change, wait)
        .delete("/tickets/{ticket}/waiting", change, reopen)
        .post("/tickets/{ticket}/hold", change, hold)
        .delete("/tickets/{ticket}/hold", change, reopen)
        .post("/tickets/{ticket}/spam", spam, mark_spam)
        .delete("/tickets/{ticket}/spam", spam, clear_spam)
        .post("/tickets/{ticket}/assignment", assign, give)
        .delete("/tickets/{ticket}/assignment", assign, put_back)
        .post("/tickets/{ticket}/kind", change, set_kind)
        .post("/tickets/{ticket}/urgency", change, set_urgency)
        .post("/tickets/{ticket}/tags", change, set_tags)
        .post("/tickets/{ticket}/undo", undo, take_back)
        .delete("/tickets/{ticket}/link", change, revoke_link)
        .post("/tickets/{ticket}/mails/{mail}/tries", outgoing, try_again);
}

/// Applies a change and leads back, with the way back in hand.
async fn apply(
    cx: &Page,
    ticket: TicketId,
    change: Change,
    headers: &HeaderMap,
    done: &'static str,
) -> PageResult {
    let back = Spot::of_form(headers).ticket(ticket);
    let verb = ChangeTicket {
        ticket,
        change,
        version: None,
    };
    match cx.run(verb).await.map_err(Failure::from) {
        Ok(_) => {
            let told = Flash::new(done).with_undo(format!("/tickets/{ticket}/undo"));
            Ok(cx.lead_to(&back, Some(&told)))
        }
        // Somebody pressed twice, or a colleague was faster with the same idea.
        Err(Failure::Conflict(Conflict::AlreadySo)) => Ok(cx.lead_to(&back, None)),
        Err(failure) => Err(failure.into()),
    }
}

macro_rules! changes {
    ($($(#[$doc:meta])* $name:ident => $change:expr, $done:literal;)*) => {$(
        $(#[$doc])*
        async fn $name(cx: Page, Path(ticket): Path<TicketId>, headers: HeaderMap) -> PageResult {
            apply(&cx, ticket, $change, &headers, key($done)).await
        }
    )*};
}

changes! {
    /// `POST /tickets/{ticket}/solution`
    solve => Change::Status(Status::Solved), "done-solved";
    /// `POST /tickets/{ticket}/closure`
    close => Change::Status(Status::Closed), "done-closed";
    /// `DELETE` of a solution, a closure, a waiting or a hold.
    reopen => Change::Status(Status::Open), "done-reopened";
    /// `POST /tickets/{ticket}/waiting`
    wait => Change::Status(Status::Waiting), "done-waiting";
    /// `POST /tickets/{ticket}/hold`
    hold => Change::Status(Status::OnHold), "done-hold";
    /// `POST /tickets/{ticket}/spam`
    mark_spam => Change::Spam(true), "done-spam";
    /// `DELETE /tickets/{ticket}/spam`
    clear_spam => Change::Spam(false), "done-no-spam";
    /// `DELETE /tickets/{ticket}/assignment`
    put_back => Change::Assign { team: None, person: None }, "done-assigned";
}

/// Who gets the ticket; empty fields mean nobody.
#[derive(Debug, Deserialize)]
struct Gift {
    #[serde(default)]
    person: String,
    #[serde(default)]
    team: String,
}

/// `POST /tickets/{ticket}/assignment`
async fn give(
    cx: Page,
    Path(ticket): Path<TicketId>,
    headers: HeaderMap,
    Form(gift): Form<Gift>,
) -> PageResult {
    let change = Change::Assign {
        team: optional(&gift.team)?.map(TeamId),
        person: optional(&gift.person)?.map(PersonId),
    };
    apply(&cx, ticket, change, &headers, key("done-assigned")).await
}

fn optional(text: &str) -> Result<Option<i64>, Failure> {
    match text {
        "" => Ok(None),
        number => number.parse().map(Some).map_err(|_| Failure::Unreadable),
    }
}

#[derive(Debug, Deserialize)]
struct KindForm {
    kind: String,
}

/// `POST /tickets/{ticket}/kind`; an empty kind is none.
async fn set_kind(
    cx: Page,
    Path(ticket): Path<TicketId>,
    headers: HeaderMap,
    Form(form): Form<KindForm>,
) -> PageResult {
    let kind = match form.kind.as_str() {
        "" => None,
        word => Some(Kind::parse(word).ok_or(Failure::Unreadable)?),
    };
    apply(
        &cx,
        ticket,
        Change::Kind(kind),
        &headers,
        key("done-changed"),
    )
    .await
}

#[derive(Debug, Deserialize)]
struct UrgencyForm {
    urgency: String,
}

/// `POST /tickets/{ticket}/urgency`
async fn set_urgency(
    cx: Page,
    Path(ticket): Path<TicketId>,
    headers: HeaderMap,
    Form(form): Form<UrgencyForm>,
) -> PageResult {
    let urgency = Urgency::parse(&form.urgency).ok_or(Failure::Unreadable)?;
    apply(
        &cx,
        ticket,
        Change::Urgency(urgency),
        &headers,
        key("done-changed"),
    )
    .await
}

#[derive(Debug, Deserialize)]
struct TagsForm {
    tags: String,
}

/// `POST /tickets/{ticket}/tags`: all tags, between commas.
async fn set_tags(
    cx: Page,
    Path(ticket): Path<TicketId>,
    headers: HeaderMap,
    Form(form): Form<TagsForm>,
) -> PageResult {
    let tags = form.tags.split(',').map(str::to_owned).collect();
    apply(
        &cx,
        ticket,
        Change::Tags(tags),
        &headers,
        key("done-changed"),
    )
    .await
}

/// `POST /tickets/{ticket}/undo`
async fn take_back(cx: Page, Path(ticket): Path<TicketId>, headers: HeaderMap) -> PageResult {
    cx.run(UndoChange { ticket }).await?;
    let back = Spot::of_form(&headers).ticket(ticket);
    Ok(cx.lead_to(&back, Some(&Flash::new("done-undone"))))
}

/// `DELETE /tickets/{ticket}/link`
async fn revoke_link(cx: Page, Path(ticket): Path<TicketId>, headers: HeaderMap) -> PageResult {
    cx.run(RevokeLink { ticket }).await?;
    let back = Spot::of_form(&headers).ticket(ticket);
    Ok(cx.lead_to(&back, Some(&Flash::new("done-link-revoked"))))
}

/// `POST /tickets/{ticket}/mails/{mail}/tries`
async fn try_again(
    cx: Page,
    Path((ticket, mail)): Path<(TicketId, OutboxId)>,
    headers: HeaderMap,
) -> PageResult {
    cx.run(RetryOutgoing { mail }).await?;
    let back = Spot::of_form(&headers).ticket(ticket);
    Ok(cx.lead_to(&back, Some(&Flash::new("done-trying-again"))))
}
