//! One message of a thread.
//!
//! Owns: how it looks: writer, text, files, what became of its mail. Must not know: its neighbours.

use super::words::channel_key;
use crate::i18n::{Stamp, Texts};
use crate::page::Page;
use crate::page::mail_fault::fault_words;
use crate::part::{ActionButton, AttachmentLink, Avatar, Chip, Tone};
use crate::written::{WrittenHtml, written};
use askama::Template;
use candor_desk::ticket::{Draft, MessageOf, OutboxMail, OutboxState, View};
use candor_domain::message::{Attachment, Author, Message, MessageKind};
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
    pending: Option<Pending>,
}

impl askama::filters::HtmlSafe for ThreadMessage {}

#[derive(Debug)]
enum Text {
    Plain(String),
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
    pub(crate) fn new(t: &Texts, view: &View, of: &MessageOf, may_retry: bool) -> Self {
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
            class: if is_note { " note" } else { "" },
            avatar,
            address: if stranger {
                message.sender_address.clone()
            } else {
                String::new()
            },
            stamp: t.stamp(message.at),
            chips: chips(t, message),
            warning: stranger.then(|| {
                let name = view.customer_name();
                t.arg("message-stranger", "name", name)
            }),
            copies: (!message.cc.is_empty())
                .then(|| t.arg("message-copies", "addresses", message.cc.join(", "))),
            text: text(message, &of.files),
            original: message
                .html_blob
                .is_some()
                .then(|| format!("/messages/{}/html", message.id)),
            raw: message
                .raw_blob
                .is_some()
                .then(|| format!("/messages/{}/raw", message.id)),
            mail: of
                .mail
                .as_ref()
                .map(|mail| mail_state(t, view, mail, may_retry)),
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

fn chips(t: &Texts, message: &Message) -> Vec<Chip> {
    let mut chips = Vec::new();
    if message.kind == MessageKind::Note {
        chips.push(Chip::toned(t.get("message-note"), Tone::Warn));
    }
    if let Some(key) = channel_key(message.channel) {
        chips.push(Chip::new(t.get(key)));
    }
    chips
}

fn text(message: &Message, files: &[Attachment]) -> Text {
    match message.author {
        Author::Customer(_) => Text::Plain(message.body.clone()),
        Author::Person(_) | Author::System => markdown(&message.body, files),
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

fn mail_state(t: &Texts, view: &View, mail: &OutboxMail, may_retry: bool) -> Mail {
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
        OutboxState::Queued => Mail {
            words: t.arg("mail-retrying", "reason", fault.unwrap_or_default()),
            tone: "soft due",
            again: None,
        },
        OutboxState::Sent => plain(t.get("mail-sent")),
        OutboxState::Kept => plain(t.get("mail-kept")),
        OutboxState::Failed => Mail {
            words: t.arg("mail-failed", "reason", fault.unwrap_or_default()),
            tone: "fault",
            again,
        },
    }
}
