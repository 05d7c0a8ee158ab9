//! Parts of forms.
//!
//! Owns: labelled fields with hint and fault, and the button that does one thing. Must not know:
//! which rules a field has; the desk checks them.

use askama::Template;

use crate::failure::Faults;
use crate::i18n::Texts;

/// One entry of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value that is sent.
    pub value: String,
    /// The words to read.
    pub label: String,
}

impl Choice {
    /// An entry.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// One line; the string is the `type` of the input.
    Line(&'static str),
    /// Several lines.
    Area {
        /// Lines shown at first.
        rows: u8,
    },
    /// One of several.
    Choices(Vec<Choice>),
    /// Yes or no; sent as `true` when ticked.
    Tick,
}

/// A labelled field with its hint and its fault.
#[derive(Debug, Clone, Template)]
#[template(path = "part/field.html")]
pub struct Field {
    name: &'static str,
    id: String,
    label: String,
    value: String,
    kind: FieldKind,
    hint: Option<String>,
    fault: Option<String>,
    required: bool,
    autocomplete: &'static str,
    max_length: Option<u32>,
}

impl Field {
    /// A field of any kind.
    pub fn new(name: &'static str, label: impl Into<String>, kind: FieldKind) -> Self {
        Self {
            name,
            id: format!("field-{name}"),
            label: label.into(),
            value: String::new(),
            kind,
            hint: None,
            fault: None,
            required: false,
            autocomplete: "off",
            max_length: None,
        }
    }

    /// One line of text.
    pub fn text(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(name, label, FieldKind::Line("text"))
    }

    /// An e-mail address.
    pub fn email(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(name, label, FieldKind::Line("email"))
    }

    /// A telephone number.
    pub fn phone(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(name, label, FieldKind::Line("tel"))
    }

    /// A password; never shown again with its value.
    pub fn password(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(name, label, FieldKind::Line("password"))
    }

    /// Several lines of text.
    pub fn area(name: &'static str, label: impl Into<String>, rows: u8) -> Self {
        Self::new(name, label, FieldKind::Area { rows })
    }

    /// One of several.
    pub fn choice(name: &'static str, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(name, label, FieldKind::Choices(choices))
    }

    /// Yes or no.
    pub fn tick(name: &'static str, label: impl Into<String>, ticked: bool) -> Self {
        let field = Self::new(name, label, FieldKind::Tick);
        field.value(if ticked { "true" } else { "" })
    }

    /// What stands in the field.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        if self.kind != FieldKind::Line("password") {
            self.value = value.into();
        }
        self
    }

    /// What helps to fill it in.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Must be filled in.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The `autocomplete` word, such as `email` or `current-password`.
    #[must_use]
    pub const fn autocomplete(mut self, word: &'static str) -> Self {
        self.autocomplete = word;
        self
    }

    /// The longest value in characters.
    #[must_use]
    pub const fn max_length(mut self, characters: u32) -> Self {
        self.max_length = Some(characters);
        self
    }

    /// Tells fields of the same name apart where two forms stand on a page.
    #[must_use]
    pub fn prefixed(mut self, prefix: &str) -> Self {
        self.id = format!("{prefix}-{}", self.name);
        self
    }

    /// Shows what the last try got wrong.
    #[must_use]
    pub fn faults(mut self, faults: &Faults, t: &Texts) -> Self {
        self.fault = faults.of(self.name, t);
        self
    }

    fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let fault = self.fault.as_ref().map(|_| format!("{}-fault", self.id));
        match (hint, fault) {
            (Some(hint), Some(fault)) => Some(format!("{fault} {hint}")),
            (one, other) => one.or(other),
        }
    }

    fn ticked(&self) -> bool {
        self.value == "true"
    }
}

/// A form that is one button: the resource, what to send, the words on it.
#[derive(Debug, Clone, Template)]
#[template(path = "part/action_button.html")]
pub struct ActionButton {
    action: String,
    words: String,
    class: &'static str,
    values: Vec<(&'static str, String)>,
    key: Option<char>,
}

impl ActionButton {
    /// `POST action`.
    pub fn post(action: impl Into<String>, words: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            words: words.into(),
            class: "btn",
            values: Vec::new(),
            key: None,
        }
    }

    /// Takes `resource` away, through its removal twin (see [`crate::route::RouteBook::delete`]).
    pub fn delete(resource: &str, words: impl Into<String>) -> Self {
        Self::post(format!("{resource}/removal"), words)
    }

    /// The one step that matters most.
    #[must_use]
    pub const fn primary(mut self) -> Self {
        self.class = "btn primary";
        self
    }

    /// A step among others.
    #[must_use]
    pub const fn quiet(mut self) -> Self {
        self.class = "btn quiet";
        self
    }

    /// A step that destroys something.
    #[must_use]
    pub const fn danger(mut self) -> Self {
        self.class = "btn danger";
        self
    }

    /// Sends a value along.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The key that presses it outside text fields.
    #[must_use]
    pub const fn key(mut self, key: char) -> Self {
        self.key = Some(key);
        self
    }
}
