//! The key that signs the mail of a domain.
//!
//! Owns: where it is kept, and from when on it signs. Must not know: cryptography.

use crate::cx::{Cx, Desk, Verb};
use crate::error::DeskError;
use crate::outbox::PostOffice;
use crate::postmaster::{KeyPair, SigningKey};
use crate::setting::{Known, keep, value};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use candor_domain::actor::Actor;
use candor_domain::permission::Permission;
use candor_store::Tx;
use serde::{Deserialize, Serialize};

/// A key as it is kept, encrypted like every secret.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct KeptKey {
    /// The name below the domain at which the public half stands.
    pub(super) selector: String,
    /// The private half in base64.
    private: String,
    /// The public half in base64.
    pub(super) public: String,
}

/// The setting that holds the key of a domain.
fn key_name(domain: &str) -> String {
    format!("signing.{domain}")
}

/// The setting that says whether its record was seen.
fn seen_name(domain: &str) -> String {
    format!("signing.{domain}.seen")
}

const fn secret(name: &str) -> Known<'_> {
    Known {
        name,
        default: "",
        secret: true,
    }
}

const fn open(name: &str) -> Known<'_> {
    Known {
        name,
        default: "",
        secret: false,
    }
}

pub(super) fn kept_key(
    tx: &mut Tx<'_>,
    cx: &Cx,
    domain: &str,
) -> Result<Option<KeptKey>, DeskError> {
    let kept = value(tx, cx, &secret(&key_name(domain)))?;
    if kept.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&kept)
        .map(Some)
        .map_err(|error| DeskError::Internal(format!("the signing key of {domain}: {error}")))
}

/// Whether the domain's mail is signed.
pub(super) fn signs(tx: &mut Tx<'_>, cx: &Cx, domain: &str) -> Result<bool, DeskError> {
    Ok(value(tx, cx, &open(&seen_name(domain)))? == "yes")
}

/// From now on the domain's mail is signed.
pub(super) fn begin_to_sign(tx: &mut Tx<'_>, cx: &Cx, domain: &str) -> Result<(), DeskError> {
    keep(tx, cx, &open(&seen_name(domain)), "yes")
}

/// The key that signs the domain's mail; `None` where it goes out unsigned.
pub(crate) fn signing_key(
    tx: &mut Tx<'_>,
    cx: &Cx,
    domain: &str,
) -> Result<Option<SigningKey>, DeskError> {
    if !signs(tx, cx, domain)? {
        return Ok(None);
    }
    let Some(kept) = kept_key(tx, cx, domain)? else {
        return Ok(None);
    };
    let private_der = STANDARD
        .decode(&kept.private)
        .map_err(|error| DeskError::Internal(format!("the signing key of {domain}: {error}")))?;
    Ok(Some(SigningKey {
        domain: domain.to_owned(),
        selector: kept.selector,
        private_der,
    }))
}

/// Makes a key for a domain and keeps it in place of an earlier one.
///
/// # Errors
/// `NotAllowed`; `NotFound` for a domain that no mailbox is at; `Internal` where no key can be made.
pub async fn make_signing_key(
    desk: &Desk,
    actor: &Actor,
    office: &PostOffice,
    domain: &str,
) -> Result<(), DeskError> {
    desk.ask(actor, super::page::OurDomain(domain.to_owned()))
        .await?;
    let pair = office.postmaster.make_key().await;
    let pair = pair.map_err(DeskError::Internal)?;
    let domain = domain.to_owned();
    desk.run(actor, KeepSigningKey { domain, pair }).await
}

/// Keeps a key for a domain. Its mail is signed once the record was seen.
pub struct KeepSigningKey {
    /// The domain.
    pub domain: String,
    /// The key.
    pub pair: KeyPair,
}

impl Verb for KeepSigningKey {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        super::page::our_domain(tx, &self.domain)?;
        let kept = KeptKey {
            // A name of its own for each key: the record of an earlier one may stay until no mail
            // that it signed is on its way any more.
            selector: format!("candor-{}", hex::encode(&cx.random("selector")[..3])),
            private: STANDARD.encode(&self.pair.private_der),
            public: STANDARD.encode(&self.pair.public_der),
        };
        let text =
            serde_json::to_string(&kept).map_err(|error| DeskError::Internal(error.to_string()))?;
        keep(tx, cx, &open(&seen_name(&self.domain)), "")?;
        keep(tx, cx, &secret(&key_name(&self.domain)), &text)
    }
}

/// Forgets the key of a domain; its mail goes out unsigned.
pub struct DropSigningKey {
    /// The domain.
    pub domain: String,
}

impl Verb for DropSigningKey {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        keep(tx, cx, &open(&seen_name(&self.domain)), "")?;
        keep(tx, cx, &secret(&key_name(&self.domain)), "")
    }
}
