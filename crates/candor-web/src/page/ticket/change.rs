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
use axum::response::Response;
use candor_desk::outbox::RetryOutgoing;
use candor_desk::ticket::{ChangeTicket, RevokeLink, UndoChange};
use candor_domain::id::{OutboxId, PersonId, TeamId, TicketId};
use candor_domain::permission::Permission;
use candor_domain::ticket::{Change, Kind, Status, Urgency};
use serde::Deserialize;
use serde::de::DeserializeOwned;

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
        .post("/tickets/{ticket}/assignment", assign, set::<Gift>)
        .delete("/tickets/{ticket}/assignment", assign, put_back)
        .post("/tickets/{ticket}/kind", change, set::<KindForm>)
        .post("/tickets/{ticket}/urgency", change, set::<UrgencyForm>)
        .post("/tickets/{ticket}/tags", change, set::<TagsForm>)
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

/// A form that asks for one change.
trait Asks: DeserializeOwned + Send {
    /// What the next page says of it.
    const DONE: &'static str;
    /// The change, or `Unreadable` for values that no page of ours sends.
    fn change(self) -> Result<Change, Failure>;
}

/// `POST` of a property: assignment, kind, urgency, tags.
async fn set<F: Asks>(
    cx: Page,
    Path(ticket): Path<TicketId>,
    headers: HeaderMap,
    Form(form): Form<F>,
) -> PageResult {
    apply(&cx, ticket, form.change()?, &headers, F::DONE).await
}

/// Who gets the ticket; empty fields mean nobody.
#[derive(Debug, Deserialize)]
struct Gift {
    #[serde(default)]
    person: String,
    #[serde(default)]
    team: String,
}

impl Asks for Gift {
    const DONE: &'static str = key("done-assigned");
    fn change(self) -> Result<Change, Failure> {
        Ok(Change::Assign {
            team: optional(&self.team)?.map(TeamId),
            person: optional(&self.person)?.map(PersonId),
        })
    }
}

fn optional(text: &str) -> Result<Option<i64>, Failure> {
    match text {
        "" => Ok(None),
        number => number.parse().map(Some).map_err(|_| Failure::Unreadable),
    }
}

/// An empty kind is none.
#[derive(Debug, Deserialize)]
struct KindForm {
    kind: String,
}

impl Asks for KindForm {
    const DONE: &'static str = key("done-changed");
    fn change(self) -> Result<Change, Failure> {
        let kind = match self.kind.as_str() {
            "" => None,
            word => Some(Kind::parse(word).ok_or(Failure::Unreadable)?),
        };
        Ok(Change::Kind(kind))
    }
}

#[derive(Debug, Deserialize)]
struct UrgencyForm {
    urgency: String,
}

impl Asks for UrgencyForm {
    const DONE: &'static str = key("done-changed");
    fn change(self) -> Result<Change, Failure> {
        let urgency = Urgency::parse(&self.urgency).ok_or(Failure::Unreadable)?;
        Ok(Change::Urgency(urgency))
    }
}

/// All tags, between commas.
#[derive(Debug, Deserialize)]
struct TagsForm {
    tags: String,
}

impl Asks for TagsForm {
    const DONE: &'static str = key("done-changed");
    fn change(self) -> Result<Change, Failure> {
        Ok(Change::Tags(
            self.tags.split(',').map(str::to_owned).collect(),
        ))
    }
}

/// The way back to the ticket, with the word about what was done.
fn back(cx: &Page, ticket: TicketId, headers: &HeaderMap, done: &'static str) -> Response {
    let path = Spot::of_form(headers).ticket(ticket);
    cx.lead_to(&path, Some(&Flash::new(done)))
}

/// `POST /tickets/{ticket}/undo`
async fn take_back(cx: Page, Path(ticket): Path<TicketId>, headers: HeaderMap) -> PageResult {
    cx.run(UndoChange { ticket }).await?;
    Ok(back(&cx, ticket, &headers, key("done-undone")))
}

/// `DELETE /tickets/{ticket}/link`
async fn revoke_link(cx: Page, Path(ticket): Path<TicketId>, headers: HeaderMap) -> PageResult {
    cx.run(RevokeLink { ticket }).await?;
    Ok(back(&cx, ticket, &headers, key("done-link-revoked")))
}

/// `POST /tickets/{ticket}/mails/{mail}/tries`
async fn try_again(
    cx: Page,
    Path((ticket, mail)): Path<(TicketId, OutboxId)>,
    headers: HeaderMap,
) -> PageResult {
    cx.run(RetryOutgoing { mail }).await?;
    Ok(back(&cx, ticket, &headers, key("done-trying-again")))
}
