//! What leads on: notices, empty states, questions before a step, pages of a list.
//!
//! Owns: their shapes. Must not know: which list, which step.

use askama::Template;

use super::{ActionButton, Tone};

/// What just happened or what to know, above the content. Announced to screen readers.
#[derive(Debug, Clone, Template)]
#[template(path = "part/notice.html")]
pub struct Notice {
    words: String,
    tone: Tone,
    undo: Option<ActionButton>,
}

impl Notice {
    /// A notice with a tone.
    pub fn new(words: impl Into<String>, tone: Tone) -> Self {
        Self {
            words: words.into(),
            tone,
            undo: None,
        }
    }

    /// Adds the way back.
    #[must_use]
    pub fn with_undo(mut self, undo: ActionButton) -> Self {
        self.undo = Some(undo);
        self
    }
}

/// A list without entries: says so, says why it exists, offers the first step.
#[derive(Debug, Clone, Template)]
#[template(path = "part/empty_state.html")]
pub struct EmptyState {
    title: String,
    words: String,
    step: Option<(String, String)>,
}

impl EmptyState {
    /// An empty state without a step.
    pub fn new(title: impl Into<String>, words: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            words: words.into(),
            step: None,
        }
    }

    /// Adds a link that leads to the first step.
    #[must_use]
    pub fn with_step(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.step = Some((label.into(), href.into()));
        self
    }
}

/// A button that asks before a step that is hard to take back. Browsers open the question
/// themselves, without a script (`popover`).
#[derive(Debug, Clone, Template)]
#[template(path = "part/confirm_dialog.html")]
pub struct ConfirmDialog {
    /// A word that is unique on the page.
    pub name: String,
    /// The words on the button that asks.
    pub opener: String,
    /// The question.
    pub title: String,
    /// What will happen.
    pub words: String,
    /// The step.
    pub action: ActionButton,
    /// The words of the way out.
    pub cancel: String,
}

/// A choice of what a list shows, by links.
#[derive(Debug, Clone, Template)]
#[template(path = "part/kinds.html")]
pub struct Kinds {
    /// What the links are for, for screen readers.
    pub label: String,
    /// Words, address, and whether it is the one that is shown.
    pub links: Vec<(String, String, bool)>,
}

/// The way to the next part of a list.
#[derive(Debug, Clone, Template)]
#[template(path = "part/pager.html")]
pub struct Pager {
    /// What the links are for, for screen readers.
    pub label: String,
    /// Words and address of the newer part.
    pub newer: Option<(String, String)>,
    /// Words and address of the older part.
    pub older: Option<(String, String)>,
}
