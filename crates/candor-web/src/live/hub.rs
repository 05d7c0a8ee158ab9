//! The one task of a node that follows the journal and presence for all its listeners.
//!
//! Owns: when to look, what is new, starting with the first listener and resting after the last.
//! Must not know: who may see which ticket; each stream asks that for its own person.

use candor_desk::ticket::{ChangesAfter, HerePresent, Presence};
use candor_desk::{Desk, DeskError};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::MissedTickBehavior;

/// How often presence is looked at while somebody listens. It lies in the database, so that it
/// crosses nodes.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Changes kept for a listener that falls behind; who falls further looks at everything anew.
const ROOM: usize = 256;

/// What happened, as far as pages care.
#[derive(Debug, Clone)]
pub(super) struct News {
    /// The journal's position, for a browser that comes back.
    pub(super) position: i64,
    /// Tickets that changed or where somebody came or went.
    pub(super) tickets: Arc<[TicketId]>,
    /// Something was recorded, so counts and lists may differ.
    pub(super) recorded: bool,
}

/// Who listens for changes. Cloning it is cheap.
#[derive(Clone)]
pub struct Hub {
    news: broadcast::Sender<News>,
    is_following: Arc<Mutex<bool>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            news: broadcast::Sender::new(ROOM),
            is_following: Arc::default(),
        }
    }
}

impl Hub {
    /// Listens from now on.
    pub(super) fn listen(&self, desk: &Desk) -> broadcast::Receiver<News> {
        let receiver = self.news.subscribe();
        let mut following = self.lock();
        if !*following {
            *following = true;
            tokio::spawn(follow(self.clone(), desk.clone()));
        }
        receiver
    }

    /// Rests when nobody listens; nobody can begin to listen in between.
    fn rest(&self) -> bool {
        let mut following = self.lock();
        *following = self.news.receiver_count() > 0;
        !*following
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, bool> {
        // Nothing can panic while it is held, and a flag cannot be half set.
        self.is_following
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

async fn follow(hub: Hub, desk: Desk) {
    let mut positions = desk.store().positions();
    let mut known = *positions.borrow_and_update();
    let mut here = Vec::new();
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let found = tokio::select! {
            changed = positions.changed() => match changed {
                Ok(()) => recorded(&desk, &mut known).await,
                Err(_) => return,
            },
            _ = look.tick() => {
                if hub.rest() {
                    return;
                }
                moved(&desk, &mut here, known).await
            }
        };
        match found {
            Ok(news) => {
                for news in news {
                    // Without a listener there is nobody to tell.
                    let _ = hub.news.send(news);
                }
            }
            Err(error) => tracing::warn!(%error, "live pages cannot follow the desk"),
        }
    }
}

/// What was recorded since the known position.
async fn recorded(desk: &Desk, known: &mut i64) -> Result<Vec<News>, DeskError> {
    let mut all = Vec::new();
    loop {
        let position = *known;
        let found = desk.ask(&Actor::System, ChangesAfter { position }).await?;
        *known = found.position;
        if found.loud {
            all.push(News {
                position: found.position,
                tickets: found.tickets.into(),
                recorded: true,
            });
        }
        if !found.more {
            return Ok(all);
        }
    }
}

/// Tickets where somebody came, went, or began to write.
async fn moved(
    desk: &Desk,
    here: &mut Vec<HerePresent>,
    position: i64,
) -> Result<Vec<News>, DeskError> {
    let now = desk.ask(&Actor::System, Presence).await?;
    let came = now.iter().filter(|one| !here.contains(one));
    let went = here.iter().filter(|one| !now.contains(one));
    let tickets: BTreeSet<TicketId> = came.chain(went).map(|one| one.ticket).collect();
    *here = now;
    if tickets.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![News {
        position,
        tickets: tickets.into_iter().collect(),
        recorded: false,
    }])
}
