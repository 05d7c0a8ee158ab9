//! `cargo xtask bench`: measures a release build on both engines and writes docs/benchmarks.md.
//!
//! Owns: which runs there are and the machine they are told with. Must not know: what is measured;
//! `candor bench` does that.

#![expect(
    clippy::print_stdout,
    reason = "a command-line tool speaks on the terminal"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::shell;
use crate::test::postgres;
use crate::workspace::root;

/// Tickets loaded where nothing else is said.
const TICKETS: &str = "100000";

/// Runs the measurement: `cargo xtask bench [TICKETS] [--binary PATH]`. With a binary that is there
/// already, the cold build is left out.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let (tickets, given) = match arguments {
        [] => (TICKETS, None),
        [flag, path] if flag == "--binary" => (TICKETS, Some(path)),
        [tickets] => (tickets.as_str(), None),
        [tickets, flag, path] if flag == "--binary" => (tickets.as_str(), Some(path)),
        _ => bail!("say: cargo xtask bench [TICKETS] [--binary PATH]"),
    };
    if tickets.parse::<u32>().is_err() {
        bail!("{tickets} is no number of tickets");
    }
    let folder = std::env::temp_dir().join(format!("candor-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut figures = String::new();
    let binary = match given {
        Some(path) => PathBuf::from(path),
        None => build_cold(&folder.join("build"), &mut figures)?,
    };
    let sqlite = format!("sqlite:{}", folder.join("candor.sqlite").display());
    write!(
        figures,
        "\n## SQLite\n\n{}",
        measure(&binary, &folder, &sqlite, tickets)?
    )?;
    let server = postgres::start_or_given()?;
    let data = folder.join("beside-postgres");
    write!(
        figures,
        "\n## PostgreSQL\n\n{}",
        measure(&binary, &data, server.url(), tickets)?
    )?;
    drop(server);
    std::fs::remove_dir_all(&folder)?;
    let page = root().join("docs/benchmarks.md");
    let kept = std::fs::read_to_string(&page).unwrap_or_default();
    let head = kept.split(MARK).next().unwrap_or_default().trim_end();
    std::fs::write(
        &page,
        format!("{head}\n\n{MARK}\n\n{}{figures}", machine()?),
    )?;
    println!("written to {}", page.display());
    Ok(ExitCode::SUCCESS)
}

/// Mails of other projects' tests: whatever mail programs write.
const MAILS: &str = "crates/candor-mail/tests/data/mail";

/// What stands above this line in docs/benchmarks.md is written by hand and kept.
const MARK: &str = "<!-- Below this line `cargo xtask bench` writes. -->";

/// Builds the release into an empty folder: what it costs whoever builds it first.
fn build_cold(target: &Path, figures: &mut String) -> Result<PathBuf> {
    let started = Instant::now();
    let mut cargo = shell::cargo();
    cargo.args(["build", "--release", "--package", "candor", "--target-dir"]);
    shell::run(cargo.arg(target))?;
    writeln!(
        figures,
        "\n- Cold build of the release, all dependencies among it: {} s.",
        started.elapsed().as_secs()
    )?;
    Ok(target.join("release/candor"))
}

fn measure(binary: &Path, data: &Path, database: &str, tickets: &str) -> Result<String> {
    let mut command = Command::new(binary);
    command
        .args(["bench", "--tickets", tickets, "--mails-from"])
        .arg(root().join(MAILS))
        .env("CANDOR_DATA", data)
        .env("CANDOR_DATABASE", database)
        .env("CANDOR_LOG", "warn");
    shell::read(&mut command)
}

/// Date, processor, cores and memory.
fn machine() -> Result<String> {
    let date = shell::read(Command::new("date").args(["-u", "+%Y-%m-%d"]))?;
    let cores = std::thread::available_parallelism()?;
    let info = std::fs::read_to_string("/proc/cpuinfo").context("figures are taken on Linux")?;
    let processor = info
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("an unnamed processor", |rest| {
            rest.trim_start_matches([' ', '\t', ':'])
        });
    let memory = std::fs::read_to_string("/proc/meminfo")?;
    let kilobytes: u64 = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0);
    Ok(format!(
        "Measured on {}, {cores} cores of {processor}, {} GB of memory.\n",
        date.trim(),
        kilobytes / 1_000_000
    ))
}
