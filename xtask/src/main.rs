//! The workspace's own tool: `cargo xtask <command>`.
//!
//! Owns: the table of commands. Must not know: how any of them does its work.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks on the terminal"
)]

mod bench;
mod check;
mod screenshots;
mod shell;
mod test;
mod tone;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

/// One word after `cargo xtask` and what it starts.
struct Command {
    name: &'static str,
    summary: &'static str,
    run: fn(&[String]) -> Result<ExitCode>,
}

/// A new command is its `mod` line above and its line here.
#[rustfmt::skip]
const COMMANDS: &[Command] = &[
    Command { name: "bench", summary: "measure a release build on both engines", run: bench::run },
    Command { name: "check", summary: "format, lints, rules of the house, documents", run: check::run },
    Command { name: "screenshots", summary: "the pictures of the manual, of the demo shop", run: screenshots::run },
    Command { name: "test", summary: "every test, once per database engine, with all set-up", run: test::run },
    Command { name: "tone", summary: "train the model that reads the mood of a message", run: tone::run },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let Some((name, rest)) = arguments.split_first() else {
        print_usage();
        bail!("name a command");
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print_usage();
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(command) = COMMANDS.iter().find(|command| command.name == name) {
        return (command.run)(rest);
    }
    print_usage();
    bail!("there is no command `{name}`")
}

fn print_usage() {
    println!("usage: cargo xtask <command>\n");
    for command in COMMANDS {
        println!("  {:<12} {}", command.name, command.summary);
    }
}
