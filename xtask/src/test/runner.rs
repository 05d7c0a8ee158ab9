//! The program that runs the tests: nextest where it is installed, else cargo's own.
//!
//! Owns: its command lines and reading its result. Must not know: how servers are started.

use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;
use crate::test::browser::Browser;
use crate::test::imap::Imap;
use crate::test::postfix::Postfix;
use crate::test::tally::Tally;
use crate::test::{POSTGRES, SEED};

/// Crates that know no database: running their tests a second time would prove nothing.
pub(crate) const WITHOUT_DATABASE: [&str; 7] = [
    "candor-domain",
    "candor-ledger",
    "candor-mail",
    "candor-post",
    "candor-staffing",
    "candor-tone",
    "xtask",
];

/// A way to run the workspace's tests.
pub(crate) struct Runner<'a> {
    nextest: bool,
    filter: &'a [String],
    browser: &'a Browser,
    imap: &'a Imap,
    postfix: &'a Postfix,
}

impl<'a> Runner<'a> {
    /// Takes nextest when `cargo nextest` answers; nothing is installed for it.
    pub(crate) fn choose(
        filter: &'a [String],
        browser: &'a Browser,
        imap: &'a Imap,
        postfix: &'a Postfix,
    ) -> Self {
        let nextest = shell::read(shell::cargo().args(["nextest", "--version"])).is_ok();
        if !nextest {
            println!("cargo-nextest is not installed; `cargo test` does the same, more slowly");
        }
        Self {
            nextest,
            filter,
            browser,
            imap,
            postfix,
        }
    }

    /// All tests of the workspace, on SQLite.
    pub(crate) fn run_everything(&self, tally: &mut Tally) -> Result<()> {
        let mut command = self.command();
        listen(command.args(self.filter), tally)
    }

    /// The tests of the crates that touch a database, against the server at `url`.
    pub(crate) fn run_with_postgres(&self, url: &str, tally: &mut Tally) -> Result<()> {
        let mut command = self.command();
        command.env(POSTGRES, url);
        if self.nextest {
            // A filter instead of --exclude: the same crates are selected, so nothing is rebuilt.
            let pure = WITHOUT_DATABASE.map(|name| format!("package({name})"));
            // A full disk and the demo shop are one folder, which is SQLite whatever engine is
            // chosen; newsletters are shown without a desk.
            let elsewhere = "package(candor) & test(/^(disk|tour|newsletters)::/)";
            command.args(["-E", &format!("not ({} | ({elsewhere}))", pure.join(" | "))]);
        } else if !names_packages(self.filter) {
            for name in WITHOUT_DATABASE {
                command.args(["--exclude", name]);
            }
        }
        listen(command.args(self.filter), tally)
    }

    /// The examples in the documentation, which nextest leaves to cargo.
    #[expect(clippy::unused_self, reason = "reads like its two neighbours")]
    pub(crate) fn run_examples(&self, crates: &[String], tally: &mut Tally) -> Result<()> {
        let mut command = shell::cargo();
        command.args(["test", "--doc"]);
        for name in crates {
            command.args(["--package", name]);
        }
        listen(&mut command, tally)
    }

    fn command(&self) -> Command {
        let mut command = shell::cargo();
        if self.nextest {
            command.args(["nextest", "run", "--no-fail-fast"]);
        } else {
            command.args(["test", "--all-targets", "--no-fail-fast"]);
        }
        if !names_packages(self.filter) {
            command.arg("--workspace");
        }
        command.env_remove(POSTGRES);
        // The gate answers the same for the same code. New cases are drawn by
        // `cargo xtask evidence laws`, where a find is a find and not an unlucky landing.
        if std::env::var_os(SEED).is_none() {
            command.env(SEED, "1");
        }
        self.browser.export(&mut command);
        self.imap.export(&mut command);
        self.postfix.export(&mut command);
        command
    }
}

/// Whether the person asked for some packages only.
fn names_packages(filter: &[String]) -> bool {
    filter
        .iter()
        .any(|word| word == "-p" || word.starts_with("--package"))
}

/// Runs to the end and adds up; a run without a summary did not run at all.
fn listen(command: &mut Command, tally: &mut Tally) -> Result<()> {
    let (succeeded, lines) = shell::run_and_listen(command)?;
    match Tally::of_lines(&lines) {
        Some(result) => {
            *tally += result;
            if !succeeded && result.failed == 0 {
                bail!("the test runner gave up although no test failed");
            }
            Ok(())
        }
        None => bail!("the test runner ended without a summary"),
    }
}
