//! How much the listener takes on at one time.
//!
//! Owns: counting connections by address, and the shared budget for messages in memory.
//! Must not know: the dialogue.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::limits::Limits;

/// The budget is counted in these units, so that it fits a semaphore.
const UNIT: usize = 1024;
/// A message's first room; it doubles from there.
const FIRST_ROOM: usize = 16 * UNIT;

/// Counts open connections.
#[derive(Debug, Default)]
pub(super) struct Doorman {
    open: Mutex<HashMap<IpAddr, usize>>,
}

/// Why a connection was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TurnedAway {
    TooMany,
    TooManyFromAddress,
}

impl Doorman {
    /// Lets a connection in while it holds the [`Visit`].
    pub(super) fn admit(
        self: &Arc<Self>,
        address: IpAddr,
        limits: &Limits,
    ) -> Result<Visit, TurnedAway> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.values().sum::<usize>() >= limits.connections {
            return Err(TurnedAway::TooMany);
        }
        let count = open.entry(address).or_default();
        if *count >= limits.connections_per_address {
            return Err(TurnedAway::TooManyFromAddress);
        }
        *count += 1;
        Ok(Visit {
            doorman: Arc::clone(self),
            address,
        })
    }
}

/// An open connection's place; given back when dropped.
#[derive(Debug)]
pub(super) struct Visit {
    doorman: Arc<Doorman>,
    address: IpAddr,
}

impl Drop for Visit {
    fn drop(&mut self) {
        let open = &self.doorman.open;
        let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

/// Memory for all messages under way.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    units: Arc<Semaphore>,
}

impl Budget {
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            units: Arc::new(Semaphore::new(bytes / UNIT)),
        }
    }

    pub(super) fn body(&self, most: usize) -> Body {
        Body {
            units: Arc::clone(&self.units),
            held: Vec::new(),
            bytes: Vec::new(),
            most,
        }
    }
}

/// A message in memory, paid for from the [`Budget`] until it is dropped.
#[derive(Debug)]
pub(super) struct Body {
    units: Arc<Semaphore>,
    held: Vec<OwnedSemaphorePermit>,
    pub(super) bytes: Vec<u8>,
    most: usize,
}

/// Why a message can grow no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRoom {
    /// Larger than a message may be.
    TooLarge,
    /// The budget is used up by other messages.
    Busy,
}

impl Body {
    /// Makes room for `more` bytes.
    pub(super) fn reserve(&mut self, more: usize) -> Result<(), NoRoom> {
        let needed = self.bytes.len() + more;
        let has = self.bytes.capacity();
        if needed <= has {
            return Ok(());
        }
        let room = needed.max(has * 2).max(FIRST_ROOM);
        let room = room.min(self.most.max(needed)).next_multiple_of(UNIT);
        let units = u32::try_from((room - has).div_ceil(UNIT)).map_err(|_| NoRoom::TooLarge)?;
        let permit = Arc::clone(&self.units).try_acquire_many_owned(units);
        self.held.push(permit.map_err(|_| NoRoom::Busy)?);
        self.bytes.reserve_exact(room - self.bytes.len());
        Ok(())
    }

    /// Whether the message is larger than it may be.
    pub(super) fn too_large(&self) -> bool {
        self.bytes.len() > self.most
    }

    /// Gives the memory back; the message is lost.
    pub(super) fn discard(&mut self) {
        self.bytes = Vec::new();
        self.held.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::sync::Arc;

    use super::{Budget, Doorman, NoRoom, TurnedAway};
    use crate::Limits;

    const HOME: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const AWAY: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

    #[test]
    fn a_place_is_free_again_when_the_visitor_leaves() {
        let limits = Limits {
            connections: 3,
            connections_per_address: 2,
            ..Limits::default()
        };
        let doorman = Arc::new(Doorman::default());
        let first = doorman.admit(HOME, &limits).expect("first");
        let _second = doorman.admit(HOME, &limits).expect("second");
        let third = doorman.admit(HOME, &limits);
        assert_eq!(third.err(), Some(TurnedAway::TooManyFromAddress));
        let _away = doorman.admit(AWAY, &limits).expect("another address");
        assert_eq!(
            doorman.admit(AWAY, &limits).err(),
            Some(TurnedAway::TooMany)
        );
        drop(first);
        assert!(doorman.admit(HOME, &limits).is_ok());
    }

    #[test]
    fn messages_share_one_budget_and_give_it_back() {
        let budget = Budget::new(64 * 1024);
        let mut large = budget.body(1 << 20);
        assert_eq!(large.reserve(60 * 1024), Ok(()));
        let mut other = budget.body(1 << 20);
        assert_eq!(other.reserve(1), Err(NoRoom::Busy));
        drop(large);
        assert_eq!(other.reserve(1), Ok(()));
    }
}
