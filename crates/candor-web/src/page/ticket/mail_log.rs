//! The mail log of a ticket, and a mail as it came.
//!
//! Owns: their pages. Must not know: how mail is understood or carried.

use super::mail_words::{told, verdict, way};
use super::message::size_words;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::mail_fault::fault_words;
use crate::page::sheet::Sheet;
use crate::part::{Chip, Row, Rows, Tone, Verbatim};
use axum::extract::Path;
use candor_desk::ticket::{LogLine, LogWhat, MailLog, OutboxMail, OutboxState, RawMailOf};
use candor_desk::{DeskError, blob};
use candor_domain::id::{MessageId, TicketId};

/// Bytes of a mail that are shown; the rest is in the download.
const MOST_SHOWN: usize = 256 * 1024;

/// `GET /tickets/{ticket}/mail`
pub(super) async fn log(cx: Page, Path(ticket): Path<TicketId>) -> PageResult {
    let t = &cx.t;
    let (ticket, lines) = cx.ask(MailLog { ticket }).await?;
    let rows = lines.iter().map(|line| log_row(t, line)).collect();
    Sheet::new(&cx, Section::Inbox, &t.get("log-title"))
        .await?
        .back(
            t.arg("log-back", "number", ticket.id.to_string()),
            format!("/tickets/{}", ticket.id),
        )
        .intro(t.get("log-intro"))
        .block(Rows::new(ticket.subject, rows, t.get("log-none")))
        .answer(&cx, &Faults::default())
}

/// A line of a mail log.
pub(crate) fn log_row(t: &Texts, line: &LogLine) -> Row {
    let when = t.moment(line.at);
    match &line.what {
        LogWhat::Received(mail, reading) => {
            let from = t.arg("log-envelope", "from", &mail.mail_from);
            let to = t.arg("log-for", "to", mail.recipients.join(", "));
            Row::new(way(t, reading))
                .below(format!("{when} · {}", came_by(t, &mail.via)))
                .below(if mail.mail_from.is_empty() {
                    String::new()
                } else {
                    from
                })
                .below(if mail.recipients.is_empty() {
                    String::new()
                } else {
                    to
                })
                .below(format!(
                    "{} · {}",
                    verdict(t, reading),
                    size_words(t, mail.size)
                ))
                .chip(log_chip(t, &line.what))
                .go(
                    format!("/messages/{}/source", reading.message),
                    t.get("source-title"),
                )
        }
        LogWhat::Sent(mail, is_automatic) => {
            sent(t, mail, *is_automatic, when).chip(log_chip(t, &line.what))
        }
        LogWhat::Told(one) => {
            let (words, _) = told(t, one);
            Row::new(words)
                .below(when)
                .below(one.diagnostic.clone())
                .chip(log_chip(t, &line.what))
        }
    }
}

/// What became of a mail, in a word.
pub(crate) fn log_chip(t: &Texts, what: &LogWhat) -> Chip {
    let (chip, tone) = match what {
        LogWhat::Received(..) => (key("log-received"), Tone::Neutral),
        LogWhat::Told(one) => match (one.action.as_str(), told(t, one).1) {
            ("complained", _) => (key("log-complained"), Tone::Bad),
            (_, true) => (key("log-bounced"), Tone::Bad),
            (_, false) => (key("log-reported"), Tone::Neutral),
        },
        LogWhat::Sent(mail, _) => match mail.state {
            OutboxState::Sent => (key("log-sent"), Tone::Good),
            OutboxState::Kept => (key("log-kept"), Tone::Neutral),
            OutboxState::Failed => (key("log-failed"), Tone::Bad),
            OutboxState::Held => (key("log-held"), Tone::Warn),
            OutboxState::Queued if mail.fault.is_some() => (key("log-deferred"), Tone::Warn),
            OutboxState::Queued => (key("log-queued"), Tone::Neutral),
        },
    };
    Chip::toned(t.get(chip), tone)
}

fn sent(t: &Texts, mail: &OutboxMail, is_automatic: bool, when: String) -> Row {
    let fault = mail.fault.as_ref().map(|fault| fault_words(t, fault));
    let name = if is_automatic {
        t.get("log-acknowledgement")
    } else {
        t.get("log-reply")
    };
    let row = Row::new(name)
        .below(when)
        .below(t.arg("log-for", "to", mail.mail.recipients.join(", ")))
        .below(fault.unwrap_or_default());
    if mail.attempts > 1 {
        row.below(t.arg("log-tries", "count", mail.attempts))
    } else {
        row
    }
}

/// The way that a mail took to the desk.
pub(crate) fn came_by(t: &Texts, way: &str) -> String {
    match way {
        "smtp" => t.get("via-smtp"),
        "imap" => t.get("via-imap"),
        "pipe" => t.get("via-pipe"),
        "imap-sent" => t.get("via-sent"),
        "imap-past" | "imap-past-sent" => t.get("via-past"),
        other => other.to_owned(),
    }
}

/// `GET /messages/{message}/source`: headers and text of a mail as they came, to read.
pub(super) async fn source(cx: Page, Path(message): Path<MessageId>) -> PageResult {
    let t = &cx.t;
    let (mail, _) = cx.ask(RawMailOf { message }).await?;
    let address = mail.raw_blob.ok_or(DeskError::NotFound("mail"))?;
    let bytes = blob::read(&cx.app.desk, &address).await?;
    let shown = &bytes[..bytes.len().min(MOST_SHOWN)];
    let text = String::from_utf8_lossy(shown).replace("\r\n", "\n");
    let (headers, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let part = |title: &str, text: &str| Verbatim {
        title: t.get(title),
        words: String::new(),
        text: text.to_owned(),
        secret: false,
    };
    let whole = Row::new(t.get("source-whole"))
        .below(size_words(t, bytes.len() as i64))
        .go(format!("/messages/{message}/raw"), t.get("source-download"));
    Sheet::new(&cx, Section::Inbox, &t.get("source-title"))
        .await?
        .back(
            t.arg("log-back", "number", mail.ticket.to_string()),
            format!("/tickets/{}#message-{message}", mail.ticket),
        )
        .block(Rows::new("", vec![whole], ""))
        .block(part("source-headers", headers))
        .block(part("source-body", body))
        .answer(&cx, &Faults::default())
}
