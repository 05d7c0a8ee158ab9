//! The part of a form that opens an account at a provider, to fetch and to send.
//!
//! Owns: its fields and their order. Must not know: what the account is for.

use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::filled::Filled;
use crate::part::{Choice, Field, FormCard};

/// A form that is being built: its texts, what was filled in, what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct AccountForm<'a> {
    pub(super) t: &'a Texts,
    pub(super) form: &'a Filled,
    pub(super) faults: &'a Faults,
}

/// The texts that differ.
pub(super) struct AccountWords {
    /// The choice to open it with a password.
    pub(super) login_password: &'static str,
    /// Which password, while none is kept.
    pub(super) password_hint: &'static str,
    /// An example of a server.
    pub(super) host_hint: &'static str,
    /// The protections, the usual one first, as value and text.
    pub(super) tls: [(&'static str, &'static str); 3],
}

impl AccountForm<'_> {
    /// A line of text.
    pub(super) fn text(self, name: &'static str, label: &str) -> Field {
        Field::text(name, self.t.get(label))
            .value(self.form.text(name))
            .faults(self.faults, self.t)
    }

    /// One of a few, each a value and its text.
    pub(super) fn choice(
        self,
        name: &'static str,
        label: &str,
        choices: &[(&str, &'static str)],
    ) -> Field {
        let choices = choices
            .iter()
            .map(|(value, words)| Choice::new(*value, self.t.get(words)));
        Field::choice(name, self.t.get(label), choices.collect())
            .value(self.form.text(name))
            .faults(self.faults, self.t)
    }

    /// The fields that open the account.
    pub(super) fn opening(self, card: FormCard, words: &AccountWords) -> FormCard {
        let t = self.t;
        let kept = self.form.text("has_password") == "true";
        let password_hint = if kept {
            key("outgoing-password-kept")
        } else {
            words.password_hint
        };
        let logins = [
            ("password", words.login_password),
            ("sign_in", key("fetching-login-sign-in")),
        ];
        let password = Field::password("password", t.get("fetching-password"))
            .hint(t.get(password_hint))
            .autocomplete("new-password")
            .faults(self.faults, t);
        let user = self.text("user", key("fetching-user"));
        let host = self.text("host", key("fetching-host"));
        card.field(user.hint(t.get("fetching-user-hint")))
            .field(self.choice("login", key("fetching-login"), &logins))
            .field(password)
            .field(host.hint(t.get(words.host_hint)))
            .field(self.text("port", key("outgoing-port")))
            .field(self.choice("tls", key("outgoing-tls"), &words.tls))
    }
}
