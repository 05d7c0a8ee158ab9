//! Where the account at the authority and the certificate are kept.
//!
//! Owns: files that only we can read, or the database, encrypted, where several nodes share it.
//! Must not know: what they are.

use crate::config::Config;
use anyhow::{Context, Result};
use candor_desk::Desk;
use candor_desk::certificate::{CertificateSecret, KeepCertificateSecret};
use candor_domain::actor::Actor;
use candor_store::DatabaseUrl;
use std::io::ErrorKind;
use std::path::PathBuf;

/// The account.
pub(super) const ACCOUNT: &str = "acme-account.json";
/// The key of the certificate, then its chain.
pub(super) const CERTIFICATE: &str = "acme-certificate.pem";

/// Where they are kept.
pub(super) enum Vault {
    Folder(PathBuf),
    Shared(Desk),
}

impl Vault {
    pub(super) fn of(config: &Config, desk: &Desk, folder: PathBuf) -> Self {
        match config.database {
            DatabaseUrl::Sqlite(_) => Self::Folder(folder),
            DatabaseUrl::Postgres(_) => Self::Shared(desk.clone()),
        }
    }

    pub(super) async fn get(&self, name: &'static str) -> Result<Option<String>> {
        match self {
            Self::Folder(folder) => match std::fs::read_to_string(folder.join(name)) {
                Ok(text) => Ok(Some(text)),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error).with_context(|| format!("{name} cannot be read")),
            },
            Self::Shared(desk) => Ok(desk.ask(&Actor::System, CertificateSecret(name)).await?),
        }
    }

    pub(super) async fn put(&self, name: &'static str, secret: &str) -> Result<()> {
        match self {
            Self::Folder(folder) => candor_post::write_private(&folder.join(name), secret)
                .with_context(|| format!("{name} cannot be written")),
            Self::Shared(desk) => {
                let secret = secret.to_owned();
                let keep = KeepCertificateSecret { name, secret };
                Ok(desk.run(&Actor::System, keep).await?)
            }
        }
    }
}
