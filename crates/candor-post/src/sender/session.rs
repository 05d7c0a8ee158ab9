//! One connection to a relay: login and messages.
//!
//! Owns: the order of the conversation and what each refusal means. Must not know: how long a
//! connection is kept, retries.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::dialogue::{Answer, Dialogue, NoAnswer, Stream};
use super::failure::{ConnectProblem, LoginProblem, SendFailure};
use super::opening::{begin, hello};
use super::relay::{Login, Relay};
use super::wire::{END, stuffed};
use super::{Delivered, RefusedRecipient, SenderConfig};
use crate::Envelope;

/// An open, protected, logged-in connection.
pub(super) struct Session {
    dialogue: Dialogue<Box<dyn Stream>>,
    offers: Vec<String>,
    time: Duration,
    data_time: Duration,
}

impl Session {
    pub(super) async fn open(relay: &Relay, config: &SenderConfig) -> Result<Self, SendFailure> {
        let mut dialogue = begin(relay, config).await?;
        let offers = hello(&mut dialogue, config).await?;
        let mut session = Self {
            dialogue,
            offers,
            time: config.command_time,
            data_time: config.data_time,
        };
        if let Some(login) = &relay.login {
            session.log_in(login).await?;
        }
        Ok(session)
    }

    /// Whether a kept connection is still alive and clean.
    pub(super) async fn is_alive(&mut self) -> bool {
        let reset = self.dialogue.command("RSET", self.time).await;
        reset.is_ok_and(|answer| answer.is_positive())
    }

    pub(super) async fn quit(mut self) {
        // A courtesy: the relay may close first, and nothing depends on it.
        let _ = self
            .dialogue
            .command("QUIT", self.time.min(QUIT_TIME))
            .await;
    }

    /// Hands one message over.
    pub(super) async fn deliver(
        &mut self,
        envelope: &Envelope,
        raw: &[u8],
    ) -> Result<Delivered, SendFailure> {
        let parameters = self.parameters(envelope, raw)?;
        let mail = format!("MAIL FROM:<{}>{parameters}", envelope.from);
        self.expect(&mail).await?;
        let refused = self.recipients(envelope).await?;
        self.expect("DATA").await?;
        let wire = stuffed(raw);
        let (text, end) = wire.split_at(wire.len() - END.len());
        let text = self.dialogue.write(text, self.data_time).await;
        text.map_err(|_| SendFailure::Connect(ConnectProblem::Broken))?;
        // From here on the relay may have the message, whatever we hear.
        let end = self.dialogue.write(end, self.time).await;
        end.map_err(|_| SendFailure::Unconfirmed)?;
        let answer = self.dialogue.answer(self.data_time).await;
        let answer = judge(answer.map_err(|_| SendFailure::Unconfirmed)?)?;
        Ok(Delivered {
            answer: answer.text(),
            refused,
        })
    }

    /// Names the recipients; those refused are given back unless it was all of them.
    async fn recipients(
        &mut self,
        envelope: &Envelope,
    ) -> Result<Vec<RefusedRecipient>, SendFailure> {
        let mut refused = Vec::new();
        for address in &envelope.recipients {
            let line = format!("RCPT TO:<{address}>");
            let answer = self
                .dialogue
                .command(&line, self.time)
                .await
                .map_err(silence)?;
            if !answer.is_positive() {
                refused.push(RefusedRecipient {
                    address: address.clone(),
                    code: answer.code,
                    text: answer.text(),
                });
            }
        }
        if refused.len() < envelope.recipients.len() {
            return Ok(refused);
        }
        // One who may be reached later keeps the message alive.
        let spokesman = refused.iter().position(|one| one.code < 500).unwrap_or(0);
        let RefusedRecipient { code, text, .. } = refused.swap_remove(spokesman);
        Err(refusal(code, text))
    }

    fn parameters(&self, envelope: &Envelope, raw: &[u8]) -> Result<String, SendFailure> {
        let mut parameters = String::new();
        let addresses = || envelope.recipients.iter().chain([&envelope.from]);
        if envelope.recipients.is_empty() {
            return Err(unsuitable("no recipient"));
        }
        if addresses().any(|a| a.contains(|c: char| c.is_control() || "<> ".contains(c))) {
            return Err(unsuitable(
                "an address holds characters that no address may hold",
            ));
        }
        if addresses().any(|address| !address.is_ascii()) {
            if !self.offers("SMTPUTF8") {
                return Err(unsuitable(
                    "addresses beyond ASCII (SMTPUTF8) are not supported",
                ));
            }
            parameters.push_str(" SMTPUTF8");
        }
        if !raw.is_ascii() {
            if !self.offers("8BITMIME") {
                return Err(unsuitable("8-bit text (8BITMIME) is not supported"));
            }
            parameters.push_str(" BODY=8BITMIME");
        }
        if self.offers("SIZE") {
            parameters.push_str(" SIZE=");
            parameters.push_str(&raw.len().to_string());
        }
        Ok(parameters)
    }

    async fn log_in(&mut self, login: &Login) -> Result<(), SendFailure> {
        let answer = match login {
            Login::Password { user, password } => self.give_password(user, password).await?,
            Login::Bearer { user, token } => self.give_token(user, token).await?,
        };
        let text = answer.text();
        match answer.code {
            235 => Ok(()),
            code @ (500..=599 | 334) => {
                Err(SendFailure::Login(LoginProblem::of(login, code, text)))
            }
            code => Err(SendFailure::Temporary { code, text }),
        }
    }

    async fn give_password(&mut self, user: &str, password: &str) -> Result<Answer, SendFailure> {
        if self.knows("PLAIN") {
            let secret = STANDARD.encode(format!("\0{user}\0{password}"));
            return self.say(&format!("AUTH PLAIN {secret}")).await;
        }
        if !self.knows("LOGIN") {
            return Err(SendFailure::Login(LoginProblem::NotOffered));
        }
        let mut answer = self.say("AUTH LOGIN").await?;
        for secret in [user, password] {
            if answer.code != 334 {
                break;
            }
            answer = self.say(&STANDARD.encode(secret)).await?;
        }
        Ok(answer)
    }

    /// Google and Microsoft tell the details of a refusal in a challenge; an empty line asks for
    /// the refusal itself.
    async fn give_token(&mut self, user: &str, token: &str) -> Result<Answer, SendFailure> {
        if !self.knows("XOAUTH2") {
            return Err(SendFailure::Login(LoginProblem::NoTokens));
        }
        let words = STANDARD.encode(format!("user={user}\x01auth=Bearer {token}\x01\x01"));
        let answer = self.say(&format!("AUTH XOAUTH2 {words}")).await?;
        if answer.code == 334 {
            return self.say("").await;
        }
        Ok(answer)
    }

    fn knows(&self, way: &str) -> bool {
        self.offered("AUTH").is_some_and(|ways| {
            ways.split_whitespace()
                .any(|offered| offered.eq_ignore_ascii_case(way))
        })
    }

    async fn say(&mut self, line: &str) -> Result<Answer, SendFailure> {
        self.dialogue
            .command(line, self.time)
            .await
            .map_err(silence)
    }

    async fn expect(&mut self, line: &str) -> Result<Answer, SendFailure> {
        judge(self.say(line).await?)
    }

    fn offers(&self, keyword: &str) -> bool {
        self.offered(keyword).is_some()
    }

    /// The rest of the line with which the relay offers a feature.
    fn offered(&self, keyword: &str) -> Option<&str> {
        self.offers.iter().find_map(|line| {
            let (word, rest) = line.split_once([' ', '=']).unwrap_or((line, ""));
            word.eq_ignore_ascii_case(keyword).then_some(rest)
        })
    }
}

const QUIT_TIME: Duration = Duration::from_secs(2);

pub(super) fn judge(answer: Answer) -> Result<Answer, SendFailure> {
    if answer.is_positive() {
        return Ok(answer);
    }
    let text = answer.text();
    Err(refusal(answer.code, text))
}

fn refusal(code: u16, text: String) -> SendFailure {
    match code {
        530 => SendFailure::Login(LoginProblem::Required { code, text }),
        500..=599 => SendFailure::Permanent { code, text },
        _ => SendFailure::Temporary { code, text },
    }
}

pub(super) fn silence(reason: NoAnswer) -> SendFailure {
    SendFailure::Connect(match reason {
        NoAnswer::TimedOut => ConnectProblem::TimedOut,
        NoAnswer::Broken => ConnectProblem::Broken,
        NoAnswer::Tls => ConnectProblem::ExpectsTls,
        NoAnswer::NotSmtp => ConnectProblem::NotSmtp,
    })
}

fn unsuitable(what: &str) -> SendFailure {
    SendFailure::Unsuitable { what: what.into() }
}
