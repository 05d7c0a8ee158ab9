//! Which clock runs when.
//!
//! Owns: the table of metrics and statuses. Must not know: time.

use super::Metric;
use crate::ticket::Status;

/// Whether a clock that watches something runs in a status. A reply clock runs until somebody
/// replies, whatever the status says, so that nobody stops it by moving the ticket.
pub(super) fn runs_in(metric: Metric, status: Status) -> bool {
    let done = is_done(status);
    match metric {
        Metric::FirstReply | Metric::NextReply | Metric::Resolution | Metric::Promised => !done,
        Metric::PeriodicUpdate | Metric::RequesterWait => !done && status != Status::Waiting,
        Metric::AgentWork => matches!(status, Status::New | Status::Open),
    }
}

/// Whether nothing is owed as long as nobody reopens it.
pub(super) fn is_done(status: Status) -> bool {
    matches!(status, Status::Solved | Status::Closed)
}

/// The clocks that watch the whole matter: solving fulfils them, reopening takes them up again.
pub(super) const WHOLE_MATTER: [Metric; 3] =
    [Metric::RequesterWait, Metric::AgentWork, Metric::Resolution];
