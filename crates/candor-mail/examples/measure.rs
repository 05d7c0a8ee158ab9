//! Measures how long reading takes, over all messages below a folder.
//!
//! Owns: the figures of `docs/mail.md`. Must not know: what is in the messages.
//!
//! `cargo run --release -p candor-mail --example measure -- FOLDER [ROUNDS]`

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use candor_mail::{DisplayPolicy, Envelope, judge, parse, trim};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let rounds = arguments.next().and_then(|text| text.parse().ok());
    let rounds: usize = rounds.unwrap_or(5);
    let mut paths = Vec::new();
    collect(Path::new(&folder), &mut paths)?;
    paths.sort();
    let mut reading = Vec::new();
    let mut whole = Vec::new();
    for path in &paths {
        let raw = std::fs::read(path)?;
        // The first round warms caches; the median of the others counts.
        let mut parsing: Vec<Duration> = Vec::new();
        let mut all: Vec<Duration> = Vec::new();
        for _ in 0..=rounds {
            let start = Instant::now();
            let parsed = parse(black_box(&raw));
            parsing.push(start.elapsed());
            black_box(judge(&parsed.message, &Envelope::default()));
            black_box(trim(&parsed.message));
            let html = parsed.message.html.as_ref();
            black_box(html.map(|html| html.clean(&DisplayPolicy::default())));
            all.push(start.elapsed());
        }
        let name = || path.display().to_string();
        reading.push((median(&mut parsing), name()));
        whole.push((median(&mut all), name()));
    }
    report("parse", &mut reading);
    report("parse, judge, trim and sanitise", &mut whole);
    Ok(())
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "eml") {
            paths.push(path);
        }
    }
    Ok(())
}

fn median(times: &mut [Duration]) -> Duration {
    let times = times.get_mut(1..).unwrap_or_default();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn report(what: &str, times: &mut [(Duration, String)]) {
    times.sort();
    let at = |share: usize| {
        let index = (times.len() * share / 100).min(times.len().saturating_sub(1));
        times.get(index).map_or(0, |(time, _)| time.as_micros())
    };
    println!(
        "{what}: {} messages, p50 {} us, p90 {} us, p99 {} us, slowest {} us",
        times.len(),
        at(50),
        at(90),
        at(99),
        at(100)
    );
    for (time, name) in times.iter().rev().take(3) {
        println!("  {} us  {name}", time.as_micros());
    }
}
