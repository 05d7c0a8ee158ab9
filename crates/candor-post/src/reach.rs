//! Getting a connection to another host.
//!
//! Owns: connecting in time, and naming why it did not work. Must not know: what is spoken on it.

use std::io;
use std::net::IpAddr;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::sender::failure::{ConnectProblem, SendFailure, TlsProblem};

/// Why there is no protected connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReachFailure {
    /// There is no connection.
    Connect(ConnectProblem),
    /// It cannot be protected.
    Tls(TlsProblem),
}

impl From<ReachFailure> for SendFailure {
    fn from(failure: ReachFailure) -> Self {
        match failure {
            ReachFailure::Connect(problem) => Self::Connect(problem),
            ReachFailure::Tls(problem) => Self::Tls(problem),
        }
    }
}

/// Connects to a host by name or address.
pub(crate) async fn connect(
    host: &str,
    port: u16,
    time: Duration,
) -> Result<TcpStream, ReachFailure> {
    let problem = match timeout(time, TcpStream::connect((host, port))).await {
        Ok(Ok(stream)) => {
            // Each command waits for its reply, so small packets must leave at once.
            let _ = stream.set_nodelay(true);
            return Ok(stream);
        }
        Err(_) => ConnectProblem::TimedOut,
        Ok(Err(error)) => match error.kind() {
            io::ErrorKind::ConnectionRefused => ConnectProblem::Refused,
            io::ErrorKind::TimedOut
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable => ConnectProblem::TimedOut,
            // Name resolution has no kind of its own.
            _ if error.raw_os_error().is_none() => ConnectProblem::NoSuchHost,
            _ => ConnectProblem::Broken,
        },
    };
    Err(ReachFailure::Connect(problem))
}

/// Whether a host is this very host.
pub(crate) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
