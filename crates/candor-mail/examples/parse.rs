//! Reads one message on stdin and prints what was understood as one JSON object.
//!
//! Owns: nothing; it is `candor mail parse` without the rest of the program, for scoring tools.
//! Must not know: anything that the library does not export.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::io::Read as _;

use candor_mail::describe;

fn main() -> std::io::Result<()> {
    let explain = std::env::args().any(|argument| argument == "--explain");
    let mut raw = Vec::new();
    std::io::stdin().read_to_end(&mut raw)?;
    println!("{}", serde_json::to_string(&describe(&raw, explain))?);
    Ok(())
}
