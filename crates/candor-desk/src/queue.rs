//! Which ticket comes next, and why.
//!
//! Owns: the order of the open tickets for one person, taking the next, the limit that keeps
//! anybody from hoarding. Must not know: how a page shows the reason.
//!
//! The order is `Rule::CANDOR` of the staffing engine: what lateness would cost (tier times urgency), discounted by the
//! time that is left; nobody waits longer than five times their promise. `docs/queue-order.md`
//! compares it with others.

mod candidate;
mod hand_out;
mod page;
mod take;

pub use candidate::QueueLine;
pub use hand_out::{HandOut, KeepQueueMode, QueueMode, QueueModeView};
pub use page::{QueueCursor, QueueLines, QueuePage};
pub use take::{KeepQueueLimit, QueueLimit, TakeNext, Taken};

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::level::MyPromises;
use crate::ticket::{Lists, list_counts};
use crate::workload::{LastTickets, alarm_for_leads};
use candidate::Candidates;
use candor_domain::permission::Permission;
use candor_staffing::order::{Job, unavoidable_loss};
use candor_store::Tx;
pub use candor_store::level::OwedPromise;
use page::moment;

/// Most open tickets that are put in order; those that changed longest ago.
const MOST: i64 = 10_000;

/// Asks for one's queue: own open tickets and those that nobody has.
#[derive(Debug, Clone, Copy)]
pub struct NextForYou {
    /// Most lines.
    pub limit: usize,
    /// Goes on after this place.
    pub after: Option<QueueCursor>,
}

/// Somebody's queue.
#[derive(Debug, Clone)]
pub struct QueueScreen {
    /// Beside the lists.
    pub counts: Lists,
    /// The tickets, the first one next.
    pub lines: Vec<QueueLine>,
    /// Goes on after this place; `None` at the end.
    pub next: Option<QueueCursor>,
    /// How many there are for the person.
    pub waiting: usize,
    /// How many more there are, for other teams or for people with other skills.
    pub for_others: usize,
    /// How many open tickets the person has.
    pub mine: i64,
    /// How many they may have before they can take no more.
    pub limit: i64,
    /// What the person promised in replies and still owes.
    pub promised: Vec<OwedPromise>,
    /// How many promises will be missed in whatever order one person works; `None` where nobody
    /// needs to know.
    pub unavoidable: Option<Unavoidable>,
    /// The newest tickets, while far too many of them are called urgent; for leads alone.
    pub alarm: Option<LastTickets>,
}

/// What no order can save.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unavoidable {
    /// The weight that will be late at least.
    pub late: f64,
    /// The weight of all that waits.
    pub of: f64,
    /// For so many people at work.
    pub people: usize,
}

impl Query for NextForYou {
    type Output = QueueScreen;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<QueueScreen, DeskError> {
        let access = cx.access()?;
        let at = moment(cx, self.after.as_ref());
        let candidates = Candidates::load_at(tx, cx, Some(access), at)?;
        let (waiting, for_others) = candidates.counts();
        let (lines, next) = candidates.page(at, self.limit, self.after.as_ref());
        let unavoidable = cx.may_at_all(Permission::ManageLevels).is_ok();
        Ok(QueueScreen {
            counts: list_counts(tx, cx)?,
            waiting,
            for_others,
            unavoidable: unavoidable.then(|| unavoidable_of(&candidates)),
            alarm: alarm_for_leads(tx, cx)?,
            mine: tx.our_turn_of(access.person)?,
            limit: take::limit(tx, cx)?,
            promised: MyPromises.read(tx, cx)?,
            lines,
            next,
        })
    }
}

/// Most tickets for which the exact loss is worked out.
const MOST_EXACT: usize = 300;

fn unavoidable_of(candidates: &Candidates) -> Unavoidable {
    let jobs: Vec<Job> = candidates
        .marks()
        .iter()
        .take(MOST_EXACT)
        .map(|mark| Job {
            minutes: mark.handle,
            due: mark.left,
            weight: mark.weight,
        })
        .collect();
    Unavoidable {
        late: unavoidable_loss(&jobs, 1).weight,
        of: jobs.iter().map(|job| job.weight).sum(),
        people: 1,
    }
}
