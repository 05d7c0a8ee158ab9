//! How the customer of a ticket feels, in plain words.
//!
//! Owns: the card with the mood's line and the cues; the ear above the composer;
//! the mark on a message after which the mood fell. Must not know: how a text is read.

use crate::error::{PageResult, render};
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::part::{Chip, Tone};
use askama::Template;
use axum::extract::Path;
use candor_desk::ticket::{TicketScreen, View};
use candor_desk::tone::{CueKind, MoodLevel, ToneSeen, TurnSeen};
use candor_domain::customer::first_name;
use candor_domain::id::{MessageId, TicketId};
use candor_domain::message::MessageKind;
use candor_domain::rating::{Grade, Rating};

/// Width and height of the line, in its own units.
const LINE: (f64, f64) = (240.0, 44.0);
/// Room around the line.
const EDGE: f64 = 5.0;

/// The card about the customer's mood, which fetches itself anew.
#[derive(Debug, Template)]
#[template(path = "page/ticket/tone.html")]
pub(crate) struct ToneCard {
    t: Texts,
    id: TicketId,
    words: Option<String>,
    line: Option<Line>,
    cues: Vec<Said>,
    rated: Option<(String, String)>,
    arithmetic: Option<Arithmetic>,
}

impl askama::filters::HtmlSafe for ToneCard {}

#[derive(Debug)]
struct Line {
    points: String,
    last: (f64, f64),
    tone: &'static str,
}

/// A cue with the words that caused it.
#[derive(Debug)]
struct Said {
    what: String,
    href: String,
    words: Vec<String>,
}

/// What stands behind the words, for whoever opens it.
#[derive(Debug)]
struct Arithmetic {
    judged: String,
    rows: Vec<Judged>,
    outcome: Option<String>,
}

#[derive(Debug)]
struct Judged {
    href: String,
    at: String,
    score: String,
    smoothed: String,
    cues: String,
}

/// The cues that a person should see at once, and in which order.
const SHOWN: [CueKind; 4] = [
    CueKind::Safety,
    CueKind::LegalThreat,
    CueKind::ChurnThreat,
    CueKind::Urgency,
];

impl ToneCard {
    pub(crate) fn new(cx: &Page, screen: &TicketScreen) -> Self {
        let (t, view, tone) = (&cx.t, &screen.view, &screen.tone);
        Self {
            id: view.ticket.id,
            words: words(t, view, tone),
            line: line(tone),
            cues: cues(t, tone),
            rated: tone.rating.as_ref().and_then(|rating| rated(t, rating)),
            arithmetic: (!tone.turns.is_empty()).then(|| arithmetic(t, tone)),
            t: t.clone(),
        }
    }
}

/// What the customer said of it, with their own words.
fn rated(t: &Texts, rating: &Rating) -> Option<(String, String)> {
    let said = match rating.grade? {
        Grade::Happy => key("rated-happy"),
        Grade::Fine => key("rated-fine"),
        Grade::Unhappy => key("rated-unhappy"),
    };
    Some((t.get(said), rating.words.clone()))
}

/// The mood in one sentence: how it began, how it is, since when.
fn words(t: &Texts, view: &View, tone: &ToneSeen) -> Option<String> {
    let first = tone.turns.first()?;
    let name = first_name(view.customer_name());
    let Some(mood) = &tone.mood else {
        let waits = tone.turns.iter().any(|turn| !turn.is_read);
        return waits.then(|| t.get("tone-not-read"));
    };
    let read: Vec<&TurnSeen> = tone.turns.iter().filter(|turn| turn.substantive).collect();
    let began = read.first().unwrap_or(&first).level;
    if began == mood.level {
        let words = t.get(mood_key(mood.level));
        return Some(t.args("tone-all-along", &[("name", &name), ("mood", &words)]));
    }
    let now = |turn: &&&TurnSeen| turn.level == mood.level;
    let since = read.iter().rev().take_while(now).last();
    let since = since.map_or(first.at, |turn| turn.at);
    let (before, after) = (t.get(mood_key(began)), t.get(mood_key(mood.level)));
    Some(t.args(
        "tone-changed",
        &[
            ("name", &name),
            ("before", &before),
            ("now", &after),
            ("time", &t.short(since)),
        ],
    ))
}

pub(crate) fn mood_key(level: MoodLevel) -> &'static str {
    match level {
        MoodLevel::Irate => key("mood-irate"),
        MoodLevel::Negative => key("mood-negative"),
        MoodLevel::Neutral => key("mood-neutral"),
        MoodLevel::Positive => key("mood-positive"),
    }
}

/// The line of the smoothed mood, where there are two points to draw one between.
fn line(tone: &ToneSeen) -> Option<Line> {
    let mood = tone.mood.as_ref()?;
    let values: Vec<f64> = tone.turns.iter().map(|turn| turn.smoothed).collect();
    if values.len() < 2 {
        return None;
    }
    let step = (LINE.0 - 2.0 * EDGE) / (values.len() - 1) as f64;
    let half = LINE.1 / 2.0;
    // Small moods are shown larger, so that their way is seen.
    let most = values
        .iter()
        .fold(0.5, |most: f64, value| most.max(value.abs()));
    let place =
        |(at, value): (usize, &f64)| (EDGE + step * at as f64, half - value / most * (half - EDGE));
    let places: Vec<(f64, f64)> = values.iter().enumerate().map(place).collect();
    let points = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}"));
    Some(Line {
        points: points.collect::<Vec<_>>().join(" "),
        last: places.last().copied().unwrap_or_default(),
        tone: match mood.level {
            MoodLevel::Irate | MoodLevel::Negative => "bad",
            MoodLevel::Neutral => "soft",
            MoodLevel::Positive => "good",
        },
    })
}

fn cue_key(kind: CueKind) -> &'static str {
    match kind {
        CueKind::Anger => key("cue-anger"),
        CueKind::Frustration => key("cue-frustration"),
        CueKind::Urgency => key("cue-urgency"),
        CueKind::Complaint => key("cue-complaint"),
        CueKind::Confusion => key("cue-confusion"),
        CueKind::Gratitude => key("cue-gratitude"),
        CueKind::Sarcasm => key("cue-sarcasm"),
        CueKind::ChurnThreat => key("cue-churn-threat"),
        CueKind::LegalThreat => key("cue-legal-threat"),
        CueKind::Safety => key("cue-safety"),
    }
}

fn cues(t: &Texts, tone: &ToneSeen) -> Vec<Said> {
    let said = |kind: CueKind| {
        let (turn, cue) = tone.newest(kind)?;
        Some(Said {
            what: t.get(cue_key(kind)),
            href: anchor(turn.message),
            words: cue.words.clone(),
        })
    };
    SHOWN.into_iter().filter_map(said).collect()
}

fn anchor(message: MessageId) -> String {
    format!("#message-{message}")
}

fn arithmetic(t: &Texts, tone: &ToneSeen) -> Arithmetic {
    let judged = |turn: &TurnSeen| Judged {
        href: anchor(turn.message),
        at: t.short(turn.at),
        score: match (turn.is_read, turn.substantive) {
            (false, _) => t.get("tone-row-not-read"),
            (true, false) => t.get("tone-row-courtesy"),
            (true, true) => signed(turn.sentiment),
        },
        smoothed: signed(turn.smoothed),
        cues: turn
            .cues
            .iter()
            .map(|cue| format!("{} {} %", t.get(cue_key(cue.kind)), cue.confidence))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let mood = tone.mood.as_ref();
    Arithmetic {
        judged: t.arg(
            "tone-judged",
            "version",
            mood.map_or(0, |mood| mood.version),
        ),
        rows: tone.turns.iter().map(judged).collect(),
        outcome: mood
            .and_then(|mood| mood.outcome)
            .map(|outcome| t.arg("tone-outcome", "change", signed(outcome))),
    }
}

fn signed(value: f64) -> String {
    format!("{value:+.2}")
}

/// The mark on a message after which the customer was clearly more upset than before.
pub(crate) fn fallen(t: &Texts, tone: &ToneSeen, message: MessageId) -> Option<Chip> {
    let fell = tone.fell_at(message);
    fell.then(|| Chip::toned(t.get("tone-more-upset"), Tone::Bad))
}

/// The mark on a line of a list, by the stored word of the mood.
pub(crate) fn mood_chip(t: &Texts, mood: &str) -> Option<Chip> {
    match mood {
        "irate" => Some(Chip::toned(t.get("mood-irate"), Tone::Bad)),
        "negative" => Some(Chip::toned(t.get("mood-negative"), Tone::Bad)),
        "positive" => Some(Chip::toned(t.get("mood-positive"), Tone::Good)),
        _ => None,
    }
}

/// What to keep in mind while answering, above the composer.
#[derive(Debug, Template)]
#[template(path = "page/ticket/ear.html")]
pub(crate) struct Ear {
    id: TicketId,
    mood: String,
    advice: String,
}

impl askama::filters::HtmlSafe for Ear {}

impl Ear {
    /// `None` for whoever wants no hints, and above a note.
    pub(crate) fn new(t: &Texts, screen: &TicketScreen, kind: MessageKind) -> Option<Self> {
        let (view, tone) = (&screen.view, &screen.tone);
        if !tone.hints || kind != MessageKind::Reply {
            return None;
        }
        let level = tone.mood.as_ref().map(|mood| mood.level);
        let hurried = tone.says_now(CueKind::Urgency);
        let (mood, advice) = match (level, hurried) {
            (Some(MoodLevel::Irate), false) => (key("ear-irate"), key("ear-upset-advice")),
            (Some(MoodLevel::Irate), true) => (key("ear-irate-hurried"), key("ear-upset-advice")),
            (Some(MoodLevel::Negative), false) => (key("ear-negative"), key("ear-upset-advice")),
            (Some(MoodLevel::Negative), true) => {
                (key("ear-negative-hurried"), key("ear-upset-advice"))
            }
            (Some(MoodLevel::Neutral), true) => (key("ear-hurried"), key("ear-hurried-advice")),
            (Some(MoodLevel::Positive), _) => (key("ear-positive"), key("ear-positive-advice")),
            _ => ("", ""),
        };
        let name = first_name(view.customer_name());
        let said = |id: &str| {
            if id.is_empty() {
                String::new()
            } else {
                t.arg(id, "name", name)
            }
        };
        Some(Self {
            id: view.ticket.id,
            mood: said(mood),
            advice: said(advice),
        })
    }
}

/// `GET /tickets/{ticket}/tone`, for htmx.
pub(super) async fn card_part(cx: Page, Path(ticket): Path<TicketId>) -> PageResult {
    render(&ToneCard::new(&cx, &super::screen(&cx, ticket).await?))
}

/// `GET /tickets/{ticket}/ear`, for htmx.
pub(super) async fn ear_part(cx: Page, Path(ticket): Path<TicketId>) -> PageResult {
    let screen = super::screen(&cx, ticket).await?;
    let ear = Ear::new(&cx.t, &screen, MessageKind::Reply);
    let none = || Ear {
        id: ticket,
        mood: String::new(),
        advice: String::new(),
    };
    render(&ear.unwrap_or_else(none))
}
