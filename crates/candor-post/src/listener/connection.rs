//! The bytes between us and one sender.
//!
//! Owns: buffering, line reading with its limits, collected replies, timeouts.
//! Must not know: what commands mean.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

use super::reply::Reply;

const BUFFER: usize = 16 * 1024;

/// A stream with what was read too far and what is not yet sent.
pub(super) struct Connection<S> {
    stream: S,
    input: Vec<u8>,
    output: Vec<u8>,
    /// How much of the output has left.
    sent: usize,
    /// Bytes of an over-long line are being skipped.
    skipping: bool,
    write_time: Duration,
}

/// A command line or what came instead of one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Complete, with its CR LF.
    Command(Vec<u8>),
    /// Longer than allowed; all of it was skipped.
    TooLong,
    /// With a lone CR or LF.
    BadEnd,
    /// The sender is gone.
    Closed,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    pub(super) fn new(stream: S, write_time: Duration) -> Self {
        Self {
            stream,
            input: Vec::new(),
            output: Vec::new(),
            sent: 0,
            skipping: false,
            write_time,
        }
    }

    /// The stream alone. Whatever was read ahead is dropped: after STARTTLS nothing that was sent
    /// in the clear may count as part of the encrypted dialogue.
    pub(super) fn into_stream(self) -> S {
        self.stream
    }

    /// Collects a reply; it leaves with the next [`Connection::flush`].
    pub(super) fn push(&mut self, reply: &Reply) {
        reply.write(&mut self.output);
    }

    /// Sends the collected replies. Dropping this future repeats nothing.
    pub(super) async fn flush(&mut self) -> io::Result<()> {
        if self.output.is_empty() {
            return Ok(());
        }
        let (stream, output, sent) = (&mut self.stream, &self.output, &mut self.sent);
        let sending = async {
            while *sent < output.len() {
                match stream.write(&output[*sent..]).await? {
                    0 => return Err(io::ErrorKind::WriteZero.into()),
                    count => *sent += count,
                }
            }
            stream.flush().await
        };
        timeout(self.write_time, sending).await??;
        self.output.clear();
        self.sent = 0;
        Ok(())
    }

    /// Ends the stream politely.
    pub(super) async fn close(&mut self) -> io::Result<()> {
        self.flush().await?;
        timeout(self.write_time, self.stream.shutdown()).await?
    }

    /// The next line. Replies leave first when it is not here yet, so that a sender who pipelines
    /// gets them in one piece. Dropping this future loses nothing.
    pub(super) async fn line(&mut self, longest: usize) -> io::Result<Line> {
        loop {
            if let Some(line) = self.take_line(longest) {
                return Ok(line);
            }
            self.flush().await?;
            if self.fill().await? == 0 {
                return Ok(Line::Closed);
            }
        }
    }

    /// The next piece of a message; empty when the sender is gone.
    pub(super) async fn piece(&mut self) -> io::Result<&[u8]> {
        if self.input.is_empty() {
            self.fill().await?;
        }
        Ok(&self.input)
    }

    /// Marks the first `count` bytes of the piece as used.
    pub(super) fn consume(&mut self, count: usize) {
        self.input.drain(..count);
    }

    async fn fill(&mut self) -> io::Result<usize> {
        self.input.reserve(BUFFER);
        self.stream.read_buf(&mut self.input).await
    }

    fn take_line(&mut self, longest: usize) -> Option<Line> {
        let Some(end) = self.input.iter().position(|&b| b == b'\n') else {
            if self.input.len() > longest {
                self.skipping = true;
            }
            if self.skipping {
                self.input.clear();
            }
            return None;
        };
        let line: Vec<u8> = self.input.drain(..=end).collect();
        if std::mem::take(&mut self.skipping) || line.len() > longest {
            return Some(Line::TooLong);
        }
        let clean = |text: &[u8]| !text.iter().any(|&b| b == b'\r' || b == 0);
        match line.strip_suffix(b"\r\n") {
            Some(text) if clean(text) => Some(Line::Command(line)),
            _ => Some(Line::BadEnd),
        }
    }
}
