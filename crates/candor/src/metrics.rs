//! Figures for Prometheus, on a listener of their own.
//!
//! Owns: what is told and under which names. Must not know: tickets or people; no figure names one.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use candor_desk::{Desk, DeskError};
use candor_store::{StoreFigures, Tx};
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Serves `GET /metrics` until the token says stop.
pub(crate) async fn serve(listener: TcpListener, desk: Desk, stop: CancellationToken) {
    let app = Router::new().route("/metrics", get(show)).with_state(desk);
    if let Err(error) = axum::serve(listener, app)
        .with_graceful_shutdown(stop.cancelled_owned())
        .await
    {
        tracing::error!(%error, "the figures stopped");
    }
}

async fn show(State(desk): State<Desk>) -> impl IntoResponse {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    (
        kind,
        figures(&desk)
            .await
            .unwrap_or_else(|error| format!("# the desk cannot be asked: {error}\n")),
    )
}

async fn figures(desk: &Desk) -> Result<String, DeskError> {
    let (last, sealed, job, mail) = desk
        .store()
        .read(|tx: &mut Tx<'_>| {
            let sealed = tx
                .last_checkpoint()?
                .map_or(0, |checkpoint| checkpoint.size);
            let last = tx.last_position()?;
            Ok::<_, DeskError>((last, sealed, tx.next_job_at()?, tx.oldest_queued_mail()?))
        })
        .await?;
    let now = desk.now();
    let mut lines = of_store(desk.store().figures()).to_vec();
    lines.extend([
        (
            "candor_history_entries",
            "Entries in the history.",
            last as f64,
        ),
        (
            "candor_history_unsealed",
            "Entries that no checkpoint covers yet.",
            (last - sealed) as f64,
        ),
        (
            "candor_job_overdue_seconds",
            "How long the next job has been due.",
            age(job, now),
        ),
        (
            "candor_outbox_oldest_seconds",
            "Age of the mail that has waited longest.",
            age(mail, now),
        ),
    ]);
    Ok(lines.into_iter().map(told).collect())
}

/// Name, meaning, value.
type Figure = (&'static str, &'static str, f64);

fn of_store(store: StoreFigures) -> [Figure; 6] {
    [
        (
            "candor_writer_queue",
            "Writes that wait at the moment.",
            store.waiting_writes as f64,
        ),
        (
            "candor_writer_largest_batch",
            "The most verbs that ever shared a commit.",
            store.largest_batch as f64,
        ),
        (
            "candor_verbs_total",
            "Times that a change was worked out.",
            store.verbs as f64,
        ),
        (
            "candor_verb_seconds_total",
            "Time spent working changes out, without their commits.",
            store.verb_time.as_secs_f64(),
        ),
        (
            "candor_statements_total",
            "Statements that the database ran for changes and pages.",
            store.statements as f64,
        ),
        (
            "candor_statement_seconds_total",
            "Time spent in them, commits among it.",
            store.statement_time.as_secs_f64(),
        ),
    ]
}

fn told((name, help, value): Figure) -> String {
    let kind = if name.ends_with("_total") {
        "counter"
    } else {
        "gauge"
    };
    format!("# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n")
}

/// Seconds since a moment; 0 for what lies ahead or is not there.
fn age(since: Option<Timestamp>, now: Timestamp) -> f64 {
    since.map_or(0.0, |since| {
        now.duration_since(since).as_secs_f64().max(0.0)
    })
}
