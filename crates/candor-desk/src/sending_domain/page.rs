//! Our domains as their page shows them.
//!
//! Owns: which domains are ours. Must not know: HTML.

use super::key::{kept_key, signs};
use super::look::read_look;
use super::record::{Record, Wanted, records};
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::outbox::Relay;
use crate::setting::OutgoingSettings;
use candor_domain::permission::Permission;
use candor_store::Tx;
use jiff::Timestamp;

/// A domain that we send from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendingDomain {
    /// The domain.
    pub domain: String,
    /// Whether there is a key for it.
    pub has_key: bool,
    /// Whether its mail is signed.
    pub signs: bool,
    /// When the DNS was last looked at.
    pub looked_at: Option<Timestamp>,
    /// What should stand in the DNS, and whether it does.
    pub records: Vec<Record>,
}

/// Every domain of an active mailbox, by name.
pub struct SendingDomains {
    /// The mail server where the settings name none.
    pub relay: Option<Relay>,
}

impl Query for SendingDomains {
    type Output = Vec<SendingDomain>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        let set = OutgoingSettings::read(tx, cx)?.relay();
        let relay = set.or_else(|| self.relay.clone());
        let mut found: Vec<SendingDomain> = Vec::new();
        for mailbox in tx.mailboxes()?.into_iter().filter(|mailbox| mailbox.active) {
            let domain = mailbox.address.domain().to_owned();
            if found.iter().any(|known| known.domain == domain) {
                continue;
            }
            let key = kept_key(tx, cx, &domain)?;
            let look = read_look(tx, &domain)?;
            let wanted = Wanted {
                domain: &domain,
                key: key
                    .as_ref()
                    .map(|key| (key.selector.as_str(), key.public.as_str())),
                relay: relay.as_ref().map(|relay| relay.host.as_str()),
                reports_to: mailbox.address.as_str(),
            };
            found.push(SendingDomain {
                records: records(&wanted, look.as_ref().map(|(_, look)| look)),
                looked_at: look.map(|(kept, _)| kept.looked_at),
                has_key: key.is_some(),
                signs: signs(tx, cx, &domain)?,
                domain,
            });
        }
        found.sort_by(|a, b| a.domain.cmp(&b.domain));
        Ok(found)
    }
}

/// Refuses a domain that no active mailbox is at.
pub(super) fn our_domain(tx: &mut Tx<'_>, domain: &str) -> Result<(), DeskError> {
    let mut mailboxes = tx.mailboxes()?.into_iter();
    let ours = mailboxes.any(|mailbox| mailbox.active && mailbox.address.domain() == domain);
    ours.then_some(()).ok_or(DeskError::NotFound("domain"))
}

/// Whether the actor may set up this domain.
pub(super) struct OurDomain(pub(super) String);

impl Query for OurDomain {
    type Output = ();

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        our_domain(tx, &self.0)
    }
}
