//! `cargo xtask check`: what holds for the whole workspace, apart from its tests.
//!
//! Owns: the list of checks, their order, the report at the end. Must not know: any single rule.
//!
//! Every check runs even when an earlier one failed, so that one run names everything.
//! `cargo xtask check limits words` runs those two only.

mod architecture;
mod dependencies;
mod direction;
mod habits;
mod limits;
mod links;
mod policy;
mod promises;

use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::{shell, workspace};

/// What a check found wrong, a line each; empty when all is well.
pub(crate) type Problems = Vec<String>;

/// One rule of the house.
struct Check {
    name: &'static str,
    run: fn() -> Result<Problems>,
}

/// The quick ones first: most mistakes are named within a second.
#[rustfmt::skip]
const CHECKS: &[Check] = &[
    Check { name: "direction", run: direction::check },
    Check { name: "limits", run: limits::check },
    Check { name: "habits", run: habits::check },
    Check { name: "policy", run: policy::check },
    Check { name: "dependencies", run: dependencies::check },
    Check { name: "architecture", run: architecture::check },
    Check { name: "links", run: links::check },
    Check { name: "promises", run: promises::check },
    Check { name: "format", run: || Ok(passes(&mut format())) },
    Check { name: "clippy", run: || Ok(passes(&mut clippy())) },
    Check { name: "docs", run: || Ok(passes(&mut docs())) },
];

/// Runs the named checks, or all of them.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    for name in arguments {
        if !CHECKS.iter().any(|check| check.name == name) {
            let names: Vec<_> = CHECKS.iter().map(|check| check.name).collect();
            bail!("there is no check `{name}`; there are {}", names.join(", "));
        }
    }
    let mut failed = Vec::new();
    for check in CHECKS {
        if arguments.is_empty() || arguments.iter().any(|name| name == check.name) {
            println!("\n== {}", check.name);
            if !report((check.run)()) {
                failed.push(check.name);
            }
        }
    }
    if failed.is_empty() {
        println!("\nall checks passed");
        return Ok(ExitCode::SUCCESS);
    }
    println!("\nfailed: {}", failed.join(", "));
    Ok(ExitCode::FAILURE)
}

/// Prints the outcome of one check; whether all is well.
fn report(outcome: Result<Problems>) -> bool {
    match outcome {
        Ok(problems) => {
            for problem in &problems {
                println!("  {problem}");
            }
            problems.is_empty()
        }
        Err(error) => {
            println!("  could not run: {error:#}");
            false
        }
    }
}

/// A check that is another program: what it prints is the report.
fn passes(command: &mut Command) -> Problems {
    shell::run(command).map_or_else(|error| vec![error.to_string()], |()| Problems::new())
}

fn format() -> Command {
    let mut command = shell::cargo();
    // The names of the files, not the differences: `cargo fmt` shows those and mends them.
    command.args(["fmt", "--all", "--check", "--", "-l"]);
    command
}

fn clippy() -> Command {
    let mut command = shell::cargo();
    command.args(["clippy", "--workspace", "--all-targets", "--quiet"]);
    command.args(["--", "-D", "warnings"]);
    command
}

fn docs() -> Command {
    let mut command = shell::cargo();
    command.args(["doc", "--workspace", "--no-deps", "--quiet"]);
    // The readers are those who work on the crates, so links to private items are welcome.
    command.arg("--document-private-items");
    command.env(
        "RUSTDOCFLAGS",
        "-D warnings -A rustdoc::private-intra-doc-links",
    );
    command
}

/// The path of a file as a reader of the workspace names it.
fn shown(path: &std::path::Path) -> String {
    path.strip_prefix(workspace::root())
        .unwrap_or(path)
        .display()
        .to_string()
}
