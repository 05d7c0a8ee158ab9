//! The excuses in `xtask/limits.toml`.
//!
//! Owns: their format. Must not know: the limits.

use anyhow::{Result, bail};
use serde::Deserialize;

use super::{Kind, Measurement};

/// Why one thing may be larger than its limit, and how large.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Excuse {
    /// The file, from the workspace's root.
    pub(crate) path: String,
    /// `file`, `function`, `arguments`, `template`, `css` or `js`.
    what: String,
    /// The function; left out for a file.
    #[serde(default)]
    pub(crate) name: String,
    /// The size that it may have.
    pub(crate) ceiling: usize,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Excuses {
    #[serde(default)]
    excess: Vec<Excuse>,
}

impl Excuse {
    /// Whether this excuse speaks of that thing.
    pub(crate) fn covers(&self, size: &Measurement) -> bool {
        let what = match size.kind {
            Kind::File => "file",
            Kind::Function => "function",
            Kind::Arguments => "arguments",
            Kind::Template => "template",
            Kind::Css => "css",
            Kind::JavaScript => "js",
        };
        self.what == what && self.path == size.path && self.name == size.name
    }
}

/// Reads the file; an excuse without a real reason is no excuse.
pub(crate) fn read(text: &str) -> Result<Vec<Excuse>> {
    let excuses: Excuses = toml::from_str(text)?;
    for excuse in &excuses.excess {
        if excuse.reason.split_whitespace().count() < 4 {
            bail!("{}: the reason says too little", excuse.path);
        }
    }
    Ok(excuses.excess)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_not_a_reason() {
        let text = "[[excess]]\npath = 'a.rs'\nwhat = 'file'\nceiling = 600\nreason = 'long'";
        assert!(read(text).is_err());
    }
}
