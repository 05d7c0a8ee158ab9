//! Asking a customer, once.
//!
//! Owns: when a ticket is asked about, and the mail. Must not know: what a click does.

use super::settings::settings_of;
use crate::cx::{Cx, Desk, Verb};
use crate::error::DeskError;
use crate::journal::record;
use crate::link::customer_page;
use crate::outbox::{SecretMail, filled, queue_secret_mail};
use crate::ticket::customer_address;
use candor_domain::actor::Actor;
use candor_domain::customer::first_name;
use candor_domain::id::{MailboxId, RatingId, TicketId};
use candor_domain::rating::Rating;
use candor_domain::ticket::Ticket;
use candor_store::Tx;
use jiff::ToSpan;
use serde_json::json;

/// How long a ticket has been solved before its customer is asked: long enough for an answer that
/// reopens it.
const PAUSE_HOURS: i64 = 1;
/// Tickets that were solved longer ago are not asked about: a mailbox that begins to ask does not
/// begin with its past.
const LATEST_HOURS: i64 = 72;
/// Tickets in one transaction.
const CHUNK: i64 = 50;

/// Asks every customer who is to be asked now.
pub async fn ask_for_ratings(desk: &Desk) -> Result<(), DeskError> {
    while desk.run(&Actor::System, AskForRatings).await? == CHUNK {}
    Ok(())
}

struct AskForRatings;

impl Verb for AskForRatings {
    /// How many were asked.
    type Output = i64;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<i64, DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed("only the desk itself asks customers"));
        }
        let mut asking: Vec<MailboxId> = Vec::new();
        for mailbox in tx.mailboxes()? {
            if settings_of(tx, cx, mailbox.id)?.asks {
                asking.push(mailbox.id);
            }
        }
        if asking.is_empty() {
            return Ok(0);
        }
        let (from, to) = (
            cx.now() - LATEST_HOURS.hours(),
            cx.now() - PAUSE_HOURS.hours(),
        );
        let tickets = tx.solved_and_not_asked((from, to), &asking, CHUNK)?;
        for ticket in &tickets {
            ask(tx, cx, *ticket)?;
        }
        Ok(tickets.len() as i64)
    }
}

fn ask(tx: &mut Tx<'_>, cx: &Cx, ticket: TicketId) -> Result<(), DeskError> {
    let ticket = tx.ticket(ticket)?.ok_or(DeskError::NotFound("ticket"))?;
    asked(tx, cx, &ticket)?;
    send_mail(tx, cx, &ticket)
}

/// The question as a row, with its entry.
pub(super) fn asked(tx: &mut Tx<'_>, cx: &Cx, ticket: &Ticket) -> Result<Rating, DeskError> {
    let mut rating = Rating {
        id: RatingId(0),
        ticket: ticket.id,
        asked_at: cx.now(),
        answered_at: None,
        grade: None,
        words: String::new(),
        salt: cx.salt(&format!("rating of {}", ticket.id)),
    };
    tx.insert_rating(&mut rating)?;
    let event = json!({ "ticket": ticket.id });
    record(tx, cx, "rating.asked", event, &[&rating])?;
    Ok(rating)
}

/// Somebody who only ever called is asked on their page alone.
fn send_mail(tx: &mut Tx<'_>, cx: &Cx, ticket: &Ticket) -> Result<(), DeskError> {
    let Some(address) = customer_address(tx, ticket)? else {
        return Ok(());
    };
    let mailbox = tx.mailbox(ticket.mailbox)?;
    let mailbox = mailbox.ok_or(DeskError::NotFound("mailbox"))?;
    let brand = tx.brand(mailbox.brand)?;
    let brand = brand.ok_or(DeskError::NotFound("brand"))?;
    let customer = tx.customer(ticket.customer)?;
    let customer = customer.ok_or(DeskError::NotFound("customer"))?;
    let language = customer.language.as_deref().unwrap_or(&brand.language);
    let texts = &cx.texts().for_language(language).rating;
    let link = format!(
        "{}/rating",
        customer_page(cx.keys(), cx.public_url(), ticket)
    );
    let name = match customer.name.as_str() {
        "" => address.as_str(),
        name => first_name(name),
    };
    let values = [
        ("name", name),
        ("brand", brand.name.as_str()),
        ("link", link.as_str()),
        ("subject", ticket.subject.as_str()),
    ];
    let mail = SecretMail {
        purpose: "rating",
        from: &mailbox.address,
        to: &address,
        subject: &filled(&texts.subject, &values),
        body: &filled(&texts.body, &values),
    };
    queue_secret_mail(tx, cx, &mail).map(|_| ())
}
