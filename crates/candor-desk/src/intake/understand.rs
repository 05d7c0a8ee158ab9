//! Making a message of a stored mail.
//!
//! Owns: the intake job and its verb. Must not know: how a ticket is opened or joined.

use super::place::{Place, our_mailbox, place_of};
use super::quarantine::Quarantine;
use super::read::{ReadError, ReadMail, read_mail};
use super::{FETCHED, reason};
use crate::blob;
use crate::customer::find_or_make_customer;
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use crate::ticket::{NewMessage, NewTicket, add_customer_message, open_ticket};
use crate::worker::{JobOutcome, JobRun};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::{CustomerId, IncomingId};
use candor_domain::message::{Author, Channel, MessageKind};
use candor_domain::ticket::Urgency;
use candor_mail::{NamedAddress, ReplyKey, open_message_id};
use candor_store::Tx;
use candor_store::intake::{Incoming, IncomingState};

/// Runs after which a mail that cannot be read is put aside.
const MOST_ATTEMPTS: i64 = 3;

/// The largest mail that is read, in bytes. Ways in that cannot refuse a larger one (a pipe, an
/// import) keep it all the same, and a person sees it.
pub const LARGEST_MAIL: i64 = 25 * 1024 * 1024;

/// The intake job: `payload` is the number of a raw mail.
pub async fn understand_job(desk: Desk, job: JobRun) -> JobOutcome {
    let Ok(id) = job.payload.parse::<IncomingId>() else {
        return JobOutcome::GiveUp("the job names no mail".to_owned());
    };
    if job.attempt > MOST_ATTEMPTS {
        // Earlier runs did not even come to their end.
        let why = "the desk stopped each time it read this mail".to_owned();
        return quarantine(&desk, &job, id, why).await;
    }
    match understand(&desk, id).await {
        Ok(()) => JobOutcome::Done,
        Err(ReadError::Later(error)) if is_passing(&error) => job.again(error.to_string()),
        Err(ReadError::Later(error)) => fail(&desk, &job, id, error.to_string()).await,
        Err(ReadError::Broken(why)) => fail(&desk, &job, id, why).await,
    }
}

fn is_passing(error: &DeskError) -> bool {
    matches!(
        error,
        DeskError::Unavailable(_) | DeskError::SlowDown { .. }
    )
}

async fn fail(desk: &Desk, job: &JobRun, id: IncomingId, why: String) -> JobOutcome {
    if job.attempt < MOST_ATTEMPTS {
        return job.again(why);
    }
    quarantine(desk, job, id, why).await
}

async fn quarantine(desk: &Desk, job: &JobRun, id: IncomingId, why: String) -> JobOutcome {
    let verb = Quarantine {
        incoming: id,
        reason: format!("{}: {why}", reason::UNREADABLE),
    };
    match desk.run(&Actor::Mail, verb).await {
        Ok(()) => JobOutcome::Done,
        Err(error) => job.again(error.to_string()),
    }
}

async fn understand(desk: &Desk, id: IncomingId) -> Result<(), ReadError> {
    let Some(incoming) = desk.ask(&Actor::Mail, StoredMail(id)).await? else {
        return Ok(()); // dropped meanwhile
    };
    if incoming.state != IncomingState::Pending {
        return Ok(()); // an earlier run did it
    }
    if incoming.size > LARGEST_MAIL {
        let verb = Quarantine {
            incoming: id,
            reason: reason::TOO_LARGE.to_owned(),
        };
        return Ok(desk.run(&Actor::Mail, verb).await?);
    }
    let mail = read_mail(desk, blob::read(desk, &incoming.blob).await?).await?;
    desk.run(&Actor::Mail, Understand { incoming, mail })
        .await?;
    Ok(())
}

struct StoredMail(IncomingId);

impl Query for StoredMail {
    type Output = Option<Incoming>;

    fn read(&self, tx: &mut Tx<'_>, _: &Cx) -> Result<Self::Output, DeskError> {
        Ok(tx.incoming(self.0)?)
    }
}

/// Makes one message of a mail, or puts it aside with a reason.
struct Understand {
    incoming: Incoming,
    mail: ReadMail,
}

impl Verb for Understand {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let state = tx.incoming(self.incoming.id)?.map(|row| row.state);
        if state != Some(IncomingState::Pending) {
            return Ok(());
        }
        let Some(sender) = self.sender() else {
            return self.put_aside(tx, cx, reason::NO_SENDER);
        };
        if self.is_our_own(tx, cx, &sender.address)? {
            return self.put_aside(tx, cx, reason::OWN_MAIL);
        }
        let recipients = self.recipients();
        let key = ReplyKey::new(cx.keys().links);
        let place = place_of(tx, &key, &self.mail.message, &sender.address, &recipients)?;
        let mailbox = our_mailbox(tx, &recipients)?;
        let name = sender.name.as_deref().unwrap_or_default();
        let message = match (place, mailbox) {
            (Place::Joins(ticket, as_customer), _) => {
                let author = if as_customer {
                    ticket.customer
                } else {
                    find_or_make_customer(tx, cx, &sender.address, name)?.id
                };
                let message = self.new_message(&sender, author, as_customer);
                add_customer_message(tx, cx, *ticket, message)?.1
            }
            (Place::Opens, None) => return self.put_aside(tx, cx, reason::NO_MAILBOX),
            (Place::Opens, Some(mailbox)) => {
                let customer = find_or_make_customer(tx, cx, &sender.address, name)?;
                let ticket = NewTicket {
                    subject: self.mail.subject.clone(),
                    customer: customer.id,
                    mailbox: &mailbox,
                    channel: Channel::Mail,
                    follows: None,
                    kind: None,
                    urgency: Urgency::Normal,
                    tags: Vec::new(),
                    message: self.new_message(&sender, customer.id, true),
                };
                open_ticket(tx, cx, &ticket)?.1
            }
        };
        let (id, state) = (self.incoming.id, IncomingState::Understood);
        Ok(tx.set_incoming(id, state, "", Some(message.id))?)
    }
}

impl Understand {
    /// Whoever wrote it, by its own claim; the envelope where the mail itself names nobody.
    fn sender(&self) -> Option<NamedAddress> {
        self.mail.from.clone().or_else(|| {
            let address = EmailAddress::parse(&self.incoming.mail_from).ok()?;
            Some(NamedAddress::bare(address))
        })
    }

    /// One of our own mails that came back: from an address of ours, or with an id that we signed.
    fn is_our_own(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        sender: &EmailAddress,
    ) -> Result<bool, DeskError> {
        let key = ReplyKey::new(cx.keys().links);
        let id = self.mail.message.message_id.as_ref();
        let signed_by_us = id.is_some_and(|id| open_message_id(id, &key).is_some());
        let marked = self.mail.message.header("x-loop");
        let marked = marked.and_then(|value| EmailAddress::parse(value).ok());
        let claimed: Vec<EmailAddress> = std::iter::once(sender.clone()).chain(marked).collect();
        Ok(signed_by_us || our_mailbox(tx, &claimed)?.is_some())
    }

    /// The envelope's recipients; where there is no envelope, those that the headers name. A mail
    /// that was fetched is for the mailbox that it was fetched for, unless it names another one.
    fn recipients(&self) -> Vec<EmailAddress> {
        let parse = |text: &String| EmailAddress::parse(text).ok();
        let envelope: Vec<EmailAddress> =
            self.incoming.recipients.iter().filter_map(parse).collect();
        if !envelope.is_empty() && self.incoming.via != FETCHED {
            return envelope;
        }
        let message = &self.mail.message;
        let delivered = ["x-original-to", "delivered-to", "envelope-to"]
            .iter()
            .filter_map(|name| message.header(name))
            .filter_map(|value| EmailAddress::parse(value.trim_matches(['<', '>'])).ok());
        let named = message
            .to
            .iter()
            .chain(&message.cc)
            .map(|to| to.address.clone());
        delivered.chain(named).chain(envelope).collect()
    }

    fn new_message(&self, sender: &NamedAddress, author: CustomerId, known: bool) -> NewMessage {
        let mail = &self.mail;
        let id = mail.message.message_id.as_ref();
        NewMessage {
            kind: MessageKind::Incoming,
            author: Author::Customer(author),
            channel: Channel::Mail,
            sender_name: sender.name.clone().unwrap_or_default(),
            sender_address: sender.address.as_str().to_owned(),
            sender_is_customer: known,
            to: addresses(&mail.message.to),
            cc: addresses(&mail.message.cc),
            body: mail.message.text.clone(),
            html_blob: mail.html.clone(),
            raw_blob: Some(self.incoming.blob.clone()),
            mail_id: id.map(|id| format!("<{id}>")).unwrap_or_default(),
            files: mail.files.clone(),
            terms: mail.terms.clone(),
            reading: Some(mail.reading.clone()),
        }
    }

    fn put_aside(&self, tx: &mut Tx<'_>, cx: &Cx, reason: &str) -> Result<(), DeskError> {
        let verb = Quarantine {
            incoming: self.incoming.id,
            reason: reason.to_owned(),
        };
        verb.apply(tx, cx)
    }
}

fn addresses(named: &[NamedAddress]) -> Vec<String> {
    named
        .iter()
        .map(|to| to.address.as_str().to_owned())
        .collect()
}
