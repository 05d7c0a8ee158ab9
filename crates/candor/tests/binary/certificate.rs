//! HTTPS by the desk itself: a certificate authority of our own, the real binary.

use crate::authority::{Authority, NAME, plain};
use crate::shop::{Served, Shop};
use candor_desk::Desk;
use candor_desk::certificate::{
    CertificateAlarm, CertificateAlarms, CertificateOf, CertificateState, TryCertificateAgain,
};
use candor_domain::actor::Actor;
use candor_store::DatabaseUrl;
use jiff::Timestamp;
use jiff::civil::date;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

async fn serve(shop: &Shop, authority: &Authority) -> (Served, u16) {
    let directory = authority.directory();
    authority.finds_the_desk_at(0);
    let served = shop
        .serve_with(&[
            ("CANDOR_TLS_LISTEN", "127.0.0.1:0"),
            ("CANDOR_ACME_DOMAIN", NAME),
            ("CANDOR_ACME_AGREE", "yes"),
            ("CANDOR_ACME_DIRECTORY", &directory),
            ("CANDOR_OUTBOUND_ALLOW", "127.0.0.1"),
        ])
        .await;
    authority.finds_the_desk_at(served.http_port);
    let said = served.heard.iter().find_map(|line| {
        let port = line.strip_prefix("Pages are served over HTTPS at 127.0.0.1:")?;
        port.parse().ok()
    });
    (served, said.unwrap())
}

async fn until(desk: &Desk, reached: impl Fn(&CertificateState) -> bool) -> CertificateState {
    loop {
        let now = desk.ask(&Actor::System, CertificateOf).await.unwrap();
        if reached(&now) {
            return now;
        }
        tokio::task::yield_now().await;
    }
}

fn year(year: i16) -> Timestamp {
    let day = date(year, 1, 1).to_zoned(jiff::tz::TimeZone::UTC);
    day.unwrap().timestamp()
}

/// Shakes hands with whoever the authority vouches for.
async fn protect(
    authority: &Authority,
    stream: TcpStream,
    protocols: &[&str],
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(authority.root())).unwrap();
    let provider = tokio_rustls::rustls::crypto::ring::default_provider();
    let mut config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols
        .iter()
        .map(|name| name.as_bytes().to_vec())
        .collect();
    let name = ServerName::try_from(NAME).unwrap();
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}

async fn at(port: u16) -> TcpStream {
    TcpStream::connect(("127.0.0.1", port)).await.unwrap()
}

async fn get(mut stream: impl AsyncRead + AsyncWrite + Unpin, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // The other side may cut the line without a goodbye.
    stream.read_to_end(&mut answer).await.ok();
    String::from_utf8_lossy(&answer).to_lowercase()
}

/// After STARTTLS on the mail port.
async fn mail_port(port: u16) -> TcpStream {
    let mut stream = at(port).await;
    let mut heard = [0; 2048];
    for line in ["", "EHLO sender.example\r\n", "STARTTLS\r\n"] {
        stream.write_all(line.as_bytes()).await.unwrap();
        assert!(stream.read(&mut heard).await.unwrap() > 0);
    }
    stream
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_is_refused_then_got_used_everywhere_and_renewed() {
    let authority = Authority::start().await;
    authority.refuses(true);
    let shop = Shop::open().await;
    let (served, secure) = serve(&shop, &authority).await;
    let desk = shop.desk_now().await;

    let refused = until(&desk, |state| state.failure.is_some()).await;
    let failure = refused.failure.unwrap();
    assert_eq!(failure.id, "acme-failure-unreachable");
    assert_eq!((failure.name.as_str(), failure.tries), (NAME, 1));
    assert_eq!(failure.detail, "Timeout during connect");
    let alarm = desk.ask(&Actor::System, CertificateAlarms).await.unwrap();
    assert!(matches!(alarm, Some((CertificateAlarm::NoneYet, _))));
    assert!(protect(&authority, at(secure).await, &[]).await.is_err());
    let moved = plain(served.http_port, "/inbox?view=mine").await;
    assert!(moved.starts_with("HTTP/1.1 308"), "{moved}");
    assert!(moved.contains(&format!("location: https://{NAME}/inbox?view=mine")));

    authority.refuses(false);
    // Two thirds of its life are over already.
    authority.signs_until(2030);
    desk.run(&Actor::System, TryCertificateAgain).await.unwrap();
    let got = until(&desk, |state| state.until.is_some()).await;
    assert_eq!((got.until, got.failure), (Some(year(2030)), None));
    let pages = protect(&authority, at(secure).await, &["h2", "http/1.1"]).await;
    let spoken = pages
        .unwrap()
        .get_ref()
        .1
        .alpn_protocol()
        .map(<[u8]>::to_vec);
    assert_eq!(spoken.as_deref(), Some(&b"h2"[..]));
    let pages = protect(&authority, at(secure).await, &["http/1.1"]).await;
    let page = get(pages.unwrap(), "/login").await;
    assert!(page.starts_with("http/1.1 200"), "{page}");
    assert!(
        page.contains("strict-transport-security: max-age="),
        "{page}"
    );
    let health = plain(served.http_port, "/health/live").await.to_lowercase();
    assert!(health.starts_with("http/1.1 200"), "{health}");
    assert!(!health.contains("strict-transport-security"), "{health}");
    let mail = protect(&authority, mail_port(served.smtp_port).await, &[]).await;
    assert!(mail.is_ok(), "mail servers see it too: {mail:?}");
    expect_kept_secret(&shop, &desk).await;
    served.kill().await;

    authority.signs_until(3000);
    let orders = authority.orders();
    let (served, secure) = serve(&shop, &authority).await;
    until(&desk, |state| state.until == Some(year(3000))).await;
    assert_eq!(authority.orders(), orders + 1);
    assert!(protect(&authority, at(secure).await, &[]).await.is_ok());
    served.kill().await;
    shop.expect_clean_history().await;
}

/// In one folder the key is a file for us alone; several nodes share it encrypted.
async fn expect_kept_secret(shop: &Shop, desk: &Desk) {
    let path = shop.data.join("tls/acme-certificate.pem");
    match shop.database {
        DatabaseUrl::Sqlite(_) => {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        DatabaseUrl::Postgres(_) => {
            assert!(!path.exists());
            let kept = desk
                .store()
                .read(|tx| tx.certificate_item("acme-certificate.pem"))
                .await;
            assert!(!kept.unwrap().unwrap().contains("PRIVATE"));
        }
    }
}
