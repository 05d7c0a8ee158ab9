//! What the binary keeps for its talk with the authority.
//!
//! Owns: answers that the authority fetches, keys that several nodes share (encrypted, under a key
//! outside the database), and that one node asks at a time. Must not know: what a certificate is.

use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::fetch::only_the_desk;
use crate::setting::{open_secret, seal_secret};
use candor_store::{Engine, Tx};
use jiff::SignedDuration;

/// For how long a node may ask without saying so again: longer than any talk lasts.
const LEASE: SignedDuration = SignedDuration::from_mins(10);
const LEASE_NAME: &str = "certificate";
/// A longer token is none.
const LONGEST_TOKEN: usize = 200;

/// What an authority gets that asks for a token. Anybody may: it is public.
#[derive(Debug, Clone)]
pub struct ChallengeAnswer {
    /// The token.
    pub token: String,
}

impl Query for ChallengeAnswer {
    type Output = Option<String>;
    fn read(&self, tx: &mut Tx<'_>, _: &Cx) -> Result<Self::Output, DeskError> {
        if self.token.len() > LONGEST_TOKEN {
            return Ok(None);
        }
        Ok(tx.challenge_answer(&self.token)?)
    }
}

/// Puts an answer where the authority looks.
#[derive(Debug, Clone)]
pub struct PutChallenge {
    /// The token.
    pub token: String,
    /// The answer.
    pub answer: String,
}

impl Verb for PutChallenge {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        Ok(tx.keep_challenge_answer(&self.token, &self.answer, cx.now())?)
    }
}

/// Takes the answers away once the authority has looked.
#[derive(Debug, Clone, Copy)]
pub struct DropChallenges;

impl Verb for DropChallenges {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        Ok(tx.drop_challenge_answers()?)
    }
}

fn sealed_as(name: &str) -> String {
    format!("certificate.{name}")
}

/// A secret that several nodes share.
#[derive(Debug, Clone, Copy)]
pub struct CertificateSecret(pub &'static str);

impl Query for CertificateSecret {
    type Output = Option<String>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        only_the_desk(cx)?;
        let kept = tx.certificate_item(self.0)?;
        kept.map(|sealed| open_secret(cx, &sealed_as(self.0), &sealed))
            .transpose()
    }
}

/// Keeps it, encrypted. Its `Debug` shows nothing of it.
#[derive(Clone)]
pub struct KeepCertificateSecret {
    /// Its name.
    pub name: &'static str,
    /// The secret.
    pub secret: String,
}

impl std::fmt::Debug for KeepCertificateSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeepCertificateSecret({})", self.name)
    }
}

impl Verb for KeepCertificateSecret {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        let sealed = seal_secret(cx, &sealed_as(self.name), &self.secret)?;
        Ok(tx.keep_certificate_item(self.name, &sealed)?)
    }
}

/// Takes or renews the right to ask; false while another node has it.
#[derive(Debug, Clone)]
pub struct TakeCertificateLease {
    /// Who asks.
    pub holder: String,
}

impl Verb for TakeCertificateLease {
    type Output = bool;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        only_the_desk(cx)?;
        // One process serves a SQLite file; it need not wait for the lease of the one before.
        if tx.engine() == Engine::Sqlite {
            return Ok(true);
        }
        Ok(tx.take_lease(LEASE_NAME, &self.holder, cx.now(), cx.now() + LEASE)?)
    }
}

/// Gives that right back: the next question may come from any node, also from this one after a
/// restart.
#[derive(Debug, Clone)]
pub struct LeaveCertificateLease {
    /// Who had it.
    pub holder: String,
}

impl Verb for LeaveCertificateLease {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        if tx.engine() == Engine::Postgres {
            tx.take_lease(LEASE_NAME, &self.holder, cx.now(), cx.now())?;
        }
        Ok(())
    }
}
