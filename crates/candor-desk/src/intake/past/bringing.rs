//! Mails of the past on their way into tickets, within one transaction.
//!
//! Owns: which ticket of the past a mail belongs to, and that each ticket is told once. Must not
//! know: where the mails come from, when they are tried again.

use super::super::place::{Standing, standing_of, tickets_of};
use super::super::quarantine::{Quarantine, RawMailRecord};
use super::super::reason;
use super::super::sent::{NO_TICKET, OWN_COPY, SENT_BY_HAND};
use super::super::understand::{OPENED, Understand, customer_of};
use super::{PAST_SENT, Prepared, is_left_over};
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::journal::record_ticket;
use crate::mail_watch::count_past_mail;
use crate::sender_check::{self, may_speak};
use crate::ticket::{NewMessage, store_past_message};
use candor_domain::event::TicketEvent;
use candor_domain::id::{ConversationId, CustomerId, IncomingId, TicketId};
use candor_domain::mailbox::Mailbox;
use candor_domain::message::{Channel, Message, MessageKind};
use candor_domain::record::{MessageWithFiles, Recorded};
use candor_domain::text::one_line;
use candor_domain::ticket::{Status, Ticket, Urgency};
use candor_mail::{ReplyKey, thread_candidates};
use candor_store::Tx;
use candor_store::intake::IncomingState;
use candor_store::past_mail::PastCame;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What led a mail to its ticket: it names one of its mails.
const KNOWN_MESSAGE: &str = "known_message";

/// What became of one mail.
enum Made {
    /// A message; what led it to its ticket, in a word.
    Message(Box<Message>, &'static str),
    /// Nothing, for the reason that this word names.
    Left(&'static str),
    /// A person has to look at it, for the reason that this word names.
    Aside(&'static str),
}

/// A ticket that got messages in this transaction.
struct Touched {
    before: Ticket,
    ticket: Ticket,
    said: Vec<MessageWithFiles>,
}

/// Mails of one mailbox's past on their way into tickets.
pub(super) struct Bringing {
    mailbox: Mailbox,
    touched: BTreeMap<TicketId, Touched>,
    pub(super) came: PastCame,
    /// Counts the mails, so that each draws randomness of its own.
    index: usize,
}

impl Bringing {
    pub(super) fn into(mailbox: Mailbox) -> Self {
        Self {
            mailbox,
            touched: BTreeMap::new(),
            came: PastCame::default(),
            index: 0,
        }
    }

    pub(super) fn settle(
        &mut self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        what: &Prepared,
    ) -> Result<(), DeskError> {
        match what {
            Prepared::Gone => self.came.left_out += 1,
            Prepared::Known => self.came.known += 1,
            Prepared::Broken(stored, why) => {
                let (incoming, is_new) = stored.store(tx, cx)?;
                if !is_new {
                    self.came.known += 1;
                    return Ok(());
                }
                self.came.set_aside += 1;
                let reason = format!("{}: {why}", reason::UNREADABLE);
                return Quarantine { incoming, reason }.apply(tx, cx);
            }
            Prepared::Read(stored, mail, at) => {
                let left_over = stored.earlier(tx)?.filter(is_left_over);
                let (id, is_new) = stored.store(tx, cx)?;
                if !is_new && left_over.is_none() {
                    self.came.known += 1;
                    return Ok(());
                }
                return self.take(tx, cx, mail, (id, *at));
            }
        }
        Ok(())
    }

    pub(super) fn take(
        &mut self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        mail: &Understand,
        (id, at): (IncomingId, Timestamp),
    ) -> Result<(), DeskError> {
        self.index += 1;
        let then = cx.at(cx.actor.clone(), at, self.index);
        let made = if mail.incoming.via == PAST_SENT {
            self.sent(tx, (cx, &then), mail)?
        } else {
            self.arrived(tx, (cx, &then), mail)?
        };
        match made {
            Made::Message(message, led) => {
                self.came.brought += 1;
                let mut reading = mail.reading(&message, led, "");
                reading.incoming = id;
                if led == SENT_BY_HAND {
                    // What was quoted is not in the text at all.
                    reading.removed.clear();
                }
                tx.keep_reading(&reading)?;
                // Of what came. Nobody vouches for what the team wrote in its own folder.
                if let Some(checked) = mail.checked.as_ref().filter(|_| led != SENT_BY_HAND) {
                    sender_check::keep(tx, cx, &RawMailRecord(id), message.id, checked)?;
                }
                mail.learn_language(tx, cx, &message)?;
                let state = IncomingState::Understood;
                Ok(tx.set_incoming(id, state, "", Some(message.id))?)
            }
            Made::Left(word) => {
                if word == OWN_COPY {
                    self.came.known += 1;
                } else {
                    self.came.left_out += 1;
                }
                tx.set_incoming(id, IncomingState::Understood, word, None)?;
                if word == OWN_COPY {
                    tx.log_incoming_under(id, None)?;
                }
                Ok(())
            }
            Made::Aside(word) => {
                self.came.set_aside += 1;
                let reason = word.to_owned();
                Quarantine {
                    incoming: id,
                    reason,
                }
                .apply(tx, cx)
            }
        }
    }

    /// What came to us.
    fn arrived(
        &mut self,
        tx: &mut Tx<'_>,
        (cx, then): (&Cx, &Cx),
        mail: &Understand,
    ) -> Result<Made, DeskError> {
        let Some(sender) = mail.sender() else {
            return Ok(Made::Aside(reason::NO_SENDER));
        };
        if mail.is_our_own(tx, cx, &sender.address)? {
            return Ok(Made::Aside(reason::OWN_MAIL));
        }
        let speaks = may_speak(mail.checked.as_ref(), false);
        let mut found = None;
        for ticket in self.candidates(tx, cx, mail)? {
            let standing = standing_of(tx, &ticket, &sender.address)?;
            if speaks && standing != Standing::Stranger {
                found = Some((ticket, standing == Standing::Customer));
                break;
            }
        }
        let author = customer_of(tx, cx, &sender)?;
        let (ticket, is_customer, led) = match found {
            Some((ticket, is_customer)) => (ticket.id, is_customer, KNOWN_MESSAGE),
            None => (self.open(tx, then, mail, author)?, true, OPENED),
        };
        count_past_mail(tx, self.mailbox.id, then.now())?;
        let new = mail.new_message(&sender, author, is_customer);
        self.add(tx, then, ticket, &new, led)
    }

    /// What the team sent.
    fn sent(
        &mut self,
        tx: &mut Tx<'_>,
        (cx, then): (&Cx, &Cx),
        mail: &Understand,
    ) -> Result<Made, DeskError> {
        if mail.left_this_desk(tx, cx)? || mail.is_machine_answer() {
            return Ok(Made::Left(OWN_COPY));
        }
        let mut found: Option<(TicketId, bool)> = None;
        for ticket in self.candidates(tx, cx, mail)? {
            let answers = mail.went_to_somebody_of(tx, &ticket)?;
            let is_better = found.is_none_or(|(_, known)| answers && !known);
            if is_better {
                found = Some((ticket.id, answers));
            }
        }
        if !matches!(found, Some((_, true)))
            && let Some(live) = self.live_ticket(tx, cx, mail)?
        {
            let message = mail.join_live(tx, cx, &live)?;
            return Ok(Made::Message(Box::new(message), SENT_BY_HAND));
        }
        let (ticket, kind) = match found {
            Some((ticket, true)) => (ticket, MessageKind::Reply),
            Some((ticket, false)) => (ticket, MessageKind::Note),
            None => {
                let Some(to) = mail.first_outsider(tx)? else {
                    return Ok(Made::Left(NO_TICKET));
                };
                let customer = customer_of(tx, cx, &to)?;
                (self.open(tx, then, mail, customer)?, MessageKind::Reply)
            }
        };
        let new = mail.sent_message(tx, kind)?;
        self.add(tx, then, ticket, &new, SENT_BY_HAND)
    }

    /// The tickets of this mailbox's past that a mail names, the surest first.
    fn candidates(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        mail: &Understand,
    ) -> Result<Vec<Ticket>, DeskError> {
        let key = ReplyKey::new(cx.keys().links);
        let mut found: Vec<Ticket> = Vec::new();
        for candidate in thread_candidates(&mail.mail.message, &[], &key) {
            for id in tickets_of(tx, &candidate)?.0 {
                if found.iter().any(|ticket| ticket.id == id) || !tx.is_past_ticket(id)? {
                    continue;
                }
                let ticket = tx.ticket(id)?;
                found.extend(ticket.filter(|ticket| ticket.mailbox == self.mailbox.id));
            }
        }
        Ok(found)
    }

    /// The ticket of today that a mail of the team answers: it names one of its mails and went to
    /// somebody of it.
    fn live_ticket(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        mail: &Understand,
    ) -> Result<Option<Ticket>, DeskError> {
        let key = ReplyKey::new(cx.keys().links);
        for candidate in thread_candidates(&mail.mail.message, &[], &key) {
            for id in tickets_of(tx, &candidate)?.0 {
                if tx.is_past_ticket(id)? {
                    continue;
                }
                let ticket = tx.ticket(id)?;
                if let Some(ticket) = ticket.filter(|ticket| ticket.mailbox == self.mailbox.id)
                    && mail.went_to_somebody_of(tx, &ticket)?
                {
                    return Ok(Some(ticket));
                }
            }
        }
        Ok(None)
    }

    /// A ticket that was over before the desk began.
    fn open(
        &mut self,
        tx: &mut Tx<'_>,
        then: &Cx,
        mail: &Understand,
        customer: CustomerId,
    ) -> Result<TicketId, DeskError> {
        let mut ticket = Ticket {
            id: TicketId(0),
            subject: one_line(&mail.mail.subject, Ticket::MAX_SUBJECT),
            customer,
            conversation: ConversationId(0),
            mailbox: self.mailbox.id,
            channel: Channel::Mail,
            status: Status::Closed,
            kind: None,
            urgency: Urgency::Normal,
            team: self.mailbox.team,
            assignee: None,
            tags: Vec::new(),
            spam: false,
            follows: None,
            created_at: then.now(),
            updated_at: then.now(),
            waiting_since: None,
            // Nobody solved it here; so nobody is asked how it went.
            solved_at: None,
            last_public_message: None,
            link_epoch: 0,
            version: 0,
            salt: then.salt("ticket"),
        };
        tx.insert_ticket(&mut ticket)?;
        tx.mark_past_ticket(ticket.id)?;
        self.came.tickets += 1;
        let id = ticket.id;
        let touched = Touched {
            before: ticket.clone(),
            ticket,
            said: Vec::new(),
        };
        self.touched.insert(id, touched);
        Ok(id)
    }

    fn add(
        &mut self,
        tx: &mut Tx<'_>,
        then: &Cx,
        id: TicketId,
        new: &NewMessage,
        led: &'static str,
    ) -> Result<Made, DeskError> {
        let touched = match self.touched.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let ticket = tx.ticket(id)?.ok_or(DeskError::NotFound("ticket"))?;
                place.insert(Touched {
                    before: ticket.clone(),
                    ticket,
                    said: Vec::new(),
                })
            }
        };
        let said = store_past_message(tx, then, &touched.ticket, new)?;
        let message = said.message.clone();
        if message.is_public() {
            touched.ticket.last_public_message = Some(message.id);
        }
        touched.ticket.updated_at = touched.ticket.updated_at.max(message.at);
        touched.said.push(said);
        Ok(Made::Message(Box::new(message), led))
    }

    /// Saves the tickets and tells each of them once, at the time of today: that they were brought
    /// in is what happened now.
    pub(super) fn finish(self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        for (id, mut touched) in self.touched {
            touched.ticket.version += 1;
            tx.save_ticket(&touched.before, &touched.ticket)?;
            let said = touched.said.iter().map(|said| said as &dyn Recorded);
            let mut rows: Vec<&dyn Recorded> = said.collect();
            rows.push(&touched.ticket);
            let event = TicketEvent::BroughtIn {
                ticket: id,
                customer: touched.ticket.customer,
                mailbox: touched.ticket.mailbox,
                mails: touched.said.len(),
            };
            record_ticket(tx, cx, &event, &rows)?;
        }
        Ok(())
    }
}
