//! `candor mail parse`: one raw message on standard input, what is understood of it as JSON.
//!
//! Owns: reading the message. Must not know: how it is understood, or any desk.

use anyhow::{Context, Result, bail};
use std::io::Read;

/// Largest message that is read, in bytes; four times what the desk takes by SMTP.
const MAX_MESSAGE: u64 = 100 * 1024 * 1024;

/// Reads the message and gives one line of JSON; with `explain` the reasons stand under `why`.
pub(crate) fn mail_parse(explain: bool) -> Result<String> {
    let mut raw = Vec::new();
    std::io::stdin()
        .lock()
        .take(MAX_MESSAGE + 1)
        .read_to_end(&mut raw)
        .context("the message on standard input could not be read")?;
    if raw.len() as u64 > MAX_MESSAGE {
        bail!("the message is larger than {MAX_MESSAGE} bytes; cut it or look at it elsewhere");
    }
    let described = candor_mail::describe(&raw, explain);
    Ok(serde_json::to_string(&described)?)
}
