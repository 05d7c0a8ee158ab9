//! Whether the sender of a mail is who it claims to be.
//!
//! Owns: when it is asked, whom we believe, and what a mail may do whose sender nobody vouches for.
//! Must not know: SPF, DKIM and DMARC themselves, the DNS.
//!
//! Mail that another computer hands to us is checked here. Mail that comes by way of a server in
//! front of us (a provider's inbox, a filter) is believed as that server says, and only as far as
//! somebody named it in the settings. The check happens when a mail is understood, long after it was
//! accepted: nothing is lost to a DNS that does not answer.

mod setup;

pub use candor_mail::{PassedOn, Vouched};
pub use candor_store::sender_check::SenderCheck;
pub use setup::{ChangeSenderCheck, SenderCheckSetUp, SenderChecking};

use crate::cx::{Cx, Desk};
use crate::error::DeskError;
use crate::journal;
use crate::postmaster::{Arrival, Postmaster};
use candor_domain::actor::Actor;
use candor_domain::id::MessageId;
use candor_domain::record::Recorded;
use candor_mail::{Evidence, IncomingMessage, front_evidence};
use candor_store::Tx;
use candor_store::intake::Incoming;
use serde_json::json;
use std::net::IpAddr;

/// What was found out about the sender of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checked {
    pub(crate) vouched: Vouched,
    found: String,
    /// The domain that is vouched for, and whether strongly enough to act for the team.
    signed: Option<String>,
}

impl Checked {
    /// What we found out ourselves, and what forwarders say whom somebody named in the settings. A
    /// mail that was passed on never acts for the team.
    fn with_forwarders(evidence: Evidence, forwarders: &[String]) -> Self {
        let passed_on = evidence.passed_on.as_ref();
        let vouches = passed_on.is_some_and(|chain| chain.vouches(forwarders));
        let mut checked = Self::from(evidence);
        if vouches && checked.vouched != Vouched::Verified {
            checked.vouched = Vouched::PassedOn;
            checked.signed = None;
        }
        checked
    }
}

impl From<Evidence> for Checked {
    fn from(evidence: Evidence) -> Self {
        Self {
            vouched: evidence.vouched(),
            signed: evidence
                .is_signed()
                .then(|| evidence.from_domain.to_ascii_lowercase()),
            found: evidence.in_words(),
        }
    }
}

/// Asks about the sender of a mail that another computer handed to us; `None` where that is not
/// ours to ask.
pub(crate) async fn check_arrival(
    desk: &Desk,
    postmaster: &dyn Postmaster,
    incoming: &Incoming,
    raw: &[u8],
) -> Result<Option<Checked>, DeskError> {
    let Some(peer) = outside(&incoming.peer) else {
        return Ok(None);
    };
    let set = desk.ask(&Actor::Mail, SenderCheckSetUp).await?;
    if !set.checks {
        return Ok(None);
    }
    let arrival = Arrival {
        peer,
        hello: incoming.hello.clone(),
        mail_from: incoming.mail_from.clone(),
    };
    let evidence = postmaster.evidence(&arrival, raw).await;
    Ok(Some(Checked::with_forwarders(evidence, &set.forwarders)))
}

/// What a server in front of us says about the sender, where one is named in the settings.
pub(crate) async fn check_front(
    desk: &Desk,
    message: &IncomingMessage,
) -> Result<Option<Checked>, DeskError> {
    let Some(header) = message.header("authentication-results") else {
        return Ok(None);
    };
    let fronts = desk.ask(&Actor::Mail, SenderCheckSetUp).await?.fronts;
    let from = message.from.as_ref().map(|from| from.address.domain());
    let evidence = front_evidence(header, &fronts, from.unwrap_or_default());
    Ok(evidence.map(Checked::from))
}

/// The address of a computer outside of our own network. One inside passes on what others sent.
fn outside(peer: &str) -> Option<IpAddr> {
    let address: IpAddr = peer.parse().ok()?;
    let inside = match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    };
    (!inside).then_some(address)
}

impl Checked {
    /// Whether somebody else wrote under the sender's address.
    pub(crate) fn is_forged(&self) -> bool {
        self.vouched == Vouched::Forged
    }

    /// Whether the domain of an address stands behind the mail by its own rule or signature.
    pub(crate) fn is_surely_of(&self, domain: &str) -> bool {
        let signed = self.signed.as_deref();
        signed.is_some_and(|signed| signed.eq_ignore_ascii_case(domain))
    }

    /// What was found, for whoever wants to know why.
    pub(crate) fn in_words(&self) -> &str {
        &self.found
    }
}

/// Whether a mail may speak as the person whose address it bears. With a token of ours a mail of
/// ours reached its sender; that outweighs a domain that vouches for nobody, but no forgery.
pub(crate) fn may_speak(checked: Option<&Checked>, has_token: bool) -> bool {
    match checked.map(|checked| checked.vouched) {
        None | Some(Vouched::Verified | Vouched::PassedOn | Vouched::Unknown) => true,
        Some(Vouched::Unverified) => has_token,
        Some(Vouched::Forged) => false,
    }
}

/// Keeps what was found beside the message that the mail became.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mail: &dyn Recorded,
    message: MessageId,
    checked: &Checked,
) -> Result<(), DeskError> {
    let vouched = checked.vouched.as_str();
    tx.add_sender_check(&SenderCheck {
        message,
        vouched: vouched.to_owned(),
        found: checked.found.clone(),
    })?;
    // The word alone: what was found names domains of people.
    let event = json!({ "message": message, "sender": vouched });
    journal::record(tx, cx, "mail.sender_checked", event, &[mail])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(vouched: Vouched) -> Checked {
        Checked {
            vouched,
            found: String::new(),
            signed: None,
        }
    }

    #[test]
    fn a_computer_of_our_own_network_is_not_checked() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.9",
            "::1",
            "fd00::1",
            "",
            "-",
        ] {
            assert_eq!(outside(inside), None, "{inside}");
        }
        for other in ["192.0.2.1", "2001:db8::1"] {
            assert!(outside(other).is_some(), "{other}");
        }
    }

    #[test]
    fn a_forgery_never_speaks_and_a_token_helps_the_unverified() {
        assert!(may_speak(None, false));
        assert!(may_speak(Some(&found(Vouched::Verified)), false));
        assert!(may_speak(Some(&found(Vouched::Unknown)), false));
        assert!(!may_speak(Some(&found(Vouched::Unverified)), false));
        assert!(may_speak(Some(&found(Vouched::Unverified)), true));
        assert!(!may_speak(Some(&found(Vouched::Forged)), true));
    }
}
