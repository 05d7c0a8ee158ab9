//! The words about signing in at a provider.
//!
//! Owns: the steps at each provider, the fields of its app, why a sign-in failed, and which provider
//! an address most likely has. Must not know: the flow.

use super::place_of;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::filled::Filled;
use crate::part::{Field, FormCard};
use candor_desk::sign_in::{Provider, SignInState};
use candor_domain::id::MailboxId;
use candor_domain::mailbox::Mailbox;

pub(super) const fn provider_words(provider: Provider) -> &'static str {
    match provider {
        Provider::Google => key("sign-in-google"),
        Provider::Microsoft => key("sign-in-microsoft"),
        Provider::Other => key("sign-in-other"),
    }
}

/// The provider that a mailbox most likely has.
pub(super) fn likely(mailbox: &Mailbox, state: &SignInState) -> Provider {
    if let Some((provider, _)) = state.signed_in {
        return provider;
    }
    if let Some((provider, _)) = &state.began {
        return *provider;
    }
    let address = mailbox.address.as_str();
    match address.rsplit('@').next().unwrap_or_default() {
        "gmail.com" | "googlemail.com" => Provider::Google,
        "outlook.com" | "hotmail.com" | "live.com" => Provider::Microsoft,
        _ => match state.apps.first() {
            Some(app) => app.provider,
            None => Provider::Microsoft,
        },
    }
}

/// What is done at the provider, in order.
pub(super) fn steps(t: &Texts, provider: Provider, redirect: &str) -> Vec<String> {
    let ids: &[&'static str] = match provider {
        Provider::Google => &[
            key("sign-in-google-1"),
            key("sign-in-google-2"),
            key("sign-in-google-3"),
            key("sign-in-google-4"),
        ],
        Provider::Microsoft => &[
            key("sign-in-microsoft-1"),
            key("sign-in-microsoft-2"),
            key("sign-in-microsoft-3"),
            key("sign-in-microsoft-4"),
            key("sign-in-microsoft-5"),
        ],
        Provider::Other => &[key("sign-in-other-1"), key("sign-in-other-2")],
    };
    ids.iter()
        .map(|id| t.arg(id, "redirect", redirect))
        .collect()
}

/// The fields of an app.
pub(super) fn form_card(
    t: &Texts,
    mailbox: MailboxId,
    provider: Provider,
    form: &Filled,
    faults: &Faults,
) -> FormCard {
    let field = |name: &'static str, label: &'static str, hint: &'static str| {
        Field::text(name, t.get(label))
            .value(form.text(name))
            .hint(t.get(hint))
            .faults(faults, t)
    };
    let secret = Field::password("client_secret", t.get("sign-in-secret"));
    let secret = secret.hint(if form.text("has_secret") == "true" {
        t.get("sign-in-secret-kept")
    } else {
        t.get("sign-in-secret-hint")
    });
    let card = FormCard::new(
        format!("{}/app", place_of(mailbox)),
        t.get("sign-in-app-save"),
    )
    .title(t.get("sign-in-fields-title"))
    .hidden("provider", provider.as_str())
    .field(field(
        "client_id",
        key("sign-in-client"),
        key("sign-in-client-hint"),
    ))
    .field(secret.autocomplete("new-password").faults(faults, t));
    match provider {
        Provider::Google => card,
        Provider::Microsoft => card.field(field(
            "tenant",
            key("sign-in-tenant"),
            key("sign-in-tenant-hint"),
        )),
        Provider::Other => OTHER_FIELDS
            .into_iter()
            .fold(card, |card, (name, label, hint)| {
                card.field(field(name, label, hint))
            }),
    }
}

/// What another provider is asked about: the field, its label and its hint.
const OTHER_FIELDS: [(&str, &str, &str); 7] = [
    (
        "authorize",
        key("sign-in-authorize"),
        key("sign-in-authorize-hint"),
    ),
    ("token", key("sign-in-token"), key("sign-in-token-hint")),
    ("device", key("sign-in-device"), key("sign-in-device-hint")),
    ("scopes", key("sign-in-scopes"), key("sign-in-scopes-hint")),
    ("host", key("fetching-host"), key("sign-in-host-hint")),
    (
        "sending_server",
        key("sign-in-sending-server"),
        key("sign-in-sending-server-hint"),
    ),
    (
        "mail_api",
        key("sign-in-mail-api"),
        key("sign-in-mail-api-hint"),
    ),
];

/// Why a sign-in failed, with what the provider said.
pub(in crate::page::settings) fn failure_words(t: &Texts, id: &str, detail: &str) -> String {
    let known = KNOWN.iter().find(|known| **known == id);
    let sentence = t.get(
        known
            .copied()
            .unwrap_or(key("sign-in-failure-not-understood")),
    );
    if detail.is_empty() {
        sentence
    } else {
        format!("{sentence} ({detail})")
    }
}

/// The ids that a sign-in gives its failures.
pub(in crate::page::settings) const KNOWN: [&str; 13] = [
    key("sign-in-failure-no-answer"),
    key("sign-in-failure-app"),
    key("sign-in-failure-redirect"),
    key("sign-in-failure-code"),
    key("sign-in-failure-declined"),
    key("sign-in-failure-needs-admin"),
    key("sign-in-failure-too-late"),
    key("sign-in-failure-withdrawn"),
    key("sign-in-failure-scope"),
    key("sign-in-failure-no-lasting-access"),
    key("sign-in-failure-no-device"),
    key("sign-in-failure-not-understood"),
    key("sign-in-failure-no-app"),
];
