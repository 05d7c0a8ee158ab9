//! `cargo xtask test`: every test, once per database engine.
//!
//! Owns: the order of the runs, the sum at the end. Must not know: how a server or a browser is
//! found (`postgres`, `browser`), what a runner prints (`runner`).
//!
//! Everything after `--` goes to the test runner: `cargo xtask test -- a_customer_reply`.
//! `--engine sqlite` or `--engine postgres` leaves the other engine out.

mod browser;
mod examples;
mod imap;
mod packages;
mod postfix;
pub(crate) mod postgres;
mod runner;
mod tally;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::test::runner::Runner;
use crate::test::tally::Tally;

/// Where the tests read that a PostgreSQL server stands ready for them.
pub(crate) const POSTGRES: &str = "CANDOR_TEST_POSTGRES";

/// Where the property tests read the seed of their cases.
pub(crate) const SEED: &str = "PROPTEST_RNG_SEED";

/// What the command line asked for.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    sqlite: bool,
    postgres: bool,
    /// Handed to the test runner as it stands.
    filter: Vec<String>,
}

/// Runs all tests and prints `N passed, N failed` as its last line.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let plan = Plan::read(arguments)?;
    let mut tally = Tally::default();
    let outcome = run_all(&plan, &mut tally);
    if let Err(error) = &outcome {
        // A part that could not run is a failure, never a smaller sum.
        tally.failed += 1;
        eprintln!("\nxtask: a part of the tests could not run: {error:#}");
    }
    println!("{tally}");
    Ok(ExitCode::from(u8::from(tally.failed > 0)))
}

fn run_all(plan: &Plan, tally: &mut Tally) -> Result<()> {
    let browser = browser::find_or_install().context("the browser tests need Chromium")?;
    let imap = imap::find_or_install().context("the tests that fetch mail need Dovecot")?;
    let postfix = postfix::find_or_install().context("the tests that send mail need Postfix")?;
    let runner = Runner::choose(&plan.filter, &browser, &imap, &postfix);
    if plan.sqlite {
        println!("\n== all tests, on SQLite");
        runner.run_everything(tally)?;
    }
    if plan.filter.is_empty() && plan.sqlite {
        println!("\n== the examples in the documentation");
        let crates = examples::crates_with_examples()?;
        if crates.is_empty() {
            println!("   (no crate has one)");
        } else {
            runner.run_examples(&crates, tally)?;
        }
    }
    if plan.postgres {
        let server = postgres::start_or_given().context("the second run needs PostgreSQL")?;
        println!("\n== the tests that touch a database, on PostgreSQL");
        println!(
            "   ({} touch none and are not repeated)",
            runner::WITHOUT_DATABASE.join(", ")
        );
        runner.run_with_postgres(server.url(), tally)?;
    }
    Ok(())
}

impl Plan {
    fn read(arguments: &[String]) -> Result<Self> {
        let mut plan = Self {
            sqlite: true,
            postgres: true,
            filter: Vec::new(),
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--" => plan.filter = rest.by_ref().cloned().collect(),
                "--engine" => match rest.next().map(String::as_str) {
                    Some("sqlite") => plan.postgres = false,
                    Some("postgres") => plan.sqlite = false,
                    _ => bail!("--engine is followed by sqlite or postgres"),
                },
                other => bail!("`{other}` is not understood; a filter for tests follows `--`"),
            }
        }
        Ok(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(arguments: &[&str]) -> Result<Plan> {
        Plan::read(
            &arguments
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn without_arguments_both_engines_run() {
        let plan = plan(&[]).unwrap();
        assert!(plan.sqlite && plan.postgres && plan.filter.is_empty());
    }

    #[test]
    fn one_engine_and_a_filter_may_be_asked_for() {
        let plan = plan(&["--engine", "postgres", "--", "-p", "candor-store"]).unwrap();
        assert!(!plan.sqlite && plan.postgres);
        assert_eq!(plan.filter, ["-p", "candor-store"]);
    }

    #[test]
    fn an_unknown_word_is_refused() {
        assert!(plan(&["--engine", "mysql"]).is_err());
        assert!(plan(&["store"]).is_err());
    }
}
