//! Checks of fields that several verbs take.
//!
//! Owns: what a name, an address, a language, a zone may be, and the sentence for each that is not.
//! Must not know: which form it came from.

use crate::error::{DeskError, FieldError};
use candor_domain::address::EmailAddress;
use candor_domain::text::one_line;
use jiff::tz::TimeZone;

/// Longest name of anything, in characters.
pub(crate) const LONGEST_NAME: usize = 120;

/// Collects what is wrong with the fields of one verb, so that a form shows all of it at once.
#[derive(Default)]
pub(crate) struct Check {
    wrong: Vec<FieldError>,
}

impl Check {
    /// Notes that a field cannot be so.
    pub(crate) fn refuse(&mut self, field: &'static str, id: &'static str, message: &str) {
        self.wrong.push(FieldError {
            field,
            id,
            message: message.to_owned(),
        });
    }

    /// A name: one line with something on it.
    pub(crate) fn name(&mut self, field: &'static str, text: &str) -> String {
        let name = one_line(text, usize::MAX);
        if name.is_empty() {
            self.refuse(field, "error-name-empty", "give it a name");
        } else if name.chars().count() > LONGEST_NAME {
            self.refuse(field, "error-name-long", "use at most 120 characters");
        }
        name
    }

    /// An e-mail address; `None` once it was refused.
    pub(crate) fn email(&mut self, field: &'static str, text: &str) -> Option<EmailAddress> {
        match EmailAddress::parse(text) {
            Ok(address) => Some(address),
            Err(error) => {
                self.refuse(field, "error-email", &error.to_string());
                None
            }
        }
    }

    /// A language that the pages speak.
    pub(crate) fn language(&mut self, field: &'static str, tag: &str) {
        if !["en", "de"].contains(&tag) {
            self.refuse(field, "error-language", "choose en or de");
        }
    }

    /// A time zone by its IANA name.
    pub(crate) fn zone(&mut self, field: &'static str, name: &str) {
        if TimeZone::get(name).is_err() {
            self.refuse(
                field,
                "error-zone",
                "this is no time zone, such as Europe/Berlin",
            );
        }
    }

    /// The name of a server; empty where `may_be_empty`.
    pub(crate) fn host(&mut self, host: &str, may_be_empty: bool, message: &str) {
        let letters = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
        let missing = host.is_empty() && !may_be_empty;
        if missing || host.len() > 253 || !host.chars().all(letters) {
            self.refuse("host", "error-host", message);
        }
    }

    /// The name of a further server, which may be left out.
    pub(crate) fn server(&mut self, field: &'static str, host: &str) {
        let letters = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
        if host.len() > 253 || !host.chars().all(letters) {
            self.refuse(field, "error-host", "this is no server name");
        }
    }

    /// The port of a server.
    pub(crate) fn port(&mut self, port: u16) {
        if port == 0 {
            self.refuse("port", "error-port", "choose a port from 1 to 65535");
        }
    }

    /// A number between two others.
    pub(crate) fn between(&mut self, field: &'static str, value: i64, (least, most): (i64, i64)) {
        if !(least..=most).contains(&value) {
            let message = format!("choose a number from {least} to {most}");
            self.refuse(field, "error-number-range", &message);
        }
    }

    /// An address on the web that the desk asks, or none. In the clear only within the house; the
    /// client that asks judges the address itself.
    pub(crate) fn web_address(&mut self, field: &'static str, id: &'static str, text: &str) {
        self.text(field, text, 2_000);
        let is_local = text.starts_with("http://127.") || text.starts_with("http://[::1]");
        let is_address = text.is_empty() || text.starts_with("https://") || is_local;
        if !is_address || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            let words = "write an address that begins with https://";
            self.refuse(field, id, words);
        }
    }

    /// A text of bounded length.
    pub(crate) fn text(&mut self, field: &'static str, text: &str, most_bytes: usize) {
        if text.len() > most_bytes {
            let message = format!("use at most {most_bytes} bytes");
            self.refuse(field, "error-text-long", &message);
        }
    }

    /// Goes on when nothing was refused.
    pub(crate) fn done(self) -> Result<(), DeskError> {
        if self.wrong.is_empty() {
            Ok(())
        } else {
            Err(DeskError::Invalid(self.wrong))
        }
    }
}

/// The values without doubles, sorted: the form in which sets are stored.
pub(crate) fn as_set<T: Ord + Clone>(values: &[T]) -> Vec<T> {
    let mut set = values.to_vec();
    set.sort_unstable();
    set.dedup();
    set
}

/// A text of several lines as it is stored: one kind of line break, nothing behind the last line.
pub(crate) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end().to_owned()
}
