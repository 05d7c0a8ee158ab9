//! Reads one message on stdin and prints what was understood as one JSON object.
//!
//! Owns: the shape that a scoring tool compares. Must not know: anything that the library does not
//! export.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::io::Read as _;

use candor_mail::{DisplayPolicy, parse, trim};
use serde_json::json;

fn main() -> std::io::Result<()> {
    let mut raw = Vec::new();
    std::io::stdin().read_to_end(&mut raw)?;
    let parsed = parse(&raw);
    let message = parsed.message;
    let (from, from_name) = match &message.from {
        Some(from) => (
            from.address.to_string(),
            from.name.clone().unwrap_or_default(),
        ),
        None => (message.from_as_written.clone(), String::new()),
    };
    let html = message
        .html
        .as_ref()
        .map(|html| html.clean(&DisplayPolicy::default()).to_string());
    let attachments: Vec<_> = message
        .attachments
        .iter()
        .map(|file| json!({"name": file.name, "size": file.content.len()}))
        .collect();
    let object = json!({
        "from": from,
        "from_name": from_name,
        "subject": message.subject,
        "message_id": message.message_id.as_ref().map_or("", |id| id.as_str()),
        "text": message.text,
        "html": html.unwrap_or_default(),
        "reply": trim(&message).reply,
        "attachments": attachments,
        "defects": parsed.defects.iter().map(|defect| defect.as_str()).collect::<Vec<_>>(),
    });
    println!("{object}");
    Ok(())
}
