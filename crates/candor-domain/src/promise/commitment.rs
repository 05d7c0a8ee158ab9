//! Whether a sentence promises that its reader will hear from its writer.
//!
//! Owns: the words of a promise in English and German, and those that make it none. Must not know:
//! times.

use super::token::Token;

/// Who promises.
const WE: &[&str] = &["i", "we", "i'll", "we'll", "ich", "wir", "melde", "melden"];
/// Words by which one turns to somebody, each enough beside the writer.
const TURNS: &[&str] = &[
    "write",
    "reply",
    "answer",
    "respond",
    "call",
    "email",
    "e-mail",
    "update",
    "inform",
    "report",
    "confirm",
    "tell",
    "melde",
    "melden",
    "schreibe",
    "schreiben",
    "antworte",
    "antworten",
    "rufe",
    "anrufen",
    "bescheid",
    "informiere",
    "informieren",
    "berichte",
    "berichten",
    "bestätige",
    "bestätigen",
    "laufenden",
    "rückmeldung",
];
/// Words that need another beside them: "get back", "let you know", "be in touch".
const PAIRS: &[(&str, &str)] = &[
    ("get", "back"),
    ("come", "back"),
    ("let", "know"),
    ("be", "touch"),
    ("keep", "posted"),
    ("follow", "up"),
    ("send", "answer"),
    ("send", "reply"),
    ("send", "update"),
    ("send", "message"),
    ("send", "news"),
    ("have", "answer"),
    ("have", "news"),
    ("have", "update"),
    ("gebe", "bescheid"),
    ("komme", "zurück"),
    ("kommen", "zurück"),
    ("schicke", "antwort"),
    ("schicken", "antwort"),
    ("schicke", "nachricht"),
    ("sende", "antwort"),
    ("senden", "antwort"),
];
/// What the reader will do.
const YOU: &[&str] = &["you", "you'll", "sie", "du", "ihr"];
/// What they will do by themselves: hear.
const HEARS: &[&str] = &["hear", "hören", "hörst", "hört"];
/// What they will have.
const HAS: &[&str] = &[
    "have",
    "get",
    "receive",
    "bekommen",
    "bekommst",
    "bekommt",
    "erhalten",
    "erhältst",
    "erhaltet",
    "haben",
];
/// Of these.
const NEWS: &[&str] = &[
    "answer",
    "reply",
    "news",
    "update",
    "response",
    "antwort",
    "rückmeldung",
    "nachricht",
    "bescheid",
];
/// Future or present that binds in English.
const WILL: &[&str] = &[
    "will", "i'll", "we'll", "you'll", "going", "shall", "promise",
];
/// With one of these it is no promise.
const OPEN: &[&str] = &[
    "not",
    "won't",
    "can't",
    "cannot",
    "never",
    "if",
    "unless",
    "whether",
    "once",
    "as",
    "when",
    "may",
    "might",
    "could",
    "would",
    "should",
    "try",
    "hope",
    "hopefully",
    "probably",
    "maybe",
    "perhaps",
    "please",
    "can",
    "must",
    "need",
    "ask",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "nie",
    "falls",
    "wenn",
    "sobald",
    "ob",
    "sofern",
    "vielleicht",
    "hoffentlich",
    "wahrscheinlich",
    "vermutlich",
    "versuche",
    "versuchen",
    "könnte",
    "könnten",
    "würde",
    "würden",
    "sollte",
    "sollten",
    "bitte",
    "bitten",
    "kann",
    "kannst",
    "können",
    "könnt",
    "müssen",
    "brauche",
    "brauchen",
    "hoffe",
    "hoffen",
    "did",
    "wrote",
    "called",
    "habe",
    "hatte",
    "hatten",
];

/// Whether a sentence promises to be in touch.
pub(super) fn commits(tokens: &[Token]) -> bool {
    let has = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.as_str()));
    if has(OPEN) {
        return false;
    }
    let pair = |(one, other): &(&str, &str)| has(&[one]) && has(&[other]);
    let ours =
        has(WE) && (has(TURNS) || PAIRS.iter().any(pair)) && (has(WILL) || is_german(tokens));
    let theirs = has(YOU) && (has(HEARS) || (has(HAS) && has(NEWS)));
    ours || (theirs && (has(WILL) || is_german(tokens)))
}

/// German promises in the present: "ich melde mich morgen".
fn is_german(tokens: &[Token]) -> bool {
    const GERMAN: &[&str] = &[
        "ich", "wir", "sie", "du", "ihr", "uns", "mich", "melde", "melden",
    ];
    tokens.iter().any(|token| GERMAN.contains(&token.as_str()))
}
