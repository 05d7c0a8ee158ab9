//! Messages, their attachments and read marks.
//!
//! Owns: the tables `message`, `attachment` and `read_mark`. Must not know: who may read what.

use crate::ticket::word;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{AttachmentId, CustomerId, DraftId, MessageId, PersonId, TicketId};
use candor_domain::message::{Attachment, Author, Channel, Message, MessageKind};

const INSERT_MESSAGE: Sql = Sql::Same(
    "insert into message (ticket_id, conversation_id, kind, author, author_id, channel, at,
            sender_name, sender_address, sender_is_customer, recipients, copies, body, html_blob,
            raw_blob, mail_id, salt)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
     returning id",
);
const MESSAGE: Sql = Sql::Same(
    "select id, ticket_id, conversation_id, kind, author, author_id, channel, at, sender_name,
            sender_address, sender_is_customer, recipients, copies, body, html_blob, raw_blob,
            mail_id, salt
       from message
      where id = $1",
);
pub(crate) const MESSAGES_OF: Sql = Sql::Same(
    "select id, ticket_id, conversation_id, kind, author, author_id, channel, at, sender_name,
            sender_address, sender_is_customer, recipients, copies, body, html_blob, raw_blob,
            mail_id, salt
       from message
      where ticket_id = $1
      order by id
      limit $2",
);
const THREAD_AFTER: Sql = Sql::Same(
    "select id, ticket_id, conversation_id, kind, author, author_id, channel, at, sender_name,
            sender_address, sender_is_customer, recipients, copies, body, html_blob, raw_blob,
            mail_id, salt
       from message
      where ticket_id = $1
        and id > $2
      order by id
      limit $3",
);
const MESSAGES_AFTER: Sql = Sql::Same(
    "select id, ticket_id, conversation_id, kind, author, author_id, channel, at, sender_name,
            sender_address, sender_is_customer, recipients, copies, body, html_blob, raw_blob,
            mail_id, salt
       from message
      where id > $1
      order by id
      limit $2",
);
const SET_MAIL_ID: Sql = Sql::Same("update message set mail_id = $2 where id = $1");
const INSERT_ATTACHMENT: Sql = Sql::Same(
    "insert into attachment (message_id, draft_id, name, media_type, size, blob, content_id, inline)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     returning id",
);
const ATTACHMENT: Sql = Sql::Same(
    "select id, message_id, name, media_type, size, blob, content_id, inline, draft_id
       from attachment
      where id = $1",
);
pub(crate) const ATTACHMENTS_OF_TICKET: Sql = Sql::Same(
    "select a.id, a.message_id, a.name, a.media_type, a.size, a.blob, a.content_id, a.inline
       from message m
       join attachment a on a.message_id = m.id
      where m.ticket_id = $1
      order by a.id",
);
const ATTACHMENTS_OF_MESSAGES: Sql = Sql::Same(
    "select id, message_id, name, media_type, size, blob, content_id, inline
       from attachment
      where message_id in ($1)
      order by id",
);
const ATTACHMENTS_OF_DRAFT: Sql = Sql::Same(
    "select id, message_id, name, media_type, size, blob, content_id, inline
       from attachment
      where draft_id = $1
      order by id",
);
const SEND_ATTACHMENTS: Sql =
    Sql::Same("update attachment set message_id = $2, draft_id = null where draft_id = $1");
const DROP_DRAFT_ATTACHMENT: Sql =
    Sql::Same("delete from attachment where id = $1 and draft_id is not null");
const MARK_READ: Sql = Sql::Same(
    "insert into read_mark (person_id, ticket_id, message_id) values ($1, $2, $3)
     on conflict (person_id, ticket_id) do update set message_id = excluded.message_id
     where read_mark.message_id < excluded.message_id",
);
pub(crate) const READ_UP_TO: Sql =
    Sql::Same("select message_id from read_mark where person_id = $1 and ticket_id = $2");

/// A file to be stored with a message or a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttachment {
    /// Name as given.
    pub name: String,
    /// Type by content.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
    /// Blob address, 64 hex digits.
    pub blob: String,
    /// Content-ID without brackets; empty where none.
    pub content_id: String,
    /// Shown inside the text.
    pub inline: bool,
}

impl Tx<'_> {
    /// Stores a new message and sets its id.
    pub fn insert_message(&mut self, message: &mut Message) -> Result<(), StoreError> {
        let (author, author_id) = match message.author {
            Author::Customer(id) => ("customer", Some(id.0)),
            Author::Person(id) => ("person", Some(id.0)),
            Author::System => ("system", None),
        };
        let values = params![
            message.ticket,
            message.conversation,
            message.kind.as_str(),
            author,
            author_id,
            message.channel.as_str(),
            message.at,
            message.sender_name.as_str(),
            message.sender_address.as_str(),
            message.sender_is_customer,
            message.to.join("\n"),
            message.cc.join("\n"),
            message.body.as_str(),
            message.html_blob.as_deref(),
            message.raw_blob.as_deref(),
            message.mail_id.as_str(),
            message.salt.as_slice()
        ];
        message.id = self.query_one(INSERT_MESSAGE, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Sets the Message-ID, which carries the message's own id and so is known only after it.
    pub fn set_mail_id(&mut self, message: MessageId, mail_id: &str) -> Result<(), StoreError> {
        self.put(SET_MAIL_ID, &params![message, mail_id])
    }

    /// One message. Callers check whether its ticket may be seen.
    pub fn message(&mut self, id: MessageId) -> Result<Option<Message>, StoreError> {
        self.query_opt(MESSAGE, &params![id], read_message)
    }

    /// The messages of a ticket, oldest first.
    pub fn messages_of(
        &mut self,
        ticket: TicketId,
        limit: i64,
    ) -> Result<Vec<Message>, StoreError> {
        self.query(MESSAGES_OF, &params![ticket, limit], read_message)
    }

    /// Messages of a ticket after one of them, oldest first.
    pub fn thread_after(
        &mut self,
        ticket: TicketId,
        after: MessageId,
        limit: i64,
    ) -> Result<Vec<Message>, StoreError> {
        self.query(THREAD_AFTER, &params![ticket, after, limit], read_message)
    }

    /// Messages by number after one; for walks over all of them.
    pub fn messages_after(
        &mut self,
        after: MessageId,
        limit: i64,
    ) -> Result<Vec<Message>, StoreError> {
        self.query(MESSAGES_AFTER, &params![after, limit], read_message)
    }

    /// Stores a file of a message, or of a draft.
    pub fn insert_attachment(
        &mut self,
        message: Option<MessageId>,
        draft: Option<DraftId>,
        file: &NewAttachment,
    ) -> Result<Attachment, StoreError> {
        let values = params![
            message,
            draft,
            file.name.as_str(),
            file.media_type.as_str(),
            file.size,
            file.blob.as_str(),
            file.content_id.as_str(),
            file.inline
        ];
        let id = self.query_one(INSERT_ATTACHMENT, &values, |row| row.get(0))?;
        Ok(Attachment {
            id,
            message,
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            blob: file.blob.clone(),
            content_id: file.content_id.clone(),
            inline: file.inline,
        })
    }

    /// One file, with the draft that it hangs on. Callers check who may read it.
    pub fn attachment(
        &mut self,
        id: AttachmentId,
    ) -> Result<Option<(Attachment, Option<DraftId>)>, StoreError> {
        self.query_opt(ATTACHMENT, &params![id], |row| {
            Ok((read_attachment(row)?, row.get(8)?))
        })
    }

    /// The files of all messages of a ticket, by id.
    pub fn attachments_of_ticket(
        &mut self,
        ticket: TicketId,
    ) -> Result<Vec<Attachment>, StoreError> {
        self.query(ATTACHMENTS_OF_TICKET, &params![ticket], read_attachment)
    }

    /// The files of some messages, by id.
    pub fn attachments_of(
        &mut self,
        messages: &[MessageId],
    ) -> Result<Vec<Attachment>, StoreError> {
        let ids = crate::Value::Ids(messages.iter().map(|id| id.0).collect());
        self.query(ATTACHMENTS_OF_MESSAGES, &[ids], read_attachment)
    }

    /// The files that hang on a draft, by id.
    pub fn attachments_of_draft(&mut self, draft: DraftId) -> Result<Vec<Attachment>, StoreError> {
        self.query(ATTACHMENTS_OF_DRAFT, &params![draft], read_attachment)
    }

    /// Moves the files of a draft to the message that it became.
    pub fn send_attachments(
        &mut self,
        draft: DraftId,
        message: MessageId,
    ) -> Result<(), StoreError> {
        self.put(SEND_ATTACHMENTS, &params![draft, message])
    }

    /// Takes a file off a draft. A file that was sent stays.
    pub fn drop_draft_attachment(&mut self, id: AttachmentId) -> Result<(), StoreError> {
        self.put(DROP_DRAFT_ATTACHMENT, &params![id])
    }

    /// Notes that a person has seen a ticket up to a message.
    pub fn mark_read(
        &mut self,
        person: PersonId,
        ticket: TicketId,
        message: MessageId,
    ) -> Result<(), StoreError> {
        self.put(MARK_READ, &params![person, ticket, message])
    }

    /// Up to which message a person has seen a ticket.
    pub fn read_up_to(
        &mut self,
        person: PersonId,
        ticket: TicketId,
    ) -> Result<Option<MessageId>, StoreError> {
        self.query_opt(READ_UP_TO, &params![person, ticket], |row| row.get(0))
    }
}

fn read_message(row: &Row<'_>) -> Result<Message, StoreError> {
    let author: String = row.get(4)?;
    let author_id: Option<i64> = row.get(5)?;
    let lines = |text: String| text.lines().map(str::to_owned).collect();
    Ok(Message {
        id: row.get(0)?,
        ticket: row.get(1)?,
        conversation: row.get(2)?,
        kind: word(row, 3, MessageKind::parse)?,
        author: match (author.as_str(), author_id) {
            ("customer", Some(id)) => Author::Customer(CustomerId(id)),
            ("person", Some(id)) => Author::Person(PersonId(id)),
            _ => Author::System,
        },
        channel: word(row, 6, Channel::parse)?,
        at: row.get(7)?,
        sender_name: row.get(8)?,
        sender_address: row.get(9)?,
        sender_is_customer: row.get(10)?,
        to: lines(row.get(11)?),
        cc: lines(row.get(12)?),
        body: row.get(13)?,
        html_blob: row.get(14)?,
        raw_blob: row.get(15)?,
        mail_id: row.get(16)?,
        salt: row.get(17)?,
    })
}

fn read_attachment(row: &Row<'_>) -> Result<Attachment, StoreError> {
    Ok(Attachment {
        id: row.get(0)?,
        message: row.get(1)?,
        name: row.get(2)?,
        media_type: row.get(3)?,
        size: row.get(4)?,
        blob: row.get(5)?,
        content_id: row.get(6)?,
        inline: row.get(7)?,
    })
}
