//! Raw mails as they came in.
//!
//! Owns: the table `incoming`. Must not know: what the mails say.

use crate::{Row, Sql, StoreError, Stretch, Tx, params};
use candor_domain::id::{IncomingId, MailboxId, MessageId, TicketId};
use jiff::Timestamp;

const INSERT_INCOMING: Sql = Sql::Same(
    "insert into incoming (received_at, via, mail_from, recipients, blob, size, mail_id, digest,
            peer, hello, arrived_at, mailbox_id, state, error, message_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'pending', '', null)
     on conflict (digest, mail_id) do nothing
     returning id",
);
const INCOMING_BY_DIGEST: Sql =
    Sql::Same("select id from incoming where digest = $1 and mail_id = $2");
const INCOMING: Sql = Sql::Same(
    "select id, received_at, via, mail_from, recipients, blob, size, mail_id, state, error,
            message_id, peer, hello
       from incoming
      where id = $1",
);
const INCOMING_IN_STATE: Sql = Sql::Same(
    "select id, received_at, via, mail_from, recipients, blob, size, mail_id, state, error,
            message_id, peer, hello
       from incoming
      where state = $1 and id < $2
      order by id desc
      limit $3",
);
const INCOMING_IN_STATE_BEFORE: Sql = Sql::Same(
    "select id, received_at, via, mail_from, recipients, blob, size, mail_id, state, error,
            message_id, peer, hello
       from incoming
      where state = $1 and id > $2
      order by id
      limit $3",
);
pub(crate) const INCOMING_OF_TICKET: Sql = Sql::Same(
    "select i.id, i.received_at, i.via, i.mail_from, i.recipients, i.blob, i.size, i.mail_id,
            i.state, i.error, i.message_id, i.peer, i.hello
       from message m
       join incoming i on i.message_id = m.id
      where m.ticket_id = $1
      order by i.id",
);
// Once it is a message, it stands in the log of that ticket's mailbox.
const SET_INCOMING: Sql = Sql::Same(
    "update incoming
        set state = $2, error = $3, message_id = $4,
            mailbox_id = coalesce((select t.mailbox_id
                                     from message m
                                     join ticket t on t.id = m.ticket_id
                                    where m.id = $4), mailbox_id)
      where id = $1",
);

/// What became of a raw mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncomingState {
    /// Stored, not yet understood.
    Pending,
    /// It became a message.
    Understood,
    /// Nobody could make a message of it; a person has to look.
    Quarantined,
}

/// A raw mail that is about to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIncoming {
    /// When it was accepted.
    pub received_at: Timestamp,
    /// The way it took: `smtp`, `pipe`, `import`.
    pub via: String,
    /// The sender on its envelope; empty for bounces and where the way has no envelope.
    pub mail_from: String,
    /// The recipients on its envelope.
    pub recipients: Vec<String>,
    /// Where its bytes are: a blob address, 64 hex digits.
    pub blob: String,
    /// Size in bytes.
    pub size: i64,
    /// Its Message-ID without brackets; empty where none.
    pub mail_id: String,
    /// SHA-256 without trace headers.
    pub digest: [u8; 32],
    /// The address of the computer that handed it over; empty where none did.
    pub peer: String,
    /// What that computer called itself.
    pub hello: String,
    /// When its own server took it in, where it was fetched from there and that is known.
    pub arrived_at: Option<Timestamp>,
    /// The mailbox in whose log it stands until it becomes a message.
    pub mailbox: Option<MailboxId>,
}

/// A raw mail as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The row.
    pub id: IncomingId,
    /// When it was accepted.
    pub received_at: Timestamp,
    /// The way it took.
    pub via: String,
    /// The sender on its envelope.
    pub mail_from: String,
    /// The recipients on its envelope.
    pub recipients: Vec<String>,
    /// Where its bytes are.
    pub blob: String,
    /// Size in bytes.
    pub size: i64,
    /// Its Message-ID without brackets.
    pub mail_id: String,
    /// What became of it.
    pub state: IncomingState,
    /// Why it is quarantined; a word, or a word and what the program said.
    pub error: String,
    /// The message that it became.
    pub message: Option<MessageId>,
    /// The address of the computer that handed it over; empty where none did.
    pub peer: String,
    /// What that computer called itself.
    pub hello: String,
}

impl Incoming {
    /// The sender on the envelope, empty for `<>`; `None` where the way shows no envelope.
    pub fn known_sender(&self) -> Option<&str> {
        let ways = [
            "pipe",
            "import",
            "imap",
            "imap-sent",
            "imap-past",
            "imap-past-sent",
        ];
        let is_shown = !ways.contains(&self.via.as_str());
        (is_shown || !self.mail_from.is_empty()).then_some(&self.mail_from)
    }
}

impl IncomingState {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Understood => "understood",
            Self::Quarantined => "quarantined",
        }
    }

    fn parse(word: &str) -> Self {
        match word {
            "pending" => Self::Pending,
            "understood" => Self::Understood,
            // Whatever stands there, a person has to look at it.
            _ => Self::Quarantined,
        }
    }
}

impl Tx<'_> {
    /// Stores a raw mail. The flag is false when the same mail is stored already; the id is the
    /// earlier one then.
    pub fn add_incoming(&mut self, mail: &NewIncoming) -> Result<(IncomingId, bool), StoreError> {
        let new = self.query_opt(
            INSERT_INCOMING,
            &params![
                mail.received_at,
                mail.via.as_str(),
                mail.mail_from.as_str(),
                mail.recipients.join("\n"),
                mail.blob.as_str(),
                mail.size,
                mail.mail_id.as_str(),
                mail.digest,
                mail.peer.as_str(),
                mail.hello.as_str(),
                mail.arrived_at,
                mail.mailbox,
            ],
            |row| row.get(0),
        )?;
        if let Some(id) = new {
            return Ok((id, true));
        }
        let earlier = self.query_one(
            INCOMING_BY_DIGEST,
            &params![mail.digest, mail.mail_id.as_str()],
            |row| row.get(0),
        )?;
        Ok((earlier, false))
    }

    /// The same mail where it is stored already.
    pub fn same_incoming(
        &mut self,
        digest: [u8; 32],
        mail_id: &str,
    ) -> Result<Option<Incoming>, StoreError> {
        let values = params![digest, mail_id];
        let found = self.query_opt(INCOMING_BY_DIGEST, &values, |row| row.get(0))?;
        found.map_or(Ok(None), |id| self.incoming(id))
    }

    /// One raw mail.
    pub fn incoming(&mut self, id: IncomingId) -> Result<Option<Incoming>, StoreError> {
        self.query_opt(INCOMING, &params![id], incoming_of)
    }

    /// The raw mails that became messages of a ticket or told about them, oldest first.
    pub fn incoming_of_ticket(&mut self, ticket: TicketId) -> Result<Vec<Incoming>, StoreError> {
        self.query(INCOMING_OF_TICKET, &params![ticket], incoming_of)
    }

    /// Raw mails in one state, the newest first.
    pub fn incoming_in_state(
        &mut self,
        state: IncomingState,
        stretch: Stretch<IncomingId>,
        limit: i64,
    ) -> Result<Vec<Incoming>, StoreError> {
        let newest = IncomingId(i64::MAX);
        let values = params![state.as_str(), stretch.cursor().unwrap_or(newest), limit];
        if !stretch.goes_back() {
            return self.query(INCOMING_IN_STATE, &values, incoming_of);
        }
        let mut mails = self.query(INCOMING_IN_STATE_BEFORE, &values, incoming_of)?;
        mails.reverse();
        Ok(mails)
    }

    /// Says what became of a raw mail.
    pub fn set_incoming(
        &mut self,
        id: IncomingId,
        state: IncomingState,
        error: &str,
        message: Option<MessageId>,
    ) -> Result<(), StoreError> {
        self.put(SET_INCOMING, &params![id, state.as_str(), error, message])?;
        Ok(())
    }
}

pub(crate) fn incoming_of(row: &Row<'_>) -> Result<Incoming, StoreError> {
    Ok(Incoming {
        id: row.get(0)?,
        received_at: row.get(1)?,
        via: row.get(2)?,
        mail_from: row.get(3)?,
        recipients: lines(&row.get::<String>(4)?),
        blob: row.get(5)?,
        size: row.get(6)?,
        mail_id: row.get(7)?,
        state: IncomingState::parse(&row.get::<String>(8)?),
        error: row.get(9)?,
        message: row.get(10)?,
        peer: row.get(11)?,
        hello: row.get(12)?,
    })
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
