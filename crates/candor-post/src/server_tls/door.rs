//! A port at which everybody shakes hands under TLS before they are let in.
//!
//! Owns: handshakes beside each other, their time, how many one address may have open. Must not
//! know: what is spoken afterwards.

use rustls::ServerConfig;
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;

/// A handshake that takes longer is given up.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Handshakes beside each other, of everybody and of one address.
const MOST: usize = 512;
const MOST_OF_ONE: usize = 64;
/// The pause after the system gave no connection: it has run out of something.
const PAUSE: Duration = Duration::from_millis(200);

/// A connection under TLS.
pub type SecureStream = TlsStream<TcpStream>;

type Open = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// Gives connections whose handshake is done.
#[derive(Debug)]
pub struct SecureDoor {
    ready: mpsc::Receiver<(SecureStream, SocketAddr)>,
    address: SocketAddr,
}

impl SecureDoor {
    /// Opens the door until `stop`.
    ///
    /// # Errors
    /// When the listener does not know its own address.
    pub fn open(
        listener: TcpListener,
        config: Arc<ServerConfig>,
        stop: CancellationToken,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (done, ready) = mpsc::channel(64);
        let guests = Guests {
            acceptor: TlsAcceptor::from(config),
            places: Arc::new(Semaphore::new(MOST)),
            open: Open::default(),
            done,
        };
        tokio::spawn(async move {
            tokio::select! {
                () = guests.welcome(&listener) => {}
                () = stop.cancelled() => {}
            }
        });
        Ok(Self { ready, address })
    }

    /// The next connection; never again once the door is shut.
    pub async fn accept(&mut self) -> (SecureStream, SocketAddr) {
        match self.ready.recv().await {
            Some(guest) => guest,
            None => std::future::pending().await,
        }
    }

    /// Where the door is.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

struct Guests {
    acceptor: TlsAcceptor,
    places: Arc<Semaphore>,
    open: Open,
    done: mpsc::Sender<(SecureStream, SocketAddr)>,
}

impl Guests {
    async fn welcome(&self, listener: &TcpListener) {
        loop {
            let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
                return;
            };
            let (stream, peer) = match listener.accept().await {
                Ok(guest) => guest,
                Err(error) => {
                    tracing::debug!(%error, "no connection");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            let Some(counted) = Counted::one_more(&self.open, peer.ip()) else {
                continue;
            };
            let handshake = self.acceptor.accept(stream);
            let done = self.done.clone();
            tokio::spawn(async move {
                let shaken = tokio::time::timeout(HANDSHAKE, handshake).await;
                drop((counted, place));
                match shaken {
                    // Nobody waits for it any more once the door is shut.
                    Ok(Ok(stream)) => drop(done.send((stream, peer)).await),
                    Ok(Err(error)) => tracing::debug!(%error, "no handshake"),
                    Err(_) => tracing::debug!("a handshake took too long"),
                }
            });
        }
    }
}

/// One handshake of an address, counted as long as it lives.
struct Counted {
    open: Open,
    address: IpAddr,
}

impl Counted {
    fn one_more(open: &Open, address: IpAddr) -> Option<Self> {
        let mut counts = open.lock().unwrap_or_else(PoisonError::into_inner);
        let own = counts.entry(address).or_default();
        if *own >= MOST_OF_ONE {
            return None;
        }
        *own += 1;
        let open = Arc::clone(open);
        Some(Self { open, address })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut counts = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = counts.get_mut(&self.address) {
            *own -= 1;
            if *own == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_its_share_of_handshakes_and_gets_it_back() {
        let open = Open::default();
        let address: IpAddr = "192.0.2.1".parse().unwrap();
        let all: Vec<_> = (0..MOST_OF_ONE)
            .map(|_| Counted::one_more(&open, address).unwrap())
            .collect();
        assert!(Counted::one_more(&open, address).is_none());
        assert!(Counted::one_more(&open, "192.0.2.2".parse().unwrap()).is_some());
        drop(all);
        assert!(open.lock().unwrap().is_empty());
        assert!(Counted::one_more(&open, address).is_some());
    }
}
