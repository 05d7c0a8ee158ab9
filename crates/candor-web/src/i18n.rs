//! Everything a person reads, in the reader's language, zone and number style.
//!
//! Owns: languages, the Fluent catalogue, words for times and numbers. Must not know: HTML, HTTP
//! handlers, the desk.
//!
//! A page holds one [`Texts`] named `t`. Literal ids are checked by a test in every language, so an
//! id stands as a literal in `t.get("…")`, `t.arg("…", …)`, `t.args("…", …)` or [`key`]`("…")`.

mod argument;
mod catalogue;
mod language;
mod texts;
mod time;

pub use argument::Argument;
pub use catalogue::{ids, missing_variables};
pub use language::Language;
pub use texts::{Texts, key};
pub use time::Stamp;
