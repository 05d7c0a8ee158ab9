//! Promises and the queue, for programs.
//!
//! Owns: `/api/v1/queue` and how a promise is written. Must not know: how the order comes about.

use super::caller::Caller;
use super::params::{Params, refused};
use super::respond::{List, cursor, ok};
use crate::error::ApiResult;
use crate::i18n::key;
use axum::response::Response;
use candor_desk::level::{GivenSeen, GivenState};
use candor_desk::queue::{QueueCursor, QueueLine, QueuePage};
use candor_domain::id::TicketId;
use candor_domain::level::{Clock, Metric, Phase};
use candor_domain::urgency::UrgencySuggestion;
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

/// A promise that somebody gave in a reply.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GivenPromise {
    /// Its number on the ticket, from 1.
    id: u32,
    /// The number of the person who gave it.
    by: i64,
    /// The words in which it was given.
    words: String,
    /// When it was given.
    #[schema(format = DateTime)]
    given_at: String,
    /// By when.
    #[schema(format = DateTime)]
    due_at: String,
    /// `open`, `late`, `kept`, `kept_late` or `withdrawn`.
    state: &'static str,
}

impl GivenPromise {
    pub(super) fn of(seen: &GivenSeen) -> Self {
        let promise = &seen.promise;
        Self {
            id: promise.cycle,
            by: promise.by.0,
            words: promise.words.clone(),
            given_at: promise.given_at.to_string(),
            due_at: promise.due.to_string(),
            state: match seen.state {
                GivenState::Open => "open",
                GivenState::Late => "late",
                GivenState::Kept { .. } => "kept",
                GivenState::KeptLate { .. } => "kept_late",
                GivenState::Withdrawn { .. } => "withdrawn",
            },
        }
    }
}

/// An urgency that the facts speak for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuggestedUrgency {
    /// `urgent`, `normal` or `can_wait`.
    urgency: &'static str,
    /// Why: `safety`, `legal_threat`, `churn_threat`, `urgency`, `several_tickets`,
    /// `valued_complaint` or `feedback`.
    ground: &'static str,
}

impl SuggestedUrgency {
    pub(super) fn of(suggestion: UrgencySuggestion) -> Self {
        Self {
            urgency: suggestion.urgency.as_str(),
            ground: suggestion.ground.as_str(),
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
    /// What somebody has to be able to do for it, by name.
    skills: Vec<String>,
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
            skills: line.skills.clone(),
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
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before; the order stays that of its moment"),
        ("limit" = Option<i64>, Query, description = "1 to 100 entries; 50 where nothing is said"),
    ),
    responses((status = 200, description = "Tickets in their order", body = List<QueueEntry>)),
    security(("token" = ["tickets.read"]))
)]
pub(super) async fn queue(caller: Caller, params: Params) -> ApiResult<Response> {
    let params = params.knowing(&["cursor", "limit"])?;
    let limit = params.limit()?;
    let after = params.cursor::<5>()?.map(read).transpose()?;
    let page = caller.ask(QueuePage { limit, after }).await?;
    Ok(ok(&List {
        items: page.lines.iter().map(QueueEntry::of).collect::<Vec<_>>(),
        next_cursor: page.next.map(write),
    }))
}

/// A place in the order as numbers; those with a fraction by their bits.
fn write(place: QueueCursor) -> String {
    cursor(&[
        place.at.as_microsecond(),
        place.group,
        place.index.to_bits().cast_signed(),
        place.waited.to_bits().cast_signed(),
        place.ticket.0,
    ])
}

fn read([at, group, index, waited, ticket]: [i64; 5]) -> ApiResult<QueueCursor> {
    let at = Timestamp::from_microsecond(at);
    Ok(QueueCursor {
        at: at.map_err(|_| refused("cursor", key("error-field-cursor"), ""))?,
        group,
        index: f64::from_bits(index.cast_unsigned()),
        waited: f64::from_bits(waited.cast_unsigned()),
        ticket: TicketId(ticket),
    })
}
