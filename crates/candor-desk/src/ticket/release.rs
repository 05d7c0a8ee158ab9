//! A reply goes out.
//!
//! Owns: turning a draft into a message, its entry in the history and its place in the outbox.
//! Must not know: SMTP.

use super::allowed_ticket;
use super::draft::{checked_copies, refuse_if_moved, take_files};
use super::message::{NewFile, NewMessage, store_message};
use super::note::checked_text;
use crate::cx::{Cx, Desk, Verb};
use crate::error::DeskError;
use crate::journal::record_ticket_by;
use crate::level::give_with_reply;
use crate::outbox::{queue_reply, reply_mail_id};
use crate::workload::note_answer;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::customer::IdentityKind;
use candor_domain::id::{DraftId, MessageId, PersonId, TicketId};
use candor_domain::message::{Author, Channel, MessageKind};
use candor_domain::permission::Permission;
use candor_domain::text::PublicText;
use candor_domain::ticket::{AfterSend, Ticket};
use candor_store::Tx;
use candor_store::draft::Draft;

/// Lets a reply out whose time to think again is over. Does nothing when it was taken back, sent
/// already, or held back by a newer message.
#[derive(Debug, Clone, Copy)]
pub struct Release {
    /// Which draft.
    pub draft: DraftId,
}

impl Verb for Release {
    type Output = Option<MessageId>;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<MessageId>, DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed(
                "only the desk itself releases replies",
            ));
        }
        release(tx, cx, self.draft)
    }
}

/// Releases whatever is due, for a start after a stop. Returns how many went out.
pub async fn release_due_drafts(desk: &Desk) -> Result<usize, DeskError> {
    let now = desk.now();
    let due = desk
        .store()
        .read(move |tx| tx.drafts_due(now, 500).map_err(DeskError::from))
        .await?;
    let mut out = 0;
    for draft in due {
        out += usize::from(desk.run(&Actor::System, Release { draft }).await?.is_some());
    }
    Ok(out)
}

pub(crate) fn release(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: DraftId,
) -> Result<Option<MessageId>, DeskError> {
    let Some(mut draft) = tx.draft(id)? else {
        return Ok(None);
    };
    if draft.send_at.is_none_or(|send_at| send_at > cx.now()) {
        return Ok(None);
    }
    let ticket = tx
        .ticket(draft.ticket)?
        .ok_or(DeskError::NotFound("ticket"))?;
    let newer = ticket
        .last_public_message
        .filter(|&newest| newest > draft.seen);
    if newer.is_some() || ticket.check_reply().is_err() {
        draft.send_at = None;
        draft.held_by = newer;
        tx.save_draft(&draft)?;
        return Ok(None);
    }
    let reply = ReplyParts::of_draft(tx, &draft)?;
    let promise = tx.draft_promise(draft.id)?;
    tx.drop_draft(draft.id)?;
    let sent = send(tx, cx, &ticket, reply)?;
    note_answer(tx, cx, &draft, sent)?;
    give_with_reply(tx, cx, (ticket.id, draft.person), promise)?;
    Ok(Some(sent))
}

/// Answers at once, without a moment to take it back: for the API and for scripts.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Where.
    pub ticket: TicketId,
    /// Markdown.
    pub body: PublicText,
    /// Addresses that get a copy.
    pub cc: Vec<String>,
    /// What happens to the ticket.
    pub then: AfterSend,
    /// The newest public message that the caller has seen; `None` takes the thread as it is.
    pub seen: Option<MessageId>,
    /// Files, staged already.
    pub files: Vec<NewFile>,
    /// Where it was typed.
    pub channel: Channel,
}

impl Verb for Reply {
    type Output = MessageId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<MessageId, DeskError> {
        let ticket = allowed_ticket(tx, cx, self.ticket, Permission::Reply)?;
        ticket.check_reply()?;
        if let Some(seen) = self.seen {
            refuse_if_moved(ticket.last_public_message, seen)?;
        }
        let reply = ReplyParts {
            person: cx.access()?.person,
            body: checked_text(self.body.as_str())?,
            cc: checked_copies(&self.cc)?,
            then: self.then,
            files: self.files.clone(),
            channel: self.channel,
            by_mail: true,
        };
        send(tx, cx, &ticket, reply)
    }
}

/// A reply that went out before: it is recorded, and no mail goes out again.
#[derive(Debug, Clone)]
pub(crate) struct PastReply {
    pub(crate) ticket: TicketId,
    pub(crate) body: String,
    pub(crate) then: AfterSend,
}

impl PastReply {
    pub(crate) fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<MessageId, DeskError> {
        let ticket = allowed_ticket(tx, cx, self.ticket, Permission::Reply)?;
        let reply = ReplyParts {
            person: cx.access()?.person,
            body: checked_text(&self.body)?,
            cc: Vec::new(),
            then: self.then,
            files: Vec::new(),
            channel: Channel::Mail,
            by_mail: false,
        };
        send(tx, cx, &ticket, reply)
    }
}

struct ReplyParts {
    person: PersonId,
    body: String,
    cc: Vec<String>,
    then: AfterSend,
    files: Vec<NewFile>,
    channel: Channel,
    by_mail: bool,
}

impl ReplyParts {
    fn of_draft(tx: &mut Tx<'_>, draft: &Draft) -> Result<Self, DeskError> {
        Ok(Self {
            person: draft.person,
            body: checked_text(&draft.body)?,
            cc: draft.cc.clone(),
            then: draft.then,
            files: take_files(tx, draft.id)?,
            channel: Channel::Desk,
            by_mail: true,
        })
    }
}

fn send(
    tx: &mut Tx<'_>,
    cx: &Cx,
    before: &Ticket,
    reply: ReplyParts,
) -> Result<MessageId, DeskError> {
    let address = customer_address(tx, before)?;
    let author = Author::Person(reply.person);
    let mut new = NewMessage::of_staff(MessageKind::Reply, author, reply.channel, reply.body);
    new.to = address.iter().map(ToString::to_string).collect();
    new.cc = reply.cc;
    new.files = reply.files;
    let mut said = store_message(tx, cx, before, &new)?;
    let message = &mut said.message;
    if let Some(address) = address {
        let mailbox = tx
            .mailbox(before.mailbox)?
            .ok_or(DeskError::NotFound("mailbox"))?;
        message.mail_id = reply_mail_id(cx, before, message.id, &mailbox);
        tx.set_mail_id(message.id, &message.mail_id)?;
        if reply.by_mail {
            queue_reply(tx, cx, before, message, &mailbox, &address)?;
        }
    }
    let mut ticket = before.clone();
    let event = ticket.replied(message.id, reply.then, cx.now())?;
    tx.save_ticket(before, &ticket)?;
    record_ticket_by(tx, cx, &reply.person.subject(), &event, &[&said, &ticket])?;
    Ok(said.message.id)
}

/// Where answers to a ticket go: the address that the customer wrote from first. `None` for
/// somebody who only ever called.
pub(crate) fn customer_address(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
) -> Result<Option<EmailAddress>, DeskError> {
    let identities = tx.identities_of(ticket.customer)?;
    Ok(identities
        .into_iter()
        .filter(|identity| identity.kind == IdentityKind::Email)
        .find_map(|identity| EmailAddress::parse(&identity.value).ok()))
}
