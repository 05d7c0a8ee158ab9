//! Looking at the DNS of a domain.
//!
//! Owns: which questions are asked, and that what was found is remembered. Must not know: what a
//! record should say.

use super::key::{begin_to_sign, kept_key, signs};
use super::page::{OurDomain, SendingDomains};
use super::record::{self, RecordState};
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use crate::outbox::PostOffice;
use crate::postmaster::NoAnswer;
use candor_domain::actor::Actor;
use candor_domain::permission::Permission;
use candor_store::Tx;
use candor_store::sending_domain::DomainLook;
use serde::{Deserialize, Serialize};

/// What stood at one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// These texts or names; none where nothing stood there.
    Found(Vec<String>),
    /// Nobody answered.
    NoAnswer,
}

/// What stood in the DNS about a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// At the name of the key.
    pub key: Sight,
    /// At the domain itself.
    pub domain: Sight,
    /// At the name of the domain's rule for mail.
    pub rule: Sight,
    /// The servers that take its mail.
    pub servers: Sight,
}

impl From<Result<Vec<String>, NoAnswer>> for Sight {
    fn from(answer: Result<Vec<String>, NoAnswer>) -> Self {
        answer.map_or(Self::NoAnswer, Self::Found)
    }
}

/// Looks at the DNS of a domain and remembers what stands there.
///
/// # Errors
/// `NotAllowed`; `NotFound` for a domain that no mailbox is at.
pub async fn look_at(
    desk: &Desk,
    actor: &Actor,
    office: &PostOffice,
    domain: &str,
) -> Result<(), DeskError> {
    let selector = desk
        .ask(actor, SelectorOf(OurDomain(domain.to_owned())))
        .await?;
    let dns = office.postmaster.as_ref();
    let key = match selector {
        Some(selector) => dns.texts(&record::key_name(&selector, domain)).await.into(),
        None => Sight::Found(Vec::new()),
    };
    let look = Look {
        key,
        domain: dns.texts(domain).await.into(),
        rule: dns.texts(&record::rule_name(domain)).await.into(),
        servers: dns.mail_servers(domain).await.into(),
    };
    let domain = domain.to_owned();
    desk.run(actor, KeepLook { domain, look }).await
}

/// Looks at every domain whose key waits for its record, so that signing begins by itself.
///
/// # Errors
/// `Unavailable` when nothing can be stored.
pub async fn look_at_all(desk: &Desk, office: &PostOffice) -> Result<(), DeskError> {
    let relay = office.relay.clone();
    let domains = desk.ask(&Actor::System, SendingDomains { relay }).await?;
    for domain in domains {
        if domain.has_key && !domain.signs {
            look_at(desk, &Actor::System, office, &domain.domain).await?;
        }
    }
    Ok(())
}

struct SelectorOf(OurDomain);

impl Query for SelectorOf {
    type Output = Option<String>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        self.0.read(tx, cx)?;
        Ok(kept_key(tx, cx, &self.0.0)?.map(|key| key.selector))
    }
}

/// Remembers what was found. It is no change that people made, so the history hears of it only when
/// signing begins.
struct KeepLook {
    domain: String,
    look: Look,
}

impl Verb for KeepLook {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        let found = serde_json::to_string(&self.look)
            .map_err(|error| DeskError::Internal(error.to_string()))?;
        let looked_at = cx.now();
        tx.keep_domain_look(&self.domain, &DomainLook { looked_at, found })?;
        let Some(key) = kept_key(tx, cx, &self.domain)? else {
            return Ok(());
        };
        let stands = record::key_state(&key.public, &self.look.key) == RecordState::Good;
        if stands && !signs(tx, cx, &self.domain)? {
            begin_to_sign(tx, cx, &self.domain)?;
        }
        Ok(())
    }
}

/// What the last look found; a shape that this version does not know counts as no look.
pub(super) fn read_look(
    tx: &mut Tx<'_>,
    domain: &str,
) -> Result<Option<(DomainLook, Look)>, DeskError> {
    let Some(kept) = tx.domain_look(domain)? else {
        return Ok(None);
    };
    let look = serde_json::from_str(&kept.found).ok();
    Ok(look.map(|look| (kept, look)))
}
