//! Tickets: opening, answering, changing, reading.
//!
//! Owns: every verb and query about a ticket and its messages.
//! Must not know: how mail travels, how pages look.

mod answer;
mod change;
mod close_due;
mod draft;
mod edit;
mod fold;
mod list;
mod log;
mod message;
mod new;
mod note;
mod open;
mod presence;
mod release;
mod screen;
mod sheet;
mod show;
mod upload;
mod urgency;
mod view;
mod visit;

pub use answer::{AnswerOnPage, Answered};
pub(crate) use change::save;
pub use change::{ChangeTicket, Changed, RevokeLink, UndoChange};
pub use close_due::CloseDue;
pub use draft::{
    AttachFile, DropFile, RELEASE_JOB, SaveDraft, SendDraft, Sent, TakeBack, ThrowAway,
};
pub(crate) use draft::{attach_to_draft, own_draft};
pub use edit::{Edit, EditTicket, Edits, Reopen};
pub use fold::{Piece, Shown, folded, is_quiet, reply_of};
pub(crate) use list::list_counts;
pub use list::{
    Cursor, ListCounts, ListPage, Lists, MOST_WARNINGS, PAGE as PAGE_LINES, Place, Search,
    SearchPage, TicketPage, WhichList,
};
pub use log::{LogLine, LogWhat, MailLog};
pub use message::{NewFile, NewMessage};
pub(crate) use message::{store_message, store_past_message};
pub use new::OpenTicket;
pub use note::WriteNote;
pub use open::{NewTicket, add_customer_message, add_machine_message, open_ticket};
pub use presence::{Doing, HerePresent, Leave, MarkRead, SetPresence, WhoIsWhere};
pub(crate) use release::{PastReply, customer_address};
pub use release::{Release, Reply, release_due_drafts};
pub use screen::{
    Changes, ChangesAfter, InboxScreen, InboxView, NewTicketScreen, NewTicketView, Presence,
    SearchScreen, SearchView, SeenTickets, TicketScreen, TicketScreenView,
};
pub use sheet::{OneMessage, Sheet, SheetById, SheetOf, Thread, ThreadPage};
pub use show::{mail_html, page_html};
pub use upload::{AttachToDraft, stage_all, stage_upload};
pub use urgency::{DecideUrgency, DropUrgencyDecision, UrgencySeen};
pub use view::{
    CustomerMessage, CustomerPage, CustomerView, FileOf, Happening, MessageOf, RawMailOf,
    TicketFile, TicketView, View,
};
pub use visit::OpenLink;

pub use candor_store::delivery::Delivery;
pub use candor_store::draft::Draft;
pub use candor_store::intake::Incoming;
pub use candor_store::outbox::{OutboxMail, OutboxState};
pub use candor_store::reading::{Reading, RemovedPart};
pub use candor_store::ticket::{EarlierTicket, ListRow};

use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::permission::Permission;
use candor_domain::ticket::Ticket;
use candor_store::Tx;

/// Loads a ticket that the actor may see. `NotFound` where the actor may not know that it exists.
pub(crate) fn visible_ticket(tx: &mut Tx<'_>, cx: &Cx, id: TicketId) -> Result<Ticket, DeskError> {
    let ticket = tx.ticket(id)?.ok_or(DeskError::NotFound("ticket"))?;
    let seen = match &cx.actor {
        Actor::Customer { ticket: theirs, .. } => *theirs == id,
        _ => cx.visibility().sees(&ticket.whereabouts()),
    };
    if seen {
        Ok(ticket)
    } else {
        Err(DeskError::NotFound("ticket"))
    }
}

/// Loads a ticket that the actor may see and do this to.
pub(crate) fn allowed_ticket(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: TicketId,
    permission: Permission,
) -> Result<Ticket, DeskError> {
    let ticket = visible_ticket(tx, cx, id)?;
    cx.may(permission, &ticket.whereabouts())?;
    Ok(ticket)
}
