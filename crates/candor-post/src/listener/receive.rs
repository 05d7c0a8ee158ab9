//! Receiving the bytes of one message.
//!
//! Owns: reading up to the end of a message within size, memory and time.
//! Must not know: the envelope, what becomes of the message.

use std::io;

use tokio::time::{Instant, timeout_at};

use super::admission::{Body, Budget, NoRoom};
use super::connection::Connection;
use super::data::{DataReader, Progress, header_length};
use super::limits::Limits;
use super::reply::{self, Reply};
use super::session::Stream;

/// How receiving ended.
pub(super) enum Received {
    /// The message is complete.
    Whole(Body),
    /// It is complete or came too slowly, and is not kept.
    Refused(Reply),
    /// The sender left before its end.
    Cut,
}

/// Invites the message and reads it. One that cannot be kept is read to its end all the same, so
/// that its remainder is not taken for commands.
pub(super) async fn receive<S: Stream>(
    connection: &mut Connection<S>,
    limits: &Limits,
    budget: &Budget,
) -> io::Result<Received> {
    connection.push(&Reply::new(reply::GO_AHEAD));
    connection.flush().await?;
    let ends = Instant::now() + limits.data_time;
    let mut body = budget.body(limits.message_bytes);
    let mut lost: Option<NoRoom> = None;
    let mut reader = DataReader::new();
    loop {
        let pause = Instant::now() + limits.data_pause;
        let Ok(piece) = timeout_at(pause.min(ends), connection.piece()).await else {
            return Ok(Received::Refused(Reply::last(reply::TOO_SLOW)));
        };
        let piece = piece?;
        if piece.is_empty() {
            return Ok(Received::Cut);
        }
        if lost.is_some() {
            body.bytes.clear();
        } else if let Err(reason) = body.reserve(piece.len() + 1) {
            body.discard();
            lost = Some(reason);
        }
        let progress = reader.read(piece, &mut body.bytes);
        if lost.is_none() && body.too_large() {
            body.discard();
            lost = Some(NoRoom::TooLarge);
        }
        match progress {
            Progress::More => {
                let count = piece.len();
                connection.consume(count);
            }
            Progress::End { used } => {
                connection.consume(used);
                break;
            }
        }
    }
    Ok(judge(body, lost, limits))
}

fn judge(body: Body, lost: Option<NoRoom>, limits: &Limits) -> Received {
    match lost {
        Some(NoRoom::TooLarge) => Received::Refused(Reply::new(reply::TOO_LARGE)),
        Some(NoRoom::Busy) => Received::Refused(Reply::new(reply::FULL)),
        None if header_length(&body.bytes) > limits.header_bytes => {
            Received::Refused(Reply::new(reply::HEADERS_TOO_LARGE))
        }
        None => Received::Whole(body),
    }
}
