//! Answers the SMTP listener's questions for the desk.
//!
//! Owns: which addresses are ours at the moment, and handing raw mail to the desk's intake.
//! Must not know: the SMTP dialogue.

use candor_desk::intake::{Envelope, Handover, receive_from};
use candor_desk::{Desk, DeskError};
use candor_domain::address::EmailAddress;
use candor_post::{Accepted, BoxFuture, IncomingMail, Intake, RecipientAnswer};
use candor_store::ErrorKind;

/// The desk behind the SMTP listener.
pub(crate) struct Doorkeeper {
    desk: Desk,
}

impl Doorkeeper {
    /// A doorkeeper for a desk.
    pub(crate) fn new(desk: Desk) -> Self {
        Self { desk }
    }
}

impl Intake for Doorkeeper {
    fn recipient<'a>(&'a self, address: &'a str) -> BoxFuture<'a, RecipientAnswer> {
        Box::pin(async move {
            let Ok(address) = EmailAddress::parse(address) else {
                return RecipientAnswer::NotOurs;
            };
            let found = self
                .desk
                .store()
                .read(move |tx| candor_desk::mailbox::our_mailbox(tx, &address))
                .await;
            match found {
                Ok(Some(_)) => RecipientAnswer::Ours,
                Ok(None) => RecipientAnswer::NotOurs,
                Err(_) => RecipientAnswer::TryLater,
            }
        })
    }

    fn accept(&self, mail: IncomingMail) -> BoxFuture<'_, Accepted> {
        Box::pin(async move {
            let envelope = Envelope {
                via: "smtp".to_owned(),
                mail_from: mail.envelope.from,
                recipients: mail.envelope.recipients,
            };
            let from = Handover {
                peer: Some(mail.peer.address),
                hello: mail.peer.hello,
            };
            match receive_from(&self.desk, &envelope, &from, mail.raw).await {
                Ok(receipt) => Accepted::Stored {
                    receipt: receipt.incoming.to_string(),
                },
                Err(error) => refused(&error),
            }
        })
    }
}

fn refused(error: &DeskError) -> Accepted {
    match error {
        DeskError::Unavailable(store) if store.kind == ErrorKind::Full => Accepted::Full,
        DeskError::TooLarge { .. } => Accepted::Refused("the message is too large".to_owned()),
        _ => {
            tracing::error!(%error, "a mail could not be stored; its sender will try again");
            Accepted::Busy
        }
    }
}
