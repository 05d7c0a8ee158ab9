//! The words about an inbox elsewhere.
//!
//! Owns: how fetching goes, why it does not, and where the usual providers have their servers.
//! Must not know: forms.

use super::super::sign_in;
use crate::i18n::{Texts, key};
use crate::part::Row;
use candor_desk::fetch::{FetchPlace, FetchingState};
use candor_domain::id::MailboxId;

/// How fetching goes, in a sentence or two.
pub(super) fn state_words(t: &Texts, place: &FetchPlace) -> String {
    let mut words = Vec::new();
    if !place.failure.is_empty() {
        words.push(failure_words(t, &place.failure, &place.failure_detail));
    }
    words.push(match place.looked_at {
        Some(at) => t.arg("fetching-looked", "when", t.relative(at)),
        None => t.get("fetching-not-looked"),
    });
    words.push(t.arg("fetching-kept", "count", place.kept));
    if place.left_behind > 0 {
        words.push(t.arg("fetching-left-behind", "count", place.left_behind));
    }
    if place.gone > 0 {
        words.push(t.arg("fetching-gone", "count", place.gone));
    }
    if let Some(at) = place.checked_at {
        words.push(t.arg("fetching-compared", "when", t.relative(at)));
    }
    words.join(" ")
}

/// How reading the folder of sent mail goes.
pub(super) fn sent_words(t: &Texts, state: &FetchingState) -> String {
    let Some(sent) = &state.account.sent else {
        return t.get("fetching-sent-not-read");
    };
    let place = &state.sent_place;
    let mut words = vec![t.arg("fetching-sent-read", "folder", &sent.folder)];
    if !place.failure.is_empty() {
        words.push(failure_words(t, &place.failure, &place.failure_detail));
    }
    words.push(t.arg("fetching-kept", "count", place.kept));
    if place.gone > 0 {
        words.push(t.arg("fetching-sent-gone", "count", place.gone));
    }
    if let Some(at) = place.checked_at {
        words.push(t.arg("fetching-sent-compared", "when", t.relative(at)));
    }
    words.join(" ")
}

/// How the daily comparison of the folders with the desk stands, on the page of the mail log.
pub(in crate::page::settings) fn compared_row(
    t: &Texts,
    mailbox: MailboxId,
    state: &FetchingState,
) -> Row {
    Row::new(t.get("mailbox-log-compared"))
        .leads_to(super::place_of(mailbox))
        .below(state_words(t, &state.place))
        .below(sent_words(t, state))
}

/// Why an inbox cannot be read, with what the other side said.
pub(in crate::page::settings) fn failure_words(t: &Texts, id: &str, detail: &str) -> String {
    if sign_in::KNOWN.contains(&id) {
        return sign_in::failure_words(t, id, detail);
    }
    let known = KNOWN.iter().find(|known| **known == id);
    let sentence = t.get(known.copied().unwrap_or(key("imap-failure-broken")));
    if detail.is_empty() {
        sentence
    } else {
        format!("{sentence} ({detail})")
    }
}

/// The ids that a fetcher gives its failures.
const KNOWN: [&str; 18] = [
    key("imap-failure-no-such-host"),
    key("imap-failure-refused"),
    key("imap-failure-timed-out"),
    key("imap-failure-expects-tls"),
    key("imap-failure-not-loopback"),
    key("imap-failure-broken"),
    key("imap-failure-tls-not-offered"),
    key("imap-failure-expects-starttls"),
    key("imap-failure-unknown-issuer"),
    key("imap-failure-wrong-name"),
    key("imap-failure-out-of-date"),
    key("imap-failure-tls"),
    key("imap-failure-login"),
    key("imap-failure-folder"),
    key("imap-failure-no-move"),
    key("imap-failure-command"),
    key("imap-failure-not-understood"),
    key("imap-failure-not-kept"),
];

/// Where providers have their IMAP servers, by the domain of an address; most others have theirs
/// under the domain itself.
const SERVERS: [(&str, &str); 22] = [
    ("gmail.com", "imap.gmail.com"),
    ("googlemail.com", "imap.gmail.com"),
    ("outlook.com", "outlook.office365.com"),
    ("hotmail.com", "outlook.office365.com"),
    ("live.com", "outlook.office365.com"),
    ("yahoo.com", "imap.mail.yahoo.com"),
    ("yahoo.de", "imap.mail.yahoo.com"),
    ("icloud.com", "imap.mail.me.com"),
    ("me.com", "imap.mail.me.com"),
    ("mac.com", "imap.mail.me.com"),
    ("gmx.de", "imap.gmx.net"),
    ("gmx.net", "imap.gmx.net"),
    ("gmx.at", "imap.gmx.net"),
    ("gmx.ch", "imap.gmx.net"),
    ("gmx.com", "imap.gmx.com"),
    ("web.de", "imap.web.de"),
    ("t-online.de", "secureimap.t-online.de"),
    ("freenet.de", "mx.freenet.de"),
    ("posteo.de", "posteo.de"),
    ("mailbox.org", "imap.mailbox.org"),
    ("fastmail.com", "imap.fastmail.com"),
    ("zoho.com", "imap.zoho.com"),
];

/// The server that most likely holds the inbox of an address at this domain.
pub(super) fn usual_host(domain: &str) -> String {
    let found = SERVERS.iter().find(|(own, _)| *own == domain);
    found.map_or_else(|| format!("imap.{domain}"), |(_, host)| (*host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::usual_host;

    #[test]
    fn a_provider_is_known_by_its_domain_and_others_are_guessed() {
        assert_eq!(usual_host("gmx.de"), "imap.gmx.net");
        assert_eq!(usual_host("shop.example"), "imap.shop.example");
    }
}
