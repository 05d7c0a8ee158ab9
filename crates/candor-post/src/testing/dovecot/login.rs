//! The conversation until the login.
//!
//! Owns: greeting, capabilities, STARTTLS, the one password and the one token.
//! Must not know: mail.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use super::{PASSWORD, TOKEN, USER};
use crate::imap::opening::Stream;

/// How the conversation ended.
pub(super) enum Outcome {
    /// The client went away.
    Left,
    /// The client asked for TLS and was told to begin.
    StartTls,
    /// The client is in; the login's answer, under this tag, is Dovecot's to give.
    LoggedIn { tag: String },
}

/// Converses until one of them happens.
pub(super) async fn run(
    stream: &mut BufReader<Box<dyn Stream>>,
    offers_tls: bool,
    greet: bool,
) -> std::io::Result<Outcome> {
    let offers = if offers_tls { " STARTTLS" } else { "" };
    let capabilities = format!("CAPABILITY IMAP4rev1{offers} AUTH=XOAUTH2");
    if greet {
        say(stream, &format!("* OK [{capabilities}] ready")).await?;
    }
    while let Some(line) = hear(stream).await? {
        let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
        let verb = command.split(' ').next().unwrap_or_default();
        let right = match verb.to_ascii_uppercase().as_str() {
            "LOGIN" => command.ends_with(&format!("\"{USER}\" \"{PASSWORD}\"")),
            "AUTHENTICATE" => {
                say(stream, "+ ").await?;
                let words = hear(stream).await?.unwrap_or_default();
                let wanted = format!("user={USER}\x01auth=Bearer {TOKEN}\x01\x01");
                STANDARD.decode(words).ok() == Some(wanted.into_bytes())
            }
            "STARTTLS" if offers_tls => {
                say(stream, &format!("{tag} OK begin")).await?;
                return Ok(Outcome::StartTls);
            }
            "CAPABILITY" => {
                say(stream, &format!("* {capabilities}")).await?;
                say(stream, &format!("{tag} OK done")).await?;
                continue;
            }
            "LOGOUT" => return Ok(Outcome::Left),
            _ => {
                say(stream, &format!("{tag} BAD not before the login")).await?;
                continue;
            }
        };
        if right {
            let tag = tag.to_owned();
            return Ok(Outcome::LoggedIn { tag });
        }
        say(stream, &format!("{tag} NO [AUTHENTICATIONFAILED] Wrong")).await?;
    }
    Ok(Outcome::Left)
}

async fn say(stream: &mut BufReader<Box<dyn Stream>>, line: &str) -> std::io::Result<()> {
    let bytes = format!("{line}\r\n");
    stream.get_mut().write_all(bytes.as_bytes()).await?;
    stream.get_mut().flush().await
}

async fn hear(stream: &mut BufReader<Box<dyn Stream>>) -> std::io::Result<Option<String>> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await?;
    Ok((read > 0).then(|| line.trim_end().to_owned()))
}
