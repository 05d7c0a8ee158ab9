//! Certificates and keys of listeners.
//!
//! Owns: reading them, making our own where none is given, and putting a renewed one into use.
//! Must not know: the dialogue that TLS protects, how a certificate is got.

mod door;
mod live;

pub use door::{SecureDoor, SecureStream};
pub use live::{LiveCertificate, Validity, pages_config};

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::ServerConfig;
use tokio_rustls::TlsAcceptor;

const CERTIFICATE_FILE: &str = "smtp-certificate.pem";
const KEY_FILE: &str = "smtp-key.pem";

/// Why there is no usable certificate.
#[derive(Debug, thiserror::Error)]
pub enum ServerTlsError {
    /// A file cannot be read as PEM.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// In whose words.
        reason: String,
    },
    /// It is no certificate that can be read.
    #[error("the certificate cannot be read: {0}")]
    NoCertificate(String),
    /// The files are readable and do not fit together.
    #[error("the certificate and its key cannot be used: {0}")]
    Unusable(#[from] rustls::Error),
    /// No certificate could be made.
    #[error("cannot make a certificate: {0}")]
    NotMade(#[from] rcgen::Error),
    /// The certificate could not be written down.
    #[error("cannot keep the certificate made: {0}")]
    NotKept(#[from] io::Error),
}

/// TLS of a listener: a certificate in use, from two PEM files or from wherever it is renewed.
pub struct ServerTls {
    files: Option<(PathBuf, PathBuf)>,
    live: Arc<LiveCertificate>,
    config: Arc<ServerConfig>,
}

impl std::fmt::Debug for ServerTls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ServerTls({})", self.certificate_file().display())
    }
}

impl ServerTls {
    /// Uses the certificate chain and key given.
    pub fn from_files(certificate: &Path, key: &Path) -> Result<Self, ServerTlsError> {
        let live = Arc::new(LiveCertificate::default());
        live.read_files(certificate, key)?;
        Ok(Self {
            files: Some((certificate.to_owned(), key.to_owned())),
            ..Self::of(live)
        })
    }

    /// Uses a certificate that somebody else keeps up to date.
    pub fn of(live: Arc<LiveCertificate>) -> Self {
        Self {
            files: None,
            config: live::config(&live, &[]),
            live,
        }
    }

    /// Uses the self-made certificate in `folder`, which is made on the first start and then kept,
    /// so that senders who remember it see no change.
    pub fn self_made(folder: &Path, host_name: &str) -> Result<Self, ServerTlsError> {
        let (certificate, key) = keep_self_made(folder, host_name)?;
        Self::from_files(&certificate, &key)
    }

    /// Reads the files again. On an error the old certificate stays in use.
    pub fn reload(&self) -> Result<(), ServerTlsError> {
        match &self.files {
            Some((certificate, key)) => self.live.read_files(certificate, key),
            None => Ok(()),
        }
    }

    /// The certificate's file, which senders may be told to trust; empty where there is none.
    pub fn certificate_file(&self) -> &Path {
        self.files
            .as_ref()
            .map_or(Path::new(""), |(certificate, _)| certificate)
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config))
    }
}

/// The files of the self-made certificate in `folder`, made where they are not there yet.
///
/// # Errors
/// When it cannot be made or written.
pub fn keep_self_made(
    folder: &Path,
    host_name: &str,
) -> Result<(PathBuf, PathBuf), ServerTlsError> {
    let (certificate, key) = (folder.join(CERTIFICATE_FILE), folder.join(KEY_FILE));
    if !(certificate.exists() && key.exists()) {
        let mut about = CertificateParams::new([host_name.to_owned()])?;
        about.distinguished_name.push(DnType::CommonName, host_name);
        let secret = KeyPair::generate()?;
        write_private(&key, &secret.serialize_pem())?;
        write_private(&certificate, &about.self_signed(&secret)?.pem())?;
    }
    Ok((certificate, key))
}

/// Writes a file that only we can read, whole or not at all.
///
/// # Errors
/// When it cannot be written; what stood there stays.
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let staged = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&staged)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&staged, path)
}

#[cfg(test)]
mod tests {
    use super::{ServerTls, ServerTlsError};

    #[test]
    fn the_self_made_certificate_is_made_once_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = ServerTls::self_made(folder.path(), "desk.example").expect("made");
        let made = std::fs::read(first.certificate_file()).expect("written");
        let again = ServerTls::self_made(folder.path(), "desk.example").expect("found");
        assert_eq!(std::fs::read(again.certificate_file()).expect("kept"), made);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_the_key() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        ServerTls::self_made(folder.path(), "desk.example").expect("made");
        let key = std::fs::metadata(folder.path().join("smtp-key.pem")).expect("written");
        assert_eq!(key.permissions().mode() & 0o077, 0);
    }

    #[test]
    fn a_broken_renewal_is_named_and_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let tls = ServerTls::self_made(folder.path(), "desk.example").expect("made");
        std::fs::write(folder.path().join("smtp-key.pem"), "no key").expect("written");
        let error = tls.reload().expect_err("the key is broken");
        assert!(
            matches!(error, ServerTlsError::Unreadable { path, .. } if path.ends_with("smtp-key.pem"))
        );
        let _still_in_use = tls.acceptor();
    }
}
