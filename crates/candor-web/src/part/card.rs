//! Cards of a page that is made of blocks: a form, facts, words, a search.
//!
//! Owns: their shapes. Must not know: which page they stand on.

use super::Field;
use askama::Template;

/// A choice of several at once.
#[derive(Debug, Clone)]
pub struct Ticks {
    /// What they are.
    pub legend: String,
    /// The name under which each ticked value is sent.
    pub name: &'static str,
    /// Value, words, whether it is ticked.
    pub choices: Vec<(String, String, bool)>,
    /// What helps to choose.
    pub hint: String,
}

/// What stands in a form.
#[derive(Debug, Clone)]
pub enum Item {
    /// A field.
    One(Box<Field>),
    /// A choice of several.
    Several(Ticks),
    /// Words above what follows.
    Heading(String),
}

/// A form in a card.
#[derive(Debug, Clone, Template)]
#[template(path = "part/form_card.html")]
pub struct FormCard {
    action: String,
    title: String,
    words: String,
    items: Vec<Item>,
    hidden: Vec<(&'static str, String)>,
    button: String,
    other: Option<(String, String)>,
    bare: bool,
}

impl FormCard {
    /// A form that posts to `action` by a button with these words.
    pub fn new(action: impl Into<String>, button: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            title: String::new(),
            words: String::new(),
            items: Vec::new(),
            hidden: Vec::new(),
            button: button.into(),
            other: None,
            bare: false,
        }
    }

    /// The heading.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// What it is for.
    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }

    /// A field.
    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.items.push(Item::One(Box::new(field)));
        self
    }

    /// A choice of several; left out while there is nothing to choose from.
    #[must_use]
    pub fn ticks(mut self, ticks: Ticks) -> Self {
        if !ticks.choices.is_empty() {
            self.items.push(Item::Several(ticks));
        }
        self
    }

    /// Words above the fields that follow.
    #[must_use]
    pub fn heading(mut self, words: impl Into<String>) -> Self {
        self.items.push(Item::Heading(words.into()));
        self
    }

    /// A value that is sent along.
    #[must_use]
    pub fn hidden(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }

    /// A link beside the button.
    #[must_use]
    pub fn beside(mut self, words: impl Into<String>, href: impl Into<String>) -> Self {
        self.other = Some((words.into(), href.into()));
        self
    }

    /// Without the card around it: where the page itself is one.
    #[must_use]
    pub const fn bare(mut self) -> Self {
        self.bare = true;
        self
    }
}

/// Names and values.
#[derive(Debug, Clone, Template)]
#[template(path = "part/facts.html")]
pub struct Facts {
    /// The heading.
    pub title: String,
    /// What stands below the heading; empty where nothing needs saying.
    pub words: String,
    /// Name and value.
    pub facts: Vec<(String, String)>,
}

/// Words to read or to copy, as they are.
#[derive(Debug, Clone, Template)]
#[template(path = "part/verbatim.html")]
pub struct Verbatim {
    /// The heading.
    pub title: String,
    /// What it is.
    pub words: String,
    /// The text.
    pub text: String,
    /// Whether it is a secret to copy rather than a text to read.
    pub secret: bool,
}

/// Things to do in order, in words.
#[derive(Debug, Clone, Template)]
#[template(path = "part/steps.html")]
pub struct Steps {
    /// The heading.
    pub title: String,
    /// What they lead to.
    pub words: String,
    /// One sentence or two for each.
    pub steps: Vec<String>,
}

/// A search for something on this page.
#[derive(Debug, Clone, Template)]
#[template(path = "part/search_form.html")]
pub struct SearchForm {
    /// The page that answers.
    pub action: String,
    /// What is searched.
    pub label: String,
    /// What was typed.
    pub value: String,
    /// The words on the button.
    pub button: String,
}
