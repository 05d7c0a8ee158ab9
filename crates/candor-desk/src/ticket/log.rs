//! The mail log of a ticket: what came, what went, and what became of it.
//!
//! Owns: putting it together in the order of time. Must not know: HTML.

use super::visible_ticket;
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::id::TicketId;
use candor_domain::ticket::Ticket;
use candor_store::Tx;
use candor_store::delivery::Delivery;
use candor_store::intake::Incoming;
use candor_store::outbox::OutboxMail;
use candor_store::reading::Reading;
use jiff::Timestamp;

/// Asks for the mail log of a ticket.
#[derive(Debug, Clone, Copy)]
pub struct MailLog {
    /// Which.
    pub ticket: TicketId,
}

/// One line of it.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: LogWhat,
}

/// What happened to a mail.
#[derive(Debug, Clone)]
pub enum LogWhat {
    /// It came in and became a message.
    Received(Box<Incoming>, Box<Reading>),
    /// It went out, or is to. The flag is set where nobody wrote it.
    Sent(Box<OutboxMail>, bool),
    /// A mail server told what became of it.
    Told(Delivery),
}

impl Query for MailLog {
    /// The ticket and its log, oldest first.
    type Output = (Ticket, Vec<LogLine>);

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.access()?;
        let ticket = visible_ticket(tx, cx, self.ticket)?;
        let mut lines = received(tx, ticket.id)?;
        for mail in tx.outbox_of_ticket(ticket.id)? {
            lines.push(sent(mail, false));
        }
        for automatic in tx.automatic_mails_of(ticket.id)? {
            let mail = tx.outbox_mail(automatic.outbox)?;
            lines.extend(mail.map(|mail| sent(mail, true)));
        }
        for told in tx.deliveries_of_ticket(ticket.id)? {
            lines.push(LogLine {
                at: told.at,
                what: LogWhat::Told(told),
            });
        }
        lines.sort_by_key(|line| line.at);
        Ok((ticket, lines))
    }
}

/// Mails that became messages. Those that only told of another are lines of their own.
fn received(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<LogLine>, DeskError> {
    let readings = tx.readings_of_ticket(ticket)?;
    let incoming = tx.incoming_of_ticket(ticket)?.into_iter();
    Ok(incoming
        .filter_map(|mail| {
            let reading = readings.iter().find(|one| one.incoming == mail.id)?;
            Some(LogLine {
                at: mail.received_at,
                what: LogWhat::Received(Box::new(mail), Box::new(reading.clone())),
            })
        })
        .collect())
}

fn sent(mail: OutboxMail, is_automatic: bool) -> LogLine {
    LogLine {
        at: mail.sent_at.unwrap_or(mail.mail.created_at),
        what: LogWhat::Sent(Box::new(mail), is_automatic),
    }
}
