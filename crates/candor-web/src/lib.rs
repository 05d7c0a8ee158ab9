//! HTTP: pages, API, live updates.
//!
//! Owns: routes, templates, words, assets, what stands around every request. Must not know: SQL,
//! rules; a handler calls one verb or one query of the desk and shows what came back.

pub mod asset;
pub mod error;
pub mod failure;
pub mod guard;
pub mod i18n;
pub mod layout;
pub mod next;
pub mod part;
pub mod route;
pub mod site;
