//! A promise in words: what is owed, by when, how late.
//!
//! Owns: the sentences and the colour that supports them. Must not know: how clocks run.

use super::Tone;
use crate::i18n::{Texts, key};
use askama::Template;
use candor_desk::level::DueOf;
use candor_domain::level::{Counted, Metric, Target};
use jiff::{SignedDuration, Timestamp};

/// What is owed, beside a ticket.
#[derive(Debug, Clone, Template)]
#[template(path = "part/promise.html")]
pub struct PromiseMark {
    words: String,
    class: &'static str,
}

/// From this on a promise counts as near.
const NEAR: SignedDuration = SignedDuration::from_hours(1);
/// A due time further away is told by its day and clock time.
const FAR: SignedDuration = SignedDuration::from_hours(12);

impl PromiseMark {
    /// What is owed now.
    pub fn of(t: &Texts, now: Timestamp, due: &DueOf) -> Self {
        let Some(at) = due.due else {
            let words = t.arg("promise-paused", "time", t.span(due.left));
            return Self { words, class: "" };
        };
        let away = at.duration_since(now);
        if due.late {
            let words = t.arg("promise-late", "time", t.span(-away));
            return Self {
                words,
                class: " broken",
            };
        }
        let (near, far) = if is_reply(due.metric) {
            (key("promise-reply-in"), key("promise-reply-by"))
        } else {
            (key("promise-solve-in"), key("promise-solve-by"))
        };
        let words = if away < FAR {
            t.arg(near, "time", t.span(away))
        } else {
            t.arg(far, "time", t.moment(at))
        };
        let class = if away < NEAR { " due" } else { " kept" };
        Self { words, class }
    }

    /// The words alone.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether it is late.
    pub fn tone(&self) -> Tone {
        match self.class {
            " broken" => Tone::Bad,
            " due" => Tone::Warn,
            _ => Tone::Neutral,
        }
    }
}

/// Whether an answer keeps the promise; else the solution does.
pub fn is_reply(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::FirstReply | Metric::NextReply | Metric::PeriodicUpdate | Metric::Promised
    )
}

/// The name of what is promised.
pub fn metric_key(metric: Metric) -> &'static str {
    match metric {
        Metric::FirstReply => key("metric-first-reply"),
        Metric::NextReply => key("metric-next-reply"),
        Metric::PeriodicUpdate => key("metric-periodic-update"),
        Metric::RequesterWait => key("metric-requester-wait"),
        Metric::AgentWork => key("metric-agent-work"),
        Metric::Resolution => key("metric-resolution"),
        Metric::Promised => key("metric-promised"),
    }
}

/// How long something may take, and in which time: "8 h while open".
pub fn target_words(t: &Texts, target: Target) -> String {
    let minutes = i64::from(target.minutes());
    let time = match target.counted() {
        Counted::Calendar => t.span(SignedDuration::from_mins(minutes)),
        // Open hours do not add up to days.
        Counted::Business if minutes % 60 == 0 => t.arg("time-hours", "count", minutes / 60),
        Counted::Business if minutes < 60 => t.arg("time-minutes", "count", minutes),
        Counted::Business => {
            let rest = format!("{:02}", minutes % 60);
            let parts: [(&str, &dyn crate::i18n::Argument); 2] =
                [("hours", &(minutes / 60)), ("minutes", &rest)];
            t.args("time-hours-minutes", &parts)
        }
    };
    match target.counted() {
        Counted::Business => t.arg("target-open", "time", time),
        Counted::Calendar => t.arg("target-always", "time", time),
    }
}

/// A promise as a sentence: "answered within 8 h while open".
pub fn sentence(t: &Texts, metric: Metric, target: Target) -> String {
    let id = match metric {
        Metric::FirstReply => key("promised-first-reply"),
        Metric::NextReply => key("promised-next-reply"),
        Metric::PeriodicUpdate => key("promised-periodic-update"),
        Metric::RequesterWait => key("promised-requester-wait"),
        Metric::AgentWork => key("promised-agent-work"),
        Metric::Resolution => key("promised-resolution"),
        Metric::Promised => key("promised-promised"),
    };
    t.arg(id, "time", target_words(t, target))
}
