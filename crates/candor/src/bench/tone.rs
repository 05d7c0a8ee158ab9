//! Tone: reading what customers wrote, and checking a draft.
//!
//! Owns: three figures that no request shows by itself; each runs on one core. Must not know: pages.

use super::Setting;
use super::figures::Spread;
use anyhow::Result;
use candor_desk::Desk;
use candor_domain::id::TicketId;
use candor_domain::message::MessageKind;
use candor_store::Tx;
use candor_tone::check::{Context, check};
use candor_tone::mood::MoodLevel;
use candor_tone::voice::VoiceProfile;
use candor_tone::{cue, model, read};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Tickets whose messages are read.
const TICKETS: usize = 400;
/// Messages of each that are loaded.
const MESSAGES: i64 = 20;
/// Words of the draft.
const WORDS: usize = 200;
/// How often the draft is checked.
const CHECKS: usize = 400;

/// A draft that has something to be found in it, again and again until it is long enough.
const DRAFT: &str = "Hello Amira, I am sorry that the hopper of your grinder is cracked; you should \
    have checked it, and our policy says that we will get back to you soon. ";
/// What it answers.
const MESSAGE: &str = "The grinder arrived broken, nobody answers and I need it by Friday, or I \
    cancel. When do I get a new one?";

/// What is told of tone.
pub(super) async fn told(desk: &Desk, setting: &Setting) -> Result<Vec<String>> {
    let texts = texts(desk, setting).await?;
    let letters: usize = texts.iter().map(|text| text.chars().count()).sum();
    let of = format!(
        "{} customers' messages of {} letters on average",
        texts.len(),
        letters / texts.len().max(1)
    );
    let model = each(&texts, |text| {
        black_box(read::read(black_box(text)));
    });
    let whole = each(&texts, |text| {
        black_box(read::read(black_box(text)));
        black_box(cue::read(black_box(text)));
    });
    let (draft, context) = (draft(), context());
    let voice = VoiceProfile::smart_casual();
    let drafts = vec![draft; CHECKS];
    let checked = each(&drafts, |draft| {
        black_box(check(black_box(draft), &context, &voice));
    });
    Ok(vec![
        line(&format!("Tone, {of} read by the model"), model),
        line(
            "Tone, the same read by the model and by all cue rules",
            whole,
        ),
        line(&format!("Tone, a draft of {WORDS} words checked"), checked),
        format!(
            "Tone, the model: {:.2} MB in the binary.",
            model::size() as f64 / 1e6
        ),
    ])
}

/// What customers of the measured shop wrote.
pub(super) async fn texts(desk: &Desk, setting: &Setting) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for n in 0..TICKETS {
        let ticket = TicketId(setting.ticket(n));
        let messages = desk
            .store()
            .read(move |tx: &mut Tx<'_>| tx.messages_of(ticket, MESSAGES))
            .await?;
        let incoming = messages
            .into_iter()
            .filter(|message| message.kind == MessageKind::Incoming);
        texts.extend(incoming.map(|message| message.body));
    }
    Ok(texts)
}

/// What each text took, after one round that warms everything up.
fn each(texts: &[String], work: impl Fn(&str)) -> Spread {
    for text in texts {
        work(text);
    }
    let once = |text: &String| -> Duration {
        let started = Instant::now();
        work(text);
        started.elapsed()
    };
    Spread::of(texts.iter().map(once).collect())
}

fn line(what: &str, spread: Spread) -> String {
    let us = |time: Duration| time.as_secs_f64() * 1e6;
    format!(
        "{what}: p50 {:.0} us, p95 {:.0} us.",
        us(spread.p50),
        us(spread.p95)
    )
}

fn draft() -> String {
    let words: Vec<&str> = DRAFT.split_whitespace().cycle().take(WORDS).collect();
    words.join(" ")
}

fn context() -> Context {
    Context {
        mood: MoodLevel::Irate,
        customer: vec![MESSAGE.to_owned()],
        ..Context::default()
    }
}
