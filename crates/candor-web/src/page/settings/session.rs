//! Logins as rows.
//!
//! Owns: how a login is described. Must not know: whose page shows it.

use crate::i18n::Texts;
use crate::part::{ActionButton, Chip, Row, Tone};
use candor_desk::auth::Session;
use candor_domain::id::SessionId;

/// The logins of a person; each but the present one can be ended below `resource`.
pub(crate) fn session_rows(
    t: &Texts,
    sessions: &[Session],
    here: Option<SessionId>,
    resource: &str,
) -> Vec<Row> {
    let row = |session: &Session| {
        let row = Row::new(browser_of(t, &session.user_agent))
            .below(t.arg("session-seen", "when", t.relative(session.seen_at)))
            .below(session.address.clone());
        if Some(session.id) == here {
            row.chip(Chip::toned(t.get("session-here"), Tone::Good))
        } else {
            let end =
                ActionButton::delete(&format!("{resource}/{}", session.id), t.get("session-end"));
            row.act(end)
        }
    };
    sessions.iter().map(row).collect()
}

/// "Firefox on Linux" out of what a browser calls itself.
fn browser_of(t: &Texts, user_agent: &str) -> String {
    let first =
        |names: &[&'static str]| names.iter().copied().find(|name| user_agent.contains(name));
    // The order matters: Edge calls itself Chrome too, and Chrome calls itself Safari.
    let browser = first(&["Firefox", "Edg", "Chrome", "Safari", "curl"])
        .map(|name| if name == "Edg" { "Edge" } else { name });
    let system = first(&["Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux"]);
    match (browser, system) {
        (Some(browser), Some(system)) => t.args(
            "session-browser-on",
            &[("browser", &browser), ("system", &system)],
        ),
        (Some(browser), None) => browser.to_owned(),
        _ => t.get("session-unknown"),
    }
}
