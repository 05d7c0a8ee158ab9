//! One sender's dialogue, from greeting to goodbye.
//!
//! Owns: the order of commands, the envelope under way, counting misbehaviour.
//! Must not know: what makes an address ours, how a message is kept.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};

use super::Protocol;
use super::Shared;
use super::command::{self, Command};
use super::connection::{Connection, Line};
use super::receive::{Received, receive};
use super::reply::{self, Reply, one_line};
use super::xclient::Client;
use crate::{Accepted, Envelope, IncomingMail, Peer, RecipientAnswer};

/// Everything a stream must be able to do.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

pub(super) struct Session {
    shared: Arc<Shared>,
    peer: Peer,
    /// May say whose mail it passes on.
    is_front: bool,
    /// What a front said about the greeting of the computer behind it.
    told_hello: Option<String>,
    envelope: Option<Envelope>,
    /// Recipients that were accepted for it, each as often as it was named.
    accepted: usize,
    ends: Instant,
    bad: usize,
    unknown: usize,
    idle: usize,
}

/// What follows a command.
enum Step {
    Say(Reply),
    Receive(Envelope),
    StartTls,
}

impl Session {
    pub(super) fn new(shared: Arc<Shared>, address: IpAddr) -> Self {
        Self {
            ends: Instant::now() + shared.config.limits.session_time,
            is_front: shared.config.fronts.servers.contain(address),
            told_hello: None,
            shared,
            peer: Peer {
                address,
                hello: String::new(),
                encrypted: false,
            },
            envelope: None,
            accepted: 0,
            bad: 0,
            unknown: 0,
            idle: 0,
        }
    }

    /// Serves the sender, in the clear first and then over TLS when asked to.
    pub(super) async fn serve(mut self, stream: TcpStream) -> io::Result<()> {
        let greeting = self.greeting();
        let Some(stream) = self.talk(stream, Some(greeting)).await? else {
            return Ok(());
        };
        let Some(tls) = &self.shared.config.tls else {
            return Ok(());
        };
        let handshake = tls.acceptor().accept(stream);
        let stream = timeout(self.shared.config.limits.handshake_time, handshake).await??;
        // Nothing said in the clear counts any more (RFC 3207 section 4.2).
        self.peer.encrypted = true;
        self.peer.hello.clear();
        self.envelope = None;
        self.talk(stream, None).await?;
        Ok(())
    }

    /// Serves a sender whose words are known beforehand.
    #[cfg(test)]
    pub(super) async fn play<S: Stream>(mut self, stream: S) -> io::Result<()> {
        let greeting = self.greeting();
        self.talk(stream, Some(greeting)).await.map(drop)
    }

    fn greeting(&self) -> Reply {
        let language = match self.shared.config.protocol {
            Protocol::Smtp => "ESMTP",
            Protocol::Lmtp => "LMTP",
        };
        let name = &self.shared.config.host_name;
        Reply::new(format!("220 {name} {language} Candor"))
    }

    /// Talks until the end, or until the sender may start TLS on the stream given back.
    async fn talk<S: Stream>(
        &mut self,
        stream: S,
        greeting: Option<Reply>,
    ) -> io::Result<Option<S>> {
        let mut connection = Connection::new(stream, self.shared.config.limits.command_time);
        if let Some(greeting) = greeting {
            connection.push(&greeting);
        }
        loop {
            let line = match self.next_line(&mut connection).await? {
                Ok(Line::Closed) => return Ok(None),
                Ok(line) => line,
                Err(farewell) => return part(&mut connection, farewell).await,
            };
            let said = match self.step(line).await {
                Step::Say(said) => said,
                Step::StartTls => {
                    connection.push(&Reply::new(reply::TLS_READY));
                    connection.flush().await?;
                    return Ok(Some(connection.into_stream()));
                }
                Step::Receive(envelope) => {
                    let answers = match self.shared.config.protocol {
                        Protocol::Smtp => 1,
                        Protocol::Lmtp => self.accepted,
                    };
                    let Some(said) = self.take_in(&mut connection, envelope).await? else {
                        return Ok(None);
                    };
                    for _ in 1..answers {
                        connection.push(&said);
                    }
                    said
                }
            };
            if said.last {
                return part(&mut connection, said).await;
            }
            connection.push(&said);
        }
    }

    /// The next line, or the farewell when there is no time left for one.
    async fn next_line<S: Stream>(
        &self,
        connection: &mut Connection<S>,
    ) -> io::Result<Result<Line, Reply>> {
        let limits = &self.shared.config.limits;
        let until = self.ends.min(Instant::now() + limits.command_time);
        tokio::select! {
            biased;
            () = self.shared.shutdown.cancelled() => Ok(Err(Reply::last(reply::CLOSING))),
            line = timeout_at(until, connection.line(limits.command_bytes)) => match line {
                Ok(line) => line.map(Ok),
                Err(_) if until == self.ends => Ok(Err(Reply::last(reply::SESSION_OVER))),
                Err(_) => Ok(Err(Reply::last(reply::TOO_SLOW))),
            },
        }
    }

    async fn step(&mut self, line: Line) -> Step {
        let command = match line {
            Line::Command(line) => command::parse(&line),
            Line::TooLong => Err(Reply::new(reply::LINE_TOO_LONG)),
            Line::BadEnd | Line::Closed => Err(Reply::new(reply::BAD_LINE_END)),
        };
        let outcome = match command {
            Ok(command) => self.obey(command).await,
            Err(reply) => Err(reply),
        };
        outcome.unwrap_or_else(|refusal| Step::Say(self.count_bad(refusal)))
    }

    /// `Err` is the reply to a command that was wrong or came at the wrong time.
    async fn obey(&mut self, command: Command) -> Result<Step, Reply> {
        self.idle += 1;
        if self.idle > self.shared.config.limits.idle_commands {
            return Err(Reply::last(reply::TOO_MUCH_TALK));
        }
        let said = match command {
            Command::Hello { host, extended } => self.hello(host, extended, Protocol::Smtp)?,
            Command::LocalHello(host) => self.hello(host, true, Protocol::Lmtp)?,
            Command::Client(client) => self.speak_for(client)?,
            Command::Mail { from, size } => self.begin(from, size)?,
            Command::Recipient(address) => self.add_recipient(address).await?,
            Command::Data => return self.data(),
            Command::StartTls => return self.start_tls(),
            Command::Reset => {
                self.envelope = None;
                Reply::new(reply::OK)
            }
            Command::Noop => Reply::new(reply::OK),
            Command::Help => Reply::new(reply::HELP),
            Command::Verify => Reply::new(reply::CANNOT_VERIFY),
            Command::Quit => Reply::last(reply::BYE),
        };
        Ok(Step::Say(said))
    }

    fn hello(&mut self, host: String, extended: bool, spoken: Protocol) -> Result<Reply, Reply> {
        let config = &self.shared.config;
        if config.protocol != spoken {
            return Err(Reply::new(reply::WRONG_HELLO));
        }
        self.peer.hello = self.told_hello.clone().unwrap_or(host);
        self.envelope = None;
        let name = &config.host_name;
        if !extended {
            return Ok(Reply::new(format!("250 {name}")));
        }
        let client = if self.is_front {
            "\nXCLIENT ADDR HELO NAME PORT PROTO LOGIN DESTADDR DESTPORT"
        } else {
            ""
        };
        let size = config.limits.message_bytes;
        let tls = if config.tls.is_some() && !self.peer.encrypted {
            "\nSTARTTLS"
        } else {
            ""
        };
        Ok(Reply::new(format!(
            "250 {name}\nPIPELINING\nSIZE {size}{tls}{client}\nENHANCEDSTATUSCODES\n8BITMIME\n\
             SMTPUTF8"
        )))
    }

    /// A front says whose mail follows; the dialogue begins anew.
    fn speak_for(&mut self, client: Client) -> Result<Reply, Reply> {
        if !self.is_front {
            return Err(Reply::new(reply::NOT_A_FRONT));
        }
        if let Some(address) = client.address {
            self.peer.address = address;
        }
        self.told_hello = client.hello;
        self.peer.hello.clear();
        self.envelope = None;
        Ok(self.greeting())
    }

    fn begin(&mut self, from: String, size: usize) -> Result<Reply, Reply> {
        if self.peer.hello.is_empty() {
            return Err(Reply::new(reply::HELLO_FIRST));
        }
        if self.envelope.is_some() {
            return Err(Reply::new(reply::SENDER_GIVEN));
        }
        if size > self.shared.config.limits.message_bytes {
            return Ok(Reply::new(reply::TOO_LARGE));
        }
        self.accepted = 0;
        self.envelope = Some(Envelope {
            from,
            recipients: Vec::new(),
        });
        Ok(Reply::new(reply::SENDER_OK))
    }

    async fn add_recipient(&mut self, address: String) -> Result<Reply, Reply> {
        let Some(envelope) = &mut self.envelope else {
            return Err(Reply::new(reply::SENDER_FIRST));
        };
        let limits = &self.shared.config.limits;
        if envelope.recipients.len() >= limits.recipients {
            self.idle = 0; // costs us nothing, and the sender comes back with these
            return Ok(Reply::new(reply::TOO_MANY_RECIPIENTS));
        }
        match self.shared.intake.recipient(&address).await {
            RecipientAnswer::Ours => {
                self.accepted += 1;
                if !envelope.recipients.contains(&address) {
                    self.idle = 0; // naming one twice leads nowhere, a new one does
                    envelope.recipients.push(address);
                }
                Ok(Reply::new(reply::RECIPIENT_OK))
            }
            RecipientAnswer::TryLater => Ok(Reply::new(reply::BUSY)),
            RecipientAnswer::NotOurs => {
                self.unknown += 1;
                let last = self.unknown > limits.unknown_recipients;
                Ok(if last {
                    Reply::last(reply::TOO_MANY_ERRORS)
                } else {
                    Reply::new(reply::NOT_OURS)
                })
            }
        }
    }

    fn data(&mut self) -> Result<Step, Reply> {
        match self.envelope.take() {
            None => Err(Reply::new(reply::SENDER_FIRST)),
            Some(envelope) if envelope.recipients.is_empty() => {
                self.envelope = Some(envelope);
                Err(Reply::new(reply::RECIPIENT_FIRST))
            }
            Some(envelope) => Ok(Step::Receive(envelope)),
        }
    }

    fn start_tls(&self) -> Result<Step, Reply> {
        if self.peer.encrypted {
            return Err(Reply::new(reply::ENCRYPTED_ALREADY));
        }
        if self.shared.config.tls.is_none() {
            return Err(Reply::new(reply::TLS_UNAVAILABLE));
        }
        Ok(Step::StartTls)
    }

    fn count_bad(&mut self, refusal: Reply) -> Reply {
        self.bad += 1;
        if self.bad > self.shared.config.limits.bad_commands {
            return Reply::last(reply::TOO_MANY_ERRORS);
        }
        refusal
    }

    /// Receives a message and has it stored; `None` when the sender left before its end.
    async fn take_in<S: Stream>(
        &mut self,
        connection: &mut Connection<S>,
        envelope: Envelope,
    ) -> io::Result<Option<Reply>> {
        let limits = &self.shared.config.limits;
        let mut body = match receive(connection, limits, &self.shared.budget).await? {
            Received::Whole(body) => body,
            Received::Refused(reply) => return Ok(Some(reply)),
            Received::Cut => return Ok(None),
        };
        let mail = IncomingMail {
            envelope,
            peer: self.peer.clone(),
            raw: std::mem::take(&mut body.bytes),
        };
        let accepted = self.shared.intake.accept(mail).await;
        drop(body); // its share of the budget counts until the message is stored
        self.idle = 0;
        Ok(Some(match accepted {
            Accepted::Stored { receipt } => {
                Reply::new(format!("250 2.0.0 Stored as {}", one_line(&receipt)))
            }
            Accepted::Busy => Reply::new(reply::BUSY),
            Accepted::Full => Reply::new(reply::FULL),
            Accepted::Refused(reason) => {
                Reply::new(format!("550 5.6.0 Refused: {}", one_line(&reason)))
            }
        }))
    }
}

/// Says the last word.
async fn part<S: Stream>(connection: &mut Connection<S>, farewell: Reply) -> io::Result<Option<S>> {
    connection.push(&farewell);
    connection.close().await?;
    Ok(None)
}
