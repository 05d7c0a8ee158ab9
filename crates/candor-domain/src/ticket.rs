//! The ticket and the changes it allows.
//!
//! Owns: status, kind, urgency, who has it, and which change is allowed when.
//! Must not know: storage, mail, the current time.

mod change;

pub use change::{AfterSend, Change, TicketRule};

use crate::id::{ConversationId, CustomerId, MailboxId, MessageId, PersonId, TeamId, TicketId};
use crate::message::Channel;
use crate::permission::Whereabouts;
use crate::word::words;
use jiff::Timestamp;

words! {
    /// Where a ticket stands. Spam is a separate fact.
    Status {
        /// Nobody answered yet.
        New = "new",
        /// Our turn.
        Open = "open",
        /// The customer's turn.
        Waiting = "waiting",
        /// A third party's turn.
        OnHold = "on_hold",
        /// Answered for good, as far as we know. An answer reopens it.
        Solved = "solved",
        /// Over. An answer opens a new ticket that is linked to it.
        Closed = "closed",
    }
}

words! {
    /// What the customer wants.
    Kind {
        /// A question or a request.
        Inquiry = "inquiry",
        /// Something went wrong.
        Complaint = "complaint",
        /// Praise or an idea.
        Feedback = "feedback",
    }
}

words! {
    /// How much time there is.
    Urgency {
        /// Harm grows by the hour.
        Urgent = "urgent",
        /// The usual.
        Normal = "normal",
        /// No hurry at all.
        CanWait = "can_wait",
    }
}

/// A list of the inbox that every ticket is in exactly one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// New or open.
    Active = 0,
    /// Waiting for the customer.
    Waiting = 1,
    /// Waiting for a third party.
    OnHold = 2,
    /// Solved.
    Solved = 3,
    /// Closed.
    Closed = 4,
    /// Marked as spam, whatever its status.
    Spam = 5,
}

/// A customer's matter, from the first message to the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The number that people see.
    pub id: TicketId,
    /// One line.
    pub subject: String,
    /// Who asked.
    pub customer: CustomerId,
    /// The conversation with the customer.
    pub conversation: ConversationId,
    /// Where it came in and where answers go out.
    pub mailbox: MailboxId,
    /// The way its first message took.
    pub channel: Channel,
    /// Where it stands.
    pub status: Status,
    /// What the customer wants; `None` until somebody says.
    pub kind: Option<Kind>,
    /// How much time there is.
    pub urgency: Urgency,
    /// The team that has it.
    pub team: Option<TeamId>,
    /// The person who has it.
    pub assignee: Option<PersonId>,
    /// Sorted, lower case, without doubles.
    pub tags: Vec<String>,
    /// Marked as spam.
    pub spam: bool,
    /// The closed ticket that this one goes on from.
    pub follows: Option<TicketId>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When somebody last wrote or changed it.
    pub updated_at: Timestamp,
    /// Since when the customer has been waiting for an answer of ours.
    pub waiting_since: Option<Timestamp>,
    /// When it was last solved.
    pub solved_at: Option<Timestamp>,
    /// The newest message that the customer can see.
    pub last_public_message: Option<MessageId>,
    /// Counts the customer links that were revoked; part of the link's signature.
    pub link_epoch: i64,
    /// Counts changes; the `ETag` of the ticket.
    pub version: i64,
    /// 16 random bytes that salt the commitment of the subject line.
    pub salt: Vec<u8>,
}

impl Ticket {
    /// Longest subject line, in characters.
    pub const MAX_SUBJECT: usize = 250;
    /// Most tags on one ticket.
    pub const MAX_TAGS: usize = 30;

    /// The one list it stands in.
    pub fn place(&self) -> Place {
        if self.spam {
            return Place::Spam;
        }
        match self.status {
            Status::New | Status::Open => Place::Active,
            Status::Waiting => Place::Waiting,
            Status::OnHold => Place::OnHold,
            Status::Solved => Place::Solved,
            Status::Closed => Place::Closed,
        }
    }

    /// Where it stands, as far as grants look at it.
    pub fn whereabouts(&self) -> Whereabouts {
        Whereabouts {
            mailbox: self.mailbox,
            team: self.team,
            assignee: self.assignee,
        }
    }
}

/// A tag in its stored form: lower case, blanks as hyphens, 1 to 40 characters. `None` when nothing is left.
pub fn clean_tag(text: &str) -> Option<String> {
    let tag: String = text
        .trim()
        .to_lowercase()
        .chars()
        .map(|c| if c.is_whitespace() { '-' } else { c })
        .filter(|c| c.is_alphanumeric() || "-_.:/".contains(*c))
        .take(40)
        .collect();
    (!tag.is_empty()).then_some(tag)
}
