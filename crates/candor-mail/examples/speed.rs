//! Times parsing, trimming and language detection over a folder of mails and over hostile texts.
//!
//! Owns: the figures in docs/mail.md. Must not know: what is understood. Usage: `speed FOLDER`.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::path::Path;
use std::time::{Duration, Instant};

use candor_mail::{IncomingMessage, detect_language, parse, trim};

fn main() -> std::io::Result<()> {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "tests/data/mail".to_owned());
    let mut mails = Vec::new();
    read(Path::new(&folder), &mut mails)?;
    let mut times: [Vec<Duration>; 3] = Default::default();
    for raw in &mails {
        let message = timed(&mut times[0], || parse(raw).message);
        let reply = timed(&mut times[1], || trim(&message).reply);
        timed(&mut times[2], || detect_language(&reply));
    }
    for (what, times) in ["parse", "trim", "language"].iter().zip(&mut times) {
        times.sort();
        let at = |share: usize| {
            times
                .get(times.len() * share / 100)
                .copied()
                .unwrap_or_default()
        };
        let last = times.last().copied().unwrap_or_default();
        println!(
            "{what}: {} mails, p50 {:?}, p99 {:?}, longest {last:?}",
            times.len(),
            at(50),
            at(99)
        );
    }
    for (name, text) in hostile() {
        let size = text.len() / 1024;
        let message = IncomingMessage {
            text,
            ..IncomingMessage::default()
        };
        let start = Instant::now();
        let reply = trim(&message).reply.len();
        println!(
            "{name}: {size} KiB in {:?}, {reply} bytes kept",
            start.elapsed()
        );
    }
    Ok(())
}

fn read(folder: &Path, mails: &mut Vec<Vec<u8>>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, mails)?;
        } else if path.extension().is_some_and(|extension| extension == "eml") {
            mails.push(std::fs::read(path)?);
        }
    }
    Ok(())
}

fn timed<T>(times: &mut Vec<Duration>, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    times.push(start.elapsed());
    result
}

/// Texts of a megabyte that try to make the trimmer look twice.
fn hostile() -> Vec<(&'static str, String)> {
    let megabyte = 1024 * 1024;
    let repeat = |line: &str| line.repeat(megabyte / line.len());
    vec![
        (
            "attributions",
            repeat("On 3 Mar 2026 at 14:05, kim@a.example\nwrote something:\n"),
        ),
        (
            "colons",
            repeat("Am 3. Mai 2026 um 14:05 Uhr hat Kim gesagt:\n"),
        ),
        ("header fields", repeat("From: a\nTo: b\n\n")),
        ("quotes and answers", repeat("> why?\nso\n")),
        ("empty lines", repeat("\n \n")),
        ("marks", repeat("--\nx\n\n")),
        ("closings", repeat("Best regards,\n")),
        ("one line", repeat("> kim@a.example wrote: ")),
        ("dashes", repeat("---------")),
        (
            "words of notices",
            repeat("confidential message delete recipient "),
        ),
        ("telephones", repeat("Sent from my iPhone, phone, phone\n")),
        ("labels", repeat("-----Original Message-----\n")),
        ("fences", repeat("```\n--\n")),
    ]
}
