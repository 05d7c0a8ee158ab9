//! Tells addresses on the web that mail stopped, or that it flows again.
//!
//! Owns: when it is tried, and again. Must not know: when mail has stopped, what may be reached.

use candor_desk::mail_watch::{Hook, HookTold, HooksToTell};
use candor_desk::{Desk, DeskError};
use candor_domain::actor::Actor;
use candor_post::http::HttpClient;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks where nothing happens, and after an address that did not answer.
const PAUSE: Duration = Duration::from_mins(1);

/// Tells until `stop`.
pub(crate) async fn run(desk: Desk, http: HttpClient, stop: CancellationToken) {
    let mut positions = desk.store().positions();
    while !stop.is_cancelled() {
        let all_told = match tell_all(&desk, &http).await {
            Ok(all_told) => all_told,
            Err(error) => {
                tracing::warn!(%error, "who is to be told of an alarm cannot be read");
                false
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(PAUSE) => {}
            // An address that did not answer has its minute.
            _ = positions.changed(), if all_told => {}
        }
    }
}

/// Whether everybody was told.
async fn tell_all(desk: &Desk, http: &HttpClient) -> Result<bool, DeskError> {
    let mut all_told = true;
    for hook in desk.ask(&Actor::System, HooksToTell).await? {
        match tell(http, &hook).await {
            Ok(()) => {
                let told = HookTold {
                    mailbox: hook.mailbox,
                    what: hook.what,
                };
                desk.run(&Actor::System, told).await?;
            }
            Err(why) => {
                all_told = false;
                let mailbox = hook.mailbox;
                tracing::warn!(%mailbox, why, "an alarm could not be told to its address");
            }
        }
    }
    Ok(all_told)
}

async fn tell(http: &HttpClient, hook: &Hook) -> Result<(), String> {
    let answer = http.tell(&hook.url, &hook.body).await;
    let answer = answer.map_err(|failure| failure.to_string())?;
    if (200..300).contains(&answer.status) {
        Ok(())
    } else {
        Err(format!("it answered {}", answer.status))
    }
}
