//! A mail that tells somebody of the team of a ticket.
//!
//! Owns: queueing one, what stands in it, and the address at which only they answer. Must not know:
//! who is told of what, what becomes of their answer.
//!
//! The row holds no text. It is put together when the mail is carried, at each try, so that nobody is
//! told what they may not see any more.

use super::compose::{MOST_QUOTED, date_in_words, message_id_of, named};
use super::instance::instance_header;
use super::queue;
use super::texts::{StaffTexts, filled};
use crate::cx::{Cx, DeskConfig, Verb};
use crate::error::DeskError;
use crate::send_account::send_account;
use crate::staff_mail::{kind, may_be_told};
use crate::ticket::reply_of;
use candor_domain::address::EmailAddress;
use candor_domain::id::{MessageId, OutboxId};
use candor_domain::mailbox::{Brand, Mailbox};
use candor_domain::message::{Author, Message, MessageKind};
use candor_domain::people::Person;
use candor_domain::text::one_line;
use candor_domain::ticket::Ticket;
use candor_mail::{
    ExtraHeader, NamedAddress, Outgoing, Quoted, ReplyKey, StaffRef, staff_address,
    staff_message_id,
};
use candor_store::Tx;
use candor_store::outbox::{NewOutbox, OutboxMail, OutboxState};
use candor_store::staff_mail::StaffNotice;

/// The purpose of such a mail.
pub(super) const STAFF_LETTER: &str = "staff_notice";

/// One before it is queued.
pub(crate) struct StaffLetterMail<'a> {
    pub(crate) notice: &'a StaffNotice,
    pub(crate) mailbox: &'a Mailbox,
    pub(crate) to: &'a EmailAddress,
}

fn place_of(notice: &StaffNotice) -> StaffRef {
    StaffRef {
        ticket: notice.ticket,
        person: notice.person,
        seen: notice.message.unwrap_or(MessageId(0)),
    }
}

/// Queues one. No page shows it: it is for its reader alone.
pub(crate) fn queue_staff_letter(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mail: &StaffLetterMail<'_>,
) -> Result<OutboxId, DeskError> {
    let key = ReplyKey::new(cx.keys().links);
    let sequence = mail.notice.id.0.unsigned_abs();
    let domain = mail.mailbox.address.domain();
    let mail_id = staff_message_id(place_of(mail.notice), sequence, domain, &key);
    queue(
        tx,
        cx,
        &NewOutbox {
            message: None,
            purpose: STAFF_LETTER.to_owned(),
            mail_from: mail.mailbox.address.to_string(),
            recipients: vec![mail.to.to_string()],
            subject: String::new(),
            body: String::new(),
            mail_id: mail_id.to_string(),
            created_at: cx.now(),
            secret: true,
        },
        None,
    )
}

/// Everything that stands in one.
pub(super) struct StaffLetter {
    notice: StaffNotice,
    person: Person,
    ticket: Ticket,
    mailbox: Mailbox,
    brand: Brand,
    reply_to: EmailAddress,
    /// What it shows: the message, what its writer added, and who that is.
    shown: Option<(Message, String, String)>,
    link: String,
}

impl StaffLetter {
    /// Loads it; `None` where its reader may not hear it any more.
    pub(super) fn load(
        tx: &mut Tx<'_>,
        cx: &Cx,
        row: &OutboxMail,
    ) -> Result<Option<Self>, DeskError> {
        let Some(notice) = tx.staff_notice_of(row.id)? else {
            return Ok(None);
        };
        let Some((person, ticket)) = may_be_told(tx, &notice)? else {
            return Ok(None);
        };
        let from = EmailAddress::parse(&row.mail.mail_from).ok();
        let mailbox = from.map(|from| tx.mailbox_by_address(&from)).transpose()?;
        let Some(mailbox) = mailbox.flatten() else {
            return Ok(None);
        };
        let brand = tx.brand(mailbox.brand)?;
        Ok(Some(Self {
            brand: brand.ok_or(DeskError::NotFound("brand"))?,
            reply_to: way_back(tx, cx, &mailbox, place_of(&notice))?,
            shown: shown(tx, &notice, &ticket)?,
            link: format!("{}/tickets/{}", cx.public_url(), ticket.id),
            notice,
            person,
            ticket,
            mailbox,
        }))
    }

    pub(super) fn compose(&self, row: &OutboxMail, config: &DeskConfig) -> Vec<u8> {
        let language = self.person.language.as_deref();
        let language = language.unwrap_or(&self.brand.language);
        let texts = config.texts.for_language(language);
        Outgoing {
            from: NamedAddress::named(&self.brand.name, self.mailbox.address.clone()),
            to: named(&row.mail.recipients),
            cc: Vec::new(),
            reply_to: Some(NamedAddress::named(&self.brand.name, self.reply_to.clone())),
            subject: self.filled(&self.letter(&texts.staff).subject, ""),
            message_id: message_id_of(row),
            // Nothing of the customer's thread: an answer that lost our address must not look like
            // one of theirs.
            in_reply_to: None,
            references: Vec::new(),
            date: row.mail.created_at,
            markdown: self.text(&texts.staff),
            delimiter: Some(texts.delimiter.clone()),
            quoted: self.quoted(&texts.quote_intro, language),
            attachments: Vec::new(),
            // RFC 3834: nobody's holiday notice answers it.
            extra_headers: vec![
                ExtraHeader::new("Auto-Submitted", "auto-generated"),
                ExtraHeader::new("X-Auto-Response-Suppress", "All"),
                instance_header(&config.keys),
            ],
        }
        .compose()
    }

    fn letter<'t>(&self, texts: &'t StaffTexts) -> &'t super::LetterTexts {
        match self.notice.kind.as_str() {
            kind::ASSIGNED | kind::ANSWERED | kind::TEAM => &texts.letter,
            _ => &texts.kept,
        }
    }

    fn text(&self, texts: &StaffTexts) -> String {
        let news = match self.notice.kind.as_str() {
            kind::ASSIGNED => &texts.assigned,
            kind::ANSWERED => &texts.answered,
            kind::TEAM => &texts.team,
            "kept_moved" => &texts.kept_moved,
            "kept_closed" => &texts.kept_closed,
            "kept_spam" => &texts.kept_spam,
            _ => &texts.kept_order,
        };
        let shown = self.shown.as_ref();
        let stranger = shown.is_some_and(|(message, ..)| {
            message.kind == MessageKind::Incoming && !message.sender_is_customer
        });
        let mut news = self.filled(news, "");
        if stranger {
            news.push(' ');
            news.push_str(&texts.stranger);
        }
        self.filled(&self.letter(texts).body, &news)
    }

    fn filled(&self, sentence: &str, news: &str) -> String {
        let number = self.ticket.id.to_string();
        let values = [
            ("news", news),
            ("number", number.as_str()),
            ("subject", self.ticket.subject.as_str()),
            ("name", self.person.name.as_str()),
            ("brand", self.brand.name.as_str()),
            ("link", self.link.as_str()),
            // The only address whose answers count.
            ("words", self.person.email.as_str()),
        ];
        filled(sentence, &values)
    }

    fn quoted(&self, introduction: &str, language: &str) -> Option<Quoted> {
        let (message, text, name) = self.shown.as_ref()?;
        let date = date_in_words(message.at, &self.person.zone, language);
        Some(Quoted {
            introduction: filled(introduction, &[("date", &date), ("name", name)]),
            text: text.chars().take(MOST_QUOTED).collect(),
        })
    }
}

/// The address at which they answer, unless the mailbox's provider knows no such addresses; then the
/// Message-ID alone leads back.
fn way_back(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: &Mailbox,
    place: StaffRef,
) -> Result<EmailAddress, DeskError> {
    let account = send_account(tx, cx, mailbox.id)?;
    if account.is_some_and(|account| !account.plus) {
        return Ok(mailbox.address.clone());
    }
    let key = ReplyKey::new(cx.keys().links);
    Ok(staff_address(&mailbox.address, place, &key))
}

/// The message that a notice shows, without what it quotes itself. Only public messages are shown.
fn shown(
    tx: &mut Tx<'_>,
    notice: &StaffNotice,
    ticket: &Ticket,
) -> Result<Option<(Message, String, String)>, DeskError> {
    let Some(id) = notice.message else {
        return Ok(None);
    };
    let message = tx.message(id)?;
    let ours = |message: &Message| message.ticket == ticket.id && message.kind != MessageKind::Note;
    let Some(message) = message.filter(ours) else {
        return Ok(None);
    };
    let reading = tx.readings_of(&[id])?.into_iter().next();
    let removed = reading.map(|reading| reading.removed).unwrap_or_default();
    let added = reply_of(&message.body, &removed);
    let text = if added.trim().is_empty() {
        message.body.clone()
    } else {
        added
    };
    let name = writer(tx, &message)?;
    Ok(Some((message, text, name)))
}

fn writer(tx: &mut Tx<'_>, message: &Message) -> Result<String, DeskError> {
    let name = match message.author {
        Author::Customer(id) => tx.customer(id)?.map(|customer| customer.name),
        Author::Person(id) => tx.person(id)?.map(|person| person.name),
        Author::System => None,
    };
    let name = name.filter(|name| !name.trim().is_empty());
    Ok(one_line(
        &name.unwrap_or_else(|| message.sender_address.clone()),
        200,
    ))
}

/// Leaves a mail unsent whose reader may not hear any more what it tells.
pub(super) struct Withhold(pub(super) OutboxId);

impl Verb for Withhold {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, _: &Cx) -> Result<(), DeskError> {
        let Some(mut mail) = tx.outbox_mail(self.0)? else {
            return Ok(());
        };
        if mail.state == OutboxState::Queued {
            mail.state = OutboxState::Held;
            tx.save_outbox(&mail)?;
        }
        Ok(())
    }
}
