//! Reads one message on stdin and prints each cut with its reason, then the reply.
//!
//! Owns: the way a person looks at one case. Must not know: anything that the library does not
//! export.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::io::Read as _;

use candor_mail::{parse, trim};

fn main() -> std::io::Result<()> {
    let mut raw = Vec::new();
    std::io::stdin().read_to_end(&mut raw)?;
    let message = parse(&raw).message;
    let trimmed = trim(&message);
    for cut in trimmed.explain(&message.text) {
        let (first, last) = (cut.first_line, cut.last_line);
        println!(
            "lines {first}-{last} {}: {:?}",
            cut.reason.as_str(),
            cut.excerpt
        );
    }
    println!("{}", trimmed.reply);
    Ok(())
}
