//! Whether mail flows, and telling somebody by another way when it does not.
//!
//! Owns: when a mailbox is too quiet or cannot be read, who hears of it, and that it flows again.
//! Must not know: IMAP, SMTP, HTTP.
//!
//! An alarm about mail must not depend on the mail that is broken: it stands on every page of those
//! who look after mailboxes, leaves by another account than the mailbox's own, and goes to an
//! address on the web where the settings name one.

mod look;
mod settings;
mod tell;
mod view;

pub(crate) use look::count_past_mail;
pub use look::watch_mail;
pub use settings::{ChangeWatchSettings, WatchSettings, WatchSettingsOf};
pub use tell::{Hook, HookTold, HooksToTell};
pub use view::{AcceptSilence, FlowUsual, FlowView, MailAlarm, MailAlarms, MailFlow, Silence};
