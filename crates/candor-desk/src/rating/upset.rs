//! Customers who left more upset than they came, and what is done about each.
//!
//! Owns: the list, and its actions with owner and due date. Must not know: thresholds.

use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::journal::record;
use crate::ticket::allowed_ticket;
use candor_domain::id::{PersonId, TicketId};
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_domain::rating::UpsetReview;
use candor_domain::text::one_line;
use candor_store::Tx;
use candor_store::rating::{About, Reviewed, UpsetFilter, UpsetRow};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

/// Rows on one page.
const PAGE: usize = 50;

/// Asks for customers who left more upset, newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct UpsetList {
    /// Done or not.
    pub reviewed: Reviewed,
    /// Only what the actor looks after.
    pub mine: bool,
    /// Only of customers who wanted this, and of tickets of this service level.
    pub about: About,
    /// Goes on after this row.
    pub after: Option<(Timestamp, TicketId)>,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct UpsetPage {
    /// The rows.
    pub rows: Vec<UpsetRow>,
    /// Goes on after this row; `None` at the end.
    pub next: Option<(Timestamp, TicketId)>,
    /// Everybody who can look after a row.
    pub people: Vec<Person>,
}

impl Query for UpsetList {
    type Output = UpsetPage;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<UpsetPage, DeskError> {
        cx.may_at_all(Permission::ReadTickets)?;
        let mut rows = tx.left_upset(&UpsetFilter {
            visibility: cx.visibility(),
            reviewed: self.reviewed,
            owner: if self.mine { cx.actor.person() } else { None },
            about: self.about,
            after: self.after,
            limit: PAGE as i64 + 1,
        })?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| more);
        Ok(UpsetPage {
            next: next.map(|row| (row.last_at, row.ticket)),
            people: tx.people()?,
            rows,
        })
    }
}

/// Says what is done about a customer, who does it, and by when.
#[derive(Debug, Clone)]
pub struct ReviewUpset {
    /// The ticket that they left.
    pub ticket: TicketId,
    /// What is to be done, as typed.
    pub action: String,
    /// Who does it.
    pub owner: Option<PersonId>,
    /// By when.
    pub due: Option<Date>,
    /// Whether it is done.
    pub done: bool,
}

impl Verb for ReviewUpset {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let ticket = allowed_ticket(tx, cx, self.ticket, Permission::Change)?;
        let upset = tx.mood_of(ticket.id)?.is_some_and(|mood| mood.upset);
        let before = tx.upset_review(ticket.id)?;
        if !upset && before.is_none() {
            return Err(DeskError::NotFound("ticket"));
        }
        let mut check = Check::default();
        check.text("action", &self.action, UpsetReview::MAX_ACTION);
        if let Some(owner) = self.owner
            && !tx.person(owner)?.is_some_and(|person| person.active)
        {
            check.refuse("owner", "error-assignee-gone", "nobody active has this id");
        }
        check.done()?;
        let done_before = before.as_ref().and_then(|review| review.done_at);
        let review = UpsetReview {
            ticket: ticket.id,
            action: one_line(&self.action, UpsetReview::MAX_ACTION),
            owner: self.owner,
            due: self.due,
            done_at: self.done.then(|| done_before.unwrap_or(cx.now())),
            salt: cx.salt(&format!("upset of {}", ticket.id)),
        };
        tx.keep_upset_review(&review)?;
        let event = json!({ "ticket": ticket.id, "done": self.done });
        record(tx, cx, "upset.reviewed", event, &[&review])
    }
}
