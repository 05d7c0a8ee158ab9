//! The form of an own voice.
//!
//! Owns: its fields, and how they become a profile and back. Must not know: which values make sense.

use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::filled::Filled;
use crate::part::{Choice, Field, FormCard};
use candor_desk::tone::{EmojiPolicy, Formality, HousePhrase, VoiceProfile};

/// Between what the house avoids and what it says instead.
const INSTEAD: &str = "=>";

pub(super) fn formality_key(formality: Formality) -> &'static str {
    match formality {
        Formality::Formal => key("voice-formal"),
        Formality::Friendly => key("voice-friendly"),
        Formality::Casual => key("voice-very-casual"),
    }
}

pub(super) fn emoji_key(emoji: EmojiPolicy) -> &'static str {
    match emoji {
        EmojiPolicy::Never => key("voice-emoji-never"),
        EmojiPolicy::Sparing => key("voice-emoji-sparing"),
        EmojiPolicy::Free => key("voice-emoji-free"),
    }
}

pub(super) fn scale_key(value: u8) -> &'static str {
    match value {
        0 => key("voice-scale-none"),
        1 => key("voice-scale-little"),
        2 => key("voice-scale-some"),
        _ => key("voice-scale-much"),
    }
}

const FORMALITIES: [(&str, Formality); 3] = [
    ("formal", Formality::Formal),
    ("friendly", Formality::Friendly),
    ("casual", Formality::Casual),
];
const EMOJI: [(&str, EmojiPolicy); 3] = [
    ("never", EmojiPolicy::Never),
    ("sparing", EmojiPolicy::Sparing),
    ("free", EmojiPolicy::Free),
];
/// Flesch's reading ease in words.
const EASE: [(&str, &str); 3] = [
    ("60", key("voice-ease-plain")),
    ("45", key("voice-ease-usual")),
    ("30", key("voice-ease-demanding")),
];

fn word_of<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    let found = words.iter().find(|(_, own)| own == value);
    found.map_or("", |(word, _)| word)
}

fn value_of<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    let found = words.iter().find(|(own, _)| *own == word);
    found.map(|(_, value)| *value)
}

/// The form as it stands for a profile.
pub(super) fn filled_with(profile: &VoiceProfile) -> Filled {
    let tick = |on: bool| if on { "true" } else { "" }.to_owned();
    let phrase = |phrase: &HousePhrase| match phrase.prefer.as_str() {
        "" => phrase.avoid.clone(),
        prefer => format!("{} {INSTEAD} {prefer}", phrase.avoid),
    };
    let phrases: Vec<String> = profile.phrases.iter().map(phrase).collect();
    let ease = EASE.iter().find(|(ease, _)| {
        ease.parse()
            .is_ok_and(|ease: f32| profile.reading_ease >= ease)
    });
    Filled::with(&[
        ("name", profile.name.clone()),
        (
            "formality",
            word_of(&FORMALITIES, &profile.formality).to_owned(),
        ),
        ("warmth", profile.warmth.to_string()),
        ("humour", profile.humour.to_string()),
        ("emoji", word_of(&EMOJI, &profile.emoji).to_owned()),
        ("greets", tick(profile.greets)),
        ("closes", tick(profile.closes)),
        (
            "reading_ease",
            ease.map_or("30", |(ease, _)| ease).to_owned(),
        ),
        ("longest_words", profile.longest_words.to_string()),
        ("phrases", phrases.join("\n")),
        ("examples_do", profile.examples_do.join("\n")),
        ("examples_avoid", profile.examples_avoid.join("\n")),
    ])
}

/// The profile that a form describes.
pub(super) fn profile_of(form: &Filled) -> VoiceProfile {
    let usual = VoiceProfile::default();
    let lines = |name: &str| -> Vec<String> {
        let lines = form.text(name).lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let phrase = |line: String| {
        let (avoid, prefer) = line.split_once(INSTEAD).unwrap_or((&line, ""));
        HousePhrase {
            avoid: avoid.trim().to_owned(),
            prefer: prefer.trim().to_owned(),
        }
    };
    VoiceProfile {
        name: form.text("name").to_owned(),
        formality: value_of(&FORMALITIES, form.text("formality")).unwrap_or(usual.formality),
        warmth: form.value("warmth").unwrap_or(u8::MAX),
        humour: form.value("humour").unwrap_or(u8::MAX),
        emoji: value_of(&EMOJI, form.text("emoji")).unwrap_or(usual.emoji),
        phrases: lines("phrases").into_iter().map(phrase).collect(),
        greets: form.text("greets") == "true",
        closes: form.text("closes") == "true",
        reading_ease: form.value("reading_ease").unwrap_or(-1.0),
        longest_words: form.value("longest_words").unwrap_or(0),
        examples_do: lines("examples_do"),
        examples_avoid: lines("examples_avoid"),
    }
}

/// The fields of an own voice.
pub(super) fn fields(card: FormCard, t: &Texts, form: &Filled, faults: &Faults) -> FormCard {
    let scale = || {
        let steps = (0..=3_u8).map(|step| Choice::new(step.to_string(), t.get(scale_key(step))));
        steps.collect::<Vec<_>>()
    };
    let choice = |name: &'static str, label: String, choices: Vec<Choice>| {
        Field::choice(name, label, choices)
            .value(form.text(name))
            .faults(faults, t)
    };
    let area = |name: &'static str, label: String, hint: String| {
        Field::area(name, label, 4)
            .value(form.text(name))
            .hint(hint)
            .faults(faults, t)
    };
    let formalities =
        FORMALITIES.map(|(word, formality)| Choice::new(word, t.get(formality_key(formality))));
    let emoji = EMOJI.map(|(word, emoji)| Choice::new(word, t.get(emoji_key(emoji))));
    let eases = EASE.map(|(ease, words)| Choice::new(ease, t.get(words)));
    card.title(t.get("voice-how"))
        .field(
            Field::text("name", t.get("voice-name"))
                .value(form.text("name"))
                .required()
                .faults(faults, t),
        )
        .field(choice(
            "formality",
            t.get("voice-formality"),
            formalities.into(),
        ))
        .field(choice("warmth", t.get("voice-warmth"), scale()))
        .field(choice("humour", t.get("voice-humour"), scale()))
        .field(choice("emoji", t.get("voice-emoji"), emoji.into()))
        .field(choice("reading_ease", t.get("voice-ease"), eases.into()))
        .field(
            Field::text("longest_words", t.get("voice-longest"))
                .value(form.text("longest_words"))
                .hint(t.get("voice-longest-hint"))
                .faults(faults, t),
        )
        .field(Field::tick(
            "greets",
            t.get("voice-greets"),
            form.text("greets") == "true",
        ))
        .field(Field::tick(
            "closes",
            t.get("voice-closes"),
            form.text("closes") == "true",
        ))
        .field(area(
            "phrases",
            t.get("voice-phrases"),
            t.get("voice-phrases-hint"),
        ))
        .field(area(
            "examples_do",
            t.get("voice-do"),
            t.get("voice-do-hint"),
        ))
        .field(area(
            "examples_avoid",
            t.get("voice-dont"),
            t.get("voice-dont-hint"),
        ))
}

#[cfg(test)]
mod tests {
    use super::{filled_with, profile_of};
    use candor_desk::tone::{HousePhrase, VoiceProfile};

    #[test]
    fn a_voice_goes_through_its_form_unchanged() {
        let mut fun = VoiceProfile::fun();
        fun.phrases = vec![
            HousePhrase {
                avoid: "parcel unit".to_owned(),
                prefer: "box".to_owned(),
            },
            HousePhrase {
                avoid: "ASAP".to_owned(),
                prefer: String::new(),
            },
        ];
        assert_eq!(profile_of(&filled_with(&fun)), fun);
    }
}
