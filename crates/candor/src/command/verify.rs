//! `candor verify`: the history, and what people see against it.
//!
//! Owns: how a report reads on a terminal. Must not know: how it is found.
#![expect(clippy::print_stdout, reason = "a command line prints")]

use crate::boot;
use crate::config::Config;
use anyhow::Result;
use candor_domain::actor::Actor;
use std::process::ExitCode;

/// Exits 0 when nothing is wrong; names what is wrong and exits 1 otherwise.
pub(crate) async fn verify(config: &Config) -> Result<ExitCode> {
    let desk = boot::open(config).await?;
    let report = candor_desk::verify::verify(&desk, &Actor::System, |_| {}).await?;
    println!(
        "{} entries in the history, {} of them sealed; {} rows compared with it, {} files read.",
        report.entries, report.sealed, report.rows, report.files
    );
    if report.is_clean() {
        println!("Nothing was removed or changed unseen.");
        return Ok(ExitCode::SUCCESS);
    }
    for finding in &report.findings {
        println!("- {finding}");
    }
    if report.further_findings > 0 {
        println!("- and {} more", report.further_findings);
    }
    Ok(ExitCode::FAILURE)
}
