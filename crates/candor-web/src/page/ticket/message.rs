//! One message of a thread.
//!
//! Owns: how it looks: writer, text, files, what became of its mail. Must not know: its neighbours.

use super::mail_words::{fold, verdict};
use super::origin::Origin;
use super::words::channel_key;
use crate::i18n::{Stamp, Texts};
use crate::page::Page;
use crate::page::mail_fault::fault_words;
use crate::part::{ActionButton, AttachmentLink, Avatar, Chip, Folded, Tone};
use crate::written::{WrittenHtml, written};
use askama::Template;
use candor_desk::outbox::{is_late, tried_until};
use candor_desk::sender_check::{PassedOn, Vouched};
use candor_desk::ticket::{Draft, MessageOf, OutboxMail, OutboxState, View, is_quiet};
use candor_domain::message::{Attachment, Author, MessageKind};
use jiff::Timestamp;

/// A message of a thread.
#[derive(Debug, Template)]
#[template(path = "page/ticket/message.html")]
pub(crate) struct ThreadMessage {
    t: Texts,
    anchor: String,
    class: &'static str,
    avatar: Avatar,
    author: String,
    address: String,
    stamp: Stamp,
    chips: Vec<Chip>,
    warning: Option<String>,
    copies: Option<String>,
    text: Text,
    pictures: Vec<(String, String)>,
    files: Vec<AttachmentLink>,
    original: Option<String>,
    raw: Option<String>,
    mail: Option<Mail>,
    origin: Option<Origin>,
    pending: Option<Pending>,
}

impl askama::filters::HtmlSafe for ThreadMessage {}

#[derive(Debug)]
enum Text {
    Plain(String),
    /// A mail of which a part is folded away.
    Folded(Folded),
    /// Our own Markdown.
    Written(WrittenHtml),
}

#[derive(Debug)]
struct Mail {
    words: String,
    tone: &'static str,
    again: Option<ActionButton>,
}

#[derive(Debug)]
struct Pending {
    leaves_at_ms: i64,
    words: String,
    undo: ActionButton,
}

impl ThreadMessage {
    pub(crate) fn new(cx: &Page, view: &View, of: &MessageOf, may_retry: bool) -> Self {
        let t = &cx.t;
        let now = cx.app.desk.now();
        let message = &of.message;
        let is_note = message.kind == MessageKind::Note;
        let of_customer = matches!(message.author, Author::Customer(_));
        let avatar = match (is_note, of_customer) {
            (true, _) => Avatar::note(&of.author),
            (false, true) => Avatar::customer(&of.author),
            (false, false) => Avatar::staff(&of.author),
        };
        let (pictures, files) = shown_files(t, &message.body, &of.files);
        let stranger = of_customer && !message.sender_is_customer;
        Self {
            anchor: format!("message-{}", message.id),
            class: class(of),
            avatar,
            address: if stranger {
                message.sender_address.clone()
            } else {
                String::new()
            },
            stamp: t.stamp(message.at),
            chips: chips(t, of),
            warning: warning(t, view, of),
            copies: (!message.cc.is_empty())
                .then(|| t.arg("message-copies", "addresses", message.cc.join(", "))),
            text: text(t, of),
            origin: Origin::of(t, of),
            original: message
                .html_blob
                .is_some()
                .then(|| format!("/messages/{}/html", message.id)),
            // Without a formatted text, the way to the source stands at "Why is this here?".
            raw: (message.raw_blob.is_some()
                && (message.html_blob.is_some() || of.reading.is_none()))
            .then(|| format!("/messages/{}/raw", message.id)),
            mail: of
                .mail
                .as_ref()
                .map(|mail| mail_state((t, now), view, mail, may_retry)),
            author: of.author.clone(),
            pending: None,
            pictures,
            files,
            t: t.clone(),
        }
    }

    /// One more label beside the writer's name.
    pub(crate) fn mark(&mut self, chip: Option<Chip>) {
        self.chips.extend(chip);
    }

    /// A reply of the reader that can still be taken back.
    pub(crate) fn pending(cx: &Page, draft: &Draft, files: &[Attachment], at: Timestamp) -> Self {
        let t = &cx.t;
        let name = &cx.visit.person.name;
        let (pictures, links) = shown_files(t, &draft.body, files);
        let undo =
            ActionButton::delete(&format!("/drafts/{}/sending", draft.id), t.get("app-undo"));
        Self {
            anchor: "pending".to_owned(),
            class: " pending",
            avatar: Avatar::staff(name),
            author: name.clone(),
            address: String::new(),
            stamp: t.stamp(draft.updated_at),
            chips: Vec::new(),
            warning: None,
            copies: None,
            origin: None,
            text: markdown(&draft.body, files),
            original: None,
            raw: None,
            mail: None,
            pending: Some(Pending {
                leaves_at_ms: at.as_millisecond(),
                words: t.arg("pending-until", "time", t.clock_with_seconds(at)),
                undo,
            }),
            pictures,
            files: links,
            t: t.clone(),
        }
    }
}

/// What led a mail here that the team sent with another program.
const SENT_BY_HAND: &str = "sent_by_hand";

fn class(of: &MessageOf) -> &'static str {
    if of.message.kind == MessageKind::Note {
        " note"
    } else if of.reading.as_ref().is_some_and(is_quiet) {
        " quiet"
    } else {
        ""
    }
}

/// What stands above a text that may not be what it seems.
fn warning(t: &Texts, view: &View, of: &MessageOf) -> Option<String> {
    let message = &of.message;
    if vouched(of) == Some(Vouched::Forged) {
        let address = message.sender_address.as_str();
        return Some(t.arg("check-forged-words", "address", address));
    }
    let of_customer = matches!(message.author, Author::Customer(_));
    (of_customer && !message.sender_is_customer)
        .then(|| t.arg("message-stranger", "name", view.customer_name()))
}

fn vouched(of: &MessageOf) -> Option<Vouched> {
    of.checked
        .as_ref()
        .and_then(|check| Vouched::parse(&check.vouched))
}

/// Whoever passed it on.
fn passed_on_by(of: &MessageOf) -> &str {
    let found = of.checked.as_ref().map_or("", |check| check.found.as_str());
    PassedOn::last_in(found).unwrap_or_default()
}

fn chips(t: &Texts, of: &MessageOf) -> Vec<Chip> {
    let message = &of.message;
    let mut chips = Vec::new();
    let read = of.reading.as_ref();
    chips.extend(
        read.filter(|reading| reading.verdict != "personal" && !is_quiet(reading))
            .map(|reading| Chip::new(verdict(t, reading))),
    );
    if message.kind == MessageKind::Note {
        chips.push(Chip::toned(t.get("message-note"), Tone::Warn));
    }
    if of
        .reading
        .as_ref()
        .is_some_and(|reading| reading.joined_by == SENT_BY_HAND)
    {
        chips.push(Chip::new(t.get("message-sent-by-hand")));
    }
    if let Some(key) = channel_key(message.channel) {
        chips.push(Chip::new(t.get(key)));
    }
    chips.extend(vouched(of).map(|vouched| match vouched {
        Vouched::Verified => Chip::new(t.get("check-verified")),
        Vouched::PassedOn => Chip::new(t.arg("check-passed-on", "by", passed_on_by(of))),
        Vouched::Unverified => Chip::toned(t.get("check-unverified"), Tone::Warn),
        Vouched::Forged => Chip::toned(t.get("check-forged"), Tone::Bad),
        Vouched::Unknown => Chip::new(t.get("check-unknown")),
    }));
    chips
}

fn text(t: &Texts, of: &MessageOf) -> Text {
    let body = &of.message.body;
    if !matches!(of.message.author, Author::Customer(_)) {
        return markdown(body, &of.files);
    }
    let Some(reading) = &of.reading else {
        return Text::Plain(body.clone());
    };
    if is_quiet(reading) {
        return Text::Folded(Folded::behind(verdict(t, reading), body.clone()));
    }
    match fold(t, body, &reading.removed) {
        Some(folded) => Text::Folded(folded),
        None => Text::Plain(body.clone()),
    }
}

/// Most replies use no Markdown at all; those need no parser.
fn markdown(body: &str, files: &[Attachment]) -> Text {
    let marks = |c: char| "*_`[]<>#|~\\&".contains(c);
    let list_like = |line: &str| {
        let line = line.trim_start();
        line.starts_with(['-', '+', '=']) || line.starts_with(|c: char| c.is_ascii_digit())
    };
    let plain = !body.contains(marks) && !body.contains("://") && !body.contains("www.");
    if plain && !body.lines().any(list_like) {
        return Text::Plain(body.to_owned());
    }
    Text::Written(written(body, files, picture_place))
}

fn picture_place(file: &Attachment) -> String {
    format!("/attachments/{}?inline=1", file.id)
}

/// Pictures to look at, and everything to fetch.
fn shown_files(
    t: &Texts,
    body: &str,
    files: &[Attachment],
) -> (Vec<(String, String)>, Vec<AttachmentLink>) {
    // What stands in our own text is not shown a second time.
    let in_text = |file: &&Attachment| {
        !file.content_id.is_empty() && body.contains(&format!("cid:{}", file.content_id))
    };
    let below = files.iter().filter(|file| !in_text(file));
    let (pictures, others): (Vec<_>, Vec<_>) = below.partition(|file| {
        crate::download::is_picture(&file.media_type) && file.size <= 5 * 1024 * 1024
    });
    let pictures = pictures.into_iter();
    let links = others.into_iter().map(|file| AttachmentLink {
        name: file.name.clone(),
        size: size_words(t, file.size),
        href: format!("/attachments/{}", file.id),
    });
    (
        pictures
            .map(|file| (picture_place(file), file.name.clone()))
            .collect(),
        links.collect(),
    )
}

/// "12 kB", "3 MB".
pub(crate) fn size_words(t: &Texts, bytes: i64) -> String {
    match bytes {
        ..1_000_000 => t.arg("size-kb", "count", (bytes + 999) / 1000),
        _ => t.arg("size-mb", "count", (bytes + 999_999) / 1_000_000),
    }
}

fn mail_state(
    (t, now): (&Texts, Timestamp),
    view: &View,
    mail: &OutboxMail,
    may_retry: bool,
) -> Mail {
    let again = may_retry.then(|| {
        let path = format!("/tickets/{}/mails/{}/tries", view.ticket.id, mail.id);
        ActionButton::post(path, t.get("mail-again"))
    });
    let plain = |words: String| Mail {
        words,
        tone: "soft",
        again: None,
    };
    let fault = mail.fault.as_ref().map(|fault| fault_words(t, fault));
    match mail.state {
        OutboxState::Queued if fault.is_none() => plain(t.get("mail-queued")),
        OutboxState::Queued if is_late(mail, now) => Mail {
            words: t.args(
                "mail-late",
                &[
                    ("span", &t.span(now.duration_since(mail.mail.created_at))),
                    ("reason", &fault.unwrap_or_default()),
                    ("until", &t.moment(tried_until(mail.mail.created_at))),
                ],
            ),
            tone: "fault",
            again: None,
        },
        OutboxState::Queued => Mail {
            words: t.arg("mail-retrying", "reason", fault.unwrap_or_default()),
            tone: "soft due",
            again: None,
        },
        OutboxState::Sent => match fault {
            Some(reason) => Mail {
                words: t.arg("mail-sent-to-some", "reason", reason),
                tone: "soft due",
                again: None,
            },
            None => plain(t.get("mail-sent")),
        },
        OutboxState::Kept => plain(t.get("mail-kept")),
        OutboxState::Held => Mail {
            words: t.arg("mail-held", "reason", fault.unwrap_or_default()),
            tone: "fault",
            again,
        },
        OutboxState::Failed => Mail {
            words: t.arg("mail-failed", "reason", fault.unwrap_or_default()),
            tone: "fault",
            again,
        },
    }
}
