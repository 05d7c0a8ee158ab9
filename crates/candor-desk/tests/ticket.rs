//! Tickets and drafts, told as stories.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "ticket/change.rs"]
mod change;
#[path = "ticket/count.rs"]
mod count;
#[path = "ticket/reply.rs"]
mod reply;
#[path = "ticket/view.rs"]
mod view;
#[path = "ticket/visible.rs"]
mod visible;

use candor_desk::ticket::{SaveDraft, SendDraft, Sent, TicketView, View};
use candor_desk::{Conflict, DeskError};
use candor_domain::actor::Actor;
use candor_domain::id::{DraftId, MessageId, TicketId};
use candor_domain::message::MessageKind;
use candor_domain::ticket::{AfterSend, Ticket};
use candor_testkit::TestDesk;

/// The ticket as the desk has it.
async fn ticket(kit: &TestDesk, id: TicketId) -> Ticket {
    kit.desk
        .store()
        .read(move |tx| tx.ticket(id))
        .await
        .unwrap()
        .unwrap()
}

/// The ticket as somebody's page shows it.
async fn view(kit: &TestDesk, actor: &Actor, id: TicketId) -> View {
    kit.desk
        .ask(actor, TicketView { ticket: id })
        .await
        .unwrap()
}

/// Types a reply and leaves it as a draft.
async fn draft(kit: &TestDesk, actor: &Actor, id: TicketId, body: &str) -> DraftId {
    let seen = ticket(kit, id).await.last_public_message.unwrap();
    let save = SaveDraft {
        ticket: id,
        kind: MessageKind::Reply,
        body: body.to_owned(),
        cc: Vec::new(),
        then: AfterSend::Wait,
        seen,
    };
    kit.desk.run(actor, save).await.unwrap()
}

/// Presses "Send" on a draft.
async fn send(
    kit: &TestDesk,
    actor: &Actor,
    draft: DraftId,
    seen: MessageId,
) -> Result<Sent, DeskError> {
    kit.desk.run(actor, SendDraft { draft, seen }).await
}

/// The conflict that an answer names.
fn conflict<T: std::fmt::Debug>(answer: Result<T, DeskError>) -> Conflict {
    match answer {
        Err(DeskError::Conflict(conflict)) => conflict,
        other => panic!("expected a conflict, got {other:?}"),
    }
}
