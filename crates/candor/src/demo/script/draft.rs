//! Turning a written text into what one person sends.
//!
//! Owns: choices, optional paragraphs, forms of address, slots, slips of the finger.
//! Must not know: tickets.

use super::facts::{Facts, Moment};
use super::random::Random;
use super::shop::Hand;

/// In how many of a hundred texts an optional paragraph stays.
const OPTIONAL_STAYS: u32 = 55;
/// Slips in a thousand words of somebody in a hurry.
const SLIPS: usize = 45;

/// Fills in a text: `[a|b]` is a choice, `<du|Sie>` follows the form of address, `{slot}` is a
/// fact, and a paragraph that begins with `~ ` may be left out.
pub(super) fn write(text: &str, facts: &Facts, moment: &Moment, random: &mut Random) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for paragraph in text.split("\n\n") {
        let paragraph = match paragraph.strip_prefix("~ ") {
            Some(optional) if random.chance(OPTIONAL_STAYS) => optional,
            Some(_) => continue,
            None => paragraph,
        };
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        expand(paragraph, &mut out, (facts, moment), random);
    }
    out
}

fn expand(text: &str, out: &mut String, about: (&Facts, &Moment), random: &mut Random) {
    let mut rest = text;
    while let Some(start) = rest.find(['[', '<', '{']) {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let close = match from.as_bytes()[0] {
            b'[' => ']',
            b'<' => '>',
            _ => '}',
        };
        let Some(end) = from.find(close) else {
            rest = from;
            break;
        };
        let inner = &from[1..end];
        match close {
            '}' => out.push_str(&about.0.slot(inner, about.1)),
            '>' => expand(form(inner, about.0.formal()), out, about, random),
            _ => {
                let choices = choices(inner);
                expand(choices[random.below(choices.len())], out, about, random);
            }
        }
        rest = &from[end + 1..];
    }
    out.push_str(rest);
}

/// The parts between the bars that stand outside of a `<du|Sie>`.
fn choices(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut inside) = (Vec::new(), 0, false);
    for (index, letter) in text.char_indices() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            '|' if !inside => {
                parts.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn form(both: &str, formal: bool) -> &str {
    let (familiar, polite) = both.split_once('|').unwrap_or((both, both));
    if formal { polite } else { familiar }
}

/// German words that a sentence begins with and that are small after a greeting with a comma.
const SMALL_WORDS: [&str; 66] = [
    "Ab",
    "Alle",
    "Letzte",
    "Zweimal",
    "Zwölf",
    "Alles",
    "Angeblich",
    "Auf",
    "Aus",
    "Beim",
    "Bei",
    "Bisher",
    "Bitte",
    "Da",
    "Damit",
    "Danke",
    "Das",
    "Dann",
    "Dass",
    "Der",
    "Die",
    "Durch",
    "Ein",
    "Eine",
    "Einfach",
    "Es",
    "Für",
    "Gekündigt",
    "Gern",
    "Gibt",
    "Hat",
    "Hiermit",
    "Heute",
    "Hier",
    "Ich",
    "Im",
    "In",
    "Ist",
    "Jetzt",
    "Kann",
    "Könnt",
    "Kurze",
    "Laut",
    "Leider",
    "Mein",
    "Meine",
    "Mir",
    "Mit",
    "Nach",
    "Noch",
    "Nur",
    "Obwohl",
    "Passt",
    "Schon",
    "Seit",
    "So",
    "Über",
    "Und",
    "Von",
    "Was",
    "Welche",
    "Wie",
    "Wir",
    "Wo",
    "Zu",
    "Zwei",
];

/// Makes the first letter small where German does so after a greeting.
pub(super) fn go_on(text: &mut String) {
    let first = text.split([' ', ',']).next().unwrap_or_default();
    if SMALL_WORDS.contains(&first) {
        let length = text.chars().next().map_or(0, char::len_utf8);
        let small = text[..length].to_lowercase();
        text.replace_range(..length, &small);
    }
}

/// Makes the first letter a capital.
pub(super) fn capitalize(text: &mut String) {
    let length = text.chars().next().map_or(0, char::len_utf8);
    let capital = text[..length].to_uppercase();
    text.replace_range(..length, &capital);
}

/// The same text as somebody types it.
pub(super) fn typed(text: String, hand: Hand, random: &mut Random) -> String {
    match hand {
        Hand::Tidy => text,
        Hand::Lower => text.to_lowercase(),
        Hand::Hasty => text
            .split_inclusive(char::is_whitespace)
            .map(|word| slip(word, random))
            .collect(),
    }
}

fn slip(word: &str, random: &mut Random) -> String {
    let letters = word.trim_end().len();
    let plain = letters >= 5
        && word.as_bytes()[..letters]
            .iter()
            .all(u8::is_ascii_alphabetic);
    if !plain || random.below(1_000) >= SLIPS {
        return word.to_owned();
    }
    let mut bytes: Vec<char> = word.chars().collect();
    let place = 1 + random.below(letters - 2);
    if random.chance(60) {
        bytes.swap(place, place + 1);
    } else {
        bytes.remove(place);
    }
    bytes.into_iter().collect()
}
