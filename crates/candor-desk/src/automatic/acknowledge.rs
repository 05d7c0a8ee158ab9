//! Telling somebody that their mail arrived.
//!
//! Owns: which mailbox does it with which words, and when it stays silent. Must not know: how the
//! mail is composed or carried.
//!
//! The mail holds none of the sender's words, so that nobody can send anything to a stranger by
//! giving their address.

use super::{brake, limit, silence};
use crate::check::{self, Check};
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::journal::record;
use crate::level::{AnswerOwed, answer_owed, usual_answer};
use crate::link::customer_page;
use crate::outbox::suppress::dead_among;
use crate::outbox::{
    ACKNOWLEDGEMENT, AcknowledgementMail, PromiseLine, filled, queue_acknowledgement,
};
use crate::setting::{Known, keep, value};
use candor_domain::address::EmailAddress;
use candor_domain::id::{MailboxId, TicketId};
use candor_domain::mailbox::Brand;
use candor_domain::message::Message;
use candor_domain::permission::Permission;
use candor_domain::ticket::Ticket;
use candor_store::Tx;
use candor_store::automatic::AutomaticMail;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Longest text of one's own, in bytes.
const LONGEST_TEXT: usize = 4_000;
/// The same text of the same sender so often within an hour is a machine's.
const REPEATS: i64 = 3;

/// How a mailbox acknowledges.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// Whether it does.
    pub on: bool,
    /// The words; empty for those of the desk, in the customer's language. They may hold
    /// `{number}`, `{brand}`, `{promise}` and `{link}`.
    pub text: String,
}

fn name_of(mailbox: MailboxId) -> String {
    format!("acknowledge.{mailbox}")
}

const fn known(name: &str) -> Known<'_> {
    Known {
        name,
        default: "",
        secret: false,
    }
}

fn kept(tx: &mut Tx<'_>, cx: &Cx, mailbox: MailboxId) -> Result<Acknowledgement, DeskError> {
    let kept = value(tx, cx, &known(&name_of(mailbox)))?;
    if kept.is_empty() {
        return Ok(Acknowledgement::default());
    }
    serde_json::from_str(&kept)
        .map_err(|error| DeskError::Internal(format!("how a mailbox acknowledges: {error}")))
}

/// Asks how a mailbox acknowledges.
#[derive(Debug, Clone, Copy)]
pub struct AcknowledgementOf(pub MailboxId);

impl Query for AcknowledgementOf {
    type Output = Acknowledgement;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Acknowledgement, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        kept(tx, cx, self.0)
    }
}

/// Changes how a mailbox acknowledges.
#[derive(Debug, Clone)]
pub struct ChangeAcknowledgement {
    /// Which mailbox.
    pub mailbox: MailboxId,
    /// What holds from now on.
    pub to: Acknowledgement,
}

impl Verb for ChangeAcknowledgement {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        tx.mailbox(self.mailbox)?
            .ok_or(DeskError::NotFound("mailbox"))?;
        let mut check = Check::default();
        check.text("acknowledgement", &self.to.text, LONGEST_TEXT);
        check.done()?;
        let to = Acknowledgement {
            on: self.to.on,
            text: check::lines(&self.to.text).trim().to_owned(),
        };
        let written = serde_json::to_string(&to).expect("plain data");
        keep(tx, cx, &known(&name_of(self.mailbox)), &written)
    }
}

/// A mail that arrived and became a message.
pub struct Arrival<'a> {
    /// The ticket that it opened or joined.
    pub ticket: &'a Ticket,
    /// The message.
    pub message: &'a Message,
    /// Sender and text in one hash.
    pub echo: &'a str,
    /// Whether it opened the ticket.
    pub is_new: bool,
    /// Who may be answered, or why nobody.
    pub to: Result<EmailAddress, &'static str>,
}

/// Queues the acknowledgement. Answers with the word for why there is none, which is empty where
/// there is one.
pub fn acknowledge(
    tx: &mut Tx<'_>,
    cx: &Cx,
    arrival: &Arrival<'_>,
) -> Result<&'static str, DeskError> {
    let to = match &arrival.to {
        Ok(to) => to,
        Err(why) => return Ok(why),
    };
    if !arrival.is_new {
        return Ok(silence::KNOWN_TICKET);
    }
    let how = kept(tx, cx, arrival.ticket.mailbox)?;
    if !how.on {
        return Ok(silence::SWITCHED_OFF);
    }
    if let Some(why) = refused(tx, cx, arrival, to)? {
        return Ok(why);
    }
    send(tx, cx, arrival, to, &how)?;
    Ok("")
}

/// The limits, the strictest last: whoever is refused by a small one never moves the brake.
fn refused(
    tx: &mut Tx<'_>,
    cx: &Cx,
    arrival: &Arrival<'_>,
    to: &EmailAddress,
) -> Result<Option<&'static str>, DeskError> {
    let now = cx.now();
    let hour_ago = now - SignedDuration::from_hours(1);
    // This mail's own reading is not kept yet.
    if tx.echoes_since(arrival.echo, hour_ago)? + 1 >= REPEATS {
        return Ok(Some(silence::REPEATS));
    }
    if !dead_among(tx, &[to.to_string()])?.is_empty() {
        return Ok(Some(silence::DEAD_ADDRESS));
    }
    let sent = tx.automatic_mail_to(to.as_str(), limit::horizon(now))?;
    if limit::had_one_today(&sent, now) {
        return Ok(Some(silence::WITHIN_A_DAY));
    }
    if limit::is_too_many(&sent, arrival.ticket.id, now) {
        return Ok(Some(silence::TOO_MANY));
    }
    Ok(brake::is_on(tx, cx)?.then_some(silence::BRAKE))
}

fn send(
    tx: &mut Tx<'_>,
    cx: &Cx,
    arrival: &Arrival<'_>,
    to: &EmailAddress,
    how: &Acknowledgement,
) -> Result<(), DeskError> {
    let ticket = arrival.ticket;
    let mailbox = tx
        .mailbox(ticket.mailbox)?
        .ok_or(DeskError::NotFound("mailbox"))?;
    let brand = tx
        .brand(mailbox.brand)?
        .ok_or(DeskError::NotFound("brand"))?;
    let customer = tx.customer(ticket.customer)?;
    let language = customer.and_then(|customer| customer.language);
    let texts = cx
        .texts()
        .for_language(language.as_deref().unwrap_or(&brand.language));
    let number = ticket.id.to_string();
    let page = customer_page(cx.keys(), cx.public_url(), ticket);
    let promise = promise_line(tx, cx, ticket.id, &brand)?;
    let promise = promise.map_or_else(String::new, |line| (texts.promise)(&line));
    let values = [
        ("promise", promise.as_str()),
        ("number", number.as_str()),
        ("brand", brand.name.as_str()),
        ("link", page.as_str()),
    ];
    let letter = &texts.acknowledgement;
    let body = if how.text.is_empty() {
        &letter.body
    } else {
        &how.text
    };
    let mail = AcknowledgementMail {
        ticket,
        message: arrival.message.id,
        mailbox: &mailbox,
        to,
        subject: filled(&letter.subject, &values),
        body: without_gaps(&filled(body, &values)),
    };
    let outbox = queue_acknowledgement(tx, cx, &mail)?;
    tx.add_automatic_mail(&AutomaticMail {
        outbox,
        ticket: ticket.id,
        message: arrival.message.id,
        address: to.to_string(),
        at: cx.now(),
    })?;
    let event = json!({
        "ticket": ticket.id, "message": arrival.message.id, "purpose": ACKNOWLEDGEMENT,
    });
    record(tx, cx, "mail.acknowledged", event, &[ticket])
}

/// By when the sender hears from us; `None` where nothing is promised.
fn promise_line(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
    brand: &Brand,
) -> Result<Option<PromiseLine>, DeskError> {
    let Some(AnswerOwed::By(due)) = answer_owed(tx, cx, ticket)? else {
        return Ok(None);
    };
    Ok(Some(PromiseLine {
        now: cx.now(),
        zone: brand.zone.clone(),
        due,
        usual: usual_answer(tx, cx, ticket)?,
    }))
}

/// Where a blank on a line of its own stays empty, no gap remains.
fn without_gaps(text: &str) -> String {
    let mut text = text.to_owned();
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text
}
