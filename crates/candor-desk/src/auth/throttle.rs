//! The brake on guessing.
//!
//! Owns: how many tries are free and how long the wait grows. Kept in the database, so that every
//! node brakes together. Must not know: what is being tried.

use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use candor_store::Tx;
use candor_store::session::LoginFailures;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// Something that tries are counted of, by a hash: the table holds no addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Braked {
    subject: String,
    /// Tries that cost nothing.
    free: i64,
}

/// Tries on one account before it is slowed down.
const FREE_BY_ACCOUNT: i64 = 5;
/// Tries from one network before it is slowed down: a whole office may stand behind one address.
const FREE_BY_ADDRESS: i64 = 20;
/// The first wait; it doubles with each further try.
const FIRST_WAIT_SECONDS: i64 = 5;
/// The longest wait.
const LONGEST_WAIT_SECONDS: i64 = 15 * 60;
/// Tries are forgotten after a quiet time of this length.
pub(crate) const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(1);

impl Braked {
    /// Tries on the account behind an e-mail address, whether there is one or not.
    pub(crate) fn account(what: &str, email: &str) -> Self {
        let subject = hashed(what, "account", email.trim().to_lowercase().as_bytes());
        Self {
            subject,
            free: FREE_BY_ACCOUNT,
        }
    }

    /// Tries from a browser that is known for the account.
    pub(crate) fn device(what: &str, mark: &str) -> Self {
        Self {
            subject: hashed(what, "device", mark.as_bytes()),
            free: FREE_BY_ACCOUNT,
        }
    }

    /// Tries from the network of an internet address.
    pub(crate) fn address(what: &str, address: &str) -> Self {
        let subject = match address.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
            // Whoever has one IPv6 address has the 2^64 beside it.
            Ok(IpAddr::V6(ip)) => hashed(what, "address", &ip.octets()[..8]),
            Ok(IpAddr::V4(ip)) => hashed(what, "address", &ip.octets()),
            Err(_) => hashed(what, "address", address.as_bytes()),
        };
        Self {
            subject,
            free: FREE_BY_ADDRESS,
        }
    }

    /// Counts a try before it is made, so that many at once cannot slip through together.
    pub(crate) fn count(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<(), DeskError> {
        let kept = tx.login_failures(&self.subject)?;
        if let Some(kept) = kept
            && kept.blocked_until > now
        {
            let seconds = kept.blocked_until.duration_since(now).as_secs() + 1;
            return Err(DeskError::SlowDown {
                retry_after_seconds: seconds.unsigned_abs(),
            });
        }
        tx.keep_login_failures(&self.subject, &after_another(kept, now, self.free))?;
        Ok(())
    }

    /// Spends some of what may be spent until there was a quiet hour. Nothing is spent when it would
    /// be too much.
    pub(crate) fn spend(
        &self,
        tx: &mut Tx<'_>,
        now: Timestamp,
        (amount, most): (i64, i64),
    ) -> Result<(), DeskError> {
        if amount <= 0 {
            return Ok(());
        }
        let before = tx
            .login_failures(&self.subject)?
            .filter(|kept| now.duration_since(kept.last_at) < FORGOTTEN_AFTER)
            .map_or(0, |kept| kept.failures);
        let spent = before.saturating_add(amount);
        if spent > most {
            return Err(DeskError::SlowDown {
                retry_after_seconds: FORGOTTEN_AFTER.as_secs().unsigned_abs(),
            });
        }
        let kept = LoginFailures {
            failures: spent,
            last_at: now,
            blocked_until: now,
        };
        Ok(tx.keep_login_failures(&self.subject, &kept)?)
    }

    /// The try was a good one: the account starts afresh.
    pub(crate) fn forget(&self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        Ok(tx.forget_login_failures(&self.subject)?)
    }

    /// The try was a good one: it is not counted, but the others from there are. Otherwise one
    /// account of one's own would make room for guesses at all others.
    pub(crate) fn uncount(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<(), DeskError> {
        if let Some(mut kept) = tx.login_failures(&self.subject)? {
            kept.failures = (kept.failures - 1).max(0);
            kept.blocked_until = kept.blocked_until.min(now);
            tx.keep_login_failures(&self.subject, &kept)?;
        }
        Ok(())
    }
}

fn hashed(what: &str, kind: &str, value: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(kind);
    hash.update([0]);
    hash.update(value);
    format!("{what}:{kind}:{}", hex::encode(hash.finalize()))
}

fn after_another(kept: Option<LoginFailures>, now: Timestamp, free: i64) -> LoginFailures {
    let before = kept
        .filter(|kept| now.duration_since(kept.last_at) < FORGOTTEN_AFTER)
        .map_or(0, |kept| kept.failures);
    let failures = before + 1;
    let doublings = u32::try_from(failures - free).ok();
    let wait = doublings.map_or(0, |times| {
        let factor = 2_i64.checked_pow(times).unwrap_or(i64::MAX);
        FIRST_WAIT_SECONDS
            .saturating_mul(factor)
            .min(LONGEST_WAIT_SECONDS)
    });
    LoginFailures {
        failures,
        last_at: now,
        blocked_until: now + SignedDuration::from_secs(wait),
    }
}

/// Counts a try at everything that brakes it.
pub(crate) struct CountTry {
    pub(crate) braked: Vec<Braked>,
}

impl Verb for CountTry {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        self.braked
            .iter()
            .try_for_each(|braked| braked.count(tx, cx.now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_quarter_of_an_hour_and_is_forgotten() {
        let mut now = Timestamp::UNIX_EPOCH;
        let mut kept = None;
        let mut waits = Vec::new();
        for _ in 0..14 {
            let next = after_another(kept, now, 5);
            waits.push(next.blocked_until.duration_since(now).as_secs());
            now = next.blocked_until;
            kept = Some(next);
        }
        assert_eq!(
            waits,
            [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
        );
        let later = now + FORGOTTEN_AFTER;
        assert_eq!(after_another(kept, later, 5).failures, 1);
    }

    #[test]
    fn neighbours_in_one_ipv6_network_are_one_source() {
        let of = |address| Braked::address("login", address);
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
