//! Promises of time in the demo shop's replies.
//!
//! Owns: which replies name a time, and in which words. Must not know: what becomes of it; the next
//! reply of the script keeps it or does not.

use super::script::{Deed, Script, Step};
use candor_domain::ticket::AfterSend;
use jiff::tz::TimeZone;
use jiff::{RoundMode, SignedDuration, Timestamp, Unit, ZonedRound};

/// One of so many tickets has a reply that names a time.
const EVERY: usize = 5;
/// One of so many of those names one that is too early.
const TOO_EARLY: usize = 6;
/// Later than so long before the end, an unanswered promise is still owed.
const STILL_OWED: SignedDuration = SignedDuration::from_hours(18);

/// Lets some replies say when the next one comes.
pub(super) fn name_times(script: &mut Script, end: Timestamp) {
    let Ok(zone) = TimeZone::get(script.shop.zone) else {
        return;
    };
    for index in 0..script.steps.len() {
        let step = &script.steps[index];
        let goes_on = matches!(&step.deed, Deed::Reply { then, .. } if *then != AfterSend::Solve);
        if !goes_on || !step.ticket.is_multiple_of(EVERY) {
            continue;
        }
        let next = next_reply(&script.steps, index);
        let Some(due) = due(step, next, end) else {
            continue;
        };
        let at = step.at;
        if let Deed::Reply { markdown, .. } = &mut script.steps[index].deed
            && let Some(sentence) = sentence(markdown, (at, due), &zone)
        {
            *markdown = before_the_name(markdown, &sentence);
        }
    }
}

fn next_reply(steps: &[Step], index: usize) -> Option<Timestamp> {
    let ticket = steps[index].ticket;
    let later = steps[index + 1..].iter().filter(|one| one.ticket == ticket);
    let mut replies = later.filter(|one| matches!(one.deed, Deed::Reply { .. }));
    replies.next().map(|one| one.at)
}

fn due(step: &Step, next: Option<Timestamp>, end: Timestamp) -> Option<Timestamp> {
    match next {
        Some(next) if step.ticket.is_multiple_of(EVERY * TOO_EARLY) => {
            let half = next.duration_since(step.at) / 2;
            step.at.checked_add(half).ok()
        }
        Some(next) => next.checked_add(SignedDuration::from_mins(25)).ok(),
        None => {
            let due = step.at.checked_add(SignedDuration::from_hours(20)).ok()?;
            (end.duration_since(step.at) < STILL_OWED).then_some(due)
        }
    }
}

/// Names the time to the half hour, today or tomorrow.
fn sentence(markdown: &str, (at, due): (Timestamp, Timestamp), zone: &TimeZone) -> Option<String> {
    let half_hours = ZonedRound::new()
        .smallest(Unit::Minute)
        .increment(30)
        .mode(RoundMode::Ceil);
    let due = due.to_zoned(zone.clone()).round(half_hours).ok()?;
    let today = zone.to_datetime(at).date();
    let days = due.date().duration_since(today).as_hours() / 24;
    let time = due.strftime("%H:%M").to_string();
    let german = [" und ", " ist ", " Sie ", " du "];
    let german = german.iter().any(|word| markdown.contains(word));
    Some(match (days, german) {
        (0, false) => format!("I'll write to you again by {time} today."),
        (1, false) => format!("I'll write to you again tomorrow by {time}."),
        (0, true) => format!("Ich schreibe heute bis {time} Uhr wieder."),
        (1, true) => format!("Ich schreibe morgen bis {time} Uhr wieder."),
        _ => return None,
    })
}

/// Puts a sentence before the last paragraph where that is a name, else at the end.
fn before_the_name(markdown: &str, sentence: &str) -> String {
    match markdown.trim_end().rsplit_once("\n\n") {
        Some((text, name)) if name.len() < 60 => format!("{text}\n\n{sentence}\n\n{name}"),
        _ => format!("{}\n\n{sentence}", markdown.trim_end()),
    }
}
