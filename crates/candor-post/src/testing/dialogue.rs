//! The sink's half of a conversation.
//!
//! Owns: answering commands, and failing on request. Must not know: who asked for the failure.

use std::future::pending;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::{Fault, SinkMail, Stage, State, lock};
use crate::Envelope;

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

pub(super) async fn serve(listener: TcpListener, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        state.connections.fetch_add(1, Ordering::Relaxed);
        let state = Arc::clone(&state);
        // How a connection ends is the other side's business.
        tokio::spawn(async move { converse(&state, stream).await.ok() });
    }
}

async fn converse(state: &State, stream: TcpStream) -> io::Result<()> {
    let mut talk = Talk {
        state,
        mail: None,
        encrypted: false,
    };
    if state.config.implicit_tls {
        talk.encrypted = true;
        return talk
            .run(handshake(state, stream).await?, true)
            .await
            .map(drop);
    }
    let Some(stream) = talk.run(stream, true).await? else {
        return Ok(());
    };
    talk.encrypted = true;
    talk.run(handshake(state, stream).await?, false).await?;
    Ok(())
}

async fn handshake(state: &State, stream: TcpStream) -> io::Result<impl Stream + use<>> {
    let tls = state
        .config
        .tls
        .as_ref()
        .expect("a sink with TLS has a certificate");
    tls.acceptor().accept(stream).await
}

struct Talk<'a> {
    state: &'a State,
    mail: Option<SinkMail>,
    encrypted: bool,
}

impl Talk<'_> {
    /// Talks to the end; the stream comes back when TLS is to start on it.
    async fn run<S: Stream>(&mut self, stream: S, greet: bool) -> io::Result<Option<S>> {
        let mut stream = BufReader::new(stream);
        if greet
            && !self
                .say(&mut stream, &Stage::Greeting, "220 sink ESMTP")
                .await?
        {
            return Ok(None);
        }
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(None);
            }
            let line = line.trim_end();
            let (stage, usual) = self.answer(line);
            if !self.say(&mut stream, &stage, &usual).await? {
                return Ok(None);
            }
            if stage == Stage::StartTls {
                return Ok(Some(stream.into_inner()));
            }
            if line.eq_ignore_ascii_case("AUTH LOGIN") && !self.ask_login(&mut stream).await? {
                return Ok(None);
            }
            if stage == Stage::Data && usual.starts_with("354") {
                let whole = self.read_text(&mut stream).await?;
                if !whole
                    || !self
                        .say(&mut stream, &Stage::Text, "250 2.0.0 kept")
                        .await?
                {
                    return Ok(None);
                }
            }
        }
    }

    fn answer(&mut self, line: &str) -> (Stage, String) {
        let upper = line.to_ascii_uppercase();
        let word = upper.split(' ').next().unwrap_or_default();
        match word {
            "EHLO" | "HELO" => (Stage::Hello, self.offers()),
            "STARTTLS" => (Stage::StartTls, "220 go ahead".into()),
            "AUTH" if upper == "AUTH LOGIN" => (Stage::Login, "334 VXNlcm5hbWU6".into()),
            "AUTH" if upper.starts_with("AUTH XOAUTH2 ") => (Stage::Login, self.judge_token(line)),
            // The refusal behind a challenge that told its details.
            "" => (Stage::Login, "535 5.7.3 no".into()),
            "AUTH" => (Stage::Login, self.judge_login(line.rsplit(' ').next())),
            "MAIL" => (Stage::Mail, self.begin(line)),
            "RCPT" => {
                let address = between(line).to_owned();
                if let Some(mail) = &mut self.mail {
                    mail.envelope.recipients.push(address.clone());
                }
                (Stage::Recipient(address), "250 2.1.5 ok".into())
            }
            "DATA" => (Stage::Data, "354 go ahead".into()),
            "QUIT" => (Stage::Quit, "221 2.0.0 bye".into()),
            "RSET" => (Stage::Reset, "250 2.0.0 ok".into()),
            _ => (Stage::Reset, "250 2.0.0 whatever you say".into()),
        }
    }

    fn offers(&self) -> String {
        let config = &self.state.config;
        let mut lines = vec!["250-sink".to_owned()];
        lines.extend(config.offers.iter().map(|line| format!("250-{line}")));
        if config.tls.is_some() && !self.encrypted {
            lines.push("250-STARTTLS".to_owned());
        }
        match (&config.login, &config.token) {
            (None, None) => {}
            (Some(_), None) => lines.push("250-AUTH PLAIN LOGIN".to_owned()),
            (None, Some(_)) => lines.push("250-AUTH XOAUTH2".to_owned()),
            (Some(_), Some(_)) => lines.push("250-AUTH PLAIN LOGIN XOAUTH2".to_owned()),
        }
        lines.push("250 HELP".to_owned());
        lines.join("\r\n")
    }

    fn judge_token(&self, line: &str) -> String {
        let given = line.rsplit(' ').next().unwrap_or_default();
        let opens = self.state.config.token.iter().any(|(user, token)| {
            given == STANDARD.encode(format!("user={user}\x01auth=Bearer {token}\x01\x01"))
        });
        if opens {
            "235 2.7.0 welcome".into()
        } else {
            format!("334 {}", STANDARD.encode(r#"{"status": "400"}"#))
        }
    }

    fn begin(&mut self, line: &str) -> String {
        self.mail = Some(SinkMail {
            envelope: Envelope {
                from: between(line).to_owned(),
                recipients: Vec::new(),
            },
            parameters: line
                .split_once("> ")
                .map(|(_, rest)| rest.to_owned())
                .unwrap_or_default(),
            raw: Vec::new(),
        });
        "250 2.1.0 ok".into()
    }

    fn judge_login(&self, secret: Option<&str>) -> String {
        let wanted = self.state.config.login.as_ref();
        let wanted =
            wanted.map(|(user, password)| STANDARD.encode(format!("\0{user}\0{password}")));
        if secret == wanted.as_deref() {
            "235 2.7.0 welcome".into()
        } else {
            "535 5.7.8 no".into()
        }
    }

    async fn ask_login<S: Stream>(&mut self, stream: &mut BufReader<S>) -> io::Result<bool> {
        let mut given = Vec::new();
        for prompt in ["334 UGFzc3dvcmQ6\r\n", ""] {
            let mut line = String::new();
            stream.read_line(&mut line).await?;
            given.push(STANDARD.decode(line.trim_end()).unwrap_or_default());
            stream.write_all(prompt.as_bytes()).await?;
        }
        let plain = [&[0][..], &given[0], &[0], &given[1]].concat();
        let verdict = self.judge_login(Some(&STANDARD.encode(plain)));
        self.say(stream, &Stage::Reset, &verdict).await
    }

    /// Reads up to the ending dot; false when the other side leaves before.
    async fn read_text<S: Stream>(&mut self, stream: &mut BufReader<S>) -> io::Result<bool> {
        let mut raw = Vec::new();
        loop {
            let mut line = Vec::new();
            if stream.read_until(b'\n', &mut line).await? == 0 {
                return Ok(false);
            }
            if line == b".\r\n" {
                break;
            }
            raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        if let Some(mail) = &mut self.mail {
            mail.raw = raw;
        }
        Ok(true)
    }

    /// The usual reply, or what was asked for; false when the connection is over.
    async fn say<S: Stream>(
        &mut self,
        stream: &mut BufReader<S>,
        stage: &Stage,
        usual: &str,
    ) -> io::Result<bool> {
        let fault = lock(&self.state.faults)
            .iter()
            .find(|(at, _)| at == stage)
            .map(|(_, fault)| fault.clone());
        let keeps = !matches!(
            fault,
            Some(Fault::Reply(_) | Fault::Bytes(_) | Fault::Drop | Fault::Hang)
        );
        if *stage == Stage::Text && keeps {
            self.keep();
        }
        let (bytes, goes_on) = match fault {
            None => (format!("{usual}\r\n").into_bytes(), true),
            Some(Fault::Reply(text)) => (format!("{text}\r\n").into_bytes(), true),
            Some(Fault::Bytes(bytes)) => (bytes, true),
            Some(Fault::ReplyAndDrop) => (format!("{usual}\r\n").into_bytes(), false),
            Some(Fault::Drop | Fault::KeepAndDrop) => (Vec::new(), false),
            Some(Fault::Hang) => pending().await,
        };
        stream.write_all(&bytes).await?;
        stream.flush().await?;
        Ok(goes_on)
    }

    fn keep(&mut self) {
        lock(&self.state.mails).extend(self.mail.take());
        self.state.arrived.notify_waiters();
    }
}

/// The address between angle brackets.
fn between(line: &str) -> &str {
    let start = line.find('<').map_or(line.len(), |at| at + 1);
    let end = line.rfind('>').map_or(start, |at| at.max(start));
    &line[start..end]
}
