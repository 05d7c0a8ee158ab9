//! What a ticket's page is known to ask, sent in two goes instead of twenty.
//!
//! Owns: the lists of statements. Must not know: what the page shows. A statement that is missing
//! here, or is asked with other values, costs a round trip on PostgreSQL and nothing else.

use super::{FOLLOWED_BY, OF_CUSTOMER, TAGS, TICKET};
use crate::tx::Wanted;
use crate::{Sql, StoreError, Tx, Value, params};
use crate::{count, customer, delivery, draft, journal, mailbox, message};
use crate::{level, outbox, people, presence, rating, reading, sender_check, tone, urgency};
use candor_domain::id::{PersonId, TicketId};
use candor_domain::ticket::Ticket;
use jiff::Timestamp;

/// Who looks at which ticket, and when.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The ticket.
    pub ticket: TicketId,
    /// Who looks, where it is one of the team.
    pub person: Option<PersonId>,
    /// Now.
    pub at: Timestamp,
    /// Most messages and entries of the history.
    pub most: i64,
}

impl Tx<'_> {
    /// Sends ahead what is asked about a ticket whose number alone is known.
    pub fn look_ahead(&mut self, look: &Look) -> Result<(), StoreError> {
        let ticket = || params![look.ticket].to_vec();
        let most = |sql: Sql| (sql, params![look.ticket, look.most].to_vec());
        let mut wanted: Vec<Wanted> = vec![
            (TICKET, ticket()),
            (TAGS, ticket()),
            (FOLLOWED_BY, ticket()),
            (message::ATTACHMENTS_OF_TICKET, ticket()),
            (outbox::OUTBOX_OF_TICKET, ticket()),
            (reading::READINGS_OF_TICKET, ticket()),
            (delivery::DELIVERIES_OF_TICKET, ticket()),
            (draft::DRAFTS_OF, ticket()),
            (tone::READINGS_OF, ticket()),
            (sender_check::SENDER_CHECKS_OF, ticket()),
            (level::CLOCKS, ticket()),
            (level::GIVEN_OF, ticket()),
            (urgency::CHOICE_OF, ticket()),
            (rating::RATING_OF, ticket()),
            most(message::MESSAGES_OF),
            (
                journal::ENTRIES_OF,
                params![look.ticket.subject(), look.most].to_vec(),
            ),
            (presence::AT, params![look.ticket, look.at].to_vec()),
            (people::PEOPLE_AFTER, params![0_i64, i64::MAX].to_vec()),
            (people::EVERY_TEAM_OF, Vec::new()),
            (people::EVERY_MAILBOX_OF, Vec::new()),
            (people::TEAMS, Vec::new()),
            (level::LEVELS, Vec::new()),
            (count::COUNTS, Vec::new()),
        ];
        if let Some(person) = look.person {
            let mark = params![person, look.ticket].to_vec();
            wanted.push((message::READ_UP_TO, mark));
            wanted.push((tone::HINTS_OFF, params![person].to_vec()));
        }
        self.send_ahead(wanted)
    }

    /// Sends ahead what is asked about a ticket that was read.
    pub fn look_further(&mut self, ticket: &Ticket, others: i64) -> Result<(), StoreError> {
        let of = |sql: Sql, value: Value| (sql, vec![value]);
        self.send_ahead(vec![
            of(customer::CUSTOMER, ticket.customer.into()),
            of(customer::IDENTITIES_OF, ticket.customer.into()),
            of(mailbox::MAILBOX, ticket.mailbox.into()),
            of(level::COUNT_UNDONE_OF, ticket.customer.into()),
            (
                OF_CUSTOMER,
                params![ticket.customer, ticket.id, others].to_vec(),
            ),
        ])
    }
}
