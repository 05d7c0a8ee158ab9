//! What happens in the eight weeks.
//!
//! Owns: the list of steps that somebody plays through the desk. Must not know: why they happen.

use super::shop::{Shop, Team};
use candor_domain::ticket::{AfterSend, Kind, Status, Urgency};
use jiff::Timestamp;

/// A shop and its eight weeks.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    /// Everything that exists before.
    pub(crate) shop: Shop,
    /// What happens, in order of time.
    pub(crate) steps: Vec<Step>,
}

/// One thing that happens to one ticket.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// When.
    pub(crate) at: Timestamp,
    /// Which ticket: 0 for the one opened first. Its first step is a `CustomerMail`.
    pub(crate) ticket: usize,
    /// What.
    pub(crate) deed: Deed,
}

/// What happens. `by` is an index of `Shop::people`.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    /// A customer writes. The first one of a ticket opens it; none comes after it was closed.
    CustomerMail(Box<CustomerMail>),
    /// Staff answer.
    Reply {
        /// Who.
        by: usize,
        /// What they write.
        markdown: String,
        /// What happens to the ticket then.
        then: AfterSend,
    },
    /// Staff write to each other.
    Note {
        /// Who.
        by: usize,
        /// What they write.
        markdown: String,
    },
    /// The ticket goes to a team and a person; never to those who have it already.
    Assign {
        /// Who gives it.
        by: usize,
        /// The team.
        team: Team,
        /// The person; `None` leaves it to the team.
        to: Option<usize>,
    },
    /// Somebody says what the customer wants.
    SetKind {
        /// Who.
        by: usize,
        /// What it is.
        kind: Kind,
    },
    /// Somebody says how much time there is; never `Normal`, where a ticket begins.
    SetUrgency {
        /// Who.
        by: usize,
        /// How much.
        urgency: Urgency,
    },
    /// Somebody tags it, once a ticket.
    Tag {
        /// Who.
        by: usize,
        /// The tags.
        tags: Vec<&'static str>,
    },
    /// The ticket is held, solved, closed or reopened by hand (what follows from a reply stands there).
    Move {
        /// Who; `None` is the mailbox's own closing of solved tickets.
        by: Option<usize>,
        /// Where to.
        status: Status,
    },
    /// Somebody marks it as spam.
    Spam {
        /// Who.
        by: usize,
    },
}

/// A mail from a customer.
#[derive(Debug, Clone)]
pub(crate) struct CustomerMail {
    /// Index of `Shop::customers`.
    pub(crate) customer: usize,
    /// Index of `Shop::mailboxes`.
    pub(crate) mailbox: usize,
    /// The subject line.
    pub(crate) subject: String,
    /// The text.
    pub(crate) body_text: String,
    /// A picture or a list.
    pub(crate) attachment: Option<Attachment>,
}

/// A file beside a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attachment {
    /// Its name.
    pub(crate) file_name: &'static str,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// Its content.
    pub(crate) bytes: &'static [u8],
}

/// Gives tickets their numbers in the order in which they were opened.
pub(super) fn number_by_opening(steps: &mut [Step], tickets: usize) {
    let mut numbers: Vec<Option<usize>> = vec![None; tickets];
    let mut next = 0;
    for step in steps {
        step.ticket = *numbers[step.ticket].get_or_insert_with(|| {
            next += 1;
            next - 1
        });
    }
}
