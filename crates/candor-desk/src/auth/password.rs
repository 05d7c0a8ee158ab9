//! Passwords and their hashes.
//!
//! Owns: Argon2id with its costs, and that no more hashes run at once than there are cores.
//! Must not know: whose password it is.

use crate::cx::Desk;
use crate::error::{DeskError, FieldError};
use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use tokio::sync::Semaphore;

/// A password as somebody typed it. `Debug` does not show it.
#[derive(Clone)]
pub struct Password(String);

/// A password's Argon2id hash in its usual text form.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

/// Hashes passwords: OWASP's Argon2id with more memory than their minimum, one at a time per core,
/// so that a crowd at the door cannot eat the machine's memory.
pub struct Passwords {
    params: Params,
    slots: Arc<Semaphore>,
    waiting: AtomicUsize,
    made: AtomicU64,
}

/// Memory of one hash in KiB.
const MEMORY: u32 = 46 * 1024;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Memory of one hash in tests.
const CHEAP_MEMORY: u32 = 8;
/// So many may wait for a core; further ones are sent away for a moment.
const MOST_WAITING: usize = 256;

impl Password {
    /// Shortest password, in bytes.
    pub const SHORTEST: usize = 8;
    /// Longest password, in bytes: hashing more would only cost time.
    pub const LONGEST: usize = 1024;

    /// Takes a password of a permitted length, checked before anything is hashed.
    pub fn parse(text: &str) -> Result<Self, DeskError> {
        let refuse = |id, message: &str| {
            let message = message.to_owned();
            Err(DeskError::Invalid(vec![FieldError {
                field: "password",
                id,
                message,
            }]))
        };
        if text.len() < Self::SHORTEST {
            return refuse("error-password-short", "use at least 8 characters");
        }
        if text.len() > Self::LONGEST {
            return refuse("error-password-long", "use at most 1,024 bytes");
        }
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(..)")
    }
}

impl PasswordHash {
    /// Takes a hash as it is stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

impl Passwords {
    /// With the full cost, or next to none for tests.
    pub fn new(cheap: bool) -> Self {
        let (memory, passes) = if cheap {
            (CHEAP_MEMORY, 1)
        } else {
            (MEMORY, PASSES)
        };
        let params = Params::new(memory, passes, 1, None).expect("these costs are valid");
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            params,
            slots: Arc::new(Semaphore::new(cores)),
            waiting: AtomicUsize::new(0),
            made: AtomicU64::new(0),
        }
    }

    /// How many hashes were computed so far.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    /// Whether a stored hash was made with today's costs.
    pub fn is_current(&self, hash: &PasswordHash) -> bool {
        phc::PasswordHash::new(hash.as_str())
            .ok()
            .and_then(|parsed| Params::try_from(&parsed).ok())
            .is_some_and(|params| {
                (params.m_cost(), params.t_cost(), params.p_cost())
                    == (
                        self.params.m_cost(),
                        self.params.t_cost(),
                        self.params.p_cost(),
                    )
            })
    }

    /// Hashes a password. The salt is drawn by the caller.
    pub async fn hash(
        &self,
        password: &Password,
        salt: [u8; 16],
    ) -> Result<PasswordHash, DeskError> {
        let argon = self.argon();
        let password = password.clone();
        let hashed = self
            .on_a_core(move || {
                let made: Result<phc::PasswordHash, _> =
                    argon.hash_password_with_salt(password.0.as_bytes(), &salt);
                made.map(|hash| hash.to_string())
                    .map_err(|error| error.to_string())
            })
            .await?;
        hashed.map(PasswordHash).map_err(DeskError::Internal)
    }

    /// Whether the password belongs to the stored hash. Without one it works just as long and says
    /// no, so that nobody can tell an unknown account by the time it takes.
    pub async fn fits(
        &self,
        password: &Password,
        stored: Option<PasswordHash>,
    ) -> Result<bool, DeskError> {
        let Some(stored) = stored else {
            self.hash(password, [0; 16]).await?;
            return Ok(false);
        };
        let argon = self.argon();
        let password = password.clone();
        self.on_a_core(move || {
            phc::PasswordHash::new(stored.as_str())
                .is_ok_and(|hash| argon.verify_password(password.0.as_bytes(), &hash).is_ok())
        })
        .await
    }

    fn argon(&self) -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone())
    }

    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, DeskError> {
        let place = Waiting::take(&self.waiting)?;
        let slots = Arc::clone(&self.slots);
        let slot = slots
            .acquire_owned()
            .await
            .expect("the semaphore is never closed");
        drop(place);
        self.made.fetch_add(1, Ordering::Relaxed);
        tokio::task::spawn_blocking(move || {
            let worked = work();
            drop(slot);
            worked
        })
        .await
        .map_err(|error| DeskError::Internal(error.to_string()))
    }
}

/// A place in the queue for a core, given back even when the caller goes away.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Self, DeskError> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::Relaxed) >= MOST_WAITING {
            return Err(DeskError::SlowDown {
                retry_after_seconds: 5,
            });
        }
        Ok(place)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Desk {
    /// Hashes a password that somebody chose, before the verb that stores it.
    pub async fn hash_password(&self, password: &Password) -> Result<PasswordHash, DeskError> {
        let seed = self.config().entropy.seed();
        let salt: [u8; 16] = seed[..16].try_into().expect("a seed has 32 bytes");
        self.passwords().hash(password, salt).await
    }
}
