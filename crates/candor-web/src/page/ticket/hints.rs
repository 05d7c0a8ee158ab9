//! Private hints below a draft, and the one question before it goes out.
//!
//! Owns: how a hint reads, the part that a browser fetches while somebody types, the mark in the
//! writer's own browser that the question was asked. Must not know: how a draft is checked. Nothing
//! of it is stored.

use super::given::PromiseChip;
use crate::error::{PageError, PageResult, render};
use crate::i18n::{Texts, key};
use crate::page::Page;
use askama::Template;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use candor_desk::level::{DraftPromise, promise_in};
use candor_desk::tone::{CheckKind, DraftHints, Hint, check_draft};
use candor_domain::id::TicketId;
use serde::Deserialize;

/// Hints as a part of the page.
#[derive(Debug, Default, Template)]
#[template(path = "page/ticket/hints.html")]
#[expect(
    clippy::struct_field_names,
    reason = "the hints stand beside what is asked"
)]
pub(crate) struct Hints {
    hints: Vec<Line>,
    question: Option<Question>,
    promise: Option<PromiseChip>,
}

impl askama::filters::HtmlSafe for Hints {}

/// One hint.
#[derive(Debug)]
pub(crate) struct Line {
    what: String,
    words: String,
    why: String,
    advice: Option<String>,
    better: Option<Better>,
}

/// Words to put in place, counted as a browser counts them.
#[derive(Debug)]
struct Better {
    label: String,
    start: usize,
    end: usize,
    old: String,
    new: String,
    shown: String,
}

/// The question before a draft goes out.
#[derive(Debug)]
pub(crate) struct Question {
    asks: String,
    line: Line,
    then: &'static str,
    put: String,
    keep: String,
}

impl Hints {
    /// At most three hints.
    pub(crate) fn new(t: &Texts, body: &str, found: &DraftHints) -> Self {
        Self::of(t, body, &found.hints)
    }

    /// Hints about a text.
    pub(crate) fn of(t: &Texts, body: &str, hints: &[Hint]) -> Self {
        Self {
            hints: hints.iter().map(|hint| line(t, body, hint)).collect(),
            question: None,
            promise: None,
        }
    }

    /// The question whether the desk shall hold the writer to what a draft promises.
    pub(crate) fn holding(t: &Texts, found: &DraftPromise, then: &'static str) -> Self {
        Self {
            promise: Some(PromiseChip::asking(t, found, then)),
            ..Self::default()
        }
    }

    /// The question about a draft, where one is worth it.
    pub(crate) fn asking(
        t: &Texts,
        body: &str,
        found: &DraftHints,
        then: &'static str,
    ) -> Option<Self> {
        let hint = found.question()?;
        let id = if found.name.is_empty() {
            key("hint-question-nobody")
        } else {
            key("hint-question")
        };
        let what = t.get(what_key(hint.check));
        let question = Question {
            asks: t.args(id, &[("name", &found.name), ("what", &what)]),
            line: line(t, body, hint),
            put: t.get("hint-use"),
            keep: t.get("hint-keep-mine"),
            then,
        };
        Some(Self {
            hints: Vec::new(),
            question: Some(question),
            promise: None,
        })
    }
}

fn line(t: &Texts, body: &str, hint: &Hint) -> Line {
    let units = |bytes: usize| body[..bytes].encode_utf16().count();
    let better = hint.better.as_ref().map(|better| Better {
        label: t.get("hint-use"),
        start: units(better.span.start),
        end: units(better.span.end),
        old: body[better.span.clone()].to_owned(),
        new: better.with.clone(),
        shown: if better.with.trim().is_empty() {
            t.get("hint-leave-out")
        } else {
            t.arg("hint-better", "words", better.with.trim())
        },
    });
    let advice = (better.is_none() && !hint.advice.is_empty()).then(|| hint.advice.clone());
    Line {
        what: t.get(what_key(hint.check)),
        words: excerpt(&hint.words),
        why: hint.why.clone(),
        advice,
        better,
    }
}

/// As much of the words as shows which are meant.
fn excerpt(words: &str) -> String {
    const MOST: usize = 60;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(MOST).collect();
    short.push('…');
    short
}

fn what_key(check: CheckKind) -> &'static str {
    match check {
        CheckKind::Blame => key("hint-blame"),
        CheckKind::Sarcasm => key("hint-sarcasm"),
        CheckKind::Joke => key("hint-joke"),
        CheckKind::Defensive => key("hint-defensive"),
        CheckKind::NoWayForward => key("hint-no-way-forward"),
        CheckKind::UnansweredQuestion => key("hint-unanswered-question"),
        CheckKind::EmptyApology => key("hint-empty-apology"),
        CheckKind::VaguePromise => key("hint-vague-promise"),
        CheckKind::PassiveEvasion => key("hint-passive-evasion"),
        CheckKind::OffMood => key("hint-off-mood"),
        CheckKind::LateApology => key("hint-late-apology"),
        CheckKind::RepeatedApology => key("hint-repeated-apology"),
        CheckKind::Pandering => key("hint-pandering"),
        CheckKind::NeedNotRestated => key("hint-need-not-restated"),
        CheckKind::NoNextStep => key("hint-no-next-step"),
        CheckKind::MixedAddress => key("hint-mixed-address"),
        CheckKind::Jargon => key("hint-jargon"),
        CheckKind::OffVoice => key("hint-off-voice"),
        CheckKind::Greeting => key("hint-greeting"),
        CheckKind::Closing => key("hint-closing"),
        CheckKind::TooLong => key("hint-too-long"),
        CheckKind::TooHard => key("hint-too-hard"),
    }
}

/// What somebody has typed so far.
#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    body: String,
    /// The promise that they ticked.
    promise: Option<i64>,
}

/// `POST /tickets/{ticket}/hints`: checks a draft and stores nothing.
pub(super) async fn check(
    cx: Page,
    Path(ticket): Path<TicketId>,
    Form(typed): Form<Typed>,
) -> PageResult {
    let found = check_draft(&cx.app.desk, &cx.actor, ticket, &typed.body);
    match found.await.map_err(PageError::from)? {
        Some(found) => {
            let promise = promise_in(&cx.app.desk, &cx.actor, ticket, &typed.body).await?;
            let chip = |found| PromiseChip::offered(&cx.t, found, typed.promise);
            let mut hints = Hints::new(&cx.t, &typed.body, &found);
            hints.promise = promise.as_ref().map(chip);
            render(&hints)
        }
        None => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}
