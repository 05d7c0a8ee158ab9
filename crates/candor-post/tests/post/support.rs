//! A listener with an intake that remembers, and a client that says exactly what it is told.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use candor_post::{
    Accepted, BoxFuture, Fronts, IncomingMail, Intake, Limits, ListenerConfig, Protocol,
    RecipientAnswer, ServerTls, SmtpServer,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_util::sync::CancellationToken;

pub(crate) const HOST: &str = "desk.example";

/// Knows two mailboxes, stores in memory, and answers as it is told.
pub(crate) struct Memory {
    pub(crate) mails: Mutex<Vec<IncomingMail>>,
    pub(crate) answer: Mutex<Accepted>,
    /// One for each message that has come as far as storing.
    pub(crate) waiting: Semaphore,
    /// Storing waits for one of these.
    pub(crate) gate: Semaphore,
}

impl Intake for Memory {
    fn recipient<'a>(&'a self, address: &'a str) -> BoxFuture<'a, RecipientAnswer> {
        Box::pin(async move {
            match address {
                "help@shop.example" | "orders@shop.example" | "postmaster" => RecipientAnswer::Ours,
                "slow@shop.example" => RecipientAnswer::TryLater,
                _ => RecipientAnswer::NotOurs,
            }
        })
    }

    fn accept(&self, mail: IncomingMail) -> BoxFuture<'_, Accepted> {
        Box::pin(async move {
            self.waiting.add_permits(1);
            self.gate.acquire().await.unwrap().forget();
            let answer = self.answer.lock().unwrap().clone();
            if let Accepted::Stored { .. } = answer {
                self.mails.lock().unwrap().push(mail);
            }
            answer
        })
    }
}

/// A running listener.
pub(crate) struct Desk {
    pub(crate) address: SocketAddr,
    pub(crate) memory: Arc<Memory>,
    pub(crate) shutdown: CancellationToken,
    task: JoinHandle<()>,
}

impl Desk {
    pub(crate) async fn start() -> Self {
        Self::start_with(Limits::default(), None).await
    }

    pub(crate) async fn start_with(limits: Limits, tls: Option<Arc<ServerTls>>) -> Self {
        Self::run(ListenerConfig {
            host_name: HOST.into(),
            tls,
            limits,
            protocol: Protocol::default(),
            fronts: Fronts::default(),
        })
        .await
    }

    /// A listener of one kind, with fronts.
    pub(crate) async fn start_as(protocol: Protocol, fronts: Fronts) -> Self {
        Self::run(ListenerConfig {
            host_name: HOST.into(),
            tls: None,
            limits: Limits::default(),
            protocol,
            fronts,
        })
        .await
    }

    async fn run(config: ListenerConfig) -> Self {
        let memory = Arc::new(Memory {
            mails: Mutex::default(),
            answer: Mutex::new(Accepted::Stored {
                receipt: "r1".into(),
            }),
            waiting: Semaphore::new(0),
            gate: Semaphore::new(1000),
        });
        let shutdown = CancellationToken::new();
        let intake: Arc<dyn Intake> = Arc::clone(&memory) as _;
        let server = SmtpServer::new(config, intake, shutdown.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        Self {
            address,
            memory,
            shutdown,
            task: tokio::spawn(server.run(listener)),
        }
    }

    /// A client that has read the greeting.
    pub(crate) async fn client(&self) -> Client<TcpStream> {
        let mut client = Client::connect(self.address).await;
        assert_eq!(client.reply().await, "220 desk.example ESMTP Candor");
        client
    }

    /// A client that has said EHLO.
    pub(crate) async fn greeted(&self) -> Client<TcpStream> {
        let mut client = self.client().await;
        client.say("EHLO sender.example").await;
        client
    }

    pub(crate) fn mails(&self) -> Vec<IncomingMail> {
        self.memory.mails.lock().unwrap().clone()
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        let text = |mail: IncomingMail| String::from_utf8(mail.raw).unwrap();
        self.mails().into_iter().map(text).collect()
    }

    /// Waits until the listener has ended.
    pub(crate) async fn stopped(&mut self) {
        (&mut self.task).await.unwrap();
    }

    pub(crate) fn answer(&self, answer: Accepted) {
        *self.memory.answer.lock().unwrap() = answer;
    }
}

/// Speaks to a server byte by byte.
pub(crate) struct Client<S> {
    stream: BufReader<S>,
}

impl Client<TcpStream> {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        Self {
            stream: BufReader::new(TcpStream::connect(address).await.unwrap()),
        }
    }

    /// Shakes hands and goes on over TLS, trusting the certificate in the file.
    pub(crate) async fn protect(self, certificate: &Path) -> Client<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots
            .add(CertificateDer::from_pem_file(certificate).unwrap())
            .unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let connector = TlsConnector::from(Arc::new(config));
        let name = ServerName::try_from(HOST).unwrap();
        let stream = connector
            .connect(name, self.stream.into_inner())
            .await
            .unwrap();
        Client {
            stream: BufReader::new(stream),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
        self.stream.flush().await.unwrap();
    }

    /// Whether the server has said something (or has gone) by now.
    pub(crate) async fn has_reply(&mut self) -> bool {
        let reading = self.stream.fill_buf();
        tokio::time::timeout(Duration::from_millis(1), reading)
            .await
            .is_ok()
    }

    /// Sends as much as the server takes; it may hang up in between.
    pub(crate) async fn try_send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.stream.write_all(bytes.as_ref()).await;
    }

    /// One reply, its lines joined with ` / `; empty when the server is gone.
    pub(crate) async fn reply(&mut self) -> String {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return lines.join(" / ");
            }
            let more = line.as_bytes().get(3) == Some(&b'-');
            lines.push(line.strip_suffix("\r\n").unwrap().to_owned());
            if !more {
                return lines.join(" / ");
            }
        }
    }

    pub(crate) async fn say(&mut self, line: &str) -> String {
        self.send(format!("{line}\r\n")).await;
        self.reply().await
    }

    /// Says the lines one by one and gives the codes of the replies.
    pub(crate) async fn codes(&mut self, lines: &[&str]) -> Vec<String> {
        let mut codes = Vec::new();
        for line in lines {
            codes.push(code(&self.say(line).await));
        }
        codes
    }

    /// Begins a message to the help mailbox, up to the invitation to send it.
    pub(crate) async fn begin(&mut self) {
        let lines = [
            "MAIL FROM:<ann@example.org>",
            "RCPT TO:<help@shop.example>",
            "DATA",
        ];
        let codes = self.codes(&lines).await;
        assert_eq!(codes, ["250 2.1.0", "250 2.1.5", "354"]);
    }

    /// Sends one whole message.
    pub(crate) async fn deliver(&mut self, text: &str) -> String {
        self.begin().await;
        self.send(format!("{text}\r\n.\r\n")).await;
        self.reply().await
    }

    /// Whatever the server says until it hangs up.
    pub(crate) async fn rest(&mut self) -> String {
        let mut rest = Vec::new();
        // A reset instead of a clean end is an end all the same.
        let _ = self.stream.read_to_end(&mut rest).await;
        String::from_utf8(rest).unwrap()
    }
}

/// The code and the enhanced code of a reply.
pub(crate) fn code(reply: &str) -> String {
    let words: Vec<&str> = reply.split(' ').collect();
    let enhanced = words
        .get(1)
        .filter(|word| word.contains('.') && word.len() == 5);
    match enhanced {
        Some(enhanced) => format!("{} {enhanced}", words[0]),
        None => words[0].chars().take(3).collect(),
    }
}
