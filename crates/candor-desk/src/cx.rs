//! Running verbs and queries.
//!
//! Owns: the desk as a value that everybody shares, and the context that a verb reads instead of
//! the world. Must not know: any capability.

use crate::auth::Passwords;
use crate::clock::{Clock, Entropy};
use crate::error::DeskError;
use crate::level::TermsShelf;
use crate::outbox::MailTextBook;
use candor_domain::actor::Actor;
use candor_domain::permission::{Access, Permission, Whereabouts};
use candor_domain::visibility::Visibility;
use candor_store::{Store, Tx};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Keys that lie outside the database.
#[derive(Clone)]
pub struct Keys {
    /// Signs reply addresses, Message-IDs and customer links.
    pub links: [u8; 32],
    /// Seals the history: the seed of an Ed25519 key.
    pub seal: [u8; 32],
    /// Encrypts the secrets among the settings.
    pub secrets: [u8; 32],
}

/// What a desk needs to run.
pub struct DeskConfig {
    /// The database.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The keys.
    pub keys: Keys,
    /// Where people and customers reach the desk, without a slash at the end.
    pub public_url: String,
    /// The fixed sentences in mails.
    pub texts: MailTextBook,
    /// Cheap password hashing, for tests alone.
    pub cheap_passwords: bool,
}

/// The desk. Cloning it is cheap.
#[derive(Clone)]
pub struct Desk {
    config: Arc<DeskConfig>,
    passwords: Arc<Passwords>,
    terms: Arc<TermsShelf>,
}

/// What a verb knows of the world. The same for every try of one verb.
pub struct Cx {
    /// Who asks.
    pub actor: Actor,
    now: Timestamp,
    began: Timestamp,
    seed: [u8; 32],
    config: Arc<DeskConfig>,
    terms: Arc<TermsShelf>,
}

/// A change of the desk: permission, rule, rows, journal entry and jobs in one transaction.
pub trait Verb: Send + Sync + 'static {
    /// What the caller gets once it is committed.
    type Output: Send + 'static;
    /// Does it. May be called again for the same value.
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError>;
}

/// A verb that changes working state alone: nothing that is told, and nothing that anybody would
/// miss after a loss of power.
pub trait Note: Verb {}

/// A question to the desk, answered from one snapshot.
pub trait Query: Send + Sync + 'static {
    /// The answer.
    type Output: Send + 'static;
    /// Reads it. Nothing may be written.
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError>;
}

impl Desk {
    /// Puts a desk together.
    pub fn new(config: DeskConfig) -> Self {
        let passwords = Arc::new(Passwords::new(config.cheap_passwords));
        Self {
            config: Arc::new(config),
            passwords,
            terms: Arc::default(),
        }
    }

    /// Runs a verb for somebody.
    pub async fn run<V: Verb>(&self, actor: &Actor, verb: V) -> Result<V::Output, DeskError> {
        let cx = self.cx(actor);
        self.config.store.write(move |tx| verb.apply(tx, &cx)).await
    }

    /// Notes something for somebody. It is done when this returns, and nobody waits for the disk.
    pub async fn note<N: Note>(&self, actor: &Actor, note: N) -> Result<N::Output, DeskError> {
        let cx = self.cx(actor);
        self.config.store.note(move |tx| note.apply(tx, &cx)).await
    }

    /// Asks something for somebody.
    pub async fn ask<Q: Query>(&self, actor: &Actor, query: Q) -> Result<Q::Output, DeskError> {
        let cx = self.cx(actor);
        self.config.store.read(move |tx| query.read(tx, &cx)).await
    }

    /// Asks something that takes a row or two, found by their keys: who comes with a request.
    pub(crate) async fn look_up<Q: Query>(
        &self,
        actor: &Actor,
        query: Q,
    ) -> Result<Q::Output, DeskError> {
        let cx = self.cx(actor);
        let read = move |tx: &mut Tx<'_>| query.read(tx, &cx);
        self.config.store.look_up(read).await
    }

    /// The context in which something happens now. For the parts of the desk that prepare a verb.
    pub fn cx(&self, actor: &Actor) -> Cx {
        let now = self.config.clock.now();
        Cx {
            actor: actor.clone(),
            now,
            began: now,
            seed: self.config.entropy.seed(),
            config: Arc::clone(&self.config),
            terms: Arc::clone(&self.terms),
        }
    }

    /// The database, for followers of the journal and for blobs.
    pub fn store(&self) -> &Store {
        &self.config.store
    }

    /// Hashes passwords, one at a time per core.
    pub fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// What the desk was made with.
    pub fn config(&self) -> &DeskConfig {
        &self.config
    }

    /// Now, by the desk's clock.
    pub fn now(&self) -> Timestamp {
        self.config.clock.now()
    }
}

impl Cx {
    /// When it happens.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// How long ago an instant is by the desk's clock, also while something is brought in or read
    /// that happened before.
    pub fn age_of(&self, at: Timestamp) -> SignedDuration {
        self.began.duration_since(at)
    }

    /// The context of one of several things that happen in the same transaction: another actor,
    /// another time, other randomness.
    #[must_use]
    pub fn at(&self, actor: Actor, now: Timestamp, index: usize) -> Self {
        let seed = self.random(&format!("step {index}"));
        Self {
            actor,
            now,
            began: self.began,
            seed,
            config: Arc::clone(&self.config),
            terms: Arc::clone(&self.terms),
        }
    }

    /// 32 random bytes for one purpose; the same bytes for the same purpose in every try.
    pub fn random(&self, purpose: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(purpose.as_bytes());
        hash.finalize().into()
    }

    /// A salt for the content of one row.
    pub fn salt(&self, subject: &str) -> Vec<u8> {
        self.random(subject)[..16].to_vec()
    }

    /// The keys that lie outside the database.
    pub fn keys(&self) -> &Keys {
        &self.config.keys
    }

    /// The fixed sentences in mails.
    pub fn texts(&self) -> &MailTextBook {
        &self.config.texts
    }

    /// Where people and customers reach the desk.
    pub fn public_url(&self) -> &str {
        &self.config.public_url
    }

    /// Wordings of service levels that were read before.
    pub(crate) fn terms(&self) -> &TermsShelf {
        &self.terms
    }

    /// The access of the person who asks.
    ///
    /// # Errors
    /// `NotAllowed` for everybody who is not of the team.
    pub fn access(&self) -> Result<&Access, DeskError> {
        match &self.actor {
            Actor::Person(access) => Ok(access),
            _ => Err(DeskError::NotAllowed("only the team may do that")),
        }
    }

    /// Refuses unless the actor may do this to the ticket that stands there. The desk itself may.
    pub fn may(&self, permission: Permission, at: &Whereabouts) -> Result<(), DeskError> {
        match &self.actor {
            Actor::System | Actor::Mail => Ok(()),
            Actor::Person(access) if access.may(permission, at) => Ok(()),
            _ => Err(DeskError::NotAllowed(permission.as_str())),
        }
    }

    /// Refuses unless the actor may do this at all.
    pub fn may_at_all(&self, permission: Permission) -> Result<(), DeskError> {
        match &self.actor {
            Actor::System => Ok(()),
            Actor::Person(access) if access.has(permission) => Ok(()),
            _ => Err(DeskError::NotAllowed(permission.as_str())),
        }
    }

    /// The tickets that the actor may see.
    pub fn visibility(&self) -> Visibility {
        match &self.actor {
            Actor::System | Actor::Mail => Visibility::everything(),
            Actor::Person(access) => access.visibility(),
            Actor::Customer { .. } | Actor::Visitor => Visibility::nothing(),
        }
    }
}
