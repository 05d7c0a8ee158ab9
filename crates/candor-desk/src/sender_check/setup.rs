//! How senders are checked.
//!
//! Owns: the three settings. Must not know: what a check is.

use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::setting::{Known, keep, value};
use candor_domain::actor::Actor;
use candor_domain::permission::Permission;
use candor_store::Tx;

const CHECKS: Known<'static> = Known {
    name: "sender_check.on",
    default: "yes",
    secret: false,
};
const FRONTS: Known<'static> = Known {
    name: "sender_check.fronts",
    default: "",
    secret: false,
};
const FORWARDERS: Known<'static> = Known {
    name: "sender_check.forwarders",
    default: "",
    secret: false,
};
/// Servers in front of us, or forwarders, that somebody may name.
const MOST_FRONTS: usize = 20;

/// How senders are checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderChecking {
    /// Whether mail that comes straight to this desk is checked.
    pub checks: bool,
    /// The names under which servers in front of us write down what they found.
    pub fronts: Vec<String>,
    /// The domains that are believed about mail that they pass on and seal.
    pub forwarders: Vec<String>,
}

/// How senders are checked, for the settings and for mail.
pub struct SenderCheckSetUp;

impl Query for SenderCheckSetUp {
    type Output = SenderChecking;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SenderChecking, DeskError> {
        if !matches!(cx.actor, Actor::Mail) {
            cx.may_at_all(Permission::ManageMailboxes)?;
        }
        let names = |text: String| text.split_whitespace().map(str::to_owned).collect();
        Ok(SenderChecking {
            checks: value(tx, cx, &CHECKS)? == "yes",
            fronts: names(value(tx, cx, &FRONTS)?),
            forwarders: names(value(tx, cx, &FORWARDERS)?),
        })
    }
}

/// Changes how senders are checked.
pub struct ChangeSenderCheck {
    /// Whether mail that comes straight to this desk is checked.
    pub checks: bool,
    /// The names of servers in front of us, with blanks or commas between.
    pub fronts: String,
    /// The domains of trusted forwarders, with blanks or commas between.
    pub forwarders: String,
}

impl Verb for ChangeSenderCheck {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let mut check = Check::default();
        let fronts = names_in(&self.fronts);
        if fronts.is_none() {
            let words = "write the names of servers, such as mx.google.com";
            check.refuse("fronts", "error-fronts", words);
        }
        let forwarders = names_in(&self.forwarders);
        if forwarders.is_none() {
            let words = "write domains, such as lists.example.org";
            check.refuse("forwarders", "error-forwarders", words);
        }
        check.done()?;
        keep(tx, cx, &CHECKS, if self.checks { "yes" } else { "no" })?;
        keep(tx, cx, &FRONTS, &fronts.unwrap_or_default())?;
        keep(tx, cx, &FORWARDERS, &forwarders.unwrap_or_default())
    }
}

/// Names with blanks between; `None` where one is none, or where there are too many.
fn names_in(text: &str) -> Option<String> {
    let names = text.split(|c: char| c.is_whitespace() || c == ',');
    let names: Vec<String> = names
        .filter(|name| !name.is_empty())
        .map(str::to_lowercase)
        .collect();
    let fits = |name: &String| {
        let letter = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
        name.len() <= 253 && name.chars().all(letter)
    };
    (names.len() <= MOST_FRONTS && names.iter().all(fits)).then(|| names.join(" "))
}
