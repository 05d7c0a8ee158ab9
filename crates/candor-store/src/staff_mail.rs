//! Telling people of the team by mail: rows.
//!
//! Owns: the tables `mail_wish` and `staff_notice`. Must not know: what is worth telling, how many
//! mails are too many.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{MessageId, NoticeId, OutboxId, PersonId, TicketId};
use jiff::Timestamp;

const WISHES: Sql =
    Sql::Same("select person_id, assigned, answered, team from mail_wish order by person_id");
const WISH: Sql =
    Sql::Same("select person_id, assigned, answered, team from mail_wish where person_id = $1");
const KEEP_WISH: Sql = Sql::Same(
    "insert into mail_wish (person_id, assigned, answered, team) values ($1, $2, $3, $4)
     on conflict (person_id) do update set
       assigned = excluded.assigned, answered = excluded.answered, team = excluded.team",
);
const ADD: Sql = Sql::Same(
    "insert into staff_notice (person_id, ticket_id, message_id, kind, at, state)
     values ($1, $2, $3, $4, $5, 'waiting')
     returning id",
);
const NOTICE: Sql = Sql::Same(
    "select id, person_id, ticket_id, message_id, kind, at, state
       from staff_notice
      where id = $1",
);
const BY_OUTBOX: Sql = Sql::Same(
    "select id, person_id, ticket_id, message_id, kind, at, state
       from staff_notice
      where outbox_id = $1",
);
const SENT_SINCE: Sql = Sql::Same(
    "select count(*) from staff_notice where person_id = $1 and sent_at is not null and sent_at > $2",
);
const SETTLE: Sql = Sql::Same(
    "update staff_notice set state = $2, sent_at = $3, outbox_id = $4
      where id = $1 and state = 'waiting'",
);
const WHO_WAITS: Sql = Sql::Same(
    "select distinct person_id
       from staff_notice
      where state = 'waiting' and at <= $1
      order by person_id
      limit $2",
);
const WAITING_OF: Sql = Sql::Same(
    "select id, person_id, ticket_id, message_id, kind, at, state
       from staff_notice
      where person_id = $1 and state = 'waiting'
      order by id
      limit $2",
);
const SWEEP: Sql = Sql::Same(
    "delete from staff_notice
      where id in (select id from staff_notice where at < $1 order by at limit $2)",
);

/// Of what somebody wants mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailWish {
    /// Who.
    pub person: PersonId,
    /// A ticket was given to them.
    pub assigned: bool,
    /// A customer wrote again in a ticket of theirs.
    pub answered: bool,
    /// A ticket came to a team of theirs.
    pub team: bool,
}

/// What somebody is told by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffNotice {
    /// Which.
    pub id: NoticeId,
    /// Who is told.
    pub person: PersonId,
    /// Of which ticket.
    pub ticket: TicketId,
    /// The message that it shows.
    pub message: Option<MessageId>,
    /// What happened, in a word.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// What became of it, in a word.
    pub state: String,
}

/// What became of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeEnd {
    /// A mail of its own tells it.
    Sent(OutboxId, Timestamp),
    /// It is counted in a mail about several.
    Summed(Option<Timestamp>),
    /// It is not told any more.
    Dropped,
}

impl Tx<'_> {
    /// Of what everybody wants mail who ever chose; a row for each of them.
    pub fn mail_wishes(&mut self) -> Result<Vec<MailWish>, StoreError> {
        self.query(WISHES, &[], read_wish)
    }

    /// Of what somebody wants mail; `None` for somebody who never chose.
    pub fn mail_wish(&mut self, person: PersonId) -> Result<Option<MailWish>, StoreError> {
        self.query_opt(WISH, &params![person], read_wish)
    }

    /// Remembers it.
    pub fn keep_mail_wish(&mut self, wish: MailWish) -> Result<(), StoreError> {
        let values = params![wish.person, wish.assigned, wish.answered, wish.team];
        self.put(KEEP_WISH, &values)
    }

    /// Stores what is to be told. Number and state of `notice` are set here.
    pub fn add_staff_notice(&mut self, notice: &StaffNotice) -> Result<NoticeId, StoreError> {
        let values = params![
            notice.person,
            notice.ticket,
            notice.message,
            notice.kind.as_str(),
            notice.at
        ];
        self.query_one(ADD, &values, |row| row.get(0))
    }

    /// One of them.
    pub fn staff_notice(&mut self, id: NoticeId) -> Result<Option<StaffNotice>, StoreError> {
        self.query_opt(NOTICE, &params![id], read_notice)
    }

    /// What a mail tells.
    pub fn staff_notice_of(&mut self, mail: OutboxId) -> Result<Option<StaffNotice>, StoreError> {
        self.query_opt(BY_OUTBOX, &params![mail], read_notice)
    }

    /// Mails that told somebody something since a moment.
    pub fn staff_notices_sent(
        &mut self,
        person: PersonId,
        since: Timestamp,
    ) -> Result<i64, StoreError> {
        self.query_one(SENT_SINCE, &params![person, since], |row| row.get(0))
    }

    /// Says what became of one that waits.
    pub fn settle_staff_notice(&mut self, id: NoticeId, end: NoticeEnd) -> Result<(), StoreError> {
        let (state, at, mail) = match end {
            NoticeEnd::Sent(mail, at) => ("sent", Some(at), Some(mail)),
            NoticeEnd::Summed(at) => ("summed", at, None),
            NoticeEnd::Dropped => ("dropped", None, None),
        };
        self.put(SETTLE, &params![id, state, at, mail])
    }

    /// People for whom something waits since a moment or longer.
    pub fn who_waits_for_notices(
        &mut self,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<PersonId>, StoreError> {
        self.query(WHO_WAITS, &params![since, limit], |row| row.get(0))
    }

    /// What waits for somebody, oldest first.
    pub fn staff_notices_waiting(
        &mut self,
        person: PersonId,
        limit: i64,
    ) -> Result<Vec<StaffNotice>, StoreError> {
        self.query(WAITING_OF, &params![person, limit], read_notice)
    }

    /// Throws away what is older than a moment; says how many.
    pub fn sweep_staff_notices(
        &mut self,
        before: Timestamp,
        limit: i64,
    ) -> Result<u64, StoreError> {
        self.execute(SWEEP, &params![before, limit])
    }
}

fn read_wish(row: &Row<'_>) -> Result<MailWish, StoreError> {
    Ok(MailWish {
        person: row.get(0)?,
        assigned: row.get(1)?,
        answered: row.get(2)?,
        team: row.get(3)?,
    })
}

fn read_notice(row: &Row<'_>) -> Result<StaffNotice, StoreError> {
    Ok(StaffNotice {
        id: row.get(0)?,
        person: row.get(1)?,
        ticket: row.get(2)?,
        message: row.get(3)?,
        kind: row.get(4)?,
        at: row.get(5)?,
        state: row.get(6)?,
    })
}
