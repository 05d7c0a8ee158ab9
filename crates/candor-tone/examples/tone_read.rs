//! Reads messages from standard input and writes their readings, one JSON object a line.
//!
//! `cargo run --release -p candor-tone --example tone_read < messages.jsonl`; a line is
//! `{"text": "..."}`, with `"role"` and `"conversation"` for dialogs. A model file may be named to
//! read with it instead of the embedded one.

use candor_tone::{lines::Reader, model::Model};
use std::error::Error;
use std::io::{Write, stdin, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args().nth(1) {
        None => answer(Reader::default()),
        Some(file) => {
            let bytes = std::fs::read(file)?;
            answer(Reader::new(&Model::parse(&bytes)?))
        }
    }
}

fn answer(mut reader: Reader<'_>) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(stdout().lock());
    for line in stdin().lines() {
        writeln!(out, "{}", reader.read(&line?))?;
    }
    out.flush()?;
    Ok(())
}
