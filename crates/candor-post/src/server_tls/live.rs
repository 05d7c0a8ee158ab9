//! A certificate in use that may be another in the next moment.
//!
//! Owns: who gets which certificate at a handshake, from when until when it is good. Must not know:
//! where it comes from.

use super::ServerTlsError;
use jiff::Timestamp;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use x509_cert::der::Decode as _;

/// From when until when a certificate is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

impl Validity {
    /// Reads it from the first certificate of a PEM text.
    ///
    /// # Errors
    /// When there is none that can be read.
    pub fn of_pem(text: &str) -> Result<Self, ServerTlsError> {
        let none = |error: String| ServerTlsError::NoCertificate(error);
        let der = CertificateDer::from_pem_slice(text.as_bytes())
            .map_err(|error| none(error.to_string()))?;
        let read = x509_cert::Certificate::from_der(&der);
        let validity = read.map_err(|error| none(error.to_string()))?;
        let validity = validity.tbs_certificate.validity;
        let at = |time: x509_cert::time::Time| {
            let second = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
            Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
        };
        Ok(Self {
            from: at(validity.not_before),
            until: at(validity.not_after),
        })
    }
}

/// The certificate that every handshake from now on shows.
#[derive(Debug, Default)]
pub struct LiveCertificate {
    key: RwLock<Option<Arc<CertifiedKey>>>,
}

impl LiveCertificate {
    /// Puts a key and its chain, together in one PEM text, into use.
    ///
    /// # Errors
    /// When they cannot be read or do not fit together; the one before stays in use.
    pub fn set_pem(&self, text: &str) -> Result<(), ServerTlsError> {
        let none =
            |error: rustls::pki_types::pem::Error| ServerTlsError::NoCertificate(error.to_string());
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(text.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(none)?;
        let secret = PrivateKeyDer::from_pem_slice(text.as_bytes()).map_err(none)?;
        self.set(chain, secret)
    }

    /// Puts the certificate of two PEM files into use.
    ///
    /// # Errors
    /// Names the file that cannot be read; the certificate before stays in use.
    pub fn read_files(&self, certificate: &Path, key: &Path) -> Result<(), ServerTlsError> {
        let unreadable = |path: &Path, reason: String| ServerTlsError::Unreadable {
            path: path.to_owned(),
            reason,
        };
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
            .and_then(Iterator::collect)
            .map_err(|error| unreadable(certificate, error.to_string()))?;
        let secret = PrivateKeyDer::from_pem_file(key)
            .map_err(|error| unreadable(key, error.to_string()))?;
        self.set(chain, secret)
    }

    fn set(
        &self,
        chain: Vec<CertificateDer<'static>>,
        secret: PrivateKeyDer<'static>,
    ) -> Result<(), ServerTlsError> {
        let key = CertifiedKey::from_der(chain, secret, &ring::default_provider())?;
        *self.key.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(key));
        Ok(())
    }
}

impl ResolvesServerCert for LiveCertificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.key
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

pub(super) fn config(live: &Arc<LiveCertificate>, protocols: &[&[u8]]) -> Arc<ServerConfig> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the ring provider knows TLS 1.2 and 1.3")
        .with_no_client_auth()
        .with_cert_resolver(Arc::clone(live) as Arc<dyn ResolvesServerCert>);
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    Arc::new(config)
}

/// TLS for pages: HTTP/2 where the browser speaks it, else HTTP/1.1.
pub fn pages_config(live: &Arc<LiveCertificate>) -> Arc<ServerConfig> {
    config(live, &[b"h2", b"http/1.1"])
}
