//! Mail over SMTP from many senders at once.
//!
//! Owns: the rate at which mail is acknowledged durably, and at which it becomes tickets.

use super::process::Served;
use super::rest::rest;
use anyhow::{Context, Result, ensure};
use candor_desk::{Desk, Stretch};
use candor_store::intake::IncomingState;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Senders at the same time.
const SENDERS: usize = 64;

/// What the mails did.
pub(crate) struct MailRates {
    mails: usize,
    acknowledged_in: Duration,
    understood_in: Duration,
}

impl MailRates {
    /// In words.
    pub(crate) fn told(&self) -> String {
        let rate = |time: Duration| self.mails as f64 / time.as_secs_f64();
        format!(
            "Mail from {SENDERS} senders: {:.0} acknowledged durably a second, {:.0} tickets a second ({} mails).",
            rate(self.acknowledged_in),
            rate(self.understood_in),
            self.mails
        )
    }
}

/// Sends `mails` mails and waits until all are tickets.
pub(crate) async fn measure((served, desk): (&Served, &Desk), mails: usize) -> Result<MailRates> {
    rest(desk, served).await?;
    let share = mails.div_ceil(SENDERS);
    let mut senders = tokio::task::JoinSet::new();
    let mut sessions = Vec::new();
    for _ in 0..SENDERS {
        sessions.push(Session::open(served.smtp_port).await?);
    }
    let started = Instant::now();
    for (sender, mut session) in sessions.into_iter().enumerate() {
        senders.spawn(async move {
            for n in 0..share {
                session.send(sender, n).await?;
            }
            Ok::<_, anyhow::Error>(())
        });
    }
    while let Some(done) = senders.join_next().await {
        done??;
    }
    let acknowledged_in = started.elapsed();
    loop {
        let left = desk
            .store()
            .read(move |tx| tx.incoming_in_state(IncomingState::Pending, Stretch::Top, 1))
            .await?;
        if left.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(MailRates {
        mails: share * SENDERS,
        acknowledged_in,
        understood_in: started.elapsed(),
    })
}

struct Session {
    stream: BufReader<TcpStream>,
}

impl Session {
    async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let mut session = Self {
            stream: BufReader::new(stream),
        };
        session.expect("220").await?;
        session.command("EHLO bench.example", "250").await?;
        Ok(session)
    }

    async fn send(&mut self, sender: usize, n: usize) -> Result<()> {
        let envelope =
            "MAIL FROM:<c@customer.example>\r\nRCPT TO:<help@harbour-pine.example>\r\nDATA";
        self.stream
            .get_mut()
            .write_all(format!("{envelope}\r\n").as_bytes())
            .await?;
        for code in ["250", "250", "354"] {
            self.expect(code).await?;
        }
        let mail = format!(
            "From: Sender {sender} <s{sender}@customer.example>\r\nTo: help@harbour-pine.example\r\n\
             Subject: Question {n}\r\nMessage-ID: <{sender}.{n}@bench.example>\r\n\r\n\
             Hello, my parcel number {n} has not arrived yet. Could you look where it is?\r\n."
        );
        self.command(&mail, "250").await
    }

    async fn command(&mut self, line: &str, code: &str) -> Result<()> {
        self.stream
            .get_mut()
            .write_all(format!("{line}\r\n").as_bytes())
            .await?;
        self.expect(code).await
    }

    async fn expect(&mut self, code: &str) -> Result<()> {
        loop {
            let mut line = String::new();
            self.stream
                .read_line(&mut line)
                .await
                .context("the listener went away")?;
            ensure!(line.starts_with(code), "expected {code}, got {line:?}");
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(());
            }
        }
    }
}
