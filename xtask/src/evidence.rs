//! `cargo xtask evidence`: the runs that are too long for the gate.
//!
//! Owns: which runs there are and how much longer they are than in the gate. Must not know: what
//! they look for; each is a test that the gate runs too, shorter.

#![expect(
    clippy::print_stdout,
    reason = "a command-line tool speaks on the terminal"
)]

use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::shell;

/// A test of the gate, run for longer.
struct Long {
    name: &'static str,
    summary: &'static str,
    /// What makes it longer.
    more: (&'static str, &'static str),
    /// Which test it is.
    filter: &'static [&'static str],
}

const RUNS: &[Long] = &[Long {
    name: "kill",
    summary: "10,000 kills while mail comes in, on both engines: what was answered with 250 is there once",
    more: ("CANDOR_TEST_KILLS", "10000"),
    filter: &["-p", "candor", "--test", "binary", "after_many_kills"],
}];

/// Runs one of them, or all: `cargo xtask evidence [NAME]`.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let chosen: Vec<&Long> = match arguments {
        [] => RUNS.iter().collect(),
        [name] => RUNS.iter().filter(|run| run.name == name).collect(),
        _ => Vec::new(),
    };
    if chosen.is_empty() {
        let names: Vec<&str> = RUNS.iter().map(|run| run.name).collect();
        bail!("name one of {}, or nothing for all", names.join(", "));
    }
    for run in chosen {
        println!("\n== {}: {}", run.name, run.summary);
        let mut longer = Command::new(std::env::current_exe()?);
        longer.args(["test", "--"]).args(run.filter);
        longer.env(run.more.0, run.more.1);
        longer.env("NEXTEST_PROFILE", "evidence");
        shell::run(&mut longer)?;
    }
    Ok(ExitCode::SUCCESS)
}
