//! A real IMAP server for tests: Dovecot's `imap` program, with a login of our own before it.
//!
//! Owns: a mailbox in a folder, the login, TLS, one `imap` process for each connection, and cutting
//! connections on request. Must not know: what is fetched and why.
//!
//! Dovecot's own login needs a daemon with fixed ports and several accounts of the system; its
//! `imap` program speaks the same protocol over its standard input and output and needs neither.

mod login;
mod maildir;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::imap::opening::Stream;
use crate::imap::{AfterReading, ImapAccount, ImapLogin, ImapTls};
use crate::server_tls::ServerTls;

pub use maildir::TestMaildir;

/// Names Dovecot's `imap` program; `cargo xtask test` sets it.
pub const PROGRAM: &str = "CANDOR_TEST_IMAP";
/// Who may log in.
pub const USER: &str = "help@shop.example";
/// With which password.
pub const PASSWORD: &str = "app password";
/// With which access token.
pub const TOKEN: &str = "short-lived";

/// How the server presents itself.
#[derive(Clone, Debug, Default)]
pub struct DovecotConfig {
    /// Certificate and key, when it speaks TLS.
    pub tls: Option<Arc<ServerTls>>,
    /// TLS from the first byte rather than after STARTTLS.
    pub implicit_tls: bool,
}

/// A running server. Dropping it ends it.
pub struct Dovecot {
    address: SocketAddr,
    state: Arc<State>,
    task: AbortHandle,
    /// The mails.
    pub maildir: TestMaildir,
}

struct State {
    config: DovecotConfig,
    program: PathBuf,
    settings: PathBuf,
    home: PathBuf,
    connections: AtomicUsize,
    /// Each change cuts the connections that are open.
    cut: watch::Sender<u32>,
}

impl Dovecot {
    /// Starts one over an empty mailbox in `folder`.
    pub async fn start(folder: &Path, config: DovecotConfig) -> Self {
        let program = std::env::var_os(PROGRAM)
            .unwrap_or_else(|| panic!("{PROGRAM} names Dovecot's imap program"));
        let maildir = TestMaildir::make(folder);
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let state = Arc::new(State {
            config,
            program: program.into(),
            settings: maildir.settings(),
            home: folder.to_owned(),
            connections: AtomicUsize::new(0),
            cut: watch::Sender::new(0),
        });
        Self {
            address: listener.local_addr().expect("the port is bound"),
            task: tokio::spawn(serve(listener, Arc::clone(&state))).abort_handle(),
            state,
            maildir,
        }
    }

    /// The account that leads here.
    pub fn account(&self) -> ImapAccount {
        let tls = match &self.state.config {
            DovecotConfig { tls: None, .. } => ImapTls::NoneOnLoopback,
            config if config.implicit_tls => ImapTls::Implicit,
            _ => ImapTls::StartTls,
        };
        ImapAccount {
            host: self.address.ip().to_string(),
            port: self.address.port(),
            tls,
            login: ImapLogin::Password {
                user: USER.to_owned(),
                password: PASSWORD.to_owned(),
            },
            extra_roots: None,
            folder: "INBOX".to_owned(),
            after: AfterReading::MarkSeen,
            since: None,
        }
    }

    /// Cuts every connection.
    pub fn cut(&self) {
        self.state.cut.send_modify(|times| *times += 1);
    }

    /// How many connections it has had.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::Relaxed)
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        self.task.abort();
        self.cut();
    }
}

async fn serve(listener: TcpListener, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        state.connections.fetch_add(1, Ordering::Relaxed);
        let state = Arc::clone(&state);
        let mut cut = state.cut.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                // A client that goes away in the middle is what some tests are about.
                _ = converse(stream, &state) => {}
                _ = cut.changed() => {}
            }
        });
    }
}

async fn converse(stream: TcpStream, state: &State) -> std::io::Result<()> {
    match &state.config.tls {
        Some(tls) if state.config.implicit_tls => {
            let stream = tls.acceptor().accept(stream).await?;
            log_in(Box::new(stream), None, true, state).await
        }
        tls => log_in(Box::new(stream), tls.as_deref(), true, state).await,
    }
}

/// The conversation until the login, then Dovecot's.
async fn log_in(
    stream: Box<dyn Stream>,
    tls: Option<&ServerTls>,
    greet: bool,
    state: &State,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    match login::run(&mut stream, tls.is_some(), greet).await? {
        login::Outcome::Left => Ok(()),
        login::Outcome::StartTls => {
            let tls = tls.expect("only then it is offered");
            let protected = tls.acceptor().accept(stream.into_inner()).await?;
            Box::pin(log_in(Box::new(protected), None, false, state)).await
        }
        login::Outcome::LoggedIn { tag } => hand_over(stream, &tag, state).await,
    }
}

async fn hand_over(
    stream: BufReader<Box<dyn Stream>>,
    tag: &str,
    state: &State,
) -> std::io::Result<()> {
    let mut imap = Command::new(&state.program)
        .arg("-c")
        .arg(&state.settings)
        .env("HOME", &state.home)
        .env("USER", "help")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let mut to_imap = imap.stdin.take().expect("it is piped");
    let mut from_imap = BufReader::new(imap.stdout.take().expect("it is piped"));
    let mut preauth = String::new();
    from_imap.read_line(&mut preauth).await?;
    let (mut reader, mut writer) = tokio::io::split(stream);
    let welcome = preauth.replacen("* PREAUTH", &format!("{tag} OK"), 1);
    writer.write_all(welcome.as_bytes()).await?;
    tokio::select! {
        done = copy(&mut reader, &mut to_imap) => done,
        done = copy(&mut from_imap, &mut writer) => done,
    }
    .map(drop)
}
