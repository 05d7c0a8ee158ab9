//! Unsent texts, and replies that can still be taken back.
//!
//! Owns: the table `draft`. A draft is working state and leaves no entry in the history; what is
//! sent becomes a message. Must not know: when a reply goes out.

use crate::ticket::word;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{DraftId, MessageId, PersonId, TicketId};
use candor_domain::message::MessageKind;
use candor_domain::ticket::AfterSend;
use jiff::Timestamp;

const DRAFT: Sql = Sql::Same(
    "select id, ticket_id, person_id, kind, body, copies, after_send, seen_message_id, begun_at,
            updated_at, send_at, held_by_id
       from draft
      where id = $1",
);
pub(crate) const DRAFTS_OF: Sql = Sql::Same(
    "select id, ticket_id, person_id, kind, body, copies, after_send, seen_message_id, begun_at,
            updated_at, send_at, held_by_id
       from draft
      where ticket_id = $1
      order by id",
);
const INSERT_DRAFT: Sql = Sql::Same(
    "insert into draft (ticket_id, person_id, kind, body, copies, after_send, seen_message_id,
            begun_at, updated_at, send_at, held_by_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     returning id",
);
const UPDATE_DRAFT: Sql = Sql::Same(
    "update draft
        set body = $2, copies = $3, after_send = $4, seen_message_id = $5, updated_at = $6,
            send_at = $7, held_by_id = $8
      where id = $1",
);
const DROP_FILES: Sql = Sql::Same("delete from attachment where draft_id = $1");
const DROP_DRAFT: Sql = Sql::Same("delete from draft where id = $1");
const HOLD_BACK: Sql = Sql::Same(
    "update draft
        set send_at = null, held_by_id = $2
      where ticket_id = $1 and kind = 'reply' and send_at is not null",
);
const HOLD_ALL: Sql = Sql::Same(
    "update draft
        set send_at = null, held_by_id = $2
      where ticket_id = $1 and kind = 'reply'",
);
const NEXT_DUE: Sql = Sql::Same(
    "select id from draft where send_at is not null and send_at <= $1 order by send_at limit $2",
);

/// An unsent text of one person in one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The row.
    pub id: DraftId,
    /// Where.
    pub ticket: TicketId,
    /// Whose.
    pub person: PersonId,
    /// Reply or note.
    pub kind: MessageKind,
    /// Markdown.
    pub body: String,
    /// Addresses that get a copy.
    pub cc: Vec<String>,
    /// What happens to the ticket once it is out.
    pub then: AfterSend,
    /// The newest public message that the writer had seen; 0 for none.
    pub seen: MessageId,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it goes out; it can be taken back until then.
    pub send_at: Option<Timestamp>,
    /// The customer's message that came in between and held it back.
    pub held_by: Option<MessageId>,
}

impl Tx<'_> {
    /// One draft.
    pub fn draft(&mut self, id: DraftId) -> Result<Option<Draft>, StoreError> {
        self.query_opt(DRAFT, &params![id], read_draft)
    }

    /// All drafts in a ticket, of everybody.
    pub fn drafts_of(&mut self, ticket: TicketId) -> Result<Vec<Draft>, StoreError> {
        self.query(DRAFTS_OF, &params![ticket], read_draft)
    }

    /// Stores a new draft and sets its id.
    pub fn insert_draft(&mut self, draft: &mut Draft) -> Result<(), StoreError> {
        let values = params![
            draft.ticket,
            draft.person,
            draft.kind.as_str(),
            draft.body.as_str(),
            draft.cc.join("\n"),
            draft.then.as_str(),
            draft.seen,
            draft.begun_at,
            draft.updated_at,
            draft.send_at,
            draft.held_by
        ];
        draft.id = self.query_one(INSERT_DRAFT, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores a changed draft.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        let values = params![
            draft.id,
            draft.body.as_str(),
            draft.cc.join("\n"),
            draft.then.as_str(),
            draft.seen,
            draft.updated_at,
            draft.send_at,
            draft.held_by
        ];
        self.put(UPDATE_DRAFT, &values)
    }

    /// Throws a draft away, with the files that hang on it.
    pub fn drop_draft(&mut self, id: DraftId) -> Result<(), StoreError> {
        self.put(DROP_FILES, &params![id])?;
        self.put(DROP_DRAFT, &params![id])
    }

    /// Holds back every reply of the ticket that is on its way; says how many there were.
    pub fn hold_back_replies(
        &mut self,
        ticket: TicketId,
        by: MessageId,
    ) -> Result<u64, StoreError> {
        self.execute(HOLD_BACK, &params![ticket, by])
    }

    /// Holds back every reply of the ticket, also one that is still being written; says how many
    /// there were.
    pub fn hold_all_replies(&mut self, ticket: TicketId, by: MessageId) -> Result<u64, StoreError> {
        self.execute(HOLD_ALL, &params![ticket, by])
    }

    /// Drafts whose time to go out has come.
    pub fn drafts_due(&mut self, now: Timestamp, limit: i64) -> Result<Vec<DraftId>, StoreError> {
        self.query(NEXT_DUE, &params![now, limit], |row| row.get(0))
    }
}

fn read_draft(row: &Row<'_>) -> Result<Draft, StoreError> {
    let copies: String = row.get(5)?;
    Ok(Draft {
        id: row.get(0)?,
        ticket: row.get(1)?,
        person: row.get(2)?,
        kind: word(row, 3, MessageKind::parse)?,
        body: row.get(4)?,
        cc: copies.lines().map(str::to_owned).collect(),
        then: word(row, 6, AfterSend::parse)?,
        seen: row.get(7)?,
        begun_at: row.get(8)?,
        updated_at: row.get(9)?,
        send_at: row.get(10)?,
        held_by: row.get(11)?,
    })
}
