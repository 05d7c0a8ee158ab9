//! Playing past events through the verbs, many in one transaction.
//!
//! Owns: bringing a history that happened elsewhere or before, with its own times and actors: the
//! demo shop, the benchmark's load. The same rules, rows and journal entries as live work; only
//! mail is not sent again. Must not know: where the history comes from.

use crate::customer::find_or_make_customer;
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::level::{DraftPromise, GivePromise};
use crate::people::access_of;
use crate::ticket::{
    ChangeTicket, NewFile, NewMessage, NewTicket, PastReply, WriteNote, add_customer_message,
    open_ticket,
};
use crate::tone::Reading;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::{MailboxId, PersonId, TicketId};
use candor_domain::mailbox::Mailbox;
use candor_domain::message::{Author, Channel, MessageKind};
use candor_domain::text::StaffText;
use candor_domain::ticket::{AfterSend, Change, Urgency};
use candor_store::Tx;
use candor_store::search::Terms;
use jiff::Timestamp;
use std::collections::HashMap;

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct PastStep {
    /// The caller's own name of the ticket.
    pub ticket: usize,
    /// When.
    pub at: Timestamp,
    /// What.
    pub deed: PastDeed,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum PastDeed {
    /// A customer wrote; the first of a ticket opens it.
    CustomerWrote(Box<PastMail>),
    /// Somebody answered.
    Replied {
        /// Who.
        by: PersonId,
        /// Markdown.
        body: String,
        /// What happened to the ticket then.
        then: AfterSend,
    },
    /// Somebody promised to be in touch.
    Promised {
        /// Who.
        by: PersonId,
        /// In which words.
        words: String,
        /// By when.
        due: Timestamp,
    },
    /// Somebody wrote a note.
    Noted {
        /// Who.
        by: PersonId,
        /// Markdown.
        body: String,
    },
    /// Somebody changed the ticket; `None` is the desk itself.
    Changed {
        /// Who.
        by: Option<PersonId>,
        /// What.
        change: Change,
    },
}

/// A mail of a customer.
#[derive(Debug, Clone)]
pub struct PastMail {
    /// The address it came from.
    pub email: EmailAddress,
    /// The name beside it.
    pub name: String,
    /// Where it went.
    pub mailbox: MailboxId,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// What the search finds it by, analysed before.
    pub terms: Terms,
    /// How it reads, read before; otherwise a job reads it.
    pub reading: Option<Reading>,
    /// Files, staged before.
    pub files: Vec<NewFile>,
}

/// Plays steps in their order, in one transaction.
#[derive(Debug, Clone)]
pub struct PlayHistory {
    /// Numbers of tickets that earlier chunks opened.
    pub known: HashMap<usize, TicketId>,
    /// What happened.
    pub steps: Vec<PastStep>,
}

impl Verb for PlayHistory {
    /// Numbers of the tickets that this chunk opened.
    type Output = HashMap<usize, TicketId>;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed(
                "only the desk itself plays a history",
            ));
        }
        let mut player = Player {
            mailboxes: tx.mailboxes()?,
            actors: HashMap::new(),
            known: &self.known,
            opened: HashMap::new(),
        };
        for (index, step) in self.steps.iter().enumerate() {
            player.play(tx, cx, index, step)?;
        }
        // A history moves more tickets in a moment than a team does in a week.
        tx.fold_counts()?;
        Ok(player.opened)
    }
}

struct Player<'a> {
    mailboxes: Vec<Mailbox>,
    actors: HashMap<PersonId, Actor>,
    known: &'a HashMap<usize, TicketId>,
    opened: HashMap<usize, TicketId>,
}

impl Player<'_> {
    fn play(
        &mut self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        index: usize,
        step: &PastStep,
    ) -> Result<(), DeskError> {
        let at = |actor: Actor| cx.at(actor, step.at, index);
        match &step.deed {
            PastDeed::CustomerWrote(mail) => self.customer_wrote(tx, &at(Actor::Mail), step, mail),
            PastDeed::Replied { by, body, then } => {
                let cx = at(self.actor(tx, *by)?);
                let reply = PastReply {
                    ticket: self.ticket(step)?,
                    body: body.clone(),
                    then: *then,
                };
                reply.apply(tx, &cx).map(|_| ())
            }
            PastDeed::Promised { by, words, due } => {
                let cx = at(self.actor(tx, *by)?);
                let ticket = self.ticket(step)?;
                let (words, due) = (words.clone(), *due);
                let promise = DraftPromise { words, due };
                GivePromise { ticket, promise }.apply(tx, &cx).map(|_| ())
            }
            PastDeed::Noted { by, body } => {
                let cx = at(self.actor(tx, *by)?);
                let ticket = self.ticket(step)?;
                let note = WriteNote {
                    files: Vec::new(),
                    ticket,
                    body: StaffText::new(body),
                    channel: Channel::Desk,
                };
                note.apply(tx, &cx).map(|_| ())
            }
            PastDeed::Changed { by, change } => {
                let actor = by.map_or(Ok(Actor::System), |by| self.actor(tx, by))?;
                let verb = ChangeTicket {
                    ticket: self.ticket(step)?,
                    change: change.clone(),
                    version: None,
                };
                verb.apply(tx, &at(actor)).map(|_| ())
            }
        }
    }

    fn customer_wrote(
        &mut self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        step: &PastStep,
        mail: &PastMail,
    ) -> Result<(), DeskError> {
        let customer = find_or_make_customer(tx, cx, &mail.email, &mail.name)?;
        let message = NewMessage {
            kind: MessageKind::Incoming,
            author: Author::Customer(customer.id),
            channel: Channel::Mail,
            sender_name: mail.name.clone(),
            sender_address: mail.email.to_string(),
            sender_is_customer: true,
            to: Vec::new(),
            cc: Vec::new(),
            body: mail.body.clone(),
            html_blob: None,
            raw_blob: None,
            mail_id: String::new(),
            files: mail.files.clone(),
            terms: mail.terms.clone(),
            reading: mail.reading.clone(),
        };
        if let Ok(id) = self.ticket(step) {
            let ticket = tx.ticket(id)?.ok_or(DeskError::NotFound("ticket"))?;
            let (ticket, _) = add_customer_message(tx, cx, ticket, message)?;
            self.opened.insert(step.ticket, ticket.id);
            return Ok(());
        }
        let mailbox = self
            .mailboxes
            .iter()
            .find(|mailbox| mailbox.id == mail.mailbox)
            .ok_or(DeskError::NotFound("mailbox"))?;
        let new = NewTicket {
            subject: mail.subject.clone(),
            customer: customer.id,
            mailbox,
            channel: Channel::Mail,
            follows: None,
            kind: None,
            urgency: Urgency::Normal,
            tags: Vec::new(),
            message,
        };
        let (ticket, _) = open_ticket(tx, cx, &new)?;
        self.opened.insert(step.ticket, ticket.id);
        Ok(())
    }

    fn ticket(&self, step: &PastStep) -> Result<TicketId, DeskError> {
        let id = self
            .opened
            .get(&step.ticket)
            .or_else(|| self.known.get(&step.ticket));
        id.copied().ok_or(DeskError::NotFound("ticket"))
    }

    fn actor(&mut self, tx: &mut Tx<'_>, person: PersonId) -> Result<Actor, DeskError> {
        if let Some(actor) = self.actors.get(&person) {
            return Ok(actor.clone());
        }
        let access = access_of(tx, person)?.ok_or(DeskError::NotFound("person"))?;
        let actor = Actor::Person(access);
        self.actors.insert(person, actor.clone());
        Ok(actor)
    }
}
