//! Measures the cue rules and the draft checks on labelled files.
//!
//! Owns: counting hits and misses. Must not know: how a rule works.
//!
//! usage: `tone_measure FILE...` prints a table; `tone_measure --show NAME FILE...` prints what
//! was wrong about one cue or check instead; `tone_measure --rules ENGLISH GERMAN FILE...` measures
//! other cue rules than those that are built in, and rules alone.
#![expect(clippy::print_stdout, reason = "a command line prints")]

use candor_tone::check::{self, CheckKind, Context};
use candor_tone::cue::{self, CueKind, CueRules};
use candor_tone::voice::VoiceProfile;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

/// True and false hits and misses of one name.
#[derive(Default)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let mut shown = None;
    if files.first().is_some_and(|first| first == "--show") && files.len() > 1 {
        shown = Some(files.remove(1));
        files.remove(0);
    }
    let mut own = None;
    if files.first().is_some_and(|first| first == "--rules") && files.len() > 2 {
        let read = std::fs::read_to_string;
        own = Some(CueRules::parse(&read(&files[1])?, &read(&files[2])?)?);
        files.drain(..3);
    }
    let rules = own.as_ref();
    let mut counts: BTreeMap<&'static str, Count> = BTreeMap::new();
    for file in &files {
        for line in std::fs::read_to_string(file)?.lines() {
            let record: Value = serde_json::from_str(line)?;
            judge(&record, rules, shown.as_deref(), &mut counts);
        }
    }
    if shown.is_none() {
        table(&counts);
    }
    Ok(())
}

fn judge(
    record: &Value,
    rules: Option<&CueRules>,
    shown: Option<&str>,
    counts: &mut BTreeMap<&'static str, Count>,
) {
    let names = |key: &str| -> BTreeSet<&str> {
        record[key]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    };
    let (labels, open) = (names("labels"), names("open"));
    let text = record["text"].as_str().unwrap_or_default();
    let (known, found) = match record.get("context") {
        Some(context) => check_draft(text, context, record["voice"].as_str().unwrap_or_default()),
        None => read(rules, text),
    };
    for name in known {
        let (said, is) = (found.contains_key(name), labels.contains(name));
        if open.contains(name) {
            continue;
        }
        let count = counts.entry(name).or_default();
        count.right += usize::from(said && is);
        count.wrong += usize::from(said && !is);
        count.missed += usize::from(!said && is);
        if said != is && shown == Some(name) {
            let words = found.get(name).map(String::as_str).unwrap_or_default();
            println!(
                "{} {words:?} | {}",
                if said { "WRONG " } else { "MISSED" },
                text.replace('\n', " / ")
            );
        }
    }
}

/// Every name that is judged, and the words that spoke for those found.
fn read(
    rules: Option<&CueRules>,
    text: &str,
) -> (Vec<&'static str>, BTreeMap<&'static str, String>) {
    let reading = rules.map_or_else(|| cue::read(text), |rules| rules.read(text));
    let found = reading
        .cues
        .iter()
        .map(|cue| {
            let words: Vec<&str> = cue
                .evidence
                .iter()
                .map(|evidence| &text[evidence.span.clone()])
                .collect();
            (cue.kind.name(), words.join(" + "))
        })
        .collect();
    (CueKind::ALL.map(CueKind::name).to_vec(), found)
}

/// The same for a draft with what it answers.
fn check_draft(
    text: &str,
    context: &Value,
    voice: &str,
) -> (Vec<&'static str>, BTreeMap<&'static str, String>) {
    let context = Context::deserialize(context).unwrap_or_default();
    let voice = VoiceProfile::named(voice).unwrap_or_default();
    let found = check::check(text, &context, &voice)
        .findings
        .into_iter()
        .map(|finding| (finding.check.name(), text[finding.span].to_owned()))
        .collect();
    (CheckKind::ALL.map(CheckKind::name).to_vec(), found)
}

fn table(counts: &BTreeMap<&'static str, Count>) {
    println!("| name | precision | recall | right | wrong | missed |\n|---|---|---|---|---|---|");
    for (name, count) in counts {
        let rate = |of: usize| {
            if of == 0 {
                "-".to_owned()
            } else {
                format!("{:.3}", count.right as f64 / of as f64)
            }
        };
        println!(
            "| {name} | {} | {} | {} | {} | {} |",
            rate(count.right + count.wrong),
            rate(count.right + count.missed),
            count.right,
            count.wrong,
            count.missed
        );
    }
}
