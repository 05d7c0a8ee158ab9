//! The answer of a customer, on the page behind their link.
//!
//! Owns: that it counts once, and who hears of a bad one. Must not know: how the link was made.

use super::ask::asked;
use super::settings::settings_of;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::journal::record;
use crate::outbox::{SecretMail, filled, queue_secret_mail};
use crate::ticket::visible_ticket;
use crate::tone;
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::mailbox::Brand;
use candor_domain::rating::{Grade, Rating};
use candor_domain::text::PublicText;
use candor_domain::ticket::{Status, Ticket};
use candor_store::Tx;
use serde_json::json;

/// Asks what the page of the question shows.
#[derive(Debug, Clone, Copy)]
pub struct RatingView {
    /// The ticket that the link opens.
    pub ticket: TicketId,
}

/// The page of the question.
#[derive(Debug, Clone)]
pub struct RatingPage {
    /// The subject line.
    pub subject: PublicText,
    /// Who the shop is.
    pub brand: Brand,
    /// The language that the customer was last known to read.
    pub language: Option<String>,
    /// Whether an answer would count now.
    pub open: bool,
    /// What was answered already.
    pub grade: Option<Grade>,
}

impl Query for RatingView {
    type Output = RatingPage;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<RatingPage, DeskError> {
        let ticket = customers_ticket(tx, cx, self.ticket)?;
        let rating = tx.rating_of(ticket.id)?;
        let mailbox = tx.mailbox(ticket.mailbox)?;
        let mailbox = mailbox.ok_or(DeskError::NotFound("mailbox"))?;
        let brand = tx.brand(mailbox.brand)?;
        let customer = tx.customer(ticket.customer)?;
        let grade = rating.as_ref().and_then(|rating| rating.grade);
        Ok(RatingPage {
            open: grade.is_none() && may_answer(tx, cx, &ticket, rating.as_ref())?,
            grade,
            brand: brand.ok_or(DeskError::NotFound("brand"))?,
            language: customer.and_then(|customer| customer.language),
            subject: PublicText::new(ticket.subject),
        })
    }
}

fn customers_ticket(tx: &mut Tx<'_>, cx: &Cx, id: TicketId) -> Result<Ticket, DeskError> {
    let Actor::Customer { .. } = cx.actor else {
        return Err(DeskError::NotAllowed(
            "only the customer rates their ticket",
        ));
    };
    let ticket = visible_ticket(tx, cx, id)?;
    if ticket.spam {
        return Err(DeskError::NotFound("ticket"));
    }
    Ok(ticket)
}

/// Whoever was asked may answer, also after the ticket was reopened; whoever was not may as soon as
/// it is solved, if the mailbox asks at all.
fn may_answer(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: &Ticket,
    rating: Option<&Rating>,
) -> Result<bool, DeskError> {
    let over = matches!(ticket.status, Status::Solved | Status::Closed);
    Ok(rating.is_some() || over && settings_of(tx, cx, ticket.mailbox)?.asks)
}

/// A customer says how content they are.
#[derive(Debug, Clone)]
pub struct RateTicket {
    /// The ticket that the link opens.
    pub ticket: TicketId,
    /// How content.
    pub grade: Grade,
    /// Their own words, as typed; may be empty.
    pub words: String,
}

impl Verb for RateTicket {
    /// Whether it counts: false when they had answered before.
    type Output = bool;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        let ticket = customers_ticket(tx, cx, self.ticket)?;
        if self.words.len() > Rating::MAX_WORDS {
            return Err(DeskError::invalid(
                "words",
                "error-text-long",
                "4000 bytes are the most",
            ));
        }
        let known = tx.rating_of(ticket.id)?;
        if known.as_ref().is_some_and(|rating| rating.grade.is_some()) {
            return Ok(false);
        }
        if !may_answer(tx, cx, &ticket, known.as_ref())? {
            return Err(DeskError::NotFound("rating"));
        }
        let mut rating = match known {
            Some(rating) => rating,
            None => asked(tx, cx, &ticket)?,
        };
        self.words.trim().clone_into(&mut rating.words);
        given(tx, cx, &ticket, (&mut rating, self.grade))?;
        if self.grade == Grade::Unhappy {
            alert(tx, cx, &ticket, &rating)?;
        }
        Ok(true)
    }
}

/// Stores an answer with its entry, and what it says of the mood.
pub(super) fn given(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: &Ticket,
    (rating, grade): (&mut Rating, Grade),
) -> Result<(), DeskError> {
    rating.answered_at = Some(cx.now());
    rating.grade = Some(grade);
    tx.save_rating(rating)?;
    let event = json!({ "ticket": ticket.id, "grade": grade });
    record(tx, cx, "rating.given", event, &[&*rating])?;
    tone::fold(tx, ticket.id)
}

/// Tells whom the mailbox names.
fn alert(tx: &mut Tx<'_>, cx: &Cx, ticket: &Ticket, rating: &Rating) -> Result<(), DeskError> {
    let Some(person) = settings_of(tx, cx, ticket.mailbox)?.alert else {
        return Ok(());
    };
    let Some(person) = tx.person(person)?.filter(|person| person.active) else {
        return Ok(());
    };
    let mailbox = tx.mailbox(ticket.mailbox)?;
    let mailbox = mailbox.ok_or(DeskError::NotFound("mailbox"))?;
    let brand = tx.brand(mailbox.brand)?;
    let brand = brand.ok_or(DeskError::NotFound("brand"))?;
    let language = person.language.as_deref().unwrap_or(&brand.language);
    let texts = &cx.texts().for_language(language).rating_alert;
    let link = format!("{}/tickets/{}", cx.public_url(), ticket.id);
    let quoted: Vec<String> = rating
        .words
        .lines()
        .map(|line| format!("> {line}"))
        .collect();
    let quoted = quoted.join("\n");
    let number = ticket.id.to_string();
    let values = [
        ("name", person.name.as_str()),
        ("brand", brand.name.as_str()),
        ("link", link.as_str()),
        ("subject", ticket.subject.as_str()),
        ("number", number.as_str()),
        ("words", quoted.as_str()),
    ];
    let mail = SecretMail {
        purpose: "rating-alert",
        from: &mailbox.address,
        to: &person.email,
        subject: &filled(&texts.subject, &values),
        body: &filled(&texts.body, &values),
    };
    queue_secret_mail(tx, cx, &mail).map(|_| ())
}
