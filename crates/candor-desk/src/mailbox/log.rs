//! The mail log of a mailbox: what came, what went, and what became of it.
//!
//! Owns: which lines there are, what kinds somebody can ask for, and what of a line its reader may
//! see. Must not know: HTML.
//!
//! Whoever looks after mailboxes sees that a mail came or went; from whom and about what only where
//! they may see its ticket, and of mail that was put aside only where they may see the quarantine.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::ticket::{LogLine, LogWhat, visible_ticket};
use candor_domain::id::{MailboxId, MessageId, TicketId};
use candor_domain::permission::Permission;
use candor_domain::ticket::Ticket;
use candor_store::intake::{Incoming, IncomingState};
use candor_store::mail_log::{LogOf, LogPlace, LogRow};
use candor_store::outbox::OutboxState;
use candor_store::reading::Reading;
use candor_store::{Paged, Stretch, Tx};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Lines on one page.
const PAGE: usize = 50;

/// Which lines of a log are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MailKinds {
    /// All of them.
    #[default]
    All,
    /// Mails that came.
    Received,
    /// Mails that left, and word that they arrived.
    Sent,
    /// Mails that still have to leave, and word that others have to wait on their way.
    Waiting,
    /// Mails that came back, could not leave or are held, and complaints.
    Returned,
    /// Mails that were put aside.
    Quarantined,
}

const RECEIVED: &[LogOf] = &[
    LogOf::Came(IncomingState::Pending),
    LogOf::Came(IncomingState::Understood),
];
const SENT: &[LogOf] = &[
    LogOf::Went(OutboxState::Sent),
    LogOf::Went(OutboxState::Kept),
    LogOf::Told("delivered"),
    LogOf::Told("relayed"),
    LogOf::Told("expanded"),
];
const WAITING: &[LogOf] = &[LogOf::Went(OutboxState::Queued), LogOf::Told("delayed")];
const RETURNED: &[LogOf] = &[
    LogOf::Went(OutboxState::Failed),
    LogOf::Went(OutboxState::Held),
    LogOf::Told("failed"),
    LogOf::Told("complained"),
];
const QUARANTINED: &[LogOf] = &[LogOf::Came(IncomingState::Quarantined)];

impl MailKinds {
    /// Every choice, in the order in which it is offered.
    pub const EACH: [Self; 6] = [
        Self::All,
        Self::Received,
        Self::Sent,
        Self::Waiting,
        Self::Returned,
        Self::Quarantined,
    ];

    /// The word in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Received => "received",
            Self::Sent => "sent",
            Self::Waiting => "waiting",
            Self::Returned => "returned",
            Self::Quarantined => "quarantined",
        }
    }

    /// The choice of that word; all of them for a word that there is not.
    pub fn parse(word: &str) -> Self {
        let found = Self::EACH.into_iter().find(|kind| kind.as_str() == word);
        found.unwrap_or_default()
    }

    fn of_rows(self) -> Vec<LogOf> {
        match self {
            Self::All => [RECEIVED, SENT, WAITING, RETURNED, QUARANTINED].concat(),
            Self::Received => RECEIVED.to_vec(),
            Self::Sent => SENT.to_vec(),
            Self::Waiting => WAITING.to_vec(),
            Self::Returned => RETURNED.to_vec(),
            Self::Quarantined => QUARANTINED.to_vec(),
        }
    }
}

/// Asks for the mail log of a mailbox, the newest first.
#[derive(Debug, Clone, Copy)]
pub struct MailboxLog {
    /// Which.
    pub mailbox: MailboxId,
    /// Which lines.
    pub kinds: MailKinds,
    /// Which stretch of them.
    pub stretch: Stretch<LogPlace>,
}

/// A line of it.
#[derive(Debug, Clone)]
pub struct MailboxLine {
    /// Where it stands.
    pub place: LogPlace,
    /// What happened.
    pub what: MailboxLogWhat,
    /// What the reader may know beside it.
    pub about: LineAbout,
}

/// What its reader may know of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineAbout {
    /// Its ticket, with who wrote the message; empty for a message of ours.
    Ticket {
        /// Which.
        ticket: TicketId,
        /// Its subject.
        subject: String,
        /// Who wrote.
        sender: String,
    },
    /// There is no ticket, and nothing to hide.
    NoTicket,
    /// That it happened, and no more.
    Hidden,
}

/// What happened to a mail.
#[derive(Debug, Clone)]
pub enum MailboxLogWhat {
    /// What stands in the log of a ticket too.
    Told(LogLine),
    /// It came and was not read yet.
    Arriving(Box<Incoming>),
    /// It was put aside with a reason.
    PutAside(Box<Incoming>),
    /// It was read, and no message was made of it.
    Left(Box<Incoming>),
}

impl Query for MailboxLog {
    type Output = Paged<MailboxLine, LogPlace>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        tx.mailbox(self.mailbox)?
            .ok_or(DeskError::NotFound("mailbox"))?;
        let kinds = self.kinds.of_rows();
        let read = |stretch, most| tx.mail_log(self.mailbox, &kinds, stretch, most);
        let page = self.stretch.page(PAGE, LogRow::place, read)?;
        let known = Known::of(tx, &page.rows)?;
        let mut tickets = HashMap::new();
        let mut rows = Vec::with_capacity(page.rows.len());
        for row in page.rows {
            rows.push(line(tx, cx, &known, &mut tickets, row)?);
        }
        Ok(Paged {
            rows,
            previous: page.previous,
            next: page.next,
        })
    }
}

/// What is known of the messages that a page's lines name.
struct Known {
    heads: HashMap<MessageId, (TicketId, String)>,
    readings: HashMap<MessageId, Reading>,
}

impl Known {
    fn of(tx: &mut Tx<'_>, rows: &[LogRow]) -> Result<Self, DeskError> {
        let messages: Vec<MessageId> = rows.iter().filter_map(message_of).collect();
        let heads = tx.message_heads(&messages)?.into_iter();
        let readings = tx.readings_of(&messages)?.into_iter();
        Ok(Self {
            heads: heads
                .map(|(message, ticket, sender)| (message, (ticket, sender)))
                .collect(),
            readings: readings.map(|one| (one.message, one)).collect(),
        })
    }
}

fn message_of(row: &LogRow) -> Option<MessageId> {
    match row {
        LogRow::Came(mail) => mail.message,
        LogRow::Went(mail) => mail.mail.message,
        LogRow::Told(_, told) => Some(told.message),
    }
}

/// Tickets that were asked for already; `None` for those that the reader may not see.
type Tickets = HashMap<TicketId, Option<Ticket>>;

fn line(
    tx: &mut Tx<'_>,
    cx: &Cx,
    known: &Known,
    tickets: &mut Tickets,
    row: LogRow,
) -> Result<MailboxLine, DeskError> {
    let place = row.place();
    let message = message_of(&row);
    let (what, ticket) = match row {
        LogRow::Came(mail) => (came(known, mail), None),
        LogRow::Went(mail) => {
            // A mail without a message in this log is one that the desk sent by itself.
            let automatic = match mail.mail.message {
                Some(_) => None,
                None => tx.automatic_mail(mail.id)?,
            };
            let what = LogWhat::Sent(mail, automatic.is_some());
            (told(place, what), automatic.map(|mail| mail.ticket))
        }
        LogRow::Told(_, delivery) => (told(place, LogWhat::Told(*delivery)), None),
    };
    let head = message.and_then(|message| known.heads.get(&message));
    let ticket = ticket.or(head.map(|(ticket, _)| *ticket));
    let about = match ticket {
        Some(id) => seen(tx, cx, tickets, id)?.map_or(LineAbout::Hidden, |ticket| {
            let sender = head.map(|(_, sender)| sender.clone());
            LineAbout::Ticket {
                ticket: ticket.id,
                subject: ticket.subject.clone(),
                sender: sender.unwrap_or_default(),
            }
        }),
        None if cx.may_at_all(Permission::ManageJobs).is_ok() => LineAbout::NoTicket,
        None => LineAbout::Hidden,
    };
    Ok(MailboxLine { place, what, about })
}

fn told(place: LogPlace, what: LogWhat) -> MailboxLogWhat {
    MailboxLogWhat::Told(LogLine { at: place.at, what })
}

fn came(known: &Known, mail: Box<Incoming>) -> MailboxLogWhat {
    let reading = mail
        .message
        .and_then(|message| known.readings.get(&message))
        .filter(|reading| reading.incoming == mail.id);
    match (mail.state, reading) {
        (IncomingState::Pending, _) => MailboxLogWhat::Arriving(mail),
        (IncomingState::Quarantined, _) => MailboxLogWhat::PutAside(mail),
        (IncomingState::Understood, None) => MailboxLogWhat::Left(mail),
        (IncomingState::Understood, Some(reading)) => MailboxLogWhat::Told(LogLine {
            at: mail.received_at,
            what: LogWhat::Received(mail, Box::new(reading.clone())),
        }),
    }
}

fn seen<'t>(
    tx: &mut Tx<'_>,
    cx: &Cx,
    tickets: &'t mut Tickets,
    id: TicketId,
) -> Result<Option<&'t Ticket>, DeskError> {
    let ticket = match tickets.entry(id) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(place) => place.insert(match visible_ticket(tx, cx, id) {
            Ok(ticket) => Some(ticket),
            Err(DeskError::NotFound(_)) => None,
            Err(error) => return Err(error),
        }),
    };
    Ok(ticket.as_ref())
}
