//! `candor tone`: messages in, what they sound like out, one JSON object a line.
//!
//! Owns: standard input and output. Must not know: how a message is read.

mod check;

pub(crate) use check::tone_check;

use anyhow::{Context, Result};
use candor_tone::lines::Reader;
use std::io::{BufWriter, Write, stdin, stdout};

/// Answers each line with its reading.
pub(crate) fn tone_read() -> Result<()> {
    let mut reader = Reader::default();
    line_by_line(|line| reader.read(line))
}

/// Answers each line with its reading and the words that moved it.
pub(crate) fn tone_explain() -> Result<()> {
    let reader = Reader::default();
    line_by_line(|line| reader.explain(line))
}

/// Writes one line for each line that comes in.
fn line_by_line(mut answer: impl FnMut(&str) -> String) -> Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lines() {
        let line = line.context("standard input is not UTF-8 text")?;
        writeln!(out, "{}", answer(&line))?;
    }
    out.flush().context("the answers could not be written")
}
