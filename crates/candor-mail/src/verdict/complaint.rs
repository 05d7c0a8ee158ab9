//! Complaints of providers.
//!
//! Owns: the Abuse Reporting Format (RFC 5965) and the one older form still seen. Must not know:
//! what is done about a complaint.

use super::signs::Signs;
use super::{Complaint, Found, MailKind, Reason, Rule};
use crate::delivery;

pub(super) fn find(signs: &Signs<'_>) -> Found {
    let kind = signs.content_type();
    let typed = kind.contains("feedback-report") || signs.has_part("message/feedback-report");
    let untyped = || {
        // The part lost its boundaries on the way, but its fields stand in the text.
        let text = &signs.message.text;
        text.contains("eedback-")
            && signs.text().contains("feedback-type:")
            && signs.text().contains("user-agent:")
    };
    let reasons = if typed {
        vec![Reason::new(Rule::ReportPart, "feedback-report")]
    } else if untyped() {
        vec![Reason::new(Rule::ReportFields, "Feedback-Type")]
    } else if is_hotmail_form(signs) {
        vec![Reason::new(Rule::ReportHeader, "X-HmXmrOriginalRecipient")]
    } else {
        return None;
    };
    Some((MailKind::Complaint(read(signs)), reasons))
}

/// Outlook.com sends the complaint as a copy with a header of its own.
fn is_hotmail_form(signs: &Signs<'_>) -> bool {
    let from = signs.from.contains("staff@hotmail.com");
    let subject = signs.subject.starts_with("complaint about message from");
    signs.header("x-hmxmroriginalrecipient").is_some() || (from && subject)
}

fn read(signs: &Signs<'_>) -> Complaint {
    let parts = &signs.message.attachments;
    let report = parts
        .iter()
        .find(|part| part.declared_type == "message/feedback-report")
        .map_or_else(
            || signs.message.text.clone(),
            |part| String::from_utf8_lossy(&part.content).into_owned(),
        );
    let field = |name: &str| {
        report.lines().take(200).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim()
                .eq_ignore_ascii_case(name)
                .then(|| candor_domain::text::one_line(value, 254))
        })
    };
    let recipient = field("original-rcpt-to")
        .or_else(|| field("removal-recipient"))
        .or_else(|| signs.header("x-hmxmroriginalrecipient").map(str::to_owned));
    Complaint {
        feedback_type: field("feedback-type")
            .map(|kind| kind.trim().to_lowercase())
            .unwrap_or_default(),
        recipient: recipient.map(|one| one.trim().trim_matches(['<', '>']).to_owned()),
        reporter: signs.message.from_as_written.clone(),
        original: delivery::original(signs.message),
    }
}
