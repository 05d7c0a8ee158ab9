//! Measures draft checks and cue readings on one core:
//! `cargo run --release -p candor-tone --example tone_check_speed`. Prints medians in microseconds.

use candor_tone::check::{Context, MessageKind, check};
use candor_tone::cue;
use candor_tone::mood::MoodLevel;
use candor_tone::voice::VoiceProfile;
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 200;

fn main() {
    let sentence = "Hello Amira, I am sorry that the hopper of your grinder is cracked; you should have checked it, \
        and our policy says that we will get back to you soon. ";
    let draft = words(sentence, 200);
    let message = words(
        "The grinder arrived broken, nobody answers and I need it by Friday or I cancel. ",
        60,
    );
    let context = Context {
        mood: MoodLevel::Irate,
        kind: MessageKind::Complaint,
        customer: vec![message.clone()],
        ..Context::default()
    };
    let voice = VoiceProfile::smart_casual();
    report("check of 200 words", || {
        black_box(check(black_box(&draft), &context, &voice));
    });
    report("cues of 60 words", || {
        black_box(cue::read(black_box(&message)));
    });
    for (name, text) in [
        ("cues of 1 MB without spaces", "a".repeat(1 << 20)),
        ("cues of 10,000 exclamation marks", "!".repeat(10_000)),
        ("cues of 1 MB of one threat", "cancel my ".repeat(100_000)),
    ] {
        report(name, || {
            black_box(cue::read(black_box(&text)));
        });
    }
}

/// The sentence again and again until it has this many words.
fn words(sentence: &str, count: usize) -> String {
    let words: Vec<&str> = sentence.split_whitespace().cycle().take(count).collect();
    words.join(" ")
}

#[expect(clippy::print_stdout, reason = "an example speaks on the terminal")]
fn report(name: &str, mut work: impl FnMut()) {
    work();
    let mut took: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed().as_nanos()
        })
        .collect();
    took.sort_unstable();
    let at = |share: usize| took[took.len() * share / 100] / 1_000;
    println!("{name}: p50 {} us, p99 {} us", at(50), at(99));
}
