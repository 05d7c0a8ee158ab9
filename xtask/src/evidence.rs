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
use crate::test::SEED;

/// Where the readers of bent input read how long they are shown some, and which.
const FUZZ_SECONDS: &str = "CANDOR_TEST_FUZZ_SECONDS";
const FUZZ_SEED: &str = "CANDOR_TEST_FUZZ_SEED";

/// A test of the gate, run for longer.
struct Long {
    name: &'static str,
    summary: &'static str,
    /// What makes it longer.
    more: More,
    /// Which test it is.
    filter: &'static [&'static str],
}

enum More {
    /// A figure that the test reads from the environment.
    Figure(&'static str, &'static str),
    /// A figure of a test that has an engine of its own.
    FigureOnce(&'static str, &'static str),
    /// So many seconds for each reader, of input that was never drawn before.
    Seconds(&'static str),
    /// As many runs on SQLite, each with cases that were never drawn before.
    NewSeeds(u64),
}

const RUNS: &[Long] = &[
    Long {
        name: "mail",
        summary: "10,000 kills while mail comes in, on both engines: what was answered with 250 or marked as read at the provider is there once",
        more: More::Figure("CANDOR_TEST_KILLS", "10000"),
        filter: &["-p", "candor", "--test", "binary", "after_many_kills"],
    },
    Long {
        name: "fuzz",
        summary: "10 minutes of bent input for each reader: parser, trimmer, judge, addresses, headers, sanitiser, winmail.dat, Markdown, SMTP commands and dialogues",
        more: More::Seconds("600"),
        filter: &["-p", "candor-mail", "-p", "candor-post", "what_anybody"],
    },
    Long {
        name: "history",
        summary: "a random history of 10,000 tickets, played again on both engines: exactly the stored clocks",
        more: More::Figure("CANDOR_TEST_HISTORY_TICKETS", "10000"),
        filter: &["-p", "candor-desk", "--test", "level", "a_random_history"],
    },
    Long {
        name: "pages",
        summary: "every page of the demo shop, read by axe in three widths, light and dark, in English and German",
        more: More::FigureOnce("CANDOR_TEST_EVERY_LOOK", "1"),
        filter: &["-p", "candor", "--test", "browser", "of_the_demo_shop"],
    },
    Long {
        name: "laws",
        summary: "the property tests with 20 new seeds: what holds for every text, tree, calendar and queue",
        more: More::NewSeeds(20),
        filter: &[
            "-p",
            "candor-domain",
            "-p",
            "candor-ledger",
            "-p",
            "candor-mail",
            "-p",
            "candor-post",
            "-p",
            "candor-staffing",
            "-p",
            "candor-tone",
        ],
    },
];

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
        match run.more {
            More::Figure(name, value) => {
                shell::run(test(run.filter, &["test"])?.env(name, value))?;
            }
            More::FigureOnce(name, value) => {
                let mut command = test(run.filter, &["test", "--engine", "sqlite"])?;
                shell::run(command.env(name, value))?;
            }
            More::Seconds(seconds) => {
                let seed = std::process::id().to_string();
                println!("\n-- {FUZZ_SEED}={seed} repeats this run");
                let mut command = test(run.filter, &["test", "--engine", "sqlite"])?;
                command.env(FUZZ_SECONDS, seconds).env(FUZZ_SEED, seed);
                shell::run(&mut command)?;
            }
            More::NewSeeds(count) => {
                let first = u64::from(std::process::id()) << 32;
                for seed in first..first + count {
                    println!("\n-- {SEED}={seed} repeats this run");
                    let mut command = test(run.filter, &["test", "--engine", "sqlite"])?;
                    shell::run(command.env(SEED, seed.to_string()))?;
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// This program's own `test`, with time enough for the long ones.
fn test(filter: &[&str], how: &[&str]) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(how).arg("--").args(filter);
    command.env("NEXTEST_PROFILE", "evidence");
    Ok(command)
}
