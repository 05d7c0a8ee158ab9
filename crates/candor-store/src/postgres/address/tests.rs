//! A server that speaks as much PostgreSQL as a connection needs to be let in or not.

use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use super::Address;

/// What a client asks first when it wants TLS: length 8, code 80877103.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];
/// An answer to the login that ends it.
const REFUSAL: &[u8] = b"SFATAL\0C57P03\0Mthe door is open\0\0";

struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    file: PathBuf,
}

impl Authority {
    /// An authority with its certificate in a file of the test's own.
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let folder = std::env::temp_dir().join(format!("candor-tls-{}", crate::random_name()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("{name}.pem"));
        std::fs::write(&file, issuer.pem()).unwrap();
        Self { issuer, file }
    }

    fn acceptor(&self, host: &str) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        let folder = self.file.parent().expect("it lies in a folder");
        drop(std::fs::remove_dir_all(folder));
    }
}

/// Lets one client in. Gives what the client said first and what it said as its login.
async fn server(tls: Option<TlsAcceptor>) -> (u16, JoinHandle<(Vec<u8>, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let task = tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut first = vec![0; 8];
        client.read_exact(&mut first).await.unwrap();
        if first != SSL_REQUEST {
            let login = login_of(&mut client, &first).await;
            return (first, login);
        }
        let login = answer(client, tls).await;
        (first, login)
    });
    (port, task)
}

async fn answer(mut client: TcpStream, tls: Option<TlsAcceptor>) -> Vec<u8> {
    let Some(tls) = tls else {
        client.write_all(b"N").await.unwrap();
        return Vec::new();
    };
    client.write_all(b"S").await.unwrap();
    match tls.accept(client).await {
        Ok(mut client) => {
            let mut start = [0; 8];
            if client.read_exact(&mut start).await.is_err() {
                return Vec::new();
            }
            login_of(&mut client, &start).await
        }
        Err(_) => Vec::new(),
    }
}

/// Reads the rest of the login and refuses it.
async fn login_of<S: AsyncRead + AsyncWrite + Unpin>(client: &mut S, start: &[u8]) -> Vec<u8> {
    let length = u32::from_be_bytes(start[..4].try_into().unwrap()) as usize;
    let mut login = vec![0; length - 8];
    client.read_exact(&mut login).await.unwrap();
    let mut refusal = vec![b'E'];
    refusal.extend((REFUSAL.len() as u32 + 4).to_be_bytes());
    refusal.extend(REFUSAL);
    client.write_all(&refusal).await.unwrap();
    client.flush().await.unwrap();
    login
}

async fn said(url: &str) -> String {
    let address = Address::parse(url).unwrap();
    let error = address.config.connect(address.tls).await.err().unwrap();
    let mut words = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(inner) = source {
        words = format!("{words}: {inner}");
        source = inner.source();
    }
    words
}

fn holds(login: &[u8], words: &str) -> bool {
    String::from_utf8_lossy(login).contains(words)
}

#[tokio::test]
async fn a_server_with_a_certificate_of_ours_is_reached_under_tls() {
    let ours = Authority::new("ours");
    let (port, server) = server(Some(ours.acceptor("localhost"))).await;
    let file = ours.file.display();
    let url =
        format!("postgres://ann:secret@localhost:{port}/desk?sslmode=require&sslrootcert={file}");
    let words = said(&url).await;
    assert!(words.contains("the door is open"), "{words}");
    let (first, login) = server.await.unwrap();
    assert_eq!(first, SSL_REQUEST);
    assert!(
        holds(&login, "ann") && holds(&login, "desk"),
        "the login came through TLS"
    );
}

#[tokio::test]
async fn a_certificate_of_somebody_else_or_for_another_name_is_refused_before_the_login() {
    let (ours, other) = (Authority::new("ours"), Authority::new("other"));
    let file = ours.file.display();
    for acceptor in [other.acceptor("localhost"), ours.acceptor("db.example")] {
        let (port, server) = server(Some(acceptor)).await;
        let url =
            format!("postgres://ann@localhost:{port}/desk?sslmode=verify-full&sslrootcert={file}");
        let words = said(&url).await;
        assert!(words.contains("certificate"), "{words}");
        assert!(server.await.unwrap().1.is_empty(), "no login was sent");
    }
    let (port, server) = server(Some(ours.acceptor("localhost"))).await;
    let words = said(&format!(
        "postgres://ann@localhost:{port}/desk?sslmode=require"
    ))
    .await;
    assert!(
        words.contains("UnknownIssuer"),
        "the public web knows it not: {words}"
    );
    assert!(server.await.unwrap().1.is_empty());
}

#[tokio::test]
async fn a_server_without_tls_is_refused_where_tls_is_required() {
    let (port, server) = server(None).await;
    let words = said(&format!(
        "postgres://ann@localhost:{port}/desk?sslmode=require"
    ))
    .await;
    assert!(words.contains("TLS"), "{words}");
    assert!(server.await.unwrap().1.is_empty(), "no login was sent");
}

#[tokio::test]
async fn nothing_said_means_in_the_clear_as_does_prefer() {
    for option in ["", "?sslmode=disable", "?sslmode=prefer&application_name=x"] {
        let (port, server) = server(None).await;
        let words = said(&format!("postgres://ann@localhost:{port}/desk{option}")).await;
        assert!(words.contains("the door is open"), "{words}");
        assert!(holds(&server.await.unwrap().1, "ann"));
    }
}

#[test]
fn a_wrong_option_names_itself_and_the_way_out() {
    let refused = |url: &str| {
        let error = Address::parse(url).err().unwrap();
        std::error::Error::source(&error).unwrap().to_string()
    };
    let words = refused("postgres://ann@localhost/desk?sslmode=on");
    assert!(
        words.contains("sslmode=on") && words.contains("require"),
        "{words}"
    );
    let words = refused("postgres://ann@localhost/desk?sslmode=require&sslrootcert=/no/such.pem");
    assert!(words.contains("/no/such.pem"), "{words}");
}
