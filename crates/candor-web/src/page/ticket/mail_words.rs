//! What was understood of a mail, in the reader's words.
//!
//! Owns: a sentence for each word that the intake keeps. Must not know: how it was understood.

use crate::i18n::{Texts, key};
use crate::part::Folded;
use candor_desk::ticket::{Delivery, Reading, RemovedPart, Shown, folded};
use jiff::civil::Date;

type Words = (&'static str, &'static str);

const VERDICTS: [Words; 8] = [
    ("personal", key("verdict-personal")),
    ("automatic_reply", key("verdict-automatic-reply")),
    ("out_of_office", key("verdict-out-of-office")),
    ("delivery_report", key("verdict-delivery-report")),
    ("read_receipt", key("verdict-read-receipt")),
    ("complaint", key("verdict-complaint")),
    ("mailing_list", key("verdict-mailing-list")),
    ("notice", key("verdict-notice")),
];

const RULES: [Words; 12] = [
    ("report_part", key("rule-report-part")),
    ("report_fields", key("rule-report-fields")),
    ("report_header", key("rule-report-header")),
    ("daemon_sender", key("rule-daemon-sender")),
    ("null_sender", key("rule-null-sender")),
    ("subject", key("rule-subject")),
    ("text", key("rule-text")),
    ("auto_submitted", key("rule-auto-submitted")),
    ("machine_header", key("rule-machine-header")),
    ("precedence", key("rule-precedence")),
    ("list_header", key("rule-list-header")),
    ("no_reply_sender", key("rule-no-reply-sender")),
];

const WAYS: [Words; 6] = [
    ("reply_address", key("joined-reply-address")),
    ("our_message", key("joined-our-message")),
    ("known_message", key("joined-known-message")),
    ("opened", key("joined-opened")),
    ("sent_by_hand", key("joined-sent-by-hand")),
    ("staff_answer", key("joined-staff-answer")),
];

const SILENCES: [Words; 16] = [
    ("no_sender", key("silence-no-sender")),
    ("null_sender", key("silence-null-sender")),
    ("automatic", key("silence-automatic")),
    ("list", key("silence-list")),
    ("suppressed", key("silence-suppressed")),
    ("machine_address", key("silence-machine-address")),
    ("not_to_us", key("silence-not-to-us")),
    ("our_own", key("silence-our-own")),
    ("known_ticket", key("silence-known-ticket")),
    ("switched_off", key("silence-switched-off")),
    ("repeats", key("silence-repeats")),
    ("within_a_day", key("silence-within-a-day")),
    ("forged", key("silence-forged")),
    ("too_many", key("silence-too-many")),
    ("dead_address", key("silence-dead-address")),
    ("brake", key("silence-brake")),
];

const CAUSES: [Words; 9] = [
    ("no_such_mailbox", key("cause-no-such-mailbox")),
    ("no_such_domain", key("cause-no-such-domain")),
    ("mailbox_disabled", key("cause-mailbox-disabled")),
    ("mailbox_full", key("cause-mailbox-full")),
    ("too_large", key("cause-too-large")),
    ("unreachable", key("cause-unreachable")),
    ("loop", key("cause-loop")),
    ("refused", key("cause-refused")),
    ("unknown", key("cause-unknown")),
];

const LANGUAGES: [Words; 12] = [
    ("en", key("language-en")),
    ("de", key("language-de")),
    ("fr", key("language-fr")),
    ("es", key("language-es")),
    ("it", key("language-it")),
    ("nl", key("language-nl")),
    ("pl", key("language-pl")),
    ("pt", key("language-pt")),
    ("da", key("language-da")),
    ("sv", key("language-sv")),
    ("cs", key("language-cs")),
    ("tr", key("language-tr")),
];

fn words_of(t: &Texts, table: &[Words], word: &str) -> String {
    let known = table.iter().find(|(own, _)| *own == word);
    known.map_or_else(|| word.to_owned(), |(_, id)| t.get(id))
}

/// What kind of mail it is.
pub(crate) fn verdict(t: &Texts, reading: &Reading) -> String {
    match reading.back_on.parse::<Date>() {
        Ok(day) => t.arg("verdict-away-until", "day", t.day(day)),
        Err(_) => words_of(t, &VERDICTS, &reading.verdict),
    }
}

/// Why it is such a mail: a rule, and what it saw.
pub(super) fn reasons(t: &Texts, reading: &Reading) -> Vec<String> {
    let reasons = reading.reasons.iter();
    reasons
        .map(|(rule, saw)| {
            let rule = words_of(t, &RULES, rule);
            if saw.is_empty() {
                return rule;
            }
            format!("{rule}: {saw}")
        })
        .collect()
}

/// What led it to its ticket.
pub(crate) fn way(t: &Texts, reading: &Reading) -> String {
    words_of(t, &WAYS, &reading.joined_by)
}

/// Why nothing was answered by itself; empty where something was.
pub(super) fn silence(t: &Texts, reading: &Reading) -> String {
    if reading.silence.is_empty() {
        return t.get("silence-none");
    }
    words_of(t, &SILENCES, &reading.silence)
}

/// The name of a language; its tag where it has none here.
pub(crate) fn language_name(t: &Texts, tag: &str) -> String {
    words_of(t, &LANGUAGES, tag)
}

/// Why an address does not work.
pub(crate) fn cause(t: &Texts, word: &str) -> String {
    words_of(t, &CAUSES, word)
}

/// What a mail server told, and whether it is a failure.
pub(crate) fn told(t: &Texts, told: &Delivery) -> (String, bool) {
    let who = if told.recipient.is_empty() {
        t.get("told-somebody")
    } else {
        told.recipient.clone()
    };
    let why = cause(t, &told.cause);
    let with_code = if told.status.is_empty() {
        why.clone()
    } else {
        format!("{why} ({})", told.status)
    };
    match told.action.as_str() {
        "failed" => {
            let values: [(&str, &dyn crate::i18n::Argument); 2] =
                [("who", &who), ("why", &with_code)];
            (t.args("told-failed", &values), true)
        }
        "delayed" => (t.arg("told-delayed", "who", &who), false),
        "complained" => (t.arg("told-complained", "who", &who), true),
        _ => (t.arg("told-delivered", "who", &who), false),
    }
}

/// A text with what its writer did not add folded away; `None` where all of it was added.
pub(crate) fn fold(t: &Texts, body: &str, removed: &[RemovedPart]) -> Option<Folded> {
    if removed.is_empty() {
        return None;
    }
    let words = |shown| match shown {
        Shown::Open => None,
        Shown::Quoted => Some(t.get("fold-quoted")),
        Shown::Ending => Some(t.get("fold-ending")),
    };
    let pieces = folded(body, removed).into_iter();
    Some(Folded::new(
        pieces.map(|piece| (piece.text, words(piece.shown))),
    ))
}
