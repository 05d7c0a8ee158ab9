//! The form and the words about the way out of a mailbox.
//!
//! Owns: the fields, where the usual providers take mail, how a trial of both ways ended. Must not
//! know: verbs.

use super::super::fetching;
use super::super::provider_account::{AccountForm, AccountWords};
use super::{place_of, sign_in_place};
use crate::i18n::{Texts, key};
use crate::page::filled::Filled;
use crate::page::mail_fault::fault_words;
use crate::part::{FormCard, Notice, Tone};
use candor_desk::fetch::{FetchFailure, FetchLook};
use candor_desk::outbox::{RelayTls, TrialEnd};
use candor_domain::id::MailboxId;

pub(super) const fn tls_value(tls: RelayTls) -> &'static str {
    match tls {
        RelayTls::StartTls => "starttls",
        RelayTls::Implicit => "implicit",
        RelayTls::None => "none",
    }
}

/// How the form names where answers come back to.
pub(super) const fn back_value(plus: bool) -> &'static str {
    if plus { "plus" } else { "plain" }
}

/// Servers of providers at which `help+word@` is nobody's address.
const WITHOUT_PLUS: [&str; 6] = [
    "mail.gmx.net",
    "mail.gmx.com",
    "smtp.web.de",
    "securesmtp.t-online.de",
    "mx.freenet.de",
    "smtp.mail.yahoo.com",
];

/// Where providers take mail, by the domain of an address; most others do under the domain itself.
/// The last number is how many mails the provider takes a day, 0 where it does not say.
const SERVERS: [(&str, &str, u16); 22] = [
    ("gmail.com", "smtp.gmail.com", 500),
    ("googlemail.com", "smtp.gmail.com", 500),
    ("outlook.com", "smtp-mail.outlook.com", 300),
    ("hotmail.com", "smtp-mail.outlook.com", 300),
    ("live.com", "smtp-mail.outlook.com", 300),
    ("yahoo.com", "smtp.mail.yahoo.com", 500),
    ("yahoo.de", "smtp.mail.yahoo.com", 500),
    ("icloud.com", "smtp.mail.me.com", 1000),
    ("me.com", "smtp.mail.me.com", 1000),
    ("mac.com", "smtp.mail.me.com", 1000),
    ("gmx.de", "mail.gmx.net", 0),
    ("gmx.net", "mail.gmx.net", 0),
    ("gmx.at", "mail.gmx.net", 0),
    ("gmx.ch", "mail.gmx.net", 0),
    ("gmx.com", "mail.gmx.com", 0),
    ("web.de", "smtp.web.de", 0),
    ("t-online.de", "securesmtp.t-online.de", 0),
    ("freenet.de", "mx.freenet.de", 0),
    ("posteo.de", "posteo.de", 0),
    ("mailbox.org", "smtp.mailbox.org", 0),
    ("fastmail.com", "smtp.fastmail.com", 0),
    ("zoho.com", "smtp.zoho.com", 0),
];

/// How many mails the provider of an account takes a day, by its server or by the domain of the
/// address; `None` where it does not say.
pub(super) fn daily_limit(host: &str, domain: &str) -> Option<i64> {
    let known = SERVERS
        .iter()
        .find(|(own, server, _)| *server == host || *own == domain);
    known
        .map(|(_, _, most)| i64::from(*most))
        .filter(|most| *most > 0)
}

/// What most accounts at the provider of an address look like.
pub(super) fn fresh_form(address: &str) -> Filled {
    let domain = address.rsplit('@').next().unwrap_or_default();
    let known = SERVERS.iter().find(|(own, _, _)| *own == domain);
    let host = known.map_or_else(
        || format!("smtp.{domain}"),
        |(_, host, _)| (*host).to_owned(),
    );
    let plus = !WITHOUT_PLUS.contains(&host.as_str());
    let per_day = known.map_or(0, |(_, _, most)| *most);
    Filled::with(&[
        ("host", host),
        ("port", "587".to_owned()),
        ("tls", "starttls".to_owned()),
        ("user", address.to_owned()),
        ("login", "password".to_owned()),
        ("back", back_value(plus).to_owned()),
        ("per_minute", "0".to_owned()),
        ("per_day", per_day.to_string()),
    ])
}

/// The form.
pub(super) fn card(account: AccountForm<'_>, mailbox: MailboxId) -> FormCard {
    let t = account.t;
    let card = FormCard::new(place_of(mailbox), t.get("fetching-save"))
        .title(t.get("sending-account-title"))
        .words(t.get("sending-account-words"))
        .beside(t.get("fetching-sign-in"), sign_in_place(mailbox));
    let words = AccountWords {
        login_password: key("sending-login-password"),
        password_hint: key("sending-password-hint"),
        host_hint: key("sending-host-hint"),
        tls: [
            ("starttls", key("outgoing-starttls")),
            ("implicit", key("outgoing-implicit")),
            ("none", key("outgoing-none")),
        ],
    };
    let ways_back = [
        ("plus", key("sending-back-plus")),
        ("plain", key("sending-back-plain")),
    ];
    let back = account.choice("back", key("sending-back"), &ways_back);
    let limit = |name, label| account.text(name, label).hint(t.get("limits-hint"));
    account
        .opening(card, &words)
        .field(back.hint(t.get("sending-back-hint")))
        .heading(t.get("limits-title"))
        .field(limit("per_minute", key("limits-per-minute")))
        .field(limit("per_day", key("limits-per-day")))
}

/// How the look into the inbox ended.
pub(super) fn inward_notice(t: &Texts, look: Option<Result<FetchLook, FetchFailure>>) -> Notice {
    match look {
        None => Notice::new(t.get("both-ways-no-inbox"), Tone::Warn),
        Some(Ok(look)) => {
            let words = t.arg("both-ways-in", "count", i64::from(look.mails));
            Notice::new(words, Tone::Good)
        }
        Some(Err(failure)) => {
            let why = fetching::failure_words(t, failure.id, &failure.detail);
            Notice::new(t.arg("both-ways-in-failed", "why", why), Tone::Bad)
        }
    }
}

/// How the mail left.
pub(super) fn outward_notice(t: &Texts, end: &TrialEnd, address: &str) -> Notice {
    match end {
        TrialEnd::Taken => Notice::new(t.arg("both-ways-out", "address", address), Tone::Good),
        TrialEnd::NoServer => Notice::new(t.get("both-ways-no-server"), Tone::Warn),
        TrialEnd::Failed(failure) => {
            let why = fault_words(t, &failure.fault());
            Notice::new(t.arg("both-ways-out-failed", "why", why), Tone::Bad)
        }
    }
}
