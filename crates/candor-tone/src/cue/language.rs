//! Which language a message is written in, as far as it decides which rules read it.
//!
//! Owns: English, German, something else, too short to tell. Must not know: rules.
//!
//! Function words are counted; they make up about half of running text and are hardly shared
//! between languages once the few shared ones ("in", "die", "was") are left out.

use crate::phrase::Words;
use serde::Serialize;

/// The language of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Read with the English rules.
    English,
    /// Read with the German rules.
    German,
    /// Too short to tell; read with the English rules.
    Unknown,
    /// Not read.
    Other,
}

/// Words looked at; more do not make it clearer.
const ENOUGH: usize = 400;

const ENGLISH: &[&str] = &[
    "the", "and", "is", "are", "you", "your", "my", "of", "to", "it", "it's", "i", "i'm", "we",
    "have", "has", "for", "with", "this", "that", "not", "don't", "please", "thanks", "thank",
    "be", "but", "what", "how", "why", "where", "when", "our", "me", "us", "been", "still", "can",
    "can't", "will", "would", "from", "order", "no", "they", "at", "on", "if", "never", "just",
    "hello", "hi", "great",
];
const GERMAN: &[&str] = &[
    "der", "und", "ist", "sie", "ich", "nicht", "das", "ein", "eine", "einen", "mein", "meine",
    "meinen", "wir", "ihr", "ihre", "mit", "auf", "fuer", "auch", "noch", "wie", "wo", "warum",
    "habe", "haben", "hab", "bitte", "danke", "vielen", "dank", "mir", "uns", "ihnen", "euch",
    "bin", "sind", "wird", "wurde", "den", "dem", "des", "zu", "zum", "zur", "von", "vom", "bei",
    "aber", "kann", "kein", "keine", "immer", "schon", "seit", "hallo", "guten", "es", "war",
    "dass", "ja", "nein", "na", "nur", "jetzt", "heute", "morgen", "wieder", "unser", "unsere",
    "geht", "gibt", "moin", "servus", "gruss", "gruesse",
];
/// French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Turkish.
const OTHERS: &[&[&str]] = &[
    &[
        "le", "la", "les", "des", "est", "vous", "nous", "pas", "je", "j'ai", "ne", "une", "et",
        "pour", "votre", "mon", "ma", "avec", "dans", "que", "qui", "bonjour", "merci", "c'est",
        "sur", "commande",
    ],
    &[
        "el", "la", "los", "las", "que", "no", "es", "por", "mi", "una", "con", "para", "pero",
        "muy", "gracias", "hola", "y", "su", "se", "pedido", "he", "estoy", "un", "del", "ha",
    ],
    &[
        "il",
        "che",
        "non",
        "di",
        "per",
        "una",
        "con",
        "sono",
        "mio",
        "la",
        "grazie",
        "ciao",
        "e",
        "del",
        "ma",
        "ho",
        "della",
        "ordine",
        "un",
        "mi",
        "buongiorno",
    ],
    &[
        "o", "que", "não", "nao", "uma", "com", "para", "meu", "minha", "obrigado", "obrigada",
        "os", "do", "da", "em", "e", "você", "pedido", "olá", "um", "mas",
    ],
    &[
        "het",
        "een",
        "van",
        "niet",
        "ik",
        "je",
        "mijn",
        "en",
        "met",
        "voor",
        "zijn",
        "dat",
        "heb",
        "maar",
        "bedankt",
        "hallo",
        "u",
        "uw",
        "bestelling",
        "de",
        "nog",
        "graag",
    ],
    &[
        "nie",
        "się",
        "jest",
        "na",
        "do",
        "w",
        "z",
        "że",
        "moje",
        "proszę",
        "dziękuję",
        "dzień",
        "dobry",
        "zamówienie",
        "to",
        "jak",
        "co",
        "mam",
        "od",
        "mi",
    ],
    &[
        "och", "inte", "jag", "det", "är", "en", "min", "för", "med", "har", "på", "hej", "tack",
        "ni", "men", "att", "som", "jeg", "ikke", "er", "og", "til", "tak", "min",
    ],
    &[
        "ve",
        "bir",
        "bu",
        "için",
        "icin",
        "değil",
        "degil",
        "ne",
        "çok",
        "cok",
        "var",
        "yok",
        "merhaba",
        "teşekkürler",
        "lütfen",
        "siparişim",
        "nasıl",
        "ama",
        "hala",
    ],
];

/// Tells the language of what was cut.
pub fn language_of(words: &Words) -> Language {
    let sample: Vec<&str> = words
        .tokens
        .iter()
        .take(ENOUGH)
        .map(|token| token.word.as_str())
        .filter(|word| word.starts_with(char::is_alphabetic))
        .collect();
    if sample.is_empty() {
        return Language::Unknown;
    }
    let foreign_script = sample
        .iter()
        .filter(|word| word.starts_with(|first: char| first > '\u{24f}'))
        .count();
    if foreign_script * 2 > sample.len() {
        return Language::Other;
    }
    let count = |list: &[&str]| sample.iter().filter(|word| list.contains(word)).count();
    let (english, german) = (count(ENGLISH), count(GERMAN));
    let other = OTHERS.iter().map(|list| count(list)).max().unwrap_or(0);
    let best = english.max(german);
    if other > best && other >= 2 {
        Language::Other
    } else if german > english {
        Language::German
    } else if english > 0 {
        Language::English
    } else {
        Language::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_languages_we_read_and_those_we_do_not() {
        for (text, language) in [
            ("My grinder is broken.", Language::English),
            ("Hi, wo bleibt meine Bestellung?", Language::German),
            ("Mein Paket ist weg", Language::German),
            ("Bonjour, je n'ai pas reçu ma commande", Language::Other),
            ("Hola, no he recibido mi pedido", Language::Other),
            ("Ik heb mijn bestelling nog niet ontvangen", Language::Other),
            ("Dzień dobry, nie mam jeszcze zamówienia", Language::Other),
            ("Заказ не пришёл", Language::Other),
            ("注文がまだ届きません", Language::Other),
            ("???", Language::Unknown),
            ("ASAP!!", Language::Unknown),
            ("refund now", Language::Unknown),
        ] {
            assert_eq!(language_of(&Words::of(text)), language, "{text}");
        }
    }
}
