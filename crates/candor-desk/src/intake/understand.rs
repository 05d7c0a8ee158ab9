//! Making a message of a stored mail.
//!
//! Owns: the intake job and its verb. Must not know: how a ticket is opened or joined.

use super::place::{Arrived, Place, mailbox_named, place_of};
use super::quarantine::{Quarantine, RawMailRecord};
use super::read::{ReadError, ReadMail, read_mail};
use super::reason;
use super::receive::SENT;
use crate::blob;
use crate::customer::find_or_make_customer;
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use crate::postmaster::Postmaster;
use crate::sender_check::{self, Checked, check_arrival, check_front};
use crate::ticket::{
    NewMessage, NewTicket, add_customer_message, add_machine_message, open_ticket,
};
use crate::worker::{JobOutcome, JobRun};
use candor_domain::actor::Actor;
use candor_domain::id::{CustomerId, IncomingId};
use candor_domain::mailbox::Mailbox;
use candor_domain::message::{Author, Channel, Message, MessageKind};
use candor_domain::ticket::{Ticket, Urgency};
use candor_mail::{NamedAddress, ReplyKey};
use candor_store::Tx;
use candor_store::intake::{Incoming, IncomingState};
use std::sync::Arc;

/// Runs after which a mail that cannot be read is put aside.
const MOST_ATTEMPTS: i64 = 3;

/// What led a mail to a ticket of its own.
pub(super) const OPENED: &str = "opened";

/// The largest mail that is read, in bytes. Ways in that cannot refuse a larger one (a pipe, an
/// import) keep it all the same, and a person sees it.
pub const LARGEST_MAIL: i64 = 25 * 1024 * 1024;

/// The intake job: `payload` is the number of a raw mail.
pub async fn understand_job(
    desk: Desk,
    job: JobRun,
    postmaster: Arc<dyn Postmaster>,
) -> JobOutcome {
    let Ok(id) = job.payload.parse::<IncomingId>() else {
        return JobOutcome::GiveUp("the job names no mail".to_owned());
    };
    if job.attempt > MOST_ATTEMPTS {
        // Earlier runs did not even come to their end.
        let why = "the desk stopped each time it read this mail".to_owned();
        return quarantine(&desk, &job, id, why).await;
    }
    match understand(&desk, id, postmaster.as_ref()).await {
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

async fn understand(
    desk: &Desk,
    id: IncomingId,
    postmaster: &dyn Postmaster,
) -> Result<(), ReadError> {
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
    let raw = blob::read(desk, &incoming.blob).await?;
    let mut checked = check_arrival(desk, postmaster, &incoming, &raw).await?;
    let mail = read_mail(desk, &incoming, raw).await?;
    if checked.is_none() {
        checked = check_front(desk, &mail.message).await?;
    }
    let verb = Understand {
        incoming,
        mail,
        checked,
    };
    desk.run(&Actor::Mail, verb).await?;
    Ok(())
}

struct StoredMail(IncomingId);

impl Query for StoredMail {
    type Output = Option<Incoming>;

    fn read(&self, tx: &mut Tx<'_>, _: &Cx) -> Result<Self::Output, DeskError> {
        Ok(tx.incoming(self.0)?)
    }
}

/// How a mail came to its ticket.
struct Led {
    /// What led it there, in a word.
    by: &'static str,
    /// Whether the ticket is its own.
    is_new: bool,
}

/// Makes one message of a mail, notes what it reports, or puts it aside with a reason.
pub(super) struct Understand {
    pub(super) incoming: Incoming,
    pub(super) mail: ReadMail,
    pub(super) checked: Option<Checked>,
}

impl Verb for Understand {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let state = tx.incoming(self.incoming.id)?.map(|row| row.state);
        if state != Some(IncomingState::Pending) {
            return Ok(());
        }
        if self.is_past() {
            return self.take_past(tx, cx);
        }
        if self.incoming.via == SENT {
            return self.take_sent(tx, cx);
        }
        if self.take_round_trip(tx, cx)? {
            return Ok(());
        }
        if self.goes_in_circles() {
            return self.put_aside(tx, cx, reason::TOO_MANY_HOPS);
        }
        if self.take_report(tx, cx)? {
            return Ok(());
        }
        let Some(sender) = self.sender() else {
            return self.put_aside(tx, cx, reason::NO_SENDER);
        };
        if self.is_our_own(tx, cx, &sender.address)? {
            return self.put_aside(tx, cx, reason::OWN_MAIL);
        }
        if self.take_staff(tx, cx, &sender)? {
            return Ok(());
        }
        let recipients = self.recipients();
        let key = ReplyKey::new(cx.keys().links);
        let arrived = Arrived {
            message: &self.mail.message,
            sender: &sender.address,
            recipients: &recipients,
            checked: self.checked.as_ref(),
        };
        let (ticket, message, led) = match place_of(tx, &key, &arrived)? {
            Place::Joins(ticket, as_customer, by) => {
                self.join(tx, cx, &sender, (*ticket, as_customer, by))?
            }
            Place::Opens => match self.mailbox(tx, &recipients)? {
                Some(mailbox) => self.open(tx, cx, &sender, &mailbox)?,
                None => return self.put_aside(tx, cx, reason::NO_MAILBOX),
            },
        };
        if let Some(checked) = &self.checked {
            let record = RawMailRecord(self.incoming.id);
            sender_check::keep(tx, cx, &record, message.id, checked)?;
        }
        self.learn_language(tx, cx, &message)?;
        let silence = self.acknowledge(tx, cx, &ticket, &message, led.is_new)?;
        tx.keep_reading(&self.reading(&message, led.by, silence))?;
        let (id, state) = (self.incoming.id, IncomingState::Understood);
        Ok(tx.set_incoming(id, state, "", Some(message.id))?)
    }
}

impl Understand {
    fn join(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        sender: &NamedAddress,
        (ticket, as_customer, by): (Ticket, bool, &'static str),
    ) -> Result<(Ticket, Message, Led), DeskError> {
        let joined = ticket.id;
        let author = if as_customer {
            ticket.customer
        } else {
            customer_of(tx, cx, sender)?
        };
        let message = self.new_message(sender, author, as_customer);
        let (ticket, message) = if self.is_machine_answer() {
            add_machine_message(tx, cx, ticket, &message)?
        } else {
            add_customer_message(tx, cx, ticket, message)?
        };
        let is_new = ticket.id != joined;
        Ok((ticket, message, Led { by, is_new }))
    }

    fn open(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        sender: &NamedAddress,
        mailbox: &Mailbox,
    ) -> Result<(Ticket, Message, Led), DeskError> {
        let customer = customer_of(tx, cx, sender)?;
        let ticket = NewTicket {
            subject: self.mail.subject.clone(),
            customer,
            mailbox,
            channel: Channel::Mail,
            follows: None,
            kind: None,
            urgency: Urgency::Normal,
            tags: Vec::new(),
            message: self.new_message(sender, customer, true),
        };
        let (ticket, message) = open_ticket(tx, cx, &ticket)?;
        let led = Led {
            by: OPENED,
            is_new: true,
        };
        Ok((ticket, message, led))
    }

    pub(super) fn new_message(
        &self,
        sender: &NamedAddress,
        author: CustomerId,
        known: bool,
    ) -> NewMessage {
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
            reading: Some(mail.added.tone.clone()),
        }
    }

    pub(super) fn put_aside(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        reason: &str,
    ) -> Result<(), DeskError> {
        if self.incoming.recipients.is_empty() {
            // Nothing but its headers says whose it is.
            let named: Vec<String> = self.recipients().iter().map(ToString::to_string).collect();
            let mailbox = mailbox_named(tx, &named)?;
            tx.log_incoming_under(self.incoming.id, mailbox)?;
        }
        let verb = Quarantine {
            incoming: self.incoming.id,
            reason: reason.to_owned(),
        };
        verb.apply(tx, cx)
    }
}

/// The customer who wrote under this name and address.
pub(super) fn customer_of(
    tx: &mut Tx<'_>,
    cx: &Cx,
    sender: &NamedAddress,
) -> Result<CustomerId, DeskError> {
    let name = sender.name.as_deref().unwrap_or_default();
    Ok(find_or_make_customer(tx, cx, &sender.address, name)?.id)
}

fn addresses(named: &[NamedAddress]) -> Vec<String> {
    named
        .iter()
        .map(|to| to.address.as_str().to_owned())
        .collect()
}
