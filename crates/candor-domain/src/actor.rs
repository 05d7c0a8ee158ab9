//! Who does something.
//!
//! Owns: the kinds of actors and their opaque names in the journal.
//! Must not know: names or addresses of people.

use crate::id::{CustomerId, PersonId, TicketId};
use crate::permission::Access;

/// Whoever asks for a change. It comes with the context of every verb; nothing is ambient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Somebody of the team, in the browser or through a token.
    Person(Access),
    /// A customer behind the link of one ticket.
    Customer {
        /// Who.
        customer: CustomerId,
        /// The one ticket that the link opens.
        ticket: TicketId,
    },
    /// Somebody unknown who fills in the ask form.
    Visitor,
    /// A mail that came in.
    Mail,
    /// The desk itself: jobs, set-up, the command line.
    System,
}

impl Actor {
    /// The name that the journal keeps; it holds no personal data.
    pub fn journal_name(&self) -> String {
        match self {
            Self::Person(access) => access.person.subject(),
            Self::Customer { customer, .. } => customer.subject(),
            Self::Visitor => "visitor".to_owned(),
            Self::Mail => "mail".to_owned(),
            Self::System => "system".to_owned(),
        }
    }

    /// The one ticket that a customer's link opens.
    pub fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Customer { ticket, .. } => Some(*ticket),
            _ => None,
        }
    }

    /// The person behind it, where there is one.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(access) => Some(access.person),
            _ => None,
        }
    }
}
