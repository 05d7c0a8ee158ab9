//! Our half of an SMTP conversation.
//!
//! Owns: writing commands, reading replies with limits and timeouts. Must not know: which relay,
//! which message, what a refusal means for it.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

/// Longest reply we read, all lines together.
const REPLY_BYTES: usize = 64 * 1024;

/// A stream of either kind.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// A complete reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) code: u16,
    pub(super) lines: Vec<String>,
}

impl Answer {
    pub(super) fn is_positive(&self) -> bool {
        (200..400).contains(&self.code)
    }

    /// The words of all lines.
    pub(super) fn text(&self) -> String {
        self.lines.join(" ")
    }
}

/// Why there is no reply.
#[derive(Clone, Copy, Debug)]
pub(super) enum NoAnswer {
    TimedOut,
    Broken,
    /// TLS where SMTP was expected.
    Tls,
    NotSmtp,
}

/// A conversation over one stream.
pub(super) struct Dialogue<S> {
    stream: S,
    input: Vec<u8>,
}

impl<S: Stream> Dialogue<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream,
            input: Vec::new(),
        }
    }

    /// The stream alone, when nothing was read ahead: words in the clear that came with the reply
    /// to STARTTLS are an attempt to have them taken for the protected part.
    pub(super) fn into_stream(self) -> Option<S> {
        self.input.is_empty().then_some(self.stream)
    }

    /// Sends one command and reads its reply.
    pub(super) async fn command(&mut self, line: &str, time: Duration) -> Result<Answer, NoAnswer> {
        self.write(format!("{line}\r\n").as_bytes(), time).await?;
        self.answer(time).await
    }

    pub(super) async fn write(&mut self, bytes: &[u8], time: Duration) -> Result<(), NoAnswer> {
        let writing = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        in_time(time, writing).await
    }

    /// Reads the next reply.
    pub(super) async fn answer(&mut self, time: Duration) -> Result<Answer, NoAnswer> {
        timeout(time, self.read_answer())
            .await
            .map_err(|_| NoAnswer::TimedOut)?
    }

    async fn read_answer(&mut self) -> Result<Answer, NoAnswer> {
        let mut lines = Vec::new();
        let mut total = 0;
        loop {
            let line = self.read_line().await?;
            total += line.len();
            let (code, last, words) = parse_line(&line).ok_or(NoAnswer::NotSmtp)?;
            lines.push(words);
            if last {
                return Ok(Answer { code, lines });
            }
            if total > REPLY_BYTES {
                return Err(NoAnswer::NotSmtp);
            }
        }
    }

    async fn read_line(&mut self) -> Result<Vec<u8>, NoAnswer> {
        loop {
            // A TLS alert (21) or handshake (22) record in place of a greeting; it may hold a line end.
            if matches!(self.input.first(), Some(21 | 22)) {
                return Err(NoAnswer::Tls);
            }
            if let Some(end) = self.input.iter().position(|&b| b == b'\n') {
                return Ok(self.input.drain(..=end).collect());
            }
            if self.input.len() > REPLY_BYTES {
                return Err(NoAnswer::NotSmtp);
            }
            match self.stream.read_buf(&mut self.input).await {
                Ok(0) | Err(_) => return Err(NoAnswer::Broken),
                Ok(_) => {}
            }
        }
    }
}

async fn in_time(
    time: Duration,
    writing: impl Future<Output = io::Result<()>>,
) -> Result<(), NoAnswer> {
    match timeout(time, writing).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(NoAnswer::Broken),
        Err(_) => Err(NoAnswer::TimedOut),
    }
}

/// `250-words` or `250 words`: the code, whether it is the last line, the words.
fn parse_line(line: &[u8]) -> Option<(u16, bool, String)> {
    let line = String::from_utf8_lossy(line);
    let line = line.trim_end_matches(['\r', '\n']);
    let code = line.get(..3)?;
    let code: u16 = code
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| code.parse().ok())??;
    if !(200..600).contains(&code) {
        return None;
    }
    let words = line.get(4..).unwrap_or_default();
    let last = match line.as_bytes().get(3) {
        None | Some(b' ') => true,
        Some(b'-') => false,
        Some(_) => return None,
    };
    let printable = |c: char| if c.is_control() { ' ' } else { c };
    Some((code, last, words.chars().map(printable).collect()))
}

#[cfg(test)]
mod tests {
    use super::parse_line;

    #[test]
    fn reply_lines_are_read_and_other_talk_is_not() {
        assert_eq!(
            parse_line(b"250-SIZE 10\r\n"),
            Some((250, false, "SIZE 10".into()))
        );
        assert_eq!(parse_line(b"250 ok\n"), Some((250, true, "ok".into())));
        assert_eq!(parse_line(b"354\r\n"), Some((354, true, String::new())));
        for talk in [
            &b"HTTP/1.1 400 Bad\r\n"[..],
            b"",
            b"25",
            b"999 no",
            b"250=x",
            b"+50 x",
        ] {
            assert_eq!(parse_line(talk), None);
        }
    }
}
