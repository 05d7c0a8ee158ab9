//! From a database address to how its server is reached.
//!
//! Owns: what `sslmode` and `sslrootcert` in the address mean, and the connection's TLS. Must not
//! know: pools, statements.
//!
//! There are two ways: in the clear (nothing said, `disable`, `allow`, `prefer`), and TLS with a
//! certificate that is checked (`require`, `verify-ca`, `verify-full`). TLS that believes every
//! certificate, which is what `require` alone means elsewhere, stops nobody who sits in between.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::{ErrorKind, StoreError};

/// How a server is reached.
#[derive(Clone)]
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) tls: MakeRustlsConnect,
}

/// What is wrong with an address, beside what the driver finds.
#[derive(Debug, thiserror::Error)]
enum AddressError {
    #[error(
        "sslmode={0} is not known; write require for TLS with a checked certificate, or disable"
    )]
    Mode(String),
    #[error("the file of sslrootcert, {}, holds no certificate that can be read", .0.display())]
    Roots(PathBuf),
}

impl Address {
    /// Reads `postgres://USER:PASSWORD@HOST/NAME?sslmode=require&sslrootcert=FILE`.
    pub(super) fn parse(url: &str) -> Result<Self, StoreError> {
        let (place, options) = url.split_once('?').unwrap_or((url, ""));
        let (mut is_private, mut roots, mut rest) = (false, None, Vec::new());
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslmode", mode)) => is_private = read_mode(mode)?,
                Some(("sslrootcert", file)) => roots = Some(PathBuf::from(file)),
                _ => rest.push(option),
            }
        }
        let mut config: Config = format!("{place}?{}", rest.join("&"))
            .parse()
            .map_err(|error| StoreError::postgres("read the database address", error))?;
        config.ssl_mode(if is_private {
            SslMode::Require
        } else {
            SslMode::Disable
        });
        let tls = MakeRustlsConnect::new(client(trusted(roots)?));
        Ok(Self { config, tls })
    }
}

fn read_mode(mode: &str) -> Result<bool, StoreError> {
    match mode {
        "disable" | "allow" | "prefer" => Ok(false),
        "require" | "verify-ca" | "verify-full" => Ok(true),
        other => Err(refused(AddressError::Mode(other.to_owned()))),
    }
}

/// The certificate authorities of the public web, or those of a file in their place.
fn trusted(file: Option<PathBuf>) -> Result<RootCertStore, StoreError> {
    let mut roots = RootCertStore::empty();
    let Some(file) = file else {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        return Ok(roots);
    };
    let unreadable = || refused(AddressError::Roots(file.clone()));
    let found = CertificateDer::pem_file_iter(&file).map_err(|_| unreadable())?;
    for certificate in found {
        let certificate = certificate.map_err(|_| unreadable())?;
        roots.add(certificate).map_err(|_| unreadable())?;
    }
    if roots.is_empty() {
        return Err(unreadable());
    }
    Ok(roots)
}

fn client(roots: RootCertStore) -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

fn refused(error: AddressError) -> StoreError {
    StoreError::with("read the database address", ErrorKind::Broken, error)
}

#[cfg(test)]
mod tests;
