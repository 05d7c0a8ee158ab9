//! A desk where nobody works yet.
//!
//! Owns: what every desk in a test stands on: a fresh database on the engine that the environment
//! chooses, a clock that is moved by hand, randomness that repeats, keys, mail out. Must not know:
//! who works there.

use crate::clock::{CountedSeeds, TestClock};
use crate::courier::RememberingCourier;
use crate::postmaster::TestPostmaster;
use candor_desk::cx::Keys;
use candor_desk::outbox::{PostOffice, Relay, RelayTls};
use candor_desk::worker::{Worker, house_worker};
use candor_desk::{Desk, DeskConfig};
use candor_store::StoreConfig;
use candor_store::testing::{TestStore, fresh_store};
use jiff::Timestamp;
use std::sync::Arc;

/// A desk with nobody in it.
pub struct Ground {
    /// The desk.
    pub desk: Desk,
    /// Its clock.
    pub clock: Arc<TestClock>,
    /// What carried mail out.
    pub courier: Arc<RememberingCourier>,
    /// Who knows the DNS.
    pub postmaster: Arc<TestPostmaster>,
    store: TestStore,
}

impl Ground {
    /// A desk that is reached under a public address, at a moment.
    pub async fn new(public_url: &str, start: Timestamp) -> Self {
        Self::with_key(public_url, start, 1).await
    }

    /// A desk that signs with another key than others do.
    pub async fn with_key(public_url: &str, start: Timestamp, key: u8) -> Self {
        let store = fresh_store().await;
        let clock = Arc::new(TestClock::at(start));
        let desk = Desk::new(DeskConfig {
            store: store.store.clone(),
            clock: clock.clone(),
            entropy: Arc::new(CountedSeeds::default()),
            keys: Keys {
                links: [key; 32],
                seal: [2; 32],
                secrets: [3; 32],
            },
            public_url: public_url.to_owned(),
            texts: candor_web::mail::mail_texts(),
            cheap_passwords: true,
        });
        Self {
            desk,
            clock,
            courier: Arc::new(RememberingCourier::default()),
            postmaster: Arc::new(TestPostmaster::default()),
            store,
        }
    }

    /// How to open the database once more, as a second process or node would.
    pub fn config(&self) -> &StoreConfig {
        &self.store.config
    }

    /// What carries mail out: to a mail server, or into the folder where there is none.
    pub fn post_office(&self, has_relay: bool) -> PostOffice {
        PostOffice {
            courier: self.courier.clone(),
            postmaster: self.postmaster.clone(),
            relay: has_relay.then(|| Relay {
                host: "mail.shop.example".to_owned(),
                port: 587,
                tls: RelayTls::StartTls,
                login: None,
            }),
        }
    }

    /// A worker that runs jobs when a test says so.
    pub fn worker(&self, has_relay: bool) -> Worker {
        house_worker(self.desk.clone(), self.post_office(has_relay))
    }

    /// Waits until every entry of the history has its place.
    pub async fn sequenced(&self) {
        let mut positions = self.desk.store().positions();
        loop {
            let waiting = self.desk.store().read(|tx| tx.entries_without_position());
            if waiting.await.expect("the journal can be read").is_empty() {
                return;
            }
            positions.changed().await.expect("the sequencer runs");
        }
    }
}
