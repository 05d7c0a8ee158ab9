//! The conversation: messages and what happened between them.
//!
//! Owns: the shape of a message and of an event line. Must not know: tickets, mail.

use askama::Template;

use super::{ActionButton, Avatar, Chip};
use crate::i18n::Stamp;

/// What a message says.
#[derive(Debug, Clone)]
pub enum Body {
    /// Plain text; lines and paragraphs are kept.
    Text(String),
    /// A mail in its own form, behind its own address in a sandboxed frame.
    Frame {
        /// The address of the frame.
        src: String,
        /// What the frame holds, for screen readers.
        title: String,
    },
}

/// A file that came with a message.
#[derive(Debug, Clone)]
pub struct AttachmentLink {
    /// The file's name.
    pub name: String,
    /// Its size in words.
    pub size: String,
    /// Where it is fetched.
    pub href: String,
}

/// A reply that is still held back.
#[derive(Debug, Clone)]
pub struct Pending {
    /// When it leaves, in milliseconds since 1970; the countdown runs in the browser.
    pub leaves_at_ms: i64,
    /// "Leaves in a moment", for browsers without JavaScript.
    pub words: String,
    /// The way back.
    pub undo: ActionButton,
}

/// One message of a thread.
#[derive(Debug, Clone, Template)]
#[template(path = "part/message_card.html")]
pub struct MessageCard {
    /// The anchor: `message-<id>`.
    pub anchor: String,
    /// Who wrote.
    pub author: String,
    /// Their mark.
    pub avatar: Avatar,
    /// When.
    pub stamp: Stamp,
    /// Whether only staff see it.
    pub is_note: bool,
    /// Labels beside the name.
    pub chips: Vec<Chip>,
    /// What it says.
    pub body: Body,
    /// What came with it.
    pub attachments: Vec<AttachmentLink>,
    /// Set while it is held back.
    pub pending: Option<Pending>,
}

/// What happened between two messages.
#[derive(Debug, Clone, Template)]
#[template(path = "part/event_line.html")]
pub struct EventLine {
    /// The words.
    pub words: String,
    /// When.
    pub stamp: Stamp,
    /// The way back, while it makes sense.
    pub undo: Option<ActionButton>,
}
