//! Carries the desk's mail out, over SMTP or into a folder.
//!
//! Owns: the bridge between the desk's seam and the sockets. Must not know: what the mail says.

use candor_desk::outbox::{self, Carrying, Courier, MailEnvelope};
use candor_post::{Envelope, Login, Maildir, Relay, RelayTls, Sender, SenderConfig};
use std::path::PathBuf;
use std::sync::Arc;

/// Sends through candor-post; keeps in Maildirs of the data folder.
pub(crate) struct PostCourier {
    sender: Sender,
    kept: PathBuf,
    kept_secret: PathBuf,
    /// From the configuration; outranks what the settings say.
    fixed: Option<Relay>,
}

impl PostCourier {
    /// A courier that greets as `host_name` and keeps mail below `data`.
    pub(crate) fn new(host_name: &str, data: &std::path::Path, fixed: Option<Relay>) -> Arc<Self> {
        Arc::new(Self {
            sender: Sender::new(SenderConfig::new(host_name)),
            kept: data.join("kept-mail"),
            kept_secret: data.join("kept-mail-secret"),
            fixed,
        })
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
            login: relay
                .login
                .as_ref()
                .map(|login| (login.user.clone(), login.password.clone())),
        })
    }
}

fn relay_of(relay: &outbox::Relay) -> Relay {
    Relay {
        host: relay.host.clone(),
        port: relay.port,
        tls: match relay.tls {
            outbox::RelayTls::StartTls => RelayTls::StartTls,
            outbox::RelayTls::Implicit => RelayTls::Implicit,
            outbox::RelayTls::None => RelayTls::NoneOnLoopback,
        },
        login: relay.login.as_ref().map(|(user, password)| Login {
            user: user.clone(),
            password: password.clone(),
        }),
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
            // The configuration can say more than the settings: a relay in the clear elsewhere.
            let relay = match &self.fixed {
                Some(fixed) if self.fixed_relay().as_ref() == Some(relay) => fixed.clone(),
                _ => relay_of(relay),
            };
            match self.sender.send(&relay, &outside, raw).await {
                Ok(delivered) => {
                    for refused in &delivered.refused {
                        tracing::warn!(
                            code = refused.code,
                            "the mail server refused one of the recipients"
                        );
                    }
                    Ok(())
                }
                Err(failure) => Err(outbox::SendFailure {
                    permanent: failure.is_permanent(),
                    id: failure.id(),
                    detail: failure.detail().unwrap_or_default(),
                    explanation: failure.explain(),
                }),
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

fn not_kept(why: &str) -> outbox::SendFailure {
    outbox::SendFailure {
        permanent: false,
        id: "send-failure-not-kept",
        detail: why.to_owned(),
        explanation: format!("The mail could not be written into the data folder: {why}"),
    }
}
