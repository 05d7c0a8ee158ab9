//! A mail server for tests: takes everything, or fails exactly where it is told to.
//!
//! Owns: a small SMTP server with faults on request. Must not know: the listener and the sender,
//! which it is there to judge.

mod dialogue;
pub mod dovecot;
pub mod postfix;
pub mod provider;
pub mod zone;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use crate::{Envelope, Relay, RelayTls, ServerTls};

/// How the sink presents itself.
#[derive(Clone, Debug)]
pub struct SinkConfig {
    /// Certificate and key, when it speaks TLS.
    pub tls: Option<Arc<ServerTls>>,
    /// TLS from the first byte rather than after STARTTLS.
    pub implicit_tls: bool,
    /// The user and password it insists on.
    pub login: Option<(String, String)>,
    /// The user and the access token that open it too.
    pub token: Option<(String, String)>,
    /// The lines it offers in EHLO apart from STARTTLS and AUTH.
    pub offers: Vec<&'static str>,
}

impl Default for SinkConfig {
    fn default() -> Self {
        Self {
            tls: None,
            implicit_tls: false,
            login: None,
            token: None,
            offers: vec!["SIZE 26214400", "8BITMIME", "SMTPUTF8"],
        }
    }
}

/// A place in the dialogue where something can go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Instead of the greeting.
    Greeting,
    /// After EHLO.
    Hello,
    /// After STARTTLS.
    StartTls,
    /// After AUTH.
    Login,
    /// After MAIL.
    Mail,
    /// After RCPT for this address.
    Recipient(String),
    /// After DATA.
    Data,
    /// After the whole message.
    Text,
    /// After RSET.
    Reset,
    /// After QUIT.
    Quit,
}

/// What happens there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This reply instead of the usual one.
    Reply(String),
    /// These bytes, whatever they are, and the usual reply not at all.
    Bytes(Vec<u8>),
    /// The connection ends.
    Drop,
    /// The message is kept, and the connection ends without a reply.
    KeepAndDrop,
    /// The usual reply, and the connection ends.
    ReplyAndDrop,
    /// Nothing more is ever said.
    Hang,
}

/// A message the sink kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinkMail {
    /// Sender and recipients.
    pub envelope: Envelope,
    /// The parameters of MAIL.
    pub parameters: String,
    /// The bytes with dots unstuffed.
    pub raw: Vec<u8>,
}

/// A running sink; it ends when dropped.
pub struct Sink {
    address: SocketAddr,
    state: Arc<State>,
    task: AbortHandle,
}

struct State {
    config: SinkConfig,
    faults: Mutex<Vec<(Stage, Fault)>>,
    mails: Mutex<Vec<SinkMail>>,
    connections: AtomicUsize,
    arrived: Notify,
}

impl Sink {
    /// Starts one on a free port of loopback.
    pub async fn start(config: SinkConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let address = listener.local_addr().expect("the port is bound");
        let state = Arc::new(State {
            config,
            faults: Mutex::default(),
            mails: Mutex::default(),
            connections: AtomicUsize::new(0),
            arrived: Notify::new(),
        });
        let task = tokio::spawn(dialogue::serve(listener, Arc::clone(&state))).abort_handle();
        Self {
            address,
            state,
            task,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The relay that leads here, without TLS.
    pub fn relay(&self) -> Relay {
        Relay {
            host: self.address.ip().to_string(),
            port: self.address.port(),
            tls: RelayTls::NoneOnLoopback,
            login: None,
            extra_roots: None,
        }
    }

    /// From now on this goes wrong at this stage, in place of what went wrong there before.
    pub fn fail(&self, stage: Stage, fault: Fault) {
        let mut faults = lock(&self.state.faults);
        faults.retain(|(at, _)| *at != stage);
        faults.push((stage, fault));
    }

    /// Nothing goes wrong from now on.
    pub fn recover(&self) {
        lock(&self.state.faults).clear();
    }

    /// The messages kept so far.
    pub fn mails(&self) -> Vec<SinkMail> {
        lock(&self.state.mails).clone()
    }

    /// Waits until there are `count` messages, and gives them.
    pub async fn wait_for(&self, count: usize) -> Vec<SinkMail> {
        loop {
            let arrived = self.state.arrived.notified();
            let mails = self.mails();
            if mails.len() >= count {
                return mails;
            }
            arrived.await;
        }
    }

    /// How many connections it has had.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::Relaxed)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
