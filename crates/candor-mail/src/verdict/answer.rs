//! Whether a machine may answer a message.
//!
//! Owns: the rules of RFC 3834 (section 2) and those that grew beside it. Must not know: how often
//! somebody was answered before; that memory is the caller's.

use candor_domain::address::EmailAddress;

use super::signs::Signs;
use super::{Envelope, MailKind, Reason, Rule, Verdict, phrases};
use crate::IncomingMessage;

/// Why a message gets no automatic answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Silence {
    /// There is no address to answer to, or it is no address.
    NoSender,
    /// The envelope's sender is empty: nobody waits for an answer.
    NullSender,
    /// A machine wrote it.
    Automatic,
    /// It went to a mailing list, or to many.
    List,
    /// The sender's program asks for no answers (`X-Auto-Response-Suppress`).
    Suppressed,
    /// The sender's address belongs to a machine: a list's owner, a daemon, one without reply.
    MachineAddress,
    /// It was not addressed to us: a blind copy, an alias, a resent mail.
    NotToUs,
    /// It came from one of our own addresses.
    OurOwn,
}

impl Silence {
    /// A stable word for logs and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoSender => "no_sender",
            Self::NullSender => "null_sender",
            Self::Automatic => "automatic",
            Self::List => "list",
            Self::Suppressed => "suppressed",
            Self::MachineAddress => "machine_address",
            Self::NotToUs => "not_to_us",
            Self::OurOwn => "our_own",
        }
    }
}

/// The address to which an automatic answer may go: the envelope's sender (RFC 3834, 4), where it
/// is known, else the writer.
///
/// `ours` are all addresses of the desk, the one that received the message among them. A list that
/// has one of them as its posting address is our own front door and does not count as a list.
pub fn may_answer(
    message: &IncomingMessage,
    verdict: &Verdict,
    envelope: &Envelope<'_>,
    ours: &[EmailAddress],
) -> Result<EmailAddress, Silence> {
    let signs = Signs::of(message, envelope);
    if signs.has_null_sender() {
        return Err(Silence::NullSender);
    }
    refused_by_kind(&signs, verdict, ours)?;
    let to = recipient(&signs)?;
    let writer = message.from.as_ref().map(|from| &from.address);
    if ours.contains(&to) || writer.is_some_and(|writer| ours.contains(writer)) {
        return Err(Silence::OurOwn);
    }
    if is_machine(&to) {
        return Err(Silence::MachineAddress);
    }
    let mut addressed = message.to.iter().chain(&message.cc);
    if !addressed.any(|one| is_ours(&one.address, ours)) {
        return Err(Silence::NotToUs);
    }
    Ok(to)
}

/// What the message itself forbids.
fn refused_by_kind(
    signs: &Signs<'_>,
    verdict: &Verdict,
    ours: &[EmailAddress],
) -> Result<(), Silence> {
    let auto_submitted = signs.message.auto_submitted.as_deref();
    if auto_submitted.is_some_and(|value| !value.trim().eq_ignore_ascii_case("no")) {
        return Err(Silence::Automatic);
    }
    let ours_as_list = is_our_list(signs, ours);
    if verdict.is_automatic() && !(ours_as_list && is_only_listed(verdict)) {
        return Err(Silence::Automatic);
    }
    if is_list(signs, verdict) && !ours_as_list {
        return Err(Silence::List);
    }
    if suppressed(signs) {
        return Err(Silence::Suppressed);
    }
    Ok(())
}

fn recipient(signs: &Signs<'_>) -> Result<EmailAddress, Silence> {
    if let Some(path) = &signs.return_path {
        return EmailAddress::parse(path).map_err(|_| Silence::NoSender);
    }
    let from = signs.message.from.as_ref().ok_or(Silence::NoSender)?;
    Ok(from.address.clone())
}

fn is_list(signs: &Signs<'_>, verdict: &Verdict) -> bool {
    let named = signs
        .message
        .headers
        .iter()
        .any(|field| field.name.starts_with("list-"));
    named || verdict.kind == MailKind::MailingList
}

fn is_our_list(signs: &Signs<'_>, ours: &[EmailAddress]) -> bool {
    let post = signs.header("list-post").unwrap_or_default().to_lowercase();
    ours.iter().any(|one| post.contains(one.as_str()))
}

/// Nothing but the headers that a list adds makes the message a notice.
fn is_only_listed(verdict: &Verdict) -> bool {
    let by_list = |reason: &Reason| matches!(reason.rule, Rule::ListHeader | Rule::Precedence);
    verdict.kind == MailKind::Notice && verdict.reasons.iter().all(by_list)
}

/// [MS-OXCMAIL] 2.1.3.2.20.
fn suppressed(signs: &Signs<'_>) -> bool {
    let value = signs.header("x-auto-response-suppress").unwrap_or_default();
    value
        .split([',', ';', ' '])
        .any(|word| ["all", "oof", "autoreply"].contains(&word.trim().to_lowercase().as_str()))
}

fn is_machine(address: &EmailAddress) -> bool {
    let local = address.local_part();
    local.starts_with("owner-")
        || local.ends_with("-owner")
        || local.ends_with("-request")
        || local.contains("-bounces")
        || local.starts_with("bounce")
        || matches!(
            local,
            "mailer-daemon" | "postmaster" | "listserv" | "majordomo" | "root"
        )
        || phrases::found(local, phrases::NO_REPLY).is_some()
}

/// Ours, or one of ours with an extension behind `+`.
fn is_ours(address: &EmailAddress, ours: &[EmailAddress]) -> bool {
    let base = address.local_part().split('+').next().unwrap_or_default();
    ours.iter()
        .any(|one| one.domain() == address.domain() && one.local_part() == base || one == address)
}
