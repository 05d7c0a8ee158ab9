//! What the team sent from a telephone or an old mail program.
//!
//! Owns: making a reply of a mail in our own folder of sent mail, and leaving those that came from
//! this desk. Must not know: IMAP.
//!
//! The folder is ours, so nobody checks who wrote it. A mail counts as the answer only when it went
//! to somebody of the ticket; one that was passed on to others becomes a note, which no customer
//! sees.

use super::place::{Standing, our_mailbox, standing_of, tickets_of};
use super::understand::Understand;
use crate::customer::find_or_make_customer;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::fetch::sent_opens_tickets;
use crate::journal::record_ticket_by;
use crate::outbox::{INSTANCE_HEADER, instance_id};
use crate::ticket::{NewMessage, NewTicket, open_ticket, store_message};
use candor_domain::address::EmailAddress;
use candor_domain::id::MessageId;
use candor_domain::mailbox::Mailbox;
use candor_domain::message::{Author, Channel, Message, MessageKind};
use candor_domain::ticket::{AfterSend, Ticket, Urgency};
use candor_mail::{
    MessageId as MailId, NamedAddress, ReplyKey, open_message_id, thread_candidates,
};
use candor_store::Tx;
use candor_store::intake::IncomingState;
use jiff::Timestamp;

/// The word under which a mail is kept that this desk sent itself.
pub(super) const OWN_COPY: &str = "own_copy";
/// The word under which a mail is kept that belongs to no ticket.
pub(super) const NO_TICKET: &str = "no_ticket";
/// What led a mail from the folder of sent mail to its ticket.
pub(super) const SENT_BY_HAND: &str = "sent_by_hand";

/// Messages of a ticket that are looked through for what came after an answer.
const LONGEST_THREAD: i64 = 1_000;

impl Understand {
    /// Makes a reply of a mail that the team sent elsewhere.
    pub(super) fn take_sent(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        if self.left_this_desk(tx, cx)? || self.is_machine_answer() {
            return self.settle_sent(tx, OWN_COPY, None);
        }
        let Some(mailbox) = self.sent_from(tx)? else {
            return self.settle_sent(tx, NO_TICKET, None);
        };
        let found = self.sent_into(tx, cx, &mailbox)?;
        let message = match found {
            Some((ticket, true)) => Some(self.join_live(tx, cx, &ticket)?),
            Some((ticket, false)) => {
                Some(self.add_note(tx, &self.when_sent(cx, &ticket), &ticket)?)
            }
            None if sent_opens_tickets(tx, cx, mailbox.id)? => {
                self.open_by_hand(tx, cx, &mailbox)?
            }
            None => None,
        };
        match message {
            Some(message) => {
                let mut reading = self.reading(&message, SENT_BY_HAND, "");
                // What was quoted is not in the text at all.
                reading.removed.clear();
                tx.keep_reading(&reading)?;
                self.settle_sent(tx, "", Some(message.id))
            }
            None => self.settle_sent(tx, NO_TICKET, None),
        }
    }

    /// It answers a ticket of today: its reply, or a note where no reply is possible any more.
    pub(super) fn join_live(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        ticket: &Ticket,
    ) -> Result<Message, DeskError> {
        let then = self.when_sent(cx, ticket);
        if ticket.check_reply().is_ok() {
            self.add_reply(tx, &then, ticket)
        } else {
            self.add_note(tx, &then, ticket)
        }
    }

    fn settle_sent(
        &self,
        tx: &mut Tx<'_>,
        word: &str,
        message: Option<MessageId>,
    ) -> Result<(), DeskError> {
        let (id, state) = (self.incoming.id, IncomingState::Understood);
        tx.set_incoming(id, state, word, message)?;
        if word == OWN_COPY {
            tx.log_incoming_under(id, None)?; // it is in the log as what we sent
        }
        Ok(())
    }

    /// Whether it is a copy of a mail that left this desk: providers put one into the folder.
    pub(super) fn left_this_desk(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        let mail = &self.mail.message;
        if mail.header(INSTANCE_HEADER) == Some(instance_id(cx.keys()).as_str()) {
            return Ok(true);
        }
        if self.round_trip(tx)?.is_some() {
            return Ok(true);
        }
        match &mail.message_id {
            Some(id) => was_sent_by_this_desk(tx, cx, id),
            None => Ok(false),
        }
    }

    /// The mailbox whose folder it lay in.
    fn sent_from(&self, tx: &mut Tx<'_>) -> Result<Option<Mailbox>, DeskError> {
        our_mailbox(tx, &self.named_recipients())
    }

    /// Whom its row names: the mailbox for which it was fetched.
    pub(super) fn named_recipients(&self) -> Vec<EmailAddress> {
        let recipients = self.incoming.recipients.iter();
        recipients
            .filter_map(|address| EmailAddress::parse(address).ok())
            .collect()
    }

    /// The ticket that it answers, and whether it went to somebody of that ticket. The same mail of
    /// a customer may have opened tickets in several mailboxes; ours comes first.
    fn sent_into(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        mailbox: &Mailbox,
    ) -> Result<Option<(Ticket, bool)>, DeskError> {
        let key = ReplyKey::new(cx.keys().links);
        for candidate in thread_candidates(&self.mail.message, &[], &key) {
            let mut tickets = Vec::new();
            for id in tickets_of(tx, &candidate)?.0 {
                tickets.extend(tx.ticket(id)?);
            }
            tickets.sort_by_key(|ticket| (ticket.mailbox != mailbox.id, ticket.id));
            if let Some(ticket) = tickets.into_iter().next() {
                let answers = self.went_to_somebody_of(tx, &ticket)?;
                return Ok(Some((ticket, answers)));
            }
        }
        Ok(None)
    }

    pub(super) fn went_to_somebody_of(
        &self,
        tx: &mut Tx<'_>,
        ticket: &Ticket,
    ) -> Result<bool, DeskError> {
        let mail = &self.mail.message;
        for to in mail.to.iter().chain(&mail.cc) {
            if standing_of(tx, ticket, &to.address)? != Standing::Stranger {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The moment at which it was sent, by its own date: it may be read long after. Before the ticket
    /// was there it cannot have answered it, and a clock that is ahead counts as ours.
    fn when_sent(&self, cx: &Cx, ticket: &Ticket) -> Cx {
        let date = self.mail.message.date.unwrap_or(cx.now());
        let at = date.max(ticket.created_at).min(cx.now());
        cx.at(cx.actor.clone(), at, 0)
    }

    /// Since when the customer has been waiting who wrote again after it was sent.
    fn waiting_again(
        tx: &mut Tx<'_>,
        cx: &Cx,
        ticket: &Ticket,
    ) -> Result<Option<Timestamp>, DeskError> {
        let Some(newest) = ticket.last_public_message else {
            return Ok(None);
        };
        let newest = tx.message(newest)?;
        if newest.is_none_or(|newest| newest.at <= cx.now()) {
            return Ok(None);
        }
        let since = tx.messages_of(ticket.id, LONGEST_THREAD)?.into_iter();
        let mut since =
            since.filter(|message| message.kind == MessageKind::Incoming && message.at > cx.now());
        Ok(since.next().map(|message| message.at))
    }

    /// It counts as the reply. Replies of ours that can still be taken back, and those that somebody
    /// is writing, show it first: nobody answers twice unknowingly.
    fn add_reply(&self, tx: &mut Tx<'_>, cx: &Cx, before: &Ticket) -> Result<Message, DeskError> {
        let new = self.sent_message(tx, MessageKind::Reply)?;
        let said = store_message(tx, cx, before, &new)?;
        let mut ticket = before.clone();
        let waiting = Self::waiting_again(tx, cx, before)?;
        let then = if waiting.is_some() {
            AfterSend::Open
        } else {
            AfterSend::Wait
        };
        let event = ticket.replied(said.message.id, then, cx.now())?;
        if waiting.is_some() {
            ticket.waiting_since = waiting;
            ticket.last_public_message = before.last_public_message;
        }
        ticket.updated_at = ticket.updated_at.max(before.updated_at);
        tx.hold_all_replies(ticket.id, said.message.id)?;
        tx.save_ticket(before, &ticket)?;
        record_ticket_by(
            tx,
            cx,
            &writer_name(&said.message),
            &event,
            &[&said, &ticket],
        )?;
        Ok(said.message)
    }

    fn add_note(&self, tx: &mut Tx<'_>, cx: &Cx, before: &Ticket) -> Result<Message, DeskError> {
        let new = self.sent_message(tx, MessageKind::Note)?;
        let said = store_message(tx, cx, before, &new)?;
        let mut ticket = before.clone();
        let event = ticket.noted(said.message.id, cx.now());
        ticket.updated_at = ticket.updated_at.max(before.updated_at);
        tx.save_ticket(before, &ticket)?;
        record_ticket_by(
            tx,
            cx,
            &writer_name(&said.message),
            &event,
            &[&said, &ticket],
        )?;
        Ok(said.message)
    }

    /// A ticket for somebody to whom the team wrote first; `None` where it went to nobody else.
    fn open_by_hand(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        mailbox: &Mailbox,
    ) -> Result<Option<Message>, DeskError> {
        let Some(to) = self.first_outsider(tx)? else {
            return Ok(None);
        };
        let name = to.name.as_deref().unwrap_or_default();
        let customer = find_or_make_customer(tx, cx, &to.address, name)?;
        let new = NewTicket {
            subject: self.mail.subject.clone(),
            customer: customer.id,
            mailbox,
            channel: Channel::Mail,
            follows: None,
            kind: None,
            urgency: Urgency::Normal,
            tags: Vec::new(),
            message: self.sent_message(tx, MessageKind::Reply)?,
        };
        let (before, message) = open_ticket(tx, cx, &new)?;
        let mut ticket = before.clone();
        let event = ticket.replied(message.id, AfterSend::Wait, cx.now())?;
        tx.save_ticket(&before, &ticket)?;
        record_ticket_by(tx, cx, &writer_name(&message), &event, &[&ticket])?;
        Ok(Some(message))
    }

    pub(super) fn first_outsider(
        &self,
        tx: &mut Tx<'_>,
    ) -> Result<Option<NamedAddress>, DeskError> {
        for to in &self.mail.message.to {
            let address = std::slice::from_ref(&to.address);
            if our_mailbox(tx, address)?.is_none() && tx.person_by_email(&to.address)?.is_none() {
                return Ok(Some(to.clone()));
            }
        }
        Ok(None)
    }

    /// What the team wrote, without what they quoted; the whole mail is kept beside it.
    pub(super) fn sent_message(
        &self,
        tx: &mut Tx<'_>,
        kind: MessageKind,
    ) -> Result<NewMessage, DeskError> {
        let mail = &self.mail;
        let added = mail.added.trimmed.reply.trim();
        let body = if added.is_empty() {
            mail.message.text.trim()
        } else {
            added
        };
        let author = self.writer(tx)?;
        let mut new = NewMessage::of_staff(kind, author, Channel::Mail, body.to_owned());
        let from = mail.from.as_ref();
        if author == Author::System {
            let name = from.and_then(|from| from.name.clone());
            new.sender_name = name.unwrap_or_default();
        }
        new.to = addresses(&mail.message.to);
        new.cc = addresses(&mail.message.cc);
        new.raw_blob = Some(self.incoming.blob.clone());
        let id = mail.message.message_id.as_ref();
        new.mail_id = id.map(|id| format!("<{id}>")).unwrap_or_default();
        new.files.clone_from(&mail.files);
        new.terms = mail.terms.clone();
        Ok(new)
    }

    /// Who wrote it: whoever has that address, else the only one of that name. A mailbox that
    /// several people share does not say.
    fn writer(&self, tx: &mut Tx<'_>) -> Result<Author, DeskError> {
        let Some(from) = &self.mail.from else {
            return Ok(Author::System);
        };
        if let Some(person) = tx.person_by_email(&from.address)? {
            return Ok(Author::Person(person.id));
        }
        let name = from.name.as_deref().unwrap_or_default().to_lowercase();
        let people = tx.people()?;
        let mut named = people
            .iter()
            .filter(|person| person.active && person.name.to_lowercase() == name);
        Ok(match (named.next(), named.next()) {
            (Some(person), None) => Author::Person(person.id),
            _ => Author::System,
        })
    }
}

/// Whether a Message-ID is of a mail that left this desk.
pub(crate) fn was_sent_by_this_desk(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &MailId,
) -> Result<bool, DeskError> {
    let key = ReplyKey::new(cx.keys().links);
    let is_ours = open_message_id(id, &key).is_some();
    Ok(is_ours || tx.outbox_by_mail_id(id.as_str())?.is_some())
}

/// As whom the history names whoever wrote a message.
fn writer_name(message: &Message) -> String {
    match message.author {
        Author::Person(person) => person.subject(),
        _ => "system".to_owned(),
    }
}

fn addresses(named: &[NamedAddress]) -> Vec<String> {
    named.iter().map(|to| to.address.to_string()).collect()
}
