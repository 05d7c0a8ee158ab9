//! Getting as far as a logged-in session.
//!
//! Owns: connecting, TLS from the start or after STARTTLS, the login. Must not know: folders.

use std::time::Duration;

use async_imap::{Authenticator, Client};
use tokio::time::timeout;

use super::ImapTimes;
use super::account::{ImapAccount, ImapLogin, ImapTls};
use super::failure::ImapFailure;
use super::folder::Session;
use crate::client_tls::protect;
use crate::reach::{connect, is_loopback};
use crate::sender::failure::{ConnectProblem, TlsProblem};

/// Anything that carries an IMAP session.
pub(crate) trait Stream:
    tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + std::fmt::Debug
{
}

impl<S> Stream for S where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + std::fmt::Debug
{
}

/// Waits for an answer for at most `time`.
pub(super) async fn within<T, E>(
    time: Duration,
    answer: impl Future<Output = Result<T, E>>,
) -> Result<T, ImapFailure>
where
    ImapFailure: From<E>,
{
    match timeout(time, answer).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(ImapFailure::Connect(ConnectProblem::TimedOut)),
    }
}

/// Connects, protects the connection and logs in.
pub(super) async fn begin(account: &ImapAccount, times: ImapTimes) -> Result<Session, ImapFailure> {
    if account.tls == ImapTls::NoneOnLoopback && !is_loopback(&account.host) {
        return Err(ImapFailure::Connect(ConnectProblem::NotLoopback));
    }
    let client = greeted(account, times).await?;
    let login = async {
        match &account.login {
            ImapLogin::Password { user, password } => client.login(user, password).await,
            ImapLogin::Bearer { user, token } => {
                let words = XOAuth2(format!("user={user}\x01auth=Bearer {token}\x01\x01"));
                client.authenticate("XOAUTH2", words).await
            }
        }
        .map_err(|(error, _)| error)
    };
    match within(times.answer, login).await {
        Ok(session) => Ok(Session(session)),
        Err(ImapFailure::Refused(text)) => Err(ImapFailure::Login(text)),
        Err(other) => Err(other),
    }
}

async fn greeted(
    account: &ImapAccount,
    times: ImapTimes,
) -> Result<Client<Box<dyn Stream>>, ImapFailure> {
    let stream = connect(&account.host, account.port, times.answer).await?;
    let roots = account.extra_roots.as_deref();
    match account.tls {
        ImapTls::NoneOnLoopback => {
            let stream: Box<dyn Stream> = Box::new(stream);
            greeting(stream, account, times).await
        }
        ImapTls::Implicit => {
            let protecting = protect(&account.host, roots, stream);
            let stream: Box<dyn Stream> = Box::new(within(times.answer, protecting).await?);
            greeting(stream, account, times).await
        }
        ImapTls::StartTls => {
            let mut client = greeting(stream, account, times).await?;
            let asking = client.run_command_and_check_ok("STARTTLS", None);
            match within(times.answer, asking).await {
                Err(ImapFailure::Refused(_)) => Err(ImapFailure::Tls(TlsProblem::NotOffered)),
                Err(other) => Err(other),
                Ok(()) => {
                    // What came unprotected behind the answer is dropped with the client.
                    let protecting = protect(&account.host, roots, client.into_inner());
                    let stream = within(times.answer, protecting).await?;
                    Ok(Client::new(Box::new(stream)))
                }
            }
        }
    }
}

/// Reads the greeting. A server that waits for our TLS says nothing, and gives up at some point.
async fn greeting<S: Stream>(
    stream: S,
    account: &ImapAccount,
    times: ImapTimes,
) -> Result<Client<S>, ImapFailure> {
    let mut client = Client::new(stream);
    let silence = || {
        let expects_tls = account.port == 993 && account.tls != ImapTls::Implicit;
        ImapFailure::Connect(if expects_tls {
            ConnectProblem::ExpectsTls
        } else {
            ConnectProblem::Broken
        })
    };
    match timeout(times.answer, client.read_response()).await {
        Ok(Ok(Some(_))) => Ok(client),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::Other => {
            Err(ImapFailure::NotUnderstood(error.to_string()))
        }
        Ok(Ok(None) | Err(_)) | Err(_) => Err(silence()),
    }
}

/// Answers the one challenge of XOAUTH2; to a second one, which tells an error, with nothing.
struct XOAuth2(String);

impl Authenticator for XOAuth2 {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        std::mem::take(&mut self.0)
    }
}
