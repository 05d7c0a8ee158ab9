//! The things that pages repeat, each a small template with a typed shape.
//!
//! Owns: markup of buttons, fields, chips, messages and their like. Must not know: where they stand,
//! the desk. Pages write `{{ part }}`: a part is HTML already and escapes what it was given.

mod badge;
mod card;
mod dns_record;
mod flow;
mod folded;
mod form;
mod promise;
mod rows;
mod thread;

pub use badge::{Avatar, Chip, Tone};
pub use card::{Facts, FormCard, Item, SearchForm, Steps, Ticks, Verbatim};
pub use dns_record::DnsRecord;
pub use flow::{ConfirmDialog, EmptyState, Kinds, Notice, Pager};
pub use folded::Folded;
pub use form::{ActionButton, Choice, Field, FieldKind};
pub use promise::{PromiseMark, is_reply, metric_key, sentence, target_words};
pub use rows::{Act, Row, Rows};
pub use thread::{AttachmentLink, Body, EventLine, MessageCard, Pending};

/// Lets a part stand in a page without being escaped a second time.
macro_rules! safe {
    ($($part:ty),* $(,)?) => { $(impl askama::filters::HtmlSafe for $part {})* };
}
safe!(
    Avatar,
    Chip,
    Notice,
    EmptyState,
    ConfirmDialog,
    Pager,
    PromiseMark,
    ActionButton,
    Field,
    EventLine,
    Folded,
    MessageCard,
    Rows,
    FormCard,
    Facts,
    Verbatim,
    SearchForm,
    DnsRecord
);

#[cfg(test)]
mod tests;
