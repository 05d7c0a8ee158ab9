//! Dovecot's `imap` program, for the tests that fetch mail.
//!
//! Owns: where it may lie, the variable that names it. Must not know: what is tested.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::shell;
use crate::test::packages::{self, Package};

const IMAP: &str = "CANDOR_TEST_IMAP";

const PLACES: [&str; 5] = [
    "/usr/lib/dovecot/imap",
    "/usr/libexec/dovecot/imap",
    "/usr/local/libexec/dovecot/imap",
    "/opt/homebrew/libexec/dovecot/imap",
    "/opt/homebrew/opt/dovecot/libexec/dovecot/imap",
];

const PACKAGE: Package = Package {
    what: "Dovecot's IMAP server",
    names: &[
        ("apt-get", &[&["dovecot-imapd"]]),
        ("dnf", &[&["dovecot"]]),
        ("pacman", &[&["dovecot"]]),
        ("apk", &[&["dovecot"]]),
        ("brew", &[&["dovecot"]]),
    ],
};

/// The program that speaks IMAP for one mailbox. No daemon is started.
pub(crate) struct Imap(PathBuf);

impl Imap {
    /// Tells a test run where it lies.
    pub(crate) fn export(&self, command: &mut Command) {
        command.env(IMAP, &self.0);
    }
}

/// Finds the program, or installs it and finds it then.
pub(crate) fn find_or_install() -> Result<Imap> {
    if let Some(imap) = find() {
        return Ok(imap);
    }
    packages::install(&PACKAGE)?;
    find().context("Dovecot was installed but its imap program is still not found")
}

/// The variable wins, then the places where systems put it.
fn find() -> Option<Imap> {
    if let Some(given) = std::env::var_os(IMAP) {
        return Some(Imap(given.into())).filter(|imap| shell::is_program(&imap.0));
    }
    PLACES
        .iter()
        .map(Path::new)
        .find(|path| shell::is_program(path))
        .map(|path| Imap(path.to_owned()))
}
