//! Mails on their way out.
//!
//! Owns: the table `outbox`. Must not know: how a mail is written or carried.

use crate::{Row, Sql, StoreError, Stretch, Tx, params};
use candor_domain::id::{MailboxId, MessageId, OutboxId, TicketId};
use jiff::Timestamp;

const INSERT_OUTBOX: Sql = Sql::Same(
    "insert into outbox (message_id, purpose, mail_from, recipients, subject, body, blob, mail_id,
            state, attempts, last_error, created_at, sent_at, secret, mailbox_id)
     values ($1, $2, $3, $4, $5, $6, '', $7, 'queued', 0, '', $8, null, $9, $10)
     returning id",
);
const OUTBOX_MAIL: Sql = Sql::Same(
    "select id, message_id, purpose, mail_from, recipients, subject, body, blob, mail_id, state,
            attempts, last_error, created_at, sent_at, secret
       from outbox
      where id = $1",
);
const OUTBOX_OF_MESSAGE: Sql = Sql::Same(
    "select id, message_id, purpose, mail_from, recipients, subject, body, blob, mail_id, state,
            attempts, last_error, created_at, sent_at, secret
       from outbox
      where message_id = $1
      order by id desc
      limit 1",
);
pub(crate) const OUTBOX_OF_TICKET: Sql = Sql::Same(
    "select o.id, o.message_id, o.purpose, o.mail_from, o.recipients, o.subject, o.body, o.blob,
            o.mail_id, o.state, o.attempts, o.last_error, o.created_at, o.sent_at, o.secret
       from message m
       join outbox o on o.message_id = m.id
      where m.ticket_id = $1
      order by o.id",
);
const OUTBOX_IN_STATE: Sql = Sql::Same(
    "select id, message_id, purpose, mail_from, recipients, subject, body, blob, mail_id, state,
            attempts, last_error, created_at, sent_at, secret
       from outbox
      where state = $1 and secret = 0 and id < $2
      order by id desc
      limit $3",
);
const OUTBOX_IN_STATE_BEFORE: Sql = Sql::Same(
    "select id, message_id, purpose, mail_from, recipients, subject, body, blob, mail_id, state,
            attempts, last_error, created_at, sent_at, secret
       from outbox
      where state = $1 and secret = 0 and id > $2
      order by id
      limit $3",
);
const OLDEST_QUEUED: Sql =
    Sql::Same("select created_at from outbox where state = 'queued' order by id limit 1");
const OUTBOX_BY_MAIL_ID: Sql = Sql::Same(
    "select id, message_id, purpose, mail_from, recipients, subject, body, blob, mail_id, state,
            attempts, last_error, created_at, sent_at, secret
       from outbox
      where mail_id = $1
      order by id
      limit 1",
);
const SET_BLOB: Sql = Sql::Same("update outbox set blob = $2 where id = $1");
const SET_STATE: Sql = Sql::Same(
    "update outbox
        set state = $2, attempts = $3, last_error = $4, sent_at = $5,
            body = case when secret = 1 and $2 <> 'queued' then '' else body end
      where id = $1",
);
const THREAD_MAIL_IDS: Sql = Sql::Same(
    "select coalesce(o.mail_id, m.mail_id), m.id
       from message m
       left join outbox o on o.message_id = m.id
      where m.ticket_id = $1 and m.id < $2 and m.kind <> 'note'
        and coalesce(o.mail_id, m.mail_id) <> ''
      order by m.id desc
      limit $3",
);

const LAST_CUSTOMER_MESSAGE: Sql = Sql::Same(
    "select id from message
      where ticket_id = $1 and id < $2 and kind = 'incoming'
      order by id desc
      limit 1",
);
const WRITTEN_TO: Sql =
    Sql::Same("select recipients, copies from message where ticket_id = $1 and kind = 'reply'");

/// How far a mail came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutboxState {
    /// It will be sent, or sent again.
    Queued,
    /// The mail server took it.
    Sent,
    /// It lies in the folder, because no mail server is set up.
    Kept,
    /// Nobody took it, and nothing tries any more until a person says so.
    Failed,
    /// It was not tried, because all its addresses are known not to work.
    Held,
}

/// A mail that is about to be queued.
#[derive(Clone, PartialEq, Eq)]
pub struct NewOutbox {
    /// The reply that it carries; `None` for mails of the desk itself.
    pub message: Option<MessageId>,
    /// What it is for: `reply`, `invitation`, `reset`.
    pub purpose: String,
    /// The sender on its envelope.
    pub mail_from: String,
    /// Everybody who gets it.
    pub recipients: Vec<String>,
    /// Its subject line; empty for a reply, which has its ticket's.
    pub subject: String,
    /// Its text in Markdown; empty for a reply, which has its message's.
    pub body: String,
    /// Its Message-ID without brackets, fixed for all tries.
    pub mail_id: String,
    /// When it was queued.
    pub created_at: Timestamp,
    /// It holds a link or a code that nobody else may read.
    pub secret: bool,
}

/// A mail as it is queued. `Debug` shows no text, which may be secret.
#[derive(Clone, PartialEq, Eq)]
pub struct OutboxMail {
    /// The row.
    pub id: OutboxId,
    /// What was queued.
    pub mail: NewOutbox,
    /// Where its bytes are once they are written: a blob address, 64 hex digits.
    pub blob: String,
    /// How far it came.
    pub state: OutboxState,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last try did not work.
    pub fault: Option<MailFault>,
    /// When the mail server took it, or when it was kept.
    pub sent_at: Option<Timestamp>,
}

/// Why a mail did not leave: an id under which pages translate it, and the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailFault {
    /// Such as `send-failure-refused`; empty where there is no sentence for it.
    pub id: String,
    /// What the other side said, on one line; empty where it said nothing.
    pub detail: String,
}

impl MailFault {
    /// As it is stored: the id before a colon.
    fn written(fault: Option<&Self>) -> String {
        fault.map_or_else(String::new, |fault| {
            format!("{}: {}", fault.id, fault.detail)
        })
    }

    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let parts = text.split_once(": ").filter(|(id, _)| !id.contains(' '));
        let (id, detail) = parts.unwrap_or(("", text));
        Some(Self {
            id: id.to_owned(),
            detail: detail.to_owned(),
        })
    }
}

impl OutboxState {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Kept => "kept",
            Self::Failed => "failed",
            Self::Held => "held",
        }
    }

    fn parse(word: &str) -> Self {
        match word {
            "queued" => Self::Queued,
            "sent" => Self::Sent,
            "kept" => Self::Kept,
            "held" => Self::Held,
            _ => Self::Failed,
        }
    }
}

impl std::fmt::Debug for OutboxMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OutboxMail({}, {:?})", self.id, self.state)
    }
}

impl Tx<'_> {
    /// Queues a mail, and names the mailbox in whose log it stands.
    pub fn add_outbox(
        &mut self,
        mail: &NewOutbox,
        mailbox: Option<MailboxId>,
    ) -> Result<OutboxId, StoreError> {
        self.query_one(
            INSERT_OUTBOX,
            &params![
                mail.message,
                mail.purpose.as_str(),
                mail.mail_from.as_str(),
                mail.recipients.join("\n"),
                mail.subject.as_str(),
                mail.body.as_str(),
                mail.mail_id.as_str(),
                mail.created_at,
                mail.secret,
                mailbox,
            ],
            |row| row.get(0),
        )
    }

    /// One mail.
    pub fn outbox_mail(&mut self, id: OutboxId) -> Result<Option<OutboxMail>, StoreError> {
        self.query_opt(OUTBOX_MAIL, &params![id], outbox_of)
    }

    /// The mail that carries a reply.
    pub fn outbox_of_message(
        &mut self,
        message: MessageId,
    ) -> Result<Option<OutboxMail>, StoreError> {
        self.query_opt(OUTBOX_OF_MESSAGE, &params![message], outbox_of)
    }

    /// The mail with this Message-ID, given without brackets.
    pub fn outbox_by_mail_id(&mut self, mail_id: &str) -> Result<Option<OutboxMail>, StoreError> {
        self.query_opt(OUTBOX_BY_MAIL_ID, &params![mail_id], outbox_of)
    }

    /// The mails that carry a ticket's replies, the oldest first.
    pub fn outbox_of_ticket(&mut self, ticket: TicketId) -> Result<Vec<OutboxMail>, StoreError> {
        self.query(OUTBOX_OF_TICKET, &params![ticket], outbox_of)
    }

    /// Mails in one state, the newest first; never secret ones.
    pub fn outbox_in_state(
        &mut self,
        state: OutboxState,
        stretch: Stretch<OutboxId>,
        limit: i64,
    ) -> Result<Vec<OutboxMail>, StoreError> {
        let newest = OutboxId(i64::MAX);
        let values = params![state.as_str(), stretch.cursor().unwrap_or(newest), limit];
        if !stretch.goes_back() {
            return self.query(OUTBOX_IN_STATE, &values, outbox_of);
        }
        let mut mails = self.query(OUTBOX_IN_STATE_BEFORE, &values, outbox_of)?;
        mails.reverse();
        Ok(mails)
    }

    /// When the mail was queued that has waited longest.
    pub fn oldest_queued_mail(&mut self) -> Result<Option<Timestamp>, StoreError> {
        self.query_opt(OLDEST_QUEUED, &[], |row| row.get(0))
    }

    /// Says where a mail's bytes are.
    pub fn set_outbox_blob(&mut self, id: OutboxId, blob: &str) -> Result<(), StoreError> {
        self.put(SET_BLOB, &params![id, blob])?;
        Ok(())
    }

    /// Stores state, attempts, last error and time of a mail. The text of a secret mail is blanked
    /// as soon as it is no longer queued.
    pub fn save_outbox(&mut self, mail: &OutboxMail) -> Result<(), StoreError> {
        self.put(
            SET_STATE,
            &params![
                mail.id,
                mail.state.as_str(),
                mail.attempts,
                MailFault::written(mail.fault.as_ref()),
                mail.sent_at,
            ],
        )?;
        Ok(())
    }

    /// Message-IDs of a ticket's public messages before one of them, the oldest first; the newest
    /// `limit` of them. Some carry angle brackets, some do not.
    pub fn thread_mail_ids(
        &mut self,
        ticket: TicketId,
        before: MessageId,
        limit: i64,
    ) -> Result<Vec<String>, StoreError> {
        let mut ids: Vec<String> =
            self.query(THREAD_MAIL_IDS, &params![ticket, before, limit], |row| {
                row.get(0)
            })?;
        ids.reverse();
        Ok(ids)
    }

    /// The customer's last message in a ticket before one of ours.
    pub fn last_customer_message(
        &mut self,
        ticket: TicketId,
        before: MessageId,
    ) -> Result<Option<MessageId>, StoreError> {
        self.query_opt(LAST_CUSTOMER_MESSAGE, &params![ticket, before], |row| {
            row.get(0)
        })
    }

    /// Whether one of a ticket's replies went to this address.
    pub fn was_written_to(&mut self, ticket: TicketId, address: &str) -> Result<bool, StoreError> {
        let lists = self.query(WRITTEN_TO, &params![ticket], |row| {
            Ok([row.get::<String>(0)?, row.get::<String>(1)?])
        })?;
        Ok(lists
            .iter()
            .flatten()
            .flat_map(|list| list.lines())
            .any(|line| line == address))
    }
}

pub(crate) fn outbox_of(row: &Row<'_>) -> Result<OutboxMail, StoreError> {
    Ok(OutboxMail {
        id: row.get(0)?,
        mail: NewOutbox {
            message: row.get(1)?,
            purpose: row.get(2)?,
            mail_from: row.get(3)?,
            recipients: row.get::<String>(4)?.lines().map(str::to_owned).collect(),
            subject: row.get(5)?,
            body: row.get(6)?,
            mail_id: row.get(8)?,
            created_at: row.get(12)?,
            secret: row.get(14)?,
        },
        blob: row.get(7)?,
        state: OutboxState::parse(&row.get::<String>(9)?),
        attempts: row.get(10)?,
        fault: MailFault::parse(&row.get::<String>(11)?),
        sent_at: row.get(13)?,
    })
}
