//! A card with rows: a name, what it is, what can be done.
//!
//! Owns: their shape. Must not know: what the rows are of.

use super::{ActionButton, Avatar, Chip, ConfirmDialog};
use askama::Template;

/// What can be done with a row.
#[derive(Debug, Clone)]
pub enum Act {
    /// A button that does it.
    Do(ActionButton),
    /// A button that asks first.
    Ask(Box<ConfirmDialog>),
    /// A link with its words.
    Go {
        /// Where it leads.
        href: String,
        /// The words on it.
        words: String,
    },
}

/// One row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    avatar: Option<Avatar>,
    name: String,
    href: Option<String>,
    below: Vec<String>,
    chips: Vec<Chip>,
    acts: Vec<Act>,
}

impl Row {
    /// A row with a name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// A round mark in front.
    #[must_use]
    pub fn avatar(mut self, avatar: Avatar) -> Self {
        self.avatar = Some(avatar);
        self
    }

    /// The page that the name leads to.
    #[must_use]
    pub fn leads_to(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// A quieter line below the name; empty ones are left out.
    #[must_use]
    pub fn below(mut self, words: impl Into<String>) -> Self {
        let words = words.into();
        if !words.is_empty() {
            self.below.push(words);
        }
        self
    }

    /// A label.
    #[must_use]
    pub fn chip(mut self, chip: Chip) -> Self {
        self.chips.push(chip);
        self
    }

    /// A button that does something.
    #[must_use]
    pub fn act(mut self, button: ActionButton) -> Self {
        self.acts.push(Act::Do(button));
        self
    }

    /// A button that asks first.
    #[must_use]
    pub fn ask(mut self, dialog: ConfirmDialog) -> Self {
        self.acts.push(Act::Ask(Box::new(dialog)));
        self
    }

    /// A link as a button.
    #[must_use]
    pub fn go(mut self, href: impl Into<String>, words: impl Into<String>) -> Self {
        self.acts.push(Act::Go {
            href: href.into(),
            words: words.into(),
        });
        self
    }
}

/// A card with rows under a heading.
#[derive(Debug, Clone, Template)]
#[template(path = "part/rows.html")]
pub struct Rows {
    title: String,
    entries: Vec<Row>,
    none: String,
}

impl Rows {
    /// Rows under a heading; `none` stands there while there are none.
    pub fn new(title: impl Into<String>, rows: Vec<Row>, none: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            entries: rows,
            none: none.into(),
        }
    }
}
