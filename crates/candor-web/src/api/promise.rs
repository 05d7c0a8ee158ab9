//! Promises and the queue, for programs.
//!
//! Owns: `/api/v1/queue` and how a promise is written. Must not know: how the order comes about.

use super::caller::Caller;
use super::params::Params;
use super::respond::{List, ok};
use crate::error::ApiResult;
use axum::response::Response;
use candor_desk::queue::{NextForYou, QueueLine};
use candor_domain::level::{Clock, Metric, Phase};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// One thing that is promised on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Promise {
    /// `first_reply`, `next_reply`, `periodic_update`, `requester_wait`, `agent_work` or
    /// `resolution`.
    metric: &'static str,
    /// Such as `8 business hours`.
    target: Option<String>,
    /// `running`, `paused` or `met`.
    state: &'static str,
    /// When it is due, or was when it was missed; `null` while it is paused and once it was kept.
    #[schema(format = DateTime)]
    due_at: Option<String>,
    /// Whether it was missed.
    missed: bool,
    /// When it was done.
    #[schema(format = DateTime)]
    done_at: Option<String>,
}

impl Promise {
    pub(super) fn of(clock: &Clock) -> Self {
        let written = |at: Timestamp| at.to_string();
        Self {
            metric: clock.metric.as_str(),
            target: clock.target.map(|target| target.to_string()),
            state: match clock.phase {
                Phase::Idle | Phase::Paused => "paused",
                Phase::Running => "running",
                Phase::Met => "met",
            },
            due_at: clock.due.map(written),
            missed: clock.breached_at.is_some(),
            done_at: clock.fulfilled_at.map(written),
        }
    }
}

/// A ticket in the order in which it should be answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QueueEntry {
    /// The ticket's number.
    number: i64,
    /// One line.
    subject: String,
    /// `urgent`, `normal` or `can_wait`.
    urgency: &'static str,
    /// The service level; `null` where nothing is promised.
    level: Option<String>,
    /// What is promised first.
    metric: Option<&'static str>,
    /// By when.
    #[schema(format = DateTime)]
    due_at: Option<String>,
    /// Seconds that are left in the promise's own time; below zero when it is late.
    left_seconds: i64,
    /// What it counts: level times urgency.
    weight: f64,
    /// What the order made of it; the larger goes first among those that can still be kept.
    index: f64,
    /// Whether the token's person has it already; nobody has the others.
    mine: bool,
}

impl QueueEntry {
    fn of(line: &QueueLine) -> Self {
        Self {
            number: line.ticket.0,
            subject: line.subject.clone(),
            urgency: line.urgency.as_str(),
            level: line.level.clone(),
            metric: line.metric.map(Metric::as_str),
            due_at: line.due.map(|at| at.to_string()),
            left_seconds: line.left.as_secs(),
            weight: line.sum.tier * line.sum.urgency,
            index: line.sum.index,
            mine: line.mine,
        }
    }
}

/// Shows the queue
///
/// The open tickets that the token's person has or could take, the next one first.
#[utoipa::path(
    get,
    path = "/api/v1/queue",
    tag = "Tickets",
    params(
        ("limit" = Option<i64>, Query, description = "1 to 100 entries; 50 where nothing is said"),
    ),
    responses((status = 200, description = "Tickets in their order", body = List<QueueEntry>)),
    security(("token" = ["tickets.read"]))
)]
pub(super) async fn queue(caller: Caller, params: Params) -> ApiResult<Response> {
    let params = params.knowing(&["limit"])?;
    let limit = params.limit()?;
    let screen = caller.ask(NextForYou { limit }).await?;
    Ok(ok(&List {
        items: screen.lines.iter().map(QueueEntry::of).collect::<Vec<_>>(),
        next_cursor: None,
    }))
}
