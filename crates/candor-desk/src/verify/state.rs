//! What the history says of each row, in little memory.
//!
//! Owns: a fingerprint of the last state of each row. Must not know: tables.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Rows that are compared; entries name others too (mails on their way, jobs), whose rows are
/// working state.
const COMPARED: &[&str] = &[
    "absence",
    "adoption",
    "brand",
    "calendar",
    "contract",
    "customer",
    "given",
    "identity",
    "level",
    "mail_wish",
    "mailbox",
    "maintenance",
    "message",
    "organization",
    "password",
    "person",
    "promise",
    "rating",
    "role",
    "setting",
    "shift",
    "skill",
    "statement",
    "suppression",
    "swap",
    "team",
    "terms",
    "ticket",
    "tier",
    "token",
    "upset",
    "urgency",
];

/// 16 bytes of SHA-256: enough to tell rows and states apart.
type Print = [u8; 16];

/// What the history last said of a row.
#[derive(Clone, Copy)]
pub(super) struct LastWord {
    pub(super) position: i64,
    state: Print,
    /// The row may be gone or changed: it was removed or erased by the desk itself.
    removed: bool,
    met: bool,
}

/// How a row stands to the history.
pub(super) enum Standing {
    /// As the history says.
    Same,
    /// The entry at this position says something else.
    Differs(i64),
    /// No entry names it.
    Unknown,
}

#[derive(Default)]
pub(super) struct Known {
    rows: HashMap<Print, LastWord>,
}

impl Known {
    /// Takes in what an entry says of a row.
    pub(super) fn learn(&mut self, subject: &str, state: &Value, position: i64) {
        if is_compared(subject) {
            let word = LastWord {
                position,
                state: print_of(state),
                removed: false,
                met: false,
            };
            self.rows.insert(print(subject.as_bytes()), word);
        }
    }

    /// Takes in that a row was removed or erased.
    pub(super) fn removed(&mut self, subject: &str, position: i64) {
        if is_compared(subject) {
            let word = LastWord {
                position,
                state: Print::default(),
                removed: true,
                met: true,
            };
            self.rows.insert(print(subject.as_bytes()), word);
        }
    }

    /// Compares a row with the history.
    pub(super) fn meet(&mut self, subject: &str, state: &Value) -> Standing {
        let Some(word) = self.rows.get_mut(&print(subject.as_bytes())) else {
            return Standing::Unknown;
        };
        word.met = true;
        if word.removed || word.state == print_of(state) {
            Standing::Same
        } else {
            Standing::Differs(word.position)
        }
    }

    /// Positions of entries that name rows which were not met.
    pub(super) fn missing(&self) -> Vec<i64> {
        let mut positions: Vec<i64> = self
            .rows
            .values()
            .filter(|word| !word.met)
            .map(|word| word.position)
            .collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// Whether this entry is the last that names the row, and the row was not met.
    pub(super) fn is_missing(&self, subject: &str, position: i64) -> bool {
        self.rows
            .get(&print(subject.as_bytes()))
            .is_some_and(|word| !word.met && word.position == position)
    }
}

fn is_compared(subject: &str) -> bool {
    let kind = subject.split(':').next().unwrap_or_default();
    COMPARED.contains(&kind)
}

fn print(bytes: &[u8]) -> Print {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let mut print = Print::default();
    print.copy_from_slice(&hash[..16]);
    print
}

/// A fingerprint that does not depend on the order of fields.
fn print_of(state: &Value) -> Print {
    let mut text = String::new();
    write_sorted(state, &mut text);
    print(text.as_bytes())
}

fn write_sorted(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort();
            out.push('{');
            for name in names {
                out.push_str(&Value::String(name.clone()).to_string());
                out.push(':');
                write_sorted(&fields[name], out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                write_sorted(item, out);
                out.push(',');
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}
