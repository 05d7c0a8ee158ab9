//! Writing a queued mail.
//!
//! Owns: what stands in a reply's mail beside the reply. Must not know: MIME, sockets.
//!
//! The same row always gives the same bytes: the date is that of queueing, the id is fixed.

use super::automatic::{ACKNOWLEDGEMENT, AutomaticReply};
use super::instance::instance_header;
use super::staff_letter::{STAFF_LETTER, StaffLetter};
use super::texts::{MailTexts, filled};
use super::way::way_back;
use crate::cx::{Cx, DeskConfig, Keys, Query};
use crate::error::DeskError;
use crate::link::customer_page;
use candor_domain::address::EmailAddress;
use candor_domain::customer::Customer;
use candor_domain::id::OutboxId;
use candor_domain::mailbox::{Brand, Mailbox};
use candor_domain::message::{Attachment, Message};
use candor_domain::ticket::Ticket;
use candor_mail::{
    ExtraHeader, MessageId, NamedAddress, Outgoing, OutgoingAttachment, Quoted, TicketRef,
};
use candor_store::Tx;
use candor_store::outbox::{OutboxMail, OutboxState};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Message-IDs of the thread that a reply names.
const MOST_REFERENCES: i64 = 20;
/// Characters of the customer's message that are quoted below a reply.
pub(super) const MOST_QUOTED: usize = 20_000;

/// A queued mail with everything that its bytes are made of.
pub(super) enum DeskMail {
    /// The bytes were made at an earlier try.
    Written(OutboxMail),
    /// An answer to a customer.
    Reply(OutboxMail, Box<ReplyMail>),
    /// A mail with its own subject and text.
    Plain(OutboxMail, Brand),
    /// An answer that the desk gives by itself.
    Automatic(OutboxMail, Box<AutomaticReply>),
    /// What somebody of the team is told of a ticket; `None` where they may not hear it any more.
    Staff(OutboxMail, Option<Box<StaffLetter>>),
}

/// Everything around a reply.
pub(super) struct ReplyMail {
    message: Message,
    ticket: Ticket,
    mailbox: Mailbox,
    brand: Brand,
    customer: Customer,
    /// The customer's message that it answers.
    answered: Option<Message>,
    thread: Vec<String>,
    pub(super) files: Vec<Attachment>,
    reply_to: EmailAddress,
    page: String,
}

/// Loads a queued mail; `None` when it is not queued any more.
pub(super) struct Queued(pub(super) OutboxId);

impl Query for Queued {
    type Output = Option<DeskMail>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        let Some(mail) = tx.outbox_mail(self.0)? else {
            return Ok(None);
        };
        if mail.state != OutboxState::Queued {
            return Ok(None);
        }
        if !mail.blob.is_empty() {
            return Ok(Some(DeskMail::Written(mail)));
        }
        if let Some(id) = mail.mail.message {
            let message = tx.message(id)?.ok_or(DeskError::NotFound("message"))?;
            let reply = ReplyMail::load(tx, cx, message)?;
            return Ok(Some(DeskMail::Reply(mail, Box::new(reply))));
        }
        if mail.mail.purpose == ACKNOWLEDGEMENT {
            let reply = AutomaticReply::load(tx, cx, self.0)?;
            return Ok(Some(DeskMail::Automatic(mail, Box::new(reply))));
        }
        if mail.mail.purpose == STAFF_LETTER {
            let letter = StaffLetter::load(tx, cx, &mail)?;
            return Ok(Some(DeskMail::Staff(mail, letter.map(Box::new))));
        }
        let brand = tx.brands()?.into_iter().next();
        let brand = brand.ok_or(DeskError::NotFound("brand"))?;
        Ok(Some(DeskMail::Plain(mail, brand)))
    }
}

impl DeskMail {
    pub(super) fn row(&self) -> &OutboxMail {
        match self {
            Self::Written(mail)
            | Self::Reply(mail, _)
            | Self::Plain(mail, _)
            | Self::Automatic(mail, _)
            | Self::Staff(mail, _) => mail,
        }
    }
}

impl ReplyMail {
    fn load(tx: &mut Tx<'_>, cx: &Cx, message: Message) -> Result<Self, DeskError> {
        let ticket = tx
            .ticket(message.ticket)?
            .ok_or(DeskError::NotFound("ticket"))?;
        let mailbox = tx
            .mailbox(ticket.mailbox)?
            .ok_or(DeskError::NotFound("mailbox"))?;
        let brand = tx
            .brand(mailbox.brand)?
            .ok_or(DeskError::NotFound("brand"))?;
        let customer = tx
            .customer(ticket.customer)?
            .ok_or(DeskError::NotFound("customer"))?;
        let answered = match tx.last_customer_message(ticket.id, message.id)? {
            Some(id) => tx.message(id)?,
            None => None,
        };
        let place = TicketRef {
            ticket: ticket.id,
            conversation: message.conversation,
        };
        Ok(Self {
            thread: tx.thread_mail_ids(ticket.id, message.id, MOST_REFERENCES)?,
            files: tx.attachments_of(&[message.id])?,
            reply_to: way_back(tx, cx, &mailbox, place)?,
            page: customer_page(cx.keys(), cx.public_url(), &ticket),
            message,
            ticket,
            mailbox,
            brand,
            customer,
            answered,
        })
    }

    /// The bytes of the reply. `contents` are those of `files`, in their order.
    pub(super) fn compose(
        &self,
        row: &OutboxMail,
        config: &DeskConfig,
        contents: Vec<Vec<u8>>,
    ) -> Vec<u8> {
        let language = self
            .customer
            .language
            .as_deref()
            .unwrap_or(&self.brand.language);
        let texts = config.texts.for_language(language);
        let references: Vec<MessageId> = self
            .thread
            .iter()
            .filter_map(|id| MessageId::parse(id))
            .collect();
        let answers = self
            .answered
            .as_ref()
            .and_then(|message| MessageId::parse(&message.mail_id));
        Outgoing {
            from: NamedAddress::named(&self.brand.name, self.mailbox.address.clone()),
            to: named(&self.message.to),
            cc: named(&self.message.cc),
            reply_to: Some(NamedAddress::named(&self.brand.name, self.reply_to.clone())),
            subject: self.subject(),
            message_id: message_id_of(row),
            in_reply_to: answers.or_else(|| references.last().cloned()),
            references,
            date: row.mail.created_at,
            markdown: self.text(texts),
            delimiter: Some(texts.delimiter.clone()),
            quoted: self.quoted(texts, language),
            attachments: self.files.iter().zip(contents).map(file_of).collect(),
            // Our own mail is known by it when it comes back.
            extra_headers: vec![
                ExtraHeader::new("X-Loop", self.mailbox.address.as_str()),
                instance_header(&config.keys),
            ],
        }
        .compose()
    }

    fn subject(&self) -> String {
        let subject = &self.ticket.subject;
        let is_answer = subject
            .get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case("re:"));
        if is_answer || self.answered.is_none() {
            subject.clone()
        } else {
            format!("Re: {subject}")
        }
    }

    /// The reply with signature and link. A mail that somebody else gets too has no link: it would
    /// let them speak as the customer.
    fn text(&self, texts: &MailTexts) -> String {
        let mut parts = vec![self.message.body.trim_end(), self.mailbox.signature.trim()];
        let closing = filled(&texts.closing, &[("link", &self.page)]);
        if self.message.cc.is_empty() {
            parts.push(&closing);
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// The customer's last message. A stranger's text is never quoted to the customer.
    fn quoted(&self, texts: &MailTexts, language: &str) -> Option<Quoted> {
        let message = self
            .answered
            .as_ref()
            .filter(|message| message.sender_is_customer)?;
        let name = self.customer.display_name(&message.sender_address);
        let date = date_in_words(message.at, &self.brand.zone, language);
        Some(Quoted {
            introduction: filled(&texts.quote_intro, &[("date", &date), ("name", name)]),
            text: message.body.chars().take(MOST_QUOTED).collect(),
        })
    }
}

/// The bytes of a mail that has its own text.
pub(super) fn compose_plain(
    row: &OutboxMail,
    brand: &Brand,
    keys: &Keys,
) -> Result<Vec<u8>, DeskError> {
    let from = EmailAddress::parse(&row.mail.mail_from)
        .map_err(|error| DeskError::Internal(error.to_string()))?;
    let mail = Outgoing {
        from: NamedAddress::named(&brand.name, from),
        to: named(&row.mail.recipients),
        cc: Vec::new(),
        reply_to: None,
        subject: row.mail.subject.clone(),
        message_id: message_id_of(row),
        in_reply_to: None,
        references: Vec::new(),
        date: row.mail.created_at,
        markdown: row.mail.body.clone(),
        delimiter: None,
        quoted: None,
        attachments: Vec::new(),
        // RFC 3834: nobody's holiday notice answers it.
        extra_headers: vec![
            ExtraHeader::new("Auto-Submitted", "auto-generated"),
            instance_header(keys),
        ],
    };
    Ok(mail.compose())
}

pub(super) fn named(addresses: &[String]) -> Vec<NamedAddress> {
    addresses
        .iter()
        .filter_map(|address| EmailAddress::parse(address).ok())
        .map(NamedAddress::bare)
        .collect()
}

pub(super) fn message_id_of(row: &OutboxMail) -> MessageId {
    MessageId::parse(&row.mail.mail_id).expect("the desk itself wrote the id of its mail")
}

fn file_of((file, content): (&Attachment, Vec<u8>)) -> OutgoingAttachment {
    let shown = file.inline && !file.content_id.is_empty();
    OutgoingAttachment {
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        content_id: shown.then(|| file.content_id.clone()),
        content,
    }
}

/// A moment in a mail, in the zone and the manner of a language.
pub(crate) fn date_in_words(at: Timestamp, zone: &str, language: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let format = if language.starts_with("de") {
        "%d.%m.%Y, %H:%M"
    } else {
        "%-d %B %Y, %H:%M"
    };
    at.to_zoned(zone).strftime(format).to_string()
}
