//! Reading what lay in a folder before.
//!
//! Owns: heads and bodies of mails by their numbers, without marking or moving anything. Must not
//! know: what becomes of them.

use jiff::Timestamp;
use jiff::civil::Date;

use super::account::ImapAccount;
use super::failure::ImapFailure;
use super::folder::{Session, fetch, of_folder};
use super::opening::{self, within};
use super::{ImapLook, ImapTimes, folder};

/// What of a head says to which conversation a mail belongs and when it came.
const HEAD: &str = "(UID RFC822.SIZE INTERNALDATE \
     BODY.PEEK[HEADER.FIELDS (FROM DATE MESSAGE-ID IN-REPLY-TO REFERENCES RECEIVED)])";

/// The head of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastHead {
    /// Its number in the folder.
    pub uid: u32,
    /// Its size in bytes.
    pub size: u32,
    /// When the server took it in, where it says so.
    pub received: Option<Timestamp>,
    /// The fields that were asked for.
    pub fields: Vec<u8>,
}

/// A connection that reads and changes nothing.
pub struct PastReader {
    session: Session,
    times: ImapTimes,
}

impl PastReader {
    /// Connects and logs in.
    ///
    /// # Errors
    /// Says in which step it failed and why.
    pub async fn open(account: &ImapAccount, times: ImapTimes) -> Result<Self, ImapFailure> {
        let session = opening::begin(account, times).await?;
        Ok(Self { session, times })
    }

    /// What the account holds, as [`super::look`] gives it.
    ///
    /// # Errors
    /// When the account's folder cannot be opened.
    pub async fn look(&mut self, account: &ImapAccount) -> Result<ImapLook, ImapFailure> {
        folder::look(&mut self.session, account, self.times).await
    }

    /// Opens a folder and gives the server's word that its numbers still mean the same.
    ///
    /// # Errors
    /// When the folder cannot be opened, or the server does not say that.
    pub async fn enter(&mut self, folder: &str) -> Result<u32, ImapFailure> {
        let opening = self.session.0.examine(folder);
        let opened = within(self.times.answer, opening)
            .await
            .map_err(of_folder)?;
        opened.uid_validity.ok_or_else(|| {
            let words = "the server does not say whether its numbers are still valid";
            ImapFailure::NotUnderstood(words.to_owned())
        })
    }

    /// The numbers of the mails that the server took in on the first day or later and before the
    /// other, in their order.
    ///
    /// # Errors
    /// When the connection breaks or the server refuses.
    pub async fn between(&mut self, first: Date, end: Date) -> Result<Vec<u32>, ImapFailure> {
        let day = |day: Date| day.strftime("%-d-%b-%Y").to_string();
        let search = format!("SINCE {} BEFORE {}", day(first), day(end));
        let found = within(self.times.answer, self.session.0.uid_search(search)).await?;
        let mut numbers: Vec<u32> = found.into_iter().collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// The heads of some mails. Those that are gone meanwhile are left out.
    ///
    /// # Errors
    /// When the connection breaks or the server refuses.
    pub async fn heads(&mut self, uids: &[u32]) -> Result<Vec<PastHead>, ImapFailure> {
        let set = set_of(uids);
        let asking = fetch(&mut self.session, &set, HEAD);
        let answers = within(self.times.answer, asking).await?;
        let head = |answer: &async_imap::types::Fetch| {
            let received = answer.internal_date().map(|date| date.timestamp());
            Some(PastHead {
                uid: answer.uid?,
                size: answer.size.unwrap_or_default(),
                received: received.and_then(|second| Timestamp::from_second(second).ok()),
                fields: answer.header().unwrap_or_default().to_vec(),
            })
        };
        Ok(answers.iter().filter_map(head).collect())
    }

    /// Some mails whole. Those that are gone meanwhile are left out.
    ///
    /// # Errors
    /// When the connection breaks or the server refuses.
    pub async fn bodies(&mut self, uids: &[u32]) -> Result<Vec<(u32, Vec<u8>)>, ImapFailure> {
        if uids.is_empty() {
            return Ok(Vec::new());
        }
        let set = set_of(uids);
        let asking = fetch(&mut self.session, &set, "(UID BODY.PEEK[])");
        let answers = within(self.times.answer, asking).await?;
        let body = |answer: &async_imap::types::Fetch| Some((answer.uid?, answer.body()?.to_vec()));
        Ok(answers.iter().filter_map(body).collect())
    }

    /// Says goodbye.
    pub async fn leave(self) {
        self.session.leave(self.times).await;
    }
}

fn set_of(uids: &[u32]) -> String {
    let uids: Vec<String> = uids.iter().map(u32::to_string).collect();
    uids.join(",")
}
