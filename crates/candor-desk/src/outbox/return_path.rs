//! The address to which reports about one mail of ours come back.
//!
//! Owns: when a mail has an address of its own for that, and which mail such an address means. Must
//! not know: what a report says.

use super::courier::Relay;
use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::address::EmailAddress;
use candor_domain::id::OutboxId;
use candor_mail::{ReplyKey, open_return_address, return_address};
use candor_store::Tx;
use candor_store::outbox::OutboxMail;

/// Providers that take mail only under the address of the account.
const STRICT: [&str; 4] = ["gmail.com", "google.com", "office365.com", "outlook.com"];

/// The sender on the envelope of a mail. A reply gets an address of its own, by which a report about
/// it is known without reading the report; mails of the desk itself expect none.
pub(super) fn envelope_sender(key: &ReplyKey, mail: &OutboxMail, relay: &Relay) -> String {
    let plain = mail.mail.mail_from.clone();
    let is_strict = STRICT.iter().any(|end| {
        let rest = relay.host.strip_suffix(end);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    });
    if is_strict || mail.mail.message.is_none() {
        return plain;
    }
    let Ok(mailbox) = EmailAddress::parse(&plain) else {
        return plain;
    };
    return_address(&mailbox, mail.id.0.unsigned_abs(), key).to_string()
}

/// The mail of ours that came back, by the addresses that its report was sent to. Our signature on
/// the address proves that it is one.
pub fn returned_mail(
    tx: &mut Tx<'_>,
    cx: &Cx,
    recipients: &[EmailAddress],
) -> Result<Option<OutboxMail>, DeskError> {
    let key = ReplyKey::new(cx.keys().links);
    for address in recipients {
        let number = open_return_address(address, &key).and_then(|id| i64::try_from(id).ok());
        if let Some(id) = number {
            return Ok(tx.outbox_mail(OutboxId(id))?);
        }
    }
    Ok(None)
}
