//! Carries the desk's mail out, over SMTP or into a folder.
//!
//! Owns: the bridge between the desk's seam and the sockets. Must not know: what the mail says.

use crate::sign_in::{AccessTokens, NoAccess};
use candor_desk::outbox::{self, Carrying, Courier, MailEnvelope, RelayLogin};
use candor_domain::id::MailboxId;
use candor_post::http::HttpClient;
use candor_post::{
    Envelope, Login, Maildir, Relay, RelayTls, SendFailure, Sender, SenderConfig, graph,
};
use std::path::PathBuf;
use std::sync::Arc;

/// Sends through candor-post; keeps in Maildirs of the data folder.
pub(crate) struct PostCourier {
    sender: Sender,
    kept: PathBuf,
    kept_secret: PathBuf,
    /// From the configuration; outranks what the settings say.
    fixed: Option<Relay>,
    /// Opens accounts of mailboxes that are signed in; `None` outside of a running desk.
    access: Option<(Arc<AccessTokens>, HttpClient)>,
}

impl PostCourier {
    /// A courier that greets as `host_name` and keeps mail below `data`.
    pub(crate) fn new(host_name: &str, data: &std::path::Path, fixed: Option<Relay>) -> Self {
        Self {
            sender: Sender::new(SenderConfig::new(host_name)),
            kept: data.join("kept-mail"),
            kept_secret: data.join("kept-mail-secret"),
            fixed,
            access: None,
        }
    }

    /// The same courier, who can also open accounts of mailboxes that are signed in.
    pub(crate) fn with_access(mut self, tokens: Arc<AccessTokens>, http: HttpClient) -> Self {
        self.access = Some((tokens, http));
        self
    }

    /// The server that the configuration names.
    pub(crate) fn fixed_relay(&self) -> Option<outbox::Relay> {
        self.fixed.as_ref().map(|relay| outbox::Relay {
            host: relay.host.clone(),
            port: relay.port,
            tls: match relay.tls {
                RelayTls::StartTls => outbox::RelayTls::StartTls,
                RelayTls::Implicit => outbox::RelayTls::Implicit,
                RelayTls::NoneOnLoopback | RelayTls::NoneAnywhere => outbox::RelayTls::None,
            },
            login: match &relay.login {
                Some(Login::Password { user, password }) => Some(RelayLogin::Password {
                    user: user.clone(),
                    password: password.clone(),
                }),
                _ => None,
            },
        })
    }

    /// The relay in the words of SMTP, with a fresh token where it takes one. The configuration can
    /// say more than the settings: a relay in the clear elsewhere.
    async fn opened(&self, relay: &outbox::Relay) -> Result<Relay, outbox::SendFailure> {
        if let Some(fixed) = &self.fixed
            && self.fixed_relay().as_ref() == Some(relay)
        {
            return Ok(fixed.clone());
        }
        let login = match &relay.login {
            None => None,
            Some(RelayLogin::Password { user, password }) => Some(Login::Password {
                user: user.clone(),
                password: password.clone(),
            }),
            Some(RelayLogin::SignIn { user, mailbox }) => Some(Login::Bearer {
                user: user.clone(),
                token: self.token_of(*mailbox).await?,
            }),
        };
        Ok(Relay {
            login,
            ..relay_of(relay)
        })
    }

    async fn token_of(&self, mailbox: MailboxId) -> Result<String, outbox::SendFailure> {
        let (tokens, _) = self.access.as_ref().ok_or_else(no_access)?;
        tokens.of(mailbox).await.map_err(|none| not_opened(&none))
    }

    /// What is tried where SMTP does not take a sign-in: the provider's interface over HTTP. The
    /// refusal stands where there is none, or where it is shut as well.
    async fn send_otherwise(
        &self,
        mailbox: MailboxId,
        (outside, raw): (&Envelope, &[u8]),
        refused: SendFailure,
    ) -> Result<(), outbox::SendFailure> {
        let Some((tokens, http)) = &self.access else {
            return Err(failure_of(&refused));
        };
        tokens.forget(mailbox);
        let Ok(Some(api)) = tokens.mail_api(mailbox).await else {
            return Err(failure_of(&refused));
        };
        let sent = graph::send(http, &api.address, &api.token, (outside, raw)).await;
        sent.map_err(|failure| failure_of(&failure))
    }
}

/// The relay without its login.
fn relay_of(relay: &outbox::Relay) -> Relay {
    Relay {
        host: relay.host.clone(),
        port: relay.port,
        tls: match relay.tls {
            outbox::RelayTls::StartTls => RelayTls::StartTls,
            outbox::RelayTls::Implicit => RelayTls::Implicit,
            outbox::RelayTls::None => RelayTls::NoneOnLoopback,
        },
        login: None,
        extra_roots: None,
    }
}

impl Courier for PostCourier {
    fn send<'a>(
        &'a self,
        relay: &'a outbox::Relay,
        envelope: &'a MailEnvelope,
        raw: &'a [u8],
    ) -> Carrying<'a> {
        Box::pin(async move {
            let outside = Envelope {
                from: envelope.mail_from.clone(),
                recipients: envelope.recipients.clone(),
            };
            let opened = self.opened(relay).await?;
            match self.sender.send(&opened, &outside, raw).await {
                Ok(delivered) => {
                    for refused in &delivered.refused {
                        tracing::warn!(
                            code = refused.code,
                            "the mail server refused one of the recipients"
                        );
                    }
                    Ok(())
                }
                Err(failure) => match relay.login {
                    Some(RelayLogin::SignIn { mailbox, .. }) if failure.refuses_sign_in() => {
                        self.send_otherwise(mailbox, (&outside, raw), failure).await
                    }
                    _ => Err(failure_of(&failure)),
                },
            }
        })
    }

    fn check<'a>(&'a self, relay: &'a outbox::Relay) -> Carrying<'a> {
        Box::pin(async move {
            let opened = self.opened(relay).await?;
            let Err(failure) = self.sender.check(&opened).await else {
                return Ok(());
            };
            let Some(RelayLogin::SignIn { mailbox, .. }) = relay.login else {
                return Err(failure_of(&failure));
            };
            if !failure.refuses_sign_in() {
                return Err(failure_of(&failure));
            }
            // Mail would leave over HTTP; whether it does, only a mail can tell.
            match &self.access {
                Some((tokens, _)) if matches!(tokens.mail_api(mailbox).await, Ok(Some(_))) => {
                    Ok(())
                }
                _ => Err(failure_of(&failure)),
            }
        })
    }

    fn keep<'a>(&'a self, raw: &'a [u8], secret: bool) -> Carrying<'a> {
        let folder = if secret {
            self.kept_secret.clone()
        } else {
            self.kept.clone()
        };
        let raw = raw.to_vec();
        Box::pin(async move {
            let kept = tokio::task::spawn_blocking(move || {
                Maildir::open(&folder)?.deliver(&candor_store::random_name(), &raw)
            })
            .await;
            match kept {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => Err(not_kept(&error.to_string())),
                Err(error) => Err(not_kept(&error.to_string())),
            }
        })
    }
}

fn failure_of(failure: &SendFailure) -> outbox::SendFailure {
    outbox::SendFailure {
        permanent: failure.is_permanent(),
        id: failure.id(),
        detail: failure.detail().unwrap_or_default(),
        explanation: failure.explain(),
    }
}

/// The sign-in of a mailbox opens nothing at the moment.
fn not_opened(none: &NoAccess) -> outbox::SendFailure {
    outbox::SendFailure {
        permanent: false,
        id: if none.may_pass {
            "send-failure-provider-silent"
        } else {
            "send-failure-signed-out"
        },
        detail: none.failure.detail.clone(),
        explanation: format!("The mailbox is not signed in: {}", none.failure),
    }
}

fn no_access() -> outbox::SendFailure {
    outbox::SendFailure {
        permanent: false,
        id: "send-failure-provider-silent",
        detail: String::new(),
        explanation: "The desk does not run.".to_owned(),
    }
}

fn not_kept(why: &str) -> outbox::SendFailure {
    outbox::SendFailure {
        permanent: false,
        id: "send-failure-not-kept",
        detail: why.to_owned(),
        explanation: format!("The mail could not be written into the data folder: {why}"),
    }
}
