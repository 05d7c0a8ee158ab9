//! Whether a message is a report of a mail server.
//!
//! Owns: how much evidence is enough. Must not know: how a report is read.

use super::phrases::{self, REPORT_SUBJECTS, REPORT_TEXTS};
use super::signs::{Daemon, Signs};
use super::{Found, MailKind, Reason, Rule};
use crate::delivery::{self, DeliveryReport};

/// A receipt (RFC 8098).
pub(super) fn receipt(signs: &Signs<'_>) -> Found {
    let typed = signs.content_type().contains("disposition-notification");
    (typed || signs.has_part("message/disposition-notification")).then(|| {
        let reason = Reason::new(Rule::ReportPart, "disposition-notification");
        (MailKind::ReadReceipt, vec![reason])
    })
}

/// A delivery report, standard or not.
pub(super) fn delivery(signs: &Signs<'_>) -> Found {
    let reasons = structure(signs)
        .or_else(|| server(signs))
        .or_else(|| stranger(signs))?;
    let report = DeliveryReport::read(signs.message);
    Some((MailKind::DeliveryReport(report), reasons))
}

/// Parts, fields or headers that only servers write.
fn structure(signs: &Signs<'_>) -> Option<Vec<Reason>> {
    let mut reasons = Vec::new();
    let message = signs.message;
    let attached = message.attachments.iter().any(delivery::is_status);
    if attached || signs.content_type().contains("report-type=delivery-status") {
        reasons.push(Reason::new(Rule::ReportPart, "delivery-status"));
    }
    for name in ["x-failed-recipients", "x-bounced-address"] {
        if let Some(value) = signs.header(name) {
            reasons.push(Reason::new(Rule::ReportHeader, format!("{name}: {value}")));
        }
    }
    let from_server = signs.daemon() > Daemon::No || signs.has_null_sender();
    if reasons.is_empty() && from_server && delivery::holds_fields(&message.text) {
        reasons.push(Reason::new(Rule::ReportFields, "Final-Recipient"));
    }
    (!reasons.is_empty()).then_some(reasons)
}

/// A mail server writes prose. One that is surely a server writes nothing but reports; one that
/// may be a person, and one without any sender, must say so in words.
fn server(signs: &Signs<'_>) -> Option<Vec<Reason>> {
    let daemon = signs.daemon();
    let nobody = signs.has_null_sender();
    if daemon == Daemon::No && !nobody {
        return None;
    }
    if is_answer(signs) {
        return None;
    }
    let mut reasons = words(signs);
    let codes = delivery::tells_codes(&signs.message.text);
    let enough = daemon == Daemon::Surely || !reasons.is_empty() || (codes && nobody);
    if !enough {
        return None;
    }
    if daemon > Daemon::No {
        reasons.insert(0, Reason::new(Rule::DaemonSender, &signs.from));
    }
    if nobody {
        reasons.push(Reason::new(Rule::NullSender, "Return-Path: <>"));
    }
    Some(reasons)
}

/// Nothing in the sender's name says that it is a server: then subject and text must both report,
/// and the text must have a code. What somebody passes on or asks about is theirs.
fn stranger(signs: &Signs<'_>) -> Option<Vec<Reason>> {
    phrases::found(&signs.subject, REPORT_SUBJECTS)?;
    if signs.is_answer_or_forward() || is_answer(signs) {
        return None;
    }
    let reasons = words(signs);
    let codes = delivery::tells_codes(&signs.message.text);
    (reasons.len() == 2 && codes).then_some(reasons)
}

fn words(signs: &Signs<'_>) -> Vec<Reason> {
    let subject = phrases::found(&signs.subject, REPORT_SUBJECTS);
    let text = phrases::found(signs.text(), REPORT_TEXTS);
    let reason = |rule, word: Option<&str>| word.map(|word| Reason::new(rule, word));
    reason(Rule::Subject, subject)
        .into_iter()
        .chain(reason(Rule::Text, text))
        .collect()
}

/// Answering machines too write without a sender and mention that something was not delivered.
fn is_answer(signs: &Signs<'_>) -> bool {
    phrases::begins(&signs.subject, phrases::AUTOMATIC_SUBJECTS).is_some()
        || phrases::found(&signs.subject, phrases::AWAY).is_some()
}
