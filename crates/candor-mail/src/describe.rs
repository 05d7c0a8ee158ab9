//! One message as one JSON object: what was understood, and on demand why.
//!
//! Owns: the shape that `candor mail parse` prints and that scoring tools compare. Must not know:
//! where the bytes came from. Fields may be added, never renamed.

use serde::Serialize;

use crate::{
    Attachment, DisplayPolicy, Envelope, IncomingMessage, Invitation, MailKind, Moment,
    RecipientStatus, Trimmed, Verdict,
};

/// What was understood of one message.
#[derive(Debug, Clone, Serialize)]
pub struct Description {
    from: String,
    from_name: String,
    subject: String,
    message_id: String,
    text: String,
    html: String,
    reply: String,
    attachments: Vec<File>,
    auto: bool,
    bounce: bool,
    dsn: Vec<Recipient>,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    returns: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feedback_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    protection: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation: Option<Appointment>,
    defects: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why>,
}

#[derive(Debug, Clone, Serialize)]
struct File {
    name: String,
    size: usize,
    r#type: String,
    inline: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_id: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Recipient {
    #[serde(rename = "recipient")]
    address: String,
    status: String,
    action: &'static str,
    cause: &'static str,
    diagnostic: String,
}

#[derive(Debug, Clone, Serialize)]
struct Appointment {
    method: &'static str,
    summary: String,
    location: String,
    start: Option<String>,
    end: Option<String>,
    organiser: String,
    repeats: bool,
}

/// The reasons behind what was understood.
#[derive(Debug, Clone, Serialize)]
struct Why {
    verdict: Vec<Ground>,
    removed: Vec<Cut>,
}

#[derive(Debug, Clone, Serialize)]
struct Ground {
    rule: &'static str,
    evidence: String,
}

/// A stretch of the text that does not count as the reply.
#[derive(Debug, Clone, Serialize)]
struct Cut {
    first_line: usize,
    last_line: usize,
    reason: &'static str,
    because: &'static str,
    excerpt: String,
}

impl Cut {
    fn of(cut: &crate::Explained) -> Self {
        Self {
            first_line: cut.first_line,
            last_line: cut.last_line,
            reason: cut.reason.as_str(),
            because: cut.reason.sentence(),
            excerpt: cut.excerpt.clone(),
        }
    }
}

/// Reads a message and describes it; with `explain` the reasons stand under `why`.
pub fn describe(raw: &[u8], explain: bool) -> Description {
    let parsed = crate::parse(raw);
    let message = &parsed.message;
    let verdict = crate::judge(message, &Envelope::default());
    let trimmed = crate::trim(message);
    let (from, from_name) = sender(message);
    let clean = |html: &crate::RawHtml| html.clean(&DisplayPolicy::default()).to_string();
    Description {
        from,
        from_name,
        subject: message.subject.clone(),
        message_id: id(message.message_id.as_ref()).unwrap_or_default(),
        text: message.text.clone(),
        html: message.html.as_ref().map(clean).unwrap_or_default(),
        reply: trimmed.reply.clone(),
        attachments: message.attachments.iter().map(File::of).collect(),
        auto: verdict.is_automatic(),
        bounce: verdict.bounce().is_some(),
        dsn: recipients(&verdict).iter().map(Recipient::of).collect(),
        kind: verdict.kind.as_str(),
        language: crate::detect_language(&trimmed.reply).map(|guess| guess.code),
        returns: returns(&verdict),
        feedback_type: feedback_type(&verdict),
        about: about(&verdict),
        protection: message.protection.iter().map(|one| one.as_str()).collect(),
        invitation: message.invitation.as_ref().map(Appointment::of),
        defects: parsed
            .defects
            .iter()
            .map(|defect| defect.as_str())
            .collect(),
        why: explain.then(|| Why::of(&verdict, &trimmed, &message.text)),
    }
}

fn sender(message: &IncomingMessage) -> (String, String) {
    match &message.from {
        Some(from) => (
            from.address.to_string(),
            from.name.clone().unwrap_or_default(),
        ),
        None => unaddressed(message.from_as_written.trim()),
    }
}

/// A sender without an address is all name; a comment behind it says it better:
/// `MAILER-DAEMON (Mail Delivery System)`.
fn unaddressed(written: &str) -> (String, String) {
    let comment = written
        .strip_suffix(')')
        .and_then(|text| text.split_once(" ("));
    let (from, name) = comment.unwrap_or((written, written));
    (from.trim().to_owned(), name.trim().to_owned())
}

fn id(id: Option<&crate::MessageId>) -> Option<String> {
    id.map(|id| id.as_str().to_owned())
}

fn recipients(verdict: &Verdict) -> &[RecipientStatus] {
    match &verdict.kind {
        MailKind::DeliveryReport(report) => &report.recipients,
        _ => &[],
    }
}

fn returns(verdict: &Verdict) -> Option<String> {
    match &verdict.kind {
        MailKind::OutOfOffice(absence) => absence.returns().map(|day| day.to_string()),
        _ => None,
    }
}

fn feedback_type(verdict: &Verdict) -> Option<String> {
    match &verdict.kind {
        MailKind::Complaint(complaint) => Some(complaint.feedback_type.clone()),
        _ => None,
    }
}

fn about(verdict: &Verdict) -> Option<String> {
    match &verdict.kind {
        MailKind::DeliveryReport(report) => id(report.original.as_ref()),
        _ => None,
    }
}

impl File {
    fn of(file: &Attachment) -> Self {
        Self {
            name: file.name.clone(),
            size: file.content.len(),
            r#type: file.declared_type.clone(),
            inline: file.inline,
            content_id: file.content_id.clone(),
        }
    }
}

impl Appointment {
    fn of(invitation: &Invitation) -> Self {
        let written = |moment: &Option<Moment>| moment.as_ref().map(Moment::to_string);
        Self {
            method: invitation.method.as_str(),
            summary: invitation.summary.clone(),
            location: invitation.location.clone(),
            start: written(&invitation.start),
            end: written(&invitation.end),
            organiser: invitation.organiser.clone(),
            repeats: invitation.repeats,
        }
    }
}

impl Recipient {
    fn of(one: &RecipientStatus) -> Self {
        Self {
            address: one.recipient.clone(),
            status: one.status.to_string(),
            action: one.action.as_str(),
            cause: one.cause.as_str(),
            diagnostic: one.diagnostic.clone(),
        }
    }
}

impl Why {
    fn of(verdict: &Verdict, trimmed: &Trimmed, text: &str) -> Self {
        let ground = |reason: &crate::Reason| Ground {
            rule: reason.rule.as_str(),
            evidence: reason.evidence.clone(),
        };
        Self {
            verdict: verdict.reasons.iter().map(ground).collect(),
            removed: trimmed.explain(text).iter().map(Cut::of).collect(),
        }
    }
}
