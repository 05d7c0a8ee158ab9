//! TLS towards a mail server.
//!
//! Owns: which certificate authorities count, and naming what is wrong with a certificate.
//! Must not know: SMTP, IMAP.

use std::io;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, Error, InvalidMessage, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::reach::ReachFailure;
use crate::sender::failure::{ConnectProblem, TlsProblem};

/// Protects the stream and verifies that the server is who it should be. `extra_roots` are
/// further certificate authorities to trust, as PEM.
pub(crate) async fn protect(
    host: &str,
    extra_roots: Option<&str>,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, ReachFailure> {
    let config = config(extra_roots)?;
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| ReachFailure::Connect(ConnectProblem::NoSuchHost))?;
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .map_err(|error| diagnose(&error))
}

pub(crate) fn config(extra_roots: Option<&str>) -> Result<ClientConfig, ReachFailure> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    if let Some(pem) = extra_roots {
        let extra: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
        let extra = extra.unwrap_or_default();
        let (added, _) = roots.add_parsable_certificates(extra);
        if added == 0 {
            return Err(ReachFailure::Tls(TlsProblem::BadRoots));
        }
    }
    Ok(
        ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the ring provider knows TLS 1.2 and 1.3")
            .with_root_certificates(roots)
            .with_no_client_auth(),
    )
}

fn diagnose(error: &io::Error) -> ReachFailure {
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>());
    let problem = match inner {
        Some(Error::InvalidCertificate(certificate)) => certificate_problem(certificate),
        // A greeting in the clear is what rustls finds where a TLS record should start.
        Some(Error::InvalidMessage(InvalidMessage::InvalidContentType)) => {
            TlsProblem::ExpectsStartTls
        }
        Some(other) => TlsProblem::Other(other.to_string()),
        None => return ReachFailure::Connect(ConnectProblem::Broken),
    };
    ReachFailure::Tls(problem)
}

fn certificate_problem(error: &CertificateError) -> TlsProblem {
    match error {
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => TlsProblem::OutOfDate,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            TlsProblem::WrongName
        }
        CertificateError::UnknownIssuer => TlsProblem::UnknownIssuer,
        // A self-signed certificate that is not marked as an authority is reported this way.
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            TlsProblem::UnknownIssuer
        }
        other => TlsProblem::Other(other.to_string()),
    }
}
