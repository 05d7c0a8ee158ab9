//! An entry of the DNS: what it is for, where it belongs, what should stand there and what does.
//!
//! Owns: its shape. Must not know: what an entry means.

use super::Chip;
use askama::Template;

/// The card of one entry.
#[derive(Debug, Clone, Template)]
#[template(path = "part/dns_record.html")]
pub struct DnsRecord {
    /// What it is for.
    pub title: String,
    /// How it stands.
    pub chip: Chip,
    /// What to do, in plain words.
    pub words: String,
    /// The kind of entry, such as TXT, with its label; `None` shows the words alone.
    pub kind: Option<(String, String)>,
    /// The label of the name.
    pub name_label: String,
    /// The name at which it stands.
    pub name: String,
    /// The label of what should stand there.
    pub wanted_label: String,
    /// What should stand there; empty where that is not ours to say.
    pub wanted: String,
    /// The label of what stands there.
    pub found_label: String,
    /// What stands there.
    pub found: Vec<String>,
}
