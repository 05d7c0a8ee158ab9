//! Getting as far as a protected conversation with a relay.
//!
//! Owns: connecting, TLS from the start or after STARTTLS, greeting and EHLO, and guessing at wrong
//! ports. Must not know: logins, messages.

use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use super::SenderConfig;
use super::dialogue::{Answer, Dialogue, NoAnswer, Stream};
use super::failure::{ConnectProblem, SendFailure, TlsProblem};
use super::relay::{Relay, RelayTls};
use super::session::{judge, silence};
use crate::client_tls::protect;
use crate::reach::{connect, is_loopback};

/// Connects and protects the connection; the relay waits for EHLO.
pub(super) async fn begin(
    relay: &Relay,
    config: &SenderConfig,
) -> Result<Dialogue<Box<dyn Stream>>, SendFailure> {
    if relay.tls == RelayTls::NoneOnLoopback && !is_loopback(&relay.host) {
        return Err(SendFailure::Connect(ConnectProblem::NotLoopback));
    }
    let opening = async {
        let stream = connect(&relay.host, relay.port, config.connect_time).await?;
        let (stream, greeted): (Box<dyn Stream>, bool) = match relay.tls {
            RelayTls::Implicit => (Box::new(protect_relay(relay, stream).await?), false),
            RelayTls::StartTls => (Box::new(start_tls(relay, config, stream).await?), true),
            RelayTls::NoneOnLoopback | RelayTls::NoneAnywhere => (Box::new(stream), false),
        };
        Ok::<_, SendFailure>((stream, greeted))
    };
    let (stream, greeted) = timeout(config.connect_time * 2, opening)
        .await
        .map_err(|_| SendFailure::Connect(ConnectProblem::TimedOut))??;
    let mut dialogue = Dialogue::new(stream);
    if !greeted {
        greeting(&mut dialogue, relay, config).await?;
    }
    Ok(dialogue)
}

async fn start_tls(
    relay: &Relay,
    config: &SenderConfig,
    stream: TcpStream,
) -> Result<impl Stream + use<>, SendFailure> {
    let mut dialogue = Dialogue::new(stream);
    greeting(&mut dialogue, relay, config).await?;
    let offers = hello(&mut dialogue, config).await?;
    if !offers
        .iter()
        .any(|line| line.eq_ignore_ascii_case("STARTTLS"))
    {
        return Err(SendFailure::Tls(TlsProblem::NotOffered));
    }
    let answer = dialogue.command("STARTTLS", config.command_time).await;
    welcome(answer.map_err(silence)?)?;
    let stream = dialogue.into_stream().ok_or_else(|| {
        SendFailure::Tls(TlsProblem::Other("unprotected words after STARTTLS".into()))
    })?;
    protect_relay(relay, stream).await
}

async fn protect_relay(
    relay: &Relay,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, SendFailure> {
    let roots = relay.extra_roots.as_deref();
    Ok(protect(&relay.host, roots, stream).await?)
}

async fn greeting<S: Stream>(
    dialogue: &mut Dialogue<S>,
    relay: &Relay,
    config: &SenderConfig,
) -> Result<(), SendFailure> {
    match dialogue.answer(config.connect_time).await {
        Ok(answer) => welcome(answer),
        // A server that waits for our TLS says nothing, and gives up at some point.
        Err(NoAnswer::TimedOut | NoAnswer::Broken)
            if relay.port == 465 && relay.tls != RelayTls::Implicit =>
        {
            Err(SendFailure::Connect(ConnectProblem::ExpectsTls))
        }
        Err(other) => Err(silence(other)),
    }
}

/// A relay that turns us away before it heard of a mail says nothing about the mail: whatever it says,
/// the mail is kept and tried again.
fn welcome(answer: Answer) -> Result<(), SendFailure> {
    match judge(answer) {
        Ok(_) => Ok(()),
        Err(SendFailure::Permanent { code, text }) => Err(SendFailure::Temporary { code, text }),
        Err(other) => Err(other),
    }
}

/// Says EHLO and gives what the relay offers.
pub(super) async fn hello<S: Stream>(
    dialogue: &mut Dialogue<S>,
    config: &SenderConfig,
) -> Result<Vec<String>, SendFailure> {
    let name = &config.hello_name;
    let time = config.command_time;
    let answer = dialogue
        .command(&format!("EHLO {name}"), time)
        .await
        .map_err(silence)?;
    if answer.is_positive() {
        return Ok(answer.lines.into_iter().skip(1).collect());
    }
    let answer = dialogue
        .command(&format!("HELO {name}"), time)
        .await
        .map_err(silence)?;
    welcome(answer).map(|()| Vec::new())
}
