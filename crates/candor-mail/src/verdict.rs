//! What kind of mail this is, and why we think so.
//!
//! Owns: one verdict for each message with its reasons, and whether it may be answered by a
//! machine. Must not know: tickets, what was sent before, the current time.

mod absence;
mod answer;
mod automatic;
mod complaint;
mod date_words;
mod phrases;
mod report;
mod signs;

use jiff::civil::Date;

use crate::{DeliveryReport, IncomingMessage, MessageId};

pub use answer::{Silence, may_answer};
use signs::Signs;

/// What the way of a message tells beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Envelope<'a> {
    /// The sender of the SMTP envelope, empty for `<>`; `None` when we did not see it, for example
    /// behind somebody else's mailbox. Then the `Return-Path` header stands for it.
    pub sender: Option<&'a str>,
}

/// The verdict on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What it is.
    pub kind: MailKind,
    /// Why, the strongest reason first. Empty for a personal mail.
    pub reasons: Vec<Reason>,
}

/// What a message is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MailKind {
    /// Nothing says that a machine wrote it.
    Personal,
    /// A machine answered for somebody.
    AutomaticReply,
    /// A machine answered that somebody is away.
    OutOfOffice(Absence),
    /// A mail server reports on a message of ours.
    DeliveryReport(DeliveryReport),
    /// A receipt: the message was shown or deleted (RFC 8098).
    ReadReceipt,
    /// A provider passes on that somebody called our mail spam, or that mail in our name broke a
    /// rule (RFC 5965).
    Complaint(Complaint),
    /// A person wrote to a mailing list.
    MailingList,
    /// A machine wrote it: a notice, a newsletter, an invoice.
    Notice,
}

/// How long somebody is away, as far as they wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Absence {
    /// The last day away.
    pub until: Option<Date>,
    /// The first day back.
    pub back: Option<Date>,
}

impl Absence {
    /// The first day on which an answer can be expected.
    pub fn returns(&self) -> Option<Date> {
        self.back
            .or_else(|| self.until.and_then(|day| day.tomorrow().ok()))
    }
}

/// A complaint in the Abuse Reporting Format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Complaint {
    /// The type such as `abuse`, `fraud`, `not-spam`, `auth-failure`; empty where none is given.
    pub feedback_type: String,
    /// To whom our message went, where the provider tells.
    pub recipient: Option<String>,
    /// Who sends the report.
    pub reporter: String,
    /// The id of our message, as far as the report carries it.
    pub original: Option<MessageId>,
}

/// One reason of a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule that spoke.
    pub rule: Rule,
    /// What it saw, on one line.
    pub evidence: String,
}

/// The rules by which mail is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// `multipart/report` or a part of such a report.
    ReportPart,
    /// Fields of a delivery report stand in the text.
    ReportFields,
    /// A header that only mail servers write.
    ReportHeader,
    /// The sender is a mail server.
    DaemonSender,
    /// The envelope has no sender.
    NullSender,
    /// The subject has the words.
    Subject,
    /// The text has the words.
    Text,
    /// `Auto-Submitted` (RFC 3834).
    AutoSubmitted,
    /// Another header of programs that answer or write by themselves.
    MachineHeader,
    /// `Precedence`.
    Precedence,
    /// Headers of a mailing list (RFC 2369, 2919).
    ListHeader,
    /// The sender takes no answers.
    NoReplySender,
}

impl Rule {
    /// A stable word for logs and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReportPart => "report_part",
            Self::ReportFields => "report_fields",
            Self::ReportHeader => "report_header",
            Self::DaemonSender => "daemon_sender",
            Self::NullSender => "null_sender",
            Self::Subject => "subject",
            Self::Text => "text",
            Self::AutoSubmitted => "auto_submitted",
            Self::MachineHeader => "machine_header",
            Self::Precedence => "precedence",
            Self::ListHeader => "list_header",
            Self::NoReplySender => "no_reply_sender",
        }
    }
}

impl Reason {
    fn new(rule: Rule, evidence: impl AsRef<str>) -> Self {
        Self {
            rule,
            evidence: candor_domain::text::one_line(evidence.as_ref(), 160),
        }
    }
}

impl MailKind {
    /// A stable word for logs and the API.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::AutomaticReply => "automatic_reply",
            Self::OutOfOffice(_) => "out_of_office",
            Self::DeliveryReport(_) => "delivery_report",
            Self::ReadReceipt => "read_receipt",
            Self::Complaint(_) => "complaint",
            Self::MailingList => "mailing_list",
            Self::Notice => "notice",
        }
    }
}

impl Verdict {
    /// True when no person wrote this message.
    pub fn is_automatic(&self) -> bool {
        !matches!(self.kind, MailKind::Personal | MailKind::MailingList)
    }

    /// The report, when the message is one about a failure or a delay.
    pub fn bounce(&self) -> Option<&DeliveryReport> {
        match &self.kind {
            MailKind::DeliveryReport(report) if report.is_failure() || report.is_delay() => {
                Some(report)
            }
            _ => None,
        }
    }
}

/// Judges a message. The more special kinds come first: a complaint is also a report, and a report
/// is also written by a machine.
pub fn judge(message: &IncomingMessage, envelope: &Envelope<'_>) -> Verdict {
    let signs = Signs::of(message, envelope);
    let special = complaint::find(&signs)
        .or_else(|| report::receipt(&signs))
        .or_else(|| report::delivery(&signs));
    let (kind, reasons) = special
        .or_else(|| automatic::reply(&signs))
        .or_else(|| automatic::list_or_notice(&signs))
        .unwrap_or((MailKind::Personal, Vec::new()));
    Verdict { kind, reasons }
}

/// What a rule found.
type Found = Option<(MailKind, Vec<Reason>)>;

#[cfg(test)]
mod tests;
