//! The SMTP way out.
//!
//! Owns: handing messages to a relay and keeping a connection for the next one.
//! Must not know: the outbox, when to try again, what a message says (its bytes, Message-ID
//! included, cross as they are).

mod dialogue;
pub mod failure;
mod opening;
pub mod relay;
mod session;
pub(crate) mod wire;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use self::failure::SendFailure;
use self::relay::Relay;
use self::session::Session;
use crate::Envelope;

/// How we present ourselves and how long we wait.
#[derive(Clone, Debug)]
pub struct SenderConfig {
    /// The name in EHLO: this host's name in the DNS.
    pub hello_name: String,
    /// Time to connect, and for the greeting.
    pub connect_time: Duration,
    /// Time for one command's reply.
    pub command_time: Duration,
    /// Time for the message to be taken and confirmed.
    pub data_time: Duration,
    /// How long an idle connection is kept for the next message.
    pub keep_time: Duration,
}

impl SenderConfig {
    /// The usual times (RFC 5321 section 4.5.3.2 where a person does not wait for it).
    pub fn new(hello_name: impl Into<String>) -> Self {
        Self {
            hello_name: hello_name.into(),
            connect_time: Duration::from_secs(30),
            command_time: Duration::from_mins(1),
            data_time: Duration::from_mins(10),
            keep_time: Duration::from_secs(20),
        }
    }
}

/// A message the relay has taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The relay's last word, often with its own id for the message.
    pub answer: String,
    /// Recipients it would not have, while it took the message for the others.
    pub refused: Vec<RefusedRecipient>,
}

/// A recipient the relay would not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRecipient {
    /// The address as given.
    pub address: String,
    /// The reply code: from 400 to 499 a later try may help, from 500 on never.
    pub code: u16,
    /// The reply in the relay's words.
    pub text: String,
}

/// Hands messages to relays.
pub struct Sender {
    config: SenderConfig,
    idle: Mutex<HashMap<Relay, (Instant, Session)>>,
}

impl Sender {
    /// A sender with no connection yet.
    pub fn new(config: SenderConfig) -> Self {
        Self {
            config,
            idle: Mutex::default(),
        }
    }

    /// Hands a message over: one attempt, with a connection kept from the last one if there is
    /// any. `Ok` means that the relay confirmed it.
    pub async fn send(
        &self,
        relay: &Relay,
        envelope: &Envelope,
        raw: &[u8],
    ) -> Result<Delivered, SendFailure> {
        let mut session = self.session(relay).await?;
        match session.deliver(envelope, raw).await {
            Ok(delivered) => {
                self.keep(relay, session);
                Ok(delivered)
            }
            Err(failure) => {
                session.quit().await;
                Err(failure)
            }
        }
    }

    /// Connects and logs in without sending, for whoever sets the relay up.
    pub async fn check(&self, relay: &Relay) -> Result<(), SendFailure> {
        Session::open(relay, &self.config).await?.quit().await;
        Ok(())
    }

    /// Ends all idle connections.
    pub async fn close(&self) {
        let idle = std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner));
        for (_, session) in idle.into_values() {
            session.quit().await;
        }
    }

    async fn session(&self, relay: &Relay) -> Result<Session, SendFailure> {
        if let Some(mut session) = self.take_idle(relay)
            && session.is_alive().await
        {
            return Ok(session);
        }
        Session::open(relay, &self.config).await
    }

    fn take_idle(&self, relay: &Relay) -> Option<Session> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        // Connections to relays that are no longer used close by being dropped here.
        idle.retain(|_, (since, _)| now.duration_since(*since) < self.config.keep_time);
        idle.remove(relay).map(|(_, session)| session)
    }

    fn keep(&self, relay: &Relay, session: Session) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.insert(relay.clone(), (Instant::now(), session));
    }
}
