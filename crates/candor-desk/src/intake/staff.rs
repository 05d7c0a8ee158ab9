//! Answers that people of the team give by mail.
//!
//! Owns: when such an answer counts, what of it goes to the customer, and where the rest goes. Must not
//! know: how they were told, what a reply does to a ticket.
//!
//! The address alone proves nothing: mails are passed on. An answer counts only when the domain of its
//! sender stands behind it, the address is that of the person to whom we wrote, and they may answer in
//! that ticket now. Nothing that came to such an address ever becomes a customer's message, and nobody
//! whose sender is not sure hears anything back.

mod trust;
mod wish;

use self::wish::{Wish, wish_of};
use super::reason;
use super::understand::Understand;
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::staff_mail::{Kept, tell_of_kept};
use crate::ticket::{NewFile, Reply, SaveDraft, WriteNote, attach_to_draft, own_draft};
use candor_domain::actor::Actor;
use candor_domain::id::MessageId;
use candor_domain::message::{Author, Channel, MessageKind};
use candor_domain::permission::Access;
use candor_domain::text::{PublicText, StaffText};
use candor_domain::ticket::{AfterSend, TicketRule};
use candor_mail::{MailKind, NamedAddress, ReplyKey, StaffRef, staff_references};
use candor_store::Tx;
use candor_store::intake::IncomingState;

/// What led an answer of the team to its ticket.
pub(super) const STAFF_ANSWER: &str = "staff_answer";
/// The word under which a machine's answer in somebody's place is kept.
const MACHINE: &str = "staff_machine";
/// The word under which an answer is kept that became a draft.
const DRAFT: &str = "staff_draft";
/// Messages that are looked through for whether somebody else wrote in between.
const MOST_NEWER: i64 = 100;

/// What became of an answer.
enum End {
    Message(MessageId),
    Draft(Kept),
    Refused(&'static str),
}

impl Understand {
    /// Takes what was sent to an address that is one person's alone, or answers a mail to them. False
    /// leaves the mail to be a customer's.
    pub(super) fn take_staff(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        sender: &NamedAddress,
    ) -> Result<bool, DeskError> {
        let key = ReplyKey::new(cx.keys().links);
        let (by_address, by_id) = staff_references(&self.mail.message, &self.recipients(), &key);
        // A customer may answer what somebody passed on to them; only the address is ours alone.
        let by_id = match by_id {
            Some(place) if tx.person_by_email(&sender.address)?.is_some() => Some(place),
            _ => None,
        };
        let Some(place) = by_address.or(by_id) else {
            return Ok(false);
        };
        if self.is_of_a_machine() {
            // An absence of theirs is nobody's business, least of all the customer's.
            let (id, state) = (self.incoming.id, IncomingState::Understood);
            tx.set_incoming(id, state, MACHINE, None)?;
            return Ok(true);
        }
        match self.speaks_for(tx, cx, sender, place)? {
            Ok(access) => self.settle(tx, cx, place, access)?,
            Err(why) => self.refuse(tx, cx, why)?,
        }
        Ok(true)
    }

    /// Also what only an empty sender on the envelope gives away: people's mail has one.
    fn is_of_a_machine(&self) -> bool {
        matches!(
            self.mail.verdict.kind,
            MailKind::AutomaticReply
                | MailKind::OutOfOffice(_)
                | MailKind::ReadReceipt
                | MailKind::DeliveryReport(_)
                | MailKind::Complaint(_)
        )
    }

    fn refuse(&self, tx: &mut Tx<'_>, cx: &Cx, why: &str) -> Result<(), DeskError> {
        let found = self.checked.as_ref().map(|checked| checked.in_words());
        match found.filter(|_| why == reason::STAFF_UNVERIFIED) {
            Some(found) => self.put_aside(tx, cx, &format!("{why}: {found}")),
            None => self.put_aside(tx, cx, why),
        }
    }

    /// Does what the mail wants, as the person who wrote it.
    fn settle(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        place: StaffRef,
        access: Access,
    ) -> Result<(), DeskError> {
        let own = cx.at(Actor::Person(access), cx.now(), 0);
        match self.act(tx, &own, place)? {
            End::Message(id) => {
                if let Some(message) = tx.message(id)? {
                    let mut reading = self.reading(&message, STAFF_ANSWER, "");
                    // What was cut is not in the text at all.
                    reading.removed.clear();
                    tx.keep_reading(&reading)?;
                }
                let state = IncomingState::Understood;
                Ok(tx.set_incoming(self.incoming.id, state, "", Some(id))?)
            }
            End::Draft(why) => {
                if let Some(ticket) = tx.ticket(place.ticket)? {
                    tell_of_kept(tx, cx, place.person, &ticket, why)?;
                }
                let state = IncomingState::Understood;
                Ok(tx.set_incoming(self.incoming.id, state, DRAFT, None)?)
            }
            End::Refused(why) => self.refuse(tx, cx, why),
        }
    }

    fn act(&self, tx: &mut Tx<'_>, cx: &Cx, place: StaffRef) -> Result<End, DeskError> {
        let text = self.mail.added.trimmed.reply.trim();
        if text.is_empty() {
            return Ok(End::Refused(reason::STAFF_EMPTY));
        }
        let done = match wish_of(text) {
            Wish::Note(text) => WriteNote {
                ticket: place.ticket,
                body: StaffText::new(text),
                files: self.mail.files.clone(),
                channel: Channel::Mail,
            }
            .apply(tx, cx),
            Wish::Answer(text) => Reply {
                ticket: place.ticket,
                body: PublicText::new(text),
                cc: Vec::new(),
                then: AfterSend::Wait,
                seen: Some(seen_by(tx, cx, place)?),
                files: self.files_to_send(),
                channel: Channel::Mail,
            }
            .apply(tx, cx),
            Wish::Unclear(text) => return self.keep(tx, cx, place, (text, Kept::Order)),
        };
        match done {
            Ok(message) => Ok(End::Message(message)),
            Err(DeskError::Conflict(Conflict::NewerMessage(_))) => {
                self.keep(tx, cx, place, (text, Kept::Moved))
            }
            Err(DeskError::Conflict(Conflict::Rule(TicketRule::Spam))) => {
                self.keep(tx, cx, place, (text, Kept::Spam))
            }
            Err(DeskError::Conflict(Conflict::Rule(_))) => {
                self.keep(tx, cx, place, (text, Kept::Closed))
            }
            Err(error) => refusal_of(error).map(End::Refused),
        }
    }

    /// A picture inside the text is most often a signature's, so only files travel.
    fn files_to_send(&self) -> Vec<NewFile> {
        let files = self.mail.files.iter();
        files.filter(|file| !file.inline).cloned().collect()
    }

    /// Keeps the text as their draft; below one that they had begun. One that is on its way is left
    /// alone.
    fn keep(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        place: StaffRef,
        (text, why): (&str, Kept),
    ) -> Result<End, DeskError> {
        let begun = own_draft(tx, cx, place.ticket, MessageKind::Reply)?;
        if begun.as_ref().is_some_and(|draft| draft.send_at.is_some()) {
            return Ok(End::Refused(reason::STAFF_BUSY));
        }
        let mut save = SaveDraft {
            ticket: place.ticket,
            kind: MessageKind::Reply,
            body: text.to_owned(),
            cc: Vec::new(),
            then: AfterSend::Wait,
            seen: place.seen,
        };
        if let Some(begun) = begun {
            save.body = format!("{}\n\n{text}", begun.body.trim_end());
            save.cc = begun.cc;
            save.then = begun.then;
        }
        match save.apply(tx, cx) {
            Ok(draft) => {
                attach_to_draft(tx, cx, draft, &self.files_to_send())?;
                Ok(End::Draft(why))
            }
            Err(error) => refusal_of(error).map(End::Refused),
        }
    }
}

/// Why a verb that was refused leaves the mail where a person sees it; other errors stay errors.
fn refusal_of(error: DeskError) -> Result<&'static str, DeskError> {
    match error {
        DeskError::NotFound(_) | DeskError::NotAllowed(_) => Ok(reason::STAFF_MAY_NOT),
        DeskError::Invalid(_) => Ok(reason::STAFF_EMPTY),
        DeskError::TooLarge { .. } => Ok(reason::TOO_LARGE),
        other => Err(other),
    }
}

/// The newest message that the writer has seen: what we showed them, and what they wrote since
/// themselves.
fn seen_by(tx: &mut Tx<'_>, cx: &Cx, place: StaffRef) -> Result<MessageId, DeskError> {
    let own = Author::Person(cx.access()?.person);
    let mut seen = place.seen;
    for message in tx.thread_after(place.ticket, place.seen, MOST_NEWER)? {
        if message.kind != MessageKind::Note && message.author != own {
            break;
        }
        seen = message.id;
    }
    Ok(seen)
}
