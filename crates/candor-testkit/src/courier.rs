//! A courier that remembers what it carried, and fails when told to.
//!
//! Owns: the outside world of mail in a test.

use candor_desk::outbox::{Carrying, Courier, MailEnvelope, Relay, RelayLogin, SendFailure};
use candor_mail::IncomingMessage;
use std::sync::Mutex;

/// The password that opens an account for sending.
pub const OUTBOX_PASSWORD: &str = "zqx7 outbox";

/// A mail that went out.
#[derive(Debug, Clone)]
pub struct SentMail {
    /// The server that took it.
    pub relay: Relay,
    /// The outside.
    pub envelope: MailEnvelope,
    /// The bytes.
    pub raw: Vec<u8>,
    /// The inside, read as a receiver would.
    pub message: IncomingMessage,
}

/// Remembers what it carried.
#[derive(Default)]
pub struct RememberingCourier {
    sent: Mutex<Vec<(Relay, MailEnvelope, Vec<u8>)>>,
    kept: Mutex<Vec<(bool, Vec<u8>)>>,
    failures: Mutex<Vec<SendFailure>>,
}

impl RememberingCourier {
    /// Makes the next mail fail.
    pub fn fail_next(&self, permanent: bool, explanation: &str) {
        let failure = SendFailure {
            permanent,
            id: "",
            detail: String::new(),
            explanation: explanation.to_owned(),
        };
        self.failures.lock().unwrap().push(failure);
    }

    /// Makes the next mail fail for a reason that pages translate by its id.
    pub fn fail_next_as(&self, id: &'static str, detail: &str) {
        let failure = SendFailure {
            permanent: false,
            id,
            detail: detail.to_owned(),
            explanation: id.to_owned(),
        };
        self.failures.lock().unwrap().push(failure);
    }

    /// Makes the server refuse the next mail for good, with these words.
    pub fn refuse_next(&self, words: &str) {
        let failure = SendFailure {
            permanent: true,
            id: "send-failure-permanent",
            detail: words.to_owned(),
            explanation: words.to_owned(),
        };
        self.failures.lock().unwrap().push(failure);
    }

    /// What went out, oldest first.
    pub fn sent(&self) -> Vec<SentMail> {
        let sent = self.sent.lock().unwrap();
        sent.iter()
            .map(|(relay, envelope, raw)| SentMail {
                relay: relay.clone(),
                envelope: envelope.clone(),
                raw: raw.clone(),
                message: candor_mail::parse(raw).message,
            })
            .collect()
    }

    /// What was kept in the folder for want of a server: whether it was secret, and its bytes.
    pub fn kept(&self) -> Vec<(bool, Vec<u8>)> {
        self.kept.lock().unwrap().clone()
    }
}

impl Courier for RememberingCourier {
    fn send<'a>(
        &'a self,
        relay: &'a Relay,
        envelope: &'a MailEnvelope,
        raw: &'a [u8],
    ) -> Carrying<'a> {
        Box::pin(async move {
            if let Some(failure) = self.failures.lock().unwrap().pop() {
                return Err(failure);
            }
            self.sent
                .lock()
                .unwrap()
                .push((relay.clone(), envelope.clone(), raw.to_vec()));
            Ok(())
        })
    }

    fn check<'a>(&'a self, relay: &'a Relay) -> Carrying<'a> {
        let opens = match &relay.login {
            Some(RelayLogin::Password { password, .. }) => password == OUTBOX_PASSWORD,
            Some(RelayLogin::SignIn { .. }) | None => true,
        };
        let refused = SendFailure {
            permanent: false,
            id: "send-failure-login-rejected",
            detail: "535 5.7.8 no".to_owned(),
            explanation: "no".to_owned(),
        };
        Box::pin(std::future::ready(if opens {
            Ok(())
        } else {
            Err(refused)
        }))
    }

    fn keep<'a>(&'a self, raw: &'a [u8], secret: bool) -> Carrying<'a> {
        Box::pin(async move {
            self.kept.lock().unwrap().push((secret, raw.to_vec()));
            Ok(())
        })
    }
}
