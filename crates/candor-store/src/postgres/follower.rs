//! Follows the journal's positions and, where asked to, gives them.
//!
//! Owns: one connection and one task, that reconnects for ever. Must not know: what entries mean.
//!
//! Polling is the truth; notifications only make it faster. They are sent outside of verbs: a
//! `notify` inside a transaction makes all commits of the server wait for each other.

mod sequencer;

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::future::Either;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_postgres::{AsyncMessage, Client, Error};

use super::address::Address;
use crate::store::Shared;
use crate::tx::Effects;

use sequencer::Sequencer;

/// How late an unannounced entry may be noticed.
const POLL: Duration = Duration::from_millis(100);
/// Between two attempts to reach the server.
const RECONNECT: Duration = Duration::from_millis(250);
/// Says that entries wait for positions.
const APPENDED: &str = "candor_appended";
/// Says that positions were given.
const SEQUENCED: &str = "candor_sequenced";

/// Runs until it is dropped.
pub(super) struct Follower {
    sequencing: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Follower {
    pub(super) fn start(address: Address, shared: Arc<Shared>) -> Self {
        let sequencing = Arc::new(AtomicBool::new(false));
        let following = Following {
            address,
            shared,
            sequencing: Arc::clone(&sequencing),
            noticed: Notify::new(),
            in_touch: AtomicBool::new(false),
        };
        Self {
            sequencing,
            task: tokio::spawn(following.run()),
        }
    }

    pub(super) fn start_sequencer(&self) {
        self.sequencing.store(true, Ordering::Relaxed);
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Following {
    address: Address,
    shared: Arc<Shared>,
    sequencing: Arc<AtomicBool>,
    noticed: Notify,
    /// Whether the present connection has followed the journal.
    in_touch: AtomicBool,
}

impl Following {
    async fn run(self) {
        loop {
            let Err(error) = self.connected().await;
            // Told once; every verb that fails meanwhile tells its caller.
            if self.in_touch.swap(false, Ordering::Relaxed) {
                tracing::warn!(%error, "the journal cannot be followed; trying again");
            }
            tokio::time::sleep(RECONNECT).await;
        }
    }

    async fn connected(&self) -> Result<std::convert::Infallible, Error> {
        let tls = self.address.tls.clone();
        let (client, connection) = self.address.config.connect(tls).await?;
        // Both ends are polled here, so that dropping this task closes the connection.
        let messages = std::pin::pin!(self.messages(connection));
        let work = std::pin::pin!(self.follow(&client));
        match futures_util::future::select(work, messages).await {
            Either::Left((ended, _)) | Either::Right((ended, _)) => ended,
        }
    }

    /// Drives the connection and notices what others say.
    async fn messages<S, T>(
        &self,
        mut connection: tokio_postgres::Connection<S, T>,
    ) -> Result<std::convert::Infallible, Error>
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
        T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    {
        loop {
            match poll_fn(|cx| connection.poll_message(cx)).await {
                Some(Ok(AsyncMessage::Notification(message))) => {
                    self.shared.committed(Effects {
                        enqueued: message.channel() == APPENDED,
                        ..Effects::default()
                    });
                    self.noticed.notify_one();
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
                // The work beside this one meets the closed connection and ends with its error.
                None => std::future::pending().await,
            }
        }
    }

    async fn follow(&self, client: &Client) -> Result<std::convert::Infallible, Error> {
        client
            .batch_execute(&format!("listen {APPENDED}; listen {SEQUENCED}"))
            .await?;
        let sequencer = Sequencer::new();
        // A database that is not migrated yet has no journal; the next attempt comes soon.
        let last = client
            .prepare("select coalesce(max(position), 0) from journal")
            .await?;
        self.in_touch.store(true, Ordering::Relaxed);
        let mut announce = false;
        loop {
            let mut given = 0;
            if self.sequencing.load(Ordering::Relaxed) {
                given = sequencer.step(client).await?;
            }
            if given > 0 {
                client.batch_execute(&format!("notify {SEQUENCED}")).await?;
            } else if announce {
                client.batch_execute(&format!("notify {APPENDED}")).await?;
            }
            let position = client.query_one(&last, &[]).await?.get(0);
            self.shared.committed(Effects {
                position,
                ..Effects::default()
            });
            announce = given == 0 && self.wait().await;
        }
    }

    /// Waits for news; true when it is our own.
    async fn wait(&self) -> bool {
        tokio::select! {
            () = self.shared.appended.notified() => true,
            () = self.noticed.notified() => false,
            () = tokio::time::sleep(POLL) => false,
        }
    }
}
