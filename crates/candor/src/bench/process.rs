//! The measured process.
//!
//! Owns: starting and stopping it, its processor time and memory as the kernel tells them (Linux).

use super::client::Client;
use crate::config::Config;
use anyhow::{Context, Result};
use candor_store::DatabaseUrl;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// Ticks of processor time in a second; fixed on Linux.
const TICKS: f64 = 100.0;

/// A running `candor serve`.
pub(crate) struct Served {
    child: Child,
    /// Held open: a desk that can no longer say anything would fall over.
    _said: Lines<BufReader<ChildStdout>>,
    /// Where its pages are.
    pub http_port: u16,
    /// Where its mail comes in.
    pub smtp_port: u16,
    /// From the start of the process to its first answer.
    pub first_answer: Duration,
}

impl Served {
    /// Starts it over the loaded desk.
    pub(crate) async fn start(config: &Config) -> Result<Self> {
        let database = match &config.database {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let started = Instant::now();
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .env("CANDOR_DATA", &config.data)
            .env("CANDOR_DATABASE", database)
            .env("CANDOR_LISTEN", "127.0.0.1:0")
            .env("CANDOR_SMTP_LISTEN", "127.0.0.1:0")
            .env("CANDOR_LOG", "warn")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let output = child.stdout.take().context("its output is ours")?;
        let mut said = BufReader::new(output).lines();
        let http_port = port_after(&mut said, "Candor listens on 127.0.0.1:").await?;
        let smtp_port = port_after(&mut said, "Mail comes in at 127.0.0.1:").await?;
        let mut served = Self {
            child,
            _said: said,
            http_port,
            smtp_port,
            first_answer: Duration::ZERO,
        };
        loop {
            if let Some(status) = served.child.try_wait()? {
                anyhow::bail!("the desk to measure ended with {status}");
            }
            if let Ok(mut client) = Client::open(http_port).await
                && client.ask("GET", "/login", "text/plain", "").await?.status == 200
            {
                break;
            }
            tokio::task::yield_now().await;
        }
        served.first_answer = started.elapsed();
        Ok(served)
    }

    /// Processor time that it used so far.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid()?))?;
        // The name in parentheses may hold anything; the fields after it do not.
        let fields: Vec<&str> = stat
            .rsplit(") ")
            .next()
            .unwrap_or_default()
            .split(' ')
            .collect();
        let ticks: f64 = fields.get(11).context("utime")?.parse::<f64>()?
            + fields.get(12).context("stime")?.parse::<f64>()?;
        Ok(Duration::from_secs_f64(ticks / TICKS))
    }

    /// Proportional set size in bytes, a minute after the last request.
    pub(crate) async fn memory_after_a_minute(&self) -> Result<u64> {
        tokio::time::sleep(Duration::from_mins(1)).await;
        let rollup = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.pid()?))?;
        let line = rollup
            .lines()
            .find(|line| line.starts_with("Pss:"))
            .context("Pss")?;
        let kilobytes: u64 = line.split_whitespace().nth(1).context("Pss")?.parse()?;
        Ok(kilobytes * 1024)
    }

    /// Ends it.
    pub(crate) async fn stop(mut self) -> Result<()> {
        self.child.kill().await?;
        Ok(())
    }

    fn pid(&self) -> Result<u32> {
        self.child.id().context("the desk to measure ended")
    }
}

/// The port that the desk says it was given.
async fn port_after(said: &mut Lines<BufReader<ChildStdout>>, words: &str) -> Result<u16> {
    while let Some(line) = said.next_line().await? {
        if let Some(rest) = line.strip_prefix(words) {
            let digits = rest.split(' ').next().unwrap_or_default();
            return digits.parse().context("the port of the desk to measure");
        }
    }
    anyhow::bail!("the desk to measure did not start")
}
