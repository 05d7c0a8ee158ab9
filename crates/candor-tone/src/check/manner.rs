//! Greeting, closing, pictures and house phrases against the voice.
//!
//! Owns: what a greeting and a closing look like. Must not know: moods beyond upset or not.

use super::{CheckKind, Draft, Finding};
use crate::phrase::Token;
use crate::voice::{EmojiPolicy, Formality};

pub(super) fn findings(draft: &Draft) -> Vec<Finding> {
    let mut findings = house_phrases(draft);
    findings.extend(greeting(draft));
    findings.extend(closing(draft));
    findings.extend(pictures(draft));
    findings.extend(off_mood(draft));
    findings
}

/// How sure each of these is: they are looked up, and taste remains.
const SURE: f32 = 0.8;

const FORMAL_GREETINGS: &[&str] = &["dear", "sehr", "guten", "good"];
const FRIENDLY_GREETINGS: &[&str] = &["hello", "hallo", "liebe", "lieber", "liebes"];
const CASUAL_GREETINGS: &[&str] = &[
    "hi", "hey", "heya", "yo", "hiya", "moin", "servus", "huhu", "na", "howdy",
];

/// How formal the first word of a draft greets, if it does.
fn greeted(draft: &Draft) -> Option<Formality> {
    let first = draft.words.sentences.first()?;
    let words = &draft.words.tokens[first.tokens.clone()];
    let word = words.first()?.word.as_str();
    if matches!(word, "good" | "guten") {
        let second = words.get(1)?.word.as_str();
        let of_day = [
            "morning",
            "afternoon",
            "evening",
            "day",
            "tag",
            "morgen",
            "abend",
        ];
        return of_day.contains(&second).then_some(Formality::Friendly);
    }
    if word == "sehr" {
        let honoured = words.get(1)?.word.starts_with("geehrte");
        return honoured.then_some(Formality::Formal);
    }
    if FORMAL_GREETINGS.contains(&word) {
        Some(Formality::Formal)
    } else if FRIENDLY_GREETINGS.contains(&word) {
        Some(Formality::Friendly)
    } else if CASUAL_GREETINGS.contains(&word) {
        Some(Formality::Casual)
    } else {
        None
    }
}

fn greeting(draft: &Draft) -> Option<Finding> {
    let start = draft.words.tokens.first()?.span.clone();
    let Some(style) = greeted(draft) else {
        return draft.voice.greets.then(|| {
            let here = start.start..start.start;
            draft.finding(CheckKind::Greeting, "no-greeting", here, SURE, &[])
        });
    };
    far_apart(style, draft.voice.formality)
        .then(|| draft.finding(CheckKind::Greeting, "greeting-off-voice", start, SURE, &[]))
}

/// Formal in a casual house, or casual in a formal one; friendly fits everywhere.
fn far_apart(style: Formality, house: Formality) -> bool {
    matches!(
        (style, house),
        (Formality::Formal, Formality::Casual) | (Formality::Casual, Formality::Formal)
    )
}

const FORMAL_CLOSINGS: &[&str] = &[
    "sincerely",
    "faithfully",
    "respectfully",
    "freundlichen",
    "freundlichem",
    "hochachtungsvoll",
];
const FRIENDLY_CLOSINGS: &[&str] = &[
    "regards",
    "best",
    "wishes",
    "gruesse",
    "gruessen",
    "gruss",
    "warmly",
    "thanks",
    "yours",
    "greetings",
    "kind",
    "thank",
    "danke",
    "dank",
    "herzlich",
];
const CASUAL_CLOSINGS: &[&str] = &[
    "cheers",
    "bye",
    "xx",
    "xoxo",
    "lg",
    "cu",
    "ciao",
    "toodles",
    "laters",
    "hugs",
    "tschuess",
    "tschuessi",
    "peace",
];

/// Sentences at the end among which a closing is looked for, and the words that one may have.
const LAST_SENTENCES: usize = 3;
const CLOSING_WORDS: usize = 7;

fn closing(draft: &Draft) -> Option<Finding> {
    let sentences = &draft.words.sentences;
    let last: Vec<&Token> = sentences[sentences.len().saturating_sub(LAST_SENTENCES)..]
        .iter()
        .filter(|sentence| sentence.tokens.len() <= CLOSING_WORDS)
        .flat_map(|sentence| &draft.words.tokens[sentence.tokens.clone()])
        .collect();
    let find = |list: &[&str]| {
        last.iter()
            .rfind(|token| list.contains(&token.word.as_str()))
            .copied()
    };
    let (style, token): (Formality, &Token) = if let Some(token) = find(FORMAL_CLOSINGS) {
        (Formality::Formal, token)
    } else if let Some(token) = find(CASUAL_CLOSINGS) {
        (Formality::Casual, token)
    } else if let Some(token) = find(FRIENDLY_CLOSINGS) {
        (Formality::Friendly, token)
    } else {
        let end = draft.text.len();
        return draft
            .voice
            .closes
            .then(|| draft.finding(CheckKind::Closing, "no-closing", end..end, SURE, &[]));
    };
    far_apart(style, draft.voice.formality).then(|| {
        let span = token.span.clone();
        draft.finding(CheckKind::Closing, "closing-off-voice", span, SURE, &[])
    })
}

/// The places of pictures and smileys.
fn picture_places<'d>(draft: &'d Draft) -> impl Iterator<Item = &'d Token> {
    draft.words.tokens.iter().filter(|token| {
        token.word.starts_with(|first: char| {
            !first.is_alphanumeric() && !"\u{20ac}$\u{a3}%&".contains(first)
        })
    })
}

fn pictures(draft: &Draft) -> Option<Finding> {
    let allowed = match draft.voice.emoji {
        EmojiPolicy::Never => 0,
        EmojiPolicy::Sparing => 1,
        EmojiPolicy::Free => usize::MAX,
    };
    let beyond = picture_places(draft).nth(allowed)?;
    let span = beyond.span.clone();
    Some(draft.finding(CheckKind::OffVoice, "pictures", span, SURE, &[]))
}

/// Pictures and rows of exclamation marks for somebody who is upset.
fn off_mood(draft: &Draft) -> Option<Finding> {
    if !draft.context.is_upset() {
        return None;
    }
    if let Some(picture) = picture_places(draft).next() {
        let (rule, span) = ("picture-for-the-upset", picture.span.clone());
        return Some(draft.finding(CheckKind::OffMood, rule, span, SURE, &[]));
    }
    let greets_first = usize::from(greeted(draft).is_some());
    let loud = draft
        .words
        .sentences
        .iter()
        .skip(greets_first)
        .find(|sentence| sentence.bangs > 0)?;
    let (rule, span) = ("exclamation-for-the-upset", draft.words.span(&loud.tokens));
    Some(draft.finding(CheckKind::OffMood, rule, span, SURE, &[]))
}

fn house_phrases(draft: &Draft) -> Vec<Finding> {
    let folded = draft.text.to_lowercase();
    if folded.len() != draft.text.len() {
        // Lower case moved the places (some capital letters are longer); say nothing rather than
        // point at the wrong words.
        return Vec::new();
    }
    draft
        .voice
        .phrases
        .iter()
        .filter_map(|phrase| {
            let avoid = phrase.avoid.trim().to_lowercase();
            let at = whole_words(&folded, &avoid)?;
            let span = at..at + avoid.len();
            Some(Finding {
                better: (!phrase.prefer.is_empty()).then(|| phrase.prefer.clone()),
                ..draft.finding(CheckKind::OffVoice, "house-phrase", span, SURE, &[])
            })
        })
        .collect()
}

/// Where `phrase` stands in `text` as whole words.
fn whole_words(text: &str, phrase: &str) -> Option<usize> {
    if phrase.is_empty() {
        return None;
    }
    text.match_indices(phrase).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
