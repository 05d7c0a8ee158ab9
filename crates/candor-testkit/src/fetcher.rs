//! A fetcher without sockets.
//!
//! Owns: one inbox that opens with one password, or with a sign-in. Must not know: IMAP.

use candor_desk::fetch::{FetchAccount, FetchFailure, FetchLook, Fetcher, Looking};
use candor_desk::provider_account::AccountLogin;
use candor_domain::id::MailboxId;
use std::sync::Mutex;

/// The password that opens the inbox.
pub const INBOX_PASSWORD: &str = "app password";

/// Finds 12 mails behind the right password, and remembers where it looked.
#[derive(Default)]
pub struct ScriptedFetcher {
    looked: Mutex<Vec<FetchAccount>>,
}

impl ScriptedFetcher {
    /// The accounts that it looked at.
    pub fn looked(&self) -> Vec<FetchAccount> {
        self.looked.lock().expect("nobody panics here").clone()
    }
}

impl Fetcher for ScriptedFetcher {
    fn look<'a>(&'a self, _mailbox: MailboxId, account: &'a FetchAccount) -> Looking<'a> {
        self.looked
            .lock()
            .expect("nobody panics here")
            .push(account.clone());
        let opens = match &account.login {
            AccountLogin::Password(password) => password == INBOX_PASSWORD,
            AccountLogin::SignIn => true,
        };
        let found = if opens {
            Ok(FetchLook {
                folders: vec!["INBOX".to_owned(), "Done".to_owned()],
                mails: 12,
                to_fetch: 7,
                sent: Some("Sent".to_owned()),
            })
        } else {
            Err(FetchFailure {
                id: "imap-failure-login",
                detail: "[AUTHENTICATIONFAILED] Wrong".to_owned(),
            })
        };
        Box::pin(std::future::ready(found))
    }
}
