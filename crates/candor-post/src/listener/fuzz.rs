//! Bent dialogues: whatever a sender says, the listener answers in order and takes no more for a
//! message than the standard does.
//!
//! Owns: a connection that is played from memory, and an own reading of where a message ends. Must
//! not know: how the listener finds it.

#[path = "../../tests/fuzz/mutate.rs"]
mod mutate;

use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::runtime::Builder;
use tokio_util::sync::CancellationToken;

use self::mutate::{Target, samples};
use super::admission::Budget;
use super::command::{self, Command};
use super::session::Session;
use super::{Fronts, Limits, ListenerConfig, Protocol, Shared};
use crate::{Accepted, BoxFuture, IncomingMail, Intake, RecipientAnswer};

/// A sender who has said everything beforehand, in pieces of one size.
struct Played<'a> {
    said: &'a [u8],
    piece: usize,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl AsyncRead for Played<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let count = self.piece.min(self.said.len()).min(into.remaining());
        let (now, later) = self.said.split_at(count);
        into.put_slice(now);
        self.said = later;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Played<'_> {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.heard.lock().unwrap().extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// Takes mail for the shop and keeps it in memory.
#[derive(Default)]
struct Kept(Mutex<Vec<IncomingMail>>);

impl Intake for Kept {
    fn recipient<'a>(&'a self, address: &'a str) -> BoxFuture<'a, RecipientAnswer> {
        Box::pin(async move {
            match address {
                "help@shop.example" | "orders@shop.example" | "postmaster" => RecipientAnswer::Ours,
                "slow@shop.example" => RecipientAnswer::TryLater,
                _ => RecipientAnswer::NotOurs,
            }
        })
    }

    fn accept(&self, mail: IncomingMail) -> BoxFuture<'_, Accepted> {
        self.0.lock().unwrap().push(mail);
        let receipt = "1".to_owned();
        Box::pin(async move { Accepted::Stored { receipt } })
    }
}

/// What the listener answered and kept.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    heard: Vec<u8>,
    kept: Vec<(Vec<String>, Vec<u8>)>,
}

fn play(said: &[u8], piece: usize, protocol: Protocol) -> Outcome {
    let kept = Arc::new(Kept::default());
    let heard = Arc::new(Mutex::new(Vec::new()));
    let config = ListenerConfig {
        host_name: "desk.example".to_owned(),
        tls: None,
        limits: Limits::default(),
        protocol,
        fronts: Fronts::default(),
    };
    let shared = Shared {
        budget: Budget::new(config.limits.memory_bytes),
        config,
        intake: Arc::clone(&kept) as Arc<dyn Intake>,
        shutdown: CancellationToken::new(),
    };
    let played = Played {
        said,
        piece,
        heard: Arc::clone(&heard),
    };
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let session = Session::new(Arc::new(shared), [192, 0, 2, 1].into());
    runtime.block_on(session.play(played)).unwrap();
    let mails = std::mem::take(&mut *kept.0.lock().unwrap());
    let heard = std::mem::take(&mut *heard.lock().unwrap());
    Outcome {
        heard,
        kept: mails
            .into_iter()
            .map(|mail| (mail.envelope.recipients, mail.raw))
            .collect(),
    }
}

/// The message that begins at `from`, and where it ended, by RFC 5321 sections 4.1.1.4 and 4.5.2
/// read literally: it ends at a line that is a dot alone, and a line is what ends with CR LF.
fn message_at(said: &[u8], from: usize) -> Option<(Vec<u8>, usize)> {
    let mut message = Vec::new();
    let mut at = from;
    loop {
        let length = said[at..].windows(2).position(|pair| pair == b"\r\n")?;
        let line = &said[at..at + length];
        at += length + 2;
        if line == b"." {
            return Some((message, at));
        }
        message.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
        message.extend_from_slice(b"\r\n");
    }
}

/// Each kept message stands in what was said, behind a command and up to its true end, one behind
/// the other.
fn nothing_was_smuggled(said: &[u8], outcome: &Outcome) {
    let mut from = 0;
    for (_, raw) in &outcome.kept {
        let found = (from..said.len())
            .filter(|&at| is_behind_data(&said[..at]))
            .find_map(|at| message_at(said, at).filter(|(message, _)| message == raw));
        let (_, end) = found.expect("a message is kept that was not sent so");
        from = end;
    }
}

fn is_behind_data(said: &[u8]) -> bool {
    let Some(line) = said.strip_suffix(b"\r\n") else {
        return false;
    };
    let line = line
        .rsplit(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    let word = line.trim_ascii_start().get(..4);
    word.is_some_and(|word| word.eq_ignore_ascii_case(b"DATA"))
}

fn answers_are_answers(heard: &[u8]) {
    assert!(heard.is_empty() || heard.ends_with(b"\r\n"));
    for line in heard.split_inclusive(|&byte| byte == b'\n') {
        let text = line.strip_suffix(b"\r\n").expect("a line ends with CR LF");
        let code = text
            .get(..3)
            .is_some_and(|code| code.iter().all(u8::is_ascii_digit));
        assert!(code && matches!(text.get(3), Some(b' ' | b'-')));
        assert!(
            text.iter().all(|byte| (b' '..=b'~').contains(byte)),
            "{text:?}"
        );
    }
}

const WORDS: &[&[u8]] = &[
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b".",
    b"\r\n.\r\n",
    b"\n.\n",
    b"\n.\r\n",
    b"\r.\r\n",
    b"\r\n.\r\r\n",
    b"\r\n..\r\n",
    b"EHLO a\r\n",
    b"LHLO a\r\n",
    b"MAIL FROM:<a@b.example>\r\n",
    b"MAIL FROM:<> SIZE=99999999999999999999\r\n",
    b"RCPT TO:<help@shop.example>\r\n",
    b"RCPT TO:<nobody@shop.example>\r\n",
    b"DATA\r\n",
    b"DATA\n",
    b"RSET\r\n",
    b"QUIT\r\n",
    b"STARTTLS\r\n",
    b"BDAT 3 LAST\r\n",
    b"XCLIENT ADDR=192.0.2.1\r\n",
    b" SMTPUTF8",
    b" SIZE=",
    b" AUTH=<>",
    b"+0D+0A",
    b"\xc3\xbc",
    b"\xff",
];

fn target(name: &'static str, seed: u64, cases: u64) -> Target {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fuzz");
    Target {
        name,
        seed,
        cases,
        corpus: samples(&folder),
        words: WORDS,
        nests: &[
            (b"<", b">"),
            (b"\"", b"\""),
            (b"DATA\r\n", b"\r\n.\r\n"),
            (b"[", b"]"),
        ],
    }
}

#[test]
fn a_dialogue_stands_what_anybody_says() {
    let mut piece = 0;
    let mut kept = 0;
    target("dialogue", 0x1f83_d9ab_fb41_bd6b, 1_500).show(|said| {
        for protocol in [Protocol::Smtp, Protocol::Lmtp] {
            let whole = play(said, said.len().max(1), protocol);
            answers_are_answers(&whole.heard);
            nothing_was_smuggled(said, &whole);
            piece = piece % 7 + 1;
            let cut = play(said, piece, protocol);
            assert_eq!(cut, whole, "in pieces of {piece}");
            kept += whole.kept.len();
        }
    });
    assert!(kept > 100, "only {kept} messages came so far");
}

#[test]
fn a_command_line_stands_what_anybody_says() {
    target("command", 0x5be0_cd19_137e_2179, 60_000).show(|said| {
        for line in said.split_inclusive(|&byte| byte == b'\n') {
            // The connection lets only such lines through.
            let text = line.strip_suffix(b"\r\n").unwrap_or(b"\r");
            if text.iter().any(|byte| matches!(byte, b'\r' | b'\0')) {
                continue;
            }
            match command::parse(line) {
                Ok(Command::Mail { from: address, .. } | Command::Recipient(address)) => {
                    assert!(!address.contains(['\r', '\n', '\0']), "{address:?}");
                }
                Ok(_) => {}
                Err(reply) => {
                    let mut heard = Vec::new();
                    reply.write(&mut heard);
                    answers_are_answers(&heard);
                }
            }
        }
    });
}
