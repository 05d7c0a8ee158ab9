//! The SMTP way in.
//!
//! Owns: listening, admitting connections, and shutting down without losing a message under way.
//! Must not know: what happens to a message once it is handed to the [`Intake`].

mod admission;
mod command;
mod connection;
mod data;
pub mod fronts;
#[cfg(test)]
mod fuzz;
pub mod limits;
mod proxy;
mod receive;
mod reply;
mod session;
mod xclient;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use self::admission::{Budget, Doorman, TurnedAway, Visit};
use self::fronts::Fronts;
use self::limits::Limits;
use self::reply::Reply;
use self::session::Session;
use crate::{Intake, ServerTls};

/// How long to wait when the system has no file handles left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Time to tell a sender that there is no room.
const TURN_AWAY_TIME: Duration = Duration::from_secs(5);

/// How the listener presents itself.
#[derive(Clone, Debug)]
pub struct ListenerConfig {
    /// The name in greeting and EHLO: the host's name in the DNS.
    pub host_name: String,
    /// Certificate and key; without them STARTTLS is not offered.
    pub tls: Option<Arc<ServerTls>>,
    /// What one sender may ask for.
    pub limits: Limits,
    /// Which language is spoken.
    pub protocol: Protocol,
    /// Whose word about a sender's address is believed.
    pub fronts: Fronts,
}

/// Which language a listener speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protocol {
    /// That between mail servers.
    #[default]
    Smtp,
    /// That of the last step, from a mail server of one's own (RFC 2033): an answer for each
    /// recipient.
    Lmtp,
}

/// Takes in mail for our own mailboxes and passes none on.
pub struct SmtpServer {
    shared: Arc<Shared>,
    doorman: Arc<Doorman>,
}

/// What all sessions need.
struct Shared {
    config: ListenerConfig,
    intake: Arc<dyn Intake>,
    budget: Budget,
    shutdown: CancellationToken,
}

impl SmtpServer {
    /// A server that hands mail to `intake` until `shutdown` is cancelled.
    pub fn new(
        config: ListenerConfig,
        intake: Arc<dyn Intake>,
        shutdown: CancellationToken,
    ) -> Self {
        let budget = Budget::new(config.limits.memory_bytes);
        Self {
            shared: Arc::new(Shared {
                config,
                intake,
                budget,
                shutdown,
            }),
            doorman: Arc::default(),
        }
    }

    /// Serves until shutdown. Messages whose text is arriving by then are finished and answered.
    pub async fn run(self, listener: TcpListener) {
        let mut sessions = JoinSet::new();
        loop {
            tokio::select! {
                biased;
                () = self.shared.shutdown.cancelled() => break,
                Some(_) = sessions.join_next() => {}
                accepted = listener.accept() => match accepted {
                    Ok((stream, from)) => self.receive(&mut sessions, stream, from),
                    Err(error) => {
                        tracing::warn!(%error, "cannot accept an SMTP connection");
                        sleep(ACCEPT_PAUSE).await;
                    }
                },
            }
        }
        drop(listener);
        let finished = async { while sessions.join_next().await.is_some() {} };
        if timeout(self.shared.config.limits.shutdown_time, finished)
            .await
            .is_err()
        {
            tracing::warn!("SMTP connections were still open at shutdown");
        }
    }

    fn receive(&self, sessions: &mut JoinSet<()>, stream: TcpStream, from: SocketAddr) {
        let address = plain_address(from.ip());
        let visitor = Visitor {
            shared: Arc::clone(&self.shared),
            doorman: Arc::clone(&self.doorman),
            address,
        };
        if self.shared.config.fronts.proxies.contain(address) {
            sessions.spawn(visitor.serve_proxied(stream));
            return;
        }
        // Places are given in the order of arrival.
        let visit = self.doorman.admit(address, &self.shared.config.limits);
        sessions.spawn(visitor.serve(stream, address, visit));
    }
}

/// Somebody at the door.
struct Visitor {
    shared: Arc<Shared>,
    doorman: Arc<Doorman>,
    /// The address that the connection itself has.
    address: IpAddr,
}

impl Visitor {
    /// A proxy says first for whom it stands; that address has the place.
    async fn serve_proxied(self, mut stream: TcpStream) {
        let limits = &self.shared.config.limits;
        let header = timeout(limits.handshake_time, proxy::read_header(&mut stream)).await;
        let from = match header {
            Ok(Ok(from)) => from.unwrap_or(self.address).to_canonical(),
            Ok(Err(error)) => {
                tracing::warn!(%error, proxy = %self.address, "a connection was not taken");
                return;
            }
            Err(_) => return,
        };
        let visit = self.doorman.admit(from, limits);
        self.serve(stream, from, visit).await;
    }

    async fn serve(self, stream: TcpStream, from: IpAddr, visit: Result<Visit, TurnedAway>) {
        let _visit = match visit {
            Ok(visit) => visit,
            Err(reason) => {
                // The sender may be gone already; there is nobody to tell.
                let _ = timeout(TURN_AWAY_TIME, turn_away(stream, reason)).await;
                return;
            }
        };
        let session = Session::new(self.shared, from);
        if let Err(error) = session.serve(stream).await {
            tracing::debug!(%error, "an SMTP connection broke off");
        }
    }
}

async fn turn_away(mut stream: TcpStream, reason: TurnedAway) -> io::Result<()> {
    let mut out = Vec::new();
    let text = match reason {
        TurnedAway::TooMany => reply::TOO_MANY,
        TurnedAway::TooManyFromAddress => reply::TOO_MANY_FROM_YOU,
    };
    Reply::last(text).write(&mut out);
    stream.write_all(&out).await?;
    stream.shutdown().await
}

/// An IPv4 sender on an IPv6 socket counts as itself.
fn plain_address(address: IpAddr) -> IpAddr {
    address.to_canonical()
}
