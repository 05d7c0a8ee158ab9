//! The part of `deny.toml` that we read.
//!
//! Owns: its format, which is cargo-deny's. Must not know: the dependency tree.

use serde::Deserialize;

/// The rules; tables that only cargo-deny reads are skipped.
#[derive(Debug, Deserialize)]
pub(crate) struct Rules {
    licenses: Licences,
    bans: Bans,
}

#[derive(Debug, Deserialize)]
struct Licences {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
    #[serde(default)]
    clarify: Vec<Clarification>,
}

/// A licence that one crate may have and others may not.
#[derive(Debug, Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

/// What somebody read in the files of a crate whose manifest says nothing.
#[derive(Debug, Deserialize)]
struct Clarification {
    #[serde(rename = "crate")]
    name: String,
    expression: String,
}

#[derive(Debug, Deserialize)]
struct Bans {
    #[serde(default)]
    deny: Vec<Ban>,
}

#[derive(Debug, Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
    /// Crates that may depend on it all the same.
    #[serde(default)]
    wrappers: Vec<String>,
}

impl Rules {
    /// Why a crate may not be built, if it may not. `users` are the crates that depend on it.
    pub(crate) fn ban(&self, name: &str, users: &[String]) -> Option<&str> {
        let ban = self.bans.deny.iter().find(|ban| ban.name == name)?;
        let wrapped = !users.is_empty() && users.iter().all(|user| ban.wrappers.contains(user));
        (!wrapped).then_some(ban.reason.as_str())
    }

    /// Whether the crate `name` may stand under `licence`.
    pub(crate) fn allows(&self, name: &str, licence: &str) -> bool {
        let holds = |list: &[String]| list.iter().any(|allowed| allowed == licence);
        holds(&self.licenses.allow)
            || self
                .licenses
                .exceptions
                .iter()
                .any(|exception| exception.name == name && holds(&exception.allow))
    }

    /// The licence that somebody found by reading.
    pub(crate) fn clarified(&self, name: &str) -> Option<&str> {
        let clarify = &self.licenses.clarify;
        let found = clarify.iter().find(|clarified| clarified.name == name)?;
        Some(&found.expression)
    }

    /// The crates with an exception of their own.
    pub(crate) fn exceptions(&self) -> impl Iterator<Item = &str> {
        let exceptions = self.licenses.exceptions.iter();
        exceptions.map(|exception| exception.name.as_str())
    }
}
