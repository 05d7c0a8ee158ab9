//! Why a mail did not leave, in the reader's words.
//!
//! Owns: the sentence for each failure. Must not know: SMTP; a failure comes with an id under which
//! it is translated, and with what the other side said.

use crate::i18n::{Texts, key};
use candor_desk::outbox::MailFault;

/// The sentence, with what the other side said behind it.
pub(crate) fn fault_words(t: &Texts, fault: &MailFault) -> String {
    match KNOWN.iter().find(|known| **known == fault.id) {
        None if fault.detail.is_empty() => t.get("send-failure-unknown"),
        None => fault.detail.clone(),
        Some(id) if fault.detail.is_empty() => t.get(id),
        Some(id) => format!("{} ({})", t.get(id), fault.detail),
    }
}

/// The ids that a courier gives its failures.
const KNOWN: [&str; 29] = [
    key("send-failure-dead-address"),
    key("send-failure-temporary"),
    key("send-failure-permanent"),
    key("send-failure-no-such-host"),
    key("send-failure-refused"),
    key("send-failure-timed-out"),
    key("send-failure-broken"),
    key("send-failure-not-smtp"),
    key("send-failure-expects-tls"),
    key("send-failure-not-loopback"),
    key("send-failure-tls-not-offered"),
    key("send-failure-expects-starttls"),
    key("send-failure-unknown-issuer"),
    key("send-failure-wrong-name"),
    key("send-failure-out-of-date"),
    key("send-failure-bad-roots"),
    key("send-failure-tls"),
    key("send-failure-login-rejected"),
    key("send-failure-login-not-offered"),
    key("send-failure-login-required"),
    key("send-failure-unconfirmed"),
    key("send-failure-unsuitable"),
    key("send-failure-not-kept"),
    key("send-failure-token-refused"),
    key("send-failure-switched-off"),
    key("send-failure-no-right"),
    key("send-failure-no-tokens"),
    key("send-failure-provider-silent"),
    key("send-failure-signed-out"),
];
