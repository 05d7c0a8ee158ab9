//! What people decided against a suggested urgency.
//!
//! Owns: the table `urgency_choice`. Must not know: what is suggested, and why.

use crate::ticket::word;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::TicketId;
use candor_domain::ticket::Urgency;
use candor_domain::urgency::{UrgencyChoice, UrgencyGround};

pub(crate) const CHOICE_OF: Sql = Sql::Same(
    "select ticket_id, suggested, ground, chosen, person_id, at, reason, holds, salt
       from urgency_choice
      where ticket_id = $1",
);
const CHOICES_AFTER: Sql = Sql::Same(
    "select ticket_id, suggested, ground, chosen, person_id, at, reason, holds, salt
       from urgency_choice
      where ticket_id > $1
      order by ticket_id
      limit $2",
);
const KEEP_CHOICE: Sql = Sql::Same(
    "insert into urgency_choice (ticket_id, suggested, ground, chosen, person_id, at, reason, holds,
            salt)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (ticket_id) do update
        set suggested = excluded.suggested, ground = excluded.ground, chosen = excluded.chosen,
            person_id = excluded.person_id, at = excluded.at, reason = excluded.reason,
            holds = excluded.holds, salt = excluded.salt",
);

impl Tx<'_> {
    /// What somebody last decided against the suggestion for a ticket.
    pub fn urgency_choice(
        &mut self,
        ticket: TicketId,
    ) -> Result<Option<UrgencyChoice>, StoreError> {
        self.query_opt(CHOICE_OF, &params![ticket], read_choice)
    }

    /// Decisions by ticket after one; for walks over all of them.
    pub fn urgency_choices_after(
        &mut self,
        after: TicketId,
        limit: i64,
    ) -> Result<Vec<UrgencyChoice>, StoreError> {
        self.query(CHOICES_AFTER, &params![after, limit], read_choice)
    }

    /// Stores a decision, in place of the one before.
    pub fn keep_urgency_choice(&mut self, choice: &UrgencyChoice) -> Result<(), StoreError> {
        let values = params![
            choice.ticket,
            choice.suggested.as_str(),
            choice.ground.as_str(),
            choice.chosen.as_str(),
            choice.by,
            choice.at,
            choice.reason.as_str(),
            choice.holds,
            choice.salt.as_slice()
        ];
        self.put(KEEP_CHOICE, &values)
    }
}

fn read_choice(row: &Row<'_>) -> Result<UrgencyChoice, StoreError> {
    Ok(UrgencyChoice {
        ticket: row.get(0)?,
        suggested: word(row, 1, Urgency::parse)?,
        ground: word(row, 2, UrgencyGround::parse)?,
        chosen: word(row, 3, Urgency::parse)?,
        by: row.get(4)?,
        at: row.get(5)?,
        reason: row.get(6)?,
        holds: row.get(7)?,
        salt: row.get(8)?,
    })
}
