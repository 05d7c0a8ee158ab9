//! A fetcher without sockets.
//!
//! Owns: one inbox that opens with one password. Must not know: IMAP.

use candor_desk::fetch::{FetchAccount, FetchFailure, FetchLook, Fetcher, Looking};
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
    fn look<'a>(&'a self, account: &'a FetchAccount) -> Looking<'a> {
        self.looked
            .lock()
            .expect("nobody panics here")
            .push(account.clone());
        let found = if account.password == INBOX_PASSWORD {
            Ok(FetchLook {
                folders: vec!["INBOX".to_owned(), "Done".to_owned()],
                mails: 12,
                to_fetch: 7,
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
