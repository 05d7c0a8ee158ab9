//! Reading mails: bytes to what a page shows.
//!
//! Owns: which mails are read and how long each takes; all on one core. Must not know: where a mail
//! goes once it is understood.

use super::Setting;
use super::figures::Spread;
use anyhow::{Context, Result};
use candor_desk::Desk;
use candor_domain::address::EmailAddress;
use candor_mail::{
    DisplayPolicy, Envelope, MessageId, NamedAddress, Outgoing, Quoted, judge, parse, trim,
};
use jiff::Timestamp;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often each mail is read; the median counts.
const ROUNDS: usize = 5;

/// A mail to be read, with the name under which a slow one is told.
struct Sample {
    name: String,
    raw: Vec<u8>,
}

/// What is told of reading: the shop's own mails, and those of each folder.
pub(super) async fn told(
    desk: &Desk,
    setting: &Setting,
    folders: &[PathBuf],
) -> Result<Vec<String>> {
    let own = own_mails(desk, setting).await?;
    let mut told = measured("the shop's own mails", &own);
    for folder in folders {
        let mut samples = Vec::new();
        collect(folder, &mut samples)
            .with_context(|| format!("the mails of {} cannot be read", folder.display()))?;
        let last = folder.file_name().unwrap_or(folder.as_os_str());
        told.extend(measured(&format!("`{}`", last.to_string_lossy()), &samples));
    }
    Ok(told)
}

/// What the shop's customers wrote, as mail programs send it: text and HTML, with the message that
/// is answered below.
async fn own_mails(desk: &Desk, setting: &Setting) -> Result<Vec<Sample>> {
    let texts = super::tone::texts(desk, setting).await?;
    let address = |text: &str| -> Result<NamedAddress> {
        Ok(NamedAddress {
            name: None,
            address: EmailAddress::parse(text)?,
        })
    };
    let mut samples = Vec::new();
    for (n, pair) in texts.windows(2).enumerate() {
        let mail = Outgoing {
            from: address("kim@customer.example")?,
            to: vec![address("help@shop.example")?],
            cc: Vec::new(),
            reply_to: None,
            subject: format!("Re: Order {n}"),
            message_id: MessageId::parse(&format!("{n}@customer.example")).context("an id")?,
            in_reply_to: None,
            references: Vec::new(),
            date: Timestamp::UNIX_EPOCH,
            markdown: pair[0].clone(),
            delimiter: None,
            quoted: Some(Quoted {
                introduction: "On Tue, 3 Mar 2026 at 14:05, Shop <help@shop.example> wrote:".into(),
                text: pair[1].clone(),
            }),
            attachments: Vec::new(),
            extra_headers: Vec::new(),
        };
        samples.push(Sample {
            name: n.to_string(),
            raw: mail.compose(),
        });
    }
    Ok(samples)
}

/// Every `.eml` below a folder.
fn collect(folder: &Path, samples: &mut Vec<Sample>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, samples)?;
        } else if path.extension().is_some_and(|extension| extension == "eml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            samples.push(Sample {
                name: name.into_owned(),
                raw: std::fs::read(&path)?,
            });
        }
    }
    Ok(())
}

fn measured(owner: &str, samples: &[Sample]) -> Vec<String> {
    let mut reading = Vec::with_capacity(samples.len());
    let mut whole = Vec::with_capacity(samples.len());
    for sample in samples {
        let (parsed, all) = read(&sample.raw);
        reading.push((parsed, sample.name.as_str()));
        whole.push((all, sample.name.as_str()));
    }
    vec![
        line(&format!("Mail, {owner} read"), &reading),
        line(
            &format!("Mail, {owner} read, judged, trimmed and made harmless"),
            &whole,
        ),
    ]
}

/// How long parsing takes, and all that intake and page do with a mail; the median of some rounds,
/// after one that warms everything up.
fn read(raw: &[u8]) -> (Duration, Duration) {
    let mut parsing = Vec::with_capacity(ROUNDS);
    let mut whole = Vec::with_capacity(ROUNDS);
    for round in 0..=ROUNDS {
        let started = Instant::now();
        let message = parse(black_box(raw)).message;
        let parsed = started.elapsed();
        black_box(judge(&message, &Envelope::default()));
        black_box(trim(&message));
        let html = message.html.as_ref();
        black_box(html.map(|html| html.clean(&DisplayPolicy::default())));
        if round > 0 {
            parsing.push(parsed);
            whole.push(started.elapsed());
        }
    }
    (Spread::of(parsing).p50, Spread::of(whole).p50)
}

fn line(what: &str, times: &[(Duration, &str)]) -> String {
    let spread = Spread::of(times.iter().map(|(time, _)| *time).collect());
    let (slowest, name) = times.iter().max().copied().unwrap_or_default();
    let us = |time: Duration| time.as_secs_f64() * 1e6;
    format!(
        "{what}: {} mails, p50 {:.0} us, p95 {:.0} us, p99 {:.0} us, slowest {:.0} us ({name}).",
        times.len(),
        us(spread.p50),
        us(spread.p95),
        us(spread.p99),
        us(slowest)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_mail_is_named() {
        let times = [1, 900, 3].map(Duration::from_micros);
        let times: Vec<_> = times.into_iter().zip(["a", "b", "c"]).collect();
        assert_eq!(
            line("Mail", &times),
            "Mail: 3 mails, p50 3 us, p95 900 us, p99 900 us, slowest 900 us (b)."
        );
    }

    #[test]
    fn mails_are_found_in_folders_below() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("set")).unwrap();
        std::fs::write(folder.path().join("set/a.eml"), "From: a@b.example\n\nhi").unwrap();
        std::fs::write(folder.path().join("readme.txt"), "no mail").unwrap();
        let mut samples = Vec::new();
        collect(folder.path(), &mut samples).unwrap();
        assert_eq!(samples.len(), 1);
        assert_eq!(measured("those", &samples).len(), 2);
    }
}
